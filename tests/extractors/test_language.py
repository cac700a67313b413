"""The language side: words as jieba itself cuts them, every character in a word, tags from the dictionary."""

from __future__ import annotations

from importlib.resources import files

import pytest

from extractors.language.noun_phrases import leads_and_tails
from extractors.language.spacy_docs import analyse, matcher
from extractors.language.tokens import Counted, segmenter, tag_of, tagged
from tests.conftest import ROOT


def test_words_are_those_of_jieba() -> None:
    plain, ours = Counted((files("jieba") / "dict.txt").read_text(encoding="utf-8")), segmenter()
    for path in sorted((ROOT / "tests" / "gold" / "other").glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        assert ours.lcut(text) == plain.lcut(text), path.name


@pytest.mark.parametrize("text", ["", "。", "全年完成固定资产投资120亿元", "7×24小时ＡＢ c\ue000𠮷"])
def test_every_character_is_in_a_word_with_a_tag(text: str) -> None:
    words, tags = tagged(text)
    doc = analyse(text)
    assert "".join(words) == doc.text == text
    assert [(token.text, token.tag_) for token in doc] == list(zip(words, tags, strict=True))
    assert tags == [tag_of(word) for word in words]


def test_spacy_finds_the_same_leads_and_tails() -> None:
    for path in sorted((ROOT / "tests" / "gold" / "other").glob("*.txt")):
        for line in path.read_text(encoding="utf-8").splitlines():
            doc = analyse(line)
            leads: dict[int, int] = {}
            tails: dict[int, int] = {}
            for key, start, end in matcher()(doc):
                if doc.vocab.strings[key] == "lead":
                    leads[start] = max(leads.get(start, 0), end)
                else:
                    tails[end] = min(tails.get(end, start), start)
            assert leads_and_tails([token.text for token in doc]) == (leads, tails)
