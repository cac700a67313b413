"""Names of agencies: what is one, where it begins and ends, how a printed list falls into entries.

All positions are positions of a folded text (:mod:`extractors.language.folding`), in which blanks and breaks are
gone; ``soft`` holds the positions before which the source had one, for a blank may part two agencies
(``贸促会 工信局``) or cut one (``地方金融 服务中心``). What decides is how the pieces end, and the names
that the same issue prints clearly elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from typing import Final, cast

from extractors.rules.prepared import alternation
from extractors.rules.registry import lexicon, pattern_of
from schemas.making import quickly_made
from schemas.rows import Duty
from schemas.spans import Reading

MAXIMUM_LENGTH: Final = 40
"""Longest name taken for one agency, in characters."""

_OPENERS: Final = "（〔【［"
_CLOSERS: Final = "）〕】］"
_SEPARATORS: Final = "、，,；;/|\t\n"
_TRIM: Final = "。.：:“”\"'…·-—～~ "
_ASIDE: Final = re.compile(r"[（〔\[][^（）〔〕\[\]]{0,20}[）〕\]]$")


@quickly_made
@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a list, ``[start, end)`` in folded positions; ``inner`` is a duty in its own brackets (（牵头）)."""

    start: int
    end: int
    inner: Duty | None = None


@cache
def _inside() -> re.Pattern[str]:
    """Endings that part one name from the next inside a run without separators."""
    return re.compile(alternation([*_long_suffixes(), *lexicon("agency_dividing_tails")]))


@cache
def _words() -> re.Pattern[str]:
    """Endings of two characters and more that are words, not two endings side by side (区县, 镇街)."""
    places = "".join(lexicon("area_characters"))
    return re.compile(alternation([word for word in _long_suffixes() if word.strip(places)]))


def _long_suffixes() -> list[str]:
    return [word for word in lexicon("agency_suffixes") if len(word) > 1]


@lru_cache(maxsize=8192)
def is_agency(name: str) -> bool:
    """Whether *name* (folded, without blanks) reads as the name of one agency, or of all of a kind (各乡镇)."""
    if not 2 <= len(name) <= MAXIMUM_LENGTH or _is_no_name(name):
        return False
    tail = pattern_of("agency.tail")
    if tail.search(_ASIDE.sub("", name)) or tail.search(name):
        return True
    return is_collective(name) and pattern_of("agency.places").search(name) is not None


def _is_no_name(name: str) -> bool:
    printed = _ASIDE.sub("", name)  # 市水务局（含河长办；水文站）
    return pattern_of("agency.no_name").search(printed) is not None or is_title(name) or reads_as_prose(name)


def is_title(name: str) -> bool:
    """Whether *name* ends as a person's office does (分管副县长)."""
    return pattern_of("agency.title").search(name) is not None


def reads_as_prose(name: str) -> bool:
    """Whether *name* holds a word that no name of an agency holds (推进, 按照)."""
    return pattern_of("agency.prose").search(pattern_of("agency.verb_in_name").sub("", name)) is not None


def is_collective(name: str) -> bool:
    """Whether *name* stands for many agencies at once (各乡镇, 相关部门单位)."""
    return pattern_of("agency.collective").match(name) is not None


def is_bare(name: str) -> bool:
    """Whether *name* is only the tail of a name (办公室, 服务中心)."""
    return name in lexicon("agency_bare_tails")


def soft_boundaries(folded: Reading) -> frozenset[int]:
    """The positions of *folded* before which the source has characters that nobody reads: blanks, breaks, tags."""
    offsets = folded.offsets
    return frozenset(i for i in range(1, len(offsets)) if offsets[i] - offsets[i - 1] > 1)


def blank_boundaries(folded: Reading, reading: Reading) -> frozenset[int]:
    """The positions of *folded* before which *reading* prints a blank; a line break within a paragraph is none."""
    behind = {reading.offsets[i] for i in range(1, len(reading)) if reading.text[i - 1].isspace()}
    return frozenset(i for i, offset in enumerate(folded.offsets) if i and offset in behind) if behind else frozenset()


def split_list(
    text: str, start: int, end: int, soft: Collection[int] = (), known: Collection[str] = (), *, in_cell: bool = False
) -> list[Entry]:
    """The entries of the list ``text[start:end]``, in order; entries too long for a name are left out.

    Separators are 、，；/ outside inner brackets (各县（市、区） is one entry) and 和, 与, 及 after the end
    of a name (文化和旅游局 is one). Positions in *soft* part entries too, unless they cut a name. Names printed
    without any separator are cut apart where both are *known*; in a cell (``in_cell``) a zone and an office
    too (高新区市场监管局), which elsewhere is one agency.
    """
    entries: list[Entry] = []
    for left, right in _pieces(text, start, end):
        for low, high in _join_soft(text, left, right, soft, known):
            entry = _trim(text, low, high)
            if entry and entry.end - entry.start <= MAXIMUM_LENGTH:
                parts = _cut_run(text, entry.start, entry.end, known, in_cell)
                entries.extend(Entry(*part, entry.inner) for part in parts)
    return entries


