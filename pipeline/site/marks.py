"""Marks over the text, and the runs into which marks that overlap or nest cut it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final, NamedTuple

from schemas.datasets import Dataset, marked, split_values

Row = Mapping[str, Any]

STRUCTURE: Final = "structure"
MISSED: Final = "missed"


def layers() -> dict[str, str]:
    """What a reader can switch on and off, by the name that stylesheet and scripts use."""
    names: dict[str, str] = {}
    for dataset in marked():
        labels = [value.capitalize() for value in split_values(dataset)] or [dataset.label]
        names |= {label.lower(): label for label in labels}
    return names | {STRUCTURE: "Clause number", MISSED: "Missed label"}


@dataclass(frozen=True, slots=True)
class Mark:
    """One row shown in the text. ``pieces`` are half-open offsets into the canonical text, ascending."""

    dataset: str
    layer: str
    row: Row
    pieces: tuple[tuple[int, int], ...]

    @property
    def start(self) -> int:
        """First character."""
        return self.pieces[0][0]

    @property
    def end(self) -> int:
        """End (exclusive)."""
        return self.pieces[-1][1]


class Run(NamedTuple):
    """A stretch with the same marks throughout; ``marks`` are their numbers, the longest first."""

    start: int
    end: int
    marks: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class MarkIndex:
    """The marks of one page in text order; a mark's number is its place in ``marks``."""

    marks: tuple[Mark, ...]
    _pieces: tuple[tuple[int, int, int], ...]
    _longest: int

    @classmethod
    def of(cls, marks: Iterable[Mark]) -> MarkIndex:
        """Index *marks*; equal spans keep the order in which they come."""
        ordered = tuple(sorted(marks, key=lambda mark: (mark.start, -mark.end)))
        pieces = sorted((start, end, number) for number, mark in enumerate(ordered) for start, end in mark.pieces)
        return cls(ordered, tuple(pieces), max((end - start for start, end, _ in pieces), default=0))

    def runs(self, start: int, end: int) -> list[Run]:
        """``[start, end)`` cut where a mark begins or ends; the runs tile it."""
        first = bisect_left(self._pieces, (start - self._longest, 0, 0))
        last = bisect_left(self._pieces, (end, 0, 0))
        inside = [piece for piece in self._pieces[first:last] if piece[1] > start]
        opens: dict[int, list[int]] = {}
        closes: dict[int, list[int]] = {}
        for piece_start, piece_end, number in inside:
            opens.setdefault(max(start, piece_start), []).append(number)
            closes.setdefault(min(end, piece_end), []).append(number)
        cuts = sorted({start, end, *opens, *closes})
        active: set[int] = set()
        runs: list[Run] = []
        for at, following in pairwise(cuts):
            active.difference_update(closes.get(at, ()))
            active.update(opens.get(at, ()))
            runs.append(Run(at, following, tuple(sorted(active, key=self._outermost_first))))
        return runs

    def _outermost_first(self, number: int) -> tuple[int, int]:
        mark = self.marks[number]
        return mark.start - mark.end, number


def mark_of(dataset: Dataset, row: Row) -> Mark:
    """The mark of a row that has a span; where a page break cut it, of its fragments."""
    fragments = row.get("fragments") or ({"start": row["char_start"], "end": row["char_end"]},)
    layer = str(row[dataset.split_by]) if dataset.split_by else dataset.label.lower()
    return Mark(dataset.name, layer, row, tuple((int(piece["start"]), int(piece["end"])) for piece in fragments))


def clause_mark(text: str, clause: Row) -> Mark | None:
    """The mark over a clause's printed number and heading; ``None`` for a clause without a number."""
    if not clause["marker"]:
        return None
    start = int(clause["char_start"])
    end = _printed_end(text, start, str(clause["marker"]))
    if end is None:
        return None
    heading = _printed_end(text, end, str(clause["heading"] or ""))
    return Mark("clauses", STRUCTURE, clause, ((start, heading or end),))


def _printed_end(text: str, start: int, words: str) -> int | None:
    """Where *words*, printed from *start* on with any blanks between, end; ``None`` where others stand there."""
    at = start
    for character in words:
        if character.isspace():
            continue
        while at < len(text) and text[at].isspace():
            at += 1
        if at >= len(text) or text[at] != character:
            return None
        at += 1
    return at


def layers_of(run: Run, marks: Sequence[Mark]) -> list[str]:
    """The layers of a run, the outermost first, each once."""
    return list(dict.fromkeys(marks[number].layer for number in run.marks))
