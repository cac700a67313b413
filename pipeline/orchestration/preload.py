"""Importing this loads what the first issue would otherwise wait for, once for all workers.

They are copies of the process that has loaded it, so that they start warm and share its memory (dictionary, rules, libraries).
"""

from __future__ import annotations

import contextlib
import gc
from typing import Final

from pypinyin.constants import PHRASES_DICT  # the first issue with a masthead asks for it

from extractors.rules.registry import RuleError, registry
from pipeline.orchestration.imports import collected_later
from pipeline.orchestration.workers import warm_up

_WITH_RULES: Final = ("extractors", "pipeline.segmentation", "pipeline.readers")


def _share_syllables() -> None:
    """Let the 47,000 phrases of the dictionary of spellings share their 1,249 syllables, of which each has lists of its own.

    That is 30 MB less, which no worker has to hold. Nothing changes such a list.
    """
    shared: dict[tuple[str, ...], list[str]] = {}
    for syllables in PHRASES_DICT.values():
        syllables[:] = [shared.setdefault(tuple(one), one) for one in syllables]


def _compile_rules() -> None:
    """Take the compiled patterns of all rules from where they are kept: 8 MB that each worker would make for itself."""
    for package in _WITH_RULES:
        for rule in registry(package).values():
            rule.search, rule.finditer  # noqa: B018 (made when first asked for)


_share_syllables()
with collected_later():  # touching the shared objects would copy their pages
    warm_up()
    with contextlib.suppress(RuleError):  # which shows in the first issue
        _compile_rules()
    gc.collect()
