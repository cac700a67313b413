"""The language side: a spaCy pipeline over the jieba segmenter with a lexicon of the field.

There is no statistical model: words come from an own jieba tokenizer, ``tag_`` from jieba's
dictionary (ICTCLAS tags: n noun, v verb, a adjective, m numeral, q measure word, d adverb, p
preposition, ns place, nr person, x punctuation). Tags by look-up after cutting cost a tenth of full
tagging. Run it on the windows around candidates.
"""

from __future__ import annotations

import hashlib
from array import array
from functools import cache
from importlib.resources import files
from itertools import compress
from math import log
from typing import Any, Final

import jieba
import numpy as np
import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.vocab import Vocab

from extractors.rules.prepared import kept

_FIELD_FREQUENCY: Final = 1000
"""Least frequency of the field's words: above that of the dictionary's rare names (比达), which would cut them apart."""
_Graph = dict[int, list[tuple[int, float]]]
_Words = tuple[str, bytes, bytes, tuple[str, ...], float]
"""The words and their beginnings, one a line; for each its weight (0: a mere beginning) and its tag's place (0: none);
the tags; the weight of a character that is no word."""


class Segmenter(jieba.Tokenizer):
    """A jieba tokenizer over the dictionary that we read ourselves; ``FREQ`` holds weights.

    jieba would load a cache file of its own from the shared temporary folder and report that on
    standard error; what we make of the dictionary is kept with our own modules (:mod:`extractors.rules.prepared`).
    """

    def initialize(self, dictionary: object = None) -> None:
        """Fill the prefix dictionary: the logarithm of each word's share of the text, 0 for what only begins a word."""
        if self.initialized:
            return
        words, (_, weights, _, _, self.single) = _words()
        self.FREQ = dict(zip(words, array("d", weights), strict=True))  # type: ignore[arg-type]  # weights for counts
        self.initialized = True

    def get_DAG(self, sentence: str) -> _Graph:  # type: ignore[override]  # calc below alone reads it
        """Where the words that begin at each character end, with their weights; jieba's, each looked up once."""
        known, length, single = self.FREQ.get, len(sentence), self.single
        graph: _Graph = {}
        for start in range(length):
            ends: list[tuple[int, float]] = []
            weight, end = known(sentence[start]), start
            while weight is not None:
                if weight:
                    ends.append((end, weight))
                end += 1
                weight = known(sentence[start : end + 1]) if end < length else None
            graph[start] = ends or [(start, single)]
        return graph

    def calc(self, sentence: str, graph: _Graph, route: dict[int, tuple[float, int]]) -> None:  # type: ignore[override]
        """The likeliest way through *graph* from each character on, into *route*: among equals, the longer word."""
        length = len(sentence)
        route[length] = (0, 0)
        for start in range(length - 1, -1, -1):
            ends = graph[start]
            if len(ends) == 1:
                end, weight = ends[0]
                route[start] = (weight + route[end + 1][0], end)
            else:
                route[start] = max([(weight + route[end + 1][0], end) for end, weight in ends])


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
def segmenter() -> jieba.Tokenizer:
    """The word segmenter: jieba's dictionary and ``lexicons/words.tsv``."""
    tokenizer = Segmenter()
    tokenizer.initialize()
    return tokenizer


@cache
def _words() -> tuple[list[str], _Words]:
    """The words and beginnings of words, and what is known of each."""
    dictionary = (files("jieba") / "dict.txt").read_bytes()
    source = "\n".join(f"{word}\t{tag}" for word, tag in field_words())
    found = kept("words", hashlib.sha256(dictionary).digest() + source.encode(), lambda: _read(dictionary.decode()))
    return found[0].split("\n"), found


def _read(dictionary: str) -> _Words:
    entries = dictionary.split()
    read = Counted(dictionary)
    tags = {**dict(zip(entries[::3], entries[2::3], strict=True)), **dict(field_words())}
    names = ("", *sorted(set(tags.values())))
    places = {name: place for place, name in enumerate(names)}
    whole = log(read.total)
    weights = array("d", [log(frequency) - whole if frequency else 0.0 for frequency in read.FREQ.values()])
    marks = bytes(places[tags[word]] if word in tags else 0 for word in read.FREQ)
    return "\n".join(read.FREQ), weights.tobytes(), marks, names, log(1) - whole


@cache
def field_words() -> tuple[tuple[str, str], ...]:
    """Words of the field that jieba cuts apart, each with its tag: ``lexicons/words.tsv`` and the rates of the measures."""
    pairs = [line.split("\t") for line in _lines("words.tsv")]
    rates = [word for word in _lines("relational_nouns.txt") if len(word) > 1 and word.endswith("率")]
    return (*((word, tag) for word, tag in pairs), *((word, "n") for word in rates))


def _lines(name: str) -> list[str]:
    lines = (files("extractors") / "lexicons" / name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


@cache
def word_tags() -> dict[str, str]:
    """Tag of every word of jieba's dictionary and of the field's lexicon."""
    words, (_, _, marks, names, _) = _words()
    return dict(zip(compress(words, marks), map(names.__getitem__, filter(None, marks)), strict=True))


def tag_of(word: str) -> str:
    """The tag of one word: the dictionary's, else by its characters (m digits, eng Latin, x signs, n the rest)."""
    known = word_tags().get(word)
    if known:
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

    def __call__(self, text: str) -> Doc:
        words, known = segmenter().lcut(text), word_tags()
        tags = [known.get(word) or tag_of(word) for word in words]
        doc = Doc(self.vocab, words=words, spaces=[False] * len(words))
        if tags:
            ids: Any = np.array(
                [self.vocab.strings.add(tag) for tag in tags], dtype="uint64"
            )  # spaCy's stubs know its own
            doc.from_array(["TAG"], ids)
        doc.user_data["words"], doc.user_data["tags"] = words, tags
        return doc


@cache
def pipeline() -> Language:
    """The spaCy pipeline: jieba words with dictionary tags. Noun phrases: :mod:`extractors.language.noun_phrases`."""
    language = spacy.blank("zh")
    language.tokenizer = JiebaTokenizer(language.vocab)
    return language


def analyse(text: str) -> Doc:
    """*text* (folded, a window around a candidate) as a spaCy document with tags."""
    return pipeline()(text)
