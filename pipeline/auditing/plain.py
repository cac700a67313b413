"""Plain text for terminals and pipes: columns that line up, one line a row, nothing wrapped or cut."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from rich.cells import cell_len

ABSENT = "–"
_OPEN, _CLOSE = "⟦", "⟧"


def table(header: Sequence[str], rows: Sequence[Sequence[object]], right: Collection[str] = ()) -> list[str]:
    """Lines of a table; the columns named in *right* are flush right. Chinese characters count as two cells."""
    cells = [list(header), *([show(value) for value in row] for row in rows)]
    widths = [max(cell_len(row[index]) for row in cells) for index in range(len(header))]
    return [
        "  ".join(_pad(row[i], widths[i], header[i] in right) for i in range(len(header))).rstrip() for row in cells
    ]


def _pad(text: str, width: int, to_right: bool) -> str:
    blanks = " " * (width - cell_len(text))
    return blanks + text if to_right else text + blanks


def show(value: object) -> str:
    """A value in one line: – for none, shares with three places, lists joined by 、."""
    if value is None:
        return ABSENT
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.0f}" if value.is_integer() and abs(value) >= 1 else f"{value:.12g}"
    if isinstance(value, list | tuple):
        return "、".join(show(item) for item in value) or ABSENT
    return one_line(str(value))


def one_line(text: str) -> str:
    """*text* with its line breaks shown as ⏎."""
    return text.replace("\r\n", "⏎").replace("\n", "⏎").replace("\r", "⏎")


def marked(before: str, text: str, after: str) -> str:
    """A stretch of text with its middle marked: …⟦…⟧…"""
    return f"{before}{_OPEN}{text}{_CLOSE}{after}"
