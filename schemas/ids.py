"""Identifiers of rows.

Ids depend on the bytes of the source and on offsets only (docs/data-dictionary.md), so that a change
of rules renames nothing. Two rows of one kind that share a span are told apart by ``#2``, ``#3`` …
"""

from __future__ import annotations

from collections import Counter
from typing import Final, Literal

ISSUE_ID_LENGTH: Final = 16

Kind = Literal["d", "c", "t", "q", "g", "m", "o", "r", "x"]
"""Document, clause, table, quantity, target (goal), milestone, official, responsibility, citation."""


def issue_id(source_sha256: str) -> str:
    """The issue's id: the first 16 hexadecimal digits of its source's SHA-256."""
    return source_sha256[:ISSUE_ID_LENGTH]


class IdMaker:
    """Makes the ids of one issue, numbering rows that share a span in the order they are asked for."""

    def __init__(self, issue: str) -> None:
        self._issue = issue
        self._seen: Counter[str] = Counter()

    def at(self, kind: Literal["d", "c", "t"], start: int) -> str:
        """Id of a structure that begins at the offset *start*."""
        return self._unique(f"{self._issue}/{kind}/{start}")

    def over(self, kind: Literal["q", "g", "m", "o", "r", "x"], start: int, end: int) -> str:
        """Id of a mention that covers ``[start, end)``."""
        return self._unique(f"{self._issue}/{kind}/{start}-{end}")

    def _unique(self, base: str) -> str:
        self._seen[base] += 1
        count = self._seen[base]
        return base if count == 1 else f"{base}#{count}"
