"""Pages → canonical text: furniture out, columns in order, paragraphs and tables whole."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from pipeline.readers.base import RawFile
from pipeline.readers.canonical.text import CanonicalText, clean
from pipeline.readers.page.columns import Flow, Gutter, TableBlock, find_gutter, reading_order
from pipeline.readers.page.completeness import count_printed, lost_text
from pipeline.readers.page.content import Area, Glyph, Line, Method, PageContent
from pipeline.readers.page.figures import drawn_figures, edges_beside, figures_of, words_in_figures
from pipeline.readers.page.furniture import find_furniture
from pipeline.readers.page.glyphs import read_glyphs
from pipeline.readers.page.lines import build_lines, build_rows, cut_rows
from pipeline.readers.page.paragraphs import Placed, glue, join_paragraphs, line_distances, pitch_of, usual_of
from pipeline.readers.page.quality import text_quality
from pipeline.readers.page.tables.columns import match_columns
from pipeline.readers.page.tables.fused import holds_fused
from pipeline.readers.page.tables.lattice import Lattice, find_lattices
from pipeline.readers.page.tables.open import find_open_tables
from pipeline.readers.page.tables.ruled import LongTable, PageTable, begin, extend, fill, goes_on
from pipeline.readers.page.tables.stacked import part_rows
from pipeline.readers.page.tables.unruled import find_unruled_tables
from schemas.records import Box, Furniture, Page, Problem, SourceText

_TALLEST_FRAME: Final = 0.97

_DRAWN: Final = "the words of a drawn figure with text beside it are set apart from the text"


@dataclass(slots=True)
class PageLayout:
    """A page as lines and tables; small enough to keep those of a long file."""

    number: int
    width: float
    height: float
    rotation: int
    method: Method
    quality: float | None
    confidence: float | None
    fault: str | None
    lines: list[Line]
    lattices: list[Lattice]
    tables: list[PageTable]
    aside: list[Line] = field(default_factory=list)
    has_picture: bool = False
    doubtful: list[Area] = field(default_factory=list)
    """Rows of tables that seem to hold several printed rows."""
    printed: Counter[str] = field(default_factory=Counter)
    doubts: list[str] = field(default_factory=list)
    images: list[Area] = field(default_factory=list)
    parts: list[tuple[Lattice, PageTable]] = field(default_factory=list)
    """Rows at the page's edge that are of a table without lines where the page beside it has one."""
    loose: int = 0
    """Groups of rows that stand in columns without lines and could not be settled as a table."""
    wants_ocr: bool = False
    """Whether the page shows something that its text layer does not tell."""


def lay_out(content: PageContent) -> PageLayout:
    """The lines and ruled tables of one page."""
    glyphs = read_glyphs(content)
    upright = [g for g in glyphs if g.turn == 0]
    lattices = find_lattices(content.rules, Area(0, 0, content.width, content.height)) if content.rules else []
    tables: list[PageTable] = []
    kept: list[Lattice] = []
    outside = upright
    doubtful: list[Area] = []
    for found in lattices:
        parted = part_rows(found, outside)
        lattice = parted.lattice
        doubtful += [found.area._replace(top=found.ys[row], bottom=found.ys[row + 1]) for row in parted.doubtful]
        table, rest = fill(lattice, outside, content.number)
        if _is_table(table):
            tables.append(table)
            kept.append(lattice)
            outside = rest
    figures = drawn_figures(content, outside, [item.area for item in kept])
    outside, drawn = words_in_figures(outside, figures)
    rows = build_rows(outside)
    for lattice in find_open_tables(content.rules, rows, [item.area for item in kept]):
        table, rest = fill(lattice, outside, content.number)
        if _is_table(table):
            tables.append(table)
            kept.append(lattice)
            outside, rows = rest, build_rows(rest)
            if lattice.doubtful or holds_fused(table.cells):
                doubtful.append(lattice.area)
    unruled = find_unruled_tables(rows, [item.area for item in kept])
    for lattice in unruled.tables:
        table, outside = fill(lattice, outside, content.number)
        tables.append(table)
        kept.append(lattice)
    lines = cut_rows(build_rows(outside) if unruled.tables else rows)
    parts = [(lattice, fill(lattice, outside, content.number)[0]) for lattice in unruled.parts]
    aside = [g for g in glyphs if g.turn != 0]
    labels = build_lines(drawn)
    doubts = [*content.doubts, *([_DRAWN] if labels else [])]
    quality = content.quality
    if quality is None and content.method == "text":
        quality = text_quality("".join(g.text for g in glyphs))
    return PageLayout(
        content.number, content.width, content.height, content.rotation, content.method, quality, content.confidence,
        content.fault, lines, kept, tables, [*_aside(aside), *labels], bool(content.images or content.drawn > 200), doubtful, count_printed(g.text for g in glyphs), doubts,
        [*content.images, *figures], parts, len(unruled.doubtful),
    )  # fmt: skip


