"""Word documents: paragraphs with their automatic numbers, tables with merged cells; headers and footers are left out."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from lxml import etree

from pipeline.readers.base import RawFile, Reader, ReaderError
from pipeline.readers.canonical import CanonicalText, Grid, clean
from pipeline.readers.docx_numbering import BULLETS, Numbering, W
from pipeline.readers.grids import MarkupCell, place
from pipeline.readers.limits import limits
from schemas.records import SourceText

if TYPE_CHECKING:
    from docx.document import Document

_ZIP: Final = b"PK\x03\x04"
_COMPOUND: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")
_MAIN_PART: Final = "word/document.xml"
_MEDIA_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_SKIPPED: Final = frozenset(
    f"{W}{name}"
    for name in ("del", "moveFrom", "instrText", "pPr", "rPr", "delText", "footnoteReference", "endnoteReference")
)
_FALLBACK: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_TEXT_BOX: Final = f"{W}txbxContent"
_BREAK: Final = "\n"


def _recognises(data: bytes) -> bool:
    if data.startswith(_COMPOUND):
        return _ENCRYPTED in data
    if not data.startswith(_ZIP):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _MAIN_PART in archive.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return _MAIN_PART.encode() in data


def _read(raw: RawFile) -> SourceText:
    if raw.data.startswith(_COMPOUND):
        raise ReaderError(raw.source_path, "encrypted", "the Word document is encrypted and needs a password")
    document = _open(raw)
    canonical = CanonicalText()
    for block in _Body(document).blocks():
        if isinstance(block, Grid):
            canonical.table(block)
        else:
            canonical.paragraph(block)
    text, tables = canonical.finish()
    if not text.strip():
        raise ReaderError(raw.source_path, "no_text", "a Word document without text")
    return SourceText(text, raw.source_path, raw.sha256, _MEDIA_TYPE, None, tables=tables)


def _open(raw: RawFile) -> Document:
    from docx import Document as open_document
    from docx.opc.exceptions import OpcError

    try:
        with zipfile.ZipFile(io.BytesIO(raw.data)) as archive:
            items = archive.infolist()
        size = sum(item.file_size for item in items)
        part = max((item.file_size for item in items if item.filename.endswith((".xml", ".rels"))), default=0)
        for found, limit in ((size, limits().file_bytes), (part, limits().part_bytes)):
            if found > limit:
                raise ReaderError(
                    raw.source_path, "unsupported", f"unpacks to {found} bytes, over the limit of {limit}"
                )
        return open_document(io.BytesIO(raw.data))
    except (
        zipfile.BadZipFile,
        OpcError,
        KeyError,
        ValueError,
        etree.XMLSyntaxError,
        EOFError,
        zlib.error,
    ) as error:
        raise ReaderError(raw.source_path, "damaged", f"the Word document is damaged: {error}") from error


class _Body:
    """One pass over the document's body; numbers are counted in reading order."""

    def __init__(self, document: Document) -> None:
        self._body = document.element.body
        self._numbering = Numbering(_part(document, "numbering"), document.styles.element)

    def blocks(self) -> Iterator[str | Grid]:
        """Paragraphs and tables in reading order."""
        return self._blocks(self._body)

    def _blocks(self, parent: etree._Element) -> Iterator[str | Grid]:
        for child in parent.iterchildren():
            if child.tag == f"{W}p":
                yield from self._paragraph(child)
            elif child.tag == f"{W}tbl":
                yield from self._table(child)
            elif child.tag in (f"{W}sdt", f"{W}ins", f"{W}customXml", f"{W}smartTag"):
                content = child.find(f"{W}sdtContent")
                yield from self._blocks(child if content is None else content)

    def _paragraph(self, paragraph: etree._Element) -> Iterator[str | Grid]:
        text = "".join(_run_texts(paragraph))
        if text.strip():
            marker = self._numbering.marker(paragraph.find(f"{W}pPr"))
            yield from (line for line in (marker + text.lstrip()).split(_BREAK) if line.strip())
        for box in _text_boxes(paragraph):
            yield from self._blocks(box)

    def _table(self, table: etree._Element) -> Iterator[str | Grid]:
        rows = [row for row in _rows(table)]
        spans = _row_spans(rows)
        cells = []
        header_rows = 0
        for index, row in enumerate(rows):
            repeats = row.find(f"{W}trPr/{W}tblHeader")
            if repeats is not None and header_rows == index:
                header_rows += 1
            cells.append(
                [
                    MarkupCell(self._cell_text(cell), spans.get((index, at), 1), width)
                    for at, width, cell in _places(row)
                    if not _goes_on(cell)
                ]
            )
        grid = place(cells, header_rows or None)
        if grid.n_columns >= 2:
            yield grid
            return
        for cell in grid.cells:
            yield from (line for line in cell.text.split(_BREAK) if line.strip())

    def _cell_text(self, cell: etree._Element) -> str:
        lines = [
            block if isinstance(block, str) else " ".join(clean(item.text) for item in block.cells)
            for block in self._blocks(cell)
        ]
        return _BREAK.join(lines)


