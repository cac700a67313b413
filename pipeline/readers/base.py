"""What a reader is, and how it says that it cannot read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from schemas.records import SourceText

Cause = Literal[
    "missing",
    "unreadable",
    "empty",
    "binary",
    "undecodable",
    "unsupported",
    "damaged",
    "encrypted",
    "no_text",
    "internal",
]
"""Why an input could not be read: a stable slug for the ledger."""


class ReaderError(Exception):
    """An input that cannot be read; the message names the file and the reason in one line."""

    def __init__(self, source_path: str, cause: Cause, reason: str) -> None:
        super().__init__(source_path, cause, reason)
        self.source_path = source_path
        self.cause: Cause = cause
        self.reason = reason

    def __str__(self) -> str:
        return f"{self.source_path}: {self.reason}"


@dataclass(frozen=True, slots=True)
class RawFile:
    """A file's bytes with its name and digest."""

    data: bytes
    source_path: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Reader:
    """One format: how its bytes are recognised and how they are read.

    ``recognises`` looks at the content alone, never at the extension. ``read`` raises :class:`ReaderError`.
    """

    name: str
    recognises: Callable[[bytes], bool]
    read: Callable[[RawFile], SourceText]
