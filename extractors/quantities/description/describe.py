"""Rows of quantities: what the passages of a document say of their numbers, written out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice
from typing import Final

from extractors.language.passages import Passage
from extractors.quantities.candidates.candidate import Candidate
from extractors.quantities.description.said import DocumentView, Said, cut_words, parsed, said, weighings
from extractors.quantities.description.sentences import Mention, Sentence, sentences_of
from extractors.quantities.description.topics import named_apart
from extractors.quantities.frames.confidence import indicator_features, kind_features, model
from extractors.quantities.frames.keys import indicator_key, metric_key
from extractors.quantities.frames.measured import CELL, Measured
from extractors.quantities.frames.observation import observation
from extractors.quantities.frames.vocabulary import indicator_of
from extractors.quantities.frames.words import leading_verb
from schemas.ids import IdMaker
from schemas.making import quickly_made
from schemas.rows import Place, Quantity
from schemas.spans import Span

_LONGEST_EVIDENCE: Final = 400
_AT_ONCE: Final = 256
"""Passages that are read stage by stage."""


@quickly_made
@dataclass(frozen=True, slots=True)
class Numbered:
    """A passage of the document of a view with the candidates (ascending) that were found in it."""

    view: DocumentView
    passage: Passage
    candidates: Sequence[Candidate]
    ids: IdMaker


def describe(read: Iterable[Numbered]) -> Iterator[Quantity]:
    """The quantities of the passages *read*, one for each of their candidates.

    Each stage is run over many passages, of one document or several, before the next: the rules and words that it asks for
    again and again stay near the processor. The stages of one passage after those of another take a fifth more time.
    """
    numbered = (one for one in read if one.candidates)
    while some := tuple(islice(numbered, _AT_ONCE)):
        cut = sentences_of([(one.passage.text, one.candidates) for one in some])
        each = [parsed(one.view, one.passage, found) for one, found in zip(some, cut, strict=True)]
        cut_words(each)
        kinds = [weighings(one.view, passage) for one, passage in zip(some, each, strict=True)]
        told = [tuple(said(one.view, read, own)) for one, read, own in zip(some, each, kinds, strict=True)]
        for one, of_sentences in zip(some, told, strict=True):
            for sentence, own in of_sentences:
                yield from _quantities(one.view, one.passage, sentence, own, one.ids)


def _quantities(
    view: DocumentView, passage: Passage, sentence: Sentence, own: Sequence[Said], ids: IdMaker
) -> Iterator[Quantity]:
    spans = [passage.span(mention.candidate.start, mention.candidate.end) for mention in sentence.mentions]
    names = [ids.over("q", span.start, span.end) for span in spans]
    for index, (mention, span) in enumerate(zip(sentence.mentions, spans, strict=True)):
        yield _quantity(view, passage, sentence, mention, span, own[index], names, index)


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
