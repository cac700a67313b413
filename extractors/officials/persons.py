"""Which mentions are one person: names alike, and variants that OCR made, joined by evidence within the issue."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

from extractors.language.characters import as_read
from extractors.officials.mentions import Mention

_FELLOWS_NEEDED: Final = 1


def person_keys(mentions: Sequence[Mention]) -> dict[str, str]:
    """Key of every name: its commonest variant.

    Two names of one length that differ in one character after the surname are variants where they
    stand in the same list of fellows: (张奕、徐春光、胡锦涛) and (张奕 徐春光 胡锦平). They are joined when
    such lists share at least two fellows, or one fellow in two lists of each.
    """
    counts = Counter(mention.name for mention in mentions if mention.name)
    groups = _groups(mentions)
    evidence: Counter[tuple[str, str]] = Counter()
    by_fellows: dict[frozenset[str], set[str]] = {}
    for names in groups:
        for name in names:
            fellows = frozenset(names - {name})
            if len(fellows) >= _FELLOWS_NEEDED:
                by_fellows.setdefault(fellows, set()).add(name)
    together = {pair for names in groups for pair in _pairs(names)}
    for fellows in sorted(by_fellows, key=sorted):
        for pair in _pairs(by_fellows[fellows]):
            if _differ_in_one(*pair) and pair not in together:
                evidence[pair] += len(fellows)
    keys = {name: as_read(name) for name in counts}
    for (one, other), weight in sorted(evidence.items()):
        if weight >= 2:
            chosen = min((keys[one], keys[other]), key=lambda name: (-counts[name], name))
            dropped = {keys[one], keys[other]}
            keys = {name: chosen if key in dropped else key for name, key in keys.items()}
    return keys


def _groups(mentions: Iterable[Mention]) -> list[set[str]]:
    groups: dict[int, set[str]] = {}
    for mention in mentions:
        if mention.name and mention.group >= 0:
            groups.setdefault(mention.group, set()).add(mention.name)
    return list(groups.values())


def _pairs(names: set[str]) -> list[tuple[str, str]]:
    ordered = sorted(names)
    if len(ordered) > 40:
        return []
    return [(one, other) for index, one in enumerate(ordered) for other in ordered[index + 1 :]]


def _differ_in_one(one: str, other: str) -> bool:
    if len(one) != len(other) or one[0] != other[0]:
        return False
    return sum(a != b for a, b in zip(one, other, strict=True)) == 1
