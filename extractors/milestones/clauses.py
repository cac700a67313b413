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
from extractors.milestones.notes import Note, is_note, notes_of
from extractors.milestones.predicates import Dated, Predicate, has_vague_time, is_adjunct, is_effect
from extractors.milestones.remarks import has_deed, is_remark
from extractors.milestones.says import said
from extractors.milestones.times import GoverningTime, governing_times, last_year, names_times, past, stated_time
from extractors.quantities.description.deadline import DOUBTFUL
from extractors.quantities.description.lead_ins import labels_goals
from extractors.quantities.description.sentences import shield
from extractors.rules.registry import Rule, any_for, rules_for, rules_of, rules_of_all, signs_of
from schemas.making import quickly_made

_SENTENCE: Final = re.compile(r"[^。！？…\n]+")
_PART: Final = re.compile(r"[^；;]+")
_CLAUSE: Final = re.compile(r"(?:[^，,；;：:。！？\n]|(?<=\d)[：:](?=\d\d))+")
_SEMICOLONS: Final = "；;"
_COLONS: Final = "：:"
_COMMAS: Final = "，,"
_COORDINATION: Final = "、"
_MONTHS: Final = "-"
"""What the date of a part of a year holds."""
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


@quickly_made
@dataclass(frozen=True, slots=True)
class Governed:
    """The words at ``[start, end)`` of a text, between two commas and behind a time among them, due by ``date``.

    ``opening`` is where the clause begins, the words before its time among it; ``time_start`` where the time begins that opens them, ``None`` where it stands further off. ``scheduled``: the
    entry of a schedule, whose noun may stand without a verb. ``begins``: the time says from when. ``deadline_rule`` is
    ``None`` for an inherited date.
    """

    start: int
    end: int
    date: str
    deadline_rule: str | None
    opening: int
    time_start: int | None = None
    scheduled: bool = False
    begins: bool = False
    governor: int | None = None
    """Where the time begins that governs the words, however far off; ``None`` for an inherited date."""
    staged: bool = False
    """Whether the time is that of a stage, all of whose sentences say deeds."""
    framed: bool = False
    """Whether the time is that of a sentence before, or above, which frames this one."""

    @property
    def dated(self) -> bool:
        """Whether a time right before the words dates them to a part of a year (6月底前, no mere 2025年)."""
        return self.time_start is not None and not self.begins and "-" in self.date

    @property
    def dated_by(self) -> Dated:
        """By what its sentence dates the clause."""
        if self.governor is None:
            return Dated.NONE
        if "-" not in self.date:
            return Dated.YEAR
        return Dated.PART if self.time_start is None else Dated.OWN


