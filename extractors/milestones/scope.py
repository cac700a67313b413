"""Where milestones are looked for: documents and parts that plan, and the year that a bare month there belongs to."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from extractors.language.folding import fold
from extractors.language.passages import Passage
from extractors.milestones.governed import Governed
from extractors.milestones.says import said, says
from extractors.milestones.times import named_years, without_years_behind
from extractors.quantities.description.deadline import DOUBTFUL, is_of_part, last_day
from extractors.quantities.description.kind import BY_GENRE, Kind, kind_of_document, kind_of_section
from extractors.quantities.description.lead_ins import LeadIns
from extractors.rules.registry import rules_for, rules_of, signs_of
from extractors.times.periods import periods
from schemas.records import Document

_READ: Final = frozenset({"numbered", "paragraph", "heading"})
_REPORTING: Final = frozenset(
    {"review_and_plan", "review", "bulletin", "accounts", "commendation", "personnel", "roster", "speech"}
)
_PLANNING: Final = frozenset({"plan", "goals", "list"})
_YEAR: Final = re.compile(r"(?<!\d)20\d\d(?=年|[-/.]\d{1,2}[-/.]\d{1,2}(?!\d))")
_NUMBER: Final = re.compile(r"[〔\[（(【](20\d\d)[〕\]）)】]\s?第?\d{1,4}号")
_PAGE_DATE: Final = re.compile(r"(?<!\d)(20\d\d)[-/.](?:1[0-2]|0?[1-9])[-/.](?:3[01]|[12]\d|0?[1-9])(?!\d)")
_PAGE_HEAD: Final = 400
"""Characters of a page's head, where its day stands."""
_OPENING_YEAR: Final = re.compile(r"^\s*[^\d，。到至自从—–\-]{0,6}(20\d\d)年(?!底|末|以?前|起|\d{1,2}月底?前)")
_OPENING_CLAUSES: Final = 3
_DAY: Final = len("2024-01-01")
_MONTH: Final = len("2024-01")
_LIMIT: Final = "milestone.bare_limit"
_FIRST_MONTHS: Final = 3
_LAST_MONTHS: Final = 10
_HALF: Final = 4
"""Months that a limit has to lie before the signature to be one of the next year."""
_PERIOD: Final = 16
"""Characters of the months that a report is on."""
_BOUNDARIES: Final = "，,。；;：:！？\n到"
_DECIDED: Final = 6
"""Characters before a clause in which stands that it is decided (县政府决定，今年…)."""
_TITLES: Final = re.compile(r"《[^》]*》")
_NOTE: Final = "milestone.note"
_FORETOLD: Final = "milestone.foretold"


