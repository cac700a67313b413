"""The verb of a clause that no rule names: any verb of the dictionary does, but those that say no deed.

A clause that a time governs says what is to be done by then; which verbs a government finds for that nobody can list
(疏浚河道, 腾空校舍, 约谈乡镇). What can be listed are the verbs of lines of work, states and effects (推进, 保持, 带动).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from extractors.language.tokens import segmenter, tag_of
from extractors.milestones.says import said, says
from extractors.rules.registry import lexicon

_VERB: Final = "v"
_VERBAL: Final = frozenset(("v", "vn", "i"))
"""Tags of a word that can be the verb where it opens or closes its clause; jieba has set phrases such as 停止使用 as i."""
_NOMINAL: Final = frozenset("nvlijrxsfzgm")
"""The first letters of the tags of a word that can close an object."""
_BEFORE: Final = frozenset("nrdbamqjtsfpczgevil")
"""The first letters of the tags of words before a verb that say who does it, to what, where and how."""
_NAMES: Final = frozenset("nrjsbl")
_SIGN: Final = "x"
"""The tag of quotation marks and brackets."""
_PREPOSITION: Final = "p"
_BRACKETS: Final = frozenset("（）")
_ATTRIBUTIVE: Final = "的"
_LONG: Final = 2
_SHORTEST_ADJUNCT: Final = 2
"""Words of a preposition and its noun (通过 平台)."""
_LONGEST_NOUN: Final = 3
"""Words of a noun behind 的, and 的."""


@dataclass(frozen=True, slots=True)
class StatedVerb:
    """The words of a clause: those before its verb, the verb and what stands behind it."""

    before: str
    verb: str
    behind: str


def stated_verb(body: str, signs: int, first_only: bool = False) -> StatedVerb | None:
    """The verb of *body*, a clause of these *signs* without its words of manner, with the words on both sides of it.

    ``None`` where it has none, or one that says no deed. With *first_only*, nobody may stand before the verb, only a place
    or those whom it affects (在全县取消试点).
    """
    words = segmenter().lcut(body)
    while words and tag_of(words[-1]) == _SIGN:
        words.pop()
    at = _verb_of(words, 0)
    if at is None:
        return None
    before, behind = words[:at], words[at + 1 :]
    if behind and (tag_of(behind[-1])[:1] not in _NOMINAL or is_noun_of_verb("".join(behind), signs)):
        return None
    if first_only and not (behind and tag_of(behind[-1])[:1] != _VERB and _opens(words, at) and not _goes_on(behind)):
        return None
    if before and not any(tag_of(word)[:1] in _NAMES for word in before):
        return None
    if before and tag_of(before[0])[:1] == _PREPOSITION and _BRACKETS & set(before):
        return None
    return StatedVerb("".join(before), words[at], "".join(behind))


def _opens(words: Sequence[str], at: int) -> bool:
    """Whether the verb of *words* opens them, or stands behind words of place alone."""
    before = "".join(words[:at])
    return _is_verb(words[at], tag_of(words[at])) and (not before or says("milestone.place_first", before))


def _goes_on(behind: Sequence[str]) -> bool:
    """Whether so much stands *behind* a verb and a particle that it may be said of the noun there (打击犯罪的实践证明)."""
    return _ATTRIBUTIVE in behind and len(behind) - behind.index(_ATTRIBUTIVE) > _LONGEST_NOUN


def _verb_of(words: Sequence[str], start: int) -> int | None:
    """Where the verb stands among *words* from *start* on: not in front of 的, nor of another verb that goes with it."""
    for at in range(start, len(words)):
        word, tag = words[at], tag_of(words[at])
        following = words[at + 1] if at + 1 < len(words) else ""
        if _can_be_verb(word, tag, first=at == start, last=not following):
            if at and _ATTRIBUTIVE in words[at + 1 :]:
                later = _verb_of(words, at + 2 + words[at + 1 :].index(_ATTRIBUTIVE))
                if later is not None:
                    return later
            if word not in _without_deed():
                return at
            if tag == _VERB and not _is_deed(following):
                return None
        elif (tag[:1] not in _BEFORE and word not in _BRACKETS) or _is_negative(word):
            return None
    return None


def verb_behind_noun(body: str) -> int | None:
    """Where the first verb of *body*, which a preposition opens, begins, if it says a deed and the preposition's noun is before it.

    ``None`` where what the preposition governs is itself said by a verb (通过开展整治, 结合推进改革).
    """
    at = 0
    for place, word in enumerate(segmenter().lcut(body)):
        verb = _is_verb(word, tag_of(word)) or word in _deliverable()
        if place and verb and not says("milestone.noun_of_adjunct", word):
            return at if place >= _SHORTEST_ADJUNCT and word not in _without_deed() else None
        at += len(word)
    return None


def _is_verb(word: str, tag: str) -> bool:
    """Whether *word* is a verb by its *tag*, or one that the dictionary has as something else (更新 as an adverb)."""
    return tag == _VERB or word in _tagged_otherwise()


def _can_be_verb(word: str, tag: str, first: bool, last: bool) -> bool:
    if len(word) < _LONG:
        return word in lexicon("short_deeds") and not last
    if _is_verb(word, tag):
        return True
    if tag in _VERBAL:
        return first or last
    return first and last and word in _deliverable()


def _is_deed(word: str) -> bool:
    return tag_of(word) in _VERBAL and word not in _without_deed()


@cache
def _deliverable() -> frozenset[str]:
    """Verbs that the dictionary has as nouns, and that a clause is all of (一季度部署)."""
    return frozenset(lexicon("deliverable_verbs"))


@cache
def _tagged_otherwise() -> frozenset[str]:
    return frozenset(lexicon("deeds_tagged_otherwise"))


@cache
def _without_deed() -> frozenset[str]:
    return frozenset(lexicon("verbs_without_deed"))


def _is_negative(word: str) -> bool:
    return says("milestone.negated", word)


def is_noun_of_verb(words: str, signs: int) -> bool:
    """Whether *words*, behind a verb in a text of these *signs*, make a noun of it (完成情况)."""
    return said("milestone.nominal", words, signs)
