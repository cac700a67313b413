"""The clauses of a passage that a time governs.

A time reaches over the clauses behind it up to the next time or a clause of effect; over a semicolon only where it leads
its sentence (到2027年，…；…。), over a full stop only behind a list's heading (具体目标：到2027年，…。…。). A note in brackets
behind a sentence (6月底前完成，牵头单位：…) governs back to the note before it; a heading of a schedule (3月份：) the entry
behind it; a lead-in above (2025年底前完成以下任务：) whatever no time of its own governs.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from extractors.milestones.frames import comes_in_next_year, follows, frame_of, next_year_of, topic_opens
from extractors.milestones.governed import Governed, Reach
from extractors.milestones.notes import Note, is_note, notes_of
from extractors.milestones.predicates import Predicate, has_vague_time, is_adjunct, is_effect
from extractors.milestones.remarks import has_deed, is_remark
from extractors.milestones.says import said
from extractors.milestones.times import GoverningTime, governing_times, last_year, names_times, past, stated_time
from extractors.quantities.description.deadline import DOUBTFUL, is_of_part
from extractors.quantities.description.lead_ins import labels_goals
from extractors.quantities.description.sentences import shield
from extractors.rules.registry import Rule, any_for, rules_for, rules_of, rules_of_all, signs_of

_SENTENCE: Final = re.compile(r"[^。！？…\n]+")
_PART: Final = re.compile(r"[^；;]+")
_CLAUSE: Final = re.compile(r"(?:[^，,；;：:。！？\n]|(?<=\d)[：:](?=\d\d))+")
_SEMICOLONS: Final = "；;"
_COLONS: Final = "：:"
_COMMAS: Final = "，,"
_COORDINATION: Final = "、"
_SPEECH: Final = re.compile(r"“[^“”]*[。！？…]”")
"""What somebody is quoted as saying, whole sentences; other quotation marks hold names and slogans."""
_STOP: Final = "。"
_OMISSION: Final = "…"
_YEAR_AT_CLAUSE: Final = re.compile(r"(?:^|(?<=[，,。；;、]))\s*[到至在于自从]?20\d\d年")
_SHIELDED: Final = "_"
"""What the outline has in place of what stands in brackets and quotation marks."""

_AIMS: Final = ("milestone.aim.by_year", "milestone.aim.time_named")
_TIMED: Final = (*_AIMS, "milestone.stage", "milestone.note")
"""The rules of times that stand elsewhere than before what they govern."""
Inherited = Callable[[int], str | None]
"""The deadline that a lead-in above, or the row's column of times, sets for a position of the text."""


def governed_clauses(
    text: str,
    year: int | None,
    inherited: Inherited | None,
    goals: bool = False,
    staged: bool = False,
    signed: dt.date | None = None,
    listed: bool = False,
) -> Iterator[Governed]:
    """The clauses of *text* (folded) that a time governs, in order; *year* is that of bare months.

    *inherited* is ``None`` where nothing above sets a date. *goals*: the text stands under a heading of goals, where a
    year that opens it governs all its sentences. *staged*: it stands under the head of a stage, which dates also what is
    to be done 适时. *signed*: the day of the paper. *listed*: it is of a list of deeds, which 、 may part as well.
    """
    signs = signs_of(text)
    notes = tuple(notes_of(text, year, signed))
    stages = tuple(_stages(text, year, signed))
    timed = names_times(text, signs)
    if timed or notes or stages or inherited is not None:
        yield from _Walk(text, year, inherited, goals, staged, signed, listed, signs, notes, stages, timed).clauses()


@dataclass(slots=True)
class _Sentence:
    """A sentence at ``[start, end)`` that is read, its ``times`` and the stretches that look ``back``."""

    start: int
    end: int
    words: str
    times: Sequence[GoverningTime]
    back: Sequence[tuple[int, int]]
    part: int
    """Where that begins which the last time, or the last semicolon, parts off."""
    opening: int | None = None
    """Where a time begins behind which nothing has been governed yet."""
    undated: bool = False
    """Whether a vague time has ended the reach of the last one."""
    remarked: bool = False
    """Whether what follows remarks on the deed before it."""


