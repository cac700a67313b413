"""Stages of a plan: lines that are all the name of a stage and its time, over what is to be done by then."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from extractors.milestones.frames import date_of_items
from extractors.milestones.says import says
from extractors.milestones.times import last_year, stated_time
from extractors.rules.registry import rules_for, signs_of
from schemas.records import Clause, Document

TASKS: Final = frozenset({"numbered", "paragraph"})
"""The types of clauses that say what is to be done."""
_LONGEST_LINE: Final = 80
"""Characters of a line that is all a head."""
_WORDS: Final = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class StageTimes:
    """For the clauses under the heading of a stage (（二）集中整治阶段（5月—8月）): by when they are to be done.

    The time may stand alone on the line below the heading.
    """

    dates: Mapping[str, str]
    heads: frozenset[str]
    led: frozenset[str]
    """Those of the clauses that a lead-in dates (6月底前，完成以下工作：) and no stage."""
    items: frozenset[str] = frozenset()
    """Those of them that stand as items (一是…) behind the sentence that has the time."""

    @classmethod
    def of(cls, document: Document, texts: Sequence[str], year: int | None) -> StageTimes:
        """The dates under the stages of *document*, whose clauses read *texts*: up to the next clause that is of the head's own rank or above.

        A line of words that could be a deed (修缮街面（5月—10月）) is a head only where something stands under it. A head
        without a number of its own has the numbered items behind it, as long as they are numbered alike.
        """
        signed = soon_behind(document)
        dates: dict[str, str] = {}
        heads: set[str] = set()
        led: set[str] = set()
        used: set[str] = set()
        lists, head = False, ""
        date, under = None, frozenset[str]()
        items: _Items | None = None
        above: str | None = None
        for clause, text in zip(document.clauses, texts, strict=True):
            stage = stage_of("milestone.stage_head", text, year, signed)
            below = stage_of("milestone.time_line", text, year, signed) if above and clause.parent_id == above else None
            above = clause.clause_id if clause.heading else None
            leads = stage_of("milestone.list_head", text, year, signed)
            if stage or below or leads:
                date, lists = stage or below or leads, leads is not None
                under = frozenset({clause.clause_id, *({clause.parent_id or ""} if below else ())})
                items = _Items(clause.parent_id) if clause.marker is None else None
                head = clause.clause_id
                heads.add(head)
                if not (stage and _is_open(text)):
                    used.add(head)
                continue
            items = items.reaching(clause) if items is not None else None
            listed = items is not None and clause.parent_id == items.parent
            if (
                (clause.marker is not None and clause.parent_id not in under and not listed)
                or clause.clause_type not in TASKS
                or (date is not None and _opens_stage(text))
            ):
                date, items = None, None
            elif date is not None:
                dates[clause.clause_id] = date
                used.add(head)
                under |= {clause.clause_id}
                led |= {clause.clause_id} if lists else set()
                if lists and items is not None and items.form is None:
                    date = None  # a paragraph, where no numbered item stands, is all of the list
        behind = {item: date for item, date in _items(document, texts, year, signed) if item not in dates}
        return cls(dates | behind, frozenset(heads & used), frozenset(led | set(behind)), frozenset(behind))


def _items(
    document: Document, texts: Sequence[str], year: int | None, signed: dt.date | None
) -> Iterator[tuple[str, str]]:
    """The items (一是…，二是…) of *document* and the date of the sentence before the first of them."""
    date, number = None, 0
    for above, clause in zip(("", *texts), document.clauses, strict=False):
        first = clause.number == 1
        if not says("milestone.item", clause.marker or "") or not (first or clause.number == number + 1):
            date, number = None, 0
            continue
        number = clause.number or 1
        date = date_of_items(above, year, signed) if first else date
        if date is not None:
            yield clause.clause_id, date


@dataclass(frozen=True, slots=True)
class _Items:
    """The numbered items behind a head without a number: their parent, and the form of their numbers, once one is seen."""

    parent: str | None
    form: str | None = None

    def reaching(self, clause: Clause) -> _Items | None:
        """The items at *clause*, ``None`` where it is numbered otherwise."""
        if clause.marker is None or clause.parent_id != self.parent:
            return self
        form = form_of(clause)
        return _Items(self.parent, form) if self.form in (None, form) else None


def soon_behind(document: Document) -> dt.date | None:
    """The signature of *document* where days soon behind it are of its own year, and not of the year of a plan to come."""
    return None if document.genre == "plan" else document.signed_date


def form_of(clause: Clause) -> str:
    """How *clause* is numbered, whatever its number: （）, a point, nothing."""
    return _WORDS.sub("", clause.marker or "")


def stage_of(family: str, text: str, year: int | None, signed: dt.date | None = None) -> str | None:
    """The date of a line that is all the name of a stage and its time, or a time alone, by the rules of *family*."""
    if len(text) > _LONGEST_LINE:
        return None
    for rule in rules_for(family, signs_of(text)):
        match = rule.search(text)
        own = year if year is not None else last_year(match["time"]) if match else None
        time = stated_time(match["time"], own, signed) if match else None
        if time is not None:
            return time.date
    return None


def _is_open(text: str) -> bool:
    """Whether a head *text* could be a deed with its months in brackets as well."""
    return any(rule.search(text) is not None for rule in rules_for("milestone.note.bare", signs_of(text))) and not any(
        rule.search(text) is not None for rule in rules_for("milestone.stage_opening", signs_of(text))
    )


def _opens_stage(text: str) -> bool:
    """Whether the name of a stage and its time open *text*, which goes on with what the stage does."""
    return any(
        (match := rule.search(text)) is not None and not match.start()
        for family in ("milestone.stage_opening", "milestone.stage")
        for rule in rules_for(family, signs_of(text))
    )
