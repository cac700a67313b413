"""Items of a document that name a work, an estate, a firm or a site, whose every number then is its own.

Lists of projects and reports of progress print the name once, as a heading, as a line of its own or at the head of a
list item (1、青柯小区，居民90户，计划投资200万元; █ 柳荫大桥). The name holds to the end of its item.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from extractors.language.folding import fold
from extractors.language.tokens import segmenter, tag_of
from extractors.quantities.frames.subject import AREA_TAILS, Subject, type_of_name
from extractors.rules.registry import Rule, lexicon, registry, signs_of
from schemas.records import Clause, Document
from schemas.spans import Reading, Span

_LINE: Final = "subject.item.line"
_HEADING: Final = "subject.item.heading"
_LISTED: Final = "subject.item.listed"
_NO_NAME: Final = frozenset("vdpcr")
"""Tags of verbs, adverbs, prepositions, conjunctions and pronouns."""
_COMMON: Final = "n"
_LONGEST_LINE: Final = 40
_ENDS: Final = tuple("。；，、！？.;,")


@dataclass(frozen=True, slots=True)
class NamedItem:
    """The stretch of the canonical text over which *subject*, printed at *span*, is whose the numbers are."""

    start: int
    end: int
    subject: Subject
    span: Span


@dataclass(frozen=True, slots=True)
class NamedItems:
    """The innermost named item from each boundary on; ``None`` where none holds."""

    boundaries: tuple[int, ...] = ()
    innermost: tuple[NamedItem | None, ...] = ()

    @classmethod
    def of(cls, document: Document, own: frozenset[str]) -> NamedItems:
        """The named items of *document*, whose issuer's own area has the names *own*."""
        found = dict(_boundaries(sorted(_items(document, own), key=lambda item: (item.start, -item.end))))
        return cls(tuple(found), tuple(found.values()))

    def at(self, position: int) -> NamedItem | None:
        """The innermost item that holds *position* of the canonical text."""
        index = bisect_right(self.boundaries, position) - 1
        return self.innermost[index] if index >= 0 else None


def _boundaries(items: Iterable[NamedItem]) -> Iterator[tuple[int, NamedItem | None]]:
    """Where which of *items* (by their beginnings, the wider first) begins to hold, ascending; a later one of a place counts."""
    held: list[NamedItem] = []
    for item in items:
        yield from _ended(held, item.start)
        held.append(item)
        yield item.start, item
    yield from _ended(held, None)


def _ended(held: list[NamedItem], position: int | None) -> Iterator[tuple[int, NamedItem | None]]:
    """The items at the end of *held* that end up to *position* (all where it is ``None``), taken off, by what holds then."""
    while held and (position is None or held[-1].end <= position):
        end = held.pop().end
        while held and held[-1].end <= end:
            held.pop()
        yield end, held[-1] if held else None


def _items(document: Document, own: frozenset[str]) -> Iterator[NamedItem]:
    clauses = [clause for clause in document.clauses if clause.table_id is None]
    for index, clause in enumerate(clauses):
        folded = fold(clause.reading)
        if clause.clause_type == "paragraph" and _is_line(folded.text):
            for subject, span in _named(_LINE, folded, folded, own):
                yield NamedItem(clause.span.start, _end_of_line(clauses, index), subject, span)
        elif clause.clause_type == "numbered":
            for subject, span in _named(_HEADING, _heading(folded), folded, own):
                yield NamedItem(clause.span.start, clause.subtree_end, subject, span)
        if clause.clause_type in ("paragraph", "numbered"):
            yield from _listed(clause, folded, own)


def _is_line(text: str) -> bool:
    return len(text) <= _LONGEST_LINE and not text.endswith(_ENDS)


def _end_of_line(clauses: Sequence[Clause], index: int) -> int:
    """Where the next line of its kind, numbered clause or title begins; the end of the last clause where none does."""
    ends = (
        clause.span.start
        for clause in clauses[index + 1 :]
        if clause.clause_type != "paragraph" or _is_line(fold(clause.reading).text)
    )
    return next(ends, clauses[-1].subtree_end)


def _heading(folded: Reading) -> Reading:
    end = folded.text.find("。") + 1 or len(folded.text)
    return folded.slice(0, min(end, _LONGEST_LINE + 1))


def _listed(clause: Clause, folded: Reading, own: frozenset[str]) -> Iterator[NamedItem]:
    """The items of a list printed within *clause*: each ends where the next begins."""
    rule = registry()[_LISTED]
    if not rule.may_match(signs_of(folded.text)):
        return
    found = list(rule.finditer(folded.text))
    ends = [*(match.start() for match in found[1:]), len(folded.text)]
    for match, end in zip(found, ends, strict=False):
        if match["subject"] and (subject := _subject(rule, match["subject"], own)):
            stretch = folded.span(match.start(), end)
            yield NamedItem(stretch.start, stretch.end, subject, folded.span(*match.span("subject")))


def _named(rule_id: str, words: Reading, folded: Reading, own: frozenset[str]) -> Iterator[tuple[Subject, Span]]:
    """What *words*, a part of the text of the clause *folded*, name by the rule."""
    rule = registry()[rule_id]
    match = rule.search(words.text) if rule.may_match(signs_of(folded.text)) else None
    if match and (subject := _subject(rule, match["subject"], own)):
        yield subject, words.span(*match.span("subject"))


def _subject(rule: Rule, name: str, own: frozenset[str]) -> Subject | None:
    """The subject that *name* is; none where it is the issuer's own area, the name of a kind, or begins with a deed.

    A programme is often named by its deed (缓解停车难行动), a site never (改造公路).
    """
    words = segmenter().lcut(name)
    if len(words) == 1 and tag_of(name) == _COMMON:
        return None  # 高速公路: the name of a kind
    begins = tag_of(words[0])
    deed = (begins == "ad" or begins[0] in _NO_NAME) and not name.endswith(lexicon("programmes"))
    if name in own or name.rstrip(AREA_TAILS) in own or name in lexicon("not_places") or deed:
        return None
    return Subject(name, type_of_name(name), rule.id)
