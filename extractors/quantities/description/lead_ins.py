"""Lead-ins: a deadline said once for all that stands under it.

到2026年，实现以下目标：… covers the rest of its sentence; where its clause ends with the colon, its children too.
今年的主要预期目标是：… leads in a list of goals, which goes on over full stops to the end of its paragraph; where the
lead-in names no year, the sentence just before it may, in the paragraph before too (今年是开局之年。); where the
colon ends the paragraph, the next one is covered, or the lines of a list that follow it. A paragraph of goals that
begins with a plan period (“十五五”时期是…) or with the time up to which they reach (到2028年，…) covers the lines with a dash behind it. 其中：… parts a sum and takes
the time of the sentence before. 今年，…；… covers its sentence over semicolons. Under a heading of goals, or behind a
label of goals (主要目标：到2026年，…), the time that opens a paragraph covers all of it. 2023年（下同） covers everything after it under the same parent.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

from extractors.language.folding import fold
from extractors.language.passages import Passage
from extractors.quantities.description.deadline import DOUBTFUL, TimeExpression, time_expressions
from extractors.quantities.description.sentences import shield
from extractors.rules.registry import look_at, rules_for, rules_of, signs_of
from schemas.records import Clause, Document

_COLON: Final = re.compile(r"[：:](?:(?<!\d[：:])|(?!\d\d(?!\d)))")
"""A colon that is none of a clock (24：00)."""
_SAME_BELOW: Final = re.compile(r"（(?:以?下同)）")
_LONGEST_LEAD_IN: Final = 80
_LONGEST_LIST: Final = 4000
_DASH: Final = "—"
_HEAD: Final = 12
_UP_TO: Final = ("到", "至")
"""What opens a paragraph of goals before the time up to which they reach."""
_PLAN_PERIOD: Final = "deadline.plan_period"
_SIGNS: Final = ("下同",)
_DIGITS: Final = re.compile(r"[\d一二三四五六七八九十]+")

RULE: Final = "deadline.lead_in"
OF_PERIOD: Final = "deadline.lead_in.period"
"""The rule of a lead-in that names the years of a plan, not their end: what it leads in is of all of them."""
END_OF_PERIOD: Final = "末"
"""What says that the end of a plan's years is meant, not all of them."""

Due = tuple[str, str]
"""A deadline and the rule of the lead-in that sets it."""
Cover = tuple[int, int, Due]
"""``[start, end)`` of a clause's folded text and the deadline that covers it."""


class _When(NamedTuple):
    """The year of a document's bare months and the day of its signature."""

    year: int | None
    signed: dt.date | None

    def times(self, text: str) -> tuple[TimeExpression, ...]:
        """The time expressions of *text*."""
        return time_expressions(text, self.year, signed=self.signed)


