"""The frozen records that walk the line: file → SourceText → Issue → Document → Clause and Table.

Records of the *structure* of an issue stand here; the rows that extractors make of it stand in
:mod:`schemas.rows`. Offsets are Python character offsets into ``SourceText.text``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, Literal

from schemas.making import quickly_made
from schemas.spans import Reading, Span

LISTED_TITLE = "ArticleTitle"
LISTED_DAY = "ListingDate"
"""Labels, among the metadata of a source, of the title and the day (ISO format) that a listing states of it."""

PART: Final = 250_000
"""Characters: documents that follow one another are taken together until they have so many, so that a large issue costs no
more memory at once than such a part of it. Most issues are one part."""

Severity = Literal["info", "warning", "error"]
AreaLevel = Literal["nation", "province", "prefecture", "county", "township"]


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that a reader, segmenter or extractor noticed and could not settle.

    ``category`` is a stable slug (``numbering_gap``, ``contents_entry_without_document`` …), listed in
    :data:`schemas.fields.PROBLEM_CATEGORIES`.
    """

    category: str
    severity: Severity
    message: str
    span: Span | None = None
    page: int | None = None
    document_id: str | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a paged source; sizes in points (1/72 inch), rotation in degrees clockwise."""

    number: int
    span: Span
    width: float | None = None
    height: float | None = None
    rotation: int = 0
    method: Literal["text", "ocr"] = "text"
    text_quality: float | None = None
    ocr_confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page, in points from the page's top left corner."""

    page: int
    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Furniture:
    """A running head, page number or the like that a paged reader kept out of the reading text."""

    text: str
    box: Box


@dataclass(frozen=True, slots=True)
class SourceCell:
    """A table cell that a reader found; ``span`` is its stretch of the canonical text."""

    row: int
    column: int
    row_span: int
    column_span: int
    span: Span


@dataclass(frozen=True, slots=True)
class SourceTable:
    """A table that a reader of a structured format found (text sources have none)."""

    span: Span
    n_rows: int
    n_columns: int
    cells: tuple[SourceCell, ...]
    header_rows: int | None = None


@dataclass(frozen=True, slots=True)
class SourceText:
    """What a reader makes of a file: the canonical text and where its parts came from.

    ``source_path`` is relative to the folder given on the command line (never absolute);
    ``encoding`` names the decoding of a text file (``utf-8``, ``utf-8-sig``, ``gb18030``,
    ``utf-16-le`` …) and is ``None`` for other formats.
    """

    text: str
    source_path: str
    source_sha256: str
    media_type: str = "text/plain"
    encoding: str | None = "utf-8"
    pages: tuple[Page, ...] = ()
    tables: tuple[SourceTable, ...] = ()
    furniture: tuple[Furniture, ...] = ()
    metadata: tuple[tuple[str, str], ...] = ()
    problems: tuple[Problem, ...] = ()
    sidecar_sha256: str | None = None
    """Digest of what a listing says of the file, where its ``metadata`` hold that too."""


ClauseType = Literal[
    "numbered",
    "paragraph",
    "title",
    "addressees",
    "signature",
    "date",
    "doc_number",
    "registration",
    "disclosure",
    "attachment_list",
    "attachment_label",
    "caption",
    "note",
    "contents",
    "imprint",
    "cell_item",
]

SectionRole = Literal["review", "situation", "plan", "goals", "list", "closing"]
"""What a part of a report or plan is: a look back, how things stand, what is planned, its goals, a list, the end."""
Genre = Literal[
    "plan", "review_and_plan", "review", "bulletin", "accounts", "grants", "rules", "notice", "reply", "commendation",
    "personnel", "roster", "speech", "other",
]  # fmt: skip


@quickly_made
@dataclass(frozen=True, slots=True)
class Clause:
    """One numbered clause, or unnumbered paragraph, title or signature line, or numbered cell item.

    ``reading`` is the clause's own text (marker and heading included, the text of its children
    excluded) with the breaks that cut it removed; ``span`` is the stretch of the canonical text that
    it takes, and ``subtree_end`` the end of its last descendant. ``level`` counts from 1 by the
    document's own order of numbering systems and is 0 for clauses without a number that stand under none.
    ``section_role`` and ``section_period`` are the part of a report or plan that the clause stands in, with its time.
    """

    clause_id: str
    document_id: str
    parent_id: str | None
    ordinal: int
    part: str
    clause_type: ClauseType
    level: int
    marker: str | None
    number: int | None
    path: str
    heading: str | None
    reading: Reading
    span: Span
    subtree_end: int
    table_id: str | None = None
    row: int | None = None
    column: int | None = None
    section_role: SectionRole | None = None
    section_period: str | None = None
    section_rule: str | None = None


