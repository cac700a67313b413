"""What the characters of numerals are worth: the table of ``numerals.toml``, loaded strictly."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final

_TABLES: Final = {"digits", "scales", "tens", "words", "linked", "not_before"}
_WORDS: Final = {"point", "several", "more"}


class NumeralError(ValueError):
    """The table of numerals does not say what it must say."""


@dataclass(frozen=True, slots=True)
class NumeralTable:
    """Values by character, and by character the pattern of what follows where it is none of a numeral.

    ``linked``: words between a number and its scale, each with the pattern of the scale that it may stand before.
    """

    digits: Mapping[str, int]
    scales: Mapping[str, int]
    tens: Mapping[str, int]
    point: str
    several: str
    more: str
    linked: Mapping[str, str]
    not_before: Mapping[str, str]

    def pattern(self, characters: str) -> str:
        """A regular expression that matches one of *characters* where it belongs to a numeral."""
        free = "".join(char for char in characters if char not in self.not_before)
        guarded = [f"{char}(?!{self.not_before[char]})" for char in characters if char in self.not_before]
        return "(?:" + "|".join([f"[{free}]"] * bool(free) + guarded) + ")"

    @property
    def scale_pattern(self) -> str:
        """A regular expression that matches a scale, with a word that links it to the number before (个亿)."""
        links = "|".join(f"{word}(?={scale})" for word, scale in self.linked.items())
        return f"(?:{links})?{self.pattern(''.join(self.scales))}"


@cache
def numeral_table() -> NumeralTable:
    """The table of ``numerals.toml``. Raises :class:`NumeralError` on any flaw."""
    return parse_table((files("extractors.numbers") / "numerals.toml").read_text(encoding="utf-8"))


def parse_table(text: str) -> NumeralTable:
    """The table written in *text* (TOML). Raises :class:`NumeralError` on an unknown key or a character given twice."""
    data = tomllib.loads(text)
    words: Mapping[str, str] = data.get("words", {})
    if data.keys() != _TABLES or words.keys() != _WORDS:
        raise NumeralError(f"numerals: tables {sorted(data)} with words {sorted(words)}")
    digits, scales, tens = (_values(data[name]) for name in ("digits", "scales", "tens"))
    known = [char for table in (digits, scales, tens) for char in table] + list("".join(words.values()))
    if len(set(known)) != len(known):
        raise NumeralError("numerals: a character is given twice")
    for char, following in data["not_before"].items():
        if char not in known:
            raise NumeralError(f"numerals: {char!r} is guarded and is no numeral")
        re.compile(following)
    return NumeralTable(
        digits, scales, tens, words["point"], words["several"], words["more"], data["linked"], data["not_before"]
    )


def _values(table: Mapping[str, Any]) -> dict[str, int]:
    return {char: int(value) for value, characters in table.items() for char in characters}
