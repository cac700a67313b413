"""The language side: words as jieba itself cuts them, every character in a word, tags from the dictionary."""

from __future__ import annotations

import subprocess
import sys
from importlib.metadata import version
from importlib.resources import files

import pytest

from extractors.language.tokens import Counted, analyse, segmenter, tag_of
from tests.conftest import ROOT


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


def test_spacy_is_loaded_without_its_command_line_which_stays_at_hand() -> None:
    script = (
        "import sys\nimport extractors.language.tokens, spacy\nassert not any(n.startswith('spacy.cli') for n in sys.modules)\n"
        "print(spacy.info(silent=True)['spacy_version'])"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == version("spacy")
