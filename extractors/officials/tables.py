"""People in tables: columns whose header names people in charge, and rosters under 姓名.

A cell that only says "as above" makes no list: the printed cell's rows are widened by it.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from functools import cache
from typing import Final

from extractors.language.folding import squash
from extractors.officials.acts import Act, act_of_verb
from extractors.officials.lists import reads_as_prose, runs_of
from extractors.officials.mentions import NameList
from extractors.officials.names import is_name_in_prose, is_office_or_agency
from extractors.officials.positions import clean_position, is_office, organization_of
from extractors.rules.registry import lexicon, pattern_of, registry
from schemas.records import Cell, Clause, Document, Table
from schemas.rows import AppointmentAction, MentionType, Place

_CELLS_NEEDED: Final = 2
_NAMES_SHARE: Final = 0.8


def lists_of_tables(document: Document) -> Iterator[NameList]:
    """The lists of people of a document's tables; a table without a head takes that of the table it continues."""
    above: Table | None = None
    for table in document.tables:
        continued = above is not None and not table.header_rows and table.n_columns == above.n_columns
        yield from _lists_of_table(document, table, _headers_by_column(above) if continued and above else {})
        above = table if table.header_rows or not continued else above


def rolls_in_tables(document: Document) -> Iterator[NameList]:
    """The lists of people in tables without a head whose rows are lines of a leading group: post, name, office.

    A row without a post goes on with that of the row above it; where none is printed, the heading over the table says
    who is listed.
    """
    for table in document.tables:
        role = None if table.header_rows else _role_over(document, table)
        for row in table.rows().values() if not table.header_rows else ():
            cells = [cell for cell in row if squash(cell.reading.text)]
            post = squash(cells[0].reading.text).rstrip("：:") if cells else ""
            if pattern_of("column.part_in_group").match(post):
                role, cells = post, cells[1:]
            if role is None or not cells or reads_as_prose(cells[0].reading.text):
                continue
            name, office = cells[0], clean_position(squash(cells[1].reading.text)) if len(cells) > 1 else ""
            runs = runs_of(name.reading.text)
            if runs and not is_office_or_agency(squash(name.reading.text)):
                place = Place(document.document_id, None, table.table_id, name.row, name.column)
                position = office if is_office(office) else None
                organization = organization_of(position) if position else office or None
                mention_type, action = kind_of_column(role, in_roll=True)
                yield NameList(
                    place, name.reading, runs, role, mention_type, "official.row_of_group", (name.row,),
                    organization, position, action,
                )  # fmt: skip


def _headers_by_column(table: Table) -> dict[int, str]:
    return {cell.column: header for cell in table.cells if (header := person_header(cell.header))}


def _lists_of_table(document: Document, table: Table, inherited: dict[int, str]) -> Iterator[NameList]:
    columns = {cell.header: header for cell in table.cells if (header := person_header(cell.header))}
    columns |= _columns_of_names(table, columns)
    if not columns and not inherited:
        return
    rows, by_row = _rows_answered_for(table), table.rows()
    roles = {header: _role(document, table, header) for header in (*columns.values(), *inherited.values())}
    for cell in table.cells:
        if cell.is_header or not len(cell.reading) or squash(cell.reading.text) in lexicon("ditto_marks"):
            continue
        header = columns.get(cell.header) if cell.header else inherited.get(cell.column)
        if header is None or reads_as_prose(cell.reading.text):
            continue
        runs = runs_of(cell.reading.text)
        if not runs:
            continue
        row = by_row.get(cell.row, []) if pattern_of("column.with_names").search(header) else []
        position, organization, act = _office_of_row(row, cell)
        role = _role_of_row(row) or roles[header]
        mention_type, action = kind_of_column(role, in_roll=_is_bare(header))
        if act is not None:
            mention_type, action = "appointment", act.action
            role = act.role if _is_bare(role) else role
        yield NameList(
            Place(document.document_id, None, table.table_id, cell.row, cell.column),
            cell.reading,
            runs,
            role,
            mention_type,
            _rule_of(header),
            rows.get((cell.row, cell.column), (cell.row,)),
            organization,
            position,
            action,
        )


