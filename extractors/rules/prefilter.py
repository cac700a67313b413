"""What a regular expression asks of a text before it can match, read off its syntax tree.

Python's matcher looks ahead to a possible beginning only where a pattern begins with a plain character or class. One
that begins with a look-behind, a repeat or alternatives is tried at every position of a text, which is what most
rules would spend their time on. Two facts spare that, and neither changes what is found: the characters one of which
a match must *begin* with, and sets of characters from each of which a match must *hold* one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from re import _constants as ops  # type: ignore[attr-defined]  # no public name; there since Python 3.11
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any, Final

_LARGEST_SET: Final = 128
_MOST_SETS: Final = 6
_COMMON: Final = frozenset("0123456789零〇一二两三四五六七八九十百千万亿，。；：、（）⟨⟩的")
"""Characters that nearly every text holds: a set of others says more."""
_REPEATS: Final = frozenset({ops.MAX_REPEAT, ops.MIN_REPEAT, ops.POSSESSIVE_REPEAT})

Characters = frozenset[str]


@dataclass(frozen=True, slots=True)
class Prefilter:
    """``begins``: what a match begins with, ``None`` where that is anything or the matcher sees it by itself;
    ``holds``: sets from each of which a match, with what it looks ahead at, has a character."""

    begins: Characters | None
    holds: tuple[Characters, ...]


def prefilter(pattern: str) -> Prefilter:
    """The prefilter of *pattern*; one that asks nothing where the pattern is blind to case."""
    tree = parser.parse(pattern)
    if tree.state.flags & re.IGNORECASE:
        return Prefilter(None, ())
    begins, may_be_empty = _begin(tree)
    held = sorted(set(_held(tree)), key=lambda wanted: (_weight(wanted), sorted(wanted)))
    if may_be_empty or _seen_by_matcher(tree):
        begins = None
    return Prefilter(begins, tuple(held[:_MOST_SETS]))


def searcher(pattern: re.Pattern[str], begins: Characters) -> Callable[[str], Iterator[re.Match[str]]]:
    """*pattern*'s ``finditer``, tried only where one of *begins* stands."""
    places = re.compile(f"[{''.join(re.escape(char) for char in sorted(begins))}]").finditer
    match = pattern.match

    def find(text: str) -> Iterator[re.Match[str]]:
        end = 0
        for place in places(text):
            start = place.start()
            if start >= end and (found := match(text, start)):
                yield found
                end = found.end()

    return find


def _seen_by_matcher(tree: Iterable[Any]) -> bool:
    """Whether the pattern begins with what the matcher itself looks ahead for."""
    operation, value = _first(tree)
    if operation is ops.SUBPATTERN:
        return _seen_by_matcher(value[3])
    if operation is ops.BRANCH:
        return all(_first(one)[0] is ops.LITERAL for one in value[1])
    return operation in (ops.LITERAL, ops.IN)


def _first(tree: Iterable[Any]) -> tuple[Any, Any]:
    return next(iter(tree), (None, None))


def _begin(tree: Iterable[Any]) -> tuple[Characters | None, bool]:
    """What a match of *tree* begins with (``None``: anything), and whether it may be empty."""
    begins: Characters = frozenset()
    for operation, value in tree:
        if operation in (ops.AT, ops.ASSERT, ops.ASSERT_NOT):
            continue
        own, may_be_empty = _begin_of(operation, value)
        if own is None:
            return None, False
        begins |= own
        if not may_be_empty:
            return begins, False
    return begins, True


def _begin_of(operation: Any, value: Any) -> tuple[Characters | None, bool]:
    if operation in (ops.LITERAL, ops.IN):
        return _set(operation, value), False
    if operation is ops.SUBPATTERN:
        return (None, False) if value[1] or value[2] else _begin(value[3])  # flags of its own
    if operation is ops.ATOMIC_GROUP:
        return _begin(value)
    if operation in _REPEATS:
        begins, may_be_empty = _begin(value[2])
        return begins, may_be_empty or value[0] == 0
    if operation is ops.BRANCH:
        parts = [_begin(one) for one in value[1]]
        sets = [begins for begins, _ in parts if begins is not None]
        whole = frozenset[str]().union(*sets) if len(sets) == len(parts) else None
        return whole, any(may_be_empty for _, may_be_empty in parts)
    return None, False


def _held(tree: Iterable[Any]) -> Iterator[Characters]:
    """Sets from each of which a match of *tree* has a character, inside it or where it looks ahead."""
    for operation, value in tree:
        if operation in (ops.LITERAL, ops.IN):
            own = _set(operation, value)
            if own is not None and len(own) <= _LARGEST_SET:
                yield own
        elif operation is ops.ASSERT and value[0] > 0:  # what it looks back at may stand before the text searched
            yield from _held(value[1])
        elif operation is ops.SUBPATTERN and not value[1] and not value[2]:
            yield from _held(value[3])
        elif operation is ops.ATOMIC_GROUP:
            yield from _held(value)
        elif operation in _REPEATS and value[0] > 0:
            yield from _held(value[2])
        elif operation is ops.BRANCH:
            best = [min(_held(one), key=_weight, default=None) for one in value[1]]
            known = [wanted for wanted in best if wanted is not None]
            whole = frozenset[str]().union(*known)
            if len(known) == len(best) and len(whole) <= _LARGEST_SET:
                yield whole


def _weight(wanted: Characters) -> tuple[bool, int]:
    """Least for the set that says most."""
    return not wanted.isdisjoint(_COMMON), len(wanted)


def _set(operation: Any, value: Any) -> Characters | None:
    """The characters of a literal or a class, ``None`` where it excludes some or has too many to list."""
    if operation is ops.LITERAL:
        return frozenset({chr(value)})
    characters: set[str] = set()
    for kind, item in value:
        if kind is ops.LITERAL:
            characters.add(chr(item))
        elif kind is ops.RANGE and item[1] - item[0] <= _LARGEST_SET:
            characters.update(map(chr, range(item[0], item[1] + 1)))
        else:
            return None
    return frozenset(characters)
