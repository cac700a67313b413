"""What the finders hand on: mentions with their place and span, before ids and keys are given."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from schemas.making import quickly_made
from schemas.rows import AppointmentAction, MentionType, Place
from schemas.spans import Reading, Span


@quickly_made
@dataclass(frozen=True, slots=True)
class Mention:
    """One row to be; ``group`` is where the list of names begins that the mention is printed in."""

    place: Place
    span: Span
    name: str | None
    mention_type: MentionType
    rule_id: str
    role: str | None = None
    organization: str | None = None
    position: str | None = None
    action: AppointmentAction | None = None
    effective_date: dt.date | None = None
    applies_to_rows: tuple[int, ...] = ()
    fragments: tuple[Span, ...] | None = None
    repaired: bool = False
    group: int = -1


@quickly_made
@dataclass(frozen=True, slots=True)
class Word:
    """One printed word of a list of people: characters ``start`` to ``end`` of the list's reading, blanks inside dropped."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class NameList:
    """A stretch that names people: a cell of a person column, or what follows a label.

    ``runs`` are the words between hard separators (、；line end); names and the offices printed with
    them are told apart when the roster is known.
    """

    place: Place
    reading: Reading
    runs: tuple[tuple[Word, ...], ...]
    role: str
    mention_type: MentionType
    rule_id: str
    applies_to_rows: tuple[int, ...] = ()
    organization: str | None = None
    position: str | None = None
    action: AppointmentAction | None = None