def _part(document: Document, name: str) -> etree._Element | None:
    """The root element of the part that the document relates to by *name*, without making one."""
    for relation in document.part.rels.values():
        if relation.reltype.endswith(f"/{name}") and not relation.is_external:
            return relation.target_part.element
    return None


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    for child in table.iterchildren():
        if child.tag == f"{W}tr":
            yield child
        elif child.tag in (f"{W}sdt", f"{W}ins", f"{W}customXml"):
            content = child.find(f"{W}sdtContent")
            yield from _rows(child if content is None else content)


def _places(row: etree._Element) -> Iterator[tuple[int, int, etree._Element]]:
    """(column, column span, cell) of the cells of a row, the columns that it leaves out before them counted."""
    before = row.find(f"{W}trPr/{W}gridBefore")
    column = _value(before, 0)
    for cell in row.iter(f"{W}tc"):
        if next(cell.iterancestors(f"{W}tr")) is not row:
            continue
        width = _value(cell.find(f"{W}tcPr/{W}gridSpan"), 1)
        yield column, width, cell
        column += width


def _goes_on(cell: etree._Element) -> bool:
    merge = cell.find(f"{W}tcPr/{W}vMerge")
    return merge is not None and merge.get(f"{W}val") != "restart"


def _row_spans(rows: list[etree._Element]) -> dict[tuple[int, int], int]:
    """How many rows the cell takes that begins at (row, column)."""
    spans: dict[tuple[int, int], int] = {}
    owners: dict[int, tuple[int, int]] = {}
    for index, row in enumerate(rows):
        present = set()
        for column, _, cell in _places(row):
            present.add(column)
            if _goes_on(cell) and column in owners:
                spans[owners[column]] += 1
            else:
                owners[column] = (index, column)
                spans[index, column] = 1
        owners = {column: owner for column, owner in owners.items() if column in present}
    return spans


def _value(element: etree._Element | None, default: int) -> int:
    text = "" if element is None else element.get(f"{W}val") or ""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 5 else default


def _run_texts(element: etree._Element) -> Iterator[str]:
    """The printed text below *element*, breaks as line feeds; deleted and hidden text and text boxes are left out."""
    for child in element.iterchildren():
        tag = child.tag
        if tag == f"{W}t":
            yield (child.text or "").replace("\n", " ")
        elif tag == f"{W}tab" or tag == f"{W}ptab":
            yield " "
        elif tag == f"{W}br":
            yield _BREAK if child.get(f"{W}type") in (None, "textWrapping") else ""
        elif tag == f"{W}cr":
            yield _BREAK
        elif tag == f"{W}noBreakHyphen":
            yield "-"
        elif tag == f"{W}sym":
            yield _symbol(child.get(f"{W}char"))
        elif (
            tag in _SKIPPED
            or tag in (_FALLBACK, _TEXT_BOX)
            or not isinstance(tag, str)
            or (tag == f"{W}r" and _is_hidden(child))
        ):
            continue
        else:
            yield from _run_texts(child)


def _is_hidden(run: etree._Element) -> bool:
    hidden = run.find(f"{W}rPr/{W}vanish")
    return hidden is not None and hidden.get(f"{W}val") not in ("0", "false")


def _symbol(code: str | None) -> str:
    try:
        char = chr(int(code or "", 16))
    except (ValueError, OverflowError):
        return ""
    return BULLETS.get(char, char)


def _text_boxes(paragraph: etree._Element) -> Iterator[etree._Element]:
    for box in paragraph.iter(_TEXT_BOX):
        ancestors = list(box.iterancestors(_FALLBACK, _TEXT_BOX, f"{W}p"))
        nearest = next((item for item in ancestors if item.tag == f"{W}p"), None)
        if nearest is paragraph and not any(item.tag == _FALLBACK for item in ancestors):
            yield box


READER: Final = Reader("docx", _recognises, _read)
