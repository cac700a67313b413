"""Responsibilities: every printed agency with its duty.

First the lists of names are found (bracketed notes, running text, columns of tables), then the clear names of all
lists together make the issue's own inventory, and with it each list is cut into its entries.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from extractors.agencies.keys import Jurisdiction, agency_key, jurisdiction_of
from extractors.agencies.names import (
    MAXIMUM_LENGTH,
    Entry,
    is_agency,
    is_bare,
    is_collective,
    is_title,
    reads_as_prose,
    split_list,
    without_level,
)
from extractors.language.passages import Passage, PassagesOf, shared_passages
from extractors.responsibilities.columns import applies_to, duty_columns, names_in_cell
from extractors.responsibilities.findings import NameList
from extractors.responsibilities.notes import find_notes, note_of_cell
from extractors.responsibilities.prose import find_in_prose
from extractors.rules.registry import pattern_of, registry, signs_of
from schemas.ids import IdMaker
from schemas.records import PART, Document, Issue
from schemas.rows import Duty, Responsibility

_FIRST_LEADS: Final = "responsibility.first_leads"
_UNREAD_CLAUSES: Final = frozenset({"title", "doc_number", "registration", "date", "attachment_list", "imprint"})
_LONGEST_LABELLED: Final = 24
_LONGEST_IN_CELL: Final = 8
_PROSE_IN_CELL: Final = 16


def extract_responsibilities(
    issue: Issue, ids: IdMaker, passages_of: PassagesOf | None = None
) -> tuple[Responsibility, ...]:
    """Every agency with a duty in *issue*, in text order."""
    passages_of = passages_of or shared_passages()
    agencies = Agencies.of(issue, passages_of)
    rows = [row for document in issue.documents for row in agencies.in_document(document, ids, passages_of)]
    return tuple(sorted(rows, key=lambda row: row.span))


@dataclass(frozen=True, slots=True)
class Agencies:
    """Reads the agencies of an issue document by document, by the names that its lists print clearly (*known*).

    The lists of an issue that is more than a part are found once for those names and again for their document's rows.
    """

    issue: Issue
    jurisdiction: Jurisdiction
    known: frozenset[str]
    lists: Mapping[str, Sequence[NameList]]

    @classmethod
    def of(cls, issue: Issue, passages_of: PassagesOf) -> Agencies:
        """Look for the names in all documents of *issue*."""
        lists: dict[str, Sequence[NameList]] = {}

        def found() -> Iterator[NameList]:
            for document in issue.documents:
                here = list(_lists(document, passages_of))
                if len(issue.source.text) <= PART:
                    lists[document.document_id] = here
                yield from here

        return cls(issue, jurisdiction_of(issue), inventory(found()), lists)

    def in_document(self, document: Document, ids: IdMaker, passages_of: PassagesOf) -> list[Responsibility]:
        """Every agency with a duty in *document*, in text order."""
        source = self.issue.source.text
        lists = self.lists.get(document.document_id)
        if lists is None:
            lists = list(_lists(document, passages_of))
        rows: list[Responsibility] = []
        seen: set[tuple[int, int]] = set()
        noted = any(names.note is not None for names in lists)
        leading = noted and _first_leads(document, passages_of)
        for names, entries in _led([(names, entries_of(names, self.known)) for names in lists], leading):
            for entry, duty, rule_id in entries:
                passage = names.passage
                span = passage.span(entry.start, entry.end)
                if span in seen:
                    continue
                seen.add(span)
                offsets = passage.folded.offsets[entry.start : entry.end]
                agency = "".join([source[offset] for offset in offsets])
                rows.append(
                    Responsibility(
                        responsibility_id=ids.over("r", *span),
                        place=passage.place,
                        applies_to_rows=names.rows,
                        span=span,
                        fragments=passage.fragments(source, entry.start, entry.end),
                        text=source[span.start : span.end],
                        agency=agency,
                        agency_key=agency_key(agency, self.jurisdiction),
                        duty=duty,
                        rule_id=rule_id,
                    )
                )
        return sorted(rows, key=lambda row: row.span)


def _first_leads(document: Document, passages_of: PassagesOf) -> bool:
    """Whether *document* says that the first of the agencies listed is in the lead (列第一位者为牵头单位)."""
    rule = registry()[_FIRST_LEADS]
    return any(
        rule.may_match(signs_of(passage.text)) and rule.search(passage.text) for passage in passages_of(document)
    )


def _led(
    lists: Sequence[tuple[NameList, list[Entry]]], leading: bool
) -> Iterator[tuple[NameList, list[tuple[Entry, Duty, str]]]]:
    """Each list of a document with the duty and rule of every entry; where *leading*, the first of a note without leader leads."""
    notes = {(names.passage.place, names.note) for names, _ in lists if names.duty == "lead"}
    for names, entries in lists:
        note = (names.passage.place, names.note)
        text = names.passage.text
        found = [(entry, entry.inner or names.duty, names.rule_id) for entry in entries]
        open_note = leading and names.note is not None and note not in notes
        if open_note and found and names.duty == "responsible":
            notes.add(note)
            first = found[0][0]
            if not is_collective(text[first.start : first.end]):
                found[0] = (first, "lead", _FIRST_LEADS)
        yield names, found


def _lists(document: Document, passages_of: PassagesOf) -> Iterator[NameList]:
    columns = duty_columns(document.tables)
    rows = {table.table_id: applies_to(table) for table in document.tables}
    for passage in passages_of(document):
        if passage.clause is not None and passage.clause.clause_type in _UNREAD_CLAUSES:
            continue
        if passage.table is not None and passage.cell is not None:
            cell, table_id = passage.cell, passage.table.table_id
            covered = rows[table_id].get((cell.row, cell.column), ())
            if cell.is_header or cell.column in columns[table_id]:
                yield from names_in_cell(passage, columns[table_id], covered)
                continue
        yield from _in_text(passage)


def _in_text(passage: Passage) -> Iterator[NameList]:
    if passage.cell is not None:
        if note := note_of_cell(passage):
            yield from note
            return
        if len(passage.text) < _PROSE_IN_CELL:
            return
    lists, taken = find_notes(passage)
    yield from lists
    yield from find_in_prose(passage, taken)


def inventory(lists: Iterable[NameList]) -> frozenset[str]:
    """The names that the lists print clearly: whole between separators, or alone in a cell, twice or more."""
    counts: Counter[str] = Counter()
    for names in lists:
        text = names.passage.text
        if names.end - names.start > 40 * MAXIMUM_LENGTH:
            continue
        soft = names.soft
        for entry in split_list(text, names.start, names.end):
            counts.update(_clear_names(text, entry, soft))
    clear = {name for name, count in counts.items() if count > 1}
    return frozenset(clear | {without_level(name) for name in clear})


def _clear_names(text: str, entry: Entry, soft: frozenset[int]) -> list[str]:
    """The name of *entry*, or its names where blanks part it into whole names; none where that is not clear."""
    bounds = [entry.start, *(i for i in range(entry.start + 1, entry.end) if i in soft), entry.end]
    names = [text[left:right] for left, right in pairwise(bounds)]
    return names if all(is_agency(name) and not is_bare(name) for name in names) else []


def entries_of(names: NameList, known: frozenset[str]) -> list[Entry]:
    """The agencies of a list."""
    text = names.passage.text
    soft = names.soft
    found = [
        _without_verb(text, entry)
        for entry in split_list(text, names.start, names.end, soft, known, in_cell=names.in_cell)
    ]
    agencies = {entry for entry in found if is_agency(text[entry.start : entry.end])}
    longest = _LONGEST_IN_CELL if names.in_cell else _LONGEST_LABELLED
    takes_places = registry()[names.rule_id].flag("takes_places")
    lenient = not names.strict or (names.in_cell and len(agencies) >= 2 and "、" in text[names.start : names.end])
    return [
        entry
        for entry in found
        if entry in agencies
        or (takes_places and pattern_of("agency.place").search(text[entry.start : entry.end]))
        or (lenient and not _is_cut(entry, soft) and _is_short_name(text[entry.start : entry.end], longest))
    ]


def _is_cut(entry: Entry, soft: frozenset[int]) -> bool:
    return any(position in soft for position in range(entry.start + 1, entry.end))


def _without_verb(text: str, entry: Entry) -> Entry:
    match = pattern_of("duty.verb_behind_name").search(text, entry.start, entry.end)
    if match and is_agency(text[entry.start : match.start()]):
        return Entry(entry.start, match.start(), entry.inner)
    return entry


def _is_short_name(name: str, longest: int) -> bool:
    """Whether an entry behind a label may stand though its ending is unknown (左公旅投); titles are no agencies."""
    return 2 <= len(name) <= longest and not (
        pattern_of("agency.no_short_name").search(name) or is_title(name) or reads_as_prose(name)
    )
