"""Every number has its quantity, its exclusion, or stands out as unexplained; hostile text costs linear time."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.quantities.candidates.find import explain_numbers, find_candidates
from extractors.rules.registry import registry
from tests.extractors.quantity_cases import prose, table

EXPLAINED = [
    ("2023年新增5家", [("2023", "exclusion.year"), ("5", "quantity.number")]),
    ("过10亿元项目3个", [("10", "exclusion.qualifier"), ("亿", "exclusion.qualifier"), ("3", "quantity.number")]),
    ("第38次会议", [("38", "exclusion.ordinal")]),
    ("落实一名责任人", [("一", "exclusion.chinese_article")]),
    ("早稻推广中嘉早17", [("17", "exclusion.variety")]),
    ("盘活百尔科技用地", [("百", "")]),
    ("进入全市前三", [("三", "quantity.ranking")]),
]
HOSTILE = ["9" * 60_000, "（" * 60_000, "1、" * 30_000, "一二三" * 20_000, "3—" * 30_000, "1.2." * 15_000, "分别为5家、" * 10_000,
           "每每每" * 20_000, "聚焦" * 30_000, "前前前3" * 15_000, "“" * 60_000, "2023年" * 12_000, "不低于" * 20_000, "十百千万亿" * 12_000]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), EXPLAINED)
def test_explanations(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(text[start:end], rule) for start, end, rule in explain_numbers(prose(text))] == expected


def test_serial_numbers_are_explained_by_their_column() -> None:
    passages = table("序号|税收（万元）\n1|86")
    found = {passage.text: explain_numbers(passage)[0][2] for passage in passages if passage.text in ("1", "86")}
    assert found == {"1": "exclusion.label_column", "86": "quantity.cell_header"}


@settings(max_examples=200, deadline=None)
@given(
    st.text(
        alphabet="0123456789.,，。、—-~%一二三十百千万亿前第年月日个家元亩过超约以上内分之每（）“”不低于至余/ABm \n",
        max_size=80,
    )
)
def test_any_text_is_survived(text: str) -> None:
    passage = prose(text)
    candidates = find_candidates(passage)
    assert candidates == find_candidates(passage)
    previous = 0
    for one in candidates:
        assert previous <= one.start < one.end <= len(passage.text)
        assert one.outer_start <= one.start and one.end <= one.outer_end
        assert one.low <= one.high and one.rule_id in registry()
        previous = one.end
    assert all(rule == "" or rule in registry() for _, _, rule in explain_numbers(passage))


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: text[:6])
def test_hostile_text_is_linear(text: str) -> None:
    def once(times: int) -> float:
        passage = prose(text[: len(text) // 4 * times])
        start = time.process_time()
        find_candidates(passage)
        return time.process_time() - start

    def cost(times: int) -> float:
        return min(once(times), once(times))  # the collector of a large process may run within one of them

    assert cost(4) < 12 * cost(1) + 0.5
