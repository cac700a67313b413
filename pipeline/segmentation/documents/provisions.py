"""Columns of a document that its clauses state: force, validity, signature, recipients."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Final

from pipeline.segmentation.documents.titles import split_recipients
from pipeline.segmentation.lines import numbers
from pipeline.segmentation.lines.form import Form
from pipeline.segmentation.lines.lines import squash
from pipeline.segmentation.lines.rules import pattern
from schemas.records import Clause

_FORCE: Final = pattern("provision.force")
_VALIDITY: Final = pattern("provision.validity")
_UNTIL: Final = pattern("provision.until")
_THIS: Final = pattern("provision.this")
_SPEAKS: Final = pattern("provision.speaks")
_EXPLAINS: Final = pattern("title.explains")
_YEAR: Final = pattern("title.year")
_DATELINE: Final = pattern("date.dateline")
_LONGEST_DATELINE: Final = 80
_OPENING: Final = 3
"""Paragraphs in which news says of which day it is."""


def signed_date(clauses: Sequence[Clause]) -> dt.date | None:
    """The date under the notice's signature, of a speech, or beside the number; the imprint does not count."""
    dates = [(clause.part, Form(clause.reading.text).date) for clause in clauses if clause.clause_type == "date"]
    main = [date for part, date in dates if date and part in ("notice", "body")]
    if main:
        return main[0]
    numbers = (c for c in clauses if c.clause_type == "doc_number" and c.part in ("notice", "body"))
    return next((date for c in numbers if (date := Form(c.reading.text).date)), None)


def force(title: str, clauses: Sequence[Clause], signed: dt.date | None) -> tuple[dt.date | None, str | None]:
    """Day from which the document is in force, and its period of validity, by its own closing provisions.

    A text that explains another document has none of its own.
    """
    if _EXPLAINS.search(title):
        return None, None
    effective: dt.date | None = None
    validity: str | None = None
    for clause in clauses:
        if clause.part.startswith("attachment") or clause.clause_type not in ("numbered", "paragraph", "note"):
            continue
        text = squash(clause.reading.text)
        if not _SPEAKS.search(text):
            continue
        match = _FORCE.search(text)
        if match:
            effective = numbers.date(match["date"]) or signed
            period = _VALIDITY.search(text, match.end())
            until = _UNTIL.search(text, match.end())
            validity = period["period"] if period else f"至{until['date']}" if until else validity
        elif validity is None and _THIS.search(text):
            period = _VALIDITY.search(text)
            validity = period["period"] if period else None
    return effective, validity


def recipients(clauses: Sequence[Clause]) -> tuple[str, ...]:
    """The addressees of the document."""
    found = next((c for c in clauses if c.clause_type == "addressees" and not c.part.startswith("attachment")), None)
    return split_recipients(found.reading.text) if found else ()


def disclosure(clauses: Sequence[Clause]) -> str | None:
    """How the document is disclosed."""
    found = next((clause for clause in clauses if clause.clause_type == "disclosure"), None)
    note = Form(found.reading.text).disclosure if found else None
    return note.value if note else None


def title_year(title: str | None) -> int | None:
    """The year that a plan of this *title* is for: the last that it names, of a span its first.

    关于2023年计划执行情况与2024年计划草案的报告 plans 2024, 三年行动方案（2024—2026年） begins in 2024.
    """
    years = _YEAR.findall(squash(title or ""))
    return int(years[-1]) if years else None


def news_year(clauses: Sequence[Clause]) -> int | None:
    """The year of the dateline of news, or of the day of which its first sentences tell."""
    paragraphs = [one for one in clauses if one.clause_type == "paragraph" and one.part in ("body", "notice")]
    found = (_DATELINE.search(squash(one.reading.text[:_LONGEST_DATELINE])) for one in paragraphs[:_OPENING])
    return next((int(match["year"]) for match in found if match), None)
