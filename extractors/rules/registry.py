"""Rules as data: each with its id, purpose, pattern and examples, loaded strictly from a package's ``rules/*.toml``.

The pattern of an extractor's rule is a regular expression over *folded* text (:mod:`extractors.language.folding`), that
of a segmentation rule over a line as printed or without its blanks. ``{{name}}`` in it stands for a fragment: a named part of a pattern from the file's ``[fragments]`` table, or an
alternation of the words of a lexicon (the package's ``lexicons/<name>.txt``, else that of the extractors), or, as
``{{unit}}``, the unit table. The test suite runs every example of every rule; a duplicate id, an unknown key or an unknown fragment stops the load.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache
from importlib.resources import files
from typing import Any, Final, Literal

from extractors.numbers.units import unit_pattern
from extractors.rules.attributes import ATTRIBUTES
from extractors.rules.grams import Grams, by_bits
from extractors.rules.prepared import Prepared, alternation, kept, prepared
from schemas.datasets import DATASETS

Subject = Literal["text", "numerals", "context", "header", "cell", "heading", "line", "compact", "label"]
"""What the pattern is tried on: a clause's text, its outline in which numerals are marks (``numerals``), the words
around a mention, a column header, a cell, a heading, a line as printed, or a line or title without its blanks
(``compact``), or a name that the structure gives (``label``: a genre, the role of a part, where a time lies)."""

SUBJECTS: Final = ("text", "numerals", "context", "header", "cell", "heading", "line", "compact", "label")
EXTRACTORS: Final = "extractors"
"""The package whose rules and lexicons are meant where none is named."""
_REQUIRED: Final = frozenset({"id", "dataset", "purpose", "subject", "pattern", "examples", "counter_examples"})
_OPTIONAL: Final = frozenset({"value", "needs", "unless", "group", "attributes", "whole", "longest"})
_PLACEHOLDER: Final = re.compile(r"\{\{([a-z_]+)\}\}")
_ID_LINE: Final = re.compile(r"id\s*=\s*[\"']([^\"']+)")
MINIMUM_EXAMPLES: Final = 2
_REMEMBERED: Final = 8192
"""So many texts keep their signs: one extractor after another asks for those of the sentences of a large issue."""


class RuleError(ValueError):
    """A rule file does not say what a rule must say."""


def rule_datasets() -> tuple[str, ...]:
    """What a rule may belong to: a dataset, or the reasons for which a number is none of its rows."""
    return (*DATASETS, "exclusions")


@dataclass(frozen=True, slots=True)
class Example:
    """A text from real prose and what the rule's pattern must find in it (group 0)."""

    text: str
    match: str


@dataclass(frozen=True)
class Rule:
    """One rule. ``expression`` is its pattern, ``value`` is what an attribute rule assigns (``>=`` for a comparator, ``target`` for a kind).

    ``unless`` names a rule that goes before: where it matches, this one says nothing.
    ``needs`` is a prefilter: a text that holds none of these characters cannot match, and is not searched. More of
    that kind is read off the pattern (:mod:`extractors.rules.prefilter`); ``bit`` stands for the rule among those of its
    package that may match a text. ``group`` names the rules that one piece of
    code tries in file order; ``attributes`` steer that code. A ``whole`` rule matches a text only as a whole, and one
    with a ``longest`` no text of more characters.
    """

    id: str
    dataset: str
    purpose: str
    subject: Subject
    expression: str
    value: str | None
    examples: tuple[Example, ...]
    counter_examples: tuple[str, ...]
    needs: frozenset[str] = frozenset()
    whole: bool = False
    longest: int | None = None
    group: str | None = None
    attributes: Mapping[str, str | bool] = field(default_factory=dict, hash=False)
    unless: str | None = None
    written: str = ""
    """The pattern as its file has it, with the names of fragments and lexicons."""
    file: str = ""
    """Where the rule is written, below the project's folder."""
    line: int = 0
    bit: int = 0
    prepared: Prepared = field(default=Prepared({}), compare=False, repr=False)
    """What was compiled before, the pattern among it."""

    def flag(self, name: str) -> bool:
        """Whether the rule says *name* of itself."""
        return self.attributes.get(name) is True

    def word(self, name: str) -> str | None:
        """The word that the rule gives for *name*, ``None`` without one."""
        found = self.attributes.get(name)
        return found if isinstance(found, str) else None

    def may_match(self, signs: int) -> bool:
        """Whether a text of these *signs* (:func:`signs_of`, for the rule's own package) can match."""
        return self.bit & signs != 0

    @cached_property
    def search(self) -> Callable[[str], re.Match[str] | None]:
        """The pattern's first match in a text, of a ``whole`` rule that with all of it."""
        find, longest = self.pattern.fullmatch if self.whole else self.pattern.search, self.longest
        return find if longest is None else lambda text: find(text) if len(text) <= longest else None

    @cached_property
    def finditer(self) -> Callable[[str], Iterator[re.Match[str]]]:
        """The pattern's matches in a text, as :meth:`re.Pattern.finditer` yields them."""
        return self.pattern.finditer

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The expression compiled."""
        return self.prepared.compiled(self.expression)


def registry(package: str = EXTRACTORS) -> Mapping[str, Rule]:
    """The rules of *package* by id, in the order of their files' names. Raises :class:`RuleError` on any flaw."""
    return _loaded(package)[0]


