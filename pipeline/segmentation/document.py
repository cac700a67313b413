"""One document: its head and lines → a record with clauses, tables and all columns."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from pipeline.segmentation.clauses.attachments import check_attachments
from pipeline.segmentation.clauses.blocks import Block, document_blocks
from pipeline.segmentation.clauses.cell_items import table_clauses
from pipeline.segmentation.clauses.tree import Tree, drafts
from pipeline.segmentation.documents import provisions
from pipeline.segmentation.documents.heads import Head
from pipeline.segmentation.documents.history import read_history
from pipeline.segmentation.documents.issuers import (
    act_of_letter,
    described_body,
    explaining_body,
    owner_of,
    settle_issuers,
    signatories,
    signing_office,
)
from pipeline.segmentation.documents.metadata import fields_around, read_metadata
from pipeline.segmentation.documents.titles import doubtful_title, in_full, split_head, subject_of
from pipeline.segmentation.lines.form import Form
from pipeline.segmentation.lines.lines import Line, squash
from pipeline.segmentation.lines.numbers import ORDER, DocNumber, number_behind
from pipeline.segmentation.lines.rules import pattern
from pipeline.segmentation.parts import with_parts
from pipeline.segmentation.tables.captions import Heading, going_on, heading_over, with_note_below
from pipeline.segmentation.tables.tables import Place, build_table
from schemas.records import Clause, ContentsEntry, Document, Masthead, Problem, SourceTable, Table
from schemas.replacing import replace
from schemas.spans import Span

_HEADLINE: Final = pattern("title.headline")
_ORDERED: Final = pattern("title.ordered_act")
_PROMULGATED: Final = pattern("title.promulgated")
_ENCLOSES: Final = pattern("title.encloses")
_FEWEST_ARTICLES: Final = 2
_ABOVE: Final = 4
"""Lines over a head among which the body that gives an order may stand."""
_BODY_ALONE: Final = pattern("title.body_alone")


@dataclass(frozen=True, slots=True)
class Context:
    """What a document takes from its issue."""

    issue_id: str
    source: str
    ordinal: int
    section: str | None
    entry: ContentsEntry | None
    masthead: Masthead
    tables: tuple[SourceTable, ...]
    fields: tuple[tuple[str, str], ...] = ()
    """What the page states about its one document (empty where the issue has several)."""
    running_title: str | None = None
    """The title that the heads of the pages repeat over the one document."""
    stamped: int | None = None
    """The year in which the page of the one document was put up."""


def build_document(lines: Sequence[Line], head: Head, stop: int, context: Context) -> tuple[Document, list[Problem]]:
    """The document whose head stands over the printed lines ``[head.first, stop)``, and its problems."""
    span = Span(lines[head.first].start, lines[stop - 1].end)
    document_id = f"{context.issue_id}/d/{span.start}"
    blocks = document_blocks(lines, head, stop)
    tree = Tree(context.issue_id, document_id)
    clauses = tree.build(list(drafts(context.source, blocks)))
    tables, problems = _tables(blocks, clauses, context, document_id)
    clauses += table_clauses(context.source, clauses, tables)
    clauses.sort(key=lambda clause: (clause.span.start, clause.span.end))
    clauses = [
        clause if clause.ordinal == number else replace(clause, ordinal=number)
        for number, clause in enumerate(clauses, 1)
    ]
    bare = Document(document_id, context.ordinal, span, clauses=tuple(clauses), tables=tuple(tables))
    document = with_parts(_columns(bare, lines, head, context))
    return document, [*tree.problems, *problems, *check_attachments(document), *_missing(document)]


def _columns(document: Document, lines: Sequence[Line], head: Head, context: Context) -> Document:
    clauses = document.clauses
    issuers, title = split_head(
        [lines[p].text for p in head.issuers or head.under], [lines[p].text for p in head.title]
    )
    issuers = in_full(issuers, signatories(clauses), [lines[p].text for p in head.title])
    number, entry = head.number, context.entry
    behind = number_behind(title) if number is None else None
    if behind:
        title, number = behind
    title = _ENCLOSES.sub("", title)
    headline = _HEADLINE.search(title)
    if headline:
        title = headline["title"]
    order = number.orders if number else None
    if number is not None and (order is not None or number.is_whole_name):
        above = [line.text for line in lines[max(0, head.first - _ABOVE) : head.first] if line.form.organ]
        issuers = in_full((order,), signatories(clauses) or tuple(above[-1:]), ()) if order else ()
        title = title or _title_of(clauses, "body") or _promulgated(clauses) or number.text
    if number is None and _BODY_ALONE.fullmatch(title):
        issuers, title = issuers or (title,), ""
    stated = read_metadata([*fields_around(lines, head.first, head.stop), *context.fields])
    if not title and (named := stated.title or context.running_title):
        issuers, title = split_head([], [named])
    history = read_history(_notes_of_adoption(clauses))
    number = number or _own_number(clauses) or history.number or stated.number
    closing = lines[head.closed_at].form.date if head.closed_at is not None else None
    signed = provisions.signed_date(clauses) or history.signed_date or stated.signed_date or closing
    effective, validity = provisions.force(title, clauses, signed)
    issuers = issuers or settle_issuers(title, clauses, context.masthead) or stated.issuers
    if not issuers:
        body = history.body or (number.body if number else None)
        signing = signing_office(clauses) if number and number.is_whole_name else ()
        issuers = (body,) if body else signing or explaining_body(clauses) or owner_of(title) or (() if title else described_body(clauses))  # fmt: skip
    return replace(
        document,
        title=title or None,
        subject_title=(subject_of(title) or _ordered(title, clauses)) if title else _issued(clauses),
        section=(entry.section if entry else None) or context.section or (headline["section"] if headline else None),
        doc_number=number.text if number else entry.doc_number if entry else None,
        doc_number_span=_number_span(clauses) if number else None,
        doc_number_code=number.code if number else None,
        doc_number_year=number.year if number else None,
        doc_number_serial=number.serial if number else None,
        registration_number=_registration(clauses)
        or (entry.registration_number if entry else None)
        or stated.registration,
        issuers=issuers,
        doc_type=ORDER
        if number and number.is_order and not head.title
        else Form(title).type or act_of_letter(title, clauses),
        recipients=provisions.recipients(clauses),
        signed_date=signed,
        effective_date=effective or history.effective_date,
        adopted_date=history.adopted_date,
        adopted_by=history.adopted_by,
        history=history.acts,
        validity=validity,
        disclosure=provisions.disclosure(clauses) or stated.disclosure,
        toc_title=entry.title if entry else None,
        toc_page=entry.page if entry else None,
        plan_year=provisions.title_year(title)
        or (signed.year if signed else None)
        or (number.year if number else None)
        or context.masthead.publication_year
        or context.stamped
        or provisions.news_year(clauses),
    )


def _notes_of_adoption(clauses: Sequence[Clause]) -> Iterator[str]:
    """The notes under the title of a document, or of what it issues, that say how the text was adopted."""
    for clause in clauses:
        printed = clause.reading.text
        if clause.clause_type == "note" and not clause.part.startswith("attachment") and Form(printed).adopted:
            yield printed


def _registration(clauses: Sequence[Clause]) -> str | None:
    found = next((clause for clause in clauses if clause.clause_type == "registration"), None)
    return Form(found.reading.text).registration if found else None


def _title_of(clauses: Sequence[Clause], part: str) -> str | None:
    found = next((clause for clause in clauses if clause.clause_type == "title" and clause.part == part), None)
    return squash(found.reading.text) if found else None


def _issued(clauses: Sequence[Clause]) -> str | None:
    """The title of what a notice brings that prints no title of its own."""
    return _title_of(clauses, "body") if any(clause.part == "notice" for clause in clauses) else None


def _ordered(title: str, clauses: Sequence[Clause]) -> str | None:
    """What an order that is named after its body alone (某部令) makes, amends or promulgates by its first paragraph."""
    first = next((clause for clause in clauses if clause.clause_type == "paragraph"), None)
    match = _ORDERED.search(squash(first.reading.text)) if first and title.endswith(ORDER) else None
    return match["act"] if match else None


def _promulgated(clauses: Sequence[Clause]) -> str | None:
    """What an order promulgates by its first paragraph, where the articles of that text follow without a title."""
    first = next((clause for clause in clauses if clause.clause_type == "paragraph"), None)
    match = _PROMULGATED.search(squash(first.reading.text)) if first else None
    articles = sum(clause.clause_type == "numbered" for clause in clauses if clause.part == "notice")
    return match["act"] if match and articles >= _FEWEST_ARTICLES else None


def _own_number(clauses: Sequence[Clause]) -> DocNumber | None:
    """The number of a document that prints it at its end."""
    found = next((c for c in clauses if c.clause_type == "doc_number" and not c.part.startswith("attachment")), None)
    return Form(found.reading.text).doc_number if found else None


def _number_span(clauses: Sequence[Clause]) -> Span | None:
    """Where the number is printed: on its own line, else behind the title."""
    own = next((clause.span for clause in clauses if clause.clause_type == "doc_number"), None)
    title = next((clause.reading for clause in clauses if clause.clause_type == "title"), None)
    opening = max(title.text.rfind("（"), title.text.rfind("(")) if title else -1
    if own is not None or title is None or not number_behind(squash(title.text)):
        return own
    return title.span(opening + 1, len(title) - 1)


def _missing(document: Document) -> list[Problem]:
    problems: list[Problem] = []
    if doubtful_title(document):
        said = "the title may be the first of the headings of an extract"
        problems.append(Problem("doubtful_title", "info", said, document.span, None, document.document_id))
    if document.title is None:
        problems.append(
            Problem("missing_title", "info", "document prints no title", document.span, None, document.document_id)
        )
    if document.doc_number is None:
        problems.append(
            Problem(
                "missing_doc_number", "info", "document prints no number", document.span, None, document.document_id
            )
        )
    if document.signed_date is None:
        problems.append(
            Problem(
                "missing_date",
                "info",
                "document prints no date of signature",
                document.span,
                None,
                document.document_id,
            )
        )
    return problems


def _tables(
    blocks: Sequence[Block], clauses: Sequence[Clause], context: Context, document_id: str
) -> tuple[list[Table], list[Problem]]:
    tables: list[Table] = []
    problems: list[Problem] = []
    starts = [clause.span.start for clause in clauses]
    last: Block | None = None
    for block in blocks:
        if block.kind != "table":
            continue
        position = bisect_left(starts, block.lines[0].start) - 1
        anchor = clauses[position] if position >= 0 and clauses[position].part == block.part else None
        heading = heading_over(clauses[: position + 1], block.part, tables[-1].span.end if tables else 0)
        if heading.unit_note is None:
            heading = with_note_below(heading, clauses[position + 1 : position + 2], block.lines[-1].end)
        if last is not None and last.part == block.part:
            between = clauses[bisect_left(starts, tables[-1].span.end) : position + 1]
            before = Heading(tables[-1].caption, tables[-1].unit_note, tables[-1].unit_span)
            heading = going_on(heading, between, before, alike=block.lines[0].text == last.lines[0].text)
        last = block
        place = Place(
            context.issue_id, document_id, anchor.clause_id if anchor else None, len(tables) + 1, block.part, heading
        )
        table, found = build_table(context.source, block.lines, place, _given(block, context))
        tables.append(table)
        problems += found
    return tables, problems


def _given(block: Block, context: Context) -> SourceTable | None:
    number = block.lines[0].table
    return None if number is None else context.tables[number]