@dataclass
class _Walk:
    """Reads a text sentence by sentence, clause by clause: what a time reaches over is known from those before."""

    text: str
    year: int | None
    inherited: Inherited | None
    goals: bool
    staged: bool
    signed: dt.date | None
    listed: bool
    signs: int
    notes: Sequence[Note]
    stages: Sequence[GoverningTime]
    timed: bool
    reach: Reach | None = None
    frame: tuple[GoverningTime, str] | None = None
    """A time that frames the sentences behind its own, with that sentence."""
    coming: GoverningTime | None = None
    """A time of the next year that the sentence before names."""

    def __post_init__(self) -> None:
        self.outline = shield(_SPEECH.sub(_as_sentences, self.text))
        listed = rules_for("milestone.listed", self.signs) if self.listed else ()
        self.joining = (*rules_for("milestone.joined", self.signs), *listed)
        self.second = rules_for("milestone.second_time", self.signs)

    def clauses(self) -> Iterator[Governed]:
        """The governed clauses in order."""
        from_above = bool(self.stages or self.notes or self.inherited is not None)
        for found in _SENTENCE.finditer(self.outline):
            start, end = found.span()
            words, times = self.text[start:end], self._times(start, end)
            self._enter(start, words)
            if not times and self.reach is None and not from_above:
                continue
            back = tuple(_looking_back(self.outline, (start, end), times, self.year, self.signed)) if times else ()
            sentence = _Sentence(start, end, words, times, back, start)
            for begin, stop in _clauses(self.outline, start, end, times, self.joining, self.second):
                clause = self._clause(sentence, begin, stop)
                if clause is not None:
                    yield clause
            if self.frame is None and not back:
                self.frame = frame_of(words, start, times)

    def _times(self, start: int, end: int) -> Sequence[GoverningTime]:
        """The times of a sentence, in the next year where the one before it names that."""
        span = (start, end)
        if not (self.timed and names_times(self.text, self.signs, *span)):
            self.coming = None
            return ()
        times = _times(self.text, self.outline, span, self.year, self.signs, self.signed)
        if self.coming is not None and comes_in_next_year(self.text, start, times, self.coming, self.signed):
            return _times(self.text, self.outline, span, int(self.coming.date[:4]), self.signs, None)
        self.coming = next_year_of(self.text, times)
        return times

    def _enter(self, start: int, words: str) -> None:
        """What reaches into the sentence *words*: a stage before it, a time over full stops, or one that frames it."""
        stage = next((one for one in reversed(self.stages) if one.start < start), None)
        if stage is not None:
            self.reach = Reach(stage, True, True)
        if self.frame is not None and not follows(words, self.frame[1], self.frame[0], self.signs):
            self.frame = None
        if self.reach is None or not self.reach.over_stops:
            self.reach = Reach(self.frame[0], True, False) if self.frame is not None else None

    def _clause(self, sentence: _Sentence, begin: int, end: int) -> Governed | None:
        """The clause at ``[begin, end)`` of *sentence*, if a time governs it."""
        if is_note(self.notes, end):
            return None
        if sentence.back and any(first <= begin < last for first, last in sentence.back):
            self.reach = None
            return None
        sign = self.outline[begin - 1 : begin]
        if sign in _SEMICOLONS and sign:
            self._pass_semicolon(sentence, begin, end)
        times = sentence.times
        own = _without_attributes([time for time in times if begin <= time.start < end]) if times else []
        start = begin
        opened = next((one for one in reversed(self.stages) if one.start < end and begin < one.end), None)
        if opened is not None:
            start, self.reach = opened.end, Reach(opened, True, True)
        if start >= end:
            return None
        if own:
            start = self._take(sentence, own[-1])
            if not self.text[start:end].strip():
                return None
        reach = self.reach
        if self.frame is None and not own and reach and topic_opens(self.text[start : end + 1], self.signs):
            self.frame = frame_of(sentence.words, sentence.start, times, reach.time)
        in_stage = self.staged or (reach is not None and reach.time in self.stages)
        if self._says_none(sentence, begin, self.text[start:end], bool(own), in_stage):
            return None
        sentence.undated = sentence.undated and not own
        found = None if sentence.undated else _due(self.reach, self.notes, begin, self.inherited)
        scheduled = sentence.opening is not None and not own and sign in _COLONS
        time_start, sentence.opening = sentence.opening, None
        return None if found is None else self._governed(start, end, found, begin, time_start, scheduled, in_stage)

    def _pass_semicolon(self, sentence: _Sentence, begin: int, end: int) -> None:
        """End what reaches over no semicolon; a year goes on over a list of topics (在供水方面，…；在防洪方面，…)."""
        sentence.part, sentence.remarked = begin, False
        if self.reach is not None and not self.reach.over_semicolons:
            topics = topic_opens(self.text[begin : end + 1], self.signs) and not is_of_part(self.reach.time.date)
            self.reach = self.reach if topics else None

    def _take(self, sentence: _Sentence, time: GoverningTime) -> int:
        """Let *time* of *sentence* govern from here on, and return where what it governs begins."""
        self.reach = _reach(self.text, time, sentence.start, sentence.times)
        if time.leads and _opens_goals(self.text[: time.start], self.goals, self.signs):
            self.reach = replace(self.reach, over_semicolons=True, over_stops=True)
        sentence.opening, sentence.part, sentence.remarked = time.start, time.end, False
        return time.end

    def _says_none(self, sentence: _Sentence, begin: int, words: str, own: bool, in_stage: bool) -> bool:
        """Whether *words*, with a time of their *own* or not, say nothing that is due: a vague time, an effect, a remark."""
        signs, reach = self.signs, self.reach
        if not own and not in_stage and has_vague_time(words, signs):
            self.reach, sentence.undated = None, True
            return True
        if is_effect(words, signs) or said("milestone.told_of", words, signs) or (own and is_adjunct(words, signs)):
            self.reach = reach if reach is not None and reach.over_stops else None
            return True
        told = self.text[sentence.part : begin]
        remark = is_remark(words, told, signs) if not own and has_deed(told) else None
        sets_goals = reach is not None and not is_of_part(reach.time.date)  # side by side, no remarks on one deed
        sentence.remarked = sentence.remarked or (remark is True and not sets_goals)
        return sentence.remarked or remark is False

    def _governed(
        self,
        start: int,
        end: int,
        due: tuple[str, str | None],
        opening: int,
        time_start: int | None,
        scheduled: bool,
        in_stage: bool,
    ) -> Governed:
        date, rule = due
        if self.reach is None:
            return Governed(start, end, date, rule, opening, None, scheduled, staged=in_stage)
        time = self.reach.time
        framed = self.frame is not None and time is self.frame[0]
        return Governed(
            start, end, date, rule, opening, time_start, scheduled, time.begins, time.start, in_stage, framed
        )


