"""The productions of quantities: from a match of a rule to the numbers and units that it stands for.

A rule names its production by its value. Each takes a match on an outline and makes one measure or several, or none
where its numbers make no sense (a range that falls, parts that are no parts of the unit).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Final

from extractors.numbers.characters import numeral_table
from extractors.numbers.numerals import SCALES, Numeral, Script, parse_number
from extractors.numbers.units import dimension_of, part_of, unit_of
from extractors.quantities.candidates.grammar import (
    CURRENCY,
    IN_WORDS,
    NONE,
    PRINTED,
    RANKING_UNIT,
    UNKNOWN,
    Match,
    Measure,
    shared_unit,
)

TENTHS: Final = "成"
"""A tenth: 八成 is eighty percent."""
_MINUS: Final = frozenset("-−")
_STEP: Final = Decimal("0.0001")
_LARGE: Final = 10**4
_TEN: Final = 10
_HUNDRED: Final = 100
_INDEX: Final = (20, 500)
"""What the index of a list may be, with a hundred for the time that it is compared with."""
_LIST_LIMIT: Final = 1000
"""A number of a list that takes the scale of the last one is smaller (3、4万亩, not 1200、3.5万人)."""
_WHOLE: Final = (Decimal("99"), Decimal("101"))
_LATIN: Final = {
    "K": 10**3, "k": 10**3, "M": 10**6, "B": 10**9, "mn": 10**6, "bn": 10**9,
    "million": 10**6, "billion": 10**9, "trillion": 10**12,
}  # fmt: skip
_MONEY: Final = "money"
_SIGNED: Final = frozenset({"temperature", "degrees", "ratio"})
"""What may be negative, so that a dash before the first end of a range is a minus."""
_MONTHS: Final = {"百分点": "个百分点", "月": "个月", "学期": "个学期", "学年": "个学年", "工作日": "个工作日"}

Production = Callable[[Match], Iterator[Measure]]


def produce(match: Match, production: str) -> list[Measure]:
    """The measures of *match* by the *production* that its rule names."""
    return list(PRODUCTIONS[production](match))


def _made(
    match: Match, low: Decimal, high: Decimal, unit: tuple[str, str], *,
    approximate: bool = False, script: Script = "arabic", span: tuple[int, int] | None = None,
) -> Iterator[Measure]:  # fmt: skip
    start, end = span or match.stretch
    if low <= high:
        yield Measure(start, end, low, high, *unit, approximate, script, match.rule_id)


def _printed(match: Match) -> tuple[str, str]:
    return match.unit(), PRINTED


def _number(match: Match) -> Iterator[Measure]:
    one = match.numeral("low")
    if one is None:
        return
    low, high, unit = one.low, one.high, _printed(match)
    if unit[0] == TENTHS:
        low, high, unit = low * 10, high * 10, ("%", IN_WORDS)
    if match.has("minus") or match.has("frozen"):
        low, high = -high, -low
    span = match.stretch[0], match.end
    yield from _made(match, low, high, unit, approximate=one.approximate, script=one.script, span=span)


def _currency(match: Match) -> Iterator[Measure]:
    """An amount or range whose currency stands before it; 元 behind the number is that currency's."""
    first, last = match.numeral("low"), match.numeral("high") or match.numeral("low")
    known = unit_of(match.printed("currency"))
    if first is None or last is None or known is None:
        return
    shared = last.shared if match.has("high") and not match.has("unit") and _shares(first, last) else 1
    factor = _LATIN[match.printed("latin_scale")] if match.has("latin_scale") else 1
    approximate = first.approximate or last.approximate
    yield from _made(
        match, first.low * shared * factor, last.high * factor, (known.name, CURRENCY),
        approximate=approximate, script=first.script,
    )  # fmt: skip


def _shares(low: Numeral, high: Numeral) -> bool:
    """Whether *low* takes the scale of *high*: 7至8万, 二十至三十万, 五至八百; not 500至1万."""
    lacks = not low.scaled or (high.shared >= _LARGE > low.high and low.script == high.script == "chinese")
    return lacks and high.shared > 1 and low.high <= high.mantissa


