"""What stands over a table and says of all of it: its title, and the note of its units (单位：万元)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from extractors.quantities.candidates.unit_notes import find_unit_note
from pipeline.segmentation.lines.form import Form
from pipeline.segmentation.lines.lines import squash
from pipeline.segmentation.lines.rules import pattern
from schemas.records import Clause
from schemas.spans import Reading, Span

_TITLED: Final = frozenset({"caption", "title", "attachment_label", "note"})
_SENTENCE: Final = re.compile(r"[。；！？]")
_LONGEST_NOTE: Final = 80
_LONGEST_TITLE: Final = 60
_FARTHEST: Final = 6
"""Lines over a table among which its title stands."""


@dataclass(frozen=True, slots=True)
class Heading:
    """The title over a table, and the note of its units with the place where it is printed."""

    caption: str | None = None
    unit_note: str | None = None
    unit_span: Span | None = None


def heading_over(before: Sequence[Clause], part: str, after: int = 0) -> Heading:
    """The heading of a table from the clauses *before* it in its part; none that ends before *after* counts.

    Lines that state the unit or who filled in the form are passed over on the way up to the title; a note of units
    alone on the line over the title counts as well.
    """
    note: Heading = Heading()
    near = before[-_FARTHEST:]
    for position, clause in reversed(list(enumerate(near))):
        if clause.part != part or clause.span.start < after:
            break
        found = read_note(clause.reading) if note.unit_note is None else None
        rest = title_text(clause.reading.text)
        if found is not None:
            note, rest = found
        if not rest or pattern("caption.field").fullmatch(rest):
            continue
        above = near[position - 1] if position else None
        if note.unit_note is None and above is not None and above.part == part and above.span.start >= after:
            alone = read_note(above.reading)
            note = alone[0] if alone is not None and not alone[1] else note
        return Heading(_title(clause, rest, noted=note.unit_note is not None), note.unit_note, note.unit_span)
    return note


def with_note_below(heading: Heading, after: Sequence[Clause], end: int) -> Heading:
    """*heading* with the unit that a note under the table states, which ends at *end* (注：表中单位为万元)."""
    for clause in after:
        found = find_unit_note(clause.reading.text[:_LONGEST_NOTE]) if clause.clause_type == "note" else None
        if found is not None and clause.span.start >= end:
            span = clause.reading.span(found.start, found.end)
            return Heading(heading.caption, squash(clause.reading.text[found.start : found.end]), span)
    return heading


def going_on(heading: Heading, between: Sequence[Clause], before: Heading, *, alike: bool) -> Heading:
    """*heading* with the unit note of the table *before* where this one goes on it: 续表 stands over it, or nothing does.

    *between* are the clauses between the two tables; *alike* says whether their first rows are the same.
    """
    says_so = any(pattern("caption.continued").search(squash(clause.reading.text)) for clause in between)
    if heading.unit_note is not None or not (says_so or (alike and not between)):
        return heading
    return Heading(heading.caption or before.caption, before.unit_note, before.unit_span)


def read_note(reading: Reading) -> tuple[Heading, str] | None:
    """The note of units on a short line, and the rest of the line; ``None`` where it states none."""
    if len(reading) > _LONGEST_NOTE or _SENTENCE.search(reading.text):
        return None
    found = find_unit_note(reading.text)
    if found is None:
        return None
    span = reading.span(found.start, found.end)
    rest = title_text(reading.text[: found.start] + reading.text[found.end :])
    return Heading(None, squash(reading.text[found.start : found.end]).strip("（）()"), span), rest


def title_text(text: str) -> str:
    """*text* without blanks but one behind the number of a table, which would run into a year (表3 2024年某市…)."""
    numbered = pattern("caption.table_number").match(text)
    return f"{squash(numbered[0])} {squash(text[numbered.end() :])}" if numbered else squash(text)


def _title(clause: Clause, rest: str, noted: bool) -> str | None:
    if clause.clause_type == "note":
        return None
    if clause.clause_type in _TITLED:
        titled = Form(clause.reading.text).titled_attachment
        return title_text(titled[1]) if titled else rest
    plain = clause.clause_type in ("paragraph", "numbered") and len(rest) <= _LONGEST_TITLE
    if (
        plain
        and not _SENTENCE.search(rest)
        and rest[-1] not in "，：:、"
        and (noted or pattern("caption.title").fullmatch(rest))
    ):
        return rest
    return None
