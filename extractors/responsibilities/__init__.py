"""Responsibilities: every printed agency with its duty."""

from __future__ import annotations

from schemas.ids import IdMaker
from schemas.records import Issue
from schemas.rows import Responsibility


def extract_responsibilities(issue: Issue, ids: IdMaker) -> tuple[Responsibility, ...]:
    """Every agency with a duty in *issue*, in text order."""
    return ()
