"""The blocks of an HTML element in reading order: paragraphs as text, tables as grids."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from lxml.html import HtmlElement

from pipeline.readers.canonical.grids import MarkupCell, indent_of, place
from pipeline.readers.canonical.list_numbers import format_number
from pipeline.readers.canonical.symbols import raised
from pipeline.readers.canonical.text import Grid
from pipeline.readers.rules import pattern

SKIPPED: Final = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "iframe",
        "object",
        "embed",
        "svg",
        "head",
        "nav",
        "aside",
        "form",
        "button",
        "select",
        "input",
        "textarea",
        "video",
        "audio",
        "canvas",
        "del",
        "s",
        "strike",
    ]
)
_BLOCKS: Final = frozenset(
    [
        "address",
        "article",
        "blockquote",
        "body",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hgroup",
        "hr",
        "li",
        "main",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
        "caption",
    ]
)
_HAN: Final = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f“”‘’…—"
_WRAPPED: Final = re.compile(rf"(?<=[{_HAN}])[ \t]*[\r\n]\s*(?=[{_HAN}])")
"""A line break of the markup between two Chinese characters: a browser shows a blank that nobody printed."""
_WHITE: Final = re.compile(r"[ \t\r\n\f]+")
_HIDDEN: Final = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|(?:font-size|opacity)\s*:\s*0(?:px|pt|em|%)?\s*(?:;|$)", re.IGNORECASE
)
_NO_MARKER: Final = re.compile(r"list-style(?:-type)?\s*:[^;]*none", re.IGNORECASE)
_LIST_STYLE: Final = re.compile(r"list-style(?:-type)?\s*:\s*(?:(?:inside|outside)\s+)?([\w-]+)", re.IGNORECASE)
_LIST_STYLES: Final = {
    "a": ("lowerLetter", "."), "A": ("upperLetter", "."), "i": ("lowerRoman", "."), "I": ("upperRoman", "."),
    "lower-alpha": ("lowerLetter", "."), "upper-alpha": ("upperLetter", "."), "lower-latin": ("lowerLetter", "."),
    "upper-latin": ("upperLetter", "."), "lower-roman": ("lowerRoman", "."), "upper-roman": ("upperRoman", "."),
    "decimal-leading-zero": ("decimalZero", "."), "cjk-ideographic": ("chineseCounting", "、"),
    "simp-chinese-informal": ("chineseCounting", "、"), "simp-chinese-formal": ("chineseLegalSimplified", "、"),
    "cjk-decimal": ("ideographDigital", "、"), "cjk-heavenly-stem": ("ideographTraditional", "、"),
    "cjk-earthly-branch": ("ideographZodiac", "、"),
}  # fmt: skip
"""Counter styles by the attribute ``type`` or by name (CSS Counter Styles 3), with what they end on."""
_DATED: Final = pattern("page.dated")
_LAYOUT_CELL: Final = 300
_PROSE_CELL: Final = 40
_MOSTLY: Final = 0.6
_NESTED_CELL: Final = 200
"""Tables within tables lay out the page, but for those whose cells are all as short as this."""


def blocks(element: HtmlElement, deepest: int) -> Iterator[str | Grid]:
    """Paragraphs and tables of *element* in order; below *deepest* levels markup is read as its text alone."""
    walk = _Walk(deepest)
    walk.visit(element, 0)
    walk.flush()
    return iter(walk.done)


def is_hidden(element: HtmlElement) -> bool:
    """Whether the page does not show the element."""
    return element.get("hidden") is not None or bool(_HIDDEN.search(element.get("style") or ""))


def plain(element: HtmlElement) -> str:
    """The text of *element* as one line."""
    return " ".join(block if isinstance(block, str) else _flat(block) for block in blocks(element, 50))


def _flat(grid: Grid) -> str:
    return " ".join(cell.text for cell in grid.cells if cell.text)


class _Walk:
    """One pass over the markup; inline text gathers until a block ends it."""

    def __init__(self, deepest: int) -> None:
        self.deepest = deepest
        self.done: list[str | Grid] = []
        self._inline: list[str] = []
        self._counted: dict[HtmlElement, int] = {}

    def flush(self) -> None:
        text = "".join(self._inline)
        self._inline = []
        text = _WHITE.sub(" ", _WRAPPED.sub("", text)).replace("\xa0", " ").strip(" \u3000\u2002\u2003")
        if text:
            self.done.append(text)

    def visit(self, element: HtmlElement, depth: int) -> None:
        tag = element.tag
        if not isinstance(tag, str) or tag in SKIPPED or is_hidden(element):
            return
        if depth >= self.deepest:
            self._inline.append(element.text_content())
            return
        if tag == "table":
            grid = read_table(element)
            if grid is not None:
                self.flush()
                for caption in element.iterchildren("caption"):
                    self.visit(caption, depth + 1)
                self.done.append(grid)
                return
        if tag == "br":
            self.flush()
            return
        block = tag in _BLOCKS
        if block:
            self.flush()
        if tag == "li":
            self._inline.append(self._list_marker(element))
        if tag == "pre":
            self._preformatted(element)
            return
        if tag == "sup" and (text := element.text_content().strip()).isdigit():
            self._inline.append(raised(text))
            return
        self._inline.append(element.text or "")
        for child in element:
            self.visit(child, depth + 1)
            self._inline.append(child.tail or "")
        if block:
            self.flush()

    def _list_marker(self, item: HtmlElement) -> str:
        """The number that a browser prints before an item of an ordered list, counted on."""
        parent = item.getparent()
        if parent is None or parent.tag != "ol":
            return ""
        before = self._counted.get(parent, _number(parent.get("start"), 1) - 1)
        number = self._counted[parent] = _number(item.get("value"), before + 1)
        style = _list_style(item, parent)
        return f"{format_number(number, style[0])}{style[1]}" if style else ""

    def _preformatted(self, element: HtmlElement) -> None:
        for line in element.text_content().splitlines():
            self._inline.append(line)
            self.flush()


def _list_style(item: HtmlElement, parent: HtmlElement) -> tuple[str, str] | None:
    """Number format and end of the numbers of an ordered list; ``None`` where it shows none."""
    style = f"{parent.get('style') or ''};{item.get('style') or ''}"
    if _NO_MARKER.search(style):
        return None
    chosen = _LIST_STYLE.findall(style)
    return _LIST_STYLES.get(chosen[-1].lower() if chosen else parent.get("type") or "", ("decimal", "."))


def read_table(table: HtmlElement) -> Grid | None:
    """The grid of a data table; ``None`` where the table only lays out the page."""
    nested = any(True for _ in table.iterdescendants("table"))
    rows = [
        row for row in table.iterdescendants("tr") if not is_hidden(row) and next(row.iterancestors("table")) is table
    ]
    if not rows or (nested and any(len(cell.text_content()) > _NESTED_CELL for row in rows for cell in row)):
        return None
    if _lays_out_text(rows) or _labels_document(rows):
        return None
    cells: list[list[MarkupCell]] = []
    header_rows = 0
    for row in rows:
        found = [cell for cell in row if cell.tag in ("td", "th") and not is_hidden(cell)]
        cells.append([_cell(cell) for cell in found])
        parent = row.getparent()
        headed = (parent is not None and parent.tag == "thead") or (found and all(cell.tag == "th" for cell in found))
        if headed and header_rows == len(cells) - 1:
            header_rows += 1
    inner = sum(1 for row in rows for cell in row for _ in cell.iterdescendants("table"))
    grid = replace(place(cells, header_rows or None), tables_in_cells=inner)
    if grid.n_columns < 2 or (nested and grid.n_rows < 2):
        return None
    if grid.n_rows < 2 and any(len(cell.text) > _LAYOUT_CELL for cell in grid.cells):
        return None
    return grid


def _lays_out_text(rows: Sequence[HtmlElement]) -> bool:
    """Whether the rows hold a text and no data: most of it is prose in cells that are alone in their row.

    Old sites set the date and number of a document in a cell at the right of its title, and its text below both.
    """
    alone = total = 0
    for row in rows:
        cells = [cell for cell in row if cell.tag in ("td", "th")]
        if any(cell.tag == "th" for cell in cells):
            return False
        texts = ["".join(cell.text_content().split()) for cell in cells]
        total += sum(map(len, texts))
        filled = [text for text in texts if text]
        if len(filled) == 1 and len(filled[0]) >= _PROSE_CELL and any(mark in filled[0] for mark in "。；："):
            alone += len(filled[0])
    return alone >= _MOSTLY * total > 0


def _labels_document(rows: Sequence[HtmlElement]) -> bool:
    """Whether the one row holds a title and beside it the date or number of the document."""
    texts = ["".join(cell.text_content().split()) for row in rows for cell in row if cell.tag == "td"]
    filled = [text for text in texts if text]
    return len(rows) == 1 and len(filled) == 2 and len(filled[1]) <= _PROSE_CELL and bool(_DATED.search(filled[1]))


def _cell(cell: HtmlElement) -> MarkupCell:
    walk = _Walk(50)
    walk._inline.append(cell.text or "")
    for child in cell:
        walk.visit(child, 1)
        walk._inline.append(child.tail or "")
    walk.flush()
    text = " ".join(block if isinstance(block, str) else _flat(block) for block in walk.done)
    indent = indent_of(cell.text_content())
    return MarkupCell(text, _number(cell.get("rowspan"), 1), _number(cell.get("colspan"), 1), indent)


def _number(value: str | None, default: int) -> int:
    match = re.match(r"\s*(\d{1,5})", value or "")
    return int(match[1]) if match else default
