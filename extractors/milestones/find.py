"""From a passage to its milestones: governed clauses whose predicate brings something about that nothing counts."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from extractors.language.passages import Passage
from extractors.language.tokens import segmenter, tag_of
from extractors.milestones.clauses import aims_by_year, governed_clauses, may_say_when
from extractors.milestones.governed import Governed
from extractors.milestones.lines import LineTimes
from extractors.milestones.notes import BARE_NOTE, LONE_NOTE
from extractors.milestones.predicates import (
    Dated,
    Predicate,
    aim_of,
    antecedent_of,
    begins_something,
    is_condition,
    predicate_of,
    row_predicate,
    work_of,
)
from extractors.milestones.says import said, says
from extractors.milestones.scope import Scope
from extractors.milestones.tables import RowTimes
from extractors.quantities.description.deadline import is_of_part, last_day
from extractors.rules.registry import rules_for, rules_of, signs_of
from extractors.targets.owners import OwnersIndex
from schemas.ids import IdMaker
from schemas.making import quickly_made
from schemas.rows import Milestone, Quantity

_STOPS = "。！？；;"
_CLAUSES_END = "，。！？；：,;:\n"
_MARKER = re.compile(r"\s*[（(]?[一二三四五六七八九十\d]{1,3}[)）.、．]\s*(?!\d)")
_NOTE = "milestone.note"
_MONEY = "money"
_VERB_ALONE = "milestone.verb_alone"
_NOUN = "n"
_ANY_VERB = "milestone.verb_stated"
_DOERS_FIRST = ("milestone.subject_first", "milestone.object_first")
"""The rules of predicates that say who or what their verb is said of before it."""
_AROUND = 16
"""Characters on each side of a quantity in which words stand that make it part of a name."""
_BEHIND = 40
"""Characters behind a clause in which words stand that make it a condition."""


@dataclass(frozen=True)
class Counted:
    """What a document's ``quantities`` measure: with ``starts`` of their spans, ascending, and those of cells by table and row.

    The capacity in a project's name counts nothing, nor does money in another cell of the row: it says what the work costs.
    """

    source: str
    quantities: Sequence[Quantity]
    starts: Sequence[int]
    cells: Mapping[tuple[str, int], Sequence[Quantity]]

    @classmethod
    def of(cls, quantities: Sequence[Quantity], source: str) -> Counted:
        """What *quantities* of the text *source* measure."""
        quantities = sorted(quantities, key=lambda quantity: quantity.span.start)
        cells: dict[tuple[str, int], list[Quantity]] = {}
        for quantity in quantities:
            place = quantity.place
            if place.table_id and place.row is not None and place.column is not None and quantity.dimension != _MONEY:
                cells.setdefault((place.table_id, place.row), []).append(quantity)
        return cls(source, quantities, [quantity.span.start for quantity in quantities], cells)

    def holds(self, passage: Passage, clause: Governed, before_time: bool = False, cell_alone: bool = False) -> bool:
        """Whether a quantity measures what *clause* says: in its own words, or in another cell of its row.

        *before_time*: the words before its time are its own, since its verb stands alone behind it. *cell_alone*: other
        cells of the row do not count.
        """
        span = passage.span(clause.opening if before_time else clause.start, clause.end)
        first, stop = bisect_left(self.starts, span.start), bisect_left(self.starts, span.end)
        if any(not _is_capacity(one, self.source) for one in self.quantities[first:stop]):
            return True
        place = passage.place
        if cell_alone or place.table_id is None or place.row is None:
            return False
        beside = self.cells.get((place.table_id, place.row), ())
        return any(one.place.column != place.column and not _is_capacity(one, self.source) for one in beside)


def _is_capacity(quantity: Quantity, source: str) -> bool:
    """Whether *quantity* is the capacity in what names a project (年产20万吨饲料项目), and no count of a deed."""
    start, end = quantity.span.start, quantity.span.end
    context = f"{source[max(0, start - _AROUND) : start]}⟨{source[start:end]}⟩{source[end : end + _AROUND]}"
    return any(rule.search(context) is not None for rule in rules_of("milestone.capacity"))


def _is_in_title(before: str) -> bool:
    """Whether the title of a paper is open behind the words *before* (《政府工作|报告》): what stands in it is no deed."""
    return before.rfind("《") > before.rfind("》")


@quickly_made
@dataclass(frozen=True, slots=True)
class _Timed:
    """A passage and its signs; by when the row or line (``due``), the ``stage`` or the lead-in (``led``) above date it."""

    passage: Passage
    signs: int
    due: str | None
    stage: str | None
    led: str | None
    is_dated: bool


@dataclass(frozen=True)
class Finder:
    """Finds the milestones of one document's passages."""

    source: str
    scope: Scope
    rows: RowTimes
    lines: LineTimes
    owners: OwnersIndex
    counted: Counted
    ids: IdMaker

    def of(self, passages: Iterable[Passage]) -> list[Milestone]:
        """The milestones of *passages*, passage by passage; the clauses of all are told before any is read."""
        timed = [one for one in map(self._timed, passages) if one is not None]
        clauses = [tuple(self._clauses(one)) for one in timed]
        return [row for one, governed in zip(timed, clauses, strict=True) for row in self._found(one, governed)]

    def _timed(self, passage: Passage) -> _Timed | None:
        """*passage* with what dates it from above, where something may be dated in it."""
        signs = signs_of(passage.text)
        due = self.rows.due(passage) or self.lines.due(passage)
        stage, led = self.lines.under_stage(passage), self.lines.led(passage)
        is_dated = bool(due or stage or led or self.scope.lead_ins.touch(passage))
        if not (is_dated or may_say_when(passage.text, signs)) or not self._reads(passage, signs):
            return None
        return _Timed(passage, signs, due, stage, led, is_dated)

    def _clauses(self, timed: _Timed) -> Iterator[Governed]:
        """The clauses of a passage that a time governs, in order."""
        passage, signs, led = timed.passage, timed.signs, timed.led
        year, goals = self.scope.year_of(passage), self.scope.is_under_goals(passage) or self.lines.in_series(passage)

        def inherited(position: int) -> str | None:
            covered = self.scope.lead_ins.over(passage, position)
            return timed.due or timed.stage or (covered[0] if covered else led)

        above = inherited if timed.is_dated else None
        staged, day = timed.stage is not None, self.scope.day_of(passage, timed.stage)
        item = self.lines.is_item(passage)
        for clause in governed_clauses(passage.text, year, above, goals, staged, day, led is not None):
            clause = self.scope.coming(passage.text, clause, signs)
            clause = _without_opening(passage.text, clause, "milestone.including", signs) if led else clause
            clause = _without_opening(passage.text, clause, "milestone.opening", signs)
            yield replace(clause, framed=True) if item and clause.deadline_rule is None else clause

    def _found(self, timed: _Timed, clauses: Iterable[Governed]) -> Iterator[Milestone]:
        """The milestones of a passage, whose *clauses* a time governs."""
        passage, signs, due, stage = timed.passage, timed.signs, timed.due, timed.stage
        text = passage.text
        found = 0
        for clause, by_year in aims_by_year(text):
            found += 1
            yield self._milestone(passage, clause, by_year)
        for clause in clauses:
            words = text[clause.start : clause.end]
            inherits = (clause.deadline_rule is None or not is_of_part(clause.date)) and not due and not stage
            aim = aim_of(words, signs) if inherits else None
            if aim is not None and not self.counted.holds(passage, clause):
                found += 1
                yield self._milestone(passage, clause, aim)
                continue
            behind = text[clause.end : clause.end + _BEHIND]
            if (
                not self.scope.accepts(passage, clause, signs, self.rows.plans(passage))
                or _is_heading(passage, clause)
                or is_condition(behind, signs)
            ):
                continue
            before = text[clause.opening : clause.time_start] if clause.time_start is not None else ""
            staged = clause.staged or stage is not None or due is not None
            dated_by = _dated_by(clause, staged or clause.framed)
            predicate = (
                predicate_of(words, before, dated_by, staged)
                or (work_of(words) if due else None)
                or (row_predicate(words) if clause.scheduled or _is_item(passage, clause) else None)
            )
            object_rule = predicate.rule_id if predicate is not None else None
            if predicate is not None and not predicate.object:
                stated, object_rule = antecedent_of(_clauses_before(text, clause.opening))
                predicate = replace(predicate, object=stated)
            if predicate is None or (clause.begins and not begins_something(predicate)):
                continue
            if _is_in_title(words[: predicate.start]):
                continue
            if self._leads_astray(passage, clause, predicate, signs):
                continue
            alone = predicate.rule_id.startswith(_VERB_ALONE) and bool(before.strip())
            measured = _measured(text, clause, predicate, signs)
            if not self.counted.holds(passage, measured, before_time=alone, cell_alone=self.rows.heads(passage)):
                found += 1
                yield replace(self._milestone(passage, clause, predicate), object_rule=object_rule)
        if due and not found and not says("milestone.not_whole", text.strip()):
            yield from self._whole(passage, due)

    def _leads_astray(self, passage: Passage, clause: Governed, predicate: Predicate, signs: int) -> bool:
        """Whether a time further off does not date *predicate*: it is of another doer, or in a report a line of work."""
        goes_on = self.scope.chains(passage, clause, signs)
        if predicate.rule_id.startswith(_DOERS_FIRST):
            return goes_on or _is_of_another(passage.text, clause, signs)
        words = passage.text[clause.start : clause.end]
        if clause.dated_by is Dated.PART and not clause.staged and predicate.rule_id.startswith(_ANY_VERB):
            doer = words[: max(words.find(predicate.action, predicate.start), 0)].strip()
            if said("milestone.lay_doer", doer, signs) and tag_of(segmenter().lcut(doer)[0]).startswith(_NOUN):
                return True
        named = "”" in words
        return goes_on and not named and says("milestone.line_of_work", predicate.action)

    def _reads(self, passage: Passage, signs: int) -> bool:
        """Whether *passage*, of these *signs*, can say what is to be done: it is no time of a row or stage, and no report of what was done."""
        return (
            self.scope.reads(passage)
            and not self.lines.is_time(passage)
            and not self.rows.is_time(passage)
            and not said("milestone.reported", passage.text, signs)
        )

    def _whole(self, passage: Passage, due: str) -> Iterator[Milestone]:
        """A cell of tasks without a verb that the rules know: all of it is what its row has to do."""
        stop = len(passage.text.rstrip("。；;\n "))
        marker = _MARKER.match(passage.text)
        start = marker.end() if marker else 0
        text = passage.text[start:stop]
        clause = Governed(start, stop, due, None, start)
        predicate = row_predicate(text)
        if predicate is not None and not self.counted.holds(passage, clause, cell_alone=self.rows.heads(passage)):
            yield self._milestone(passage, clause, predicate)

    def _milestone(self, passage: Passage, clause: Governed, predicate: Predicate) -> Milestone:
        start = clause.start + predicate.start if clause.time_start is None else clause.time_start
        end = clause.start + predicate.end
        span = passage.span(start, end)
        return Milestone(
            milestone_id=self.ids.over("m", span.start, span.end),
            place=passage.place,
            span=span,
            fragments=passage.fragments(self.source, start, end),
            text=self.source[span.start : span.end],
            action=predicate.action,
            object=predicate.object,
            subject=predicate.subject,
            deadline=clause.date,
            deadline_date=last_day(clause.date),
            time_period=clause.date,
            stretch=_is_stretch(passage.text, clause.start + predicate.start),
            owners=self.owners.finding_at(passage.place, span.start).owners,
            clause_path=passage.clause.path if passage.clause else None,
            sentence=_sentence(passage.text, start, end),
            rule_id=predicate.rule_id,
            deadline_rule=clause.deadline_rule
            or self.rows.rule(passage)
            or self.lines.rule(passage)
            or "deadline.lead_in",
            object_rule=predicate.rule_id,
        )