@dataclass(frozen=True)
class Scope:
    """A document as the search for milestones sees it."""

    document: Document
    kind: Kind
    lead_ins: LeadIns
    dated: dt.date | None
    plan_year: int | None
    """The year of a bare month: the document's, else the only one that its text, its page's head or its dated opening names."""
    opening_year: int | None
    """Where no year of the plan is known, that which a clause of its beginning opens with: what is dated before it is past."""
    articles: bool
    """Whether the document is a regulation in articles."""
    of_one_year: bool = False
    """Whether the title says the year of it all, so that no month in it comes back (2026年公开招聘公告)."""
    begun: int | None = None
    """The first year of the plan that the title names (“十五五”水利发展规划)."""
    turns: bool = False
    """Whether the document, a plan signed near the end of a year, says limits of the first months of the next (2月底前)."""
    day: dt.date | None = None
    """The day of the document: that of its signature or issue, else the one that a line of its page's head is all of."""

    @classmethod
    def of(
        cls, document: Document, published: dt.date | None = None, head: str = "", lead_ins: LeadIns | None = None
    ) -> Scope:
        """The scope of *document*, in an issue *published* on that date; *head*: the text of its page, if it is alone.

        Its *lead_ins* may be known.
        """
        dated = document.signed_date or published
        title = document.title or ""
        plans = periods(title, None)
        begun = min((period.first_year for period in plans), default=None)
        only = _only_year(document) if begun is None and document.plan_year is None else None
        day = _day_of_page(head)
        if only and day and only > day.year and _names_late(document, only):
            only = day.year
        kind = kind_of_document(document.genre)[1]
        if only and day and only < day.year and kind.value == "fact" and _speaks_of_now(document):
            only = day.year
        years = any(period.first_year < period.last_year for period in plans)
        year = (
            (dated.year if dated and years and begun and begun < dated.year else None)
            or document.plan_year
            or only
            or _year_of_page(head)
            or (day.year if day else None)
            or _year_of_news(document)
            or _year_of_headers(document)
        )
        articles = any((clause.marker or "").startswith("第") for clause in document.clauses)
        opening = None if year else _opening_year(document)
        day = dated or day
        of_one_year = _YEAR.search(_TITLES.sub("", title)) is not None
        lead_ins = lead_ins or LeadIns.of(document)
        turns = kind.value == "target" and dated is not None and _turns(document, dated)
        return cls(document, kind, lead_ins, dated, year, opening, articles, of_one_year, begun, turns, day)

    def reads(self, passage: Passage) -> bool:
        """Whether *passage* can say what is to be done: no title, signature or header, and no part that looks back."""
        if passage.cell is not None:
            return not passage.cell.is_header
        if passage.clause is None or passage.clause.clause_type not in _READ:
            return False
        if any(says("milestone.background", heading) for heading in passage.headings):
            return False
        if passage.clause.section_rule in BY_GENRE:
            return True
        return not _tells(passage) or says(_FORETOLD, passage.text)

    def accepts(self, passage: Passage, clause: Governed, signs: int, scheduled: bool = False) -> bool:
        """Whether the time of *clause*, in a passage that is read and of these *signs*, is one by which something is still to be done.

        Not a date before the signature, a day before that of its page, or what is before the year that the text opens with; in a part that tells what was done,
        only what is expected in so many words; in standing rules, no month without
        its year (it comes back every year) but that of a deed done once, outside articles; in reports, whose lead-ins and
        openings name aims, only what a time right before it dates, in a part that plans or with words of will or of a
        limit, as where no year is known; what a stage does is planned, as is what a note says by when to do, and what is *scheduled* in a column of times.
        """
        text = passage.text
        last = last_day(clause.date)
        if self._is_over(text, clause, signs):
            return False
        decided = text[max(0, clause.opening - _DECIDED) : clause.start]
        if rules_for(_FORETOLD, signs) and _tells(passage) and not said(_FORETOLD, decided, signs):
            return False  # a passage that tells is read only where something is foretold in it
        if self.opening_year is not None and int(clause.date[:4]) < self.opening_year:
            return False
        reports = self.document.genre in _REPORTING
        if clause.framed and (clause.governor is None or "。" in text[clause.governor : clause.start]):
            if reports and not is_of_part(clause.date):
                return False
        elif clause.framed:
            return True
        if clause.deadline_rule is None:
            return not reports or is_of_part(clause.date)
        if scheduled or clause.staged or clause.deadline_rule.startswith(_NOTE):
            return True
        year = self.document.plan_year
        opening = text.rfind("。", 0, clause.start) + 1
        words = text[opening if clause.governor is None else min(opening, clause.governor) : clause.start]
        if self.coordinates(passage, clause, signs):
            return True
        if clause.governor is not None and said("milestone.coordinated.list", text[clause.governor :], signs):
            return True
        if self._goes_on(clause) and not _opens_chain(text, clause.governor or 0, signs):
            return False
        if self.kind.value == "standard":
            title = self.document.title or ""
            coming = clause.dated and (
                says("milestone.announcing_title", title)
                if self.day is None
                else not says("milestone.standing_title", title)
            )
            once = not self.articles and (
                coming or self.of_one_year or said("milestone.once", text[clause.start : clause.end], signs)
            )
            return once or said("milestone.stated_year", words, signs)
        if (
            is_of_part(clause.date)
            and not clause.begins
            and self.day is not None
            and last is not None
            and last > self.day
        ):
            return True
        if year is not None and (not reports or int(clause.date[:4]) > year or _plans(passage, clause)):
            return True
        if clause.begins and not reports and is_of_part(clause.date) and clause.date[:4] == f"{self.plan_year}":
            return said("milestone.stated_year", text[clause.governor or 0 : clause.start], signs)
        opening_words = text[clause.start : clause.end]
        wanted = said("milestone.will", words, signs) or said("milestone.will_opening", opening_words, signs)
        aimed = clause.governor is not None and said("milestone.goals_label", text[: clause.governor], signs)
        return wanted or aimed or self._is_task(passage, clause)

    def coming(self, text: str, clause: Governed, signs: int) -> Governed:
        """*clause*, due before the signature by a limit without its year, in the year that it is probably meant for.

        That is the year behind the signature's where the limits of the document go on into that year (5月底前), else the plan's
        own, for a plan printed late; that the year is open is told by the rule of its deadline.
        """
        last = last_day(clause.date)
        if self.dated is None or clause.governor is None or last is None or last > self.dated:
            return clause
        limits = (rule.pattern.match(text, clause.governor) for rule in rules_for(_LIMIT, signs))
        if clause.date[:4] != f"{self.dated.year}" or not any(limits):
            return clause
        if self.turns and last.month <= self.dated.month - _HALF:
            return replace(clause, date=f"{self.dated.year + 1}{clause.date[4:]}", deadline_rule=DOUBTFUL)
        return replace(clause, deadline_rule=DOUBTFUL) if self._is_limit_of_plan(text, clause, signs) else clause

    def _is_over(self, text: str, clause: Governed, signs: int) -> bool:
        """Whether the time of *clause* was over on the day of the paper; in news, on that of its page, or is the year so far."""
        last = last_day(clause.date)
        news = self.kind.value == "fact"
        told = self.dated or (self.day if news or len(clause.date) == _DAY else None)
        if told is not None and last is not None and min(last, _end_of_third(text, clause, signs) or last) <= told:
            return not self._is_limit_of_plan(text, clause, signs)
        opening = clause.governor if news else None
        return opening is not None and said("milestone.account_period", text[opening : opening + _PERIOD], signs)

    def _is_limit_of_plan(self, text: str, clause: Governed, signs: int) -> bool:
        """Whether *clause* is due before a limit of the plan's own year: a plan printed late still says all that it asked for."""
        if self.kind.value != "target" or self.document.genre in _REPORTING or clause.governor is None:
            return False
        own_year = clause.date[:4] == f"{self.document.plan_year}"
        return own_year and said("milestone.limit_word", text[clause.governor : clause.governor + _PERIOD], signs)

    def chains(self, passage: Passage, clause: Governed, signs: int) -> bool:
        """Whether *clause*, in a report, has its year from a deed before it, with which it shares the doer."""
        return self._goes_on(clause) and not self.coordinates(passage, clause, signs)

    def coordinates(self, passage: Passage, clause: Governed, signs: int) -> bool:
        """Whether the time of *clause*, in a report, sets several deeds side by side, each with its doer."""
        return self._is_of_the_year(clause) and said(
            "milestone.coordinated", passage.text[clause.governor or 0 :], signs
        )

    def _is_of_the_year(self, clause: Governed) -> bool:
        """Whether *clause*, in a report, is due in the year of its plan."""
        return self.document.genre in _REPORTING and clause.date == f"{self.document.plan_year}"

    def _goes_on(self, clause: Governed) -> bool:
        """Whether *clause*, in a report, is due in the year of its plan by a time further off."""
        return self._is_of_the_year(clause) and clause.time_start is None and not clause.framed

    def _is_task(self, passage: Passage, clause: Governed) -> bool:
        """Whether *clause* is a task of a plan that says no year of its own: in a numbered item, or in the plan's years."""
        if self.document.genre in _REPORTING or self.document.plan_year is not None:
            return False
        if self.kind.value != "target":
            return clause.dated and any(says("milestone.procedure_heading", heading) for heading in passage.headings)
        if self.begun is not None:
            return int(clause.date[:4]) >= self.begun
        return passage.clause is not None

    def is_under_goals(self, passage: Passage) -> bool:
        """Whether the clause over *passage* labels goals."""
        return passage.clause is not None and passage.clause.parent_id in self.lead_ins.labels

    def day_of(self, passage: Passage, stage: str | None = None) -> dt.date | None:
        """The day that tells which month is this one: in the month of its *stage*, or that a heading or the title is on, else that of the document."""
        if stage is not None and len(stage) == _MONTH:
            return last_day(stage)
        months = map(_month_of, (*reversed(passage.headings), self.document.title or ""))
        stated, month = next((one for one in months if one is not None), (None, 0))
        year = stated or (self.year_of(passage) if month else None)
        return dt.date(year, month, 1) if year else self.day

    def year_of(self, passage: Passage) -> int | None:
        """The year of a bare month: that of the nearest heading that names one, else of the document."""
        named = [_YEAR.findall(heading) for heading in passage.headings]
        return next((int(years[-1]) for years in reversed(named) if years), self.plan_year)


