"""What the fork server loads for all workers."""

from __future__ import annotations

import json
from pathlib import Path

import pypinyin
from pypinyin.constants import PHRASES_DICT

from pipeline.orchestration import preload


def test_phrases_are_spelt_as_before_and_share_their_syllables() -> None:
    preload._share_syllables()
    published = json.loads((Path(pypinyin.__file__).parent / "phrases_dict.json").read_text(encoding="utf-8"))
    assert published == PHRASES_DICT
    assert len({id(one) for syllables in PHRASES_DICT.values() for one in syllables}) < 2000