@dataclass(frozen=True, slots=True)
class LeadIns:
    """The deadlines that lead-ins of a document set, by clause."""

    within: Mapping[str, tuple[Cover, ...]]
    """By clause: ``[start, end)`` of its folded text and the deadline that covers it."""
    under: Mapping[str, Due]
    """By clause: the deadline that covers its children."""
    labels: frozenset[str]
    """The clauses that label the goals under them."""

    @classmethod
    def of(cls, document: Document) -> LeadIns:
        """The lead-ins of *document*."""
        within: dict[str, tuple[Cover, ...]] = {}
        under: dict[str, Due] = {}
        same: dict[str | None, Due] = {}
        when, opened = _When(document.plan_year, document.signed_date), None
        labels: set[str] = set()
        before = ""
        look_at(fold(clause.reading).text for clause in document.clauses)
        for clause in document.clauses:
            text = fold(clause.reading).text
            inherited = same.get(clause.parent_id) or under.get(clause.parent_id or "")
            opened = opened.reaching(clause, text) if opened else None
            listed = opened.date if opened else None
            if date := listed or inherited:
                under[clause.clause_id] = date
            if any(sign in text for sign in _SIGNS):
                for match in _SAME_BELOW.finditer(text):
                    start = max(0, match.start() - _LONGEST_LEAD_IN)
                    if times := when.times(text[start : match.start()]):
                        same[clause.parent_id] = under[clause.clause_id] = _due(times[-1])
            if clause.heading and labels_goals(clause.heading):
                labels.add(clause.clause_id)
            goals = clause.section_role == "goals" or clause.parent_id in labels
            found = _covered(text, when, goals, before)
            before = text
            if listed:
                found.insert(0, (0, len(text), listed))
            if found:
                within[clause.clause_id] = tuple(found)
            leads = text.rstrip().endswith(("：", ":"))
            if found and leads and found[-1][0] >= len(text.rstrip()):
                under[clause.clause_id] = found[-1][2]
                if _leads_goals(text):
                    opened = _OpenList(clause.clause_id, clause.parent_id, found[-1][2])
            elif date := _plan_period_at_head(clause, text, when):
                opened = _OpenList(clause.clause_id, clause.parent_id, date, _DASH)
        return cls(within, under, frozenset(labels))

    def over(self, passage: Passage, position: int) -> Due | None:
        """The deadline that covers *position* of a passage's folded text, if a lead-in sets one, and its rule."""
        clause = passage.clause
        if clause is None:
            return None
        covers = [cover for cover in self.within.get(clause.clause_id, ()) if cover[0] <= position < cover[1]]
        if covers:
            return max(covers)[2]
        own = self.under.get(clause.clause_id)
        if own is not None and not self.within.get(clause.clause_id):
            return own
        return self.under.get(clause.parent_id or "")

    def touch(self, passage: Passage) -> bool:
        """Whether a deadline may cover some position of *passage*."""
        clause = passage.clause
        if clause is None:
            return False
        own, parent = clause.clause_id, clause.parent_id
        return own in self.within or own in self.under or (parent or "") in self.under

    def reaches(self, passage: Passage, position: int) -> bool:
        """Whether a lead-in of goals covers *position* over a full stop."""
        covers = self.within.get(passage.clause.clause_id, ()) if passage.clause else ()
        return any(start <= position < end and "。" in passage.text[start:position] for start, end, _ in covers)


@dataclass(frozen=True, slots=True)
class _OpenList:
    """A lead-in whose colon ends its paragraph: it waits for what follows under the same parent."""

    opener: str
    parent: str | None
    date: Due
    sign: str | None = None
    """What the lines of the list begin with (—, the form of their marker); ``None`` before the first."""

    def reaching(self, clause: Clause, text: str) -> _OpenList | None:
        """The list as it stands at *clause*, ``None`` where it has ended."""
        sign = _DIGITS.sub("", clause.marker) if clause.marker else _DASH if text.lstrip().startswith(_DASH) else ""
        if clause.parent_id != self.parent or clause.parent_id == self.opener:
            return None
        goes_on = self.sign is None or bool(sign and sign == self.sign)
        return replace(self, sign=sign) if goes_on else None


def _plan_period_at_head(clause: Clause, text: str, when: _When) -> Due | None:
    """The end of the plan period that a paragraph of goals begins with, or the time up to which a paragraph's goals reach.

    Lines with a dash behind it are its goals (到2028年，…。 ——…；).
    """
    times = when.times(text[:_HEAD])
    if times and clause.section_role == "goals" and times[0].rule_id == _PLAN_PERIOD and not times[0].start:
        return _due(times[0])
    return _due(times[0]) if times and text[: times[0].start] in _UP_TO else None


def _due(time: TimeExpression, rule: str = RULE) -> Due:
    """The deadline of *time* by *rule*, unless it is in doubt."""
    return time.date, DOUBTFUL if time.rule_id == DOUBTFUL else rule


def _leads_goals(lead: str) -> bool:
    return any(rule.search(lead) for rule in rules_of("lead_in.goals"))


