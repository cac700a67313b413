"""Names and codes are spelt as pypinyin spells them, which is loaded where a phrase asks for it alone."""

from __future__ import annotations

import random
import subprocess
import sys

from pypinyin import Style, lazy_pinyin
from pypinyin.constants import PHRASES_DICT, PINYIN_DICT

from extractors.language.characters import as_read
from pipeline.segmentation.documents.pinyin import pinyin
from tests.conftest import ROOT

TEXTS = 4000


def _published(text: str) -> str:
    return "".join(lazy_pinyin(as_read(text), style=Style.NORMAL, errors="ignore"))


def test_every_character_and_any_row_of_phrases_is_spelt_as_published() -> None:
    characters = [chr(code) for code in PINYIN_DICT]
    assert [*map(pinyin, characters)] == [*map(_published, characters)]
    rng, phrases = random.Random(5), [*PHRASES_DICT]
    for _ in range(TEXTS):
        parts = [
            rng.choice((rng.choice(phrases), rng.choice(phrases)[:2], rng.choice(characters), rng.choice("aB3〔〕，")))
            for _ in range(rng.randint(1, 4))
        ]
        assert pinyin("".join(parts)) == _published("".join(parts)), parts


def test_a_phrase_that_is_spelt_otherwise_than_its_characters() -> None:
    assert pinyin("重庆") == "chongqing"
    assert pinyin("重要") == "zhongyao"
    assert pinyin("") == ""


def test_a_code_of_plain_characters_loads_no_dictionary_of_phrases() -> None:
    code = (
        "import sys; from pipeline.segmentation.documents.pinyin import pinyin; pinyin('松政办发')\n"
        "loaded = 'pypinyin' in sys.modules; print(pinyin('松政办发'), loaded)"
    )
    pinyin("松政办发")  # what is kept is made here
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.split() == ["songzhengbanfa", "False"]
