"""Identifiers of rows.

Ids depend on the bytes of the source and on offsets only (docs/data-dictionary.md), so that a change
of rules renames nothing. Two rows of one kind that share a span are told apart by ``#2``, ``#3`` …
"""

from __future__ import annotations

from typing import Final

from schemas.datasets import DATASETS

ISSUE_ID_LENGTH: Final = 16


def issue_id(source_sha256: str) -> str:
    """The issue's id: the first 16 hexadecimal digits of its source's SHA-256."""
    return source_sha256[:ISSUE_ID_LENGTH]


class IdMaker:
    """Makes the ids of one issue, numbering rows that share a span in the order they are asked for."""

    def __init__(self, issue: str) -> None:
        self._issue = issue
        self._seen: dict[str, int] = {}
        self._letters = {dataset.letter for dataset in DATASETS.values()}

    def at(self, letter: str, start: int) -> str:
        """Id of a structure that begins at the offset *start*; *letter* is its dataset's."""
        return self._unique(letter, str(start))

    def over(self, letter: str, start: int, end: int) -> str:
        """Id of a mention that covers ``[start, end)``; *letter* is its dataset's."""
        return self._unique(letter, f"{start}-{end}")

    def _unique(self, letter: str, place: str) -> str:
        if letter not in self._letters:
            raise ValueError(f"no dataset has the letter {letter!r}")
        base = f"{self._issue}/{letter}/{place}"
        self._seen[base] = count = self._seen.get(base, 0) + 1
        return base if count == 1 else f"{base}#{count}"
