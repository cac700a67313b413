"""What the columns of a table hold, and how well a cell fits one of them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

from pipeline.segmentation.lines.lines import squash
from pipeline.segmentation.tables.rows import RawCell, content_kind

_PROFILE_ROWS: Final = 200
_FEWEST: Final = 3
"""Rows that say enough about a column."""
_ITEMS: Final = re.compile(r"(\d{1,3})\s?[.．、](?!\d).{4}", re.DOTALL)
_INNER_ITEM: Final = re.compile(r"[。；;\s]\d{1,2}\s?[.．、](?!\d)")
_LONG: Final = 24
_ENDING: Final = 2
"""Characters at the end of a cell that mark the values of one column (…样板, …工程)."""
_AKIN: Final = {
    "text": {"short": 0.5, "items": 0.5, "from_one": 0.5},
    "items": {"from_one": 0.75},
    "from_one": {"items": 0.75},
    "short": {"text": 0.5, "agency": 0.5, "name": 0.5},
    "name": {"short": 0.5},
    "agency": {"short": 0.5},
    "number": {"short": 0.5, "serial": 0.5},
    "serial": {"number": 0.5},
}
"""How much a cell of one kind is at home in a column of another."""

Places = tuple[int | None, ...]
"""For each column the number of the cell that stands in it."""


class Profiles:
    """The kinds of content that each column holds in the rows that are as wide as the table.

    Numbered prose is told from short words, and where it counts from one from where it counts on; short words that
    share their ending with most of a column are a kind of their own. False where too few rows say anything.
    ``placings`` are those of cells of some kinds, in this order, that were found to fit best, and how well they do.
    """

    def __init__(self, rows: Sequence[Sequence[RawCell]], width: int) -> None:
        whole = [cells for cells in rows[:_PROFILE_ROWS] if len(cells) == width]
        self.width = width if len(whole) >= _FEWEST else 0
        self._endings = _endings(whole, self.width)
        self._kinds: dict[str, str] = {}
        self._columns = [Counter(self.kind(cells[c].text) for cells in whole) for c in range(self.width)]
        self._fits: dict[str, tuple[float, ...]] = {}
        self.placings: dict[tuple[str, ...], tuple[float, Places | None]] = {}

    def __bool__(self) -> bool:
        return self.width > 0

    def kind(self, text: str) -> str:
        """The kind of content of a cell with *text*."""
        found = self._kinds.get(text)
        if found is None:
            found = self._kinds[text] = self._kind(text)
        return found

    def _kind(self, text: str) -> str:
        kind = content_kind(text)
        if kind in ("text", "short") or (kind == "agency" and len(text) > _LONG):
            found = _ITEMS.match(text)
            if found:
                return "from_one" if found[1] == "1" else "items"
            if kind == "text" and len(_INNER_ITEM.findall(text)) > 1:
                return "items"
        if kind in ("short", "name", "agency"):
            ending = squash(text)[-_ENDING:]
            return f"short~{ending}" if ending in self._endings else kind
        return kind

    def fit(self, kind: str, column: int) -> float:
        """How well content of *kind* fits a column: from -1 (never met there) to 1 (nothing else is)."""
        return self.fits(kind)[column]

    def fits(self, kind: str) -> tuple[float, ...]:
        """How well content of *kind* fits each column."""
        found = self._fits.get(kind)
        if found is None:
            found = self._fits[kind] = tuple(self._fit(kind, profile) for profile in self._columns)
        return found

    @staticmethod
    def _fit(kind: str, profile: Counter[str]) -> float:
        if kind in ("empty", "above"):
            return 0.0
        total = sum(profile.values()) - profile["empty"] - profile["above"]
        if not total:
            return -0.5
        plain = kind.partition("~")[0]
        akin = sum(profile[other] * weight for other, weight in _AKIN.get(plain, {}).items())
        if plain != kind:
            akin += 0.5 * profile[plain]
        elif plain in ("short", "text"):
            akin += 0.5 * sum(count for other, count in profile.items() if "~" in other)
        return min(1.0, 2 * (profile[kind] + akin) / total - 1)


def _endings(rows: Sequence[Sequence[RawCell]], width: int) -> frozenset[str]:
    """The endings that most of the short cells of some column share."""
    found: set[str] = set()
    for column in range(width):
        texts = [plain for cells in rows if 4 <= len(plain := squash(cells[column].text)) <= 24]
        counts = Counter(text[-_ENDING:] for text in texts if "\u3400" <= text[-1] <= "\u9fff")
        found |= {ending for ending, count in counts.items() if count >= max(_FEWEST, 0.5 * len(texts))}
    return frozenset(found)
