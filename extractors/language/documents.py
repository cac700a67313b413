"""The words and tags of a text as a spaCy document, for notebooks and whatever reads such.

The extractors themselves read :func:`extractors.language.tokens.tagged`, of which this is another form: to make an object
of each word, and to load the library that does, would cost a run more than all else that it does with words.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np

from extractors.language.library import Doc, Language, Vocab, spacy
from extractors.language.tokens import tagged


class JiebaTokenizer:
    """spaCy's tokenizer interface over our jieba segmenter: every character of the text is in a token."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab
        self._tag_id = cache(vocab.strings.add)

    def __call__(self, text: str) -> Doc:
        words, tags = tagged(text)
        doc = Doc(self.vocab, words=words, spaces=[False] * len(words))
        if tags:
            ids: Any = np.array(list(map(self._tag_id, tags)), dtype="uint64")  # spaCy's stubs know its own
            doc.from_array(["TAG"], ids)
        return doc


@cache
def pipeline() -> Language:
    """The spaCy pipeline: jieba words with dictionary tags."""
    language = spacy.blank("zh")
    language.tokenizer = JiebaTokenizer(language.vocab)
    return language


def analyse(text: str) -> Doc:
    """*text* (folded, as the extractors read it) as a spaCy document with tags."""
    return pipeline()(text)
