"""Repeats and conflicts among the targets of an issue."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest

from extractors.targets.repeats import Relations, with_relations
from schemas.rows import Owners, Target
from tests.extractors.describing import aimed


def related(targets: Sequence[Target], themes: Mapping[str, str] | None = None) -> tuple[Target, ...]:
    """All *targets* of an issue with what each is to the others."""
    relations = Relations()
    relations.note(targets, themes or {})
    return with_relations(targets, relations.settled())


CASES = [
    ("粮食播种面积118万亩。\n确保全县粮食播种面积117万亩。", [None, None], "both"),
    ("粮食播种面积达到118万亩。\n粮食播种面积达到118万亩。", [None, 0], "none"),
    ("粮食播种面积118万亩以上。\n粮食播种面积117万亩以上。", [None, None], "both"),
    ("粮食播种面积120万亩左右。\n粮食播种面积118万亩。", [None, None], "none"),
    ("园区固定资产投资增长30%。\n全县固定资产投资增长12%。", [None, None], "none"),
    ("6月底前新建养老机构6所。\n年底前新建养老机构9所。", [None, None], "none"),
    ("粮食播种面积118万亩。\n粮食总产量46万吨。", [None, None], "none"),
    ("新建养老机构6所。\n力争新建养老机构9所。", [None, None], "none"),
    ("新建养老机构6所，新建养老机构9所。", [None, None], "none"),
    ("园区工业税收突破5.5亿元。\n园区力争出口增长9%，工业税收6亿元以上。", [None, None, None], "both"),
    ("粮食产量增长31%。\n粮食产量年均增长5%。", [None, None], "none"),
    ("粮食产量年均增长5%。\n粮食产量年均增长7%。", [None, None], "both"),
    ("非税收入15.29亿元。\n非税收入15.3亿元。", [None, None], "none"),
]


def test_three_values_are_of_several_things() -> None:
    found = related(aimed("实现税收收入6000万元。\n实现税收收入5000万元。\n实现税收收入500万元。"))
    assert len(found) == 3 and {target.conflict_id for target in found} == {None}


def test_a_year_that_only_the_document_names_is_the_same_year() -> None:
    one, other = aimed("粮食播种面积118万亩。\n确保全县粮食播种面积117万亩。")
    undated = replace(one, quantity=replace(one.quantity, time_period=None))
    assert {target.conflict_id for target in related([undated, other])} == {min(one.target_id, other.target_id)}


@pytest.mark.parametrize(("text", "same", "conflict"), CASES)
def test_two_targets(text: str, same: list[int | None], conflict: str) -> None:
    found = related(aimed(text))
    names = [target.target_id for target in found]
    assert [target.same_as for target in found] == [None if one is None else names[one] for one in same]
    told = [target.conflict_id for target in found if target.quantity.metric_key != "园区出口"]
    assert sum(conflict_id is not None for conflict_id in told) == (2 if conflict == "both" else 0)


def test_a_value_striven_for_that_is_promised_elsewhere_is_that_promise() -> None:
    found = related(aimed("园区总收入600亿元，力争突破650亿元。\n力争全年园区总收入600亿元。"))
    assert {target.conflict_id for target in found} == {None}


def test_what_a_plan_about_a_park_says_is_of_the_park() -> None:
    one, other = aimed("固定资产投资增长30%。\n固定资产投资增长12%。")
    elsewhere = replace(other.quantity, place=replace(other.quantity.place, document_id="elsewhere"))
    both = [one, replace(other, quantity=elsewhere)]
    assert {target.conflict_id for target in related(both)} != {None}
    assert {target.conflict_id for target in related(both, {one.quantity.place.document_id: "园区"})} == {None}


def test_a_repeat_of_a_value_in_conflict_is_in_conflict_too() -> None:
    found = related(aimed("粮食播种面积118万亩。\n粮食播种面积117万亩。\n粮食播种面积118万亩。"))
    assert {target.conflict_id for target in found} == {min(target.target_id for target in found)}
    assert [target.same_as for target in found] == [None, None, found[0].target_id]


def test_quotas_of_two_agencies_are_no_conflict() -> None:
    one, other = aimed("引进产业项目5个。\n引进产业项目3个。")
    assert {target.conflict_id for target in related([one, other])} != {None}
    first, second = (Owners(responsible_agency_keys=(key,)) for key in ("商务局", "教育局"))
    quotas = [replace(one, owners=first), replace(other, owners=second)]
    assert {target.conflict_id for target in related(quotas)} == {None}
    both = Owners(lead_agency_keys=("商务局",), responsible_agency_keys=("教育局",))
    assert {target.conflict_id for target in related([quotas[0], replace(other, owners=both)])} != {None}
    coded = [replace(one, quantity=replace(one.quantity, metric_code="projects")) for one in quotas]
    assert {target.conflict_id for target in related(coded)} != {None}
