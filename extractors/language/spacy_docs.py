"""The words and phrases of a text as a spaCy document, for notebooks and for components of one's own.

Extraction reads the same words, tags and roles as plain lists (:mod:`extractors.language.tokens`,
:mod:`extractors.language.noun_phrases`): it needs no object for each word, and a run does not wait for spaCy. The patterns
here are those of noun phrases in spaCy's terms; the test suite holds both ways against one another.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import spacy
from spacy.language import Language
from spacy.matcher import Matcher
from spacy.tokens import Doc
from spacy.vocab import Vocab

from extractors.language.noun_phrases import roles
from extractors.language.tokens import tagged


class JiebaTokenizer:
    """spaCy's tokenizer interface over our jieba segmenter: every character of the text is in a token.

    ``tag_`` is the dictionary's tag; the roles of a word in noun phrases stand in ``lemma`` (at the front) and ``norm`` (at
    the end), fields that Chinese leaves unused.
    """

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        words, tags = tagged(text)
        doc = Doc(self.vocab, words=words, spaces=[False] * len(words))
        if words:
            add = self.vocab.strings.add
            rows = [(add(tag), *map(add, roles(word))) for word, tag in zip(words, tags, strict=True)]
            ids: Any = np.array(rows, dtype="uint64")  # spaCy's stubs know its own array types only
            doc.from_array(["TAG", "LEMMA", "NORM"], ids)
        return doc


@cache
def pipeline() -> Language:
    """The spaCy pipeline: jieba words with dictionary tags and roles."""
    language = spacy.blank("zh")
    language.tokenizer = JiebaTokenizer(language.vocab)
    return language


def analyse(text: str) -> Doc:
    """*text* (folded) as a spaCy document."""
    return pipeline()(text)


@cache
def matcher() -> Matcher:
    """The patterns over tokens. A lead is peeled off the front of a window, a tail off its end."""
    made = Matcher(pipeline().vocab)
    into: dict[str, Any] = {"NORM": "to"}
    made.add("lead", [[{"LEMMA": "lead"}], [into, {"LEMMA": "region"}], [{"LEMMA": "region"}, {"LEMMA": "lead"}]])
    made.add("tail", [[{"NORM": "tail"}], [into], [{"NORM": "verb"}, into]])
    return made