def _without_opening(text: str, clause: Governed, family: str, signs: int) -> Governed:
    """*clause*, in a *text* of these *signs*, without the words that, by the rules of *family*, open a list of deeds or an entry (包括发布目录, 主要任务是)."""
    words = text[clause.start : clause.end]
    matches = (rule.search(words) for rule in rules_for(family, signs))
    length = next((match.end() for match in matches if match), 0)
    return replace(clause, start=clause.start + length) if 0 < length < len(words) else clause


def _is_of_another(text: str, clause: Governed, signs: int) -> bool:
    """Whether *clause* says of something else what it says than the clause that its time stands in (A 11月开园，B 启动实施)."""
    if clause.time_start is not None or clause.governor is None or clause.staged:
        return False
    opening = max(text.rfind(sign, 0, clause.governor) for sign in _CLAUSES_END) + 1
    words = text[clause.start : clause.end]
    return said("milestone.named_before_time", text[opening : clause.governor], signs) and not said(
        "milestone.same_time", words, signs
    )


def _measured(text: str, clause: Governed, predicate: Predicate, signs: int) -> Governed:
    """The part of *clause* in which a number counts what is done: neither where it is done (在8个园区形成…) nor a note that says how."""
    words = text[clause.start : clause.end]
    behind = words[predicate.end :]
    end = clause.start + predicate.end if said("milestone.note_on_manner", behind, signs) else clause.end
    before = words[: max(words.find(predicate.action, predicate.start), 0)]
    start = (
        clause.start + len(before)
        if predicate.object and said("milestone.place_of_deed", before, signs)
        else clause.start
    )
    return replace(clause, start=start, end=end)


