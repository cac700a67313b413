"""Merits: what a grant rewards, read from the clauses before its amount.

对初次认定为国家、省级工程中心的企业，分别给予40万元、20万元奖励: the merit of the first number is 国家级工程中心, of the
second 省级工程中心. A clause that says how, when or beside what a grant is paid names none (除上级补助外, 经验收合格后).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import Final

from extractors.language.tokens import tag_of
from extractors.quantities.description.sentences import Sentence, shield
from extractors.quantities.frames.frame import Proposal
from extractors.quantities.frames.measures import ends_in_measure
from extractors.rules.registry import Rule, lexicon, rules_of

NUMBER: Final = "⟨⟩"
"""What stands for the numbers before in the words that a merit is read from."""
_SHORTEST: Final = 2
_LONGEST: Final = 24
_PRIZE: Final = "奖"
"""What ends a level that stands behind what it is given for (出口额一等奖)."""
_FARTHEST: Final = 7
_LONG_NOUN: Final = 6
_BOUNDARIES: Final = re.compile("[，,；：。]")
_ENDS: Final = "的、和及并或，"
_DOUBLED: Final = re.compile("的+")
_NOTE: Final = re.compile(r"（[^（）]*）")
_LIST: Final = re.compile("、|和|与|及(?!以)|或者?")
_LEVEL: Final = re.compile(r"(?:星级?|等奖?|级|类|档|内|外)(?:及?以上)?$")

_LEVEL_ENDS: Final = re.compile(r"[级类档等星]$")


def words_before(sentence: Sentence, index: int, end: int) -> str:
    """The words of *sentence* before the position *end*, the numbers before the mention at *index* left as ⟨⟩."""
    pieces, position = [], 0
    for mention in sentence.mentions[:index]:
        if mention.start >= end:
            break
        pieces += [sentence.text[position : mention.start], NUMBER]
        position = max(position, mention.end)
    return "".join([*pieces, sentence.text[position:end]])


def run_of(sentence: Sentence, index: int) -> tuple[int, int]:
    """The first mention of the list that the mention at *index* is in, and how many it holds."""
    first = index
    while first and _goes_on(sentence, first):
        first -= 1
    last = index
    while last + 1 < len(sentence.mentions) and _goes_on(sentence, last + 1):
        last += 1
    return first, last - first + 1


def _goes_on(sentence: Sentence, index: int) -> bool:
    """Whether the mention at *index* goes on with the list of the one before: values of one unit (0.5万元、60人 are two)."""
    before, mention = sentence.mentions[index - 1].candidate, sentence.mentions[index]
    alike = mention.candidate.unit == before.unit or mention.candidate.dimension == before.dimension is not None
    return mention.bare and alike


def merits(words: str, topic: str, place: int, size: int) -> Iterator[Proposal]:
    """What the grant after *words* may be for, the best first; of a list of *size* grants the one at *place*."""
    noted = _cleaned("frame.merit_note", words)
    own, *earlier = _clauses(noted)
    level = ""
    if opened := _opened(noted, place, size):
        yield opened
    for words_of_case in (own, *(_cleaned("frame.merit_earlier", each) for each in earlier[:_FARTHEST])):
        clause = _cleaned("frame.merit_front", words_of_case)
        if not clause or any(rule.pattern.search(clause) for rule in rules_of("frame.no_merit")):
            continue
        for rule in rules_of("frame.merit"):
            match = rule.pattern.search(clause)
            if match and (head := _head(match["merit"], place, size)):
                if _is_level(head) and not _says("frame.merit_event", head):
                    level = level or head
                else:
                    whole = head + level if level.endswith(_PRIZE) else level + head
                    yield Proposal("merit", whole, "sentence", rule.id)
                break
    if level:
        yield Proposal("merit", level, "sentence", "frame.merit_level")
    for words_above, rule in _titles(topic):
        yield Proposal("merit", words_above, "heading", rule.id)


def _opened(words: str, place: int, size: int) -> Proposal | None:
    """The case that an earlier clause of the same item opens, where what follows it only narrows it by bounds."""
    own, *earlier = _clauses(words.rpartition("；")[2])
    if _cleaned("frame.merit_front", own) and not _says("frame.merit_narrowing", _cleaned("frame.merit_front", own)):
        return None
    for clause in earlier:
        if _says("frame.merit_opening", clause):
            match = next(
                (found for rule in rules_of("frame.merit") if (found := rule.pattern.search(clause)) is not None), None
            )
            head = _head(match["merit"], place, size) if match else ""
            return Proposal("merit", head, "sentence", "frame.merit_opening") if head and not _is_level(head) else None
        if not _says("frame.merit_narrowing", clause):
            return None
    return None


def _says(prefix: str, words: str) -> bool:
    return any(rule.pattern.search(words) for rule in rules_of(prefix))


def _clauses(words: str) -> list[str]:
    """The comma clauses of *words*, nearest first; signs inside brackets and quotation marks part nothing."""
    outline = shield(words)
    cuts = [-1, *(match.start() for match in _BOUNDARIES.finditer(outline)), len(words)]
    pieces = [words[start + 1 : end] for start, end in pairwise(cuts)]
    return pieces[::-1]


def _titles(topic: str) -> Iterator[tuple[str, Rule]]:
    for rule in rules_of("frame.merit_title"):
        if match := rule.pattern.search(topic):
            yield _cleaned("frame.merit_end", match["merit"]), rule


def _head(words: str, place: int, size: int) -> str:
    """The short name of a merit: what was received or done, without whom and without the bounds of the case."""
    words = _DOUBLED.sub("的", _cleaned("frame.merit_bound", words))
    before, joint, noun = words.rpartition("的")
    if joint and noun:
        gained = _cleaned("frame.merit_verb", before)
        if _is_level(gained):
            words = gained + noun
        elif not _is_receiver(noun) or gained == before.strip(_ENDS) or len(gained) <= _SHORTEST:
            words = noun if len(noun) >= _LONG_NOUN or not _is_receiver(noun) else before
        else:
            words = before
    words = _cleaned("frame.merit_verb", words)
    words = _cleaned("frame.merit_end", _listed(words, place, size))
    plain = words if len(words) <= _LONGEST else _NOTE.sub("", words)
    return plain if _says_what_for(plain) else ""


def _says_what_for(head: str) -> bool:
    """Whether *head* is a name of a merit: no party, and not a verb or measure of two characters alone."""
    if not _SHORTEST <= len(head) <= _LONGEST or head in _parties():
        return False
    if _says("frame.merit_event", head):
        return True
    return len(head) > _SHORTEST or not (ends_in_measure(head) or tag_of(head)[0] in "vdp")


@cache
def _parties() -> frozenset[str]:
    """Words for parties alone, which a grant may go by but is not for (法人组织, 自然人)."""
    return frozenset(lexicon("parties"))


def _is_receiver(noun: str) -> bool:
    return any(rule.pattern.search(noun) for rule in rules_of("frame.receiver"))


def _is_level(words: str) -> bool:
    """Whether *words* are levels and nothing else (省、市级)."""
    return any(
        all(rule.pattern.fullmatch(item) for item in _LIST.split(words)) for rule in rules_of("frame.merit_level")
    )


def _cleaned(prefix: str, words: str) -> str:
    for rule in rules_of(prefix):
        words = rule.pattern.sub("", words)
    return words.strip(_ENDS)


def _listed(words: str, place: int, size: int) -> str:
    """*words* with the item at *place* for a list of *size* items (国家、省级中心 → 省级中心)."""
    if size < _SHORTEST:
        return _first_of_many(words)
    for rule in rules_of("frame.merit_level"):
        run = re.search(rf"(?:{rule.pattern.pattern})(?:[、和及或](?:{rule.pattern.pattern})){{{size - 1}}}", words)
        if run:
            items = _LIST.split(run[0])
            head = words[: run.start()] + _as_last(items, place) + words[run.end() :]
            return head if len(head) <= _LONGEST else _first_of_many(head)
    items = _LIST.split(words)
    return _with_shared_head(items, place) if len(items) == size else words


def _with_shared_head(items: Sequence[str], place: int) -> str:
    """The item at *place*; one that ends in a level takes the noun behind that of the last (金叶级、银叶级饭店 → 金叶级饭店)."""
    level = _LEVEL_ENDS.search(items[place])
    if level is None or place == len(items) - 1:
        return items[place]
    _, shared, head = items[-1].partition(level[0])
    return items[place] + head if shared else items[place]


def _as_last(items: Sequence[str], place: int) -> str:
    """The level at *place*, with the 级 that the last one carries for all."""
    shared = _LEVEL.search(items[-1])
    return items[place] if shared is None or _LEVEL.search(items[place]) else items[place] + shared[0]


def _first_of_many(words: str) -> str:
    """*words*, or where they are a long list its first item."""
    return words if len(words) <= _LONGEST // 2 + _SHORTEST else _LIST.split(words)[0] or words
