"""The rules of segmentation (``pipeline/segmentation/rules/*.toml``): what lines, titles and provisions look like.

A rule tells a printed form by its words. Rules whose ids share a beginning are a family: the first that matches counts,
so that a further printed form of a thing is one more rule.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, Final

from extractors.rules.prepared import compiled
from extractors.rules.registry import Rule, registry, rules_of, word_table
from pipeline.segmentation.lines.once import once

PACKAGE: Final = "pipeline.segmentation"
_MANY: Final = 4
_NAMED: Final = re.compile(r"\(\?P<\w+>")


@dataclass(frozen=True, slots=True)
class Found:
    """What a rule found: its id, the match, and what the rule's group ``value`` holds (else the whole match)."""

    rule_id: str
    match: re.Match[str]

    @property
    def value(self) -> str:
        """The text that the rule is about."""
        return self.match["value"] if "value" in self.match.re.groupindex else self.match[0]


def rule(rule_id: str) -> Rule:
    """The rule with this id; ``KeyError`` where there is none."""
    return registry(PACKAGE)[rule_id]


def pattern(rule_id: str) -> re.Pattern[str]:
    """The pattern of one rule."""
    return rule(rule_id).pattern


def family(prefix: str) -> tuple[Rule, ...]:
    """The rule named *prefix* and those whose id begins with it and a dot, in the order of their file."""
    found = rules_of(prefix, PACKAGE)
    assert found, f"no rule of segmentation is named {prefix}"
    return found


class reader:
    """What reads a text by a family: it gives what the first rule that matches finds, else ``None``.

    ``longest`` is the length of the longest text that any of its rules takes.
    """

    def __init__(self, prefix: str) -> None:
        self._tries = [
            (one.id, one.pattern.fullmatch if one.whole else one.pattern.search, one.longest or sys.maxsize)
            for one in family(prefix)
        ]
        self.longest = max(longest for _, _, longest in self._tries)
        self._gate = _gate(family(prefix))

    def __call__(self, text: str) -> Found | None:
        length = len(text)
        if length <= self.longest and (self._gate is None or self._gate(text)):
            for rule_id, find, longest in self._tries:
                if length <= longest and (match := find(text)):
                    return Found(rule_id, match)
        return None


def _gate(rules: Sequence[Rule]) -> Callable[[str], object] | None:
    """What tells at one look whether any of many *rules*, all of whole texts, can match; ``None`` where it is not worth it."""
    if len(rules) < _MANY or not all(one.whole for one in rules) or any("(?P=" in one.expression for one in rules):
        return None
    return compiled("|".join(f"(?:{_NAMED.sub('(?:', one.expression)})" for one in rules)).fullmatch


def feature(prefix: str, of: str) -> once[Any, Found | None]:
    """A feature of a line that a family decides, read from the attribute *of* of its form."""
    read, text_of = reader(prefix), attrgetter(of)
    return once(lambda form: read(text_of(form)), read.longest)


def union(prefix: str) -> re.Pattern[str]:
    """One pattern that tries the patterns of a family in their order; each must name its groups apart from the others'."""
    return re.compile("|".join(one.pattern.pattern for one in family(prefix)))


def names(lexicon: str) -> Mapping[str, str]:
    """The words of a lexicon of segmentation with the name that each stands for."""
    return {word: columns[0] for word, columns in word_table(lexicon, PACKAGE).items()}
