"""Kind: target, standard or fact, by the words around a number, then its section, then its document.

Words come first (补助 …, 现有 …, 力争 …). A year before the plan year states a fact. Then the heading over the clause
(发展基础, 主要目标), then the document's title (办法, 工作报告, 行动计划) decide; plans are what gazettes print most.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, cast

from extractors.passages import Passage
from extractors.quantities.deadline import TimeExpression
from extractors.quantities.sentences import Mention, Sentence
from extractors.rules import rules_of
from schemas.rows import QuantityKind

_DEFAULT: Final[QuantityKind] = "target"


def kind_of(
    sentence: Sentence,
    mention: Mention,
    times: Sequence[TimeExpression],
    section: QuantityKind | None,
    document: QuantityKind,
    plan_year: int | None,
) -> QuantityKind:
    """The kind of *mention*; *section* is what its headings say, *document* what its document's title says."""
    context = sentence.marked(mention)
    said = _first("kind.context", (context,))
    if said is not None:
        return said
    years = [item.date for item in times if item.end <= mention.start]
    if years and plan_year is not None:
        if int(years[-1][:4]) < plan_year:
            return "fact"
        if int(years[-1][:4]) > plan_year and document != "target":
            return "target"
    if section is not None:
        return "target" if section == "standard" and _first("kind.achieving", (context,)) else section
    if document != "target" and _first("kind.past", (sentence.text,)):
        return "fact"
    return document


def kind_of_section(passage: Passage) -> QuantityKind | None:
    """What the headings over a passage say of its quantities, the innermost first."""
    return _first("kind.heading", reversed(passage.headings))


def kind_of_document(title: str | None, subject: str | None) -> QuantityKind:
    """What a document's title says of its quantities."""
    return _first("kind.title", (subject or "", title or "")) or _DEFAULT


def kind_of_column(header: Sequence[str], caption: str | None) -> QuantityKind | None:
    """What a table column's headers (innermost last) and the table's caption say of its numbers."""
    return _first("kind.header", reversed(header)) or (_first("kind.caption", (caption,)) if caption else None)


def _first(prefix: str, texts: Iterable[str]) -> QuantityKind | None:
    rules = rules_of(prefix)
    for text in texts:
        for rule in rules:
            if rule.pattern.search(text):
                return cast(QuantityKind, rule.value)
    return None
