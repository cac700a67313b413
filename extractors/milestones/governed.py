"""A clause that a time governs, and how far a time reaches."""

from __future__ import annotations

from dataclasses import dataclass

from extractors.milestones.predicates import Dated
from extractors.milestones.times import GoverningTime
from extractors.quantities.description.deadline import is_of_part
from schemas.making import quickly_made


@quickly_made
@dataclass(frozen=True, slots=True)
class Governed:
    """The words at ``[start, end)`` of a text, between two commas and behind a time among them, due by ``date``.

    ``opening`` is where the clause begins, the words before its time among it; ``time_start`` where the time begins that
    opens them, ``None`` where it stands further off. ``scheduled``: the entry of a schedule, whose noun may stand without
    a verb. ``begins``: the time says from when. ``deadline_rule`` is ``None`` for an inherited date.
    """

    start: int
    end: int
    date: str
    deadline_rule: str | None
    opening: int
    time_start: int | None = None
    scheduled: bool = False
    begins: bool = False
    governor: int | None = None
    """Where the time begins that governs the words, however far off; ``None`` for an inherited date."""
    staged: bool = False
    """Whether the time is that of a stage, all of whose sentences say deeds."""
    framed: bool = False
    """Whether the time is that of a sentence before, or above, which frames this one."""

    @property
    def dated(self) -> bool:
        """Whether a time right before the words dates them to a part of a year (6月底前, no mere 2025年)."""
        return self.time_start is not None and not self.begins and is_of_part(self.date)

    @property
    def dated_by(self) -> Dated:
        """By what its sentence dates the clause."""
        if self.governor is None:
            return Dated.NONE
        if not is_of_part(self.date):
            return Dated.YEAR
        return Dated.PART if self.time_start is None else Dated.OWN


@quickly_made
@dataclass(frozen=True, slots=True)
class Reach:
    """A time, and whether it reaches over semicolons and full stops."""

    time: GoverningTime
    over_semicolons: bool
    over_stops: bool
