"""Periods that a text names: a year, the years of a plan, a quarter, a month, a day.

A period is written like the column ``time_period``: ``2025``, ``2026-06``, ``2026-06-30``, and with a slash where it
runs from one to another (``2021/2025``, ``2026-01/2026-03``). Words such as 今年 and 过去五年 are read from the year
that the text calls this one; a bare month, quarter or half belongs to the year of its section.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from extractors.numbers.numerals import parse_number
from extractors.rules.registry import rules_for, signs_of
from schemas.making import quickly_made

_THIRD_PLAN_YEAR: Final = 1966
"""The third five-year plan began in 1966; plans have run in step since. The first two are named below."""
_EARLY_PLANS: Final = {1: (1953, 1957), 2: (1958, 1962)}
_YEARS_OF_A_PLAN: Final = 5
_SIGN: Final = re.compile("[年月季五半Q]")
"""What every period holds one of."""

Groups = Mapping[str, str | None]


@quickly_made
@dataclass(frozen=True, slots=True)
class PeriodMention:
    """A period that a text names at ``[start, end)``."""

    start: int
    end: int
    value: str
    rule_id: str

    @property
    def first_year(self) -> int:
        """The year that the period begins in."""
        return int(self.value[:4])

    @property
    def last_year(self) -> int:
        """The year that the period ends in."""
        return last_year(self.value)


def last_year(period: str) -> int:
    """The year that a period ends in."""
    return int(period.rpartition("/")[2][:4])


def years(first: int, last: int) -> str:
    """The period of whole years from *first* to *last*."""
    return f"{first}" if first == last else f"{first}/{last}"


def plan_years(number: int) -> tuple[int, int] | None:
    """The first and the last year of a five-year plan."""
    if number < 1:
        return None
    first = _THIRD_PLAN_YEAR + _YEARS_OF_A_PLAN * (number - 3)
    return _EARLY_PLANS.get(number, (first, first + _YEARS_OF_A_PLAN - 1))


def periods(
    text: str, this_year: int | None, bare_year: int | None = None, signs: int | None = None
) -> tuple[PeriodMention, ...]:
    """The periods that *text* names, ascending and disjoint; the longest wins where two overlap.

    *this_year* is the year that the text calls 今年, *bare_year* that of a month or quarter without one (by default
    the same). What needs a year that nobody states is left out. *signs* are those of a text around it, if known.
    """
    if _SIGN.search(text) is None:
        return ()
    found: list[PeriodMention] = []
    for rule in rules_for("period", signs_of(text) if signs is None else signs):
        for match in rule.finditer(text):
            groups = match.groupdict()
            value = _value(rule.value or "", groups, this_year, this_year if bare_year is None else bare_year)
            if value is not None:
                found.append(PeriodMention(match.start(), match.end(), value, rule.id))
    found.sort(key=lambda item: (item.start, -item.end))
    kept: list[PeriodMention] = []
    for item in found:
        if not kept or item.start >= kept[-1].end:
            kept.append(item)
    return tuple(kept)


def _value(form: str, groups: Groups, this_year: int | None, bare_year: int | None) -> str | None:
    if form == "plan":
        spanned = plan_years(_number(groups, "plan", "ordinal", "bare") or 0)
        count = _number(groups, "count")
        return years(spanned[0], spanned[0] + count - 1 if count else spanned[1]) if spanned else None
    if form == "years":
        first, last = _digits(groups["first"]), _digits(groups["last_year"])
        return years(first, last) if first <= last else None
    if form.startswith("span:") or form in ("back", "ahead"):
        return None if this_year is None else _relative(form, groups, this_year)
    year = _year(groups, this_year, bare_year)
    return None if year is None else _in_year(form, groups, year)


def _relative(form: str, groups: Groups, this_year: int) -> str | None:
    if form.startswith("span:"):
        first, last = (this_year + int(shift) for shift in form.removeprefix("span:").split("/"))
        return years(first, last)
    count = _number(groups, "count", "count_come", "count_this", "count_that")
    if count is None or not 1 <= count <= 30:
        return None
    return years(this_year - count, this_year - 1) if form == "back" else years(this_year, this_year + count - 1)


def _year(groups: Groups, this_year: int | None, bare_year: int | None) -> int | None:
    if groups.get("year"):
        return _digits(groups["year"])
    shift = 0 if groups.get("this") else -1 if groups.get("last") else 1 if groups.get("next") else None
    if shift is None:
        return bare_year
    return None if this_year is None else this_year + shift


def _in_year(form: str, groups: Groups, year: int) -> str | None:
    if form == "year":
        return f"{year}"
    if form == "year_end":
        return f"{year}-12"
    if form.startswith("half:"):
        return _months(year, 1, 6) if form.endswith("1") else _months(year, 7, 12)
    if form == "quarter":
        code = groups.get("quarter_code")
        quarter = int(code[1]) if code else _number(groups, "quarter")
        return None if quarter is None or not 1 <= quarter <= 4 else _months(year, 3 * quarter - 2, 3 * quarter)
    if form == "months":
        last = _number(groups, "month", "count") or 3 * (_number(groups, "quarters") or 0)
        first = _number(groups, "from_month") or 1
        return _months(year, first, last) if 1 <= first <= last <= 12 else None
    month, day = _number(groups, "month"), _number(groups, "day")
    if month is None or not 1 <= month <= 12:
        return None
    if form == "days":
        return _days(groups, year, month, day or 1)
    return f"{year}-{month:02d}" if day is None else f"{year}-{month:02d}-{day:02d}"


def _days(groups: Groups, year: int, month: int, day: int) -> str | None:
    """The period from a day to another, which leaves unsaid what it shares with the first."""
    last_year = _digits(groups["last_year"]) if groups.get("last_year") else year + bool(groups.get("year_after"))
    last_month, last_day = _number(groups, "last_month") or month, _number(groups, "last_day") or day
    if not 1 <= last_month <= 12 or (last_year, last_month, last_day) < (year, month, day):
        return None
    return f"{year}-{month:02d}-{day:02d}/{last_year}-{last_month:02d}-{last_day:02d}"


def _months(year: int, first: int, last: int) -> str:
    if (first, last) == (1, 12):
        return f"{year}"
    return f"{year}-{first:02d}/{year}-{last:02d}" if first != last else f"{year}-{first:02d}"


@lru_cache(maxsize=1024)
def _digits(printed: str | None) -> int:
    return int("".join(sign if sign.isdecimal() else str(parse_number(sign) or 0) for sign in printed or ""))


def _number(groups: Groups, *names: str) -> int | None:
    """The number in the first of the groups that took part."""
    printed = next((text for name in names if (text := groups.get(name))), None)
    number = None if printed is None else parse_number(printed)
    return None if number is None else int(number)
