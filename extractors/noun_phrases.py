"""Noun phrases: where the words that name a thing begin and end, by patterns over tagged tokens.

A spaCy matcher marks what does not belong to the name of what is measured: *leads* (time words, modal and governing
verbs, adverbs, prepositions: 全面 / 确保 / 在全县) and *tails* (predicates and prepositions that lead to a number:
达到, 稳定在, 由 …). A phrase is what is left when leads and tails are peeled off a window of words.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from spacy.matcher import Matcher

from extractors.language import analyse, pipeline
from extractors.rules import lexicon

LIST_WORDS: Final = frozenset({"、", "和", "与", "及", "以及", "并", "或", "且"})
_PUNCTUATION: Final = frozenset("，,、；;：:。！？!?—-~～·＋+/①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮")
_VERB_TAGS: Final = frozenset({"v", "vn", "vd", "vi", "vg"})
_NOUN_TAGS: Final = frozenset({"n", "nr", "ns", "nt", "nz", "ng", "nrt", "nrfg", "vn", "an", "j", "l", "i", "s", "b", "eng", "f", "a", "x"})


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
        """Whether a noun (or its modifier) begins the characters ``[start, end)``."""
        tokens = self.tokens(start, end)
        return bool(tokens) and self.tags[tokens.start] in _NOUN_TAGS

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


def phrases(text: str) -> Phrases:
    """*text* (a sentence, its numbers masked with commas) analysed."""
    doc = analyse(text)
    leads: dict[int, int] = {}
    tails: dict[int, int] = {}
    for key, start, end in _matcher()(doc):
        if doc.vocab.strings[key] == "lead":
            leads[start] = max(leads.get(start, 0), end)
        else:
            tails[end] = min(tails.get(end, start), start)
    return Phrases(
        tuple(token.text for token in doc),
        tuple(token.tag_ for token in doc),
        tuple(token.idx for token in doc),
        leads,
        tails,
    )


def _words(name: str) -> dict[str, Any]:
    return {"TEXT": {"IN": list(lexicon(name))}}


@cache
def _matcher() -> Matcher:
    """The patterns over tokens. A lead is peeled off the front of a window, a tail off its end."""
    matcher = Matcher(pipeline().vocab)
    sign = {"TEXT": {"IN": sorted(_PUNCTUATION | LIST_WORDS)}}
    adverb = {"TAG": {"IN": ["d", "ad", "c"]}, "TEXT": {"NOT_IN": list(lexicon("adverbs_of_names"))}}
    region = _words("regions")
    matcher.add(
        "lead",
        [
            [sign],
            [adverb],
            [{"TAG": {"IN": ["t", "r", "y", "e", "o"]}, "TEXT": {"REGEX": "^[^每各人]"}}],
            [_words("governing_verbs")],
            [_words("lead_prepositions")],
            [{"TEXT": {"IN": ["在", "于", "对"]}}, region],
            [region, {"TEXT": {"IN": ["要", "应", "将", "共", "再", "内", "各级"]}}],
            [{"TEXT": "的"}],
        ],
    )
    matcher.add(
        "tail",
        [
            [sign],
            [_words("reaching_verbs")],
            [_words("tail_words")],
            [_words("change_verbs"), {"TEXT": {"IN": ["到", "至", "为", "在"]}}],
            [_words("tail_verbs"), {"TEXT": {"IN": ["到", "至", "为", "在", "于"]}}],
        ],
    )
    return matcher

