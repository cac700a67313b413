"""Rules as data: each with its id, purpose, pattern and examples, loaded strictly from ``rules/*.toml``.

A rule's pattern is a regular expression over *folded* text (:mod:`extractors.language.folding`). ``{{name}}`` in
it stands for a fragment: a named part of a pattern from the file's ``[fragments]`` table, or an
alternation of the words of a lexicon (``lexicons/<name>.txt``), or, as ``{{unit}}``, the unit table. The test suite runs every example of
every rule; a duplicate id, an unknown key or an unknown fragment stops the load.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from typing import Any, Final, Literal

from extractors.numbers.units import unit_pattern
from extractors.rules.prefilter import Prefilter, prefilter, searcher

Subject = Literal["text", "numerals", "context", "header", "cell", "heading"]
"""What the pattern is tried on: a clause's text, its outline in which numerals are marks, the words around a mention, …"""

SUBJECTS: Final = ("text", "numerals", "context", "header", "cell", "heading")
RULE_DATASETS: Final = ("quantities", "targets", "officials", "responsibilities", "citations", "exclusions")
_KEYS: Final = {
    "id", "dataset", "purpose", "subject", "pattern", "value", "needs", "unless", "examples", "counter_examples",
}  # fmt: skip
_PLACEHOLDER: Final = re.compile(r"\{\{([a-z_]+)\}\}")
MINIMUM_EXAMPLES: Final = 2


class RuleError(ValueError):
    """A rule file does not say what a rule must say."""


@dataclass(frozen=True, slots=True)
class Example:
    """A text from real prose and what the rule's pattern must find in it (group 0)."""

    text: str
    match: str


@dataclass(frozen=True)
class Rule:
    """One rule. ``value`` is what an attribute rule assigns (``>=`` for a comparator, ``target`` for a kind).

    ``unless`` names a rule that goes before: where it matches, this one says nothing.
    ``needs`` is a prefilter: a text that holds none of these characters cannot match, and is not searched. More of
    that kind is read off the pattern (:mod:`extractors.rules.prefilter`).
    """

    id: str
    dataset: str
    purpose: str
    subject: Subject
    pattern: re.Pattern[str]
    value: str | None
    examples: tuple[Example, ...]
    counter_examples: tuple[str, ...]
    needs: frozenset[str] = frozenset()
    unless: str | None = None

    def may_match(self, characters: Iterable[str]) -> bool:
        """Whether a text of these *characters* can match; a set of them where several rules are asked."""
        for wanted in self._held:  # noqa: SIM110 - a generator would take thrice the time, on every rule and text
            if wanted.isdisjoint(characters):
                return False
        return True

    def search(self, text: str) -> re.Match[str] | None:
        """The pattern's first match in *text*."""
        return next(self.finditer(text), None)

    @cached_property
    def finditer(self) -> Callable[[str], Iterator[re.Match[str]]]:
        """The pattern's matches in a text, as :meth:`re.Pattern.finditer` yields them, tried where one can begin."""
        begins = self._prefilter.begins
        return self.pattern.finditer if begins is None else searcher(self.pattern, begins)

    @cached_property
    def _held(self) -> tuple[frozenset[str], ...]:
        return (self.needs, *self._prefilter.holds) if self.needs else self._prefilter.holds

    @cached_property
    def _prefilter(self) -> Prefilter:
        return prefilter(self.pattern.pattern)


@cache
def registry() -> Mapping[str, Rule]:
    """All rules by id, in the order of their files' names. Raises :class:`RuleError` on any flaw."""
    rules: dict[str, Rule] = {}
    folder = files("extractors") / "rules"
    for path in sorted((item for item in folder.iterdir() if item.name.endswith(".toml")), key=lambda item: item.name):
        for rule in parse_rules(path.read_text(encoding="utf-8"), path.name):
            if rule.id in rules:
                raise RuleError(f"{path.name}: rule {rule.id!r} is defined twice")
            rules[rule.id] = rule
    return rules


