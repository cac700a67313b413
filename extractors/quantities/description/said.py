"""What a passage says of each of its numbers: what it measures, of what kind, by when, and what it is tied to.

It is read in stages, one after the other for many passages: parsed, then the kinds weighed, then what is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from extractors.language.folding import fold
from extractors.language.passages import Passage, cell_items
from extractors.quantities.candidates.candidate import Candidate
from extractors.quantities.description import cells
from extractors.quantities.description.before import Before
from extractors.quantities.description.deadline import time_expressions
from extractors.quantities.description.due import Dues
from extractors.quantities.description.findings import Finding
from extractors.quantities.description.kind import (
    WEIGHTS,
    Evidence,
    Kind,
    Setting,
    ahead_of,
    heaviest,
    kind_by_label,
    kind_of_column,
    kind_of_document,
    kind_of_section,
    told_of_the_past,
    weighed,
)
from extractors.quantities.description.labels import Labels
from extractors.quantities.description.lead_ins import LeadIns
from extractors.quantities.description.opened import OpenedYears
from extractors.quantities.description.period import BY_HEADING, TimePeriod, named_period, time_period
from extractors.quantities.description.sentences import Mention, Sentence, sentences
from extractors.quantities.description.stretch import NOT_STRETCHED, stretch_findings
from extractors.quantities.description.striving import Striving
from extractors.quantities.description.ties import Ties, ties
from extractors.quantities.description.told import Earlier
from extractors.quantities.description.topics import Topic, Topics, own_area_of
from extractors.quantities.frames.articles import Articles
from extractors.quantities.frames.clauses import Clauses, clauses, cut
from extractors.quantities.frames.measured import Measured, measured, measured_cell
from extractors.quantities.frames.view import Around
from extractors.rules.registry import rules_for, signs_of
from schemas.making import quickly_made
from schemas.records import Cell, Clause, Document, Table

_RULED = ("kind.lean.", "kind.context.")
"""Words by which a part of a sum is a rule of its own: 其中补助比例不超过40%."""
_MOST_BESIDE_RANK = 4
"""Characters beside a rank that stands alone in its cell (全省第3位)."""
_EARLIER = 400
"""Characters before a sentence in which its passage may name the time that it leaves unsaid."""
_YEAR = re.compile(r"(?<!\d)20\d\d(?=年)")


@dataclass(frozen=True)
class DocumentView:
    """What describing needs to know of a document as a whole."""

    source: str
    document: Document
    kind: Evidence
    lead_ins: LeadIns
    tables: Mapping[str, cells.TableView]
    items: Mapping[tuple[str, int, int], Sequence[Clause]] = field(default_factory=dict)
    articles: Articles = field(default_factory=Articles)
    own: frozenset[str] = frozenset()
    """The names of the issuer's own area."""
    topics: Topics = field(default_factory=Topics)
    labels: Labels = field(default_factory=Labels)
    striving: Striving = field(default_factory=Striving)
    opened: OpenedYears = field(default_factory=OpenedYears)

    @classmethod
    def of(cls, source: str, document: Document, lead_ins: LeadIns | None = None) -> DocumentView:
        """The view of *document*, whose canonical text is *source* and whose *lead_ins* may be known."""
        own = own_area_of(document)
        return cls(
            source,
            document,
            kind_of_document(document.genre, document.title),
            lead_ins or LeadIns.of(document),
            {table.table_id: cells.TableView(table, document) for table in document.tables},
            cell_items(document),
            Articles.of(document),
            own,
            Topics.of(document, own),
            Labels.of(document),
            Striving.of(document),
            OpenedYears.of(document),
        )


@quickly_made
@dataclass(frozen=True, slots=True)
class Said:
    """What a sentence says of one mention, each with what it was read from."""

    kind: Kind
    measured: Measured
    deadline: Finding[str] | None
    stretch: bool
    tie: Ties
    period: TimePeriod | None = None
    stretch_rule: str = NOT_STRETCHED
    weighed: tuple[Evidence, ...] = ()
    """What was weighed for the kind; empty for a number alone in a cell."""
    topic: Topic | None = None
    """What the part of the document is about, for a number that names no subject."""


@quickly_made
@dataclass(frozen=True, slots=True)
class Over:
    """What stands over all sentences of a passage: the year of their bare months, the kind of their part, the words around."""

    year: int | None
    section: Evidence | None
    around: Around


@quickly_made
@dataclass(frozen=True, slots=True)
class Parsed:
    """The sentences of a passage that hold numbers, each with its times and words; a number alone in a cell has none."""

    passage: Passage
    over: Over | None
    """What stands over them; ``None`` where numbers stand alone."""
    sentences: tuple[tuple[Sentence, Clauses | None], ...]


Weighings = tuple[list[Kind], list[tuple[Evidence, ...]]]
"""The kinds of the numbers of a sentence, and what was weighed for each."""