def signs_of(text: str, package: str = EXTRACTORS, over: str = "") -> int:
    """Which rules of *package* may match *text*, by what it holds of all that they ask for: bits for :meth:`Rule.may_match`.

    They serve for every part of *text* too, the number in it marked with ⟨ ⟩ or not: a part holds no more. With *over*
    they serve for it too where these characters are put over some of it, one for one.
    """
    _, of, grams = _loaded(package)
    return grams.of(text, over) if over else of(text)


def look_at(texts: Iterable[str], package: str = EXTRACTORS) -> None:
    """Look at *texts* whose signs will be asked for, all at once, which takes less time than one by one."""
    _loaded(package)[2].look_at(texts)


def signs_beside(before: str, behind: str) -> int:
    """The signs of the rules that may match where a number marked with ⟨ ⟩ stands between these characters, empty at an end."""
    return _loaded(EXTRACTORS)[2].beside(before, behind)


@cache
def _loaded(package: str) -> tuple[Mapping[str, Rule], Callable[[str], int], Grams]:
    """The rules of *package*, what tells and remembers the signs of a text, and the grams that it looks for."""
    rules: dict[str, Rule] = {}
    folder = files(package) / "rules"
    paths = sorted((item for item in folder.iterdir() if item.name.endswith(".toml")), key=lambda item: item.name)
    texts = {path.name: path.read_text(encoding="utf-8") for path in paths}
    tables = kept(f"{package}.rules", "\0".join(texts.values()).encode(), lambda: [*map(tomllib.loads, texts.values())])
    for path, table in zip(paths, tables, strict=True):
        for rule in _rules(table, texts[path.name], path.name, package):
            if rule.id in rules:
                raise RuleError(f"{path.name}: rule {rule.id!r} is defined twice")
            rules[rule.id] = rule
    try:
        ready = prepared(package, [rule.expression for rule in rules.values()])
    except re.error:
        for path in paths:
            parse_rules(texts[path.name], path.name, package)  # which says the file and the rule
        raise
    asked = [ready.prefilter(rule.expression) for rule in rules.values()]
    needs = [(rule.needs,) if rule.needs else () for rule in rules.values()]
    grams = Grams([(*own, *one.holds) for own, one in zip(needs, asked, strict=True)], [one.beside for one in asked])
    for rule, bit in zip(rules.values(), grams.bits, strict=True):  # nobody else has them yet
        vars(rule).update(prepared=ready, bit=bit)
    return rules, lru_cache(maxsize=_REMEMBERED)(grams.of), grams


