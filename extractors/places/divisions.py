"""The administrative divisions of GB/T 2260: every code and name in force since 1981, and what stands above each.

The table is ``divisions.tsv`` beside this module, which says where it comes from and of what date it is. A division
stands in the lists of 31 December of its ``first`` to its ``last`` year; a name or code that changed within a year
was in use until then, so that it counts for the year after ``last`` too.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from schemas.making import quickly_made
from schemas.records import AreaLevel

OLDEST_LIST: Final = 1981
NATION: Final = "中华人民共和国"
_CODE_DIGITS: Final = 6
_COLUMNS: Final = 4


class DivisionsError(ValueError):
    """The table of divisions does not say what it must say."""


@quickly_made
@dataclass(frozen=True, slots=True)
class Division:
    """One code with one name, and the first and last year in whose list it stands (no last year: in force)."""

    code: str
    name: str
    first: int
    last: int | None

    @property
    def level(self) -> AreaLevel:
        """Of what level the code is."""
        return "province" if self.code.endswith("0000") else "prefecture" if self.code.endswith("00") else "county"

    def stands_in(self, year: int | None) -> bool:
        """Whether the name was in use in *year*; without a year, whether it is in force."""
        if year is None:
            return self.last is None
        return (year >= self.first or self.first == OLDEST_LIST) and (self.last is None or year <= self.last + 1)

    def is_under(self, other: Division) -> bool:
        """Whether the code lies below that of *other*."""
        stem = other.code[:2] if other.level == "province" else other.code[:4]
        return self.code != other.code and other.level != "county" and self.code.startswith(stem)


@cache
def divisions() -> tuple[Division, ...]:
    """All divisions in the order of their codes. Raises :class:`DivisionsError` where a line does not fit."""
    lines = (files("extractors.places") / "divisions.tsv").read_text(encoding="utf-8").splitlines()
    found = tuple(_division(line) for line in lines if line and not line.startswith("#"))
    if len(set(found)) != len(found):
        raise DivisionsError("a division stands twice")
    return found


def _division(line: str) -> Division:
    parts = line.split("\t")
    if len(parts) != _COLUMNS or len(parts[0]) != _CODE_DIGITS or not parts[0].isdecimal() or not parts[1]:
        raise DivisionsError(f"no division: {line!r}")
    return Division(parts[0], parts[1], int(parts[2]), int(parts[3]) if parts[3] else None)


@cache
def by_name() -> Mapping[str, tuple[Division, ...]]:
    """The divisions that bear or bore each name, by code."""
    found: dict[str, list[Division]] = {}
    for division in divisions():
        found.setdefault(division.name, []).append(division)
    return {name: tuple(items) for name, items in found.items()}


@cache
def _by_code() -> Mapping[str, tuple[Division, ...]]:
    found: dict[str, list[Division]] = {}
    for division in divisions():
        found.setdefault(division.code, []).append(division)
    return {code: tuple(items) for code, items in found.items()}


def above(division: Division, year: int | None) -> tuple[Division, ...]:
    """The divisions above *division* in *year*, the province first; a county that a province governs has one."""
    codes = [f"{division.code[:2]}0000", f"{division.code[:4]}00"]
    found = (_of_code(code, year if year is not None else division.last) for code in codes if code != division.code)
    return tuple(item for item in found if item is not None)


def _of_code(code: str, year: int | None) -> Division | None:
    """The division of *code* in *year*: the latest, where the code changed its name within the year."""
    standing = [item for item in _by_code().get(code, ()) if item.stands_in(year)]
    return standing[-1] if standing else None


def path_of(division: Division, year: int | None) -> str:
    """The names from the province down to the division (湖南省/岳阳市/湘阴县)."""
    return "/".join(item.name for item in (*above(division, year), division))


def standing(candidates: tuple[Division, ...], year: int | None) -> tuple[Division, ...]:
    """Those of *candidates* that were in use in *year*, of one division the latest code alone."""
    found = [item for item in candidates if item.stands_in(year)]
    current = [item for item in found if year is None or item.last is None or item.last >= year]
    return tuple(current or found)
