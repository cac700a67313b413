"""Looking at texts for the grams that rules ask for (:mod:`extractors.rules.prefilter`): which rules may match them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cache, cached_property, lru_cache, reduce
from itertools import accumulate, chain
from operator import add, or_
from typing import Any, Final, TypeVar

import numpy as np
from numpy.typing import NDArray

from extractors.rules.prefilter import Characters, Words

_SHORT: Final = 20
_REMEMBERED: Final = 2048
"""So many texts keep what they hold, and as many before them: those of a large issue's passages, which are asked for with
characters over them after others were read."""
_TOGETHER: Final = 32
"""Texts that are looked at together: their rows of bits stay near the processor."""
_CODES: Final = 1 << 16
"""Codes of UTF-16: grams beyond them are not asked for."""

T = TypeVar("T")
Beside = tuple[Characters | None, Characters | None]
_Table = NDArray[Any]


class Grams:
    """The grams that rules ask for. *holds* are the sets of each rule; ``bits`` has a bit of its own for each.

    What a text holds is a row of planes: in the first stands the bit of a rule of whose first set it holds a gram, in the
    next that of one of whose second set. Rules that ask for many sets come first, so that further planes are short.
    """

    def __init__(self, holds: Sequence[Sequence[Words]], beside: Sequence[Beside] = ()) -> None:
        told = [[wanted for wanted in one if _can_be_looked_up(wanted)] for one in holds]
        order = sorted(range(len(told)), key=lambda rule: -len(told[rule]))
        places = {rule: place for place, rule in enumerate(order)}
        self.bits: tuple[int, ...] = tuple(1 << places[rule] for rule in range(len(told)))
        self._all = (1 << len(told)) - 1
        self._planes: list[tuple[int, int]] = []
        """Where each plane begins, and the bits of the rules that ask for nothing in it."""
        self._masks: dict[str, int] = {}
        self._width = 0
        self._known: dict[str, int] = {}
        self._earlier: dict[str, int] = {}
        for plane in range(max(map(len, told), default=0)):
            asking = [rule for rule in order if len(told[rule]) > plane]
            for rule in asking:
                for gram in told[rule][plane]:
                    self._masks[gram] = self._masks.get(gram, 0) | 1 << self._width + places[rule]
            self._planes.append((self._width, self._all & ~((1 << len(asking)) - 1)))
            self._width += len(asking)
        before, behind = zip(*beside, strict=True) if beside else ((), ())
        self._before, self._behind = self._by_character(before), self._by_character(behind)

    def of(self, text: str, over: str = "") -> int:
        """The bits of the rules that may match *text*, or what it is where characters of *over* stand over some of it."""
        found, may = self._held(text), self._all
        if over:
            found |= self._with_one_of(over)
        for begin, others in self._planes:
            may &= found >> begin | others
        return may

    def _by_character(self, sides: Sequence[Characters | None]) -> dict[str | None, int]:
        """The bits of the rules beside whose number a character may stand; under ``None`` of those where any may."""
        found: dict[str | None, int] = {None: 0}
        for bit, characters in zip(self.bits, sides, strict=False):
            for character in (None,) if characters is None else characters:
                found[character] = found.get(character, 0) | bit
        return {character: bits | found[None] for character, bits in found.items()}

    def beside(self, before: str, behind: str) -> int:
        """The bits of the rules that may match where a marked number stands between these characters, empty at an end."""
        befores, behinds = self._before, self._behind
        return befores.get(before, befores[None]) & behinds.get(behind, behinds[None])

    def look_at(self, texts: Iterable[str]) -> None:
        """Look at *texts* that will be asked for: together they take a third of the time."""
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        for first in range(0, len(new), _TOGETHER):
            some = new[first : first + _TOGETHER]
            self._remember(zip(some, self._of_many(some), strict=True))

    def _held(self, text: str) -> int:
        """What *text* holds: of a longer one asked for again where something is put over it."""
        found = self._known.get(text)
        if found is None:
            found = self._earlier.get(text)
        if found is None and len(text) <= _SHORT:
            return self._of_short(text)
        if found is None:
            (found,) = self._of_many([text])
            self._remember([(text, found)])
        return found

    def _remember(self, found: Iterable[tuple[str, int]]) -> None:
        """Keep what was *found*, and what was before until as much again is kept."""
        if len(self._known) >= _REMEMBERED:
            self._known, self._earlier = {}, self._known
        self._known.update(found)

    def _of_many(self, texts: Sequence[str]) -> list[int]:
        """What each of *texts* holds; a sign that is in no gram parts them."""
        rows, places, pairs, masks = self._tables
        printed = [f"{text}\0".encode("utf-16-le", "surrogatepass") for text in texts]
        codes = np.frombuffer(b"".join(printed), np.uint16)
        side_by_side = rows.take(codes)
        side_by_side[:-1] += places.take(codes[1:])
        ends = [*accumulate(len(one) // 2 for one in printed)]
        found = np.bitwise_or.reduceat(masks.take(pairs.take(side_by_side), 0), [0, *ends[:-1]])
        return [int.from_bytes(row, "little") for row in map(bytes, found)]

    def _of_short(self, text: str) -> int:
        """What :meth:`_of_many` says of a *text* so short that tables cost more than they spare."""
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
