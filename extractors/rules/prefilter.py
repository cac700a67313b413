"""What a regular expression asks of a text before it can match, read off its syntax tree.

Python's matcher looks ahead to a possible beginning only where a pattern begins with a plain character or class. One
that begins with a look-behind, a repeat or alternatives is tried at every position of a text, which is what most
rules would spend their time on. Two facts spare that, and neither changes what is found: the characters one of which
a match must *begin* with, and sets of grams from each of which a match must *hold* one. A *gram* is a character or two
that stand side by side: 补助|奖励 asks for 补助 or 奖励, [新扩]建 for 新建 or 扩建.

A text is looked at once, for the grams of all rules (:class:`Grams`): that gives a bit for each rule that can match it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache, reduce
from itertools import chain
from operator import add, or_
from re import _constants as ops  # type: ignore[attr-defined]  # no public name; there since Python 3.11
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any, Final, Literal, TypeVar

import numpy as np
from numpy.typing import NDArray

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
_SHORT: Final = 20
_REMEMBERED: Final = 4096
"""So many of the longer texts keep what they hold: those of a large issue's passages, which are asked for with characters
over them after others were read."""
_CODES: Final = 1 << 16
"""Codes of UTF-16: grams beyond them are not asked for."""

Characters = frozenset[str]
Words = frozenset[str]
T = TypeVar("T")
_Table = NDArray[Any]


@dataclass(frozen=True, slots=True)
class Prefilter:
    """``begins``: what a match begins with, ``None`` where that is anything or the matcher sees it by itself;
    ``holds``: sets from each of which a match, with what it looks ahead at, has a gram."""

    begins: Characters | None
    holds: tuple[Words, ...]


class Grams:
    """The grams that rules ask for. *holds* are the sets of each rule; ``bits`` has a bit of its own for each.

    What a text holds is a row of planes: in the first stands the bit of a rule of whose first set it holds a gram, in the
    next that of one of whose second set. Rules that ask for many sets come first, so that further planes are short.
    """

    def __init__(self, holds: Sequence[Sequence[Words]]) -> None:
        told = [[wanted for wanted in one if _can_be_looked_up(wanted)] for one in holds]
        order = sorted(range(len(told)), key=lambda rule: -len(told[rule]))
        places = {rule: place for place, rule in enumerate(order)}
        self.bits: tuple[int, ...] = tuple(1 << places[rule] for rule in range(len(told)))
        self._all = (1 << len(told)) - 1
        self._planes: list[tuple[int, int]] = []
        """Where each plane begins, and the bits of the rules that ask for nothing in it."""
        self._masks: dict[str, int] = {}
        self._width = 0
        for plane in range(max(map(len, told), default=0)):
            asking = [rule for rule in order if len(told[rule]) > plane]
            for rule in asking:
                for gram in told[rule][plane]:
                    self._masks[gram] = self._masks.get(gram, 0) | 1 << self._width + places[rule]
            self._planes.append((self._width, self._all & ~((1 << len(asking)) - 1)))
            self._width += len(asking)

    def of(self, text: str, over: str = "") -> int:
        """The bits of the rules that may match *text*, or what it is where characters of *over* stand over some of it."""
        found, may = self._of_short(text) if len(text) <= _SHORT else self._held(text), self._all
        if over:
            found |= self._with_one_of(over)
        for begin, others in self._planes:
            may &= found >> begin | others
        return may

    @cached_property
    def _held(self) -> Callable[[str], int]:
        """:meth:`_of_long`, remembered: it is asked for again where something is put over a text."""
        return lru_cache(maxsize=_REMEMBERED)(self._of_long)

    def _of_long(self, text: str) -> int:
        rows, places, pairs, masks = self._tables
        codes = np.frombuffer(f"{text}\0".encode("utf-16-le", "surrogatepass"), np.uint16)
        side_by_side = rows.take(codes[:-1])
        side_by_side += places.take(codes[1:])
        found = masks.take(pairs.take(side_by_side), 0)
        return int.from_bytes(np.bitwise_or.reduce(found).tobytes(), "little")

    def _of_short(self, text: str) -> int:
        """What :meth:`_of_long` says of a *text* so short that tables cost more than they spare."""
        masks, found = self._masks, 0
        for gram in (*text, *map(add, text, text[1:])):
            if gram in masks:
                found |= masks[gram]
        return found

    @cached_property
    def _with_one_of(self) -> Callable[[str], int]:
        """What a text holds that holds all grams with one of some characters."""
        masks = self._masks.items()
        return cache(lambda over: reduce(or_, (mask for gram, mask in masks if not set(over).isdisjoint(gram)), 0))

    @cached_property
    def _tables(self) -> tuple[_Table, _Table, _Table, _Table]:
        """By UTF-16 code where the row of pairs that a character begins starts, and its place in a row as their second; by
        pair the number of its mask, which is that of its first character, too; the masks as rows of 64 bits, that of
        nothing first."""
        firsts = sorted({gram[0] for gram in self._masks})
        seconds = sorted({gram[1] for gram in self._masks if len(gram) > 1})
        rows, places, width = np.zeros(_CODES, np.intp), np.zeros(_CODES, np.intp), len(seconds) + 1
        rows[[*map(ord, firsts)]] = np.arange(1, len(firsts) + 1) * width
        places[[*map(ord, seconds)]] = np.arange(1, width)
        numbers: dict[int, int] = {0: 0}
        pairs = np.zeros((len(firsts) + 1) * width, np.int16)
        for gram in sorted(self._masks, key=len):
            start, mask = rows[ord(gram[0])], self._masks[gram] | self._masks.get(gram[0], 0)
            own = slice(start, start + width) if len(gram) == 1 else start + places[ord(gram[1])]
            pairs[own] = numbers.setdefault(mask, len(numbers))
        words = self._width // 64 + 1
        table = np.frombuffer(b"".join(mask.to_bytes(8 * words, "little") for mask in numbers), np.uint64)
        return rows, places, pairs, table.reshape(len(numbers), words)


def by_bits(things: Iterable[tuple[int, T]]) -> tuple[int, Callable[[int], tuple[T, ...]]]:
    """The bits of all *things*, each with one of its own, and a function from some of these bits to theirs, in order.

    Few of many are asked for: the bits are gone through, not the things.
    """
    given = tuple(things)
    places = {bit.bit_length(): place for place, (bit, _) in enumerate(given)}

    def of(bits: int) -> tuple[T, ...]:
        found: list[int] = []
        while bits:
            length = bits.bit_length()
            found.append(places[length])
            bits ^= 1 << length - 1
        return tuple([given[place][1] for place in sorted(found)])

    return reduce(or_, (bit for bit, _ in given), 0), lru_cache(maxsize=1024)(of)


def _can_be_looked_up(wanted: Words) -> bool:
    return all(map("\uffff".__ge__, chain.from_iterable(wanted)))


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
    return Prefilter(begins, tuple((telling or held)[:_MOST_SETS]))


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
