"""Sentences that hold candidates, and the words on either side of each number.

A *sentence* runs to 。！？ (a hostile one is cut where it grows too long, so that work stays linear); a
*stretch* inside it to ； as well. The *window* of a mention is what stands between the last boundary
(，：； or the number before it) and its number: the words that may name what is measured. Signs inside
quotation marks, title marks and brackets are no boundaries.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from extractors.quantities.candidates.candidate import Candidate
from extractors.rules.registry import look_at, signs_beside, signs_of
from schemas.making import quickly_made

FULL_STOPS: Final = frozenset("。！？!?")
_FULL_STOP: Final = re.compile(f"[{''.join(sorted(FULL_STOPS))}]")
SEMICOLONS: Final = frozenset("；;")
BOUNDARIES: Final = FULL_STOPS | SEMICOLONS | frozenset("，,：:")
LIST_SIGNS: Final = "、和与及以并或"
_RIGHT_BOUNDARIES: Final = BOUNDARIES | frozenset("、（）")
_INSIDE_A_WORD: Final = re.compile("（_{1,4}）(?=[\u4e00-\u9fff])")
"""A bracket that gives another form of the word that it stands in: 11个市（州）分岛."""
_SHIELDED: Final = re.compile("|".join(rf"{a}[^{b}]{{0,118}}{b}" for a, b in ("“”", "《》", "（）", "〔〕", "‘’")))
_LONGEST_SENTENCE: Final = 800
_CONTEXT: Final = 120


@quickly_made
@dataclass(frozen=True, slots=True)
class Mention:
    """A candidate and the words around it, in positions of its sentence.

    ``start`` and ``end`` cover the number with its comparator words; ``left`` is where the window
    before it begins, ``right`` where the words after it end. ``stretch`` is its part of the sentence
    between semicolons. ``listed``: a list sign and no comma stands between it and the number before;
    ``bare``: nothing but a list sign does.
    """

    candidate: Candidate
    start: int
    end: int
    left: int
    right: int
    stretch: tuple[int, int]
    listed: bool
    bare: bool


@quickly_made
@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with its mentions; ``start`` is its position in the passage's folded text."""

    text: str
    start: int
    outline: str
    mentions: tuple[Mention, ...]
    signs: int
    """What the rules ask for that it holds (:func:`extractors.rules.registry.signs_of`)."""

    def window(self, mention: Mention) -> str:
        """The words before the number."""
        return self.text[mention.left : mention.start]

    def after(self, mention: Mention) -> str:
        """The words after the number, up to the next sign or number."""
        return self.text[mention.end : mention.right]

    def clause_end(self, mention: Mention, end: int) -> int:
        """Where the comma clause of *mention* ends, at most at *end*: a time behind the number counts up to there."""
        comma = self.outline.find("，", mention.end)
        return min(end, comma) if comma >= 0 else end

    def signs_of_part(self, words: str) -> int:
        """The signs that tell which rules may match *words*: its own of a part of it, those of all rules for words put together."""
        return self.signs if words in self.text else -1

    def signs_beside(self, start: int, end: int) -> int:
        """The signs of the rules that may match around the number ``[start, end)`` marked with ⟨ ⟩: by what stands beside it."""
        return self.signs & signs_beside(self.text[start - 1 : start] if start else "", self.text[end : end + 1])

    def marked(self, mention: Mention) -> str:
        """The words around the number (at most 120 on either side), the number in ⟨ ⟩: what context rules read."""
        before = self.text[max(0, mention.start - _CONTEXT) : mention.start]
        after = self.text[mention.end : mention.end + _CONTEXT]
        return f"{before}⟨{self.text[mention.start : mention.end]}⟩{after}"


@lru_cache(maxsize=1024)
def shield(text: str) -> str:
    """*text* with what stands inside quotation marks and brackets blanked out; same length.

    A bracket that does not close within 120 characters shields nothing.
    """
    return _SHIELDED.sub(lambda match: match[0][0] + "_" * (len(match[0]) - 2) + match[0][-1], text)


def sentences(text: str, candidates: Sequence[Candidate]) -> tuple[Sentence, ...]:
    """The sentences of a passage's folded *text* that hold *candidates* (ascending), in order."""
    return sentences_of([(text, candidates)])[0]


def sentences_of(passages: Sequence[tuple[str, Sequence[Candidate]]]) -> list[tuple[Sentence, ...]]:
    """The :func:`sentences` of each of many *passages*; their signs are read together."""
    cut = [(text, shield(text), [*_holding(shield(text), candidates)]) for text, candidates in passages]
    look_at(text[start:end] for text, _, own in cut for start, end, _ in own)
    return [tuple([_sentence(text, outline, *one) for one in own]) for text, outline, own in cut]