def _dated_by(clause: Governed, staged: bool) -> Dated:
    """By what *clause* is dated; one that is *staged*, by its stage at least."""
    return Dated.YEAR if staged and clause.dated_by is Dated.NONE else clause.dated_by


def _clauses_before(text: str, position: int) -> Sequence[str]:
    """The clauses of the sentence before *position*, the nearest first."""
    opening = max(text.rfind(stop, 0, position) for stop in _STOPS) + 1
    return text[opening:position].replace(",", "，").split("，")[::-1]


def _is_item(passage: Passage, clause: Governed) -> bool:
    """Whether *clause* is all of a numbered item but its number and the brackets that date it (3.登记改革（6月底前完成）。)."""
    if passage.clause is None or passage.clause.marker is None or not (clause.deadline_rule or "").startswith(_NOTE):
        return False
    behind = passage.text[clause.end :].strip("。；; \n")
    marker = _MARKER.match(passage.text)
    return not behind and clause.start <= (marker.end() if marker else 0)


def _is_heading(passage: Passage, clause: Governed) -> bool:
    """Whether *clause* is the heading of its passage, which a note behind the passage dates with all the rest.

    Brackets of its own date it alone, as labels do with nothing else behind it.
    """
    heading = passage.clause.heading if passage.clause else None
    behind = passage.text[passage.text.find(heading or "") + len(heading or "") :]
    return (
        bool(heading)
        and not says("milestone.labels_only", behind)
        and clause.time_start is None
        and not (clause.deadline_rule or "").startswith((BARE_NOTE, LONE_NOTE))
        and clause.start <= passage.text.find(heading or "") < clause.end
        and passage.text[clause.start : clause.end].strip().endswith(heading or "")
    )


def _is_stretch(text: str, position: int) -> bool:
    """Whether a word of striving, and no firm one behind it, stands between the last stop and *position*."""
    before = text[max((text.rfind(sign, 0, position) for sign in _STOPS), default=-1) + 1 : position]
    last = {
        name: max((m.end() for rule in rules_of(name) for m in rule.finditer(before)), default=-1)
        for name in ("stretch.cue", "stretch.firm")
    }
    return last["stretch.cue"] > last["stretch.firm"]


def _sentence(text: str, start: int, end: int, longest: int = 400) -> str:
    """The sentence around ``[start, end)``, a very long one only around it."""
    first = max(text.rfind("。", 0, start) + 1, text.rfind("\n", 0, start) + 1)
    stop = text.find("。", end)
    last = stop + 1 if stop >= 0 else len(text)
    if last - first > longest:
        first, last = max(first, start - longest // 4), min(last, max(end, start + longest))
    return text[first:last].strip()