def _end_of_third(text: str, clause: Governed, signs: int) -> dt.date | None:
    """The last day of the third of a month that the time of *clause* names (11月上旬), ``None`` where it names none."""
    if clause.governor is None or not is_of_part(clause.date) or len(clause.date) == _DAY:
        return None
    rules = rules_for("milestone.third_of_month", signs)
    found = next((rule for rule in rules if rule.search(text[clause.governor :])), None)
    return last_day(f"{clause.date}-{found.value}") if found is not None else None


@lru_cache(maxsize=1024)
def _month_of(heading: str) -> tuple[int | None, int] | None:
    """The year, if said, and the month that a *heading* is on."""
    matches = (rule.search(heading) for rule in rules_of("milestone.month_of_heading"))
    found = next((match for match in matches if match), None)
    return (int(found["year"]) if found["year"] else None, int(found["month"])) if found else None


def _opens_chain(text: str, position: int, signs: int) -> bool:
    """Whether a year at *position* opens its clause, and a deed stands behind it that others may follow."""
    before = text[:position].rstrip()
    return (not before or before[-1] in _BOUNDARIES) and said("milestone.chained", text[position:], signs)


def _tells(passage: Passage) -> bool:
    """Whether *passage* stands in a part that tells what was done."""
    if passage.clause is None or passage.clause.section_rule in BY_GENRE:
        return False
    section = kind_of_section(passage)
    return section is not None and section[1].value == "fact"