def _columns_of_names(table: Table, known: Container[tuple[str, ...]]) -> dict[tuple[str, ...], str]:
    """Columns whose head may name people (包村干部, 牵头) and whose cells nearly all read as names."""
    cells: dict[tuple[str, ...], list[str]] = {}
    for cell in table.cells:
        text = squash(cell.reading.text)
        if (
            cell.header
            and cell.header not in known
            and not cell.is_header
            and text
            and text not in lexicon("ditto_marks")
        ):
            cells.setdefault(cell.header, []).append(text)
    pattern = registry()["official.column_of_names"].pattern
    return {
        header: squash(header[-1])
        for header, texts in cells.items()
        if len(texts) >= _CELLS_NEEDED
        and pattern.search(squash(header[-1]))
        and sum(map(is_name_in_prose, texts)) >= _NAMES_SHARE * len(texts)
    }


@cache
def person_header(header: tuple[str, ...]) -> str | None:
    """The innermost header text that names people (责任人, 联点县级领导, 姓名), blanks removed.

    Under a head of several rows a bare 姓名 is named by the head above it (县级河长 / 姓名), and 职务 or
    电话 beside it are no columns of people.
    """
    plain = [squash(text) for text in header if squash(text)]
    if not plain or pattern_of("column.of_person").search(plain[-1]):
        return None
    pattern = registry()["official.person_column"].pattern
    named = [text for text in reversed(plain) if pattern.search(text)]
    bare = next((text for text in plain if _is_bare(text)), None)
    return named[0] if named else bare


def _rule_of(header: str) -> str:
    if _is_bare(header):
        return "official.name_column"
    by_head = registry()["official.person_column"].pattern.search(header)
    return "official.person_column" if by_head else "official.column_of_names"


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
        elif squash(cell.reading.text) in lexicon("ditto_marks"):
            source = last.get(cell.column, key)
        else:
            last[cell.column] = key
        owner[key] = source
        answered.setdefault(source, []).extend(range(cell.row, cell.row + cell.row_span))
    return {key: tuple(sorted(set(rows))) for key, rows in answered.items()}


def _role(document: Document, table: Table, header: str) -> str:
    """The header as printed; for a bare 姓名, what the caption or the heading above says of the people."""
    if not _is_bare(header):
        return header
    return _role_over(document, table, document.title) or header


def _role_over(document: Document, table: Table, *more: str | None) -> str | None:
    """What the caption or a heading over the table, or one of *more*, says of the people whom it lists."""
    for text in (table.caption, *_headings_above(document, table), *more):
        match = registry()["official.roster_heading"].search(squash(text or ""))
        if match:
            return match["role"]
    return None


def _headings_above(document: Document, table: Table) -> list[str]:
    """Texts of the clauses just before the table, nearest first."""
    before: list[Clause] = [clause for clause in document.clauses if clause.span.start < table.span.start]
    texts = [clause.heading or clause.reading.text[:40] for clause in before[-4:]]
    return texts[::-1]


def _role_of_row(row: Sequence[Cell]) -> str | None:
    """The part in a group that the person's row prints in a column of its own (组长, 成员)."""
    return next(
        (text for cell in row if pattern_of("column.part_in_group").match(text := squash(cell.reading.text))), None
    )


def _office_of_row(row: Sequence[Cell], cell: Cell) -> tuple[str | None, str | None, Act | None]:
    """Office and agency that the person's row prints in columns of their own, and the act that a header states."""
    position = organization = act = None
    for other in row:
        header, text = "".join(other.header[-1:]), squash(other.reading.text)
        if not text or other.column == cell.column or pattern_of("column.part_in_group").match(text):
            continue
        if pattern_of("column.office").search(header):
            verb = pattern_of("act.column").search(header)
            if position is None or (verb is not None and act is None):
                position, act = clean_position(text), act_of_verb(verb[0]) if verb is not None else None
        elif pattern_of("column.agency").search(header):
            organization = organization or text
    if position and organization and not position.startswith(organization):
        position = organization + position
    if position and organization is None and is_office(position):
        organization = organization_of(position)
    return position, organization, act


def kind_of_column(role: str, *, in_roll: bool = False) -> tuple[MentionType, AppointmentAction | None]:
    """Type of the mentions of people in *role*, and the act that it states; *in_roll*: a heading gave the role."""
    if pattern_of("column.retired").search(role):
        return "appointment", "retire"
    if pattern_of("column.contacts").search(role):
        return "contact", None
    if in_roll and not pattern_of("column.part_in_group").match(role):
        return "mention", "commend" if pattern_of("column.honoured").search(role) else None
    return "duty", None


def _is_bare(header: str) -> bool:
    """Whether *header* says only that names stand below it (姓名)."""
    return pattern_of("official.name_column").search(header) is not None
