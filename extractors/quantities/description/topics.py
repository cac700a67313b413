"""What the parts of a document are about: the place, work or body that a title, a heading or a description names.

A reply, a notice or a report of what happened says once whose its numbers are (关于临川县青柯村地质险情的报告; 青柯村位于…) and
then leaves it unsaid. A topic holds from where it is named to the next heading or title, a title's topic to the next title.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from extractors.language.folding import fold
from extractors.language.passages import Passage
from extractors.quantities.description.named_items import NamedItems
from extractors.quantities.description.sentences import Sentence
from extractors.quantities.frames.measured import Measured
from extractors.quantities.frames.stated import short_name
from extractors.quantities.frames.subject import AREA_TAILS, Subject, is_name, own_area, type_of_name
from extractors.rules.registry import lexicon, rules_of, signs_of
from schemas.records import Clause, Document
from schemas.rows import QuantityKind
from schemas.spans import Reading, Span

_GENRES: Final = frozenset({"reply", "notice", "other", "commendation", "review"})
"""Genres whose numbers are not all of the issuer's own area, its plan or its rules."""
_GOVERNED: Final = tuple("省市县区州盟旗")
_OF_ITEMS: Final[frozenset[QuantityKind]] = frozenset({"fact", "target"})
"""The kinds of numbers that the name of an item bears."""
_SHORTEST: Final = 2
_EVENT: Final = "subject.described.event"
"""The rule of what an account of an accident begins with: the next paragraph may tell of another."""
_EVENTS: Final = "frame.amount.events"
_LONGEST_HEADING: Final = 40


@dataclass(frozen=True, slots=True)
class Topic:
    """What a part is about, and where that is printed."""

    subject: Subject
    span: Span


@dataclass(frozen=True, slots=True)
class Topics:
    """The topics of a document by where they begin to hold; ``None`` where one ends."""

    starts: tuple[int, ...] = ()
    named: tuple[Topic | None, ...] = ()
    kinds: tuple[QuantityKind, ...] = ("fact",)
    """The kinds of numbers that a topic bears."""
    items: NamedItems = field(default_factory=NamedItems)
    """What the items of lists name, which goes before the topic of their part."""

    @classmethod
    def of(cls, document: Document, own: frozenset[str]) -> Topics:
        """The topics of *document*, whose issuer's own area has the names *own*."""
        items = NamedItems.of(document, own)
        if document.genre not in _GENRES:
            return cls(items=items)
        found = list(_topics(document, own))
        kinds: tuple[QuantityKind, ...] = ("fact", "target") if document.genre == "reply" else ("fact",)
        return cls(tuple(start for start, _ in found), tuple(topic for _, topic in found), kinds, items)

    def at(self, position: int) -> Topic | None:
        """The topic that holds at *position* of the canonical text."""
        index = bisect_right(self.starts, position) - 1
        return self.named[index] if index >= 0 else None

    def _told(self, one: Measured, position: int) -> Topic | None:
        """The topic at *position* for *one*; counted events are of no work at which one of them happened."""
        topic = self.at(position)
        of_one = topic is not None and topic.subject.rule_id == _EVENT and one.rule_id == _EVENTS
        return None if of_one else topic

    def of_numbers(
        self, passage: Passage, sentence: Sentence, found: Sequence[Measured], kinds: Sequence[QuantityKind]
    ) -> list[Topic | None]:
        """For each number of *sentence* whose own words name no subject, the topic of its part.

        A topic is that of facts, and in a reply of what is approved; a sentence on another area (全国, 各地) has none.
        An item's own name counts for whatever it tells or plans.
        """
        if not (self.starts or self.items.boundaries):
            return [None] * len(found)
        topics: list[Topic | None] = []
        for one, kind, mention in zip(found, kinds, sentence.mentions, strict=True):
            words = sentence.text[: mention.start]
            at = passage.span(mention.candidate.start, mention.candidate.end).start
            item = self.items.at(at) if kind in _OF_ITEMS and passage.cell is None else None
            if one.subject is not None:
                topics.append(None)
            elif item and not _elsewhere(words[-(at - item.start) :]):
                topics.append(Topic(item.subject, item.span))
            else:
                topics.append(self._told(one, at) if kind in self.kinds and not _elsewhere(words) else None)
        return topics


def named_apart(one: Measured, topic: Topic | None) -> Measured:
    """*one* without the name of its *topic* in front of what it measures (青湖项目 · 青湖项目占地 → 占地)."""
    name = topic.subject.text if topic else ""
    rest = one.metric[len(name) :]
    return replace(one, metric=rest) if name and one.metric.startswith(name) and len(rest) >= _SHORTEST else one


def _elsewhere(words: str) -> bool:
    """Whether *words* speak of another area than what the part is about."""
    return any(rule.search(words) for rule in rules_of("subject.elsewhere"))


def own_area_of(document: Document) -> frozenset[str]:
    """The names of the issuer's own area: by the issuers, else by the titles; an organ of the nation has none narrower."""
    own = own_area(document.issuers)
    return own if own or _is_national(document) else own_area((document.title, document.subject_title))


def _is_national(document: Document) -> bool:
    return any(issuer.startswith(lexicon("national_organs")) for issuer in document.issuers)


def _topics(document: Document, own: frozenset[str]) -> Iterator[tuple[int, Topic | None]]:
    titled: Topic | None = None
    over: Topic | None = None
    unknown = not own and not _is_national(document)
    for clause in document.clauses:
        if clause.table_id is not None:
            continue
        folded = fold(clause.reading)
        if clause.clause_type == "title":
            over = titled = next(_found(folded, "subject.of_title", own, unknown), None)
            yield clause.span.start, titled
        elif clause.clause_type == "numbered" and (heads := _heading(clause, folded)):
            found = next(_found(heads, "subject.of_heading", own, unknown), None)
            if found or clause.level == 1 or len(heads.text) == len(folded.text):
                over = found or titled
                yield clause.span.start, over
        told = list(_found(folded, "subject.described", own, unknown))
        yield from ((topic.span.start, topic) for topic in told)
        if told and told[-1].subject.rule_id == _EVENT:
            yield clause.span.end, over
        elif told:
            over = told[-1]


def _heading(clause: Clause, folded: Reading) -> Reading | None:
    """The heading of a numbered clause: the whole of a short one, else its first sentence; that of level 1 always."""
    end = folded.text.find("。") + 1 or len(folded.text)
    return folded.slice(0, end) if clause.level == 1 or end <= _LONGEST_HEADING else None


def _found(folded: Reading, prefix: str, own: frozenset[str], unknown: bool) -> Iterator[Topic]:
    """What the rules of *prefix* find in a folded clause.

    The issuer's own area is none; where that is *unknown*, an area of a government may be it.
    """
    for rule in rules_of(prefix):
        for match in rule.finditer(folded.text) if rule.may_match(signs_of(folded.text)) else ():
            start, end = match.span("subject")
            start = end - len(short_name(match["subject"])) if rule.flag("short") else start
            name = folded.text[start:end]
            if name in own or name.rstrip(AREA_TAILS) in own or not is_name(match["subject"]):
                continue
            if unknown and name.endswith(_GOVERNED):
                continue
            yield Topic(Subject(name, type_of_name(name), rule.id), folded.span(start, end))