def _range(match: Match) -> Iterator[Measure]:
    first, last = match.numeral("low"), match.numeral("high") or match.numeral("low")
    if first is None or last is None:
        return
    unit = _printed(match) if match.has("unit") else ("", NONE)
    low, high = first.low, last.high
    if match.has("low_unit") and not unit[0].startswith(match.printed("low_unit")):
        smaller = part_of(unit[0], match.printed("low_unit"))  # 五角至十元, not 20分钟至2小时
        if smaller is None or dimension_of(unit[0]) != _MONEY:
            return
        low = low * smaller.numerator / smaller.denominator
    start = match.found.start("low") if match.has("minus") else match.stretch[0]
    if not match.has("low_unit") and _shares(first, last):
        low *= last.shared
    if dimension_of(unit[0]) in _SIGNED:
        low, high = _signed(match, low, high)
        start = match.stretch[0]
    if unit[0] == TENTHS:
        low, high, unit = low * 10, high * 10, ("%", IN_WORDS)
    approximate = first.approximate or last.approximate
    yield from _made(match, low, high, unit, approximate=approximate, script=last.script, span=(start, match.end))


def _signed(match: Match, low: Decimal, high: Decimal) -> tuple[Decimal, Decimal]:
    """The ends of a range with their minus: -5℃至12℃, -10~-5℃; a minus in words counts for both (零下3至5℃)."""
    both = match.has("frozen") and not match.has("low_unit")
    high = -high if both or match.has("high_minus") or match.has("high_frozen") else high
    low = -low if match.has("minus") or match.has("frozen") else low
    return (high, low) if both else (low, high)


def _list(match: Match) -> Iterator[Measure]:
    numbers, unit = match.numerals(), match.unit()
    inside = [one for one in numbers if one.start < match.found.start("unit")]
    last = inside[-1]
    for one in inside[:-1]:
        takes = not one.scaled and one.high < _LIST_LIMIT and last.shared > 1 and last.script == "arabic"
        start, sign = _with_minus(match, one)
        scale = sign * (last.shared if takes else 1)
        yield from _made(
            match, one.low * scale, one.high * scale, shared_unit(unit),
            approximate=one.approximate, script=one.script, span=(start, one.end),
        )  # fmt: skip
    start, sign = _with_minus(match, last)
    yield from _made(
        match, last.low * sign, last.high * sign, (unit, PRINTED),
        approximate=last.approximate, script=last.script, span=(start, match.end),
    )  # fmt: skip


def _with_minus(match: Match, one: Numeral) -> tuple[int, int]:
    """Where *one* of a list begins with its minus, and its sign."""
    before = one.start - 1
    return (before, -1) if before >= match.stretch[0] and match.outline.text[before] in _MINUS else (one.start, 1)


def _lower_bound(match: Match) -> Iterator[Measure]:
    first, last = match.numeral("low"), match.numeral("high")
    if first and last:
        factor = last.shared if _shares(first, last) else 1
        yield from _made(
            match, first.low * factor, first.high * factor, shared_unit(match.unit()), script=first.script,
            approximate=first.approximate,
        )  # fmt: skip


def _changed_from(match: Match) -> Iterator[Measure]:
    """What a value was, in unit and scale of what it became: 从120下降到80万吨 is 1,200,000 吨."""
    first, last = match.numeral("low"), match.numeral("high")
    if first and last:
        factor = 1 if first.scaled else last.shared
        yield from _made(match, first.low * factor, first.high * factor, shared_unit(match.unit()))


def _bracketed(match: Match) -> Iterator[Measure]:
    """One of two numbers, the second in brackets, whose unit and scale stand behind both: 18.3（上年17.2）亿元."""
    one, scale = match.numeral("low"), match.numeral("scale")
    if one:
        factor = scale.low if scale and not one.scaled else 1
        yield from _made(match, one.low * factor, one.high * factor, shared_unit(match.unit()))


def _percent(match: Match) -> Iterator[Measure]:
    """A share in words or a range of two, whichever end stands first (百分之九十至百分之六十之间)."""
    first, last = match.numeral("low"), match.numeral("high") or match.numeral("low")
    if first and last:
        ends = sorted((first, last), key=lambda one: one.low)
        yield from _made(match, ends[0].low, ends[1].high, ("%", IN_WORDS), approximate=first.approximate)


def _fraction(match: Match) -> Iterator[Measure]:
    first, last, below = match.numeral("low"), match.numeral("high") or match.numeral("low"), match.numeral("below")
    if first and last and below and below.low > first.low > 0 and below.low == below.high:
        low, high = (_rounded(value / below.low) for value in (first.low, last.high))
        yield from _made(match, low, high, ("", NONE), approximate=first.approximate)


