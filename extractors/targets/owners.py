"""Owners: the agencies and people who answer for a quantity, by where it stands.

In a table, those whose cells apply to its row. In text, those of the note that closes the stretch in which it
stands: a note at the end of a sentence or clause covers what lies between it and the note before (or the
clause's start), over unnumbered paragraphs too; a note in a clause's heading covers the clause and, where they
have no note of their own, its children. Running text (由X牵头) covers its sentence. Members are no owners.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate, pairwise
from typing import Final

from extractors.rules.force import in_force
from extractors.rules.registry import registry
from schemas.making import quickly_made
from schemas.records import Clause, Document
from schemas.rows import Duty, Official, Owners, Place, Quantity, Responsibility
from schemas.spans import Span

_WIDEST_GAP: Final = 24
"""Farthest apart that two names of one note stand, in characters of the source: a label lies between them."""
_NOTE_ENDS: Final = "。；;）)〕】］!！？\n"
_STOP: Final = re.compile("[。；！？]")
_OPENERS: Final = "（(〔【［["
_CLOSERS: Final = "）)〕】］]"
_LONGEST_NOTE: Final = 300
_LABEL_LINE: Final = re.compile(r"[\s（(〔【［\[]{0,4}[\u4e00-\u9fff]{2,12}[：:]")
"""A line that begins with a label (配合单位：)."""
_UNNUMBERED: Final = "paragraph"

Mention = Responsibility | Official


@dataclass(frozen=True)
class OwnersFinding:
    """The mentions that answer for a quantity, and the rule of the place where they stand (``None`` without any)."""

    mentions: tuple[Mention, ...] = ()
    rule_id: str | None = None

    @property
    def source(self) -> str:
        """Where the mentions were looked up, for readers of audits."""
        return (self.rule_id and registry()[self.rule_id].value) or "nothing names any"

    @cached_property
    def owners(self) -> Owners:
        """Who answers by these mentions; members do not."""
        return _owners(self.mentions, self.rule_id)


@quickly_made
@dataclass(frozen=True, slots=True)
class _Note:
    """Mentions that stand together; ``span`` runs from the first to the last of them."""

    span: Span
    mentions: tuple[Mention, ...]
    in_prose: bool


@dataclass(frozen=True)
class _Notes:
    """The notes of one clause or cell in order of print: those that close a stretch, and those of running text.

    A line may hold thousands of them and of quantities, so that every look-up is a bisection.
    """

    all: tuple[_Note, ...] = ()

    @cached_property
    def closing(self) -> tuple[_Note, ...]:
        """The notes in brackets and behind labels."""
        return tuple(note for note in self.all if not note.in_prose)

    @cached_property
    def prose(self) -> tuple[_Note, ...]:
        """The notes of running text."""
        return tuple(note for note in self.all if note.in_prose)

    def last_up_to(self, position: int) -> _Note | None:
        """The last closing note that begins at *position* or before it."""
        after = bisect_right(self.closing, position, key=_start)
        return self.closing[after - 1] if after else None

    def prose_in(self, sentence: Span) -> tuple[_Note, ...]:
        """The notes of running text that overlap *sentence*."""
        first, after = bisect_right(self._reach, sentence.start), bisect_left(self.prose, sentence.end, key=_start)
        return tuple(note for note in self.prose[first:after] if sentence.overlaps(note.span))

    def nearest_prose(self, position: int) -> _Note | None:
        """The note of running text that begins nearest to *position*."""
        after = bisect_left(self.prose, position, key=_start)
        return min(
            self.prose[max(0, after - 1) : after + 1], key=lambda note: abs(note.span.start - position), default=None
        )

    @cached_property
    def _reach(self) -> tuple[int, ...]:
        """How far the notes of running text up to each reach."""
        return tuple(accumulate((note.span.end for note in self.prose), max))


_NONE: Final = _Notes()


def _start(note: _Note) -> int:
    return note.span.start


def _covering(notes: Sequence[_Note], position: int) -> _Note | None:
    """The first note that begins behind *position*: it covers back to the note before it."""
    after = bisect_right(notes, position, key=_start)
    return notes[after] if after < len(notes) else None


@dataclass(frozen=True)
class _Layout:
    """Where the sentences and the heading of a clause end, in positions of its own text."""

    clause: Clause

    @cached_property
    def _stops(self) -> tuple[int, ...]:
        return tuple(match.start() for match in _STOP.finditer(self.clause.reading.text))

    def sentence(self, position: int) -> Span:
        """The source span of the sentence at the source *position*."""
        text, offsets = self.clause.reading.text, self.clause.reading.offsets
        number = bisect_left(self._stops, bisect_left(offsets, position))
        start = self._stops[number - 1] + 1 if number else 0
        end = self._stops[number] if number < len(self._stops) else len(text)
        last = offsets[end - 1] + 1 if end else position + 1
        return Span(offsets[start] if start < len(offsets) else position, max(last, position + 1))

    @cached_property
    def heading_end(self) -> int | None:
        """The last source offset of the clause's marker and heading, up to its first sentence; ``None``: all of it."""
        clause, offsets = self.clause, self.clause.reading.offsets
        stop = clause.reading.text.find("。")
        heading = len(clause.marker or "") + len(clause.heading or "") + 4
        limit = max(stop, heading) if clause.heading else stop
        return None if limit < 0 else offsets[min(limit, len(offsets) - 1)]


