"""Figures that must not fall: written a margin below what was measured, compared at every change.

A floors file maps each set to its figures: a number is the least value (the most, for counts of rows
with wrong spans), ``true`` must stay true.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pipeline.evaluation.run import Evaluation, SetEvaluation
from pipeline.evaluation.tallies import main_value

MARGIN: Final = 0.005
_CEILINGS: Final = frozenset({"rows_whose_span_is_not_their_text", "rows_without_span"})

Floor = float | bool
Floors = Mapping[str, Mapping[str, Floor]]


@dataclass(frozen=True, slots=True)
class Breach:
    """A figure that is worse than its floor."""

    set_name: str
    figure: str
    floor: Floor
    measured: Floor | None

    def __str__(self) -> str:
        return f"{self.set_name}: {self.figure} is {self.measured}, its floor {self.floor}"


def load_floors(path: Path) -> dict[str, dict[str, Floor]]:
    """The floors of a file, none where it does not exist."""
    if not path.is_file():
        return {}
    data: dict[str, dict[str, Floor]] = json.loads(path.read_text(encoding="utf-8"))
    return data


def update_floors(path: Path, evaluation: Evaluation) -> None:
    """Write the floors of the evaluated sets anew; those of other sets stay."""
    floors = load_floors(path) | {part.name: floors_of(part) for part in evaluation.sets}
    path.write_text(json.dumps(dict(sorted(floors.items())), indent=1) + "\n", encoding="utf-8")


def floors_of(part: SetEvaluation) -> dict[str, Floor]:
    """The floor of each figure of a set: the margin below a value, the very value of a check."""
    floors: dict[str, Floor] = {}
    for name, value in part.figures.items():
        if isinstance(value, bool) or name in _CEILINGS:
            floors[name] = bool(value) if isinstance(value, bool) else main_value(value) or 0.0
            continue
        number = main_value(value)
        if number is not None:
            floors[name] = max(0.0, math.floor((number - MARGIN) * 10_000 + 1e-6) / 10_000)
    return floors


def breaches(evaluation: Evaluation, floors: Floors) -> list[Breach]:
    """Every figure of the evaluated sets that is worse than its floor; one that is gone counts as worse."""
    found: list[Breach] = []
    for part in evaluation.sets:
        for name, floor in floors.get(part.name, {}).items():
            value = part.figures.get(name)
            measured = value if isinstance(value, bool) else main_value(value)
            if not _holds(name, floor, measured):
                found.append(Breach(part.name, name, floor, measured))
    return found


def _holds(name: str, floor: Floor, measured: Floor | None) -> bool:
    if measured is None:
        return False
    return measured <= floor if name in _CEILINGS else measured >= floor