def labels_goals(heading: str) -> bool:
    """Whether a *heading* is one over goals, and not over how things stand as well."""
    return any(rule.search(heading.strip().rstrip("。")) is not None for rule in rules_of("lead_in.label"))


def _names_goals(label: str, *, goals: bool) -> bool:
    """Whether the words before a time are the label of a paragraph of goals: 主要目标：, （二）主要目标。"""
    name = label.rstrip("。")
    return "。" not in name and (goals or _leads_goals(label) or (name != label and labels_goals(name)))


def _covered(text: str, when: _When, goals: bool, before: str) -> list[Cover]:
    """What the lead-ins of a clause cover of it; *before* is the text of the clause before it."""
    outline = shield(text)
    return sorted(
        [
            *_opened(text, outline, when, goals),
            *_after_colons(text, outline, when, before),
            *_parts(text, outline, when),
        ]
    )


def _after_colons(text: str, outline: str, when: _When, before: str) -> Iterator[Cover]:
    """What follows a colon whose sentence names a time: up to the full stop, a list of goals to the next lead-in."""
    for match in _COLON.finditer(outline):
        floor = max(0, match.start() - _LONGEST_LEAD_IN)
        start = max(outline.rfind(sign, floor, match.start()) for sign in "。；：") + 1
        if not start and floor:
            continue
        goals = _leads_goals(text[start : match.end()])
        times = when.times(text[start : match.start()])
        if not times and goals:
            times = _coming(_last_sentence(text[:start]) or _year_named(_last_sentence(before)), when)
        if times:
            limit = min(len(text), match.end() + _LONGEST_LIST)
            spanned = goals and times[-1].rule_id == _PLAN_PERIOD and END_OF_PERIOD not in text[start : match.end()]
            due = _due(times[-1], OF_PERIOD if spanned else RULE)
            yield match.end(), _end_of_list(outline, match.end(), limit, goals), due


def _year_named(sentence: str) -> str:
    """The words of *sentence* that say which year it is (今年是开局之年, 做好今年政府工作), else nothing."""
    return next((match[0] for rule in rules_of("lead_in.year") if (match := rule.search(sentence))), "")


def _end_of_list(outline: str, start: int, limit: int, goals: bool) -> int:
    stop = outline.find("。", start, limit)
    if not goals or stop < 0:
        return stop if stop >= 0 else limit
    colon = _COLON.search(outline, stop, limit)
    return outline.rfind("。", start, colon.start()) if colon else limit


def _coming(text: str, when: _When) -> tuple[TimeExpression, ...]:
    """The times of *text* that do not lie before *year*."""
    return tuple(time for time in when.times(text) if when.year is None or int(time.date[:4]) >= when.year)


def _last_sentence(text: str) -> str:
    return text[text.rstrip().rstrip("。").rfind("。") + 1 :]


def _parts(text: str, outline: str, when: _When) -> Iterator[Cover]:
    """A sum in its parts (预算100亿元。其中：…): the time of the sentence before."""
    for rule in rules_for("lead_in.parts", signs_of(text)):
        for match in rule.finditer(outline):
            if times := when.times(_last_sentence(text[: match.start()])):
                stop = outline.find("。", match.end())
                yield match.end(), stop if stop >= 0 else len(text), _due(times[0])


def _opened(text: str, outline: str, when: _When, goals: bool) -> Iterator[Cover]:
    """A time set off by a comma at the head of a sentence: all of it; of a paragraph of goals, the paragraph."""
    for rule in rules_for("lead_in.opening", signs_of(text)):
        for match in rule.finditer(outline):
            if times := when.times(match["time"]):
                stop = outline.find("。", match.end())
                label = text[: match.start("time")]
                whole = stop < 0 or _names_goals(label, goals=goals)
                yield match.end(), len(text) if whole else stop, _due(times[-1])
