"""The language side: a spaCy pipeline over the jieba segmenter with a lexicon of the field.

There is no statistical model: words come from an own jieba tokenizer, ``tag_`` from jieba's
dictionary (ICTCLAS tags: n noun, v verb, a adjective, m numeral, q measure word, d adverb, p
preposition, ns place, nr person, x punctuation). Tags by look-up after cutting cost a tenth of full
tagging. Run it on the windows around candidates.
"""

from __future__ import annotations

import hashlib
from array import array
from collections.abc import Callable, Iterable, Iterator
from functools import cache, cached_property, lru_cache
from importlib.resources import files
from math import inf, log
from typing import Any, Final

import jieba
import numpy as np
from jieba import finalseg  # type: ignore[attr-defined]  # its stubs leave it out

from extractors.language.library import Chinese, Doc, Language, Vocab
from extractors.rules.prepared import kept

_FIELD_FREQUENCY: Final = 1000
"""Least frequency of the field's words: above that of the dictionary's rare names (比达), which would cut them apart."""
_Entry = tuple[float, str]
"""The weight of a word, the logarithm of its share of the text (0: it only begins a word), and its tag (empty: none)."""
_Words = tuple[str, bytes, tuple[_Entry, ...], float]
"""The words and their beginnings, one a line; for each the place of its entry; the entries; the weight of a character that
is no word."""


class Segmenter(jieba.Tokenizer):
    """A jieba tokenizer over the dictionary that we read ourselves: an entry for each word and for what begins words.

    Words of equal weight and tag share one: what is looked up lies close together, so that processes that are copies of one
    another go on to share the rest.

    jieba would load a cache file of its own from the shared temporary folder and report that on
    standard error; what we make of the dictionary is kept with our own modules (:mod:`extractors.rules.prepared`).
    """

    def initialize(self, dictionary: object = None) -> None:
        """Read the dictionary."""
        if self.initialized:
            return
        words, places, entries, self.single = _words()
        self.entries: dict[str, _Entry] = dict(
            zip(words.split("\n"), map(entries.__getitem__, array("I", places)), strict=True)
        )
        self.initialized = True

    def tag(self, word: str) -> str:
        """The dictionary's tag of *word*; empty where it has none."""
        entry = self.entries.get(word)
        return "" if entry is None else entry[1]

    def knows(self, word: str) -> bool:
        """Whether *word* is one of the dictionary."""
        entry = self.entries.get(word)
        return entry is not None and entry[0] != 0

    def words_in_front(self, text: str) -> Iterator[tuple[str, str]]:
        """The words of the dictionary that *text* begins with, the shortest first, each with its tag."""
        for end in range(1, len(text) + 1):
            entry = self.entries.get(text[:end])
            if entry is None:
                return
            if entry[0]:
                yield text[:end], entry[1]

    def lcut(self, sentence: str, *_: object, **__: object) -> list[str]:
        """The words of *sentence*, as jieba cuts it where runs of Chinese characters are cut by :meth:`words`."""
        found: list[str] = []
        for place, block in enumerate(jieba.re_han_default.split(sentence)):
            if place % 2:  # what the expression captures stands at every second place
                found += self._known(block)
            elif block:
                for part_place, part in enumerate(jieba.re_skip_default.split(block)):
                    found += (part,) if part_place % 2 else part
        return found

    @cached_property
    def _known(self) -> Callable[[str], tuple[str, ...]]:
        return lru_cache(maxsize=8192)(lambda block: tuple(self.words(block)))

    def words(self, block: str) -> list[str]:
        """The words of a run of characters; single characters side by side go to jieba's recognition of new words."""
        found: list[str] = []
        route = self.route(block)
        start, single, length = 0, 0, len(block)
        while start < length:
            end = route[start]
            if end - start > 1:
                if single < start:
                    found += self._alone(block[single:start])
                found.append(block[start:end])
                single = end
            start = end
        if single < length:
            found += self._alone(block[single:])
        return found

    def _alone(self, characters: str) -> Iterable[str]:
        return finalseg.cut(characters) if len(characters) > 1 and not self.knows(characters) else characters

    def route(self, block: str) -> list[int]:
        """Where the word at each character ends on the likeliest way from there on: among equals, the longer word."""
        known, single, length = self.entries.get, self.single, len(block)
        weights, route = [0.0] * (length + 1), [0] * length
        for start in range(length - 1, -1, -1):
            end = start + 1
            entry = known(block[start])
            if entry is None:  # begins no word
                weights[start], route[start] = single + weights[end], end
                continue
            weight, best, last = entry[0], -inf, 0
            if weight:
                best, last = weight + weights[end], end
            end += 1
            while end <= length and (entry := known(block[start:end])) is not None:
                weight = entry[0]
                if weight and (weight := weight + weights[end]) >= best:
                    best, last = weight, end
                end += 1
            if not last:
                best, last = single + weights[start + 1], start + 1
            weights[start], route[start] = best, last
        return route


