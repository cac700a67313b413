"""How well what was read agrees with what was printed.

Blanks are left out of all comparisons of characters: typesetters drop and add them at line ends.
"""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from blocks import Block, Table, Text, plain_text

from pipeline.process import process
from schemas.records import SourceTable, SourceText

_COMPARED: Final[dict[str, tuple[str, ...]]] = {
    "quantities": ("text", "low", "high", "unit", "comparator", "kind", "indicator", "deadline"),
    "officials": ("text", "name", "mention_type", "role", "position", "action"),
    "responsibilities": ("agency", "duty"),
}
"""The columns in which a row of the PDF and one of the text must agree."""
_SNIPPET: Final = 60


@dataclass
class Score:
    """Counts of one file or of several: right ones and all of each kind; ``faults`` say what went wrong."""

    wrong_chars: int = 0
    chars: int = 0
    paragraphs_right: int = 0
    paragraphs: int = 0
    cells_right: int = 0
    cells: int = 0
    blanks_wrong: int = 0
    rows_agreed: Counter[str] = field(default_factory=Counter)
    rows: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)

    def add(self, other: Score) -> None:
        """Count *other* in."""
        for name in ("wrong_chars", "chars", "paragraphs_right", "paragraphs", "cells_right", "cells", "blanks_wrong"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.rows_agreed.update(other.rows_agreed)
        self.rows.update(other.rows)

    def f1(self, dataset: str) -> float:
        """Agreement of a dataset's rows: twice those found on both sides over those of both."""
        return 2 * self.rows_agreed[dataset] / self.rows[dataset] if self.rows[dataset] else 1.0


def squash(text: str) -> str:
    """*text* without blanks."""
    return "".join(text.split())


def score(blocks: Sequence[Block], source: SourceText) -> Score:
    """Characters, paragraphs and cells of *source* against the blocks that it was printed from."""
    result = Score()
    _score_text(blocks, source, result)
    _score_paragraphs(blocks, source, result)
    _score_tables([block for block in blocks if isinstance(block, Table)], source, result)
    return result


def score_rows(text: SourceText, source: SourceText, result: Score) -> None:
    """The rows that the PDF gives against those that its text gives, counted into *result*."""
    expected, found = _rows(text), _rows(source)
    for name in _COMPARED:
        result.rows_agreed[name] += sum((expected[name] & found[name]).values())
        result.rows[name] += expected[name].total() + found[name].total()
        for row in (expected[name] - found[name]).elements():
            result.faults.append(f"{name} missing {row}")
        for row in (found[name] - expected[name]).elements():
            result.faults.append(f"{name} extra   {row}")


def _rows(source: SourceText) -> dict[str, Counter[tuple[Any, ...]]]:
    batches = process(source)
    return {
        name: Counter(
            tuple(squash(value) if isinstance(value, str) else value for value in row.values())
            for row in batches[name].select(list(columns)).to_pylist()
        )
        for name, columns in _COMPARED.items()
    }


def text_source(blocks: Sequence[Block]) -> SourceText:
    """The blocks as the reader of text files would give them."""
    return SourceText(plain_text(blocks), "text", "0" * 64)


def _printed(blocks: Iterable[Block]) -> list[str]:
    """The paragraphs, and the rows of the tables, as they should be read."""
    lines: list[str] = []
    for block in blocks:
        if isinstance(block, Text):
            lines.append(squash(block.text))
        else:
            lines += [squash("".join(cell.text for cell in block.row(number))) for number in range(block.n_rows)]
    return lines


def _score_text(blocks: Sequence[Block], source: SourceText, result: Score) -> None:
    expected, found = _printed(blocks), [squash(line) for line in source.text.split("\n") if line.strip()]
    result.chars += sum(map(len, expected))
    matcher = difflib.SequenceMatcher(None, expected, found, autojunk=False)
    for tag, a0, a1, b0, b1 in matcher.get_opcodes():
        if tag != "equal":
            wrong = distance("".join(expected[a0:a1]), "".join(found[b0:b1]))
            result.wrong_chars += wrong
            if wrong:
                result.faults.append(
                    f"text {wrong}: {'|'.join(expected[a0:a1])[:_SNIPPET]} -> {'|'.join(found[b0:b1])[:_SNIPPET]}"
                )


def distance(first: str, second: str) -> int:
    """Characters to change, put in or take out (long stretches: by their common runs, never less than that)."""
    if first == second:
        return 0
    if len(first) * len(second) > 4_000_000:
        codes = difflib.SequenceMatcher(None, first, second, autojunk=False).get_opcodes()
        return sum(max(a1 - a0, b1 - b0) for tag, a0, a1, b0, b1 in codes if tag != "equal")
    row = list(range(len(second) + 1))
    for i, a in enumerate(first, 1):
        diagonal, row[0] = row[0], i
        for j, b in enumerate(second, 1):
            diagonal, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, diagonal + (a != b))
    return row[-1]


