"""The times that earlier words tell of: what happened on a day goes on in the sentences behind it.

Of two days (12月18日和19日两次) that two numbers share, each has its own; what came of both is of their month.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from extractors.quantities.description.sentences import Mention, Sentence
from extractors.rules.registry import rules_of
from extractors.times.periods import PeriodMention, periods
from schemas.making import quickly_made
from schemas.rows import QuantityKind

DAYS: Final = "period.days"
TWO_DAYS: Final = "period.days.and"
_HAPPENED: Final = frozenset({"period.day", DAYS, TWO_DAYS, "period.month", "period.months"})
"""Periods in which something happens; the year of an earlier sentence says nothing of the next."""
_SENTENCES_BACK: Final = 3
_LONGEST_TIME: Final = 16
_CLAUSE: Final = 8
_BOUNDS: Final = ("前", "后", "以前", "以后", "之前", "之后")
_LONGEST_LINK: Final = 3
_MONTH: Final = len("2003-12")


@quickly_made
@dataclass(frozen=True, slots=True)
class Earlier:
    """The words of a passage before a sentence; ``signs`` are those of the passage."""

    words: str
    signs: int


def told_year(kind: QuantityKind, words: str, signs: int | None = None) -> int | None:
    """The year that a report of what happened named last: a month or day behind it without a year is in it.

    *signs* are those of a text around *words*, if known.
    """
    named = periods(words, None, signs=signs) if kind == "fact" else ()
    return named[-1].last_year if named else None


def told(
    kind: QuantityKind, earlier: Earlier, this_year: int | None, sentence: Sentence, mention: Mention
) -> str | None:
    """The day or month that the sentences before named last, for a fact of the same passage."""
    if kind != "fact" or not earlier.words:
        return None
    last = "。".join(earlier.words.split("。")[-_SENTENCES_BACK - 1 :])
    named = [
        item
        for item in periods(last, this_year, told_year(kind, last, earlier.signs), earlier.signs)
        if item.rule_id in _HAPPENED and not foreign(last, item) and not _of_a_state(last, item.end)
    ]
    if not named:
        return None
    item = named[-1]
    return own_day(item, sentence, mention) or (_month(item.value) if item.rule_id == TWO_DAYS else item.value)


def own_day(item: PeriodMention, sentence: Sentence, mention: Mention) -> str | None:
    """Of two days, that of *mention*, where two listed numbers share them (12月18日、19日发生的1.8级和2.5级地震)."""
    if item.rule_id != TWO_DAYS:
        return None
    mentions = sentence.mentions
    index = mentions.index(mention)
    first = index - 1 if index and _shares(mentions[index - 1], mention) else index
    pair = mentions[first : first + 3]
    others = mentions[max(0, first - 1) : first] + pair[2:]
    if len(pair) < 2 or not _shares(*pair[:2]) or any(other.listed and _alike(other, pair[0]) for other in others):
        return None
    return item.value.split("/")[index - first]


def _shares(one: Mention, other: Mention) -> bool:
    """Whether *other* is listed right behind *one* and counts the same thing: 1.8级和2.5级."""
    return other.listed and _alike(one, other) and other.start - one.end <= _LONGEST_LINK


def _alike(one: Mention, other: Mention) -> bool:
    return one.candidate.unit == other.candidate.unit


def _month(days: str) -> str:
    """The month of two days that share one."""
    first, _, last = days.partition("/")
    return first[:_MONTH] if first[:_MONTH] == last[:_MONTH] else days


def _of_a_state(words: str, end: int) -> bool:
    """Whether the words behind a time say since when something is so (成立于2011年3月), not what happened then."""
    behind = words[max(0, end - _LONGEST_TIME) : end + _CLAUSE]
    return words.startswith(_BOUNDS, end) or any(rule.search(behind) for rule in rules_of("time_period.since"))


def foreign(words: str, item: PeriodMention) -> bool:
    """Whether the words before a time make it that of a comparison or a source; days from … to … are nobody else's."""
    ahead = words[max(0, item.start - 2) : item.start]
    return item.rule_id != DAYS and any(rule.search(ahead) for rule in rules_of("time_period.not_own"))
