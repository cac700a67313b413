"""Leads and tails: what spaCy's matcher finds with the patterns over tokens, by which they were first described."""

from __future__ import annotations

import random
from typing import Any

import numpy as np
import pytest

from extractors.language.documents import pipeline
from extractors.language.library import Doc
from extractors.language.noun_phrases import _marked, phrases

FRONTS = ("none", "none", "lead", "region")
ENDS = ("none", "none", "tail", "verb", "to")


def by_spacy(roles: list[tuple[str, str]]) -> tuple[dict[int, int], dict[int, int]]:
    from spacy.matcher import Matcher

    vocab = pipeline().vocab
    matcher = Matcher(vocab)
    into, lead, region = {"NORM": "to"}, {"LEMMA": "lead"}, {"LEMMA": "region"}
    matcher.add("lead", [[lead], [into, region], [region, lead]])
    matcher.add("tail", [[{"NORM": "tail"}], [into], [{"NORM": "verb"}, into]])
    doc = Doc(vocab, words=["字"] * len(roles), spaces=[False] * len(roles))
    if roles:
        ids = [[vocab.strings.add(name) for name in role] for role in roles]
        array: Any = np.array(ids, dtype="uint64")  # spaCy's stubs know its own array types only
        doc.from_array(["LEMMA", "NORM"], array)
    leads: dict[int, int] = {}
    tails: dict[int, int] = {}
    for key, start, end in matcher(doc):
        if vocab.strings[key] == "lead":
            leads[start] = max(leads.get(start, 0), end)
        else:
            tails[end] = min(tails.get(end, start), start)
    return leads, tails


@pytest.mark.parametrize("seed", range(40))
def test_they_are_those_of_the_matcher(seed: int) -> None:
    chance = random.Random(seed)
    roles = [(chance.choice(FRONTS), chance.choice(ENDS)) for _ in range(seed)]
    assert _marked(roles) == by_spacy(roles)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("今年力争全市粮食播种面积稳定在", "全市粮食播种面积"),
        ("确保在全县森林覆盖率达到", "森林覆盖率"),
        ("全面推动数字化改造", "数字化改造"),
    ],
)
def test_they_are_peeled_off(text: str, kept: str) -> None:
    start, end = phrases(text, [(0, len(text))]).trim(0, len(text))
    assert text[start:end] == kept