def _rounded(value: Decimal) -> Decimal:
    """A decimal that ends as it is, another one to four places: 三分之二 is 0.6667, 万分之零点五 0.00005."""
    return value if len(value.as_tuple().digits) < 12 else value.quantize(_STEP)


def _half(match: Match) -> Iterator[Measure]:
    yield from _made(match, Decimal(50), Decimal(50), ("%", IN_WORDS))


def _half_more(match: Match) -> Iterator[Measure]:
    one = match.numeral("low")
    if one:
        printed = match.printed("unit")
        unit = _MONTHS.get(printed, printed) if printed else match.printed("printed")
        half = Decimal("0.5")
        yield from _made(match, one.low + half, one.high + half, (unit, PRINTED), approximate=one.approximate)


def _and_tenths(match: Match) -> Iterator[Measure]:
    """一米五, 两亩三: the digit behind the unit counts its tenths."""
    one, part = match.numeral("low"), match.numeral("part")
    if one and part and one.low == one.high and part.low == part.high < _TEN:
        value = one.low + part.low / _TEN
        yield from _made(match, value, value, _printed(match), script=one.script)


def _listed_indices(match: Match) -> Iterator[Measure]:
    """The values of a list of indices, each behind its name and without a unit."""
    for one in match.numerals():
        if one.start >= match.found.start("list") and _INDEX[0] <= one.low <= _INDEX[1]:
            yield from _made(match, one.low, one.high, ("", NONE), script=one.script, span=(one.start, one.end))


def _counted_noun(match: Match) -> Iterator[Measure]:
    """A number right before the noun that it counts, which implies the unit: 3000家庭, 800多农户."""
    one = match.numeral("low")
    if one and one.low >= _TEN:
        yield from _made(match, one.low, one.high, match.unit_of_noun(), approximate=one.approximate, script=one.script)


def _and_more(match: Match) -> Iterator[Measure]:
    """2个多百分点, 三个多月: the unit without 多, the value about."""
    one = match.numeral("low")
    if one:
        unit, scale = match.printed("unit"), 1
        if unit in SCALES:
            unit, scale = "", SCALES[unit]
        unit = _MONTHS.get(unit, unit)
        how = PRINTED if unit else NONE
        yield from _made(match, one.low * scale, one.high * scale, (unit, how), approximate=True, script=one.script)


def _tenths(match: Match) -> Iterator[Measure]:
    one, part = match.numeral("low"), match.numeral("part")
    if one and part and max(one.high, part.high) < 10 and part.low == part.high:
        yield from _made(match, one.low * 10 + part.low, one.high * 10 + part.low, ("%", IN_WORDS))


def _discount(match: Match) -> Iterator[Measure]:
    whole, part = parse_number(match.printed("low")), parse_number(match.printed("part"))
    if whole is not None and part is not None:
        value = whole + part / 10
        yield from _made(match, value, value, _printed(match))


def _half_unit(match: Match) -> Iterator[Measure]:
    yield from _made(match, Decimal("0.5"), Decimal("0.5"), _printed(match), approximate=match.has("more"))


def _parts(match: Match) -> Iterator[Measure]:
    """The shares of a structure; parts that do not make up a whole are mere proportions."""
    numbers = match.numerals()
    whole = _WHOLE[0] <= sum(one.low for one in numbers) <= _WHOLE[1]
    for one in numbers:
        yield from _made(match, one.low, one.high, ("%", IN_WORDS) if whole else ("", NONE), span=(one.start, one.end))


def _ratio(match: Match) -> Iterator[Measure]:
    one, below = match.numeral("low"), match.numeral("below")
    if one and below and _WHOLE[0] <= one.low + below.low <= _WHOLE[1]:
        yield from _parts(match)
    elif one and below and below.low and not _is_clock(match, below):
        value = _rounded(one.low / below.low)
        yield from _made(match, value, value, ("", NONE))


def _is_clock(match: Match, minutes: Numeral) -> bool:
    """9：30, 12：05: minutes have two digits, the second number of a ratio of that look has 比 before or behind."""
    text, (start, end) = match.outline.text, match.found.span()
    return minutes.end - minutes.start == 2 and "比" not in text[max(0, start - 12) : start] + text[end : end + 3]


