"""Officials: every printed mention of a named person, and offices in charge."""

from __future__ import annotations

from schemas.ids import IdMaker
from schemas.records import Issue
from schemas.rows import Official


def extract_officials(issue: Issue, ids: IdMaker) -> tuple[Official, ...]:
    """Every mention of a person in *issue*, in text order."""
    return ()