def _holding(outline: str, candidates: Sequence[Candidate]) -> Iterator[tuple[int, int, list[Candidate]]]:
    """Where the sentences that hold *candidates* begin and end, each with its own."""
    waiting = list(candidates)[::-1]
    for start, end in _cut(outline):
        own: list[Candidate] = []
        while waiting and waiting[-1].start < end:
            own.append(waiting.pop())
        if own:
            yield start, end, own


def _cut(outline: str) -> Iterator[tuple[int, int]]:
    start = 0
    for stop in _stops(outline):
        yield start, stop + 1
        start = stop + 1
    if start < len(outline):
        yield start, len(outline)


def _stops(outline: str) -> Iterator[int]:
    """Where the sentences of *outline* end, those that grow too long as well."""
    if len(outline) <= _LONGEST_SENTENCE:
        yield from (match.start() for match in _FULL_STOP.finditer(outline))
        return
    start = 0
    for position, char in enumerate(outline):
        length = position - start
        overlong = length > _LONGEST_SENTENCE and (char in BOUNDARIES or length > 2 * _LONGEST_SENTENCE)
        if char in FULL_STOPS or overlong:
            yield position
            start = position + 1


def _sentence(text: str, outline: str, start: int, end: int, own: Sequence[Candidate]) -> Sentence:
    cut, shape = text[start:end], outline[start:end]
    found: list[Mention] = []
    floor = 0
    for index, candidate in enumerate(own):
        first, last = max(0, candidate.outer_start - start), min(len(cut), candidate.outer_end - start)
        if found and _shares_its_unit(found[-1], cut[floor:first]):
            floor += 1
        lines = cut if shape[min(candidate.start - start, len(shape) - 1)] == "_" else shape
        left = max(_left(lines, first, floor), _after_noun(found, first))
        ceiling = own[index + 1].outer_start - start if index + 1 < len(own) else len(cut)
        if index and cut[floor:first] == "：" and found[-1].end == floor:
            left = floor
        between = cut[left:first] if index and left == floor else None
        found.append(
            Mention(
                candidate,
                first,
                last,
                left,
                _right(lines, last, max(last, min(ceiling, len(cut)))),
                _between(shape, first, SEMICOLONS),
                listed=index > 0 and first > floor and (cut[floor] in LIST_SIGNS or cut[first - 1] in LIST_SIGNS),
                bare=bool(between) and not (between or "").strip(LIST_SIGNS + "："),
            )
        )
        floor = last
    return Sentence(cut, start, shape, tuple(found), signs_of(cut))


def _shares_its_unit(before: Mention, behind: str) -> bool:
    """Whether *behind* begins with what a number prints of a unit that stands whole behind a later one (1.2个、0.8个百分点)."""
    unit = before.candidate.unit
    return len(unit) > 1 and behind[:1] == unit[:1] and behind[1:2] in tuple(LIST_SIGNS)


def _after_noun(found: Sequence[Mention], position: int) -> int:
    """Where the noun that the number before counts ends, if a sign ends it (1所高校、1—2所科研机构)."""
    if not found:
        return 0
    before = found[-1]
    return before.right if before.end < before.right <= position else 0


def _left(lines: str, position: int, floor: int) -> int:
    start = position
    while start > floor and lines[start - 1] not in BOUNDARIES:
        start -= 1
        if lines[start] == "（" and "）" not in lines[start:position]:
            return start + 1
    return start


def _right(lines: str, position: int, ceiling: int) -> int:
    """Where the words after a number end; words that lead on to the next number (12亿元增长8%) belong to that."""
    end = position
    while end < ceiling:
        if lines[end] in _RIGHT_BOUNDARIES:
            inside = _INSIDE_A_WORD.match(lines, end) if end > position else None
            if inside is None or inside.end() > ceiling:
                break
            end = inside.end()
        else:
            end += 1
    if end < ceiling or end == len(lines):
        return end
    words = lines[position:end]
    return end if words == "的" or (len(words) > 1 and words[-1] in "和与及") else position


def _between(shape: str, position: int, signs: frozenset[str]) -> tuple[int, int]:
    start = max(shape.rfind(sign, 0, position) for sign in signs) + 1
    ends = [found for sign in signs if (found := shape.find(sign, position)) >= 0]
    return start, min(ends, default=len(shape))