def said_of(
    view: DocumentView, passage: Passage, candidates: Sequence[Candidate]
) -> Iterator[tuple[Sentence, list[Said]]]:
    """The sentences of *passage* that hold *candidates* (ascending), with what is said of each of their mentions."""
    read = parsed(view, passage, sentences(passage.text, candidates))
    return said(view, read, weighings(view, read))


def parsed(view: DocumentView, passage: Passage, found: Sequence[Sentence]) -> Parsed:
    """The *found* sentences of *passage* with their times and words."""
    prose = [not _alone(passage, sentence) for sentence in found]
    over = Over(_year_of(view, passage), _section(view, passage), _around(view, passage)) if any(prose) else None
    read = [
        _clauses(view, over, sentence) if over and own else None for sentence, own in zip(found, prose, strict=True)
    ]
    return Parsed(passage, over, tuple(zip(found, read, strict=True)))


def cut_words(read: Iterable[Parsed]) -> None:
    """Cut the windows before the numbers of what was *read* into words."""
    cut([own for passage in read for _, own in passage.sentences if own is not None])


def _clauses(view: DocumentView, over: Over, sentence: Sentence) -> Clauses:
    return clauses(sentence, time_expressions(sentence.text, over.year, sentence.signs, view.document.signed_date))


def weighings(view: DocumentView, read: Parsed) -> tuple[Weighings, ...]:
    """The kinds of the numbers of each sentence of *read*."""
    cell, table = read.passage.cell, read.passage.table
    told: Kind | None = None
    found: list[Weighings] = []
    for _, own in read.sentences:
        if own is not None and read.over is not None:
            found.append(_kinds(view, read.passage, read.over, own, told))
        else:
            assert cell is not None and table is not None
            kind = cells.number_kind(view.tables[table.table_id], cell, view.kind[1], view.document.plan_year)
            found.append(([kind], [()]))
        told = told_of_the_past(found[-1][0])
    return tuple(found)


def _alone(passage: Passage, sentence: Sentence) -> bool:
    """Whether *sentence* is a cell that holds a number and no words."""
    if passage.cell is None or passage.table is None or len(sentence.mentions) > 1:
        return False
    mention = sentence.mentions[0]
    words = sentence.text[: mention.start] + sentence.text[mention.end :].lstrip("。")
    return not words or words.startswith("（") or (len(words) <= _MOST_BESIDE_RANK and mention.candidate.is_ranking)


def _said_alone(view: DocumentView, cell: Cell, table: Table, mention: Mention, kind: Kind) -> Said:
    """What is said of a number alone in a *cell* of *table*."""
    seen, year = view.tables[table.table_id], view.document.plan_year
    indicator = cells.number_indicator(seen, cell)
    if mention.candidate.is_ranking and "排名" not in indicator:
        indicator += "排名"
    deadline = cells.cell_deadline(seen, cell, year, view.document.signed_date) if kind.value == "target" else None
    row, column = cells.row_name(seen, cell), cells.column_name(cell.header)
    found = measured_cell(
        mention.candidate, cell.reading.text, cell.header, row, column, indicator, kind.value, view.own
    )
    own = named_period(cell, kind.value, deadline, view.document)
    return Said(kind, found, deadline, False, Ties(), own)


def _kinds(view: DocumentView, passage: Passage, over: Over, own: Clauses, told: Kind | None) -> Weighings:
    """The kinds of a sentence parsed as *own*, before which another has *told* of the past."""
    sentence = own.sentence
    reviewing = passage.clause is not None and passage.clause.section_role in ("review", "situation")
    ahead = ahead_of(passage.text, sentence.start, view.document.plan_year)
    headed = passage.clause is not None and (passage.clause.section_rule or "").startswith(BY_HEADING)
    unheaded = not headed and view.document.genre != "review_and_plan"
    setting = Setting(
        over.section,
        view.kind,
        view.document.plan_year,
        told,
        reviewing,
        unheaded,
        view.document.signed_date,
        ahead,
    )
    evidence = [weighed(sentence, mention, own.times, setting) for mention in sentence.mentions]
    kinds = [heaviest(found) for found in evidence]
    for index, mention in enumerate(sentence.mentions[1:], 1):
        ruled = any(one.value == "standard" and one.rule_id.startswith(_RULED) for _, one in evidence[index])
        part = kinds[index - 1].value == "fact" and "其中" in sentence.window(mention)
        if part and not ruled and _of_one_sort(sentence.mentions[index - 1], mention):
            kinds[index] = kind_by_label("kind.follows", "part of a fact", "part of a number that is a fact", "其中")
        elif mention.bare and not kinds[index].rule_id.startswith("kind.context"):
            kinds[index] = kinds[index - 1]
    return kinds, evidence


