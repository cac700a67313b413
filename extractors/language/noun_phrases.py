"""Noun phrases: where the words that name a thing begin and end, by patterns over tagged tokens.

A spaCy matcher marks what does not belong to the name of what is measured: *leads* (time words, modal and governing
verbs, adverbs, prepositions: 全面 / 确保 / 在全县) and *tails* (predicates and prepositions that lead to a number:
达到, 稳定在, 由 …). A phrase is what is left when leads and tails are peeled off a window of words.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import accumulate
from typing import Any, Final

import numpy as np

from extractors.language.library import Doc, Matcher
from extractors.language.tokens import analyse, pipeline
from extractors.rules.registry import lexicon
from schemas.making import quickly_made

LIST_WORDS: Final = frozenset(lexicon("list_words"))
_PUNCTUATION: Final = frozenset("，,、；;：:。！？!?—-~～·＋+/①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮")
_SCALES: Final = "百千万亿"
_LISTING: Final = LIST_WORDS | {"，", ",", "、"}
_GAP: Final = "\n"
"""Stands between regions; the folded text has no line breaks."""
_NO_ROLE: Final = "none"
_Roles = tuple[str, str]
"""The role of a word at the front of a window, and at its end."""
_NO_ROLES: Final[_Roles] = (_NO_ROLE, _NO_ROLE)
_ADVERB_TAGS: Final = frozenset({"d", "ad", "c"})
_TIME_TAGS: Final = frozenset({"t", "r", "y", "e", "o"})
_VERB_TAGS: Final = frozenset({"v", "vn", "vd", "vi", "vg"})
_NOUN_TAGS: Final = frozenset(
    {"n", "nr", "ns", "nt", "nz", "ng", "nrt", "nrfg", "vn", "an", "j", "l", "i", "s", "b", "eng", "f", "a", "x"}
)


@quickly_made
@dataclass(frozen=True, slots=True)
class Phrases:
    """A tagged text with its leads and tails, by token: ``leads[i]`` is where the lead that begins at *i* ends."""

    texts: tuple[str, ...]
    tags: tuple[str, ...]
    starts: tuple[int, ...]
    leads: dict[int, int]
    tails: dict[int, int]

    def tokens(self, start: int, end: int) -> range:
        """The tokens that begin in the characters ``[start, end)``."""
        return range(bisect_left(self.starts, start), bisect_left(self.starts, end))

    def trim(self, start: int, end: int, skip: Iterable[tuple[int, int]] = ()) -> tuple[int, int]:
        """The characters of ``[start, end)`` without leads and tails; *skip* are leads known otherwise (times)."""
        tokens = self.tokens(start, end)
        first, last = tokens.start, tokens.stop
        times = dict(skip)
        while first < last:
            position = self.starts[first]
            known = next((stop for begin, stop in times.items() if begin <= position < stop), None)
            step = bisect_left(self.starts, known) if known is not None else self.leads.get(first, first)
            if step == first:
                break
            first = min(step, last)
        while last > first:
            step = self.tails.get(last, last)
            if step == last:
                break
            last = max(step, first)
        return self._edge(first, end), self._edge(last, end)

    def _edge(self, token: int, end: int) -> int:
        return min(self.starts[token], end) if token < len(self.starts) else end

    def governed(self, start: int, end: int) -> bool:
        """Whether a governing verb stands right before *end* (“赛马”制推动15个项目 …): its subject names nothing counted."""
        tokens = self.tokens(start, end)
        return len(tokens) > 1 and self.texts[tokens[-1]] in _governing()

    def begins_with_noun(self, start: int, end: int) -> bool:
        """Whether a noun (or its modifier, 万亿级 included) begins the characters ``[start, end)``."""
        tokens = self.tokens(start, end)
        return bool(tokens) and (
            self.tags[tokens.start] in _NOUN_TAGS or self.texts[tokens.start].rstrip("级").strip(_SCALES) == ""
        )

    def ends_with_noun(self, start: int, end: int) -> bool:
        """Whether a noun ends the characters ``[start, end)``."""
        tokens = self.tokens(start, end)
        return bool(tokens) and self.tags[tokens[-1]][0] == "n"

    def names_at_end(self, start: int, end: int) -> int:
        """Where the names of places and list words that close the characters ``[start, end)`` begin."""
        tokens = self.tokens(start, end)
        last = tokens.stop
        while last > tokens.start and (self.tags[last - 1] == "ns" or self.texts[last - 1] in _LISTING):
            last -= 1
        return self._edge(last, end)

    def subject_end_before_verb(self, start: int, end: int) -> int:
        """Where the subject of the clause ``[start, end)`` ends: before its first verb or preposition."""
        tokens = self.tokens(start, end)
        return self._edge(next((token for token in tokens if self.tags[token] in ("v", "p")), tokens.stop), end)

    def behind_last(self, start: int, end: int, is_verb: Callable[[str], bool]) -> int:
        """Where what stands behind the last word of ``[start, end)`` that *is_verb* begins; *end* without one."""
        tokens = self.tokens(start, end)
        found = (token + 1 for token in reversed(tokens) if token + 1 < tokens.stop and is_verb(self.texts[token]))
        return self._edge(next(found, tokens.stop), end)

    def subject_end(self, start: int, end: int) -> int:
        """Where the verbs and adverbs that close the clause ``[start, end)`` begin (…生产线|全面投产)."""
        tokens = self.tokens(start, end)
        last = tokens.stop
        while last > tokens.start + 1 and (self.tags[last - 1] in _VERB_TAGS or self.tags[last - 1][0] in "dauxw"):
            last -= 1
        return self._edge(last, end)


@cache
def _governing() -> frozenset[str]:
    return frozenset(lexicon("governing_verbs"))


def phrases(text: str, regions: Sequence[tuple[int, int]]) -> Phrases:
    """The ascending, disjoint *regions* of *text* (a sentence, its numbers masked with commas) analysed."""
    return phrases_of([(text, regions)])[0]


def phrases_of(read: Sequence[tuple[str, Sequence[tuple[int, int]]]]) -> list[Phrases]:
    """The :func:`phrases` of many texts, each with its regions: analysed as one document, as most of its cost is fixed."""
    texts = [_GAP.join([text[start:end] for start, end in regions]) for text, regions in read]
    doc = analyse(_GAP.join(texts))
    words: list[str] = doc.user_data["words"]
    tags: list[str] = doc.user_data["tags"]
    ends = [*accumulate(map(len, words))]
    found: list[Phrases] = []
    first = begin = 0
    for text, (_, regions) in zip(texts, read, strict=True):
        last = bisect_right(ends, begin + len(text), first)
        found.append(_parted(words[first:last], tags[first:last], regions))
        first, begin = last + 1, begin + len(text) + len(_GAP)
    return found


def _parted(words: Sequence[str], tags: Sequence[str], regions: Sequence[tuple[int, int]]) -> Phrases:
    """The words of *regions* with their leads and tails."""
    leads: dict[int, int] = {}
    tails: dict[int, int] = {}
    for first, roles in _runs(words, tags):
        own_leads, own_tails = _matched(roles)
        for start, end in own_leads:
            leads[first + start] = first + end
        for start, end in own_tails:
            tails[first + end] = first + start
    return Phrases(tuple(words), tuple(tags), _starts(words, regions), leads, tails)


def _starts(words: Sequence[str], regions: Sequence[tuple[int, int]]) -> tuple[int, ...]:
    """Where each word begins in the text that the regions were cut from."""
    starts: list[int] = []
    region, position = 0, regions[0][0] if regions else 0
    for word in words:
        if word == _GAP and position == regions[region][1]:
            starts.append(position)
            region += 1
            position = regions[region][0]
            continue
        starts.append(position)
        position += len(word)
    return tuple(starts)


@cache
def _roles() -> Mapping[str, _Roles]:
    """The role of a word at the front of a window and at its end, by the lexicons of ``lexicons/``."""
    front: dict[str, str] = dict.fromkeys(lexicon("governing_verbs"), "lead")
    front.update(dict.fromkeys(lexicon("lead_prepositions"), "lead"))
    front.update(dict.fromkeys(lexicon("regions"), "region"))
    front.update(dict.fromkeys(sorted(_PUNCTUATION | LIST_WORDS | set(lexicon("attributive_particles"))), "lead"))
    end: dict[str, str] = dict.fromkeys(lexicon("tail_verbs"), "verb")
    end.update(dict.fromkeys(lexicon("change_verbs"), "verb"))
    for name in ("reaching_verbs", "tail_words"):
        end.update(dict.fromkeys(lexicon(name), "tail"))
    end.update(dict.fromkeys(sorted(_PUNCTUATION | LIST_WORDS), "tail"))
    end.update(dict.fromkeys(lexicon("reaching_prepositions"), "to"))
    return {word: (front.get(word, _NO_ROLE), end.get(word, _NO_ROLE)) for word in sorted(front.keys() | end.keys())}


def _runs(words: Sequence[str], tags: Sequence[str]) -> Iterator[tuple[int, tuple[_Roles, ...]]]:
    """The runs of words that play a part at the front of a window or at its end: where each begins, and their parts."""
    run: list[_Roles] = []
    of_names, last = _of_names(), len(words) - 1
    for place, (word, roles) in enumerate(zip(words, map(_role, words, tags), strict=True)):
        if word in of_names and place < last and tags[place + 1][0] in "nj":
            roles = (_NO_ROLE, roles[1])
        if roles != _NO_ROLES:
            run.append(roles)
        elif run:
            yield place - len(run), tuple(run)
            run.clear()
    if run:
        yield len(words) - len(run), tuple(run)


@lru_cache(maxsize=8192)
def _matched(run: tuple[_Roles, ...]) -> tuple[tuple[tuple[int, int], ...], tuple[tuple[int, int], ...]]:
    """The leads and the tails in a *run* of words by their roles, each once: the longest that begins or ends at a word.

    Few runs differ, and the patterns read nothing but roles, so that the matcher is asked once for each.
    """
    vocab = pipeline().vocab
    doc = Doc(vocab, words=["_"] * len(run), spaces=[False] * len(run))
    ids: Any = np.array([[vocab.strings.add(role) for role in roles] for roles in run], dtype="uint64")
    doc.from_array(["LEMMA", "NORM"], ids)  # fields that Chinese leaves unused
    leads: dict[int, int] = {}
    tails: dict[int, int] = {}
    lead = vocab.strings["lead"]
    for key, start, end in _matcher()(doc):
        if key == lead:
            leads[start] = max(leads.get(start, 0), end)
        else:
            tails[end] = min(tails.get(end, start), start)
    return tuple(leads.items()), tuple((start, end) for end, start in tails.items())


@lru_cache(maxsize=8192)
def _role(word: str, tag: str) -> _Roles:
    """The role of *word* at the front and at the end, whatever stands behind it."""
    front, end = _roles().get(word, _NO_ROLES)
    if front == _NO_ROLE and word not in _of_names():
        adverb = tag in _ADVERB_TAGS and word not in _kept_adverbs()
        if adverb or (tag in _TIME_TAGS and word[0] not in lexicon("distributive_pronouns")):
            front = "lead"
    return front, end


@cache
def _of_names() -> frozenset[str]:
    return frozenset(lexicon("modifiers_of_names"))


@cache
def _kept_adverbs() -> frozenset[str]:
    return frozenset(lexicon("adverbs_of_names"))


@cache
def _matcher() -> Matcher:
    """The patterns over tokens. A lead is peeled off the front of a window, a tail off its end."""
    matcher = Matcher(pipeline().vocab)
    into: dict[str, Any] = {"NORM": "to"}
    matcher.add("lead", [[{"LEMMA": "lead"}], [into, {"LEMMA": "region"}], [{"LEMMA": "region"}, {"LEMMA": "lead"}]])
    matcher.add("tail", [[{"NORM": "tail"}], [into], [{"NORM": "verb"}, into]])
    return matcher