_Key = tuple[str | None, str | None, int | None, int | None]


@dataclass(frozen=True, slots=True)
class OwnersIndex:
    """The owners of one document's clauses, cells and rows; see :func:`owners_index`."""

    document: Document
    rows: dict[tuple[str, int], list[Mention]]
    notes: dict[_Key, _Notes]
    clauses: dict[str, Clause] = field(default_factory=dict)
    order: dict[str, int] = field(default_factory=dict)
    ahead: Sequence[int] = ()
    """By a clause's number, that of the next clause of another kind or with a note: what lies between is alike."""
    layouts: dict[str, _Layout] = field(default_factory=dict)
    found: dict[tuple[str, int, int, int], OwnersFinding] = field(default_factory=dict)
    """What was found for the sentences and stretches of clauses so far."""

    def finding(self, quantity: Quantity) -> OwnersFinding:
        """The mentions that answer for *quantity*, members among them, with where they stand; none where nothing names any."""
        return self.finding_at(quantity.place, quantity.span.start)

    def finding_at(self, place: Place, position: int) -> OwnersFinding:
        """The mentions that answer for what begins at the source *position* in *place*; see :meth:`finding`."""
        found = self._at(place, position)
        return found if found.rule_id is None or in_force(found.rule_id) else OwnersFinding()

    def _at(self, place: Place, position: int) -> OwnersFinding:
        if place.table_id is not None and place.row is not None:
            own = self.notes.get((None, place.table_id, place.row, place.column), _NONE)
            covering = _covering(own.all, position)
            mentions = covering.mentions if covering else ()
            named = _owners(mentions, None)
            if named.lead_agencies or named.responsible_agencies:
                return OwnersFinding(mentions, "owner.cell_note")
            row = tuple(self.rows.get((place.table_id, place.row), ()))
            return OwnersFinding((*mentions, *row), "owner.row") if row or mentions else OwnersFinding()
        clause = self.clauses.get(place.clause_id or "")
        return self._of_clause(clause, position) if clause else OwnersFinding()

    def _of_clause(self, clause: Clause, position: int) -> OwnersFinding:
        own = self._notes(clause)
        sentence = self.layouts[clause.clause_id].sentence(position) if own.prose else Span(0, 0)
        note = _covering(own.closing, position)
        key = (clause.clause_id, *sentence, note.span.start if note else -1)
        if key in self.found:
            return self.found[key]
        in_sentence = own.prose_in(sentence)
        if note or in_sentence:
            mentions = [m for n in in_sentence for m in n.mentions] + list(note.mentions if note else ())
            where = "sentence_and_note" if note and in_sentence else "closing_note" if note else "sentence"
            found = OwnersFinding(tuple(mentions), f"owner.{where}")
            self.found[key] = found
            return found
        closing = self._closing_note(clause)
        if closing:
            return OwnersFinding(closing.mentions, "owner.following_note")
        heading = self._heading_note(clause, position)
        if heading:
            return OwnersFinding(heading.mentions, "owner.heading_note")
        nearest = own.nearest_prose(position)
        return OwnersFinding(nearest.mentions, "owner.nearest_words") if nearest else OwnersFinding()

    def _notes(self, clause: Clause) -> _Notes:
        return self.notes.get((clause.clause_id, None, None, None), _NONE)

    def _closing_note(self, clause: Clause) -> _Note | None:
        """The note behind *clause* in the unnumbered paragraphs that follow it under the same number.

        Labels in lines of their own (牵头单位：… / 配合单位：…) are one note.
        """
        found: list[_Note] = []
        clauses = self.document.clauses
        position = self.order[clause.clause_id] + 1
        while position < len(clauses):
            after = clauses[position]
            follows = after.clause_type == _UNNUMBERED and after.parent_id in (clause.parent_id, clause.clause_id)
            notes = self._notes(after).closing if follows else ()
            labelled = bool(notes) and _LABEL_LINE.match(after.reading.text) is not None
            if not follows or (found and not labelled):
                break
            found.extend(notes[:1])
            if found and not labelled:
                break
            position = self.ahead[position]
        if not found:
            return None
        mentions = tuple(mention for note in found for mention in note.mentions)
        return _Note(Span(found[0].span.start, found[-1].span.end), mentions, False)

    def _heading_note(self, clause: Clause, position: int) -> _Note | None:
        """The note in the heading of *clause* before *position*, else the last note of the nearest clause above."""
        own = self._notes(clause)
        if own.closing:
            end = self.layouts[clause.clause_id].heading_end
            before = own.last_up_to(position - 1 if end is None else min(position - 1, end))
            if before:
                return before
        parent = self.clauses.get(clause.parent_id or "")
        while parent is not None:
            notes = self._notes(parent).closing
            if notes:
                return notes[-1]
            parent = self.clauses.get(parent.parent_id or "")
        return None


