"""The vocabulary of the indicators that governments report (``lexicons/indicators.tsv``): codes for metrics.

A metric has a code where its wording is one of an indicator's, signs and traditional characters aside, and its unit is
of the dimension that the indicator is reported in.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from extractors.language.characters import as_read
from extractors.numbers.units import dimension_of
from extractors.rules.registry import word_table
from schemas.rows import Transformation

_SIGNS: Final = re.compile(r"[的“”‘’《》（）()\[\]〔〕、，,·\s]")
"""What wordings are compared without: signs, and the particle (占…的比重, 占…比重)."""
_OF: Final = "占"
"""What stands before the whole that a share is of."""
_COLUMNS: Final = 4
_COUNTS: Final = frozenset({"count", "people", "households", "visits", "occurrences", None})
"""Dimensions of things counted: governments count one indicator in 个, 家, 户 or 项."""


class VocabularyError(ValueError):
    """The vocabulary does not say what it must say."""


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator: its code, standard name, definition in a line, usual unit (may be empty) and other wordings."""

    code: str
    name: str
    definition: str
    unit: str
    wordings: tuple[str, ...]


@cache
def vocabulary() -> Mapping[str, Indicator]:
    """Every indicator by its code. Raises :class:`VocabularyError` on a line that is not whole."""
    found: dict[str, Indicator] = {}
    for code, columns in word_table("indicators").items():
        if len(columns) != _COLUMNS or not all(columns[:2]):
            raise VocabularyError(f"indicators.tsv: {code!r} lacks a column")
        name, definition, unit, wordings = columns
        found[code] = Indicator(code, name, definition, unit, tuple(word for word in wordings.split("、") if word))
    return found


@cache
def _by_wording() -> Mapping[str, Indicator]:
    """Indicators by their folded wordings; what a share is of may be called by any of its own (占GDP比重)."""
    found: dict[str, Indicator] = {}
    for indicator in vocabulary().values():
        for wording in (indicator.name, *indicator.wordings):
            known = found.setdefault(plain(wording), indicator)
            if known is not indicator:
                raise VocabularyError(f"indicators.tsv: {wording!r} is of {known.code} and of {indicator.code}")
    for wording, indicator in list(found.items()):
        for whole in vocabulary().values():
            if f"{_OF}{whole.name}" in wording:
                for other in whole.wordings:
                    found.setdefault(wording.replace(f"{_OF}{whole.name}", f"{_OF}{plain(other)}"), indicator)
    return found


def plain(wording: str) -> str:
    """*wording* without signs, in simplified characters, Latin letters as capitals."""
    return _SIGNS.sub("", as_read(wording)).upper()


@lru_cache(maxsize=8192)
def indicator_of(metric: str, unit: str, transformation: Transformation) -> Indicator | None:
    """The indicator that *metric* names, where a level in *unit* can be of it."""
    found = _by_wording().get(plain(metric))
    if found is None or transformation in ("limit", "frequency"):
        return None
    if transformation != "level" or not found.unit:
        return found
    wanted, given = dimension_of(found.unit), dimension_of(unit) if unit else None
    return found if wanted == given or {wanted, given} <= _COUNTS else None
