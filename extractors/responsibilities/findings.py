"""What a reader of notes, prose or cells finds, before the names are settled."""

from __future__ import annotations

from dataclasses import dataclass

from extractors.passages import Passage
from schemas.rows import Duty


@dataclass(frozen=True, slots=True)
class NameList:
    """A list of names in a passage's folded text, ``[start, end)``, with the duty that all in it have.

    ``strict`` says that an entry counts only where it reads as an agency by itself; lists behind a label
    (责任单位：) take other short names too. ``in_cell`` says that blanks part names.
    """

    passage: Passage
    start: int
    end: int
    duty: Duty
    rule_id: str
    strict: bool = False
    in_cell: bool = False
    rows: tuple[int, ...] = ()
