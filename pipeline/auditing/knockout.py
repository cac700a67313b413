"""Take a rule away and look again: the test of every explanation that names it, and the answer to “what else then?”."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, Final, cast

from extractors.rules.force import NEVER
from extractors.rules.registry import Rule, registry

_OF_WORDS: Final = (
    "extractors.language", "extractors.numbers", "extractors.places", "extractors.rules.registry._loaded",
    "extractors.rules.registry.lexicon", "extractors.rules.registry.word_table",
)  # fmt: skip
"""Caches that no rule has a say in: they are costly to fill and are kept."""


@contextmanager
def without(rule_id: str) -> Iterator[None]:
    """While it lasts, the rule *rule_id* stands in the registry and matches nothing. Not for threads side by side."""
    rules = cast(dict[str, Rule], registry())
    rule = rules[rule_id]
    rules[rule_id] = replace(rule, expression=NEVER, needs=frozenset())
    _forget()
    try:
        yield
    finally:
        rules[rule_id] = rule
        _forget()


def _forget() -> None:
    """Empty what extractors remember of rules."""
    for name, module in list(sys.modules.items()):
        if not name.startswith("extractors."):
            continue
        for function in list(vars(module).values()):
            clear: Any = getattr(function, "cache_clear", None)
            known = f"{getattr(function, '__module__', '')}.{getattr(function, '__qualname__', '')}"
            if clear is not None and not known.startswith(_OF_WORDS):
                clear()
