"""The language side: a spaCy pipeline over the jieba segmenter with a lexicon of the field.

There is no statistical model: words come from an own jieba tokenizer, ``tag_`` from jieba's
dictionary (ICTCLAS tags: n noun, v verb, a adjective, m numeral, q measure word, d adverb, p
preposition, ns place, nr person, x punctuation). Tags by look-up after cutting cost a tenth of full
tagging. Run it on the windows around candidates.
"""

from __future__ import annotations

import logging
import os
import tempfile
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Final

import jieba
import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.vocab import Vocab

_CACHE_VARIABLE: Final = "GONGBAO_CACHE_DIR"


def cache_folder() -> Path:
    """Our own cache folder: ``$GONGBAO_CACHE_DIR``, else ``gongbao`` in the user's cache folder."""
    named = os.environ.get(_CACHE_VARIABLE)
    if named:
        return Path(named)
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "gongbao"


@cache
def segmenter() -> jieba.Tokenizer:
    """The word segmenter: jieba's dictionary and ``lexicons/words.tsv``, cached in our folder, silent."""
    jieba.setLogLevel(logging.CRITICAL)
    tokenizer = jieba.Tokenizer()
    folder = cache_folder()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        folder = Path(tempfile.mkdtemp(prefix="gongbao-"))
    tokenizer.tmp_dir = str(folder)
    tokenizer.cache_file = "jieba.dictionary"
    tokenizer.initialize()
    for word, tag in field_words():
        tokenizer.add_word(word, tag=tag)
    return tokenizer


@cache
def field_words() -> tuple[tuple[str, str], ...]:
    """Words of the field that jieba cuts apart, each with its tag (``lexicons/words.tsv``)."""
    lines = (files("extractors") / "lexicons" / "words.tsv").read_text(encoding="utf-8").splitlines()
    pairs = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return tuple((word, tag) for word, tag in pairs)


@cache
def word_tags() -> dict[str, str]:
    """Tag of every word of jieba's dictionary and of the field's lexicon."""
    tags: dict[str, str] = {}
    for line in (files("jieba") / "dict.txt").read_text(encoding="utf-8").splitlines():
        word, _, tag = line.split(" ")
        tags[word] = tag
    tags.update(field_words())
    return tags


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
    """spaCy's tokenizer interface over our jieba segmenter: every character of the text is in a token."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        words = segmenter().lcut(text)
        return Doc(self.vocab, words=words, spaces=[False] * len(words), tags=[tag_of(word) for word in words])


@cache
def pipeline() -> Language:
    """The spaCy pipeline: jieba words with dictionary tags. Noun phrases: :mod:`extractors.noun_phrases`."""
    language = spacy.blank("zh")
    language.tokenizer = JiebaTokenizer(language.vocab)
    return language


def analyse(text: str) -> Doc:
    """*text* (folded, a window around a candidate) as a spaCy document with tags."""
    return pipeline()(text)
