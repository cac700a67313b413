"""Where an offset of one text stands in another: for two readings of one edition whose bytes differ."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Final

from pipeline.auditing.folders import Row

_OFFSETS: Final = ("char_start", "char_end", "subtree_end")


@dataclass(frozen=True, slots=True)
class Shift:
    """Stretches of the old text with where each begins in the new one and how long it is there."""

    starts: tuple[int, ...]
    targets: tuple[int, ...]
    lengths: tuple[int, ...]
    issue_id: str

    @classmethod
    def between(cls, old: str, new: str, issue_id: str) -> Shift:
        """The shift from *old* to *new*, line by line; in lines that changed, offsets keep to the stretch."""
        lines, others = old.splitlines(keepends=True), new.splitlines(keepends=True)
        at, there = _offsets(lines), _offsets(others)
        blocks: list[tuple[int, int, int]] = []
        for tag, low, high, left, right in SequenceMatcher(None, lines, others, autojunk=False).get_opcodes():
            if tag in ("equal", "replace") and high - low == right - left:
                pairs = zip(range(low, high), range(left, right), strict=True)
                blocks += [(at[a], there[b], len(others[b])) for a, b in pairs]
            else:
                blocks.append((at[low], there[left], there[right] - there[left]))
        starts, targets, lengths = zip(*(blocks or [(0, 0, len(new))]), strict=True)
        return cls(tuple(starts), tuple(targets), tuple(lengths), issue_id)

    def of(self, offset: int) -> int:
        """Where *offset* of the old text stands in the new one."""
        index = max(0, bisect_right(self.starts, offset) - 1)
        return self.targets[index] + min(offset - self.starts[index], self.lengths[index])

    def row(self, row: Row) -> Row:
        """*row* of the old text with offsets, fragments and ids as the new text would have them."""
        moved: Row = {}
        for name, value in row.items():
            if value is None:
                moved[name] = None
            elif name == "issue_id":
                moved[name] = self.issue_id
            elif name in _OFFSETS:
                moved[name] = self.of(value)
            elif name == "fragments":
                moved[name] = [{key: self.of(offset) for key, offset in piece.items()} for piece in value]
            elif name.endswith("_id") and isinstance(value, str) and "/" in value:
                moved[name] = self._id(value)
            else:
                moved[name] = value
        return moved

    def _id(self, value: str) -> Any:
        _, kind, place = value.split("/", 2)
        span, sign, count = place.partition("#")
        offsets = "-".join(str(self.of(int(offset))) for offset in span.split("-"))
        return f"{self.issue_id}/{kind}/{offsets}{sign}{count}"


def _offsets(lines: list[str]) -> list[int]:
    offsets = [0]
    for line in lines:
        offsets.append(offsets[-1] + len(line))
    return offsets
