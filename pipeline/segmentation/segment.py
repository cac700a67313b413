"""Source text → issue: the list of steps."""

from __future__ import annotations

import itertools
from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from pipeline.segmentation.document import Context, build_document
from pipeline.segmentation.documents.areas import with_areas
from pipeline.segmentation.documents.contents import Contents, find_contents, title_key
from pipeline.segmentation.documents.editions import edition_key, with_listing, with_year
from pipeline.segmentation.documents.heads import Head, is_order
from pipeline.segmentation.documents.masthead import read_masthead
from pipeline.segmentation.documents.metadata import states_field
from pipeline.segmentation.documents.starts import find_heads, order_titles
from pipeline.segmentation.documents.titles import split_head, subject_of
from pipeline.segmentation.lines.form import Form
from pipeline.segmentation.lines.furniture import find_furniture, running_title
from pipeline.segmentation.lines.lines import Line, printed, split_lines, squash
from pipeline.segmentation.lines.rules import pattern
from pipeline.segmentation.segments import Claim, clause_claims, tile, with_documents
from pipeline.segmentation.tables.cell_lines import CellLines, find_cell_lines
from pipeline.segmentation.tables.tables import cut_by_furniture
from schemas.packed import Packed, packed
from schemas.records import PART, ContentsEntry, Document, Issue, Masthead, Problem, SourceText
from schemas.spans import Span

_PLAIN: Final = "text/plain"
_STAMP: Final = pattern("date.stamp")
_STAMP_ABOVE: Final = 6
_STAMP_BELOW: Final = 8
"""Lines around the first of a document in which the stamp of its page stands."""


