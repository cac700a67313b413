"""Importing this loads what the first issue would otherwise wait for, once for all workers.

They are copies of the process that has loaded it, so that they start warm and share its memory (dictionary, rules, libraries).
"""

from __future__ import annotations

import contextlib
import gc
from ctypes import CDLL
from typing import Final

from extractors.rules.registry import RuleError, registry
from pipeline.orchestration.imports import collected_later
from pipeline.orchestration.workers import warm_up

_WITH_RULES: Final = ("extractors", "pipeline.segmentation", "pipeline.readers")


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


with collected_later():  # touching the shared objects would copy their pages
    warm_up()
    with contextlib.suppress(RuleError):  # which shows in the first issue
        _compile_rules()
    gc.collect()
    _give_back()
