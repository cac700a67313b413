"""Word documents: paragraphs with their automatic numbers, tables with merged cells; headers and footers are left out."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from lxml import etree

from pipeline.readers.base import RawFile, Reader, ReaderError
from pipeline.readers.canonical.grids import MarkupCell, indent_of, place
from pipeline.readers.canonical.text import CanonicalText, Grid, clean
from pipeline.readers.canonical.unread import unread
from pipeline.readers.docx.numbering import Numbering, W
from pipeline.readers.docx.paragraphs import BREAK, FALLBACK, NOTES, TEXT_BOX, Printer
from pipeline.readers.limits import limits
from schemas.records import SourceText

if TYPE_CHECKING:
    from docx.document import Document

_ZIP: Final = b"PK\x03\x04"
_COMPOUND: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")
_MAIN_PART: Final = "word/document.xml"
_RELATIONS: Final = "_rels/.rels"
_CONTENT_TYPES: Final = "[Content_Types].xml"
_MEDIA_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_TYPES: Final = (
    "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
    *(
        f"application/vnd.ms-word.{kind}.macroEnabled{end}.main+xml"
        for kind, end in (("document", ""), ("template", "Template"))
    ),
)
"""Templates and documents with macros hold the same parts as documents."""
_WRAPPERS: Final = tuple(f"{W}{name}" for name in ("sdt", "ins", "moveTo", "customXml", "smartTag"))
_ASIDE: Final = ("center", "right", "end", "distribute")
_CHARACTER: Final = 100.0
"""Hundredths of a character in which Word gives indents,"""
_TWIPS: Final = 210.0
"""and the width of a character of 10.5 points, the usual size, in twentieths of a point."""
_BLIP: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}blip"
_IMAGE_DATA: Final = "{urn:schemas-microsoft-com:vml}imagedata"
_UNSHOWN: Final = (f"{W}del", f"{W}moveFrom", FALLBACK)
_STRICT: Final = b"purl.oclc.org/ooxml"


def _recognises(data: bytes) -> bool:
    if data.startswith(_COMPOUND):
        return _ENCRYPTED in data
    if not data.startswith(_ZIP):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
        return _CONTENT_TYPES in names and any(name.startswith("word/") for name in names)
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return _MAIN_PART.encode() in data


def _read(raw: RawFile) -> SourceText:
    if raw.data.startswith(_COMPOUND):
        raise ReaderError(raw.source_path, "encrypted", "the Word document is encrypted and needs a password")
    document = _open(raw)
    canonical = CanonicalText()
    body = _Body(document)
    tables_in_cells = 0
    for block in body.blocks():
        if isinstance(block, Grid):
            tables_in_cells += block.tables_in_cells
            canonical.table(block)
        else:
            canonical.paragraph(block)
    text, tables = canonical.finish()
    if not text.strip():
        raise ReaderError(raw.source_path, "no_text", "a Word document without text")
    problems = tuple(unread(text, body.pictures(), tables_in_cells))
    return SourceText(text, raw.source_path, raw.sha256, _MEDIA_TYPE, None, tables=tables, problems=problems)


def _open(raw: RawFile) -> Document:
    from docx.opc.exceptions import OpcError
    from docx.opc.part import PartFactory
    from docx.package import Package
    from docx.parts.document import DocumentPart

    for content_type in _TYPES:
        PartFactory.part_type_for.setdefault(content_type, DocumentPart)
    try:
        with zipfile.ZipFile(io.BytesIO(raw.data)) as archive:
            items = archive.infolist()
            strict = _STRICT in archive.read(_RELATIONS)
        size = sum(item.file_size for item in items)
        largest = max((item.file_size for item in items if item.filename.endswith((".xml", ".rels"))), default=0)
        for found, limit in ((size, limits().file_bytes), (largest, limits().part_bytes)):
            if found > limit:
                raise ReaderError(
                    raw.source_path, "unsupported", f"unpacks to {found} bytes, over the limit of {limit}"
                )
        if strict:
            raise ReaderError(
                raw.source_path, "unsupported", "a Strict Open XML document; save it as an ordinary .docx"
            )
        part = Package.open(io.BytesIO(raw.data)).main_document_part
        if not isinstance(part, DocumentPart):
            raise ReaderError(raw.source_path, "unsupported", f"no Word document but {part.content_type}")
        document: Document = part.document
        return document
    except (
        zipfile.BadZipFile,
        OpcError,
        KeyError,
        ValueError,
        AttributeError,
        NotImplementedError,
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
        self._printer = Printer()
        self._notes = _notes(document)
        self._cited: list[etree._Element] = []

    def pictures(self) -> int:
        """How many pictures the body shows."""
        shown = self._body.iter(_BLIP, _IMAGE_DATA)
        return sum(1 for item in shown if next(item.iterancestors(*_UNSHOWN), None) is None)

    def blocks(self) -> Iterator[str | Grid]:
        """Paragraphs and tables in reading order; footnotes and endnotes follow what they are noted at."""
        return self._blocks(self._body, with_notes=True)

    def _blocks(self, children: Iterable[etree._Element], with_notes: bool = False) -> Iterator[str | Grid]:
        begun = ""  # the text of paragraphs whose end was deleted: they run on
        for child in children:
            if child.tag == f"{W}p":
                text = begun + self._printer.text(child)
                begun = text if _runs_on(child) else ""
                yield from self._paragraph(child, text if not begun else "")
            elif child.tag == f"{W}tbl":
                yield from self._table(child)
            elif child.tag in _WRAPPERS and child.find(f"{W}sdtPr/{W}showingPlcHdr") is None:
                content = child.find(f"{W}sdtContent")
                yield from self._blocks(child if content is None else content)
            while with_notes and not begun and self._cited:
                yield from self._blocks(self._cited.pop(0))
        yield from (line for line in begun.split(BREAK) if line.strip())

    def _paragraph(self, paragraph: etree._Element, text: str) -> Iterator[str | Grid]:
        if not _runs_on(paragraph):
            marker = self._numbering.marker(paragraph.find(f"{W}pPr"))
            if text.strip():
                yield from (line for line in (marker + text.lstrip()).split(BREAK) if line.strip())
        for reference in paragraph.iter(*NOTES):
            note = self._notes.get((str(reference.tag), reference.get(f"{W}id") or ""))
            if note is not None and next(reference.iterancestors(f"{W}del", f"{W}moveFrom"), None) is None:
                self._cited.append(note)
        for box in _text_boxes(paragraph):
            yield from self._blocks(box)

    def _table(self, table: etree._Element) -> Iterator[str | Grid]:
        rows = [row for row in _rows(table)]
        if all(at + width <= 1 for row in rows for at, width, _ in _places(row)):
            # A frame around paragraphs and tables.
            yield from (block for row in rows for _, _, cell in _places(row) for block in self._blocks(cell))
            return
        spans = _row_spans(rows)
        cells = []
        header_rows = 0
        for index, row in enumerate(rows):
            repeats = row.find(f"{W}trPr/{W}tblHeader")
            if repeats is not None and header_rows == index:
                header_rows += 1
            cells.append(
                [
                    MarkupCell(self._cell_text(cell), spans.get((index, at), 1), width, _indent_of(cell))
                    for at, width, cell in _places(row)
                    if not _goes_on(cell)
                ]
            )
        grid = place(cells, header_rows or None)
        if grid.n_columns >= 2:
            yield replace(grid, tables_in_cells=sum(1 for _ in table.iterdescendants(f"{W}tbl")))
            return
        for cell in grid.cells:
            yield from (line for line in cell.text.split(BREAK) if line.strip())

    def _cell_text(self, cell: etree._Element) -> str:
        lines = [
            block if isinstance(block, str) else " ".join(clean(item.text) for item in block.cells)
            for block in self._blocks(cell)
        ]
        return BREAK.join(lines)


def _indent_of(cell: etree._Element) -> int:
    """How far the first paragraph of a cell stands in, in half the width of a character; a centred one does not."""
    paragraph = cell.find(f"{W}p")
    if paragraph is None or ((align := paragraph.find(f"{W}pPr/{W}jc")) is not None and align.get(f"{W}val") in _ASIDE):
        return 0
    drawn = "".join(text.text or "" for text in paragraph.iter(f"{W}t"))
    indent = indent_of(drawn) + sum(char == " " for char in drawn[: len(drawn) - len(drawn.lstrip())])
    given = paragraph.find(f"{W}pPr/{W}ind")
    for name in ("left", "firstLine") if given is not None else ():
        chars, twips = given.get(f"{W}{name}Chars"), given.get(f"{W}{name}")
        share = (chars, _CHARACTER) if chars else (twips, _TWIPS)
        indent += round(2 * int(share[0]) / share[1]) if share[0] and share[0].isdecimal() else 0
    return indent


def _part(document: Document, name: str) -> etree._Element | None:
    """The root element of the part that the document relates to by *name*, without making one."""
    for relation in document.part.rels.values():
        if relation.reltype.endswith(f"/{name}") and not relation.is_external:
            return relation.target_part.element
    return None


def _notes(document: Document) -> dict[tuple[str, str], etree._Element]:
    """Footnotes and endnotes by the tag that refers to them and their number, without the lines that part them."""
    from docx.oxml.parser import parse_xml

    notes = {}
    for relation in document.part.rels.values():
        for kind, tag in zip(("footnote", "endnote"), NOTES, strict=True):
            if relation.reltype.endswith(f"/{kind}s") and not relation.is_external:
                for note in parse_xml(relation.target_part.blob).iterfind(f"{W}{kind}"):
                    if note.get(f"{W}type") in (None, "normal"):
                        notes[tag, note.get(f"{W}id") or ""] = note
    return notes


def _runs_on(paragraph: etree._Element) -> bool:
    """Whether a tracked change deleted the end of the paragraph."""
    mark = paragraph.find(f"{W}pPr/{W}rPr")
    return mark is not None and (mark.find(f"{W}del") is not None or mark.find(f"{W}moveFrom") is not None)


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    for child in table.iterchildren():
        if child.tag == f"{W}tr":
            properties = child.find(f"{W}trPr")
            if properties is None or all(properties.find(f"{W}{name}") is None for name in ("del", "hidden")):
                yield child
        elif child.tag in _WRAPPERS:
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


def _text_boxes(paragraph: etree._Element) -> Iterator[etree._Element]:
    for box in paragraph.iter(TEXT_BOX):
        ancestors = list(box.iterancestors(FALLBACK, TEXT_BOX, f"{W}p"))
        nearest = next((item for item in ancestors if item.tag == f"{W}p"), None)
        if nearest is paragraph and not any(item.tag == FALLBACK for item in ancestors):
            yield box


READER: Final = Reader("docx", _recognises, _read)
