"""Units and measure words: what they measure and how they convert, loaded strictly from ``units.toml``.

The table is open: a measure word that it lacks has no dimension and converts to itself. Composite
units (元/亩, 千瓦时/千吨·米) are built from it. Factors are exact fractions.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, Final, Literal, cast

from extractors.numbers.numerals import SCALES

ChineseUse = Literal["free", "counted", "never"]
"""Whether a Chinese numeral before the unit measures: always, only where the context counts, or not at all."""

TERMS: Final = frozenset({"time", "days", "working_days", "months", "terms"})
"""Dimensions of lengths of time."""

_UNIT_KEYS: Final = {"name", "aliases", "dimension", "standard", "factor", "chinese", "not_before"}
_WORDS_KEYS: Final = {"words", "not_before", "chinese"}
_NOUN_KEYS: Final = {"words", "unit"}
_PART_KEYS: Final = {"unit", "part", "factor"}
_USES: Final = ("free", "counted", "never")
_COUNT: Final = "count"
_JOINTS: Final = re.compile(r"([/·])")
_EACH: Final = re.compile(r"/?每|/(?=（)")
_SAME_JOINT: Final = re.compile(r"[•]")
_OTHER_NAME: Final = re.compile(r"（[^（）]*）")


class UnitError(ValueError):
    """The unit file does not say what it must say."""


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit. ``factor`` × a value in ``name`` is the value in ``standard``."""

    name: str
    dimension: str
    standard: str
    factor: Fraction
    chinese: ChineseUse
    not_before: str


@dataclass(frozen=True, slots=True)
class UnitTable:
    """The units by every spelling, the unit that a noun implies where none is printed, and parts by (unit, part).

    ``parts`` holds those that the dimension does not tell: 分 is a hundredth of 元 and a sixtieth of 小时.
    """

    by_spelling: Mapping[str, Unit]
    by_noun: Mapping[str, str]
    parts: Mapping[tuple[str, str], Fraction]


@cache
def unit_table() -> UnitTable:
    """The table of ``units.toml``. Raises :class:`UnitError` on any flaw."""
    return parse_units((files("extractors.numbers") / "units.toml").read_text(encoding="utf-8"))


def parse_units(text: str) -> UnitTable:
    """The table written in *text* (TOML). Raises :class:`UnitError` on an unknown key or a spelling given twice."""
    data = tomllib.loads(text)
    _known(data, {"unit", "measure_words", "noun", "part"}, "file")
    spellings: dict[str, Unit] = {}
    for entry in data.get("unit", ()):
        unit = _unit(entry)
        for spelling in (unit.name, *entry.get("aliases", ())):
            _add(spellings, spelling, unit)
    for entry in data.get("measure_words", ()):
        _known(entry, _WORDS_KEYS, "measure_words")
        for word in entry["words"]:
            guard = entry.get("not_before", "")
            use = _use(entry, word, "counted")
            _add(spellings, word, Unit(word, _COUNT, word, Fraction(1), use, guard))
    nouns: dict[str, str] = {}
    for entry in data.get("noun", ()):
        _known(entry, _NOUN_KEYS, "noun")
        for word in entry["words"]:
            _add(nouns, word, str(entry["unit"]))
    parts: dict[tuple[str, str], Fraction] = {}
    for entry in data.get("part", ()):
        _known(entry, _PART_KEYS, "part")
        _add(parts, (entry["unit"], entry["part"]), Fraction(entry["factor"]))
    _check(spellings.values(), spellings)
    return UnitTable(spellings, nouns, parts)


def _unit(entry: Mapping[str, Any]) -> Unit:
    _known(entry, _UNIT_KEYS, str(entry.get("name", "unit")))
    name = entry["name"]
    use = _use(entry, name, "free")
    standard, factor = entry.get("standard", name), Fraction(entry.get("factor", "1"))
    return Unit(name, entry["dimension"], standard, factor, use, entry.get("not_before", ""))


def _use(entry: Mapping[str, Any], name: str, default: ChineseUse) -> ChineseUse:
    use = entry.get("chinese", default)
    if use not in _USES:
        raise UnitError(f"unit {name!r} has chinese = {use!r}")
    return cast(ChineseUse, use)


def _known(entry: Mapping[str, Any], keys: set[str], where: str) -> None:
    unknown = sorted(entry.keys() - keys)
    if unknown:
        raise UnitError(f"{where}: unknown key {unknown[0]!r}")


def _add(table: dict[Any, Any], key: object, value: object) -> None:
    if key in table:
        raise UnitError(f"{key!r} is given twice")
    table[key] = value


def _check(units: Iterable[Unit], spellings: Mapping[str, Unit]) -> None:
    for unit in units:
        standard = spellings.get(unit.standard)
        if standard is None or standard.dimension != unit.dimension or standard.factor != 1:
            raise UnitError(f"unit {unit.name!r}: {unit.standard!r} is no standard unit of {unit.dimension!r}")


