"""Officials: every printed mention of a named person, and offices in charge.

Two passes over an issue: finders collect lists of people (cells, labels) and single mentions (acts,
titles, bylines); the names in clear print make the roster, by which the lists are settled.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from extractors.language.folding import fold
from extractors.language.passages import Passage, PassagesOf, shared_passages
from extractors.officials.appointments import acts_of
from extractors.officials.fallback import lists_without_header
from extractors.officials.lists import clear_names, mentions_of
from extractors.officials.mentions import Mention, NameList
from extractors.officials.names import is_name_in_prose
from extractors.officials.offices import offices_of
from extractors.officials.persons import person_keys
from extractors.officials.positions import organization_of
from extractors.officials.printed import as_printed
from extractors.officials.prose import (
    byline_of,
    in_common,
    known_names,
    labelled_lists,
    lists_in_sentences,
    people_in_prose,
    titles_of,
)
from extractors.officials.rollcalls import group_lists, leaders_with_work, lists_below_labels, lists_under_headings
from extractors.officials.tables import lists_of_tables, rolls_in_tables
from extractors.rules.prepared import alternation
from extractors.rules.registry import pattern_of
from schemas.ids import IdMaker
from schemas.records import Document, Issue
from schemas.rows import Official, Place
from schemas.spans import Reading, Span

_SHORT_NAME = 2
_ROLLS = ("official.name_line", "official.group_line")
_PRIORITY = ("appointment", "duty", "contact", "staff", "signature", "mention")


def extract_officials(issue: Issue, ids: IdMaker, passages_of: PassagesOf | None = None) -> tuple[Official, ...]:
    """Every mention of a person in *issue*, in text order."""
    source = issue.source.text
    passages_of = passages_of or shared_passages()
    lists: list[NameList] = []
    mentions: list[Mention] = []
    for document in issue.documents:
        clauses = _clauses(passages_of(document))
        mentions.extend(_speaker(document))
        mentions.extend(acts_of(clauses, source))
        labelled = [tuple(labelled_lists(passage, source)) for passage in clauses]
        for passage, behind_labels in zip(clauses, labelled, strict=True):
            lists.extend(behind_labels)
            lists.extend(lists_in_sentences(passage, source))
            mentions.extend(in_common(tuple(_single(passage, source)), source))
        lists.extend(lists_below_labels(clauses, source))
        lists.extend(group_lists(clauses, labelled, source))
        lists.extend(lists_under_headings(clauses, source, document.title))
        lists.extend(lists_of_tables(document))
        lists.extend(rolls_in_tables(document))
    outside = list(_outside(issue))
    lists.extend(lists_below_labels(outside, source))
    for passage in outside:
        lists.extend(labelled_lists(passage, source))
        mentions.extend(titles_of(passage, source))
    captions = list(_captions(issue))
    for passage in captions:
        mentions.extend(people_in_prose(passage, source))
    mentions = _outside_rolls(mentions, lists)
    clear = [*map(clear_names, lists)]
    roster = _roster(clear, mentions)
    claimed = {(names.place.table_id, names.place.row, names.place.column) for names in lists}
    for document in issue.documents:
        lists.extend(lists_without_header(document, roster, claimed))
    clear.extend(map(clear_names, lists[len(clear) :]))
    mentions.extend(_settled(lists, clear, mentions, source))
    named: dict[str | None, list[Mention]] = {}
    for mention in mentions:
        named.setdefault(mention.place.document_id, []).append(mention)
    for document in issue.documents:
        own = [passage for passage in captions if passage.document.document_id == document.document_id]
        known = named.get(document.document_id, ())
        mentions.extend(_known(chain(_clauses(passages_of(document)), own), known, source))
    return _rows(_distinct(mentions), source, ids)


def _clauses(read: Iterable[Passage]) -> list[Passage]:
    """The passages that are clauses; cells are read by their tables, where blanks count."""
    return [passage for passage in read if passage.clause is not None]


def _speaker(document: Document) -> Iterator[Mention]:
    """Who gives a report, by the line under its title; he counts though his name is that of a public figure."""
    span = document.speaker_span
    if span is None:
        return
    clause = next(clause for clause in document.clauses if clause.span.contains(span))
    office = document.speaker_office
    yield Mention(
        Place(document.document_id, clause.clause_id), span, document.speaker, "signature",
        document.speaker_rule or "official.speaker", office, organization_of(office) if office else None, office,
    )  # fmt: skip


def _single(passage: Passage, source: str) -> Iterator[Mention]:
    if passage.clause is not None and passage.clause.clause_type == "title":
        yield from titles_of(passage, source)
    yield from byline_of(passage, source)
    yield from leaders_with_work(passage, source)
    yield from people_in_prose(passage, source)
    yield from offices_of(passage, source)


def _outside(issue: Issue) -> Iterator[Passage]:
    """The lines of masthead, contents and imprint, read as passages of no document."""
    text = issue.source.text
    nowhere = Document("", 0, Span(0, 0))
    position = 0
    for document in (*sorted(issue.heads, key=lambda item: item.span), None):
        end = document.span.start if document is not None else len(text)
        for line in re.finditer(r"[^\r\n]+", text[position:end]):
            reading = Reading.of(text, position + line.start(), position + line.end())
            yield Passage(nowhere, Place(None), reading, fold(reading))
        position = max(position, document.span.end) if document is not None else end


def _captions(issue: Issue) -> Iterator[Passage]:
    """The captions of photographs in the documents of a web page, each a passage of its document."""
    text = issue.source.text
    for segment in issue.segments:
        if segment.segment_type != "furniture" or segment.span is None:
            continue
        for line in re.finditer(r"[^\r\n]+", text[segment.span.start : segment.span.end]):
            reading = Reading.of(text, segment.span.start + line.start(), segment.span.start + line.end())
            folded = fold(reading)
            around = (one for one in issue.heads if one.span.contains(reading.whole()))
            if pattern_of("caption.credits").search(folded.text) and (document := next(around, None)):
                yield Passage(document, Place(document.document_id), reading, folded)


def _outside_rolls(mentions: list[Mention], lists: list[NameList]) -> list[Mention]:
    """*mentions* without the bylines that are lines of a roll (市财政局局长　李丽 below 成员：)."""
    rolls = [names.reading.whole() for names in lists if names.rule_id in _ROLLS]
    return [
        mention
        for mention in mentions
        if mention.rule_id != "official.byline" or not any(roll.overlaps(mention.span) for roll in rolls)
    ]


def _roster(clear: Iterable[Counter[str]], mentions: Iterable[Mention]) -> Counter[str]:
    """Names that stand *clear* in the lists of the issue, or are those of *mentions*, with how often."""
    roster: Counter[str] = Counter(mention.name for mention in mentions if mention.name)
    for names in clear:
        roster.update(names)
    return roster


def _settled(
    lists: Iterable[NameList], clear: Sequence[Counter[str]], mentions: Iterable[Mention], source: str
) -> Iterator[Mention]:
    """The mentions of all lists, settled by the names that stand clear elsewhere in the issue; *clear* has those of each."""
    roster = _roster(clear, mentions)
    for names, own in zip(lists, clear, strict=True):
        roster.subtract(own)
        yield from mentions_of(names, roster, source)
        roster.update(own)


def _known(clauses: Iterable[Passage], mentions: Iterable[Mention], source: str) -> Iterator[Mention]:
    """The names of a document's *mentions* met again in its prose, with the role of the first; short ones of tables."""
    roles: dict[str, str] = {}
    for mention in mentions:
        if not mention.name:
            continue
        if mention.place.table_id or len(mention.name) > _SHORT_NAME:
            roles.setdefault(mention.name, mention.role or "")
    roles = {name: role for name, role in roles.items() if is_name_in_prose(name)}
    if not roles:
        return
    pattern = re.compile(alternation(roles))
    for passage in clauses:
        yield from known_names(passage, roles, pattern, source)


