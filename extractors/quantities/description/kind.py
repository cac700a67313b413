"""Kind: target, standard or fact, by weighing what speaks for each.

Evidence is layered: words around the number that settle the matter (补助 …, 现有 …, 力争 …), words that lean one way
(每亩 …, 一次性), the times named before the number against the document's year, the headings over the clause
(发展基础, 主要目标), the number before it in a list of bounds, and the document's title (办法, 工作报告, 行动计划).
Each layer has a weight (:data:`WEIGHTS`); the kind with the greatest sum wins, and the heaviest piece of its
evidence is what audits show.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, cast

from extractors.language.passages import Passage
from extractors.quantities.description.deadline import TimeExpression
from extractors.quantities.description.findings import Finding
from extractors.quantities.description.sentences import Mention, Sentence
from extractors.rules.registry import rules_of
from schemas.rows import QuantityKind

Kind = Finding[QuantityKind]
"""A kind with the words that say so."""

WEIGHTS: Final[Mapping[str, int]] = {
    "time.other_year": 8,
    "kind.lean": 7,
    "kind.heading": 5,
    "kind.past": 5,
    "time.told": 7,
    "time.by": 6,
    "time.same_year": 4,
    "kind.title": 3,
    "default": 1,
}
"""How much each layer counts: words that lean, headings, times, comparisons with the year before, titles."""

_GONE_BY: Final = "before the plan year"
_DEFAULT: Final[Kind] = Finding("target", "nothing said: what gazettes print most")
Evidence = tuple[int, Kind]


def kind_of(
    sentence: Sentence,
    mention: Mention,
    times: Sequence[TimeExpression],
    section: Kind | None,
    document: Kind,
    plan_year: int | None,
    told: Kind | None = None,
) -> Kind:
    """The kind of *mention*.

    *section* is what its headings say, *document* what its document's title says, *told* what the sentence before it
    said of the past (:func:`told_of_the_past`): a sentence without a time and a will of its own goes on with that.
    """
    context = sentence.marked(mention)
    said = _first("kind.context", (context,), "words around the number")
    if said is not None:
        return said
    found: list[Evidence] = [(WEIGHTS["kind.title" if document.rule_id else "default"], document)]
    if section is not None:
        found.append((WEIGHTS["kind.heading"], section))
        if section.value == "standard" and (
            achieved := _first("kind.achieving", (context,), "words around the number")
        ):
            found.append((WEIGHTS["kind.lean"], achieved))
    leaning = _first("kind.lean", (context,), "words around the number")
    if leaning is not None:
        found.append((WEIGHTS["kind.lean"], leaning))
    timed = _by_time(sentence, mention, times, document, plan_year)
    if timed is not None:
        found.append(timed)
    elif gone := _first("kind.gone_by", (sentence.text[: mention.start],), _GONE_BY):
        found.append((WEIGHTS["time.other_year"], gone))
    if told is not None and not times and _first("kind.will", (sentence.text,), "the sentence") is None:
        found.append((WEIGHTS["time.told"], told))
    if section is None and document.value != "target":
        past = _first("kind.past", (sentence.text,), "the sentence")
        if past is not None:
            found.append((WEIGHTS["kind.past"], past))
    return _heaviest(found)


def told_of_the_past(kinds: Sequence[Kind]) -> Kind | None:
    """The kind of a sentence that states facts of a year gone by: what the next of the paragraph goes on with."""
    if any(kind.value != "fact" for kind in kinds):
        return None
    return next((kind for kind in kinds if kind.source.startswith(_GONE_BY)), None)


def _heaviest(found: Sequence[Evidence]) -> Kind:
    """The evidence of the kind with the greatest sum; among equals, of the one named last."""
    sums: dict[str, int] = {}
    for weight, kind in found:
        sums[kind.value] = sums.get(kind.value, 0) + weight
    best = max(sums.values())
    return max((item for item in found if sums[item[1].value] == best), key=lambda item: item[0])[1]


def _by_time(
    sentence: Sentence, mention: Mention, times: Sequence[TimeExpression], document: Kind, plan_year: int | None
) -> Evidence | None:
    """What the last time before the number says: a year gone by states a fact, a year to come a target.

    In a document of rules, the year of the document is one in which something is to be reached as well.
    """
    before = [item for item in times if item.end <= mention.start]
    if not before or plan_year is None:
        return None
    last = before[-1]
    words, year = sentence.text[last.start : last.end], int(last.date[:4])
    if year < plan_year:
        return WEIGHTS["time.other_year"], Finding("fact", f"{_GONE_BY} {plan_year}", words, last.rule_id)
    if year > plan_year and document.value != "target":
        return WEIGHTS["time.other_year"], Finding("target", f"after the year {plan_year}", words, last.rule_id)
    if words.endswith("前") and document.value != "target":
        return WEIGHTS["time.by"], Finding("target", "a time by which it is done", words, last.rule_id)
    if year == plan_year and document.value == "standard":
        return WEIGHTS["time.same_year"], Finding("target", f"in the plan year {plan_year}", words, last.rule_id)
    return None


def kind_of_section(passage: Passage) -> Kind | None:
    """What the headings over a passage say of its quantities, the innermost first."""
    return _first("kind.heading", reversed(passage.headings), "a heading above")


def kind_of_document(title: str | None, subject: str | None) -> Kind:
    """What a document's title says of its quantities."""
    return _first("kind.title", (subject or "", title or ""), "the document's title") or _DEFAULT


def kind_of_column(header: Sequence[str], caption: str | None) -> Kind | None:
    """What a table column's headers (innermost last) and the table's caption say of its numbers."""
    own = _first("kind.header", reversed(header), "the column's header")
    return own or (_first("kind.caption", (caption,), "the table's caption") if caption else None)


def _first(prefix: str, texts: Iterable[str], source: str) -> Kind | None:
    rules = rules_of(prefix)
    for text in texts:
        characters = frozenset(text)
        for rule in rules:
            match = rule.search(text) if rule.may_match(characters) else None
            if match:
                return Finding(cast(QuantityKind, rule.value), source, match[0], rule.id)
    return None