class Counted(jieba.Tokenizer):
    """jieba's own tokenizer over its *dictionary* and the words of the field: what :class:`Segmenter` is made from."""

    def __init__(self, dictionary: str) -> None:
        super().__init__()
        entries = dictionary.split()
        words = entries[::3]
        self.FREQ = dict.fromkeys((word[:end] for word in words for end in range(1, len(word))), 0)
        self.FREQ.update(zip(words, map(int, entries[1::3]), strict=True))
        self.total = sum(map(int, entries[1::3]))
        self.initialized = True
        for word, tag in field_words():
            self.add_word(word, freq=max(_FIELD_FREQUENCY, self.suggest_freq(word)), tag=tag)


@cache
def segmenter() -> Segmenter:
    """The word segmenter: jieba's dictionary and ``lexicons/words.tsv``."""
    tokenizer = Segmenter()
    tokenizer.initialize()
    return tokenizer


def _words() -> _Words:
    """The words and beginnings of words, and what is known of each."""
    dictionary = (files("jieba") / "dict.txt").read_bytes()
    source = "\n".join(f"{word}\t{tag}" for word, tag in field_words())
    return kept("entries", hashlib.sha256(dictionary).digest() + source.encode(), lambda: _read(dictionary.decode()))


def _read(dictionary: str) -> _Words:
    entries = dictionary.split()
    read = Counted(dictionary)
    tags = {**dict(zip(entries[::3], entries[2::3], strict=True)), **dict(field_words())}
    whole = log(read.total)
    known: dict[tuple[int, str], int] = {}
    places = array("I", [known.setdefault((read.FREQ[word], tags.get(word, "")), len(known)) for word in read.FREQ])
    told = tuple((log(frequency) - whole if frequency else 0.0, tag) for frequency, tag in known)
    return "\n".join(read.FREQ), places.tobytes(), told, log(1) - whole


@cache
def field_words() -> tuple[tuple[str, str], ...]:
    """Words of the field that jieba cuts apart, each with its tag: ``lexicons/words.tsv`` and the rates of the measures."""
    pairs = [line.split("\t") for line in _lines("words.tsv")]
    rates = [word for word in _lines("relational_nouns.txt") if len(word) > 1 and word.endswith("率")]
    return (*((word, tag) for word, tag in pairs), *((word, "n") for word in rates))


def _lines(name: str) -> list[str]:
    lines = (files("extractors") / "lexicons" / name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def known_tag(word: str) -> str:
    """The tag of *word* in jieba's dictionary or the field's lexicon; empty where it stands in neither."""
    return segmenter().tag(word)


@lru_cache(maxsize=32768)
def tag_of(word: str) -> str:
    """The tag of one word: the dictionary's, else by its characters (m digits, eng Latin, x signs, n the rest)."""
    if known := segmenter().tag(word):
        return known
    first = word[:1]
    if first.isdecimal():
        return "m"
    if first.isascii() and first.isalpha():
        return "eng"
    return "n" if first.isalpha() else "x"


class JiebaTokenizer:
    """spaCy's tokenizer interface over our jieba segmenter: every character of the text is in a token.

    The words and tags are in ``user_data`` too, so that they can be read without an object for each token.
    """

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab
        self._tag_id = cache(vocab.strings.add)

    def __call__(self, text: str) -> Doc:
        words = segmenter().lcut(text)
        tags = list(map(tag_of, words))
        doc = Doc(self.vocab, words=words, spaces=[False] * len(words))
        if tags:
            ids: Any = np.fromiter(map(self._tag_id, tags), np.uint64, len(tags))  # spaCy's stubs know its own
            doc.from_array(["TAG"], ids)
        doc.user_data["words"], doc.user_data["tags"] = words, tags
        return doc


@cache
def pipeline() -> Language:
    """The spaCy pipeline: jieba words with dictionary tags. Noun phrases: :mod:`extractors.language.noun_phrases`."""
    words = Vocab()  # one without shapes and affixes, which nothing reads, of each new word
    return Chinese(
        words, create_tokenizer=lambda language: JiebaTokenizer(language.vocab)
    )  # nothing of a config to read


def analyse(text: str) -> Doc:
    """*text* (folded, a window around a candidate) as a spaCy document with tags."""
    return pipeline().tokenizer(text)  # it has no component that would read the document after that
