"""Chinese and Arabic numerals → exact numbers, by productions of values.

A numeral is cut into parts (an Arabic number, a Chinese digit or several, a scale, a decimal point, a word such as 多),
and parts compose: what stands before a scale times the scale, plus what follows it (3万2千, 十亿六千万, 两亿零五十万);
digits behind a point are decimals (三点二五); neighbouring digits are a range (五六 is 5 to 6, 三四百 300 to 400);
余, 多 and 来 make a value approximate. No spelling has a pattern of its own. Values are :class:`decimal.Decimal`;
they become floats only in the datasets.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any, Final, Literal

from extractors.numbers.characters import numeral_table
from schemas.making import quickly_made

Kind = Literal["arabic", "digits", "scale", "point", "more"]
Script = Literal["arabic", "chinese", "scale"]
"""How a numeral is written; ``scale``: a scale without a digit (万, 百亿), whose value is 1 × scale."""

SCALES: Final = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
ARABIC: Final = r"(?:[0-9]{1,3}(?:,[0-9]{3}){1,6}|[0-9]{1,21})(?:\.[0-9]{1,12})?"
_CURRENCIES: Final = ("RMB", "CNY", "USD", "HKD", "MOP", "EUR", "JPY", "GBP")
_MOST_PARTS: Final = 24
"""A run of more parts is no number: a bound on the work that hostile text can cause."""

_ARABIC: Final = re.compile(r"[+\-−]?[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?")


@quickly_made
@dataclass(frozen=True, slots=True)
class Part:
    """A part of a numeral at ``[start, end)``: its kind, its characters, and for numbers their value (or range)."""

    kind: Kind
    text: str
    start: int
    end: int
    low: Decimal = Decimal(0)
    high: Decimal = Decimal(0)


@quickly_made
@dataclass(frozen=True, slots=True)
class Numeral:
    """A number at ``[start, end)``; *low* and *high* differ for neighbours (五六), *shared* is its last scale.

    ``mantissa`` is the value without that scale: what a list or range compares before it takes the scale of its last
    number (7至8万). ``scaled`` says whether any scale is printed.
    """

    start: int
    end: int
    low: Decimal
    high: Decimal
    script: Script
    approximate: bool
    shared: int
    scaled: bool

    @property
    def mantissa(self) -> Decimal:
        """The (high) value without the scale that it may share."""
        return self.high / self.shared


@quickly_made
@dataclass(frozen=True, slots=True)
class _Value:
    low: Decimal
    high: Decimal

    def times(self, scale: int) -> _Value:
        return _Value(self.low * scale, self.high * scale)

    def plus(self, other: _Value) -> _Value:
        return _Value(self.low + other.low, self.high + other.high)


_TEN: Final = 10
_HUNDRED: Final = 100
_ONE: Final = _Value(Decimal(1), Decimal(1))
_NONE: Final = _Value(Decimal(0), Decimal(0))


@cache
def _part_pattern() -> re.Pattern[str]:
    table = numeral_table()
    kinds = {
        "arabic": ARABIC,
        "digits": f"{table.pattern(''.join(table.digits))}+|{table.several}(?={table.pattern(''.join(table.scales))})"
        f"|(?<={'[' + ''.join(table.scales) + ']'}){table.several}",
        "scale": table.scale_pattern,
        "tens": table.pattern("".join(table.tens)),
        "point": table.pattern(table.point),
        "more": table.pattern(table.more),
    }
    return re.compile("|".join(f"(?P<{kind}>{pattern})" for kind, pattern in kinds.items()))


@cache
def _first() -> re.Pattern[str]:
    """What a numeral may begin with, and where: not within a Latin word, a code or another number (but ML2.3).

    The character comes first and what stands before it is asked for behind it: so the matcher looks ahead for it.
    """
    table = numeral_table()
    begins = "".join([*table.digits, *table.scales, *table.tens, table.several])
    currencies = "|".join(f"(?<={currency}[0-9])" for currency in _CURRENCIES)
    free = rf"(?<![0-9A-Za-z][0-9])(?<![0-9][.,·\ue004-\uf8ff][0-9])|{currencies}"
    magnitude = r"(?<=M[LSWB][0-9])(?=\.[0-9](?![0-9A-Za-z]))"
    return re.compile(rf"[0-9{begins}](?:(?<=[{begins}])|{free}|{magnitude})")


@cache
def _alone() -> re.Pattern[str]:
    """An Arabic number behind which no other part stands: most numbers, read without looking for parts."""
    return re.compile(rf"(?>{ARABIC})(?!{_part_pattern().pattern})")


def numerals(text: str) -> Iterator[Numeral]:
    """The numerals of *text* (folded) that make a number, in order of position, disjoint."""
    position, first, alone = 0, _first(), _alone()
    while match := first.search(text, position):
        if (number := alone.match(text, match.start())) and (value := _numeral((("arabic", number[0]),))):
            (start, position), low, high = number.span(), value.low, value.high
            yield Numeral(start, position, low, high, value.script, value.approximate, value.shared, value.scaled)
            continue
        parts = _parts(text, match.start())
        position = max(parts[-1].end if parts else 0, match.start() + 1)
        if parts and len(parts) <= _MOST_PARTS and (found := numeral_of(parts)):
            position = found.end
            yield found


def _parts(text: str, position: int) -> list[Part]:
    """The parts that stand side by side from *position* on, and may be one number."""
    parts: list[Part] = []
    pattern = _part_pattern()
    while match := pattern.match(text, position):
        found = _read(match)
        if parts and not _joins(parts, found[0], text):
            break
        parts.extend(found)
        position = match.end()
    return parts


def _joins(parts: Sequence[Part], following: Part, text: str) -> bool:
    """Whether *following* can belong to the number of *parts*: 3万2千 and 十余, not 100三 and 三5."""
    last = parts[-1]
    if following.kind == "arabic" and last.kind == "digits":
        return len(parts) > 1 and all(map(_is_zero, last.text))
    if following.kind == "digits" and last.kind == "arabic":
        return False
    if following.kind == "digits" and last.kind == "scale" and parts[0].kind == "arabic":
        after = text[following.end : following.end + 1]
        return after in numeral_table().scales or (_is_zero(following.text[-1]) and after.isdecimal())
    if following.kind == "more":
        return last.kind == "scale" or (last.kind == "arabic" and last.high >= 10 and following.text != "来")
    return following.kind != "point" or last.kind in ("digits", "scale")


def _read(match: re.Match[str]) -> list[Part]:
    (start, end), text = match.span(), match[0]
    if match.lastgroup == "tens":
        return [_part("digits", text, start, start), _part("scale", "十", start, end)]
    kind: Any = match.lastgroup
    return [_part(kind, text, start, end)]


def _part(kind: Kind, text: str, start: int = 0, end: int = 0) -> Part:
    value = _value(kind, text)
    return Part(kind, text, start, end, value, value)


@lru_cache(maxsize=4096)
def _value(kind: Kind, text: str) -> Decimal:
    """The value that a part has by itself: of an Arabic number, of a scale, of tens written as one (廿)."""
    table = numeral_table()
    if kind == "arabic":
        return Decimal(text.replace(",", ""))
    if kind == "scale":
        return Decimal(table.scales[text[-1]])
    return Decimal(table.tens.get(text, 0) if kind == "digits" else 0)


def numeral_of(parts: Sequence[Part]) -> Numeral | None:
    """The number that *parts* compose to; ``None`` where they make none (三五八, 一二三)."""
    while parts and parts[-1].kind == "point":
        parts = parts[:-1]
    found = _numeral(tuple([(part.kind, part.text) for part in parts]))
    if found is None:
        return None
    return Numeral(
        parts[0].start,
        parts[-1].end,
        found.low,
        found.high,
        found.script,
        found.approximate,
        found.shared,
        found.scaled,
    )


@lru_cache(maxsize=4096)
def _numeral(spelt: tuple[tuple[Kind, str], ...]) -> Numeral | None:
    """The number of parts *spelt* so, at no place."""
    parts = [_part(kind, text) for kind, text in spelt]
    bare = [part for part in parts if part.kind != "more"]
    value = _compose(bare)
    if value is None:
        return None
    written = {part.kind for part in bare}
    script: Script = "arabic" if bare[0].kind == "arabic" else "chinese" if "digits" in written else "scale"
    if script == "scale" and bare[0].low == 10:
        script = "chinese"
    approximate = len(bare) < len(parts) or value.low != value.high
    return Numeral(
        0, 0, value.low, value.high, script, approximate, _shared(bare, script),
        scaled="scale" in written,
    )  # fmt: skip


def _shared(parts: Sequence[Part], script: Script) -> int:
    """The scale at the end of a number that others may share: 万 of 8万 and 三十万, 百 of 八百, 千万 of 3千万."""
    scale = 1
    for count, part in enumerate(reversed(parts)):
        small = script == "chinese" and part.high < 10**4
        if part.kind != "scale" or (small and (count or len(parts) > 2)):
            break
        scale *= int(part.high)
    return scale


def _compose(parts: Sequence[Part]) -> _Value | None:
    """*parts* as one value: the largest scale parts them into a factor and a rest."""
    point = next((index for index, part in enumerate(parts) if part.kind == "point"), None)
    if point is not None:
        return _with_decimals(parts, point)
    if not parts:
        return None
    top = max((part.high for part in parts if part.kind == "scale"), default=None)
    if top is None:
        return _plain(parts)
    index = next(index for index, part in enumerate(parts) if part.kind == "scale" and part.high == top)
    while index + 1 < len(parts) and parts[index + 1].kind == "scale" and parts[index + 1].high == top:
        index += 1  # 亿亿: the last one is multiplied by what stands before it
    factor = _compose(parts[:index]) if index else _ONE
    rest = _rest(parts[index + 1 :], parts[0], int(top))
    if factor is None or rest is None or rest.high >= top:
        return None
    if parts[0].kind != "arabic" and (not factor.high or (factor.high >= 10 and top < 10**4)):
        return None
    return factor.times(int(top)).plus(rest)


def _with_decimals(parts: Sequence[Part], point: int) -> _Value | None:
    """三点二五, 一百二十三点五, 三点五万: the digits behind the point, then scales."""
    if point + 1 >= len(parts) or parts[point + 1].kind != "digits":
        return None
    whole, digits = _compose(parts[:point]), _digits(parts[point + 1].text)
    if whole is None or digits is None or whole.low != whole.high:
        return None
    value = whole.low + Decimal(f"0.{digits}")
    return _compose([Part("arabic", "", 0, 0, value, value), *parts[point + 2 :]])


def _rest(parts: Sequence[Part], first: Part, scale: int) -> _Value | None:
    """What follows a scale; a single digit behind it counts the next lower scale (三万五, 一百二)."""
    if not parts:
        return _NONE
    head = parts[0]
    if head.kind == "scale":
        return None if head.high != 10 else _compose(parts)
    if head.kind == "digits" and _is_zero(head.text[0]):
        text = head.text.lstrip("".join(char for char in head.text if _is_zero(char)))
        if text:
            return _compose([replace(head, text=text), *parts[1:]])
        ten = parts[1:] and parts[1].kind == "scale" and parts[1].high == _TEN and scale > _HUNDRED  # 一千零十七
        return _compose(parts[1:]) if parts[1:] and (parts[1].kind == "arabic" or ten) else None
    value = _compose(parts)
    if value is None or len(parts) > 1:
        return value
    spoken = head.kind == "digits" or (first.kind == "arabic" and len(head.text) == 1)
    return value.times(scale // 10) if spoken else value


def _plain(parts: Sequence[Part]) -> _Value | None:
    """A number without a scale: Arabic, one Chinese digit, neighbours (五六), or digits in places (二〇二三)."""
    if len(parts) != 1:
        return None
    (part,) = parts
    table = numeral_table()
    if part.kind == "arabic" or part.low:
        return _Value(part.low, part.high)
    if part.text == table.several:
        return _Value(Decimal(1), Decimal(9))
    values = [table.digits[char] for char in part.text]
    if len(values) == 1:
        return _Value(Decimal(values[0]), Decimal(values[0]))
    if len(values) == 2 and (values[1] == values[0] + 1 or values == [3, 5]) and values[0]:
        return _Value(Decimal(values[0]), Decimal(values[1]))
    digits = _digits(part.text)
    return _Value(Decimal(digits), Decimal(digits)) if digits and 0 in values[1:] and len(values) > 2 else None


def _is_zero(char: str) -> bool:
    return numeral_table().digits.get(char) == 0


def _digits(text: str) -> str | None:
    digits = numeral_table().digits
    return "".join(str(digits[char]) for char in text) if text and all(char in digits for char in text) else None


def parse_arabic(text: str) -> Decimal | None:
    """The value of an Arabic number with optional sign, thousands separators and decimals."""
    return Decimal(text.replace(",", "").replace("−", "-")) if _ARABIC.fullmatch(text) else None


def parse_chinese(text: str) -> Decimal | None:
    """The value of a Chinese numeral (一百二十, 二〇二三, 八点五, 三万五), or ``None`` if it is none or a range.

    A numeral without scales is read digit by digit (二〇二三 → 2023).
    """
    digits = _digits(text)
    if digits is not None:
        return Decimal(digits)
    found = _whole(text)
    return found.low if found is not None and found.script != "arabic" and found.low == found.high else None


@lru_cache(maxsize=4096)
def parse_number(text: str) -> Decimal | None:
    """The value of one number in any notation, scale included (3.3亿, 5千, 二十三万, 1,200), or ``None``."""
    plain = text.strip()
    if (value := parse_arabic(plain)) is not None:
        return value
    sign = -1 if plain[:1] in ("-", "−") else 1
    if (value := parse_chinese(plain)) is not None:
        return value
    found = _whole(plain.lstrip("+-−"))
    return None if found is None or found.low != found.high else sign * found.low


@lru_cache(maxsize=4096)
def _whole(text: str) -> Numeral | None:
    """The number that *text* is from end to end, whatever follows it in its own text."""
    parts = _parts(text, 0)
    if not parts or parts[-1].end != len(text) or len(parts) > _MOST_PARTS:
        return None
    return numeral_of(parts)