def rules_for(prefix: str, signs: int, package: str = EXTRACTORS) -> Sequence[Rule]:
    """Those of :func:`rules_of` that may match a text of these *signs* or any part of it, in file order."""
    own, rules = _family(prefix) if package == EXTRACTORS else _family(prefix, package)  # the short key is found sooner
    among = signs & own
    return rules(among) if among else ()


@cache
def _family(prefix: str, package: str = EXTRACTORS) -> tuple[int, Callable[[int], tuple[Rule, ...]]]:
    """The bits of the rules named *prefix*, and which of them some of these bits stand for."""
    return by_bits((rule.bit, rule) for rule in rules_of(prefix, package))


def rules_of_all(prefixes: tuple[str, ...], signs: int) -> Sequence[Rule]:
    """:func:`rules_for` of each of *prefixes*, those of the first one first."""
    own, rules = _families_of(prefixes)
    among = signs & own
    return rules(among) if among else ()


def any_for(prefixes: tuple[str, ...], signs: int) -> bool:
    """Whether a rule of any of *prefixes* may match a text of these *signs* or any part of it."""
    return signs & _families_of(prefixes)[0] != 0


@cache
def _families_of(prefixes: tuple[str, ...]) -> tuple[int, Callable[[int], tuple[Rule, ...]]]:
    return by_bits((rule.bit, rule) for prefix in prefixes for rule in rules_of(prefix))


def group_for(group: str, signs: int) -> Sequence[Rule]:
    """Those of :func:`rules_in` that may match a text of these *signs* or any part of it, in file order."""
    own, rules = _group(group)
    among = signs & own
    return rules(among) if among else ()


@cache
def _group(group: str) -> tuple[int, Callable[[int], tuple[Rule, ...]]]:
    return by_bits((rule.bit, rule) for rule in rules_in(group))


@cache
def rules_of(prefix: str, package: str = EXTRACTORS) -> tuple[Rule, ...]:
    """The rule named *prefix* and those whose id begins with it and a dot, in file order."""
    return _families(package).get(prefix, ())


@cache
def _families(package: str) -> Mapping[str, tuple[Rule, ...]]:
    """The rules of *package* by what their ids begin with."""
    families: dict[str, list[Rule]] = {}
    for rule in registry(package).values():
        words = rule.id.split(".")
        for length in range(1, len(words) + 1):
            families.setdefault(".".join(words[:length]), []).append(rule)
    return {prefix: tuple(family) for prefix, family in families.items()}


@cache
def rules_in(group: str) -> tuple[Rule, ...]:
    """The rules of *group* in file order: the order in which they are tried. Raises :class:`RuleError` for none."""
    found = tuple(rule for rule in registry().values() if rule.group == group)
    if not found:
        raise RuleError(f"no rule is of the group {group!r}")
    return found


@cache
def pattern_of(rule_id: str) -> re.Pattern[str]:
    """The pattern of the rule *rule_id*."""
    return registry()[rule_id].pattern


def parse_rules(text: str, source: str, package: str = EXTRACTORS) -> tuple[Rule, ...]:
    """The rules of one file of *package*; *source* names it in errors."""
    return tuple(_compiled(rule) for rule in _rules(tomllib.loads(text), text, source, package))


def _compiled(rule: Rule) -> Rule:
    """*rule*, whose expression is a pattern."""
    try:
        rule.prepared.compiled(rule.expression)
    except re.error as error:
        raise RuleError(f"{rule.file.rpartition('/')[2]}: rule {rule.id!r}: {error}") from error
    return rule


def _rules(data: Mapping[str, Any], text: str, source: str, package: str) -> tuple[Rule, ...]:
    """The rules of one file, whose *text* holds the tables *data*; their expressions are not yet compiled."""
    unknown = data.keys() - {"fragments", "rule"}
    if unknown:
        raise RuleError(f"{source}: unknown table {sorted(unknown)[0]!r}")
    fragments: Mapping[str, str] = data.get("fragments", {})
    lines = {match[1]: number for number, line in enumerate(text.splitlines(), 1) if (match := _ID_LINE.match(line))}
    return tuple(
        _rule(entry, fragments, source, package, lines.get(entry.get("id"), 0)) for entry in data.get("rule", ())
    )