def _distinct(mentions: list[Mention]) -> list[Mention]:
    """One mention a printed name, but all acts of it, in text order. Stretches of two documents share no character."""
    by_document: dict[str | None, list[tuple[int, Mention]]] = {}
    for index, mention in enumerate(mentions):
        by_document.setdefault(mention.place.document_id, []).append((index, mention))
    kept = [one for own in by_document.values() for one in _distinct_in_document(own)]
    kept.sort(key=lambda item: (item[1].span, item[0]))
    return [mention for _, mention in kept]


def _distinct_in_document(mentions: list[tuple[int, Mention]]) -> Iterator[tuple[int, Mention]]:
    """The stronger kind wins where stretches overlap, then what says what is done; each with its place among all."""
    ranked = sorted(
        mentions,
        key=lambda item: (_PRIORITY.index(item[1].mention_type), item[1].name is None, item[1].action is None, item[0]),
    )
    taken: dict[int, list[Mention]] = {}
    for index, mention in ranked:
        others = [other for offset in range(*mention.span) for other in taken.get(offset, ())]
        if any(not _may_share(mention, other) for other in others):
            continue
        yield index, mention
        for offset in range(*mention.span):
            taken.setdefault(offset, []).append(mention)


def _may_share(one: Mention, other: Mention) -> bool:
    if one.group == other.group >= 0 and one.name != other.name:
        return True
    acts = one.mention_type == other.mention_type == "appointment"
    return acts and one.span == other.span and one.name == other.name and one.action != other.action


def _rows(mentions: list[Mention], source: str, ids: IdMaker) -> tuple[Official, ...]:
    keys = person_keys(mentions)
    printed = as_printed(source)
    return tuple(
        Official(
            official_id=ids.over("o", *mention.span),
            place=mention.place,
            applies_to_rows=mention.applies_to_rows,
            span=mention.span,
            fragments=mention.fragments,
            text=source[mention.span.start : mention.span.end],
            name=printed(mention.name, mention.span),
            name_repaired=mention.repaired,
            person_key=keys[mention.name] if mention.name else None,
            mention_type=mention.mention_type,
            role=mention.role,
            organization=printed(mention.organization, mention.span),
            position=printed(mention.position, mention.span),
            action=mention.action,
            effective_date=mention.effective_date,
            rule_id=mention.rule_id,
        )
        for mention in mentions
    )
