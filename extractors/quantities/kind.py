"""Kind: target, standard or fact, by the words around a number, then its section, then its document.

Words come first (补助 …, 现有 …, 力争 …). A year before the plan year states a fact. Then the heading over the clause
(发展基础, 主要目标), then the document's title (办法, 工作报告, 行动计划) decide; plans are what gazettes print most.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, cast

from extractors.passages import Passage
from extractors.quantities.deadline import TimeExpression
from extractors.quantities.findings import Finding
from extractors.quantities.sentences import Mention, Sentence
from extractors.rules import rules_of
from schemas.rows import QuantityKind

Kind = Finding[QuantityKind]
"""A kind with the words that say so."""

_DEFAULT: Final[Kind] = Finding("target", "nothing said: what gazettes print most")


def kind_of(
    sentence: Sentence,
    mention: Mention,
    times: Sequence[TimeExpression],
    section: Kind | None,
    document: Kind,
    plan_year: int | None,
) -> Kind:
    """The kind of *mention*; *section* is what its headings say, *document* what its document's title says."""
    context = sentence.marked(mention)
    said = _first("kind.context", (context,), "words around the number")
    if said is not None:
        return said
    years = [item for item in times if item.end <= mention.start]
    if years and plan_year is not None:
        last = years[-1]
        words = sentence.text[last.start : last.end]
        if int(last.date[:4]) < plan_year:
            return Finding("fact", f"a time before the plan year {plan_year}", words, last.rule_id)
        if int(last.date[:4]) > plan_year and document.value != "target":
            return Finding("target", f"a time after the year {plan_year}", words, last.rule_id)
    if section is not None:
        achieved = _first("kind.achieving", (context,), "words around the number") if section.value == "standard" else None
        return Finding("target", achieved.source, achieved.words, achieved.rule_id) if achieved else section
    if document.value != "target":
        past = _first("kind.past", (sentence.text,), "the sentence")
        if past is not None:
            return Finding("fact", past.source, past.words, past.rule_id)
    return document


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
        for rule in rules:
            match = rule.pattern.search(text)
            if match:
                return Finding(cast(QuantityKind, rule.value), source, match[0], rule.id)
    return None