def _rule(entry: Mapping[str, Any], fragments: Mapping[str, str], source: str, package: str, line: int) -> Rule:
    name = entry.get("id", "without id")
    unknown = entry.keys() - _REQUIRED - _OPTIONAL
    missing = _REQUIRED - entry.keys()
    if unknown or missing:
        raise RuleError(f"{source}: rule {name!r} has unknown {sorted(unknown)} and lacks {sorted(missing)}")
    if entry["dataset"] not in rule_datasets() or entry["subject"] not in SUBJECTS:
        raise RuleError(f"{source}: rule {name!r} has dataset {entry['dataset']!r} and subject {entry['subject']!r}")
    if min(len(entry["examples"]), len(entry["counter_examples"])) < MINIMUM_EXAMPLES:
        raise RuleError(
            f"{source}: rule {name!r} needs {MINIMUM_EXAMPLES} examples and {MINIMUM_EXAMPLES} counter-examples"
        )
    attributes: Mapping[str, Any] = entry.get("attributes", {})
    for key, value in attributes.items():
        if type(value) is not ATTRIBUTES.get(key):
            raise RuleError(f"{source}: rule {name!r} has no attribute {key!r} of type {type(value).__name__}")
    return Rule(
        entry["id"],
        entry["dataset"],
        entry["purpose"],
        entry["subject"],
        expand(entry["pattern"], fragments, source, package=package),
        entry.get("value"),
        tuple(Example(**example) for example in entry["examples"]),
        tuple(entry["counter_examples"]),
        frozenset(entry.get("needs", "")),
        entry.get("whole", False),
        entry.get("longest"),
        entry.get("group"),
        attributes,
        entry.get("unless"),
        entry["pattern"],
        f"{package.replace('.', '/')}/rules/{source}",
        line,
    )


def expand(pattern: str, fragments: Mapping[str, str], source: str, depth: int = 0, package: str = EXTRACTORS) -> str:
    """*pattern* with its ``{{name}}`` placeholders replaced by fragments and lexicons."""
    if depth > 8:
        raise RuleError(f"{source}: fragments refer to one another in a circle")

    def replacement(match: re.Match[str]) -> str:
        name = match[1]
        if name == "unit":
            return unit_pattern()
        if name in fragments:
            return f"(?:{expand(fragments[name], fragments, source, depth + 1, package)})"
        return _any_of(name, package)

    return _PLACEHOLDER.sub(replacement, pattern)


@cache
def _any_of(name: str, package: str) -> str:
    return alternation(lexicon(name, package))


@cache
def lexicon(name: str, package: str = EXTRACTORS) -> tuple[str, ...]:
    """The words of ``lexicons/<name>.txt``, one a line, ``#`` begins a comment, or of ``<name>.tsv``; duplicates are refused."""
    path = files(package) / "lexicons" / f"{name}.txt"
    if not path.is_file():
        if (files(package) / "lexicons" / f"{name}.tsv").is_file():
            return tuple(word_table(name, package))
        if package != EXTRACTORS:
            return lexicon(name)
        raise RuleError(f"no fragment and no lexicon is named {name!r}")
    words = [line.split("#", 1)[0].strip() for line in path.read_text(encoding="utf-8").splitlines()]
    words = [word for word in words if word]
    if len(set(words)) != len(words):
        repeated = next(word for word in words if words.count(word) > 1)
        raise RuleError(f"lexicon {name!r} has {repeated!r} twice")
    return tuple(words)


@cache
def word_table(name: str, package: str = EXTRACTORS) -> Mapping[str, tuple[str, ...]]:
    """``lexicons/<name>.tsv``: a word, a tab and what is said of it, in columns; a repeat or a short line is refused."""
    table: dict[str, tuple[str, ...]] = {}
    path = files(package) / "lexicons" / f"{name}.tsv"
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        word, *columns = line.split("\t")
        if not columns or word in table:
            raise RuleError(f"lexicon {name!r}: {line!r} is a repeat or has no tab")
        table[word] = tuple(columns)
    return table
