"""From a candidate to a quantity: what it measures, of what kind, by when, and what it is tied to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

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
from extractors.quantities.description.topics import Topic, Topics, named_apart, own_area_of
from extractors.quantities.frames.articles import Articles
from extractors.quantities.frames.clauses import clauses
from extractors.quantities.frames.confidence import indicator_features, kind_features, model
from extractors.quantities.frames.keys import indicator_key, metric_key
from extractors.quantities.frames.measured import CELL, Measured, measured, measured_cell
from extractors.quantities.frames.observation import observation
from extractors.quantities.frames.view import Around
from extractors.quantities.frames.vocabulary import indicator_of
from extractors.quantities.frames.words import leading_verb
from extractors.rules.registry import rules_for, signs_of
from schemas.ids import IdMaker
from schemas.making import quickly_made
from schemas.records import Clause, Document
from schemas.rows import Place, Quantity
from schemas.spans import Span

_RULED = ("kind.lean.", "kind.context.")
"""Words by which a part of a sum is a rule of its own: 其中补助比例不超过40%."""
_LONGEST_EVIDENCE = 400
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


def describe(view: DocumentView, passage: Passage, candidates: Sequence[Candidate], ids: IdMaker) -> list[Quantity]:
    """The quantities of *passage*, one for each of its *candidates* (ascending)."""
    found: list[Quantity] = []
    for sentence, said in said_of(view, passage, candidates):
        spans = [passage.span(mention.candidate.start, mention.candidate.end) for mention in sentence.mentions]
        names = [ids.over("q", span.start, span.end) for span in spans]
        for index, (mention, span) in enumerate(zip(sentence.mentions, spans, strict=True)):
            found.append(_quantity(view, passage, sentence, mention, span, said[index], names, index))
    return found


def said_of(
    view: DocumentView, passage: Passage, candidates: Sequence[Candidate]
) -> Iterator[tuple[Sentence, list[Said]]]:
    """The sentences of *passage* that hold *candidates* (ascending), with what is said of each of their mentions."""
    last: tuple[Sentence, list[Said]] | None = None
    over: Over | None = None
    for sentence in sentences(passage.text, candidates):
        said = _numbers_alone(view, passage, sentence)
        if said is None:
            over = over or Over(_year_of(view, passage), _section(view, passage), _around(view, passage))
            said = _prose(view, passage, over, sentence, _said_by(*last) if last else Before())
        last = sentence, said
        yield last


def _said_by(sentence: Sentence, said: Sequence[Said]) -> Before:
    """What *sentence*, of whose mentions this is *said*, says that the next may leave unsaid."""
    return Before.of(sentence, [one.kind for one in said], [one.measured for one in said])


def _numbers_alone(view: DocumentView, passage: Passage, sentence: Sentence) -> list[Said] | None:
    """A cell that holds a number and no words; ``None`` for prose."""
    cell, table = passage.cell, passage.table
    if cell is None or table is None or len(sentence.mentions) > 1:
        return None
    mention = sentence.mentions[0]
    words = sentence.text[: mention.start] + sentence.text[mention.end :].lstrip("。")
    if len(words) > 4 and not words.startswith("（"):
        return None
    if words and not words.startswith("（") and not mention.candidate.is_ranking:
        return None
    seen = view.tables[table.table_id]
    year = view.document.plan_year
    kind = cells.number_kind(seen, cell, view.kind[1], year)
    indicator = cells.number_indicator(seen, cell)
    if mention.candidate.is_ranking and "排名" not in indicator:
        indicator += "排名"
    deadline = cells.cell_deadline(seen, cell, year, view.document.signed_date) if kind.value == "target" else None
    row, column = cells.row_name(seen, cell), cells.column_name(cell.header)
    found = measured_cell(
        mention.candidate, cell.reading.text, cell.header, row, column, indicator, kind.value, view.own
    )
    own = named_period(cell, kind.value, deadline, view.document)
    return [Said(kind, found, deadline, False, Ties(), own)]


def _prose(view: DocumentView, passage: Passage, over: Over, sentence: Sentence, before: Before) -> list[Said]:
    times = time_expressions(sentence.text, over.year, sentence.signs, view.document.signed_date)
    reviewing = passage.clause is not None and passage.clause.section_role in ("review", "situation")
    ahead = ahead_of(passage.text, sentence.start, view.document.plan_year)
    headed = passage.clause is not None and (passage.clause.section_rule or "").startswith(BY_HEADING)
    unheaded = not headed and view.document.genre != "review_and_plan"
    setting = Setting(
        over.section,
        view.kind,
        view.document.plan_year,
        before.told,
        reviewing,
        unheaded,
        view.document.signed_date,
        ahead,
    )
    evidence = [weighed(sentence, mention, times, setting) for mention in sentence.mentions]
    kinds = [heaviest(found) for found in evidence]
    for index, mention in enumerate(sentence.mentions[1:], 1):
        ruled = any(one.value == "standard" and one.rule_id.startswith(_RULED) for _, one in evidence[index])
        part = kinds[index - 1].value == "fact" and "其中" in sentence.window(mention)
        if part and not ruled and _of_one_sort(sentence.mentions[index - 1], mention):
            kinds[index] = kind_by_label("kind.follows", "part of a fact", "part of a number that is a fact", "其中")
        elif mention.bare and not kinds[index].rule_id.startswith("kind.context"):
            kinds[index] = kinds[index - 1]
    stretches = view.striving.led(passage, sentence, stretch_findings(sentence))
    stretch = tuple(one.value for one in stretches)
    around = over.around.behind(before.bearer, before.wholes)
    found = measured(clauses(sentence, times), [kind.value for kind in kinds], around)
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


def _quantity(
    view: DocumentView,
    passage: Passage,
    sentence: Sentence,
    mention: Mention,
    span: Span,
    said: Said,
    names: Sequence[str],
    index: int,
) -> Quantity:
    candidate, tie, found = mention.candidate, said.tie, named_apart(said.measured, said.topic)
    subject = said.topic.subject if said.topic else found.subject
    printed = said.topic.span if said.topic else _subject_span(passage, sentence, found)
    common = indicator_of(found.metric, candidate.unit, found.change.transformation)
    low, high = float(candidate.low), float(candidate.high)
    observed = observation(
        Decimal(repr(low)), Decimal(repr(high)), candidate.unit, candidate.per, found.change, candidate.comparator
    )
    return Quantity(
        quantity_id=names[index],
        place=_place(view, passage, span),
        span=span,
        fragments=passage.fragments(view.source, candidate.start, candidate.end),
        text=view.source[span.start : span.end],
        low=low,
        high=high,
        unit=candidate.unit,
        unit_rule=candidate.unit_rule,
        dimension=candidate.dimension,
        per=candidate.per,
        comparator=candidate.comparator,
        comparator_rule=candidate.comparator_rule,
        kind=said.kind.value,
        kind_rule=said.kind.rule_id,
        indicator=found.indicator,
        indicator_key=indicator_key(found.indicator),
        subject=subject.text if subject else None,
        subject_type=subject.type if subject else None,
        subject_start=printed.start if printed else None,
        subject_end=printed.end if printed else None,
        subject_rule=subject.rule_id if subject else None,
        metric=found.metric,
        metric_key=metric_key(found.metric, common),
        metric_code=common.code if common else None,
        indicator_confidence=model("indicator").score(
            indicator_features(None if found.rule_id == CELL else sentence, mention, said.kind.value, found)
        ),
        kind_confidence=model("kind").score(kind_features(said.kind, found, said.weighed)),
        indicator_rule=found.rule_id,
        transformation=found.change.transformation,
        transformation_rule=found.change.rule_id,
        direction=found.change.direction,
        unit_std=observed.unit,
        obs_low=observed.low,
        obs_high=observed.high,
        obs_comparator=observed.comparator,
        deadline=said.deadline.value if said.deadline else None,
        deadline_rule=said.deadline.rule_id if said.deadline else None,
        time_period=said.period.value if said.period else None,
        time_period_basis=said.period.basis if said.period else None,
        time_period_rule=said.period.rule_id if said.period else None,
        stretch=said.stretch,
        stretch_rule=said.stretch_rule,
        action=leading_verb(found.indicator).removeprefix("每年").removeprefix("累计") or None,
        baseline_quantity_id=None if tie.baseline is None else names[tie.baseline],
        part_of_quantity_id=None if tie.whole is None else names[tie.whole],
        group_id=None if tie.group is None else names[tie.group],
        sentence=_evidence(passage, sentence, mention),
        rule_id=candidate.rule_id,
    )


def _subject_span(passage: Passage, sentence: Sentence, found: Measured) -> Span | None:
    """Where the subject is printed: in the sentence before the number."""
    if found.subject is None or found.subject_start is None:
        return None
    start = sentence.start + found.subject_start
    return passage.span(start, start + len(found.subject.text))


def _place(view: DocumentView, passage: Passage, span: Span) -> Place:
    """The passage's place; in a cell with numbered items, the item that holds the number as well."""
    cell, table = passage.cell, passage.table
    if cell is None or table is None:
        return passage.place
    item = next((i for i in view.items.get((table.table_id, cell.row, cell.column), ()) if i.span.contains(span)), None)
    if item is None:
        return passage.place
    return Place(passage.place.document_id, item.clause_id, table.table_id, cell.row, cell.column)


def _evidence(passage: Passage, sentence: Sentence, mention: Mention) -> str:
    """The sentence as read; a very long one only around the number."""
    text = sentence.text.strip()
    if len(text) <= _LONGEST_EVIDENCE:
        return text
    start = max(0, mention.start - _LONGEST_EVIDENCE // 2)
    return sentence.text[start : start + _LONGEST_EVIDENCE].strip()