@dataclass(frozen=True, slots=True)
class _Printed:
    """What the lines of a text are, before any document is taken apart."""

    source: SourceText
    lines: list[Line]
    furniture: frozenset[int]
    contents: Contents
    sections: dict[int, str]
    running: list[Line]
    heads: list[Head]
    masthead: Masthead
    doubts: tuple[Problem, ...]

    @classmethod
    def of(cls, source: SourceText) -> _Printed:
        tables = source.tables
        lines = split_lines(source.text, [table.span for table in tables])
        stacked = CellLines() if tables or source.media_type != _PLAIN else find_cell_lines(printed(lines))
        if stacked.tables:
            tables = stacked.tables
            lines = split_lines(source.text, [table.span for table in tables])
        furniture = find_furniture(lines)
        if cut := cut_by_furniture(tables, lines, furniture):
            tables = tuple(table for number, table in enumerate(tables) if number not in cut)
            lines = split_lines(source.text, [table.span for table in tables])
        content = printed(lines)
        contents = find_contents(content, furniture)
        body = [line for line in content if line.index > contents.last and line.index not in furniture]
        sections = _sections(body, {entry.section for entry in contents.entries if entry.section})
        running = [line for line in body if line.index not in sections]
        heads = find_heads(running, contents.entries)
        first = running[heads[0].first].start if heads else len(source.text)
        masthead = read_masthead(content, lines[contents.first].start if contents.first >= 0 else first)
        return cls(
            replace(source, tables=tables), lines, furniture, contents, sections, running, heads, masthead,
            stacked.problems,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Taken:
    """A document taken apart, with what the issue asks of its clauses and tables: where numbers stand, and the claims.

    Where there is a *body* the document has neither clauses nor tables: they are packed in it.
    """

    document: Document
    problems: list[Problem]
    numbers: list[int]
    claims: list[Claim]
    tables: list[Claim]
    body: bytes = b""

    @classmethod
    def of(cls, read: _Printed, head: Head, stop: int, context: Context, pack: bool) -> _Taken:
        document, problems = build_document(read.running, head, stop, context)
        taken = cls(
            document,
            problems,
            [clause.span.start for clause in document.clauses if clause.clause_type == "doc_number"],
            list(clause_claims(document)),
            [Claim(table.span, "table", document.document_id, None, table.table_id) for table in document.tables],
        )
        if not pack:
            return taken
        for line in read.running[head.first : stop]:
            line.forget()
        return replace(taken, document=replace(document, clauses=(), tables=()), body=packed(document))


def segment(source: SourceText, pack: bool = False) -> Issue:
    """Take the text of *source* apart into masthead, contents, documents, clauses, tables and furniture.

    Pure: the same source gives the same issue. Any text is taken; what cannot be settled is a problem. *pack*: documents of
    a text that is more than a part are packed (:mod:`schemas.packed`), for a caller who asks for one after another.
    """
    read = _Printed.of(source)
    pack = pack and len(source.text) > PART
    alone = _numbers_alone(read.running)
    taken = [_Taken.of(read, head, stop, context, pack) for head, stop, context in _contexts(read)]
    area, documents, unsettled = with_areas(read.masthead, [one.document for one in taken], source.text)
    entries, unmatched = _reconcile(read.contents.entries, documents)
    issue_problems = [
        *(problem for one in taken for problem in one.problems),
        *read.doubts,
        *unmatched,
        *unsettled,
        *_outside(read.running, read.heads, read.masthead),
        *_unclaimed(read.running, read.heads, alone, {start for one in taken for start in one.numbers}),
    ]
    return Issue(
        issue_id=issue_id_of(source),
        source=source,
        edition_key=edition_key(read.masthead, area, documents),
        masthead=with_listing(with_year(read.masthead, documents), source.metadata),
        contents=entries,
        documents=Packed(documents, [one.body for one in taken]) if pack else tuple(documents),
        segments=with_documents(tile(read.lines, _claims(read, taken)), documents),
        problems=tuple(issue_problems),
        area=area,
    )


def document_at(source: SourceText, offset: int) -> Document | None:
    """The document that holds *offset*, as :func:`segment` makes it but for its area; the others are not taken apart."""
    read = _Printed.of(source)
    for head, stop, context in _contexts(read):
        if read.running[head.first].start <= offset < read.running[stop - 1].end:
            return build_document(read.running, head, stop, context)[0]
    return None


def issue_id_of(source: SourceText) -> str:
    """The id of the issue that *source* holds: of the digest of its bytes."""
    return source.source_sha256[:16]


def _sections(body: Sequence[Line], listed: set[str]) -> dict[int, str]:
    """The names of sections of the gazette: *listed* ones, and those that stand right over the head of a document."""
    found: dict[int, str] = {}
    for line, after in itertools.zip_longest(body, body[1:]):
        ornate = line.form.section
        name = ornate or (line.form.compact if len(line.text) <= 30 else "")
        if not name or not (ornate or name in listed or line.form.plain_section):
            continue
        opens = after is not None and (bool(after.form.organ) or after.form.about)
        if ornate:
            opens = after is None or after.form.begins_head or Form(name).plain_section is not None
        if name in listed or opens:
            found[line.index] = name
    return found


def _contexts(read: _Printed) -> Iterator[tuple[Head, int, Context]]:
    """Each head with the line at which its document stops and what it takes from its issue."""
    source, running, heads = read.source, read.running, read.heads
    repeated = running_title(read.lines, read.furniture)
    free = list(read.contents.entries)
    section_lines = sorted(read.sections)
    for ordinal, head in enumerate(heads, 1):
        stop = heads[ordinal].first if ordinal < len(heads) else len(running)
        entry = _entry_of(head, running, stop, free)
        if entry:
            free.remove(entry)
        above = bisect_left(section_lines, running[head.first].index)
        section = read.sections[section_lines[above - 1]] if above else None
        fields = source.metadata if len(heads) == 1 else ()
        title = repeated if len(heads) == 1 else None
        stamped = _stamped(read, running[head.first].index) if len(heads) == 1 else None
        yield (
            head,
            stop,
            Context(
                issue_id_of(source),
                source.text,
                ordinal,
                section,
                entry,
                read.masthead,
                source.tables,
                fields,
                title,
                stamped,
            ),
        )


def _stamped(read: _Printed, first: int) -> int | None:
    """The year of the stamp of the page around the line with the index *first*, where its document begins."""
    near = read.lines[max(0, first - _STAMP_ABOVE) : first + _STAMP_BELOW]
    return next((int(match["year"]) for line in near if (match := _STAMP.fullmatch(line.text.strip()))), None)


def _entry_of(head: Head, running: Sequence[Line], stop: int, entries: Sequence[ContentsEntry]) -> ContentsEntry | None:
    """The contents entry of the document: that with its number, else with its title, else with what it issues."""
    if head.number:
        for entry in entries:
            if entry.doc_number and _same_number(squash(entry.doc_number), head.number.text):
                return entry
    key = title_key("".join(running[p].text for p in (*head.issuers, *head.title)))
    for entry in entries:
        listed = title_key(entry.title)
        if listed and key and (key.endswith(listed) or listed.endswith(key)):
            return entry
    issued = {title_key(subject_of(split_head([], [running[p].text for p in head.title])[1]) or "")}
    if is_order(head):
        issued |= order_titles(running, head.stop, stop)
    return next((entry for entry in entries if title_key(entry.title) in issued - {""}), None)


def _same_number(listed: str, printed: str) -> bool:
    """Whether a contents page lists this number; of an order it may shorten the body (省政府令第12号)."""
    if listed == printed:
        return True
    short, whole = (text.replace("人民", "").replace("號", "号") for text in (listed, printed))
    if short.endswith("号令"):
        short = f"令{short.removesuffix('令')}"
    return "令" in short and whole.endswith(short)


def _reconcile(
    entries: Sequence[ContentsEntry], documents: Sequence[Document]
) -> tuple[tuple[ContentsEntry, ...], list[Problem]]:
    """The entries with their documents, and what stands on one side only."""
    problems: list[Problem] = []
    matched: list[ContentsEntry] = []
    for entry in entries:
        found = next((d for d in documents if d.toc_title == entry.title and d.toc_page == entry.page), None)
        matched.append(replace(entry, document_id=found.document_id if found else None))
        if found is None:
            problems.append(
                Problem("contents_entry_without_document", "warning", f"listed, not found: {entry.title}", entry.span)
            )
    if entries:
        problems += [
            Problem("document_without_contents_entry", "warning", f"found, not listed: {d.title}", d.span, None, d.document_id)
            for d in documents if d.toc_title is None
        ]  # fmt: skip
    return tuple(matched), problems


def _outside(running: Sequence[Line], heads: Sequence[Head], masthead: Masthead) -> list[Problem]:
    first = heads[0].first if heads else len(running)
    stray = [line for line in running[:first] if len(line.text) > 40 and not line.form.field]
    if not stray:
        return []
    return [
        Problem(
            "text_outside_document", "warning", "text before the first document", Span(stray[0].start, stray[-1].end)
        )
    ]


def _numbers_alone(running: Sequence[Line]) -> list[int]:
    """The positions of the lines that are the number of a document and nothing else."""
    return [position for position, line in enumerate(running) if not line.tabular and line.form.doc_number]


def _unclaimed(
    running: Sequence[Line], heads: Sequence[Head], alone: Sequence[int], read: Collection[int]
) -> list[Problem]:
    """Document numbers that stand *alone* on their line and begin no document: perhaps one that was not found.

    *read*: where those begin that a document has as its clauses.
    """
    claimed = {position for head in heads for position in head.number_at}
    for head, after in itertools.zip_longest(heads, heads[1:]):
        if head.number is None:  # its number may stand further down
            claimed.update(range(head.first, after.first if after else len(running)))
    return [
        Problem(
            "number_without_document",
            "warning",
            f"{running[position].form.compact} stands alone and begins no document",
            running[position].span,
        )
        for position in alone
        if position not in claimed and running[position].start not in read and not states_field(running, position)
    ]


def _claims(read: _Printed, taken: Sequence[_Taken]) -> list[Claim]:
    lines, running, contents = read.lines, read.running, read.contents
    first = running[read.heads[0].first].index if read.heads else len(lines)
    tables = [claim for one in taken for claim in one.tables]
    claims = [claim for one in taken for claim in one.claims]
    position = 0
    for line in lines:
        if not line.text:
            continue
        while position < len(tables) and tables[position].span.end <= line.start:
            position += 1
        if contents.first <= line.index <= contents.last:
            claims.append(Claim(line.span, "contents"))
        elif line.index in read.furniture:
            claims.append(Claim(line.span, "furniture"))
        elif line.index in read.sections:
            claims.append(Claim(line.span, "section"))
        elif line.index < first:
            claims.append(Claim(line.span, "masthead"))
        elif position < len(tables) and tables[position].span.start <= line.start:
            claims.append(Claim(line.span, "table", tables[position].document_id, None, tables[position].table_id))
    return claims
