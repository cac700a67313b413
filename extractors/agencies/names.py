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
from typing import Final

from extractors.rules.registry import alternation, lexicon
from schemas.spans import Reading

MAXIMUM_LENGTH: Final = 40
"""Longest name taken for one agency, in characters."""

_OPENERS: Final = "（〔【［"
_CLOSERS: Final = "）〕】］"
_SEPARATORS: Final = "、，,；;/|\t\n"
_JOINERS: Final = ("以及", "及其他", "及", "和", "与", "会同", "联合")
_ANY_JOINER: Final = re.compile("[及和与会联]")
_TRIM: Final = "。.：:“”\"'…·-—～~ "
_ETC: Final = re.compile(
    r"等(?:\d{1,3}个)?(?:(?:各|县直|市直|区直|州直|省直)?(?:有关|相关|责任|职能|成员|主要|涉及|多个|部门|单位|机构|企业|县级|市级|乡镇|街道|和|、|（|）)+)?$"
)
_TRAILER: Final = re.compile(r"(?:(?:按照?|依据?|根据)(?:各自)?(?:职责|职能)(?:分工)?|具体|分别|共同|各自|按职责)$")
_LEAD_IN: Final = re.compile(
    r"^(?:以上[^由]{0,6}由|均由|[由及和与]|以及|其中|会同|联合|还有|\d{1,2}[.．、])(?=[一-鿿]{2})"
)
_INNER_DUTY: Final = re.compile(r"（(牵头|主办|配合|协办)(?:单位|部门)?）$")
_ASIDE: Final = re.compile(r"[（〔\[][^（）〔〕\[\]]{0,20}[）〕\]]$")
_LEVELS_SO_FAR: Final = re.compile(
    r"各?(?:[省市州盟县区旗乡镇](?:（[^（）]{1,8}）)?、)*[省市州盟县区旗乡镇](?:（[^（）]{1,8}）)?"
)
_LEVELS_GO_ON: Final = re.compile(
    r"[省市州盟县区旗乡镇](?:[、（]|人民政府|政府|两级|三级|各级|$)|[乡镇]{2}(?:人民)?政府"
)
_PLACES: Final = re.compile(r"[县市区州旗盟]）?$|（[^（）]{1,8}）")
_VERB_IN_NAME: Final = re.compile(
    r"(?<=[一-鿿]{2})(?:推进|推动|支持|引导|落实|实施|排查|督促)(?:工作|服务|协调|保障|管理|建设)?"
    r"(?=(?:中心|办公室|办|处|局|科|股|组|小组|领导小组|专班|委员会|指挥部)(?:$|（))"
)
"""A verb that a name holds right before its ending (县项目推进中心), which elsewhere is prose."""
_FORCE_OF_PLACE: Final = re.compile(
    r"(?![省市县区州旗]|.*(?:交警|消防|特警|治安|刑警|巡警|执法|监察))[一-鿿]{2,4}(?:支队|大队|中队)$"
)
_BAD: Final = re.compile(r"[\d%。！？：:；;《》<>=＋+…a-zA-Z]")


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a list, ``[start, end)`` in folded positions; ``inner`` is a duty in its own brackets (（牵头）)."""

    start: int
    end: int
    inner: str | None = None


@cache
def _suffix() -> re.Pattern[str]:
    return re.compile(f"{alternation(lexicon('agency_suffixes'))}$")


@cache
def _inside() -> re.Pattern[str]:
    """Endings that part one name from the next inside a run without separators."""
    strong = [word for word in lexicon("agency_suffixes") if len(word) > 1]
    return re.compile(alternation([*strong, "局", "厅", "镇", "促会", "办"]))


@cache
def _words() -> re.Pattern[str]:
    """Endings of two characters and more that are words, not two endings side by side (区县, 镇街)."""
    return re.compile(
        alternation([w for w in lexicon("agency_suffixes") if len(w) > 1 and w.strip("县市区州旗盟镇乡街地")])
    )


@cache
def _title() -> re.Pattern[str]:
    return re.compile(f"{alternation(lexicon('agency_titles'))}$")


@cache
def _stop() -> re.Pattern[str]:
    return re.compile(alternation(lexicon("agency_stop_words")))


@cache
def _collective() -> re.Pattern[str]:
    return re.compile(alternation(lexicon("agency_collectives")))


@cache
def _bare() -> frozenset[str]:
    return frozenset(lexicon("agency_bare_tails"))


@cache
def _branch() -> re.Pattern[str]:
    return re.compile(f"{alternation(lexicon('agency_branch_tails'))}$")


@cache
def _parent() -> re.Pattern[str]:
    return re.compile(f"{alternation(lexicon('agency_parents'))}$")


@cache
def _office() -> re.Pattern[str]:
    return re.compile(alternation(lexicon("agency_offices_of_parents")))


@lru_cache(maxsize=8192)
def is_agency(name: str) -> bool:
    """Whether *name* (folded, without blanks) reads as the name of one agency, or of all of a kind (各乡镇)."""
    if not 2 <= len(name) <= MAXIMUM_LENGTH or _BAD.search(name) or _title().search(name) or reads_as_prose(name):
        return False
    if _suffix().search(_ASIDE.sub("", name)) or _suffix().search(name):
        return True
    return bool(_collective().match(name)) and bool(_PLACES.search(name))


def is_title(name: str) -> bool:
    """Whether *name* ends as a person's office does (分管副县长)."""
    return bool(_title().search(name))