def _clauses(
    outline: str,
    start: int,
    stop: int,
    times: Sequence[GoverningTime],
    joining: Sequence[Rule],
    second: Sequence[Rule],
) -> Iterator[tuple[int, int]]:
    """The clauses of a sentence; one that a mark of coordination parts before a time is two (3月开工、9月完工), as is one of two deeds (完成招标并启动施工)."""
    for clause in _CLAUSE.finditer(outline, start, stop):
        begin = clause.start()
        own = [time for time in times if begin <= time.start < clause.end()]
        if own and outline[begin : own[0].start].rstrip().endswith(_COORDINATION):
            cut = outline.rindex(_COORDINATION, begin, own[0].start)
            yield begin, cut
            begin = cut + 1
        for before, after in pairwise(own):
            cut = outline.find(_COORDINATION, before.end, after.start)
            if cut > before.end:
                yield begin, cut
                begin = cut + 1
            elif cut := _joint(outline[before.end : after.start], second):
                yield begin, before.end + cut
                begin = before.end + cut + 1
        while joining and (cut := _joint(outline[begin : clause.end()], joining)):
            yield begin, begin + cut
            begin += cut + 1
        yield begin, clause.end()


def _without_attributes(times: Sequence[GoverningTime]) -> list[GoverningTime]:
    """The *times* of a clause without a year that is one of a date before it: it belongs to a noun (6月底前2024年债券发行完毕)."""
    return [time for at, time in enumerate(times) if not any(e.date.startswith(f"{time.date}-") for e in times[:at])]


def _looking_back(
    outline: str, span: tuple[int, int], times: Sequence[GoverningTime], year: int | None, signed: dt.date | None
) -> Iterator[tuple[int, int]]:
    """The parts of a sentence, between its semicolons, that hold a time before *year*: up to a time behind it to come."""
    for part in _PART.finditer(outline, *span):
        own = [time for time in times if part.start() <= time.start < part.end()]
        if past(own, year, signed):
            last = max(time.start for time in own if past([time], year, signed))
            coming = (time for time in own if time.start > last and (is_of_part(time.date) or time.date > f"{year}"))
            ahead = next((time.start for time in coming), None)
            comma = max(outline.rfind(sign, part.start(), ahead) for sign in _COMMAS) if ahead is not None else -1
            yield part.start(), comma + 1 if comma > last else part.end()


def _as_sentences(speech: re.Match[str]) -> str:
    """Speech without its marks, as sentences of the text around it."""
    return _STOP + speech[0][1:-1].replace(_OMISSION, _STOP) + _STOP


def _joint(words: str, rules: Sequence[Rule]) -> int:
    """Where 并 or 、 first joins two deeds of a clause that have each an object of its own, by one of *rules*, which name their joint; else 0."""
    asked = (rule for rule in rules if not rule.needs.isdisjoint(words))
    return min((match.start("joint") for rule in asked if (match := rule.search(words))), default=0)


