"""The examples of every rule, run: what its pattern must find, and what it must leave."""

from __future__ import annotations

from collections.abc import Iterator

from extractors.language.folding import fold, squash
from extractors.numbers.outline import outline
from extractors.rules.registry import Rule
from pipeline.auditing.registry import all_rules, place_of
from schemas.spans import Reading


def folded(rule: Rule, text: str) -> str:
    """*text* folded, but as printed where blanks between names are what the rule looks at.

    A rule of segmentation reads a line as printed, or without its blanks.
    """
    if rule.subject == "line":
        return text
    if rule.subject == "compact":
        return squash(text)
    as_printed = rule.dataset == "officials" and any(squash(one.text) != one.text for one in rule.examples)
    return text if as_printed else fold(Reading.of(text, 0, len(text))).text


def as_read(rule: Rule, text: str) -> str:
    """*text* as the rule reads it: folded, and for rules of numerals as an outline."""
    plain = folded(rule, text)
    return outline(plain).marked if rule.subject == "numerals" else plain


def failing() -> Iterator[str]:
    """One line for every example that a rule misses, or finds otherwise, and every counter-example that it finds."""
    for rule in all_rules().values():
        for said in _failing(rule):
            yield f"{place_of(rule)}  {rule.id}: {said}"


def _failing(rule: Rule) -> Iterator[str]:
    for example in rule.examples:
        match = rule.search(as_read(rule, example.text))
        found = None if match is None else folded(rule, example.text)[slice(*match.span())]
        if found != folded(rule, example.match):
            yield f"finds {found!r} in the example {example.text!r}, not {example.match!r}"
    for text in rule.counter_examples:
        if (match := rule.search(as_read(rule, text))) is not None:
            yield f"finds {match[0]!r} in the counter-example {text!r}"
