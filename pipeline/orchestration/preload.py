"""Importing this loads what the first issue would otherwise wait for, once for all workers.

They are copies of the process that has loaded it, so that they start warm and share its memory (dictionary, rules, libraries).
"""

from __future__ import annotations

import contextlib
import gc
import os
from ctypes import CDLL
from typing import Final

from extractors.rules.registry import RuleError, registry
from pipeline.orchestration.imports import collected_later
from pipeline.orchestration.workers import warm_up

_NOT_TWICE: Final = "PYPINYIN_NO_DICT_COPY"
"""Environment variable by which pypinyin does not hold its dictionaries twice; nobody adds to them."""
_WITH_RULES: Final = ("extractors", "pipeline.segmentation", "pipeline.readers")


def _share_syllables() -> None:
    """Let the 47,000 phrases of the dictionary of spellings share their 1,249 syllables, of which each has lists of its own.

    That is 30 MB less, which no worker has to hold. Nothing changes such a list. The first issue with a masthead asks for them.
    """
    os.environ.setdefault(_NOT_TWICE, "1")
    from pypinyin.constants import PHRASES_DICT

    shared: dict[tuple[str, ...], list[str]] = {}
    for syllables in PHRASES_DICT.values():
        syllables[:] = [shared.setdefault(tuple(one), one) for one in syllables]


def _compile_rules() -> None:
    """Take the compiled patterns of all rules from where they are kept: 8 MB that each worker would make for itself.

    What they were made from is 12 MB more.
    """
    for package in _WITH_RULES:
        for rule in registry(package).values():
            rule.search, rule.finditer  # noqa: B018 (made when first asked for)
        for rule in registry(package).values():
            rule.prepared.forget()


def _give_back() -> None:
    """Return to the system what was needed for loading alone; where the C library can."""
    with contextlib.suppress(AttributeError, OSError):
        CDLL(None).malloc_trim(0)


_share_syllables()
with collected_later():  # touching the shared objects would copy their pages
    warm_up()
    with contextlib.suppress(RuleError):  # which shows in the first issue
        _compile_rules()
    gc.collect()
    _give_back()