@cache
def rules_of(prefix: str) -> tuple[Rule, ...]:
    """The rule named *prefix* and those whose id begins with it and a dot, in file order."""
    return tuple(rule for rule in registry().values() if f"{rule.id}.".startswith(f"{prefix}."))


def parse_rules(text: str, source: str) -> tuple[Rule, ...]:
    """The rules of one file; *source* names it in errors."""
    data = tomllib.loads(text)
    unknown = data.keys() - {"fragments", "rule"}
    if unknown:
        raise RuleError(f"{source}: unknown table {sorted(unknown)[0]!r}")
    fragments: Mapping[str, str] = data.get("fragments", {})
    return tuple(_rule(entry, fragments, source) for entry in data.get("rule", ()))


def _rule(entry: Mapping[str, Any], fragments: Mapping[str, str], source: str) -> Rule:
    name = entry.get("id", "without id")
    unknown = entry.keys() - _KEYS
    missing = _KEYS - {"value", "needs", "unless"} - entry.keys()
    if unknown or missing:
        raise RuleError(f"{source}: rule {name!r} has unknown {sorted(unknown)} and lacks {sorted(missing)}")
    if entry["dataset"] not in RULE_DATASETS or entry["subject"] not in SUBJECTS:
        raise RuleError(f"{source}: rule {name!r} has dataset {entry['dataset']!r} and subject {entry['subject']!r}")
    if min(len(entry["examples"]), len(entry["counter_examples"])) < MINIMUM_EXAMPLES:
        raise RuleError(
            f"{source}: rule {name!r} needs {MINIMUM_EXAMPLES} examples and {MINIMUM_EXAMPLES} counter-examples"
        )
    try:
        pattern = re.compile(expand(entry["pattern"], fragments, source))
    except re.error as error:
        raise RuleError(f"{source}: rule {name!r}: {error}") from error
    return Rule(
        entry["id"],
        entry["dataset"],
        entry["purpose"],
        entry["subject"],
        pattern,
        entry.get("value"),
        tuple(Example(**example) for example in entry["examples"]),
        tuple(entry["counter_examples"]),
        frozenset(entry.get("needs", "")),
        entry.get("unless"),
    )


def expand(pattern: str, fragments: Mapping[str, str], source: str, depth: int = 0) -> str:
    """*pattern* with its ``{{name}}`` placeholders replaced by fragments and lexicons."""
    if depth > 8:
        raise RuleError(f"{source}: fragments refer to one another in a circle")

    def replacement(match: re.Match[str]) -> str:
        name = match[1]
        if name == "unit":
            return unit_pattern()
        if name in fragments:
            return f"(?:{expand(fragments[name], fragments, source, depth + 1)})"
        return alternation(lexicon(name))

    return _PLACEHOLDER.sub(replacement, pattern)


@cache
def lexicon(name: str) -> tuple[str, ...]:
    """The words of ``lexicons/<name>.txt``, one a line, ``#`` begins a comment; duplicates are refused."""
    path = files("extractors") / "lexicons" / f"{name}.txt"
    if not path.is_file():
        raise RuleError(f"no fragment and no lexicon is named {name!r}")
    words = [line.split("#", 1)[0].strip() for line in path.read_text(encoding="utf-8").splitlines()]
    words = [word for word in words if word]
    if len(set(words)) != len(words):
        repeated = next(word for word in words if words.count(word) > 1)
        raise RuleError(f"lexicon {name!r} has {repeated!r} twice")
    return tuple(words)


def alternation(words: Iterable[str]) -> str:
    """A regular expression that matches any of *words*, longer ones first, single characters as a class."""
    ordered = sorted(set(words), key=lambda word: (-len(word), word))
    parts = [re.escape(word) for word in ordered if len(word) > 1]
    characters = "".join(re.escape(word) for word in ordered if len(word) == 1)
    return "(?:" + "|".join([*parts, f"[{characters}]"] if characters else parts) + ")"