def said(view: DocumentView, read: Parsed, kinds: Sequence[Weighings]) -> Iterator[tuple[Sentence, list[Said]]]:
    """The sentences of *read*, whose numbers are of these *kinds*, with what is said of each of their mentions."""
    cell, table = read.passage.cell, read.passage.table
    last: tuple[Sentence, list[Said]] | None = None
    for (sentence, own), weighings in zip(read.sentences, kinds, strict=True):
        if own is not None and read.over is not None:
            before = Before.of(last[0], [one.measured for one in last[1]]) if last else Before()
            found = _said_in_prose(view, read.passage, read.over, own, weighings, before)
        else:
            assert cell is not None and table is not None
            found = [_said_alone(view, cell, table, sentence.mentions[0], weighings[0][0])]
        last = sentence, found
        yield last


def _said_in_prose(
    view: DocumentView, passage: Passage, over: Over, own: Clauses, weighings: Weighings, before: Before
) -> list[Said]:
    sentence, times, (kinds, evidence) = own.sentence, own.times, weighings
    stretches = view.striving.led(passage, sentence, stretch_findings(sentence))
    stretch = tuple(one.value for one in stretches)
    around = over.around.behind(before.bearer, before.wholes)
    found = measured(own, [kind.value for kind in kinds], around)
    topics = view.topics.of_numbers(passage, sentence, found, [kind.value for kind in kinds])
    tied = ties(sentence, [one.indicator for one in found], stretch)
    table = view.tables[passage.table.table_id] if passage.cell is not None and passage.table is not None else None
    dues = Dues(view.lead_ins, table, view.document.plan_year)
    deadlines = [dues.of(kind.value, passage, sentence, index, times) for index, kind in enumerate(kinds)]
    earlier = Earlier(passage.text[max(0, sentence.start - _EARLIER) : sentence.start], signs_of(passage.text))
    return [
        Said(
            kind,
            found[index],
            deadlines[index],
            stretch[index],
            tied[index],
            time_period(
                sentence,
                sentence.mentions[index],
                kind.value,
                deadlines[index],
                passage.clause,
                view.document,
                found[index].change.transformation,
                earlier,
                view.opened.at(passage, sentence.start),
            ),
            stretches[index].rule_id,
            evidence[index],
            topics[index],
        )
        for index, kind in enumerate(kinds)
    ]


def _of_one_sort(whole: Mention, part: Mention) -> bool:
    """Whether a number may be a part of the one before it: 提出6项指标，其中收入增长5% tells of other things."""
    return whole.candidate.dimension != "count" or part.candidate.dimension == "count"


def _section(view: DocumentView, passage: Passage) -> Evidence | None:
    if passage.cell is not None and passage.table is not None:
        if cells.is_remark(passage.cell):
            remark = kind_by_label("kind.cell", "remark", "a column of remarks", "".join(passage.cell.header))
            return WEIGHTS["kind.heading"], remark
        if cells.is_profile(passage.cell):
            profile = kind_by_label("kind.cell", "profile", "a column of profiles", "".join(passage.cell.header))
            return WEIGHTS["kind.existing"], profile
        if view.kind[1].value == "standard" and view.tables[passage.table.table_id].gives_marks:
            asked = kind_by_label("kind.cell", "rates", "a rule's table with a column of marks")
            return WEIGHTS["kind.heading"], asked
        column = kind_of_column(passage.cell.header, passage.table.caption)
        return (WEIGHTS["kind.heading"], column) if column else None
    return kind_of_section(passage)


def _year_of(view: DocumentView, passage: Passage) -> int | None:
    """The year of a bare month: that of the nearest heading that names one, else the document's."""
    named = [_YEAR.findall(heading) for heading in passage.headings]
    return next((int(years[-1]) for years in reversed(named) if years), view.document.plan_year)


def _around(view: DocumentView, passage: Passage) -> Around:
    return Around(
        _topic(view, passage),
        passage.cell is not None,
        _lead_in(passage, "indicator.list_subject"),
        list_consequence=_lead_in(passage, "indicator.list_consequence"),
        own=view.own,
        label=view.labels.named_over(passage),
        articles=view.articles,
    )


def _topic(view: DocumentView, passage: Passage) -> str:
    """What the row or the clause is about, for a number whose own words do not say."""
    if passage.cell is not None and passage.table is not None:
        return cells.row_name(view.tables[passage.table.table_id], passage.cell)
    return passage.headings[-1] if passage.headings else ""


def _lead_in(passage: Passage, prefix: str) -> str:
    """What a rule of *prefix* finds in the lead-in over a list item (处置单位应当具备下列条件：)."""
    if not passage.ancestors:
        return ""
    text = fold(passage.ancestors[-1].reading).text
    return next((match["said"] for rule in rules_for(prefix, signs_of(text)) if (match := rule.search(text))), "")