def may_say_when(text: str, signs: int) -> bool:
    """Whether *text*, of these *signs*, may hold a time that governs something in it, or an aim that has its year in its name."""
    return any_for(_TIMED, signs) or names_times(text, signs)


def aims_by_year(text: str) -> Iterator[tuple[Governed, Predicate]]:
    """The aims of *text* (folded) that have their year in their name (如期实现2030年前碳达峰目标), and acts whose time is named."""
    signs = signs_of(text)
    for rule in rules_of_all(_AIMS, signs):
        for match in rule.finditer(text):
            time = stated_time(match["time"], None)
            if time is not None:
                date, size = time.date[: 4 if rule.id.endswith("by_year") else None], match.end() - match.start()
                governed = Governed(match.start(), match.end(), date, time.rule_id, match.start())
                yield governed, Predicate(0, size, match["action"], match["object"], rule.id)


def _stages(text: str, year: int | None, signed: dt.date | None) -> Iterator[GoverningTime]:
    """The times of stages that stand in brackets behind their names, each over what stands behind it."""
    for rule in rules_for("milestone.stage", signs_of(text)):
        for match in rule.finditer(text):
            time = stated_time(match["time"], year, signed)
            if time is not None and (year is None or time.rule_id == DOUBTFUL or int(time.date[:4]) >= year):
                yield GoverningTime(match.start(), match.end(), time.date, time.rule_id, True, False)


def _times(
    text: str, outline: str, span: tuple[int, int], year: int | None, signs: int, signed: dt.date | None
) -> tuple[GoverningTime, ...]:
    start, end = span
    return tuple(
        replace(time, start=time.start + start, end=time.end + start)
        for time in governing_times(
            text[start:end], year if year is not None else _year_named(text, span), signs, signed
        )
        if outline[start + time.start] != _SHIELDED
    )


def _year_named(text: str, span: tuple[int, int]) -> int | None:
    """The year of a bare month in the sentence at *span*: the last named before it, or by its head, and none behind it.

    In 年底完成可研，2027年开工 the second year says nothing of the first time; 2027年 in 对2027年有任务的村 opens no clause and does.
    """
    start, end = span
    before = last_year(text[:start])
    if before is not None:
        return before
    sentence = text[start:end]
    months = [match.start() for rule in rules_of("milestone.bare_time") if (match := rule.search(sentence))]
    if not months:
        return last_year(sentence)
    return last_year(sentence[: min(months)]) or last_year(_YEAR_AT_CLAUSE.sub("", sentence))


def _reach(text: str, time: GoverningTime, sentence_start: int, times: Sequence[GoverningTime]) -> Reach:
    """How far *time* reaches: a time that leads, alone in its sentence, governs all of it."""
    before = text[sentence_start : time.start].strip(_OPENING_SIGNS)
    if any(sign in before or text[sentence_start : time.start].rstrip().endswith(sign) for sign in _COMMAS):
        return Reach(time, False, False)
    if not before and any(rule.search(text[time.start :]) for rule in rules_of("milestone.coordinated")):
        return Reach(time, True, False)
    heading = before.rstrip(_COLONS)
    alone = time.leads and len(times) == 1
    leads_list = alone and heading != before and any(rule.search(heading) for rule in rules_of("milestone.list_lead"))
    return Reach(time, alone and len(before) <= _LONGEST_OPENING, leads_list)


def _opens_goals(before: str, under_goals: bool, signs: int) -> bool:
    """Whether a time that has the words *before* it in its paragraph opens one of goals, by the heading or in it."""
    opening = before.rstrip(_OPENING_SIGNS)
    return labels_goals(opening) or said("milestone.goals_label", opening, signs) if opening else under_goals


_LONGEST_OPENING: Final = 8
"""A time this near to its sentence's start leads the sentence."""
_OPENING_SIGNS: Final = "到至在于 ①②③④⑤⑥⑦⑧⑨⑩（）()0123456789.、"


def _due(
    reach: Reach | None, notes: Sequence[Note], position: int, inherited: Inherited | None
) -> tuple[str, str | None] | None:
    """The date by which a clause that begins at *position* is due, with its rule: its time, its note, its lead-in."""
    if reach is not None:
        return reach.time.date, reach.time.rule_id
    note = next((note for note in notes if note.floor <= position < note.start), None)
    if note is not None:
        return note.date, note.rule_id
    above = inherited(position) if inherited is not None else None
    return None if above is None else (above, None)
