"""What a regular expression asks of a text before it can match, read off its syntax tree.

Python's matcher looks ahead to a possible beginning only where a pattern begins with a plain character or class. One
that begins with a look-behind, a repeat or alternatives is tried at every position of a text, which is what most
rules would spend their time on. Two facts spare that, and neither changes what is found: the characters one of which
a match must *begin* with, and sets of grams from each of which a match must *hold* one. A *gram* is a character or two
that stand side by side: 补助|奖励 asks for 补助 or 奖励, [新扩]建 for 新建 or 扩建.

A text is looked at once, for the grams of all rules (:mod:`extractors.rules.grams`): that gives a bit for each rule that can match it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import add
from re import _constants as ops  # type: ignore[attr-defined]  # no public name; there since Python 3.11
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any, Final, Literal

ANY_DIGIT: Final = "\ufdd0"
"""Stands for the digits of all scripts among the characters that a match begins with."""
_LARGEST_SET: Final = 128
_MOST_WORDS: Final = 1024
"""Strings that a part of a pattern may spell: of one that spells more, its parts are asked for."""
_MOST_SETS: Final = 3
_MARKS: Final = frozenset("⟨⟩")
"""What marks a number in the words around it: it parts no words of theirs, and is asked for by no rule."""
_COMMON: Final = frozenset("0123456789零〇一二两三四五六七八九十百千万亿，。；：、（）的") | _MARKS
"""Characters that nearly every text holds: a set of others says more."""
_REPEATS: Final = frozenset({ops.MAX_REPEAT, ops.MIN_REPEAT, ops.POSSESSIVE_REPEAT})
_ZERO_WIDTH: Final = frozenset({ops.AT, ops.ASSERT_NOT})
_ASIDE: Final = _ZERO_WIDTH | {ops.ASSERT}
"""What takes no character of a match."""
_NOTHING: Final = frozenset({""})

Characters = frozenset[str]
Words = frozenset[str]


@dataclass(frozen=True, slots=True)
class Prefilter:
    """``begins``: what a match begins with, ``None`` where that is anything or the matcher sees it by itself;
    ``holds``: sets from each of which a match, with what it looks ahead at, has a gram.

    ``beside``: before and behind a number that is marked with ⟨ ⟩, the characters one of which stands there (the empty one
    at an end of the text), ``None`` where that is anything or the pattern reads no such number.
    """

    begins: Characters | None
    holds: tuple[Words, ...]
    beside: tuple[Characters | None, Characters | None] = (None, None)


def prefilter(pattern: str) -> Prefilter:
    """The prefilter of *pattern*; one that asks nothing where the pattern is blind to case."""
    tree = parser.parse(pattern)
    if tree.state.flags & re.IGNORECASE:
        return Prefilter(None, ())
    begins, may_be_empty = _begin(tree)
    held = sorted(set(map(_grams, _asked(tree))), key=lambda wanted: (_weight(wanted), sorted(wanted)))
    if may_be_empty or _seen_by_matcher(tree):
        begins = None
    held = [wanted for wanted in held if all(map(_MARKS.isdisjoint, wanted))]
    telling = [wanted for wanted in held if not _weight(wanted)[0]]
    return Prefilter(
        begins, tuple((telling or held)[:_MOST_SETS]), (_beside([*tree], "⟨", -1), _beside([*tree], "⟩", 0))
    )


def _beside(parts: Sequence[Any], mark: str, side: Literal[0, -1]) -> Characters | None:
    """What stands before the first *mark* of a pattern (*side* -1) or behind it (0), if it has one that every match holds."""
    for place, (operation, value) in enumerate(parts):
        within = _alternatives(operation, value)
        if (operation, value) == (ops.LITERAL, ord(mark)):
            beside, may_be_empty = _at_end(parts[:place] if side else parts[place + 1 :], side)
            return None if may_be_empty else beside
        if any(_reads(one, mark) for one in within):
            around = (parts[:place], parts[place + 1 :])
            found = [_beside([*one, *around[1]] if side == 0 else [*around[0], *one], mark, side) for one in within]
            return _any_of(found) if all(_reads(one, mark) for one in within) else None
    return None


def _alternatives(operation: Any, value: Any) -> list[Any]:
    """The parts of which one is matched once: those of a branch, or what is in a group."""
    if operation is ops.SUBPATTERN:
        return [] if value[1] or value[2] else [value[3]]  # flags of its own
    return list(value[1]) if operation is ops.BRANCH else []


def _reads(tree: Iterable[Any], mark: str) -> bool:
    """Whether *tree* has the *mark* outside of repeats and looks around."""
    return any(
        (operation, value) == (ops.LITERAL, ord(mark))
        or any(_reads(one, mark) for one in _alternatives(operation, value))
        for operation, value in tree
    )


def _at_end(parts: Sequence[Any], side: Literal[0, -1]) -> tuple[Characters | None, bool]:
    """What a match of *parts* begins with (*side* 0) or ends with (-1; ``None``: anything), and whether it may be empty."""
    found: list[Characters | None] = []
    for operation, value in parts[:: side or 1]:
        own, may_be_empty = _at_end_of(operation, value, side)
        found.append(own)
        if not may_be_empty:
            return _any_of(found), False
    return _any_of(found), True


def _at_end_of(operation: Any, value: Any, side: Literal[0, -1]) -> tuple[Characters | None, bool]:
    if operation in (ops.LITERAL, ops.IN):
        return _set(operation, value), False
    if (operation, value) == (ops.AT, ops.AT_END if side == 0 else ops.AT_BEGINNING):
        return _NOTHING, False
    if operation in _ASIDE:
        return frozenset(), True
    if operation in _REPEATS:
        own, may_be_empty = _at_end([*value[2]], side)
        return own, may_be_empty or value[0] == 0
    if within := _alternatives(operation, value):
        ends = [_at_end([*one], side) for one in within]
        return _any_of([own for own, _ in ends]), any(may_be_empty for _, may_be_empty in ends)
    return None, False


def _any_of(sets: Sequence[Characters | None]) -> Characters | None:
    known = [one for one in sets if one is not None]
    return frozenset[str]().union(*known) if len(known) == len(sets) else None


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
        return _set(operation, value, digits=True), False
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


def _asked(tree: Iterable[Any]) -> Iterator[Words]:
    """Sets of strings from each of which a match of *tree* has one, inside it or where it looks ahead."""
    spelt: Words = _NOTHING
    """All that the parts read last, side by side, can spell."""
    for operation, value in tree:
        if operation in _ZERO_WIDTH:
            continue
        if operation is ops.ASSERT:
            if value[0] > 0:  # what it looks back at may stand before the text searched
                yield from _asked(value[1])
            continue
        own = _spelt(operation, value)
        if own is not None and len(own) * len(spelt) <= _MOST_WORDS:
            spelt = _side_by_side(spelt, own)
            continue
        front, end = (None, None) if own is not None else (_edge(operation, value, side) for side in (0, -1))
        together = front is not None and len(front) * len(spelt) <= _MOST_WORDS
        yield from _unless_empty(_side_by_side(spelt, front) if front is not None and together else spelt)
        spelt = next((words for words in (own, end) if words is not None), _NOTHING)
        if own is None:
            yield from _asked_of(operation, value)
    yield from _unless_empty(spelt)


def _unless_empty(words: Words) -> Iterator[Words]:
    if "" not in words:
        yield words


def _side_by_side(spelt: Words, own: Words) -> Words:
    return frozenset(first + last for first in spelt for last in own) if len(spelt) > 1 else _joined(spelt, own)


def _edge(operation: Any, value: Any, side: Literal[0, -1]) -> Words | None:
    """What stands at the front of a part that spells too much to list (*side* 0) or at its end (-1); ``None`` for nothing sure."""
    if operation in _REPEATS and value[0] > 0:
        return _edge_of_all(value[2], side)
    return _edge_of_all(value[3], side) if operation is ops.SUBPATTERN and not value[1] and not value[2] else None


def _edge_of_all(tree: Iterable[Any], side: Literal[0, -1]) -> Words | None:
    parts = [(operation, value) for operation, value in tree if operation not in _ASIDE]
    words = _spelt_all(parts) or (parts and (_spelt(*parts[side]) or _edge(*parts[side], side)))
    return words if words and "" not in words else None


def _joined(one: Words, others: Words) -> Words:
    (front,) = one
    return frozenset(front + other for other in others) if front else others


def _asked_of(operation: Any, value: Any) -> Iterator[Words]:
    if operation is ops.SUBPATTERN and not value[1] and not value[2]:
        yield from _asked(value[3])
    elif operation is ops.ATOMIC_GROUP:
        yield from _asked(value)
    elif operation in _REPEATS and value[0] > 0:
        yield from _asked(value[2])
    elif operation is ops.BRANCH:
        best = [min(map(_grams, _asked(one)), key=_weight, default=None) for one in value[1]]
        known = [wanted for wanted in best if wanted is not None]
        if len(known) == len(best):
            yield frozenset[str]().union(*known)


def _spelt(operation: Any, value: Any) -> Words | None:
    """All strings that a part of a pattern can match, ``None`` where they are too many or not known."""
    if operation in (ops.LITERAL, ops.IN):
        characters = _set(operation, value)
        return characters if characters is not None and len(characters) <= _LARGEST_SET else None
    if operation is ops.SUBPATTERN:
        return None if value[1] or value[2] else _spelt_all(value[3])
    if operation is ops.ATOMIC_GROUP:
        return _spelt_all(value)
    if operation in _REPEATS and value[1] == 1:
        own = _spelt_all(value[2])
        return own if own is None or value[0] else own | _NOTHING
    if operation is ops.BRANCH:
        parts = [_spelt_all(one) for one in value[1]]
        known = [part for part in parts if part is not None]
        return frozenset[str]().union(*known) if len(known) == len(parts) else None
    return None


def _spelt_all(tree: Iterable[Any]) -> Words | None:
    spelt: Words = _NOTHING
    for operation, value in tree:
        if operation in _ASIDE:
            continue
        own = _spelt(operation, value)
        if own is None or len(own) * len(spelt) > _MOST_WORDS:
            return None
        spelt = frozenset(first + last for first in spelt for last in own)
    return spelt


def _grams(words: Words) -> Words:
    """Grams of which each of *words* holds one: as few as can be, of characters that say much."""
    single = frozenset(word for word in words if len(word) == 1)
    longer = [word for word in words if single.isdisjoint(word)]
    shared = Counter(gram for word in longer for gram in set(map(add, word, word[1:])))
    return single.union(_best(word, shared) for word in longer)


def _best(word: str, shared: Counter[str]) -> str:
    grams: list[str] = [gram for gram in map(add, word, word[1:]) if _MARKS.isdisjoint(gram)] or [*word]
    return max(grams, key=lambda gram: (_MARKS.isdisjoint(gram), _COMMON.isdisjoint(gram), shared[gram], gram))


def _weight(wanted: Words) -> tuple[bool, int, int]:
    """Least for the set that says most."""
    single = sum(len(gram) == 1 for gram in wanted)
    return any(map(_COMMON.issuperset, wanted)), single, len(wanted)


def _set(operation: Any, value: Any, *, digits: bool = False) -> Characters | None:
    """The characters of a literal or a class, ``None`` where it excludes some or has too many to list.

    With *digits* those of all scripts stand in it as one (:data:`ANY_DIGIT`).
    """
    if operation is ops.LITERAL:
        return frozenset({chr(value)})
    characters: set[str] = set()
    for kind, item in value:
        if kind is ops.LITERAL:
            characters.add(chr(item))
        elif kind is ops.RANGE and item[1] - item[0] <= _LARGEST_SET:
            characters.update(map(chr, range(item[0], item[1] + 1)))
        elif digits and (kind, item) == (ops.CATEGORY, ops.CATEGORY_DIGIT):
            characters.add(ANY_DIGIT)
        else:
            return None
    return frozenset(characters)
