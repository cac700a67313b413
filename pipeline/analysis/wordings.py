"""Wordings of one deed: 新建幼儿园, 建成幼儿园 and 幼儿园新建 are one thing done, whichever a plan or a report says."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files

from extractors.quantities.frames.keys import indicator_key
from extractors.quantities.frames.words import is_deed, leading_verb, words_of


@lru_cache(maxsize=8192)
def deed_of(metric: str) -> str | None:
    """The deed that *metric* counts, one spelling for its wordings: verb and thing. None for what is no deed (a stock,
    an output), so that enterprises added never meet all that there are."""
    verb = leading_verb(metric)
    thing = metric[len(verb) :]
    if not verb:
        *head, last = words_of(metric)
        if not head or not is_deed(last):
            return None
        verb, thing = last, "".join(head)
    return f"{_deeds().get(verb, verb)} {indicator_key(thing)}"


@cache
def _deeds() -> Mapping[str, str]:
    """Verbs, and the first of those that say the same (``deeds.txt``)."""
    lines = (files("pipeline.analysis") / "deeds.txt").read_text(encoding="utf-8").splitlines()
    groups = [line.split() for line in lines if line and not line.startswith("#")]
    return {verb: group[0] for group in groups for verb in group}


def likeness(one: str, other: str) -> float:
    """How alike two names are, 0 to 1: the share of pairs of neighbouring characters that they have in common."""
    first, second = _pairs(one), _pairs(other)
    return 2 * len(first & second) / (len(first) + len(second)) if first and second else float(one == other)


@lru_cache(maxsize=8192)
def _pairs(name: str) -> frozenset[str]:
    return frozenset(name[place : place + 2] for place in range(len(name) - 1))
