"""Characters → printed lines, cut where a gap is too wide for one line of text."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence
from typing import Final

from pipeline.readers.canonical.symbols import raised
from pipeline.readers.page.content import Glyph, Line

WIDE_GAP: Final = 1.0
"""A gap of this many em parts two columns or cells, or the halves of a spaced-out line."""
_HAN_BLANK: Final = 0.6
_WORD_BLANK: Final = 0.18
"""A gap of this many em between Latin letters is a blank that was not drawn."""
_MOST_PULLED: Final = 2.0
"""Setting a line to full width pulls a blank no further than this to each side, in em."""
_ALIKE: Final = 0.15
_OVERLAP: Final = 0.5
_SMALL: Final = 0.9
"""A raised digit is smaller than this share of the character that it stands beside,"""
_HIGH: Final = 0.2
"""and its foot stands higher by this share."""
_LATIN: Final = re.compile(r"[!-~]")


def build_lines(glyphs: Iterable[Glyph], gap: float = WIDE_GAP) -> list[Line]:
    """The lines of upright *glyphs*, top to bottom and left to right; a gap of *gap* em ends a line."""
    return cut_rows(build_rows(glyphs), gap)


def cut_rows(rows: Iterable[Sequence[Glyph]], gap: float = WIDE_GAP) -> list[Line]:
    """The lines of *rows* that :func:`build_rows` made."""
    return [line for row in rows for line in _cut(row, gap)]


def build_rows(glyphs: Iterable[Glyph]) -> list[list[Glyph]]:
    """The characters that stand at one height, left to right, rows from top to bottom; blanks stay with their row."""
    rows: list[tuple[float, float, list[list[Glyph]]]] = []
    for run in _sorted_runs(glyphs):
        first = run[0]
        top, bottom = min(g.top for g in run), max(g.bottom for g in run)
        height = bottom - top
        for index in range(len(rows) - 1, max(-1, len(rows) - 6), -1):
            upper, lower, members = rows[index]
            if min(lower, bottom) - max(upper, top) < _OVERLAP * min(height, lower - upper):
                continue
            if any(_is_below(run, other) for other in members):
                continue
            if height > 1.3 * (lower - upper):
                rows[index] = (top, bottom, members)
            members.append(run)
            break
        else:
            rows.append((first.top, first.bottom, [run]))
    rows.sort(key=lambda row: row[0])
    # By their middles: marks that are set close reach back over the one before.
    ordered = (sorted(itertools.chain(*members), key=lambda g: (g.x0 + g.x1, g.x0)) for _, _, members in rows)
    return [_with_raised(row) for row in ordered]


def _with_raised(row: list[Glyph]) -> list[Glyph]:
    """The characters of a row, small digits set high beside a larger one as superscripts: marks of notes, exponents."""
    sizes = [glyph.size for glyph in row]
    if min(sizes) >= _SMALL * max(sizes):
        return row
    found: list[Glyph] = []
    base: Glyph | None = None
    for glyph in row:
        beside = base is not None and glyph.x0 - found[-1].x1 < _OVERLAP * glyph.size
        if base is not None and beside and glyph.text.isdigit() and _is_raised(glyph, base):
            found.append(glyph._replace(text=raised(glyph.text)))
        else:
            found.append(glyph)
            base = glyph if glyph.text.strip() else base
    return found


def _is_raised(glyph: Glyph, base: Glyph) -> bool:
    return glyph.size < _SMALL * base.size and glyph.bottom < base.bottom - _HIGH * base.size


def _is_below(run: Sequence[Glyph], other: Sequence[Glyph]) -> bool:
    """Whether two runs stand below one another: large type beside them may reach over both."""
    across = min(run[-1].x1, other[-1].x1) - max(run[0].x0, other[0].x0)
    if across <= _OVERLAP * min(run[0].size, other[0].size):
        return False
    down = min(run[0].bottom, other[0].bottom) - max(run[0].top, other[0].top)
    return down < _OVERLAP * min(run[0].bottom - run[0].top, other[0].bottom - other[0].top)


def _sorted_runs(glyphs: Iterable[Glyph]) -> list[list[Glyph]]:
    """Stretches that were drawn one after another on one line, by the height of their middle."""
    runs: list[list[Glyph]] = []
    last: Glyph | None = None
    for glyph in glyphs:
        if (
            last is None
            or (glyph.top != last.top and abs(glyph.top - last.top) > 0.1 * last.size)
            or abs(glyph.size - last.size) > 0.1 * last.size
            or not -last.size < glyph.x0 - last.x1 < 3 * last.size
        ):
            runs.append([])
        runs[-1].append(glyph)
        last = glyph
    runs.sort(key=lambda run: (run[0].top + run[0].bottom, run[0].x0))
    return runs


def _cut(row: Sequence[Glyph], gap: float) -> Iterable[Line]:
    """The lines of one row: text, box and usual size of its characters."""
    parts: list[str] = []
    printed: list[Glyph] = []
    blanks = ""
    drawn: Glyph | None = None
    for glyph in row:
        text = glyph.text
        if not text.strip():
            blanks += text
            drawn = glyph
            continue
        if printed:
            last = printed[-1]
            space = (glyph.x0 - last.x1) / max(last.size, glyph.size, 0.1)
            if space >= gap and not (blanks and (space < gap + len(blanks) or _is_pulled(last, drawn, glyph))):
                yield _line(parts, printed, bool(blanks))
                parts, printed = [], []
            elif blanks and space > 0.05:
                parts.append(blanks)
            elif _is_blank(last.text, text, space):
                parts.append(" ")
        blanks = ""
        parts.append(text)
        printed.append(glyph)
    if printed:
        yield _line(parts, printed, bool(blanks))


def _is_pulled(before: Glyph, blank: Glyph | None, after: Glyph) -> bool:
    """Whether a blank stands in the middle of its gap: setting a line to full width pulled it, no column ends there."""
    if blank is None:
        return False
    left, right = blank.x0 - before.x1, after.x0 - blank.x1
    return abs(left - right) < _ALIKE * after.size < min(left, right) and right < _MOST_PULLED * after.size


def _is_blank(before: str, after: str, space: float) -> bool:
    """Whether a gap of *space* em without a blank drawn in it reads as one."""
    if space < _WORD_BLANK:
        return False
    latin = bool(_LATIN.match(before[-1])), bool(_LATIN.match(after[0]))
    return space >= _HAN_BLANK or (all(latin) and before[-1].isalnum() and after[0].isalnum())


def _line(parts: Sequence[str], glyphs: Sequence[Glyph], blank_end: bool) -> Line:
    sizes = sorted(g.size for g in glyphs)
    size = sizes[len(sizes) // 2]
    return Line(
        "".join(parts),
        glyphs[0].x0,
        min(g.top for g in glyphs),
        max(g.x1 for g in glyphs),
        max(g.bottom for g in glyphs),
        size,
        blank_end,
    )


def merge(lines: Sequence[Line]) -> Line:
    """The pieces of one printed line, left to right, as one line with blanks between them."""
    if len(lines) == 1:
        return lines[0]
    ordered = sorted(lines, key=lambda line: line.x0)
    widest = max(ordered, key=lambda line: len(line.text))
    return Line(
        " ".join(line.text for line in ordered),
        ordered[0].x0,
        min(line.top for line in ordered),
        max(line.x1 for line in ordered),
        max(line.bottom for line in ordered),
        widest.size,
        ordered[-1].blank_end,
    )