def _is_table(table: PageTable) -> bool:
    """Whether the grid holds a table and not a page in frames: some text, not all in one cell of two columns or one."""
    filled = sum(bool(cell.text) for cell in table.cells)
    return filled >= 2 or (filled == 1 and table.ruled and len(table.xs) > 3)


def _aside(glyphs: Sequence[Glyph]) -> list[Line]:
    """Text that stands askew (watermarks, stamps), as one line for each direction."""
    lines = []
    for turn in sorted({g.turn for g in glyphs}):
        run = [g for g in glyphs if g.turn == turn]
        text = clean("".join(g.text for g in run))
        if text:
            box = min(g.x0 for g in run), min(g.top for g in run), max(g.x1 for g in run), max(g.bottom for g in run)
            lines.append(Line(text, *box, run[0].size))
    return lines


def assemble(
    raw: RawFile, layouts: Sequence[PageLayout], media_type: str, problems: Iterable[Problem] = ()
) -> SourceText:
    """The pages of a file as its canonical text."""
    _join_parts(layouts)
    found = find_furniture([(page.height, page.lines) for page in layouts])
    if all(len(chosen) == len(page.lines) and not page.tables for page, chosen in zip(layouts, found, strict=True)):
        found = [set() for _ in layouts]  # pages that are alike throughout have a text all the same
    furniture: list[Furniture] = []
    kept: list[list[Line]] = []
    for page, chosen in zip(layouts, found, strict=True):
        furniture += [_furniture(page.lines[i], page.number) for i in sorted(chosen, key=lambda i: page.lines[i].top)]
        furniture += [_furniture(line, page.number) for line in page.aside]
        kept.append([line for i, line in enumerate(page.lines) if i not in chosen])
    gutters = _usual_gutters(layouts, kept)
    pages = [
        (page, reading_order(lines, page.lattices, gutters.get(round(page.width))))
        for page, lines in zip(layouts, kept, strict=True)
    ]
    canonical = CanonicalText()
    for repeated in _write(canonical, pages):
        furniture.append(repeated)
    furniture.sort(key=lambda item: (item.box.page, item.box.top, item.box.x0))
    text, tables = canonical.finish()
    whole = [(page.number, page.printed) for page in layouts if not page.fault]
    noted = [problem for page in layouts for problem in _doubts(page)]
    problems = [*problems, *noted, *lost_text(whole, text, furniture)]
    spans = canonical.page_spans(len(layouts))
    records = tuple(
        Page(
            page.number,
            span,
            round(page.width, 2),
            round(page.height, 2),
            page.rotation,
            page.method,
            page.quality,
            page.confidence,
        )
        for page, span in zip(layouts, spans, strict=True)
    )
    noticed = [
        replace(problem, span=records[problem.page - 1].span) if problem.page else problem for problem in problems
    ]
    return SourceText(
        text, raw.source_path, raw.sha256, media_type, None, records, tables, tuple(furniture), problems=tuple(noticed)
    )


def _join_parts(layouts: Sequence[PageLayout]) -> None:
    """Make tables of the rows at a page's edge that go on a table without lines, or that one goes on."""
    for upper, lower in itertools.pairwise(layouts):
        for lattice, part in lower.parts:
            if upper.tables and goes_on(begin(upper.tables[-1]), part):
                _take_part(lower, lattice, part, 0)
                break
        for lattice, part in upper.parts:
            if lower.tables and goes_on(begin(part), lower.tables[0]):
                _take_part(upper, lattice, part, len(upper.tables))


def _take_part(page: PageLayout, lattice: Lattice, part: PageTable, place: int) -> None:
    area = lattice.area
    page.lines = [line for line in page.lines if not area.top <= line.middle <= area.bottom]
    page.tables.insert(place, part)
    page.lattices.insert(place, lattice)
    page.parts = []


def _doubts(layout: PageLayout) -> list[Problem]:
    message = f"page {layout.number}: a ruled row seems to hold several printed rows that could not be told apart"
    rows = [Problem("table_shape", "warning", message, None, layout.number) for _ in layout.doubtful]
    message = f"page {layout.number}: rows stand in columns without lines and could not be settled as a table"
    rows += [Problem("table_shape", "warning", message, None, layout.number)] * layout.loose
    doubts = (f"page {layout.number}: {doubt}" for doubt in layout.doubts)
    return [*rows, *(Problem("page_quality", "warning", doubt, None, layout.number) for doubt in doubts)]


def _usual_gutters(layouts: Sequence[PageLayout], lines: Sequence[Sequence[Line]]) -> dict[int, Gutter]:
    """The gutter that most pages in columns have, by page width."""
    found: dict[int, Counter[tuple[int, int, int]]] = {}
    for page, kept in zip(layouts, lines, strict=True):
        gutter = find_gutter(kept, page.lattices)
        if gutter is not None:
            found.setdefault(round(page.width), Counter())[
                round(gutter.start), round(gutter.place), round(gutter.end)
            ] += 1
    return {
        width: Gutter(*max(counter.items(), key=lambda item: (item[1], item[0]))[0]) for width, counter in found.items()
    }


