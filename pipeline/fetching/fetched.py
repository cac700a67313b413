"""What became of one address."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

End = Literal["new", "revised", "unchanged", "failed", "doubtful", "cut"]
NEEDS_SOMEBODY: Final = ("failed", "doubtful")


@dataclass(frozen=True, slots=True)
class Fetched:
    """What became of one address (or file of a folder); ``reason`` says why it failed.

    A listing that names nothing, or far less than before, is ``doubtful``; one that goes on beyond ``most_pages`` is ``cut``.
    """

    gazette: str
    url: str
    end: End
    path: str | None = None
    reason: str | None = None
