"""The years of a document: the one that it calls this year, and the one that it looks back on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from extractors.language.folding import squash
from extractors.rules.registry import rules_of
from extractors.times.periods import PeriodMention, periods
from schemas.records import Document

_LAST_MONTH_OF_LOOKING_BACK: Final = 6
"""A report given up to June looks back on the year before."""
_LONGEST_HEADING: Final = 40
_LATEST: Final = 2100
_REPORTS_ITS_YEAR: Final = frozenset({"review", "bulletin", "accounts"})


@dataclass(frozen=True, slots=True)
class Years:
    """*this* is the year that a document calls 今年, *report* the one that it reports on, *plan* its whole plan period."""

    this: int | None
    report: int | None
    period: str | None
    """The period that the title names: of a bulletin what it reports on, of a plan what it plans."""

    @property
    def turn(self) -> int | None:
        """The first year that the document does not look back on."""
        return self.this if self.report is None else self.report + 1

    @classmethod
    def of(cls, document: Document) -> Years:
        """The years of *document*, whose genre is known."""
        titles = squash(f"{document.subject_title or ''} {document.title or ''}")
        named = periods(titles, document.plan_year)
        this = _this_year(document, named)
        if document.genre == "review_and_plan":
            stated, both = _year_of_headings(document)
            this = stated if this is None or both else this
        report = _report_year(document, named, this)
        if (
            document.genre in _REPORTS_ITS_YEAR
            and report is not None
            and any(rule.search(titles) for rule in rules_of("part.title.coming"))
        ):
            report, named = report - 1, ()
        return cls(this, report, named[0].value if named else None)


def _year_of_headings(document: Document) -> tuple[int | None, bool]:
    """The year that the headings of a report plan: the last single year that they name, with what is done in it.

    Where they only look back, it is the year after. Also whether they name both, one after the other (2025年工作回顾,
    2026年工作安排): that goes before the title, which may name either.
    """
    planned: list[int] = []
    looked_back: list[int] = []
    for clause in document.clauses:
        if clause.heading is None or len(clause.heading) > _LONGEST_HEADING:
            continue
        heading = squash(clause.heading)
        singles = [item.first_year for item in periods(heading, None) if item.first_year == item.last_year]
        if any(rule.search(heading) for rule in rules_of("part.heading.review")):
            looked_back += singles
        elif any(rule.search(heading) for rule in rules_of("part.heading.plan")):
            planned += singles
    after = max(looked_back) + 1 if looked_back else None
    return max(planned, default=after), after is not None and max(planned, default=None) == after


def _this_year(document: Document, named: tuple[PeriodMention, ...]) -> int | None:
    signed = document.signed_date
    if document.genre in ("review_and_plan", "speech", "reply", "notice") and signed:
        return signed.year if not named or signed.year >= named[-1].first_year else named[-1].first_year
    return document.plan_year


def _report_year(document: Document, named: tuple[PeriodMention, ...], this: int | None) -> int | None:
    if document.genre in _REPORTS_ITS_YEAR:
        if named:
            return named[0].last_year
        signed = document.signed_date
        return _latest_year(document) if signed is None else signed.year - (signed.month <= 3)
    if document.genre != "review_and_plan" or this is None:
        return None
    looked_back = [item.last_year for item in named if item.last_year < this]
    signed = document.signed_date
    late = signed is not None and signed.year == this and signed.month > _LAST_MONTH_OF_LOOKING_BACK
    return looked_back[0] if looked_back else this if late and not named else this - 1


def _latest_year(document: Document) -> int | None:
    """The latest year that the text of a report without a date names: what it reports on, the earlier ones to compare."""
    if document.plan_year is not None:
        return None
    named = (item.last_year for clause in document.clauses for item in periods(squash(clause.reading.text), None))
    return max((year for year in named if year <= _LATEST), default=None)