def reads_as_prose(name: str) -> bool:
    """Whether *name* holds a word that no name of an agency holds (推进, 按照)."""
    return bool(_stop().search(_VERB_IN_NAME.sub("", name)))


def is_collective(name: str) -> bool:
    """Whether *name* stands for many agencies at once (各乡镇, 相关部门单位)."""
    return bool(_collective().match(name))


def is_bare(name: str) -> bool:
    """Whether *name* is only the tail of a name (办公室, 服务中心)."""
    return name in _bare()


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
    for left, right in _at_joiners(text, _at_separators(text, start, end)):
        for low, high in _join_soft(text, left, right, soft, known):
            entry = _trim(text, low, high)
            if entry and entry.end - entry.start <= MAXIMUM_LENGTH:
                parts = _cut_run(text, entry.start, entry.end, known, in_cell)
                entries.extend(Entry(*part, entry.inner) for part in parts)
    return entries


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
    return (
        _LEVELS_SO_FAR.fullmatch(text, left, comma) is not None
        and _LEVELS_GO_ON.match(text, comma + 1, end) is not None
    )


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
        if _ANY_JOINER.search(text, left, right) is None:
            result.append((left, right))
            continue
        index = left + 2
        while index < min(right - 1, left + 2 * MAXIMUM_LENGTH):
            joiner = next((word for word in _JOINERS if text.startswith(word, index)), None)
            if joiner and _parts_names(text[left:index], text[index + len(joiner) : right]):
                result.append((left, index))
                left = index + (1 if joiner == "及其他" else len(joiner))
                index = left + 2
            else:
                index += 1
        result.append((left, right))
    return result


def _parts_names(before: str, after: str) -> bool:
    if not is_agency(before) or len(after) < 2:
        return False
    following = _ETC.sub("", after) or after
    end = re.search(r"[和与及]", following)
    return is_agency(following) or bool(end and is_agency(following[: end.start()])) or following.startswith("其他")


def _trim(text: str, start: int, end: int) -> Entry | None:
    """``[start, end)`` without 由, 等…, （牵头）, 按职责分工 and punctuation around it; ``None`` if nothing is left."""
    inner: str | None = None
    if end - start > 4 * MAXIMUM_LENGTH:
        return None
    for _ in range(6):
        while start < end and text[start] in _TRIM:
            start += 1
        while start < end and text[end - 1] in _TRIM:
            end -= 1
        part = text[start:end]
        duty = _INNER_DUTY.search(part)
        tail = duty or _ETC.search(part) or _TRAILER.search(part)
        lead = _LEAD_IN.match(part)
        if duty:
            inner = duty[1]
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
        return cost + _JOINED_NAMES * sum(1 for m in _inside().finditer(name[:-1]) if m.end() < len(name) - 1)
    for middle, stop in pairwise(bounds[1:]):
        before, after = text[bounds[0] : middle], text[middle:stop]
        if _continues(before, after) or _crosses(text, middle, bounds[0], stop):
            continue
        if is_agency(before):
            cost += _JOINED_NAMES
        elif _is_known(after, known) and len(before) > 1 and before[-1] not in "省市州盟县区旗":
            cost += _JOINED_STRANGER
    return cost


def _crosses(text: str, middle: int, start: int, end: int) -> bool:
    """Whether an ending of names lies across *middle*: the blank cut a word (各级各部 门单位)."""
    return any(
        start <= match.start() < middle < match.end() <= end
        for match in _words().finditer(text, max(start, middle - 4), min(end, middle + 4))
    )


def _continues(before: str, after: str) -> bool:
    """Whether *after*, behind a blank, belongs to the name *before*."""
    if is_bare(after):
        return True
    if _branch().search(after) and re.search(r"(?:局|银行|总公司|公司|总队|会|院|中心)$", before):
        return True
    if before.endswith(("总队", "支队", "大队")) and _FORCE_OF_PLACE.fullmatch(after):
        return True
    if before.endswith("总局") or re.search(r"(?:各|有关|相关|领导|工作)$", before):
        return True
    return bool(_parent().search(before)) and bool(_office().match(after))


def _is_known(name: str, known: Collection[str]) -> bool:
    return name in known or (len(name) > 3 and name[0] in "县市区州省旗" and name[1:] in known)


def _cut_run(text: str, start: int, end: int, known: Collection[str], in_cell: bool) -> list[tuple[int, int]]:
    """A run of names without separators cut where both sides are known and neither is the other's house."""
    if text[start:end] in known:
        return [(start, end)]
    for middle in range(start + 2, end - 1):
        before, after = text[start:middle], text[middle:end]
        if not (_is_known(before, known) and is_agency(before) and is_agency(after)):
            continue
        if _continues(before, after) or _parent().search(before) or is_collective(before):
            continue
        if re.search(r"[区镇乡]$", before) and not (in_cell and _is_known(after, known)):
            continue
        rest = _cut_run(text, middle, end, known, in_cell)
        first = text[rest[0][0] : rest[0][1]]
        if _is_known(first, known) and not re.match(r".{0,6}(?:大队|支队|分局|科|所|股|站|队|办公室)$", first):
            return [(start, middle), *rest]
    return [(start, end)]
