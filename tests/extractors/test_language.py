"""The language side: words as jieba itself cuts them, every character in a word, tags from the dictionary."""

from __future__ import annotations

import subprocess
import sys
from importlib.metadata import version
from importlib.resources import files

import pytest

from extractors.language.noun_phrases import phrases, phrases_of
from extractors.language.passages import passages
from extractors.language.tokens import Counted, analyse, segmenter, tag_of
from extractors.quantities.candidates.find import find_candidates
from extractors.quantities.description.sentences import sentences
from extractors.quantities.frames.clauses import clauses
from tests.conftest import ROOT
from tests.extractors.building import issue_of


def test_words_are_those_of_jieba() -> None:
    plain, ours = Counted((files("jieba") / "dict.txt").read_text(encoding="utf-8")), segmenter()
    for path in sorted((ROOT / "tests" / "gold" / "other").glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        assert ours.lcut(text) == plain.lcut(text), path.name


@pytest.mark.parametrize("text", ["", "。", "全年完成固定资产投资120亿元", "7×24小时ＡＢ c\ue000𠮷"])
def test_every_character_is_in_a_word_with_a_tag(text: str) -> None:
    doc = analyse(text)
    assert "".join(doc.user_data["words"]) == doc.text == text
    assert [token.tag_ for token in doc] == doc.user_data["tags"] == [tag_of(token.text) for token in doc]


def test_words_in_front_of_a_text_come_with_their_tags() -> None:
    assert ("泸州", "ns") in segmenter().words_in_front("泸州经济总量")
    assert not list(segmenter().words_in_front("，泸州"))
    assert not list(segmenter().words_in_front(""))


def test_a_part_of_a_sentence_has_the_words_that_the_whole_has() -> None:
    text = "青柯产业园扩建标准厂房，入驻企业30家，带动普及率提高到75%以上的村（社区）12个"
    candidates = find_candidates(next(iter(passages(issue_of(text).documents[0]))))
    (sentence,) = sentences(text, candidates)
    parsed = clauses(sentence, ())
    whole = phrases(parsed.masked, ((0, len(text)),))
    for start, end in [(0, 11), (2, 9), (5, 7), *((one.left, one.start) for one in sentence.mentions)]:
        part = parsed.over(start, end)
        assert part.trim(start, end) == whole.trim(start, end)
        assert [part.texts[at] for at in part.tokens(start, end)] == [
            whole.texts[at] for at in whole.tokens(start, end)
        ]


def test_texts_analysed_together_have_the_phrases_that_each_has_alone() -> None:
    texts = ["力争全市粮食播种面积稳定在,万亩", "", "，", "由市住建局负责，到年底完成改造,户", "，由", "村镇"]
    read = [(text, [(0, len(text))] if text else []) for text in texts]
    read += [(texts[0], [(0, 4), (6, 12)]), (texts[3], [(0, 5), (5, 9)])]
    together = phrases_of(read)
    assert together == [phrases(text, regions) for text, regions in read]
    assert together[0].leads and together[3].tails


def test_spacy_is_loaded_without_its_command_line_which_stays_at_hand() -> None:
    script = (
        "import sys\nimport extractors.language.tokens, spacy\nassert not any(n.startswith('spacy.cli') for n in sys.modules)\n"
        "print(spacy.info(silent=True)['spacy_version'])"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == version("spacy")