@lru_cache(maxsize=2048)
def _pieces(text: str, start: int, end: int) -> Sequence[tuple[int, int]]:
    """What separators and joiners part in the list ``text[start:end]``: asked for when it is found, for its names and for its entries."""
    et_cetera = pattern_of("agency.et_cetera").search(text, max(start, end - MAXIMUM_LENGTH), end)
    end = et_cetera.start() if et_cetera and et_cetera.start() > start else end
    return _at_joiners(text, _at_separators(text, start, end))


def _at_separators(text: str, start: int, end: int) -> list[tuple[int, int]]:
    pieces: list[tuple[int, int]] = []
    depth, left = 0, start
    balanced = _balanced(text, start, end)
    for index in range(start, end):
        char = text[index]
        if balanced and char in _OPENERS:
            depth += 1
        elif balanced and char in _CLOSERS:
            depth = max(0, depth - 1)
        elif char in _SEPARATORS and not depth and not (char == "、" and _counts_levels(text, left, index, end)):
            pieces.append((left, index))
            left = index + 1
    pieces.append((left, end))
    return [piece for piece in pieces if piece[0] < piece[1]]


def _counts_levels(text: str, left: int, comma: int, end: int) -> bool:
    """Whether the sign at *comma* parts two levels of one entry (各县、市、区人民政府)."""
    so_far = pattern_of("agency.levels_so_far").match(text[left:comma]) is not None
    # A level alone is no entry: 市、县房屋征收部门.
    return so_far and (comma == left + 1 or pattern_of("agency.levels_go_on").match(text, comma + 1, end) is not None)


def _balanced(text: str, start: int, end: int) -> bool:
    depth = 0
    for char in text[start:end]:
        depth += (char in _OPENERS) - (char in _CLOSERS)
        if depth < 0:
            return False
    return depth == 0