@quickly_made
@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table; a merged cell stands once, with its spans.

    ``header`` is the path of column header texts above the cell, outermost first (blanks and breaks
    removed); ``row_label`` names the row, ``row_group`` the rows over it (其中：, indents, rows that head others,
    outermost first), ``part_of_row`` is the row of which it is a part; ``inherits_row`` is the row that an empty "as above" cell
    repeats. An empty cell has an empty reading and a span of the (possibly zero) characters it takes.

    A value answers for the rows ``[row, row + row_span)`` and for every row below whose cell in this column
    inherits it; :meth:`Table.covering` treats the two alike. A line break inside a reading parts two
    entries of the cell. ``header`` is empty where the row fits no columns: then only the text counts.
    """

    row: int
    column: int
    reading: Reading
    span: Span
    row_span: int = 1
    column_span: int = 1
    is_header: bool = False
    header: tuple[str, ...] = ()
    row_label: str | None = None
    inherits_row: int | None = None
    row_group: tuple[str, ...] = ()
    part_of_row: int | None = None


@dataclass(frozen=True, eq=False)
class Table:
    """One table of a document, its cells in reading order; rows and columns count from 0.

    ``unit_note`` is the printed note that states the unit of its bare numbers (单位：万元), ``unit_span`` its place.
    Like the readings in it, a table equals itself alone.
    """

    table_id: str
    document_id: str
    clause_id: str | None
    ordinal: int
    part: str
    caption: str | None
    n_rows: int
    n_columns: int
    header_rows: int
    span: Span
    cells: tuple[Cell, ...]
    unit_note: str | None = None
    unit_span: Span | None = None

    def rows(self) -> Mapping[int, Sequence[Cell]]:
        """The cells by the row that they begin in, left to right."""
        return self._rows

    @cached_property
    def _rows(self) -> Mapping[int, Sequence[Cell]]:
        rows: dict[int, list[Cell]] = {}
        for cell in self.cells:
            rows.setdefault(cell.row, []).append(cell)
        return rows

    def covering(self, row: int) -> list[Cell]:
        """The cells whose values hold in *row*, left to right: its own, and what stands above it in their place.

        A cell merged over several rows holds in all of them; an empty or "as above" cell is followed to the
        cell that it repeats (``inherits_row``), itself merged or not.
        """
        at: dict[tuple[int, int], Cell] = {
            (below, cell.column): cell
            for cell in self.cells
            for below in range(cell.row, min(cell.row + cell.row_span, self.n_rows))
        }
        found: list[Cell] = []
        for column in range(self.n_columns):
            cell = at.get((row, column))
            while cell is not None and cell.inherits_row is not None:
                cell = at.get((cell.inherits_row, column))
            if cell is not None:
                found.append(cell)
        return found


@dataclass(frozen=True, slots=True)
class ContentsEntry:
    """One line of the contents page."""

    span: Span
    title: str
    section: str | None
    doc_number: str | None
    doc_number_span: Span | None
    page: int | None
    registration_number: str | None = None
    document_id: str | None = None


@dataclass(frozen=True, slots=True)
class Masthead:
    """What an issue says of itself; each value ``None`` where it says nothing."""

    title: str | None = None
    publisher: str | None = None
    publication_date: dt.date | None = None
    publication_year: int | None = None
    number: str | None = None
    number_last: str | None = None
    number_total: int | None = None
    number_total_last: int | None = None
    special: str | None = None
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Area:
    """The place whose government or body speaks: its name, GB/T 2260 code, level, and path from the province down.

    ``code`` is ``None`` where the name has none at the date or where several places bear it; ``level`` and ``path``
    are ``None`` where they do not follow from what is known.
    """

    name: str
    code: str | None = None
    level: AreaLevel | None = None
    path: str | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """One official document of an issue with its clauses (in text order) and tables.

    The columns are those of the dataset ``documents``; ``span`` runs from the document's first
    character (its issuers' line) to the end of its last attachment. ``plan_year`` is the year
    that a bare month in the document belongs to: that of its title, else of its signature, else of the issue.
    """

    document_id: str
    ordinal: int
    span: Span
    title: str | None = None
    subject_title: str | None = None
    section: str | None = None
    doc_number: str | None = None
    doc_number_span: Span | None = None
    doc_number_code: str | None = None
    doc_number_year: int | None = None
    doc_number_serial: int | None = None
    registration_number: str | None = None
    issuers: tuple[str, ...] = ()
    area: Area | None = None
    doc_type: str | None = None
    recipients: tuple[str, ...] = ()
    signed_date: dt.date | None = None
    effective_date: dt.date | None = None
    adopted_date: dt.date | None = None
    adopted_by: str | None = None
    history: tuple[str, ...] = ()
    validity: str | None = None
    disclosure: str | None = None
    toc_title: str | None = None
    toc_page: int | None = None
    plan_year: int | None = None
    report_year: int | None = None
    genre: Genre | None = None
    genre_rule: str | None = None
    speaker: str | None = None
    speaker_office: str | None = None
    speaker_span: Span | None = None
    speaker_rule: str | None = None
    clauses: tuple[Clause, ...] = ()
    tables: tuple[Table, ...] = ()


@quickly_made
@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of the canonical text by what it is; the leaves tile the text of the issue exactly.

    Furniture that a paged reader kept out of the canonical text has a box and no span.
    """

    segment_type: str
    span: Span | None
    is_leaf: bool = True
    document_id: str | None = None
    clause_id: str | None = None
    table_id: str | None = None
    box: Box | None = None


@dataclass(frozen=True, slots=True)
class Issue:
    """A gazette issue taken apart: what the segmenter hands to the extractors."""

    issue_id: str
    source: SourceText
    edition_key: str | None
    masthead: Masthead
    contents: tuple[ContentsEntry, ...] = ()
    documents: Sequence[Document] = ()
    segments: tuple[Segment, ...] = ()
    problems: tuple[Problem, ...] = ()
    area: Area | None = None

    @property
    def heads(self) -> Sequence[Document]:
        """The documents where only what stands over them is asked for: those of a large issue lack clauses and tables."""
        heads: Sequence[Document] = getattr(self.documents, "heads", self.documents)
        return heads
