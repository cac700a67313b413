"""Folding: what the rules read, and where each of its characters stands in the source."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.language.characters import as_read
from extractors.language.folding import fold, squash
from schemas.spans import Reading

CASES = [
    ("７. 4%", "7.4%"),
    ("312 .6 亿元", "312.6亿元"),
    ("12 500 人", "12500人"),
    ("1 5家", "15家"),
    ("2021 2022", "2021 2022"),
    ("１，２００元", "1,200元"),
    ("共20家,15家", "共20家，15家"),
    ("１２％；Ａ级", "12%；A级"),
    ("上午9:00(周一)", "上午9：00（周一）"),
    ("密度($\\geq 36\\%$)", "密度（≥36%）"),
    ("$\\leq 5\\%$以内", "≤5%以内"),
    ("Open  Data 平台", "Open  Data平台"),
    ("－2.8％ ～ 3", "-2.8%~3"),
    ("二○二三年完成約２億畝後續徵收", "二〇二三年完成约2亿亩后续征收"),
    ("臺、噸、餘、牽頭負責、條、號、於、関、両", "台、吨、余、牵头负责、条、号、于、关、两"),
    ("衛生並併、頭緒、敍用、餅、屋簷", "卫生并并、头绪、叙用、饼、屋檐"),
    ("⽔利、⻓江、⺠⽣", "水利、长江、民生"),
    ("豈、金年", "岂、金年"),
    ("著名的乾县瞭望塔", "著名的乾县瞭望塔"),
    ("一○一厂○一要", "一〇一厂○一要"),
    ("", ""),
]


@pytest.mark.parametrize(("printed", "expected"), CASES)
def test_fold(printed: str, expected: str) -> None:
    assert fold(Reading.of(printed, 0, len(printed))).text == expected


@pytest.mark.parametrize(
    ("source", "found", "printed"),
    [
        ("目标 ７. 4% 左右", "7.4%", "７. 4%"),
        ("密度($\\geq 36\\%$)和", "36%", "36\\%"),
        ("共 12 500 人", "12500人", "12 500 人"),
        ("共 １２ ⼈、３萬畝", "3万亩", "３萬畝"),
    ],
)
def test_spans_come_back(source: str, found: str, printed: str) -> None:
    folded = fold(Reading.of(source, 0, len(source)))
    start = folded.text.index(found)
    span = folded.span(start, start + len(found))
    assert source[span.start : span.end] == printed


@settings(deadline=None)
@given(st.text(alphabet="０1２3,，. 　\t\n$\\%geq亿元Ab（(:", max_size=60))
def test_offsets_ascend_within_the_source(source: str) -> None:
    folded = fold(Reading.of(source, 0, len(source)))
    assert list(folded.offsets) == sorted(set(folded.offsets))
    assert all(0 <= offset < len(source) for offset in folded.offsets)


@settings(deadline=None)
@given(st.text(max_size=60))
def test_reading_characters_keeps_length_and_is_done_once(text: str) -> None:
    read = as_read(text)
    assert len(read) == len(text) and as_read(read) == read


def test_squash() -> None:
    assert squash(" 计 量\n单　位 ") == "计量单位"
