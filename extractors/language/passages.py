"""Passages: the stretches of a document that extractors read, each with the structure around it.

A passage is a clause's own text, or a table cell. Extractors work on its folded reading and take
spans back to the source through it; ancestors and headers say what an elided subject refers to.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from extractors.language.folding import fold
from extractors.rules.registry import look_at
from schemas.making import quickly_made
from schemas.records import PART, Cell, Clause, Document, Table
from schemas.rows import Place
from schemas.spans import Reading, Span


@quickly_made
@dataclass(frozen=True, slots=True)
class Passage:
    """One stretch to read: ``folded`` is what rules match on, ``reading`` what is printed, breaks joined."""

    document: Document
    place: Place
    reading: Reading
    folded: Reading
    clause: Clause | None = None
    table: Table | None = None
    cell: Cell | None = None
    ancestors: tuple[Clause, ...] = ()

    @property
    def text(self) -> str:
        """The folded text."""
        return self.folded.text

    def span(self, start: int, end: int) -> Span:
        """Source span of the folded positions ``[start, end)``."""
        return self.folded.span(start, end)

    def fragments(self, source: str, start: int, end: int) -> tuple[Span, ...] | None:
        """Pieces of a mention that a break cut (see :meth:`Reading.fragments`)."""
        return self.folded.fragments(source, start, end)

    @property
    def headings(self) -> tuple[str, ...]:
        """Headings of the clauses above and of this one, outermost first."""
        own = (self.clause,) if self.clause else ()
        return tuple(clause.heading for clause in (*self.ancestors, *own) if clause.heading)


def passages(document: Document) -> Iterator[Passage]:
    """The clauses of *document* in text order, then its table cells table by table.

    Numbered items of a cell are clauses of type ``cell_item``: they are read as their cell, once, by
    the cell's passage; their clause ids are found with :func:`cell_items`.
    """
    by_id = {clause.clause_id: clause for clause in document.clauses}
    for clause in document.clauses:
        if clause.clause_type != "cell_item" and len(clause.reading):
            place = Place(document.document_id, clause.clause_id)
            yield Passage(
                document, place, clause.reading, fold(clause.reading), clause, ancestors=_ancestors(clause, by_id)
            )
    for table in document.tables:
        for cell in table.cells:
            if len(cell.reading):
                place = Place(document.document_id, None, table.table_id, cell.row, cell.column)
                yield Passage(document, place, cell.reading, fold(cell.reading), None, table, cell)


PassagesOf = Callable[[Document], tuple[Passage, ...]]


def shared_passages() -> PassagesOf:
    """A :func:`passages` that reads each document once, however many extractors ask; make one per issue.

    Of a large issue those of the last documents, a part of it, are kept. A document that was unpacked anew is read anew, so
    that its passages are of its own clauses and tables.
    """
    read: dict[str, tuple[Document, tuple[Passage, ...]]] = {}
    held = 0

    def of(document: Document) -> tuple[Passage, ...]:
        nonlocal held
        known, found = read.get(document.document_id, (None, ()))
        if known is not document:
            if read and (held := held + document.span.end - document.span.start) > PART:
                read.clear()
                held = 0
            found = tuple(passages(document))
            look_at(passage.text for passage in found)
            read[document.document_id] = document, found
        return found

    return of


def cell_items(document: Document) -> dict[tuple[str, int, int], list[Clause]]:
    """The numbered items of each cell, by ``(table_id, row, column)``, in text order."""
    items: dict[tuple[str, int, int], list[Clause]] = {}
    for clause in document.clauses:
        if clause.clause_type == "cell_item" and clause.table_id is not None:
            key = (clause.table_id, clause.row or 0, clause.column or 0)
            items.setdefault(key, []).append(clause)
    return items


def _ancestors(clause: Clause, by_id: dict[str, Clause]) -> tuple[Clause, ...]:
    chain: list[Clause] = []
    parent = clause.parent_id
    while parent is not None:
        above = by_id[parent]
        chain.append(above)
        parent = above.parent_id
    return tuple(reversed(chain))
