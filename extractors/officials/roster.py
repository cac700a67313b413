"""The roster of an issue: names in clear print, and the names that OCR shuffled, resolved by them.

OCR reads two names that stand in two columns of a cell line by line: ``张 黄 / 奕 平`` comes out as
``张 黄 奕平``. The characters of a cell are then an interleaving of names seen elsewhere in the issue.
:func:`settle` weighs what is printed against such covers; a cover must be better by a clear margin
and the only best one, or the cell stays as printed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from extractors.officials.names import compound_surnames, public_figures, shape, surname_length

UNATTESTED: Final = 1.0
BARE: Final = 1.6
MALFORMED: Final = 2.0
JOINED_BADLY: Final = 0.1
ACROSS_BLANK: Final = 0.5
CUT_INSIDE: Final = 1.0
BROKEN: Final = 0.5
SCATTERED: Final = 0.3
OUT_OF_ORDER: Final = 0.8
REPEATED: Final = 0.4
LEFT_OVER: Final = 1.5
PUBLIC_FIGURE: Final = 0.5
CLEAR_MARGIN: Final = 1.0
MARGIN: Final = 0.15
EXACT_MARGIN: Final = 0.65
LONGEST_REPAIR: Final = 24
LONGEST_WORD: Final = 20
_SEARCH_LIMIT: Final = 1500


@dataclass(frozen=True, slots=True)
class Settled:
    """One name of a list: its characters run from ``start`` to ``end`` of the squashed list."""

    name: str
    start: int
    end: int
    repaired: bool = False
    unsettled: bool = False


@dataclass(frozen=True, slots=True)
class _Cover:
    cost: float
    names: tuple[Settled, ...]
    exact: bool = False

    @property
    def key(self) -> tuple[str, ...]:
        return tuple(sorted(item.name for item in self.names))


def settle(words: Sequence[str], roster: Mapping[str, int]) -> tuple[Settled, ...]:
    """The names in a list printed as *words* (cut at blanks), by the names of *roster* (seen elsewhere, with counts).

    Linear in the list's length; covers are searched only in lists of at most ``LONGEST_REPAIR`` characters.
    """
    printed = _as_printed(words, roster)
    characters = "".join(words)
    if printed.cost == 0 or len(characters) > LONGEST_REPAIR or len(characters) < 3:
        return printed.names
    well_formed = all(_well_formed(word) for word in words)
    candidates = _candidates(characters, roster, words)
    best = _best_covers(characters, words, roster, candidates)
    if best:
        margin = CLEAR_MARGIN if well_formed and len(words) > 1 else MARGIN
        if best[0].cost + margin <= printed.cost and _is_alone(best):
            return best[0].names
    if _shuffled(words, printed, roster):
        return (Settled(characters, 0, len(characters), unsettled=True),)
    return printed.names


def _is_alone(best: Sequence[_Cover]) -> bool:
    """Whether the best cover stands clear of the next; of two exact covers neither is preferred for its spelling."""
    if len(best) < 2:
        return True
    margin = EXACT_MARGIN if best[0].exact and best[1].exact else MARGIN
    return best[0].cost + margin <= best[1].cost


def _well_formed(word: str) -> bool:
    return shape(word) in ("surname", "compound", "transliterated")


def _word_cost(word: str, roster: Mapping[str, int]) -> float:
    if roster.get(word):
        return 0.0
    kind = shape(word)
    if kind is None:
        return MALFORMED
    return BARE if kind == "bare" else UNATTESTED


def _as_printed(words: Sequence[str], roster: Mapping[str, int]) -> _Cover:
    """The cheapest reading in printed order: words as they stand, or characters set apart by blanks joined."""
    boundaries: dict[int, tuple[int, int]] = {}
    position = 0
    for before, after in pairwise(words):
        position += len(before)
        boundaries[position] = (len(before), len(after))
    characters = "".join(words)
    edges = {0, len(characters), *boundaries}
    best: list[tuple[float, int]] = [(0.0, 0)] + [(float("inf"), 0)] * len(characters)
    longest = max((len(word) for word in words), default=0)
    for end in range(1, len(characters) + 1):
        for start in range(max(0, end - max(4, min(longest, LONGEST_WORD))), end):
            cost = best[start][0] + _piece_cost(characters[start:end], start, end, boundaries, edges, roster)
            if cost < best[end][0]:
                best[end] = (cost, start)
    names: list[Settled] = []
    end = len(characters)
    while end > 0:
        start = best[end][1]
        names.append(Settled(characters[start:end], start, end))
        end = start
    return _Cover(best[-1][0], tuple(reversed(names)))


def _piece_cost(
    piece: str,
    start: int,
    end: int,
    boundaries: Mapping[int, tuple[int, int]],
    edges: set[int],
    roster: Mapping[str, int],
) -> float:
    cost = _word_cost(piece, roster)
    if cost == MALFORMED:
        cost += JOINED_BADLY * sum(1 for position in range(start + 1, end) if position in boundaries)
    for position in range(start + 1, end):
        if (
            position in boundaries
            and max(boundaries[position]) > 1
            and piece[: position - start] not in compound_surnames()
        ):
            cost += ACROSS_BLANK
    return cost + CUT_INSIDE * ((start not in edges) + (end not in edges))


def _candidates(characters: str, roster: Mapping[str, int], words: Sequence[str]) -> list[str]:
    """Names of the roster whose characters are all in the list, then the well-formed words of the list itself."""
    have = Counter(characters)
    possible = [name for name in roster if roster[name] and have.keys() >= set(name)]
    found = [name for name in sorted(possible) if not Counter(name) - have]
    return found + [word for word in dict.fromkeys(words) if word not in found and _well_formed(word)]


def _best_covers(
    characters: str, words: Sequence[str], roster: Mapping[str, int], candidates: Sequence[str]
) -> list[_Cover]:
    """The cheapest covers with different names, best first (at most two)."""
    search = _Search(characters, roster, candidates, frozenset(word for word in words if roster.get(word)))
    search.extend(0, (), (), 0.0)
    ranked = sorted(search.found.values(), key=lambda cover: (cover.cost, cover.key))
    return ranked[:2]


class _Search:
    """Exhaustive search for covers of a short list, bounded by a number of steps."""

    def __init__(
        self, characters: str, roster: Mapping[str, int], candidates: Sequence[str], whole: frozenset[str]
    ) -> None:
        self.characters = characters
        self.whole = whole
        self.roster = roster
        self.candidates = candidates
        self.found: dict[tuple[str, ...], _Cover] = {}
        self._steps = 0

    def extend(self, at: int, used: tuple[int, ...], names: tuple[Settled, ...], cost: float) -> None:
        self._steps += 1
        if self._steps > _SEARCH_LIMIT:
            return
        while at in used:
            at += 1
        if at >= len(self.characters):
            self._finish(used, names, cost)
            return
        taken = {item.name for item in names}
        for name in self.candidates:
            if name in taken or self.characters[at] not in name:
                continue
            places = self._places(name, at, used)
            if places is not None:
                extra = self._cost(name, places)
                repaired = places != list(range(places[0], places[0] + len(places)))
                item = Settled(name, min(places), max(places) + 1, repaired)
                self.extend(at, (*used, *places), (*names, item), cost + extra)
        self.extend(at + 1, used, names, cost)

    def _places(self, name: str, at: int, used: tuple[int, ...]) -> list[int] | None:
        """Free places of the name's characters, one of them *at*: in order where possible."""
        whole = self.characters.find(name, at)
        if whole == at and not any(place in used for place in range(at, at + len(name))):
            return list(range(at, at + len(name)))
        places: list[int] = []
        for char in name:
            low = places[-1] + 1 if places else at
            options = [i for i, other in enumerate(self.characters) if other == char and i >= at and i not in used]
            options = [i for i in options if i not in places]
            if not options:
                return None
            places.append(next((i for i in options if i >= low), options[0]))
        return places if at in places else None

    def _cost(self, name: str, places: list[int]) -> float:
        cost = 0.0 if self.roster.get(name) else UNATTESTED
        if places != list(range(places[0], places[0] + len(places))):
            cost += SCATTERED if places == sorted(places) else OUT_OF_ORDER
        return cost + (PUBLIC_FIGURE if name in public_figures() else 0.0)

    def _finish(self, used: tuple[int, ...], names: tuple[Settled, ...], cost: float) -> None:
        if not names:
            return
        left = [char for index, char in enumerate(self.characters) if index not in used]
        exact = not left and all(self.roster.get(item.name) for item in names)
        cost += sum(self._left_over(char, names) for char in left)
        cost += BROKEN * len(self.whole - {item.name for item in names})
        ordered = tuple(sorted(names, key=lambda item: (item.start, item.end, item.name)))
        cover = _Cover(round(cost, 3), ordered, exact)
        if cover.key not in self.found or cover.cost < self.found[cover.key].cost:
            self.found[cover.key] = cover

    def _left_over(self, char: str, names: tuple[Settled, ...]) -> float:
        """A character that no name takes: cheap where OCR read one twice or read two variants of one."""
        for item in names:
            if char in item.name:
                return REPEATED
            variants = (item.name[:i] + char + item.name[i + 1 :] for i in range(1, len(item.name)))
            if any(self.roster.get(variant) for variant in variants):
                return REPEATED
        return LEFT_OVER


def _shuffled(words: Sequence[str], printed: _Cover, roster: Mapping[str, int]) -> bool:
    """Whether a list bears the mark of shuffled columns and no name in it is known.

    Lone surnames stand beside a word that is no name (张 黄 奕平), or as many lone surnames as the next
    word has characters (黄 刘 平勇): a typesetter spaces a short name only beside longer ones.
    """
    if len(words) < 2 or any(roster.get(item.name) for item in printed.names):
        return False
    lone = next((index for index, word in enumerate(words) if len(word) > 1), len(words))
    if not lone or not all(surname_length(word) for word in words[:lone]):
        return False
    malformed = any(shape(item.name) in (None, "bare") for item in printed.names)
    return malformed or (1 < lone < len(words) and len(words[lone]) == lone)
