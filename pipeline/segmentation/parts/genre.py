"""What kind of document a document is: from its titles, else from what its body says again and again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, cast

from extractors.language.folding import fold, squash
from extractors.rules.registry import Rule, rules_of
from schemas.records import Clause, Genre

_LONGEST_BODY: Final = 20_000
_HEAD: Final = 12
_OPENING: Final = 200
"""Clauses, and characters of each, in which a report says to whom it is given."""
_FEWEST: Final = 3
_DENSITY: Final = 1 / 500
"""A word of the body counts for the genre where it stands at least thrice, and once in 500 characters."""
_SAYS_NOTHING: Final = frozenset({"notice", "other"})
_TERMS: Final = frozenset({"genre.body.grants", "genre.body.terms"})
"""Rules of one kind of body, a policy that gives and sets terms: their counts go together."""


def genre_of(title: str | None, subject: str | None, clauses: Sequence[Clause]) -> tuple[Genre, str]:
    """The genre of a document and the rule that said so.

    *subject* is the title of what a covering notice issues. A title that says nothing but 通知, and the lack of one,
    leave the matter to the first sentences and the body.
    """
    titled = _by_title([subject, title])
    if titled is not None and titled.value not in _SAYS_NOTHING:
        return _named(titled)
    found = _by_opening(clauses) or _by_body(clauses) or titled
    return _named(found) if found else _named(rules_of("genre.other")[0])


def _named(rule: Rule) -> tuple[Genre, str]:
    return cast(Genre, rule.value), rule.id


def _by_title(titles: Iterable[str | None]) -> Rule | None:
    for title in titles:
        text = squash(title or "")
        found = next((rule for rule in rules_of("genre.title") if text and rule.search(text)), None)
        if found is not None:
            return found
    return None


def _by_opening(clauses: Sequence[Clause]) -> Rule | None:
    """The rule of the first sentences, for a text that says there to whom it reports."""
    head = "\n".join(fold(clause.reading).text[:_OPENING] for clause in clauses[:_HEAD])
    return next((rule for rule in rules_of("genre.opening") if rule.search(head)), None)


def _by_body(clauses: Sequence[Clause]) -> Rule | None:
    """The rule of the body that matches most often, where that is often enough; news that tells more than it grants
    is no policy."""
    parts: list[str] = []
    size = 0
    for clause in clauses:
        if size < _LONGEST_BODY and clause.clause_type in ("numbered", "paragraph", "cell_item"):
            parts.append(fold(clause.reading).text)
            size += len(parts[-1])
    text = "\n".join(parts)[:_LONGEST_BODY]
    counts = {rule: _times(rule, text) for rule in rules_of("genre.body")}
    terms = sum(count for rule, count in counts.items() if rule.id in _TERMS)
    if terms <= max(_times(rule, text) for rule in rules_of("genre.telling")):
        terms = 0
    best = max(counts, key=lambda rule: (terms if rule.id in _TERMS else counts[rule], counts[rule]))
    count = terms if best.id in _TERMS else counts[best]
    return best if count >= max(_FEWEST, size * _DENSITY) else None


def _times(rule: Rule, text: str) -> int:
    return sum(1 for _ in rule.finditer(text))
