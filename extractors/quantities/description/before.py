"""What the sentence before says that the next may leave unsaid."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from extractors.quantities.description.sentences import Sentence
from extractors.quantities.frames.frame import unranked
from extractors.quantities.frames.measured import Measured
from extractors.quantities.frames.owners import OWNER
from extractors.quantities.frames.points import MERIT, POINTS
from extractors.quantities.frames.words import bearer_of, without_change
from schemas.making import quickly_made


@quickly_made
@dataclass(frozen=True, slots=True)
class Before:
    """What the sentence before speaks of, and what each of its numbers measures."""

    bearer: str = ""
    wholes: tuple[tuple[str, str], ...] = ()
    """For each number its unit and what it measures: what the next sentence may give the parts of."""

    @classmethod
    def of(cls, sentence: Sentence, found: Sequence[Measured]) -> Before:
        """What *sentence* says, whose numbers measure what was *found*."""
        wholes = ((m.candidate.unit, _whole(one)) for m, one in zip(sentence.mentions, found, strict=True))
        return cls(_bearer(found), tuple(wholes))


def _bearer(found: Sequence[Measured]) -> str:
    """What a sentence speaks of: what its last points were for, else what it first measured something of."""
    frames = (one.frame for one in reversed(found))
    merit = next((frame.said(MERIT) for frame in frames if frame is not None and frame.rule_id == POINTS), "")
    return merit or bearer_of(found[0].indicator) or ""


def _whole(one: Measured) -> str:
    """What *one* measures, without whose it is and without its change."""
    if one.frame is None:
        return ""
    return (one.frame.said(OWNER) and one.frame.said("part")) or without_change(unranked(one.frame))