def _only_year(document: Document) -> int | None:
    """The year that the text of *document* names, outside titles of papers, where it names no other.

    Years that it looks back to (2019年以来) are none. Where it names none, that of the papers that it cites by number, if
    they are all of one, else of those on its own work that it cites by title.
    """
    cells = (cell for table in document.tables for cell in table.cells if not cell.is_header)
    readings = (*(clause.reading for clause in document.clauses), *(cell.reading for cell in cells))
    whole = [fold(reading).text for reading in readings]
    texts = [without_years_behind(_TITLES.sub("", text)) for text in whole]
    named = {year for text in texts for year in _YEAR.findall(text)} or {
        year for text in texts for year in _NUMBER.findall(text)
    }
    if not named:
        named = {f"{year}" for text in texts for year in named_years(text)}
    if not named:
        papers = rules_of("milestone.own_paper")
        named = {match["year"] for text in whole for rule in papers for match in rule.finditer(text)}
    return int(named.pop()) if len(named) == 1 else None


def _names_late(document: Document, year: int) -> bool:
    """Whether *document* names *year* behind a month without one, which then is not of that year."""
    text = "\n".join(_TITLES.sub("", fold(clause.reading).text) for clause in document.clauses)
    bare = [match.start() for rule in rules_of("milestone.bare_time") if (match := rule.search(text))]
    return bool(bare) and min(bare) < text.find(f"{year}")


def _speaks_of_now(document: Document) -> bool:
    """Whether *document* speaks of this year or the next by those words, beside the years that it names in figures."""
    return any(says("milestone.this_year", fold(clause.reading).text) for clause in document.clauses)


def _turns(document: Document, signed: dt.date) -> bool:
    """Whether *document*, signed in one of the last months of a year, says limits of the first ones without their year."""
    if signed.month < _LAST_MONTHS:
        return False
    texts = [fold(clause.reading).text for clause in document.clauses]
    limits = (match for text in texts for rule in rules_for(_LIMIT, signs_of(text)) for match in rule.finditer(text))
    return any(int(match["month"]) <= _FIRST_MONTHS for match in limits)


def _year_of_headers(document: Document) -> int | None:
    """The year that the headers of *document*'s tables name, where they name one (2024年目标)."""
    heads = {head for table in document.tables for cell in table.cells for head in cell.header}
    named = {year for head in heads for year in _YEAR.findall(head)}
    return int(named.pop()) if len(named) == 1 else None


def _year_of_news(document: Document) -> int | None:
    """The year of the day that one of the first clauses of *document* opens with, as news do."""
    texts = [fold(clause.reading).text for clause in document.clauses[:_OPENING_CLAUSES]]
    matches = (rule.search(text) for text in texts for rule in rules_of("milestone.opening_day"))
    return next((int(match["year"]) for match in matches if match), None)


def _day_of_page(head: str) -> dt.date | None:
    """The day that a line of a page's *head* is all of, with a label at most (发布时间：2022-07-07)."""
    lines = (line.strip() for line in head[:_PAGE_HEAD].split("\n"))
    matches = (rule.search(line) for line in lines for rule in rules_of("milestone.page_day"))
    return next((last_day("-".join(f"{int(part):02d}" for part in match.groups())) for match in matches if match), None)


def _year_of_page(head: str) -> int | None:
    """The year of the day that the head of a page names (2022-03-16), where it names one."""
    days = {match[1] for match in _PAGE_DATE.finditer(head, 0, _PAGE_HEAD)}
    return int(days.pop()) if len(days) == 1 else None


def _opening_year(document: Document) -> int | None:
    """The year that one of the first clauses of *document* opens with, no date by which something is to be done."""
    texts = (_TITLES.sub("", fold(clause.reading).text) for clause in document.clauses[:_OPENING_CLAUSES])
    return next((int(match[1]) for text in texts if (match := _OPENING_YEAR.match(text))), None)


def _plans(passage: Passage, clause: Governed) -> bool:
    """Whether *clause* stands in the part of a report that plans, dated by a time of its own or to a part of the year."""
    role = passage.clause.section_role if passage.clause else None
    return role in _PLANNING and (is_of_part(clause.date) or clause.time_start is not None)