def owners_index(
    document: Document, responsibilities: Sequence[Responsibility], officials: Sequence[Official]
) -> OwnersIndex:
    """The index of *document* from its own *responsibilities* and *officials* (rows of other documents are ignored)."""
    rows: dict[tuple[str, int], list[Mention]] = defaultdict(list)
    places: dict[tuple[str | None, str | None, int | None, int | None], list[Mention]] = defaultdict(list)
    duties = [official for official in officials if official.mention_type == "duty" and official.name]
    mentions: list[Mention] = [*responsibilities, *duties]
    for mention in sorted(mentions, key=lambda mention: mention.span):
        place = mention.place
        if place.document_id != document.document_id:
            continue
        if place.table_id is not None and mention.applies_to_rows:
            for row in mention.applies_to_rows:
                rows[place.table_id, row].append(mention)
        elif place.table_id is not None:
            places[None, place.table_id, place.row, place.column].append(mention)
        else:
            places[place.clause_id, None, None, None].append(mention)
    texts = _texts(document)
    notes = {key: _notes_of(found, texts.get(key)) for key, found in places.items()}
    clauses = {clause.clause_id: clause for clause in document.clauses}
    order = {clause.clause_id: number for number, clause in enumerate(document.clauses)}
    layouts = {clause.clause_id: _Layout(clause) for clause in document.clauses}
    return OwnersIndex(document, dict(rows), notes, clauses, order, _ahead(document.clauses, notes), layouts)


def _ahead(clauses: Sequence[Clause], notes: dict[_Key, _Notes]) -> Sequence[int]:
    ahead = list(range(1, len(clauses) + 1))
    for number, (clause, after) in reversed(list(enumerate(pairwise(clauses)))):
        alike = (clause.clause_type, clause.parent_id) == (after.clause_type, after.parent_id)
        if alike and not notes.get((after.clause_id, None, None, None), _NONE).closing:
            ahead[number] = ahead[number + 1]
    return ahead


def _texts(document: Document) -> dict[_Key, tuple[str, Sequence[int]]]:
    texts: dict[_Key, tuple[str, Sequence[int]]] = {}
    for clause in document.clauses:
        texts[clause.clause_id, None, None, None] = (clause.reading.text, clause.reading.offsets)
    for table in document.tables:
        for cell in table.cells:
            texts[None, table.table_id, cell.row, cell.column] = (cell.reading.text, cell.reading.offsets)
    return texts


def _notes_of(mentions: Sequence[Mention], text: tuple[str, Sequence[int]] | None) -> _Notes:
    """The mentions of one place (in order) in groups, parted where a bracket or a sentence ends between them."""
    groups: list[list[Mention]] = []
    for mention in mentions:
        if isinstance(mention, Responsibility) and mention.duty == "member":
            continue
        if groups and _together(groups[-1][-1], mention, text):
            groups[-1].append(mention)
        else:
            groups.append([mention])
    notes = (
        _Note(
            Span(group[0].span.start, max(mention.span.end for mention in group)),
            tuple(group),
            all(map(_in_prose, group)),
        )
        for group in groups
    )
    return _Notes(tuple(notes))


def _in_prose(mention: Mention) -> bool:
    return registry()[mention.rule_id].flag("running_text")


def _together(before: Mention, after: Mention, text: tuple[str, Sequence[int]] | None) -> bool:
    if _in_prose(before) != _in_prose(after):
        return False
    if after.span.start < before.span.end:
        return True
    if text is None:
        return after.span.start - before.span.end <= _WIDEST_GAP
    reading, offsets = text
    between = reading[bisect_left(offsets, before.span.end) : bisect_left(offsets, after.span.start)]
    labels = "：" in between or ":" in between or _in_bracket(reading, bisect_left(offsets, before.span.start))
    closers = _NOTE_ENDS.replace("；", "").replace(";", "") if labels else _NOTE_ENDS
    return len(between) <= _WIDEST_GAP and not any(char in closers for char in between)


def _in_bracket(text: str, position: int) -> bool:
    """Whether a bracket is open at *position*: a semicolon parts the halves of one note there."""
    before = text[max(0, position - _LONGEST_NOTE) : position]
    return sum(map(before.count, _OPENERS)) > sum(map(before.count, _CLOSERS))


def _owners(mentions: Sequence[Mention], rule_id: str | None) -> Owners:
    agencies: dict[Duty, dict[str, str]] = {"lead": {}, "responsible": {}, "support": {}, "member": {}}
    people: dict[str, str] = {}
    for mention in mentions:
        if isinstance(mention, Responsibility):
            agencies[mention.duty].setdefault(mention.agency, mention.agency_key)
        elif mention.name:
            people.setdefault(mention.name, mention.person_key or mention.name)
    lead, responsible, support = agencies["lead"], agencies["responsible"], agencies["support"]
    answers = bool(lead or responsible or support or people)
    return Owners(
        *(tuple(lead), tuple(responsible), tuple(support), tuple(people)),
        *(tuple(lead.values()), tuple(responsible.values()), tuple(support.values()), tuple(people.values())),
        rule_id if answers else None,
    )