@cache
def unit_pattern() -> str:
    """A regular expression that matches one simple unit, longer spellings first, where no other word begins.

    Most text that it is tried on begins no unit: a look at one character says so before hundreds of words are tried.
    """
    table = unit_table().by_spelling
    by_guard: dict[str, list[str]] = {}
    for spelling in sorted(table, key=lambda word: (-len(word), word)):
        guard = "A-Za-z" if spelling[-1].isascii() and spelling[-1].isalpha() else table[spelling].not_before
        by_guard.setdefault(f"{len(spelling):02d}{guard}", []).append(spelling)
    parts = []
    for key in sorted(by_guard, key=lambda key: (-int(key[:2]), key)):
        words = "|".join(re.escape(word) for word in by_guard[key])
        parts.append(f"(?:{words})" + (f"(?![{key[2:]}])" if key[2:] else ""))
    beginnings = "".join(re.escape(char) for char in sorted({spelling[0] for spelling in table}))
    return f"(?=[{beginnings}])(?:" + "|".join(parts) + ")"


def unit_of(printed: str) -> Unit | None:
    """The simple unit spelt *printed*, or ``None`` where the table lacks it."""
    return unit_table().by_spelling.get(printed)


def part_of(unit: str, part: str) -> Fraction | None:
    """How much of *unit* one *part* is (角 a tenth of 元, 米 a thousandth of 公里); ``None`` where it is no part of it."""
    table = unit_table()
    if (unit, part) in table.parts:
        return table.parts[unit, part]
    whole, small = table.by_spelling.get(unit), table.by_spelling.get(part)
    if whole is None or small is None or whole.dimension != small.dimension or whole.dimension == _COUNT:
        return None
    return small.factor / whole.factor if small.factor < whole.factor else None


def split_scale(printed: str) -> tuple[int, str]:
    """The scale and the unit of a printed unit: ``万亩`` → ``(10000, "亩")``, ``千瓦`` → ``(1, "千瓦")``."""
    known = unit_table().by_spelling
    scale, best = 1, (1, printed)
    for cut, char in enumerate(printed):
        if printed[cut:] in known:
            return scale, printed[cut:]
        if char not in SCALES:
            break
        scale *= SCALES[char]
        best = (scale, printed[cut + 1 :])
    return best if best[1] else (1, printed)


def plain_unit(unit: str) -> str:
    """A composite *unit* with one sign for each joint, other names aside: 微克每立方米 → 微克/立方米, 头（只） → 头."""
    plain = _SAME_JOINT.sub("·", _EACH.sub("/", unit))
    return re.sub(r"/（(.*)）", r"/\1", plain) if "/（" in plain else _OTHER_NAME.sub("", plain)


@lru_cache(maxsize=4096)
def dimension_of(unit: str) -> str | None:
    """What *unit* (without scale) measures: ``area``, ``money/area`` for 元/亩; ``None`` where it is unknown."""
    names: list[str] = []
    for part in _JOINTS.split(plain_unit(unit)):
        if part in ("/", "·"):
            names.append(part)
            continue
        known = unit_of(split_scale(part)[1]) if part else None
        if known is None:
            return None
        names.append(known.dimension)
    return "".join(names)


def standardise(value: Decimal, unit: str) -> tuple[Decimal, str]:
    """*value* in the standard unit of its dimension; a unit that the table lacks stays as it is.

    >>> standardise(Decimal(3), "亩")
    (Decimal('2000'), '平方米')
    """
    factor, standard = _factor(unit)
    return (value, unit) if factor is None else (_times(value, unit), standard)


@lru_cache(maxsize=4096)
def _times(value: Decimal, unit: str) -> Decimal:
    """*value* times the factor of the known *unit*."""
    factor = cast(Fraction, _factor(unit)[0])
    return value * factor.numerator / factor.denominator


@lru_cache(maxsize=4096)
def _factor(unit: str) -> tuple[Fraction | None, str]:
    """What a value in *unit* is multiplied by, and the standard unit; ``None`` where a part of it is unknown."""
    if dimension_of(unit) is None:
        return None, unit
    factor, names, inverse = Fraction(1), [], False
    for part in _JOINTS.split(plain_unit(unit)):
        if part in ("/", "·"):
            inverse = inverse or part == "/"
            names.append(part)
            continue
        scale, plain = split_scale(part)
        known = unit_table().by_spelling[plain]
        step = known.factor * scale
        factor = factor / step if inverse else factor * step
        names.append(known.standard)
    return factor, "".join(names)


def implied_unit(words: str) -> str | None:
    """The unit that the last known noun of *words* implies (…游客接待人次 → 人次), or ``None``."""
    best = max(((words.rfind(noun) + len(noun), len(noun), unit) for noun, unit in unit_table().by_noun.items()
                if noun in words), default=None)  # fmt: skip
    return best[2] if best else None


def unit_at_end(words: str) -> str | None:
    """The unit that a known noun at the end of *words* implies (完成投资 → 元), or ``None``."""
    best = max(((len(noun), unit) for noun, unit in unit_table().by_noun.items() if words.endswith(noun)), default=None)
    return best[1] if best else None


def unit_behind(words: str) -> str | None:
    """The unit that the first known noun of *words*, which follow a number, implies (…残疾人发放补贴 → 人), or ``None``."""
    best = min(((words.find(noun), -len(noun), unit) for noun, unit in unit_table().by_noun.items()
                if noun in words), default=None)  # fmt: skip
    return best[2] if best else None
