"""How far columns can be trusted: figures measured on labels (``reliability.tsv``), for the data dictionary."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

FILE: Final = "reliability.tsv"


@dataclass(frozen=True, slots=True)
class Measured:
    """A figure between 0 and 1 with the ends of its 95 % interval, and the name that ``gongbao evaluate`` gives it."""

    figure: str
    value: float
    low: float
    high: float


@cache
def reliability() -> Mapping[tuple[str, str], Measured]:
    """What was measured, by dataset and column; columns that no labels judge are not among them."""
    rows = (line.split("\t") for line in _lines() if not line.startswith("#"))
    return {
        (dataset, column): Measured(figure, float(value), float(low), float(high))
        for dataset, column, figure, value, low, high in rows
    }


def measured_on() -> str:
    """The day and the set of the figures."""
    said = dict(line.removeprefix("# ").split(": ", 1) for line in _lines() if line.startswith(("# day: ", "# set: ")))
    return f"{said['day']}, {said['set']}"


def _lines() -> list[str]:
    return (files("schemas") / FILE).read_text(encoding="utf-8").splitlines()
