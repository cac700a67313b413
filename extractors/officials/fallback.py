"""Names in cells that no header claims: rows that OCR shifted, tables whose head stands on an earlier page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from typing import Final

from extractors.language.folding import squash
from extractors.officials.lists import people_of, runs_of
from extractors.officials.mentions import NameList, Word
from extractors.officials.roster import settle
from extractors.officials.tables import kind_of_column, person_header
from schemas.records import Cell, Document, Table
from schemas.rows import Place

_LONGEST_CELL: Final = 60
_SHORTEST_NAME: Final = 2


def lists_without_header(
    document: Document, roster: Mapping[str, int], claimed: Set[tuple[str | None, int | None, int | None]]
) -> Iterator[NameList]:
    """Cells outside *claimed* whose every name the issue's roster knows, with the nearest header of people.

    *claimed* holds ``(table_id, row, column)`` of the cells that a header of people already claims.
    """
    role: str | None = None
    known = frozenset("".join(name for name in roster if roster[name] > 0))
    for table in document.tables:
        headers = [header for cell in table.cells if (header := person_header(cell.header))]
        own = dict.fromkeys(headers)
        role = next(iter(own), role)
        if role is None:
            continue
        for cell in table.cells:
            if sum(map(known.__contains__, cell.reading.text)) < _SHORTEST_NAME:
                continue
            if _is_candidate(cell) and (table.table_id, cell.row, cell.column) not in claimed:
                runs = runs_of(cell.reading.text)
                if runs and _all_known(runs, roster, known):
                    mention_type, action = kind_of_column(role)
                    yield NameList(
                        _place(document, table, cell), cell.reading, runs, role, mention_type,
                        "official.roster_cell", (cell.row,), action=action,
                    )  # fmt: skip


def _is_candidate(cell: Cell) -> bool:
    text = cell.reading.text
    return not cell.is_header and 1 < len(squash(text)) <= _LONGEST_CELL and person_header(cell.header) is None


def _all_known(runs: tuple[tuple[Word, ...], ...], roster: Mapping[str, int], characters: frozenset[str]) -> bool:
    """Whether the names of a cell, settled, are all names of the roster."""
    people = [found.words for run in runs for found in people_of(run)]
    if not people or not all(characters.issuperset(word.text) for words in people for word in words):
        return False
    items = [item for words in people for item in settle([word.text for word in words], roster)]
    return all(roster.get(item.name, 0) > 0 for item in items)


def _place(document: Document, table: Table, cell: Cell) -> Place:
    return Place(document.document_id, None, table.table_id, cell.row, cell.column)
