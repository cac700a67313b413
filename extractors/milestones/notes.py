"""Notes that say by when what stands before them is to be done: in brackets, behind a label, or as a sentence of their own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from extractors.milestones.times import stated_time
from extractors.rules.registry import rules_for, signs_of

_STOP: Final = "。"
BARE_NOTE: Final = "milestone.note.bare"
"""The rule of brackets that hold a time alone."""
LONE_NOTE: Final = "milestone.note.alone"
"""The rule of a sentence that says of the one before it when it is done, and no more."""


@dataclass(frozen=True, slots=True)
class Note:
    """A note that ends at ``start`` of the text what lies behind ``floor``, all due by ``date``."""

    floor: int
    start: int
    date: str
    rule_id: str
    end: int


def is_note(notes: Sequence[Note], end: int) -> bool:
    """Whether a clause that ends at *end* belongs to one of *notes* that stand without brackets (…。年内完成。)."""
    return any(note.rule_id.startswith(LONE_NOTE) and note.start < end <= note.end for note in notes)


def notes_of(text: str, year: int | None, signed: dt.date | None) -> Iterator[Note]:
    """The notes of *text* in order; brackets that hold a time alone reach back over their sentence only."""
    found = [(match, rule.id) for rule in rules_for("milestone.note", signs_of(text)) for match in rule.finditer(text)]
    floor = 0
    for match, rule_id in sorted(found, key=lambda one: one[0].start()):
        groups = match.groupdict()
        time = stated_time(groups.get("time") or groups.get("early") or "", year, signed)
        if time is not None:
            begin = (
                text.rfind(_STOP, 0, match.start() - 1) + 1
                if rule_id == LONE_NOTE or rule_id.startswith(BARE_NOTE)
                else 0
            )
            yield Note(max(floor, begin), match.start(), time.date, rule_id, match.end())
            floor = match.end()