def _furniture(line: Line, page: int) -> Furniture:
    return Furniture(
        line.text, Box(page, round(line.x0, 2), round(line.top, 2), round(line.x1, 2), round(line.bottom, 2))
    )


def _write(canonical: CanonicalText, pages: Sequence[tuple[PageLayout, list[Flow]]]) -> Iterator[Furniture]:
    """Put down the text of all pages; yields the repeated heads of tables that were left out."""
    frames = _Frames(pages)
    pending: list[Placed] = []
    table: LongTable | None = None
    flow_number = table_flow = 0
    pitches = _usual_pitches(pages)

    def flush_lines() -> None:
        for paragraph in join_paragraphs(pending):
            canonical.pieces(_pieces(paragraph))
        pending.clear()

    def flush_table() -> Iterator[Furniture]:
        nonlocal table
        if table is not None:
            canonical.table(*table.grid())
            for text, page, area in table.dropped:
                yield _furniture(Line(text, *area, 0.0), page)
            table = None

    for page, flows in pages:
        for flow in flows:
            flow_number += 1
            left, right = frames.edges(page, flow)
            lines = [item for item in flow.items if isinstance(item, Line)]
            pitch = pitch_of(lines, pitches.get(round(lines[0].size)) if lines else None)
            figures = figures_of(page.images, page.width, page.height, lines[0].size) if lines and page.images else []
            for item in flow.items:
                if isinstance(item, TableBlock):
                    following = page.tables[item.index]
                    if table is not None:
                        following = match_columns(table, following)
                    if table is not None and table_flow != flow_number and goes_on(table, following):
                        extend(table, following)
                        table_flow = flow_number
                        continue
                    yield from flush_table()
                    flush_lines()
                    table, table_flow = begin(following), flow_number
                else:
                    yield from flush_table()
                    edges = edges_beside(item, lines, figures, left, right)
                    pending.append(Placed(item, page.number, flow_number, *edges, pitch))
    yield from flush_table()
    flush_lines()


def _usual_pitches(pages: Sequence[tuple[PageLayout, list[Flow]]]) -> dict[int, float]:
    """The usual distance between lines over the whole file, by the size of their type."""
    found: dict[int, list[float]] = {}
    for _, flows in pages:
        for flow in flows:
            lines = [item for item in flow.items if isinstance(item, Line)]
            if lines:
                found.setdefault(round(lines[0].size), []).extend(line_distances(lines))
    return {size: middle for size, distances in found.items() if (middle := usual_of(distances)) is not None}


def _pieces(paragraph: Sequence[Placed]) -> list[tuple[int | None, str]]:
    """The paragraph's text by pages."""
    pieces: list[tuple[int | None, str]] = []
    before: Placed | None = None
    for placed in paragraph:
        text = placed.line.text
        if before is not None:
            blank = glue(before.line.text, text, before.line.blank_end)
            if pieces[-1][0] == placed.page:
                pieces[-1] = (placed.page, pieces[-1][1] + blank + text)
                before = placed
                continue
            pieces[-1] = (pieces[-1][0], pieces[-1][1] + blank)
        pieces.append((placed.page, text))
        before = placed
    return pieces


class _Frames:
    """The edges of the columns over the whole file, for pages that hold too few lines to show their own."""

    def __init__(self, pages: Sequence[tuple[PageLayout, list[Flow]]]) -> None:
        votes: dict[tuple[int, int, int], Counter[tuple[int, int]]] = {}
        for page, flows in pages:
            for flow in flows:
                lines = sum(isinstance(item, Line) for item in flow.items)
                if lines > 3:
                    votes.setdefault(self._key(page, flow), Counter())[round(flow.left), round(flow.right)] += lines
        self._usual = {
            key: max(counter.items(), key=lambda item: (item[1], item[0]))[0] for key, counter in votes.items()
        }

    @staticmethod
    def _key(page: PageLayout, flow: Flow) -> tuple[int, int, int]:
        return flow.key, page.number % 2, round(page.width)

    def edges(self, page: PageLayout, flow: Flow) -> tuple[float, float]:
        """Left and right edge of the flow's column: its own, widened to the usual ones where it is narrower."""
        usual = self._usual.get(self._key(page, flow))
        if usual is None:
            return flow.left, flow.right
        size = next((item.size for item in flow.items if isinstance(item, Line)), 12.0)
        left = float(usual[0]) if 0.8 < flow.left - usual[0] < 3.5 * size else flow.left
        right = float(usual[1]) if usual[1] - flow.right > 0.8 else flow.right
        return left, right