def _score_paragraphs(blocks: Sequence[Block], source: SourceText, result: Score) -> None:
    """Whole paragraphs in the right order; a title may be read line by line."""
    tables = [range(table.span.start, table.span.end) for table in source.tables]
    found: list[str] = []
    offset = 0
    for line in source.text.split("\n"):
        if line.strip() and not any(offset in table for table in tables):
            found.append(squash(line))
        offset += len(line) + 1
    expected: list[str] = []
    whole = set(found)
    for block in blocks:
        if isinstance(block, Text):
            text = squash(block.text)
            expected += [text] if text in whole else [squash(line) for line in block.lines]
    matcher = difflib.SequenceMatcher(None, expected, found, autojunk=False)
    right = sum(size for _, _, size in matcher.get_matching_blocks())
    result.paragraphs += len(expected)
    result.paragraphs_right += right
    for tag, a0, a1, b0, b1 in matcher.get_opcodes():
        if tag != "equal":
            result.faults.append(
                f"paragraphs {[t[:_SNIPPET] for t in expected[a0:a1]]} -> {[t[:_SNIPPET] for t in found[b0:b1]]}"
            )


def _score_tables(expected: Sequence[Table], source: SourceText, result: Score) -> None:
    """Cells with text that stand in the right row and column of their table."""
    used = 0
    for table in expected:
        truth = {(cell.row, cell.column): squash(cell.text) for cell in table.cells if cell.text}
        result.cells += len(truth)
        best, number = 0, -1
        for index in range(used, len(source.tables)):
            got = _places(source.tables[index], source.text)
            right = sum(got.get(place) == text for place, text in truth.items())
            if right > best:
                best, number = right, index
        result.cells_right += best
        _score_blanks(table, source.tables[number] if number >= 0 else None, source.text, result)
        if best < len(truth):
            got = _places(source.tables[number], source.text) if number >= 0 else {}
            wrong = [
                (place, text[:20], got.get(place, "")[:20]) for place, text in truth.items() if got.get(place) != text
            ]
            size = f"{source.tables[number].n_rows}x{source.tables[number].n_columns}" if number >= 0 else "none"
            result.faults.append(f"table {table.n_rows}x{table.n_columns} as {size}: {len(wrong)} wrong, {wrong[:4]}")
        used = max(used, number + 1)


def _score_blanks(table: Table, found: SourceTable | None, text: str, result: Score) -> None:
    """Count the cells that have the right characters and blanks where none are printed, or none where some are."""
    if found is None:
        return
    read = {(c.row, c.column): " ".join(text[c.span.start : c.span.end].split()) for c in found.cells}
    for cell in table.cells:
        wanted, got = " ".join(cell.text.split()), read.get((cell.row, cell.column), "")
        if wanted != got and squash(wanted) == squash(got):
            result.blanks_wrong += 1
            result.faults.append(f"blank {wanted!r} -> {got!r}")


def _places(table: SourceTable, text: str) -> dict[tuple[int, int], str]:
    return {(cell.row, cell.column): squash(text[cell.span.start : cell.span.end]) for cell in table.cells}