def _sum(match: Match) -> Iterator[Measure]:
    one, unit = match.numeral("low"), match.printed("unit")
    if one is None:
        return
    low, high, smaller = one.low, one.high, unit
    for number, name in (("part", "part_unit"), ("least", "least_unit")):
        part = match.numeral(number)
        if part is None:
            continue
        factor = part_of(unit, match.printed(name)) if smaller != match.printed(name) else None
        if factor is None or part.high * factor.numerator >= factor.denominator:
            return
        low += part.low * factor.numerator / factor.denominator
        high += part.high * factor.numerator / factor.denominator
        smaller = match.printed(name)
    for name in (unit, smaller):  # 二角六分, 八分五厘: a sum of money is one of its standard unit
        known = unit_of(name)
        if known is not None and known.dimension == _MONEY:
            step = known.factor / (part_of(unit, name) or 1)
            low, high = (value * step.numerator / step.denominator for value in (low, high))
            unit = known.standard
            break
    yield from _made(match, _rounded(low), _rounded(high), (unit, PRINTED), script=one.script)


def _scale(match: Match) -> Iterator[Measure]:
    one = match.numeral("low")
    if one:
        yield from _made(match, one.low, one.high, _printed(match), approximate=one.approximate, script="scale")


def _kinds(match: Match) -> Iterator[Measure]:
    one = match.numeral("low")
    if one and one.low == one.high:
        yield from _made(match, one.low, one.high, ("个", IN_WORDS), script=one.script)


def _money_per(match: Match) -> Iterator[Measure]:
    first, last = match.numeral("low"), match.numeral("high") or match.numeral("low")
    if first and last and last.scaled:
        low = first.low * (last.shared if first is not last and _shares(first, last) else 1)
        yield from _made(match, low, last.high, (f"元{match.printed('denominator')}", IN_WORDS))


def _scaled(match: Match) -> Iterator[Measure]:
    """A number of ten thousands or more whose noun implies the unit; in Chinese numerals only where it does."""
    first, last = match.numeral("low"), match.numeral("high") or match.numeral("low")
    if first is None or last is None or not last.scaled:
        return
    unit = match.unit_of_noun()
    small = last.high < _HUNDRED if last.script == "chinese" else last.script != "arabic"
    if last.high < _LARGE and (small or unit[1] == NONE or not match.ends_phrase()):
        return
    if unit[1] == NONE and any(word in match.printed("low") for word in numeral_table().linked):
        unit = ("元", IN_WORDS)  # 20个亿: only sums are told so
    if last.script != "arabic" and unit[1] == NONE and (last.script == "scale" or not match.ends_phrase()):
        return
    low = first.low * (last.shared if first is not last and _shares(first, last) else 1)
    approximate = first.approximate or last.approximate
    yield from _made(match, low, last.high, unit, approximate=approximate, script=last.script)


def _unknown(match: Match) -> Iterator[Measure]:
    """A number with a measure word that the table lacks, not with one that another word begins with here (3000家庭)."""
    one = match.numeral("low")
    if one and (len(match.printed("unit")) > 1 or unit_of(match.printed("unit")) is None):
        yield from _made(match, one.low, one.high, (match.printed("unit"), UNKNOWN), approximate=one.approximate)


def _latin(match: Match) -> Iterator[Measure]:
    one = match.numeral("low")
    if one:
        factor = _LATIN[match.printed("latin_scale")]
        yield from _made(match, one.low * factor, one.high * factor, ("", NONE))


def _rank(match: Match) -> Iterator[Measure]:
    place = parse_number(match.printed("low"))
    if place:
        yield from _made(match, place, place, (RANKING_UNIT, IN_WORDS))


def _top(match: Match) -> Iterator[Measure]:
    one = match.numeral("low")
    if one and one.low == one.high:
        yield from _made(match, one.low, one.high, (RANKING_UNIT, IN_WORDS))


PRODUCTIONS: Final[Mapping[str, Production]] = {
    "number": _number, "currency": _currency, "range": _range, "list": _list, "lower_bound": _lower_bound, "changed_from": _changed_from,
    "bracketed": _bracketed, "percent": _percent,
    "fraction": _fraction, "half": _half, "half_more": _half_more, "half_unit": _half_unit, "and_more": _and_more,
    "and_tenths": _and_tenths, "indices": _listed_indices, "counted_noun": _counted_noun, "tenths": _tenths, "discount": _discount, "part": _parts,
    "ratio": _ratio, "sum": _sum, "scale": _scale, "kinds": _kinds, "money_per": _money_per, "scaled": _scaled,
    "unknown": _unknown, "latin": _latin, "rank": _rank, "top": _top,
}  # fmt: skip