@quickly_made
@dataclass(frozen=True, slots=True)
class _Reach:
    """A time, and whether it reaches over semicolons and full stops."""

    time: GoverningTime
    over_semicolons: bool
    over_stops: bool


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
    timed = names_times(text, signs)
    notes = tuple(notes_of(text, year, signed))
    stages = tuple(_stages(text, year, signed))
    if not (timed or notes or stages or inherited is not None):
        return
    outline = shield(_SPEECH.sub(_as_sentences, text))
    joining = (*rules_for("milestone.joined", signs), *(rules_for("milestone.listed", signs) if listed else ()))
    second = rules_for("milestone.second_time", signs)
    reach: _Reach | None = None
    frame: tuple[GoverningTime, str] | None = None
    coming: GoverningTime | None = None
    for sentence in _SENTENCE.finditer(outline):
        named = timed and names_times(text, signs, *sentence.span())
        times = _times(text, outline, sentence.span(), year, signs, signed) if named else ()
        if coming is not None and comes_in_next_year(text, sentence.start(), times, coming, signed):
            times = _times(text, outline, sentence.span(), int(coming.date[:4]), signs, None)
        else:
            coming = next_year_of(text, times)
        stage = next((one for one in reversed(stages) if one.start < sentence.start()), None)
        if stage is not None:
            reach = _Reach(stage, True, True)
        whole = text[sentence.start() : sentence.end()]
        if frame is not None and not follows(whole, frame[1], frame[0], signs):
            frame = None
        if reach is None or not reach.over_stops:
            reach = _Reach(frame[0], True, False) if frame is not None else None
        if not times and reach is None and not stages and not notes and inherited is None:
            continue
        back = tuple(_looking_back(outline, sentence.span(), times, year, signed)) if times else ()
        opening: int | None = None
        undated = remarked = False
        part = sentence.start()
        for begin, end in _clauses(outline, sentence.start(), sentence.end(), times, joining, second):
            if is_note(notes, end):
                continue
            if back and any(first <= begin < last for first, last in back):
                reach = None
                continue
            sign = outline[begin - 1 : begin]
            if sign in _SEMICOLONS and sign:
                part, remarked = begin, False
            if reach is not None and sign in _SEMICOLONS and sign and not reach.over_semicolons:
                topics = topic_opens(text[begin : end + 1], signs) and _MONTHS not in reach.time.date
                reach = reach if topics else None
            own = _without_attributes([time for time in times if begin <= time.start < end]) if times else []
            start = begin
            if stages:
                opened = next((one for one in reversed(stages) if one.start < end and begin < one.end), None)
                start, reach = (opened.end, _Reach(opened, True, True)) if opened else (begin, reach)
            if start >= end:
                continue
            if own:
                reach = _reach(text, own[-1], sentence.start(), times)
                if own[-1].leads and _opens_goals(text[: own[-1].start], goals, signs):
                    reach = replace(reach, over_semicolons=True, over_stops=True)
                opening, start = own[-1].start, own[-1].end
                part, remarked = own[-1].end, False
                if not text[start:end].strip():
                    continue
            words = text[start:end]
            if frame is None and not own and reach is not None and topic_opens(text[start : end + 1], signs):
                frame = frame_of(whole, sentence.start(), times, reach.time)
            in_stage = staged or (reach is not None and reach.time in stages)
            if not own and not in_stage and has_vague_time(words, signs):
                reach, undated = None, True
                continue
            if is_effect(words, signs) or said("milestone.told_of", words, signs) or (own and is_adjunct(words, signs)):
                reach = reach if reach is not None and reach.over_stops else None
                continue
            told = text[part:begin]
            remark = is_remark(words, told, signs) if not own and has_deed(told) else None
            remarked = remarked or (remark is True and not _aims(reach))
            if remarked or remark is False:
                continue
            undated = undated and not own
            found = None if undated else _due(reach, notes, begin, inherited)
            if found is not None:
                date, rule = found
                scheduled = opening is not None and not own and sign in _COLONS
                begins = reach is not None and reach.time.begins
                governor = reach.time.start if reach is not None else None
                framed = frame is not None and reach is not None and reach.time is frame[0]
                yield Governed(
                    start,
                    end,
                    date,
                    rule,
                    begin,
                    opening if reach else None,
                    scheduled,
                    begins,
                    governor,
                    in_stage,
                    framed,
                )
            opening = None
        if frame is None and not back:
            frame = frame_of(whole, sentence.start(), times)


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


def _aims(reach: _Reach | None) -> bool:
    """Whether *reach* is that of a year: what stands behind it are goals side by side, not remarks on one deed."""
    return reach is not None and "-" not in reach.time.date


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
            coming = (time for time in own if time.start > last and ("-" in time.date or time.date > f"{year}"))
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


def _reach(text: str, time: GoverningTime, sentence_start: int, times: Sequence[GoverningTime]) -> _Reach:
    """How far *time* reaches: a time that leads, alone in its sentence, governs all of it."""
    before = text[sentence_start : time.start].strip(_OPENING_SIGNS)
    if any(sign in before or text[sentence_start : time.start].rstrip().endswith(sign) for sign in _COMMAS):
        return _Reach(time, False, False)
    if not before and any(rule.search(text[time.start :]) for rule in rules_of("milestone.coordinated")):
        return _Reach(time, True, False)
    heading = before.rstrip(_COLONS)
    alone = time.leads and len(times) == 1
    leads_list = alone and heading != before and any(rule.search(heading) for rule in rules_of("milestone.list_lead"))
    return _Reach(time, alone and len(before) <= _LONGEST_OPENING, leads_list)


def _opens_goals(before: str, under_goals: bool, signs: int) -> bool:
    """Whether a time that has the words *before* it in its paragraph opens one of goals, by the heading or in it."""
    opening = before.rstrip(_OPENING_SIGNS)
    return labels_goals(opening) or said("milestone.goals_label", opening, signs) if opening else under_goals


_LONGEST_OPENING: Final = 8
"""A time this near to its sentence's start leads the sentence."""
_OPENING_SIGNS: Final = "到至在于 ①②③④⑤⑥⑦⑧⑨⑩（）()0123456789.、"


def _due(
    reach: _Reach | None, notes: Sequence[Note], position: int, inherited: Inherited | None
) -> tuple[str, str | None] | None:
    """The date by which a clause that begins at *position* is due, with its rule: its time, its note, its lead-in."""
    if reach is not None:
        return reach.time.date, reach.time.rule_id
    note = next((note for note in notes if note.floor <= position < note.start), None)
    if note is not None:
        return note.date, note.rule_id
    above = inherited(position) if inherited is not None else None
    return None if above is None else (above, None)
