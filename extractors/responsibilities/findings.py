"""What a reader of notes, prose or cells finds, before the names are settled."""

from __future__ import annotations

from dataclasses import dataclass

from extractors.agencies.names import blank_boundaries, soft_boundaries
from extractors.language.passages import Passage
from schemas.rows import Duty


@dataclass(frozen=True, slots=True)
class NameList:
    """A list of names in a passage's folded text, ``[start, end)``, with the duty that all in it have.

    ``strict`` says that an entry counts only where it reads as an agency by itself; lists behind a label
    (责任单位：) take other short names too. ``in_cell`` says that blanks part names. ``note`` is where the note begins
    that the list stands in, ``None`` for running text.
    """

    passage: Passage
    start: int
    end: int
    duty: Duty
    rule_id: str
    strict: bool = False
    in_cell: bool = False
    rows: tuple[int, ...] = ()
    note: int | None = None

    @property
    def soft(self) -> frozenset[int]:
        """Positions at which names may part without a separator: blanks, in a cell any break."""
        folded = self.passage.folded
        return soft_boundaries(folded) if self.in_cell else self.passage_blanks

    @property
    def passage_blanks(self) -> frozenset[int]:
        """Positions of the list before which a blank is printed."""
        folded, reading = self.passage.folded, self.passage.reading
        first, last = folded.offsets[self.start], folded.offsets[self.end - 1]
        low, high = reading.position_of(first), reading.position_of(last) + 1
        found = blank_boundaries(folded.slice(self.start, self.end), reading.slice(low, high))
        return frozenset(position + self.start for position in found)
