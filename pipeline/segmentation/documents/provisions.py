"""Columns of a document that its clauses state: force, validity, signature, recipients."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from typing import Final

from pipeline.segmentation.documents.titles import split_recipients
from pipeline.segmentation.lines import forms
from pipeline.segmentation.lines.lines import squash
from schemas.records import Clause

_DATE: Final = r"(?:\d{4}年\d{1,2}月\d{1,2}日|[〇○零一二三四五六七八九]{4}年[一二三四五六七八九十]{1,3}月[一二三四五六七八九十]{1,3}日)"
_FORCE: Final = re.compile(
    rf"自(?P<date>{_DATE}|(?:发布|公布|印发|下发|签发|发文|通过)之日)(?:起)?(?:正式)?(?:施行|实施|执行|生效|起执行|试行)"
)
_VALIDITY: Final = re.compile(
    r"有效期(?:限)?(?:为|至|：|:|暂定|定为)?(?P<period>[\d一二三四五六七八九十两]{1,3}个?[年月])"
)
_EXPLAINS: Final = re.compile(r"解读|答记者问|问答|说明$")
_UNTIL: Final = re.compile(rf"有效期(?:限)?至(?P<date>{_DATE})")


def signed_date(clauses: Sequence[Clause]) -> dt.date | None:
    """The date under the notice's signature, of a speech, or beside the number; the imprint does not count."""
    dates = [(clause.part, forms.read_date(clause.reading.text)) for clause in clauses if clause.clause_type == "date"]
    main = [date for part, date in dates if date and part in ("notice", "body")]
    if main:
        return main[0]
    numbers = (c for c in clauses if c.clause_type == "doc_number" and c.part in ("notice", "body"))
    return next((date for c in numbers if (date := forms.read_date(c.reading.text))), None)


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
        if "自" not in text and "有效期" not in text:
            continue
        match = _FORCE.search(text)
        if match:
            effective = forms.read_date(match["date"]) or signed
            period = _VALIDITY.search(text, match.end())
            until = _UNTIL.search(text, match.end())
            validity = period["period"] if period else f"至{until['date']}" if until else validity
        elif validity is None and re.search(
            r"(?:本|该)(?:办法|意见|通知|规定|方案|细则|标准|文件|措施|决定|制度|预案)", text
        ):
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
    return forms.read_disclosure(found.reading.text) if found else None


def title_year(title: str | None) -> int | None:
    """The year that a plan of this *title* is for: the last that it names, of a span its first.

    关于2023年计划执行情况与2024年计划草案的报告 plans 2024, 三年行动方案（2024—2026年） begins in 2024.
    """
    years = re.findall(r"(?<!\d)(20\d{2}|19\d{2})(?:年?[—－\-–至~]{1,2}(?:20\d{2}|19\d{2}))?年", squash(title or ""))
    return int(years[-1]) if years else None
