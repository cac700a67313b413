"""Text beside a figure: the edges that its lines have there are not those of their column."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from pipeline.readers.page.content import Area, Glyph, Line, PageContent
from pipeline.readers.page.lines import build_rows

_LEAST_SIDE: Final = 3.0
"""A figure is this many em high and wide at least; what is smaller is a sign, what takes the page a background."""
_MOST_OF_PAGE: Final = 0.8
_MOST_MARGIN: Final = 2.0
"""Between a figure and the text beside it there are so many em at most."""

_NEAR: Final = 1.0
"""Parts of one drawing, and the words in it, are this near to one another, in em."""
_PARTED: Final = 0.6
"""A gap of this many em parts the words of a figure from the text beside it."""
_LONG: Final = 8
_FEWEST_BESIDE: Final = 2
"""So many lines of so many characters stand beside a figure that the text flows around."""
_FEWEST_PARTS: Final = 3
_MOST_PARTS: Final = 400
_LABELS: Final = 1.3
"""The words of a figure stand so far outside its parts, in em: values over bars, years under an axis."""


def drawn_figures(content: PageContent, glyphs: Sequence[Glyph], tables: Sequence[Area]) -> list[Area]:
    """The charts that are drawn on a page: bars and curves near one another, outside its *tables*.

    What is filled behind words shades them: it is no part of a figure.
    """
    if not content.curves and len(content.fills) < _FEWEST_PARTS:
        return []
    size = sorted(glyph.size for glyph in glyphs)[len(glyphs) // 2] if glyphs else 12.0
    page = Area(0, 0, content.width, content.height)
    parts = [area for area in content.curves if _is_part(area, page, tables)]
    parts += [
        area
        for area in content.fills[:_MOST_PARTS]
        if _is_part(area, page, tables)
        and not any(area.holds((g.x0 + g.x1) / 2, (g.top + g.bottom) / 2) for g in glyphs)
    ]
    groups = _groups(parts[:_MOST_PARTS], _NEAR * size)
    whole = [_around(group, _NEAR * size) for group in groups if len(group) >= _FEWEST_PARTS]
    return figures_of(whole, content.width, content.height, size)


def words_in_figures(glyphs: Sequence[Glyph], figures: Sequence[Area]) -> tuple[list[Glyph], list[Glyph]]:
    """The characters outside figures with text beside them, and those within: they would stand in its sentences.

    A seal covers words of the text: what goes on outside a drawing, or has no lines beside it, is no word of it.
    """
    within: list[Glyph] = []
    for figure in figures:
        near = [g for g in glyphs if figure.top < (g.top + g.bottom) / 2 < figure.bottom]
        runs = [run for row in build_rows(near) for run in _runs(row)]
        inside = [run for run in runs if all(figure.holds((g.x0 + g.x1) / 2, (g.top + g.bottom) / 2) for g in run)]
        beside = [run for run in runs if len(run) >= _LONG and run not in inside]
        if len(beside) >= _FEWEST_BESIDE:
            within += [glyph for run in inside for glyph in run]
    taken = set(map(id, within))
    return [g for g in glyphs if id(g) not in taken], within


def _runs(row: Sequence[Glyph]) -> Iterator[list[Glyph]]:
    """The stretches of a row that no gap parts."""
    run: list[Glyph] = []
    for glyph in row:
        if run and glyph.x0 - run[-1].x1 > _PARTED * glyph.size:
            yield run
            run = []
        run.append(glyph)
    if run:
        yield run


def _is_part(area: Area, page: Area, tables: Sequence[Area]) -> bool:
    large = area.x1 - area.x0 > _MOST_OF_PAGE * page.x1 or area.bottom - area.top > _MOST_OF_PAGE * page.bottom
    middle = (area.x0 + area.x1) / 2, (area.top + area.bottom) / 2
    return not large and page.holds(*middle) and not any(table.holds(*middle) for table in tables)


def _groups(parts: Sequence[Area], gap: float) -> list[list[Area]]:
    """The parts that hang together, each no farther than *gap* from another."""
    groups: list[list[Area]] = []
    for part in sorted(parts):
        reach = Area(part.x0 - gap, part.top - gap, part.x1 + gap, part.bottom + gap)
        near = [group for group in groups if any(_meet(reach, other) for other in group)]
        groups = [group for group in groups if group not in near]
        groups.append([part, *(other for group in near for other in group)])
    return groups


def _meet(one: Area, other: Area) -> bool:
    return one.x0 <= other.x1 and other.x0 <= one.x1 and one.top <= other.bottom and other.top <= one.bottom


def _around(group: Sequence[Area], margin: float) -> Area:
    """What the group takes, with the words at its edges."""
    return Area(
        min(area.x0 for area in group),
        min(area.top for area in group) - _LABELS * margin,
        max(area.x1 for area in group),
        max(area.bottom for area in group) + _LABELS * margin,
    )


def figures_of(images: Sequence[Area], width: float, height: float, size: float) -> list[Area]:
    """Those of the *images* on a page that may stand beside text of *size*."""
    least = _LEAST_SIDE * size
    return [
        area
        for area in images
        if area.x1 - area.x0 >= least
        and area.bottom - area.top >= least
        and not (area.x1 - area.x0 > _MOST_OF_PAGE * width and area.bottom - area.top > _MOST_OF_PAGE * height)
    ]


def edges_beside(
    line: Line, lines: Sequence[Line], figures: Sequence[Area], left: float, right: float
) -> tuple[float, float]:
    """The edges of *line*, one of the *lines* of a column between *left* and *right*, as a figure beside it sets them."""
    for figure in figures:
        if figure.x1 <= left or figure.x0 >= right or not _beside(line, figure):
            continue
        together = [other for other in lines if _beside(other, figure)]
        margin = _MOST_MARGIN * line.size
        if line.x1 <= figure.x0 + 1 and right > figure.x0:
            right = max(figure.x0 - margin, max(other.x1 for other in together if other.x1 <= figure.x0 + 1))
        elif line.x0 >= figure.x1 - 1 and left < figure.x1:
            left = min(figure.x1 + margin, min(other.x0 for other in together if other.x0 >= figure.x1 - 1))
    return left, right


def _beside(line: Line, figure: Area) -> bool:
    return figure.top - line.size < line.middle < figure.bottom + line.size
