"""Whether words are such as the rules of a family find: asked of the same clauses again and again."""

from __future__ import annotations

from functools import lru_cache

from extractors.rules.registry import rules_for, signs_of


@lru_cache(maxsize=8192)
def says(family: str, words: str) -> bool:
    """Whether a rule whose id begins with *family* finds something in *words*."""
    return any(rule.search(words) is not None for rule in rules_for(family, signs_of(words)))
