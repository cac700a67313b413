"""Take a rule away and look again: the test of every explanation that names it, and the answer to “what else then?”."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, Final, cast

from extractors.rules.registry import EXTRACTORS, Rule, registry

_NEVER: Final = re.compile(r"(?!)")
_OF_WORDS: Final = (
    "extractors.language", "extractors.numbers", "extractors.places", "extractors.rules.registry.registry",
    "extractors.rules.registry.lexicon", "extractors.rules.registry.word_table",
)  # fmt: skip
"""Caches that no rule has a say in: they are costly to fill and are kept."""


@contextmanager
def without(rule_id: str) -> Iterator[None]:
    """While it lasts, the rule *rule_id* stands in the registry and matches nothing. Not for threads side by side."""
    # the cache of the registry tells a call that names the package from one that does not
    registries = [cast(dict[str, Rule], found) for found in (registry(), registry(EXTRACTORS))]
    before = [rules[rule_id] for rules in registries]
    for rules, rule in zip(registries, before, strict=True):
        rules[rule_id] = replace(rule, pattern=_NEVER, needs=frozenset())
    _forget()
    try:
        yield
    finally:
        for rules, rule in zip(registries, before, strict=True):
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
