"""Whether words are such as the rules of a family find."""

from __future__ import annotations

from functools import lru_cache

from extractors.rules.registry import rules_for, signs_of


@lru_cache(maxsize=8192)
def says(family: str, words: str) -> bool:
    """Whether a rule whose id begins with *family* finds something in *words*: asked of the same ones again and again."""
    return said(family, words, signs_of(words))


def said(family: str, words: str, signs: int) -> bool:
    """The same of *words* in a text of these *signs*, whose own need not be looked for then."""
    return any(rule.search(words) is not None for rule in rules_for(family, signs))
