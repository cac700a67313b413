"""People in tables: columns whose header names people in charge, and rosters under 姓名.

A cell that only says "as above" makes no list: the printed cell's rows are widened by it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from extractors.folding import squash
from extractors.officials.lists import reads_as_prose, runs_of
from extractors.officials.mentions import NameList
from extractors.officials.positions import clean_position, is_office, organization_of
from extractors.rules import registry
from schemas.records import Cell, Clause, Document, Table
from schemas.rows import AppointmentAction, MentionType, Place

DITTO: Final = frozenset({"同上", "〃", "″", "”", "“", '"', "同前", "上同"})
_NAME_HEADERS: Final = frozenset({"姓名", "名字", "人员姓名", "干部姓名", "人员", "人选"})


def lists_of_tables(document: Document) -> Iterator[NameList]:
    """The lists of people of a document's tables; a table without a head takes that of the table it continues."""
    above: Table | None = None
    for table in document.tables:
        continued = above is not None and not table.header_rows and table.n_columns == above.n_columns
        yield from _lists_of_table(document, table, _headers_by_column(above) if continued and above else {})
        above = table if table.header_rows or not continued else above


def _headers_by_column(table: Table) -> dict[int, str]:
    return {cell.column: header for cell in table.cells if (header := person_header(cell.header))}


def _lists_of_table(document: Document, table: Table, inherited: dict[int, str]) -> Iterator[NameList]:
    rows = _rows_answered_for(table)
    columns = {cell.header: header for cell in table.cells if (header := person_header(cell.header))}
    roles = {header: _role(document, table, header) for header in (*columns.values(), *inherited.values())}
    for cell in table.cells:
        if cell.is_header or not len(cell.reading) or squash(cell.reading.text) in DITTO:
            continue
        header = columns.get(cell.header) if cell.header else inherited.get(cell.column)
        if header is None or reads_as_prose(cell.reading.text):
            continue
        runs = runs_of(cell.reading.text)
        if not runs:
            continue
        role = roles[header]
        position, organization = _office_of_row(table, cell) if header in _NAME_HEADERS else (None, None)
        mention_type, action = kind_of_column(role, header)
        yield NameList(
            Place(document.document_id, None, table.table_id, cell.row, cell.column),
            cell.reading,
            runs,
            role,
            mention_type,
            "official.name_column" if header in _NAME_HEADERS else "official.person_column",
            rows.get((cell.row, cell.column), (cell.row,)),
            organization,
            position,
            action,
        )


def person_header(header: tuple[str, ...]) -> str | None:
    """The innermost header text that names people (责任人, 联点县级领导, 姓名), blanks removed."""
    for text in reversed(header):
        plain = squash(text)
        if plain in _NAME_HEADERS or registry()["official.person_column"].pattern.search(plain):
            return plain
    return None


def _rows_answered_for(table: Table) -> dict[tuple[int, int], tuple[int, ...]]:
    """Rows that each printed cell answers for: its own, and those whose cell repeats it."""
    owner: dict[tuple[int, int], tuple[int, int]] = {}
    answered: dict[tuple[int, int], list[int]] = {}
    last: dict[int, tuple[int, int]] = {}
    for cell in sorted(table.cells, key=lambda cell: (cell.row, cell.column)):
        key = (cell.row, cell.column)
        if cell.is_header:
            continue
        source = key
        if not squash(cell.reading.text):
            above = cell.inherits_row
            source = owner.get((above, cell.column), (above, cell.column)) if above is not None else key
        elif squash(cell.reading.text) in DITTO:
            source = last.get(cell.column, key)
        else:
            last[cell.column] = key
        owner[key] = source
        answered.setdefault(source, []).extend(range(cell.row, cell.row + cell.row_span))
    return {key: tuple(sorted(set(rows))) for key, rows in answered.items()}


def _role(document: Document, table: Table, header: str) -> str:
    """The header as printed; for a bare 姓名, what the caption or the heading above says of the people."""
    if header not in _NAME_HEADERS:
        return header
    for text in (table.caption, *_headings_above(document, table), document.title):
        match = registry()["official.roster_heading"].pattern.search(squash(text or ""))
        if match:
            return match["role"]
    return header


def _headings_above(document: Document, table: Table) -> list[str]:
    """Texts of the clauses just before the table, nearest first."""
    before: list[Clause] = [clause for clause in document.clauses if clause.span.start < table.span.start]
    texts = [clause.heading or clause.reading.text[:40] for clause in before[-4:]]
    return texts[::-1]


def _office_of_row(table: Table, cell: Cell) -> tuple[str | None, str | None]:
    """Office and agency that the person's row prints in columns of their own."""
    position = organization = None
    for other in table.rows().get(cell.row, []):
        header, text = "".join(other.header[-1:]), squash(other.reading.text)
        if not text or other.column == cell.column:
            continue
        if "职务" in header or "职位" in header or "岗位" in header:
            position = position or clean_position(text)
        elif "单位" in header and "职" not in header:
            organization = organization or text
    if position and organization and not position.startswith(organization):
        position = organization + position
    if position and organization is None and is_office(position):
        organization = organization_of(position)
    return position, organization


def kind_of_column(role: str, header: str = "") -> tuple[MentionType, AppointmentAction | None]:
    """Type of the mentions in a column, and the act that its role states."""
    if "退休" in role:
        return "appointment", "retire"
    if "联系人" in role or "联络" in role:
        return "contact", None
    if header in _NAME_HEADERS:
        return "mention", None
    return "duty", None