def _at_joiners(text: str, pieces: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """*pieces* cut at 和, 与, 及 where a whole name ends before the word and another follows."""
    result: list[tuple[int, int]] = []
    for left, right in pieces:
        first = left
        for joiner in pattern_of("agency.joiner").finditer(text, left + 2, right - 1):
            start, end = joiner.span()
            if first + 2 <= start < first + 2 * MAXIMUM_LENGTH and _parts_names(text[first:start], text[end:right]):
                result.append((first, start))
                first = end
        result.append((first, right))
    return result


def _parts_names(before: str, after: str) -> bool:
    if not is_agency(before) or len(after) < 2:
        return False
    following = pattern_of("agency.et_cetera").sub("", after) or after
    if is_collective(before) and following in lexicon("agency_kinds"):
        return False  # 各有关部门和单位
    end = pattern_of("agency.joiner").search(following)
    return (
        is_agency(following)
        or (end is not None and is_agency(following[: end.start()]))
        or pattern_of("agency.others").match(following) is not None
    )


def _trim(text: str, start: int, end: int) -> Entry | None:
    """``[start, end)`` without 由, 等…, （牵头）, 按职责分工 and punctuation around it; ``None`` if nothing is left."""
    inner: Duty | None = None
    if end - start > 4 * MAXIMUM_LENGTH:
        return None
    for _ in range(6):
        while start < end and text[start] in _TRIM:
            start += 1
        while start < end and text[end - 1] in _TRIM:
            end -= 1
        part = text[start:end]
        duty = pattern_of("agency.inner_duty").search(part)
        tail = duty or pattern_of("agency.et_cetera").search(part) or pattern_of("agency.trailer").search(part)
        lead = pattern_of("agency.lead_in").match(part)
        if duty:
            inner = cast(Duty, duty.lastgroup)
        if tail:
            end = start + tail.start()
        elif lead:
            start += lead.end()
        elif part[-1:] in _OPENERS or (part[-1:] in _CLOSERS and not _balanced(part, 0, len(part))):
            end -= 1
        else:
            break
    return Entry(start, end, inner) if start < end else None


def _join_soft(text: str, start: int, end: int, soft: Collection[int], known: Collection[str]) -> list[tuple[int, int]]:
    """The stretch cut at its soft boundaries, and joined again where a blank cut a name: the cheapest reading."""
    if not soft:
        return [(start, end)]
    bounds = [start, *(i for i in range(start + 1, end) if i in soft), end]
    widths = [b - a for a, b in pairwise(bounds)]
    if len(widths) == 1:
        return [(start, end)]
    spaced = len(widths) >= 4 and sum(width == 1 for width in widths) * 10 >= 9 * len(widths)
    reach = MAXIMUM_LENGTH if spaced else 6
    costs: list[tuple[float, int]] = [(0.0, -1)]
    for right in range(1, len(bounds)):
        best = (float("inf"), right - 1)
        for left in range(max(0, right - reach), right):
            cost = costs[left][0] + _piece_cost(text, bounds[left : right + 1], known, spaced)
            if cost < best[0]:
                best = (cost, left)
        costs.append(best)
    pieces: list[tuple[int, int]] = []
    right = len(bounds) - 1
    while right > 0:
        left = costs[right][1]
        pieces.append((bounds[left], bounds[right]))
        right = left
    return pieces[::-1]


_KNOWN, _PLAUSIBLE, _IMPLAUSIBLE, _JOINED_NAMES, _JOINED_STRANGER = 1.5, 2.0, 6.0, 2.5, 6.0


def _piece_cost(text: str, bounds: Sequence[int], known: Collection[str], spaced: bool) -> float:
    """What it costs to read the soft pieces between *bounds* as one name."""
    name = text[bounds[0] : bounds[-1]]
    if len(name) > MAXIMUM_LENGTH:
        return 4 * _IMPLAUSIBLE
    whole = is_agency(name) and not (is_bare(name) and name not in known)
    cost = _KNOWN if _is_known(name, known) else _PLAUSIBLE if whole else _IMPLAUSIBLE
    if spaced:
        ends = [m.end() for m in _inside().finditer(name[:-1]) if m.end() < len(name) - 1]
        joined = sum(not _crosses(name, end, 0, len(name)) for end in ends)
        cut = _crosses(text, bounds[-1], bounds[0], len(text))
        return cost + _JOINED_NAMES * joined + _IMPLAUSIBLE * cut
    for middle, stop in pairwise(bounds[1:]):
        before, after = text[bounds[0] : middle], text[middle:stop]
        if _continues(before, after) or _crosses(text, middle, bounds[0], stop):
            continue
        if is_agency(before):
            cost += _JOINED_NAMES
        elif _is_known(after, known) and len(before) > 1 and before[-1] not in lexicon("levels"):
            cost += _JOINED_STRANGER
    return cost


def _crosses(text: str, middle: int, start: int, end: int) -> bool:
    """Whether an ending of names lies across *middle*: the blank cut a word (各级各部 门单位)."""
    first = max(start, middle - 4)
    return _cuts_a_word(text[first : min(end, middle + 4)], middle - first)


@lru_cache(maxsize=8192)
def _cuts_a_word(window: str, middle: int) -> bool:
    return any(match.start() < middle < match.end() for match in _words().finditer(window))


@lru_cache(maxsize=8192)
def _continues(before: str, after: str) -> bool:
    """Whether *after*, behind a blank, belongs to the name *before*."""
    if is_bare(after):
        return True
    if pattern_of("agency.branch").search(after) and pattern_of("agency.has_branches").search(before):
        return True
    if pattern_of("agency.force").search(before) and pattern_of("agency.force_of_place").match(after):
        return True
    if pattern_of("agency.goes_on").search(before):
        return True
    return _is_parent(before) and pattern_of("agency.office_of_parent").match(after) is not None


def _is_parent(name: str) -> bool:
    return pattern_of("agency.parent").search(name) is not None


def _is_known(name: str, known: Collection[str]) -> bool:
    return name in known or without_level(name) in known


def without_level(name: str) -> str:
    """*name* without the character of its place's level (县教育局 → 教育局), as it is where the rest is no name."""
    return name[1:] if len(name) > 3 and name[0] in lexicon("levels") else name


def _at_levels(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """A run of names that all begin with the character of one level (县教育局县财政局), cut before each."""
    level, in_word = text[start], pattern_of("agency.level_in_word")
    if level not in lexicon("levels"):
        return [(start, end)]
    parts: list[tuple[int, int]] = []
    first = start
    for middle in range(start + 3, end - 2):
        if text[middle] == level and is_agency(text[first:middle]) and not in_word.match(text[middle : middle + 3]):
            parts.append((first, middle))
            first = middle
    parts.append((first, end))
    return parts if all(is_agency(text[low:high]) for low, high in parts) else [(start, end)]


def _cut_run(text: str, start: int, end: int, known: Collection[str], in_cell: bool) -> list[tuple[int, int]]:
    """A run of names without separators cut where both sides are known and neither is the other's house."""
    if text[start:end] in known:
        return [(start, end)]
    parts = _at_levels(text, start, end)
    if len(parts) > 1:
        return parts
    for middle in range(start + 2, end - 1):
        before, after = text[start:middle], text[middle:end]
        if not (_is_known(before, known) and is_agency(before) and is_agency(after)):
            continue
        if _continues(before, after) or _is_parent(before) or is_collective(before):
            continue
        if pattern_of("agency.area_end").search(before) and not (in_cell and _is_known(after, known)):
            continue
        rest = _cut_run(text, middle, end, known, in_cell)
        first = text[rest[0][0] : rest[0][1]]
        if _is_known(first, known) and not pattern_of("agency.inner_office").match(first):
            return [(start, middle), *rest]
    return [(start, end)]
