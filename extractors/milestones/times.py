"""Times that govern what is to be done: which time expressions of a sentence say *by when*, and how far they reach.

A time governs where it stands as an adverbial (6月底前完成…, 远航电源年内上市), not as an attribute (2026年目标任务) and
not where it looks back (2022年以来).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from extractors.milestones.says import said, says
from extractors.numbers.numerals import parse_number
from extractors.quantities.description.deadline import (
    DEADLINES,
    DOUBTFUL,
    TimeExpression,
    last_day,
    may_hold_time,
    near,
    time_expressions,
)
from extractors.rules.registry import any_for, rules_for, rules_of, signs_of
from schemas.making import quickly_made

_BEFORE: Final = 24
_AFTER: Final = 40
_BOUNDARIES: Final = "，,。；;：:！？\n"
_SEMICOLONS: Final = "；;"
_FORMS: Final = "milestone.form"
_NARRATED: Final = "milestone.time.not.narrated"
_SOON: Final = dt.timedelta(days=60)
_YEAR: Final = len("2024")
NEXT_YEAR: Final = "明年"
_DAY: Final = len("2024-01-01")
_OF_SIGNATURE: Final = "deadline.this_month"
_SOME_MONTH: Final = "2024-01"
_STATED_YEAR: Final = re.compile(r"(?<!\d)20\d\d(?=年)")


@quickly_made
@dataclass(frozen=True, slots=True)
class GoverningTime:
    """A time at ``[start, end)`` of a text; ``date`` is the partial date by which things are to be done.

    ``leads``: nothing but a boundary stands behind it (到2027年，…), so that it governs what follows as a whole.
    ``begins``: it says from when (从2026年起), and dates the beginning of something only.
    """

    start: int
    end: int
    date: str
    rule_id: str
    leads: bool
    begins: bool


def governing_times(
    text: str, year: int | None, signs: int, signed: dt.date | None = None
) -> tuple[GoverningTime, ...]:
    """The times of *text* (one sentence) by which things are to be done, ascending; *year* is that of bare months.

    *signs* are those of a text around it; *signed*, the day of the paper, tells which month is 本月.
    """
    found: list[GoverningTime] = []
    for time in _carried(text, dated(text, year, signs, signed), signs, signed):
        before = text[max(0, time.start - _BEFORE) : time.start]
        clause = before[max((before.rfind(sign) for sign in _BOUNDARIES), default=-1) + 1 :]
        after = text[time.end : time.end + _AFTER]
        context = f"{before}⟨{text[time.start : time.end]}⟩{after}"
        if listed := _of_list(clause, f"⟩{after}"):
            found.append(GoverningTime(time.start, time.end + listed, time.date, time.rule_id, True, False))
            continue
        adverbial = said("milestone.time.adverbial", clause.lstrip(), signs) or said(
            "milestone.time.result", context, signs
        )
        told = not time.bare and len(time.date) == _DAY
        told = told and said("milestone.told_before", f"{text[: time.start]}⟨{text[time.start : time.end]}⟩", signs)
        if not adverbial or told or _is_none(context, signs, time.date, signed):
            continue
        hour = next((m.end() for rule in rules_of("milestone.hour") if (m := rule.search(after))), 0)
        begins = _beginning(f"{clause.rstrip()[-1:]}⟩{after[hour:]}")
        tail = hour + begins
        rest = after[tail:].lstrip()
        leads = not rest or rest[0] in _BOUNDARIES
        found.append(GoverningTime(time.start, time.end + tail, time.date, time.rule_id, leads, begins > 0))
    return tuple(found)


def _beginning(context: str) -> int:
    """How many characters of the words behind ⟩ in *context* make a beginning of the time that ends there."""
    found = (rule.search(context) for rule in rules_of("milestone.time.from"))
    return next((len(match[0]) for match in found if match and match.start() == context.index("⟩") + 1), 0)


def _is_none(context: str, signs: int, date: str, signed: dt.date | None) -> bool:
    """Whether a time in its *context* is none by which something is to be done; what is told of a day is not, unless it comes soon."""
    rules = (rule for rule in rules_for("milestone.time.not", signs) if rule.search(context) is not None)
    return any(not (rule.id == _NARRATED and _is_near(date, signed)) for rule in rules)


def _of_list(before: str, after: str) -> int:
    """How many characters behind the time, at the start of *after*, name the tasks of that time that a list goes on to say."""
    matches = (rule.search(after) for rule in rules_of("milestone.time.of_list"))
    size = next((len(match[0]) for match in matches if match and match.start() == 1), 0)
    return size if size and says("milestone.time.listed_before", before) else 0


def last_year(text: str) -> int | None:
    """The last year that *text* names: that of a bare month behind it, where none is known."""
    named = named_years(text)
    return named[-1] if named else None


def named_years(text: str) -> list[int]:
    """The years of this century that *text* names in figures, else those of the last and in Chinese numerals, in order."""
    text = without_years_behind(text)
    named = _STATED_YEAR.findall(text) or [
        match["year"] for rule in rules_of("milestone.named_year") for match in rule.finditer(text)
    ]
    return [int("".join(f"{parse_number(digit) or 0}" for digit in year)) for year in named]


def without_years_behind(text: str) -> str:
    """*text* without the years that it looks back to (2019年以来)."""
    for rule in rules_of("milestone.year_behind"):
        text = rule.pattern.sub("", text)
    return text


def _carried(
    text: str, times: Iterable[TimeExpression], signs: int, signed: dt.date | None
) -> Iterator[TimeExpression]:
    """*times* of one sentence, a bare month in the year that the time before it names, up to a semicolon (2025年6月开工，9月完工).

    Next year, named as such, reaches no clause that names what it speaks of anew (大桥明年通车，隧道9月贯通); what is said of
    now ends what was told of a year before (2025年10月开工，目前已封顶，预计8月完工), and the year of a noun is its own alone.
    The end of a month is of the one that stands before it (4月：开工，月底前封底).
    """
    named, end, later, noun, last, month = "", 0, False, False, "", ""
    for time in times:
        between = text[end : time.start]
        if (
            any(sign in between for sign in _SEMICOLONS)
            or (later and _names_anew(between))
            or said("milestone.now", between, signs)
        ):
            named = ""
        end = time.end
        whole = len(time.date) == _YEAR
        if whole and said("milestone.year_of_noun", text[time.end :], signs):
            yield time
            continue
        if month and said("milestone.end_of_month", text[time.start : time.end], signs):
            time = replace(time, date=month)
        elif len(time.date) >= len(_SOME_MONTH) and time.rule_id != _OF_SIGNATURE:
            month = time.date[: len(_SOME_MONTH)]
        if not time.bare:
            named, later = time.date, NEXT_YEAR in text[time.start : time.end]
            noun = whole and said("milestone.year_of_project", f"{text[: time.start][-1:]}⟩{text[time.end :]}", signs)
        elif (carried := named[:4] + time.date[4:]) > named > "" and not (noun and _may_come(time.date, signed)):
            time = replace(time, date=carried)
        elif signed is not None:
            time = _in_order(time, last, text[time.end :], signed)
        last = time.date if time.bare else last if noun else ""
        yield time


def _may_come(date: str, signed: dt.date | None) -> bool:
    """Whether a *date* in the year of the paper may be one to come: no day of the paper is known, or it lies behind that."""
    return signed is None or _to_come(date, signed)


def _in_order(time: TimeExpression, last: str, behind: str, signed: dt.date) -> TimeExpression:
    """A bare *time* in the year that the bare one before it, *last*, was found to be of: deeds are told in their order.

    12月底前A，3月底前B，5月底前C, signed in November: C is of the year of B. Where the year of the signature and that of the
    plan are in doubt, the time is of the first if the one before is, or if the words *behind* are on the second.
    """
    sooner = f"{signed.year}{time.date[4:]}"
    if time.rule_id == DOUBTFUL and time.date > sooner:
        clause = behind[: min((at for sign in _BOUNDARIES if (at := behind.find(sign)) >= 0), default=None)]
        before = last[:4] == sooner[:4] and last <= sooner
        return replace(time, date=sooner) if before or f"{time.date[:4]}年" in clause else time
    later = last[:4] + time.date[4:]
    return replace(time, date=later) if later > last > time.date and not _to_come(time.date, signed) else time


def names_times(text: str, signs: int, start: int = 0, end: int | None = None) -> bool:
    """Whether ``text[start:end]``, in a text of these *signs*, may hold what :func:`dated` finds."""
    return any_for((_FORMS, DEADLINES), signs) and may_hold_time(text, start, len(text) if end is None else end)


def _names_anew(between: str) -> bool:
    """Whether the words between two times end in what the second is said of, behind a comma."""
    words = between.replace(",", "，").rpartition("，")
    said = words[2].strip()
    return bool(words[1]) and any(rule.search(said) is not None for rule in rules_of("milestone.named_anew"))


def dated(text: str, year: int | None, signs: int, signed: dt.date | None = None) -> tuple[TimeExpression, ...]:
    """The time expressions of *text*, spans of months among them by their last month; ascending and disjoint."""
    forms = tuple(_forms(text, year, signs, signed))
    single = (
        time
        for time in time_expressions(text, year, signs, signed)
        if not any(form.start < time.end and time.start < form.end for form in forms)
    )
    return tuple(sorted((*forms, *single), key=lambda time: time.start))


def stated_time(text: str, year: int | None, signed: dt.date | None = None) -> TimeExpression | None:
    """The last time that *text* (a cell, a note, the brackets of a stage) names; of a span (3月1日—4月10日), its end.

    *signed* is the day of a paper in which days soon behind it are of its own year.
    """
    text = without_clock(text)
    signs = signs_of(text)
    found = (*_spans(text, year, signs, signed), *dated(text, year, signs, signed))
    return max(found, key=lambda time: time.end, default=None)


def without_clock(text: str) -> str:
    """*text* without the hours behind its days."""
    for rule in rules_of("milestone.clock"):
        text = rule.pattern.sub("", text)
    return text


def _spans(text: str, year: int | None, signs: int, signed: dt.date | None) -> Iterator[TimeExpression]:
    """The spans of days and months in *text*, each dated by its end; what the end leaves out it shares with the start."""
    for rule in rules_for("milestone.span", signs):
        for match in rule.finditer(text):
            said = {name: int(parse_number(part) or 0) for name, part in match.groupdict().items() if part}
            later = match.groupdict().get("later") is not None
            first, month = said["first"], said.get("month") or said["first"]
            ended = said.get("year") or said.get("begun") or year
            if ended is None:
                continue
            ended += "year" not in said and (month < first or later)
            parts = (f"{part:02d}" for part in (month, said.get("day")) if part)
            date, stated = "-".join((str(ended), *parts)), "year" in said or "begun" in said
            told = (date, rule.id) if stated or signed is None else near(date, rule.id, signed)
            yield TimeExpression(match.start(), match.end(), *told, not stated)


def _forms(text: str, year: int | None, signs: int, signed: dt.date | None) -> Iterator[TimeExpression]:
    """The times of forms that a deadline of a quantity does not have: spans and times of beginning."""
    for rule in rules_for(_FORMS, signs):
        for match in rule.finditer(text):
            parts = match.groupdict()
            stated = int(parts["year"]) if parts.get("year") else year
            first, month, day = (int(parse_number(parts.get(name) or "") or 0) for name in ("first", "month", "day"))
            month = month or first or int(rule.value or 0)
            if ended := parts.get("ended"):
                stated, first = int(ended), 0
            if stated is None or first > month:
                continue
            stated += parts.get("later") is not None
            date = "-".join((str(stated), *(f"{part:02d}" for part in (month, day) if part)))
            bare = not (parts.get("year") or ended or parts.get("later"))
            told = near(date, rule.id, signed) if bare and signed is not None else (date, rule.id)
            yield TimeExpression(match.start(), match.end(), *told, bare)


def past(times: Sequence[GoverningTime], year: int | None, signed: dt.date | None = None) -> bool:
    """Whether one of *times* lies before *year*, and is over on the day when the paper was *signed*: then the sentence looks back."""
    return year is not None and any(int(time.date[:4]) < year and not _to_come(time.date, signed) for time in times)


def _to_come(date: str, signed: dt.date | None) -> bool:
    last = last_day(date)
    return signed is not None and last is not None and last > signed


def _is_near(date: str, signed: dt.date | None) -> bool:
    last = last_day(date)
    return signed is not None and last is not None and signed < last <= signed + _SOON
