"""Deeds behind words that say how or where: the verb is found behind a preposition with its noun, and means are no deeds."""

from __future__ import annotations

import pytest

from extractors.milestones.predicates import Dated, predicate_of

_DEEDS = (
    ("通过水务平台更新用户档案", "更新", "用户档案"),
    ("在青柯镇政务栏张贴名单", "张贴", "名单"),
    ("按照规程要求核算用水量", "核算", "用水量"),
    ("按程序向社会公开抽查结果", "公开", "抽查结果"),
    ("借助航拍影像复核图斑", "复核", "图斑"),
    ("通过县级平台向社会公开", "公开", ""),
)
_NONE = (
    "按照分类处置原则",
    "通过集中开展清查",
    "采取政府购买服务方式",
    "在施工过程中",
    "利用外资规模进一步扩大",
    "（此件公开发布）抄送",
)


@pytest.mark.parametrize("case", range(len(_DEEDS)))
def test_a_deed_is_found_behind_how_or_where_it_is_done(case: int) -> None:
    clause, action, thing = _DEEDS[case]
    found = predicate_of(clause, "", Dated.OWN)
    assert found is not None
    assert (found.action, found.object) == (action, thing)
    assert clause[found.start : found.end].endswith(action + thing)


@pytest.mark.parametrize("case", range(len(_NONE)))
def test_what_only_says_how_is_no_deed(case: int) -> None:
    assert predicate_of(_NONE[case], "", Dated.OWN) is None


def test_the_words_before_the_time_are_what_a_lone_verb_is_said_of() -> None:
    found = predicate_of("通过县级平台向社会公开", "评议结果", Dated.OWN)
    assert found is not None
    assert found.object == "评议结果"


def test_only_a_dated_clause_may_have_its_verb_behind_an_adjunct() -> None:
    assert predicate_of("通过水务平台更新用户档案") is None
