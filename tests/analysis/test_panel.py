"""The panel and conflicts on rows of their own: what meets, what does not and why, what cannot both hold."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from pipeline.analysis.conflicts import conflicts_of, needing
from pipeline.analysis.panel import panel, panel_of, period_of
from tests.analysis.made import write_folder
from tests.auditing.folders import made

import pyarrow as pa  # isort: skip


def row(kind: str, period: str | None, low: float, **more: Any) -> dict[str, Any]:
    """A quantity (or target) of 清溪县's grain area."""
    said = {
        "kind": kind, "time_period": period, "deadline": None, "place": "清溪县", "place_code": "430999",
        "subject": None, "metric": "粮食播种面积", "metric_key": "粮食播种面积", "metric_code": None,
        "transformation": "level", "direction": None, "unit_std": "公顷", "obs_low": low, "obs_high": low,
        "obs_comparator": "=", "stretch": False, "sentence": f"{low}", "quantity_id": f"{kind}/{period}/{low}",
        "target_id": f"t/{period}/{low}", "issue_id": "one", "document_title": "方案",
    }  # fmt: skip
    return {**said, **more}


def only(frame: pd.DataFrame) -> dict[str, Any]:
    assert len(frame) == 1
    return dict(frame.iloc[0])


@pytest.mark.parametrize(
    ("target", "outcome", "difference", "reached"),
    [
        ({"low": 26}, {"low": 27}, 1, True),
        ({"low": 26}, {"low": 25}, -1, False),
        ({"low": 6, "obs_comparator": "~"}, {"low": 5.9}, -0.1, True),
        ({"low": 6, "obs_comparator": "~"}, {"low": 5.2}, -0.8, False),
        ({"low": 3, "obs_comparator": "<="}, {"low": 2.1}, -0.9, True),
        ({"low": 3, "obs_comparator": "<="}, {"low": 3.4}, 0.4, False),
        ({"low": 20, "obs_comparator": ">="}, {"low": 20}, 0, True),
        ({"low": 5, "obs_high": 6}, {"low": 5.5}, 0, True),
        ({"low": -3, "direction": "down"}, {"low": -3.5}, -0.5, True),
        ({"low": -3, "direction": "down"}, {"low": -2}, 1, False),
        ({"low": 3.5, "obs_comparator": "~", "metric": "居民消费价格涨幅"}, {"low": 2.6}, -0.9, True),
        ({"low": 3.5, "obs_comparator": "~", "metric": "居民消费价格涨幅"}, {"low": 4.1}, 0.6, False),
    ],
)
def test_what_was_planned_stands_beside_what_was_reported(
    target: dict[str, Any], outcome: dict[str, Any], difference: float, reached: bool
) -> None:
    found = only(panel_of([row("target", "2024", **target), row("fact", "2024", **outcome)]))
    assert found["status"] == "met" and found["difference"] == pytest.approx(difference)
    assert bool(found["reached"]) is reached


def test_a_target_without_report_names_the_nearest_and_why() -> None:
    rows = [row("target", "2024", 26), row("fact", "2021", 23), row("fact", "2023", 25),
            row("fact", "2022", 24, subject="新泉镇")]  # fmt: skip
    found = only(panel_of(rows))
    assert (found["status"], found["reached"]) == ("unmet", None)
    assert found["nearest"] == "fact/2023/25: time_period 2023"


def test_a_target_of_an_unreported_metric_has_no_nearest() -> None:
    assert only(panel_of([row("target", "2024", 26)]))["nearest"] is None


def test_nearest_is_of_the_most_like_metric_where_none_is_the_same() -> None:
    fact = row("fact", "2023", 25, metric="粮食播种总面积", metric_key="粮食播种总面积")
    unlike = row("fact", "2024", 25, metric="森林蓄积", metric_key="森林蓄积")
    found = only(panel_of([row("target", "2024", 26), unlike, fact]))
    assert found["nearest"] == "fact/2023/25: metric 粮食播种总面积, time_period 2023"


def deed(kind: str, metric: str, low: float, key: str | None = None) -> dict[str, Any]:
    return row(kind, "2024", low, metric=metric, metric_key=key or metric, unit_std="所")


@pytest.mark.parametrize(
    ("planned", "reported", "status"),
    [
        ("新建公办幼儿园", "建成公办幼儿园", "met"),
        ("新建公办幼儿园", "公办幼儿园新建", "met"),
        ("改造敬老院", "敬老院改造", "met"),
        ("新建公办幼儿园", "改造公办幼儿园", "unmet"),
        ("新建公办幼儿园", "开工公办幼儿园", "unmet"),
        ("新增专精特新企业", "专精特新企业", "unmet"),
    ],
)
def test_wordings_of_one_deed_meet(planned: str, reported: str, status: str) -> None:
    assert only(panel_of([deed("target", planned, 5), deed("fact", reported, 4)]))["status"] == status


def test_a_deed_that_two_facts_report_meets_neither() -> None:
    facts = [deed("fact", "建成公办幼儿园", 4), deed("fact", "公办幼儿园新建", 3)]
    assert only(panel_of([deed("target", "新建公办幼儿园", 5), *facts]))["status"] == "unmet"


def growth(kind: str, low: float, sentence: str, **more: Any) -> dict[str, Any]:
    return row(kind, "2026/2030", low, transformation="growth", unit_std="%", sentence=sentence, text=f"{low}%", **more)


def test_an_average_a_year_is_not_the_growth_of_all_the_years() -> None:
    whole = growth("target", 34, "五年播种面积增长34%")
    for mean in (growth("fact", 6, "播种面积年均增长6%"), growth("fact", 6, "播种面积增长6%", per="年")):
        found = only(panel_of([whole, mean]))
        assert (found["status"], found["nearest"]) == ("unmet", f"{mean['quantity_id']}: average a year")
        assert list(conflicts_of([whole, {**mean, "issue_id": "two"}])) == []
    own = only(panel_of([growth("target", 5, "播种面积年均增长5%"), growth("fact", 6, "播种面积年均增长6%")]))
    assert (own["status"], own["yearly"], own["reached"]) == ("met", True, True)


@pytest.mark.parametrize(
    "other",
    [
        {"subject": "新泉镇"},
        {"place_code": "430998"},
        {"transformation": "growth"},
        {"metric_key": "早稻面积"},
        {"metric_code": "grain"},
        {"unit_std": "吨"},
        {"time_period": "2023"},
    ],
)
def test_what_differs_in_one_part_of_the_key_does_not_meet(other: dict[str, Any]) -> None:
    fact = {**row("fact", "2024", 27), **other}
    assert only(panel_of([row("target", "2024", 26), fact]))["status"] == "unmet"
    assert list(panel_of([row("target", "2024", 26), fact], unplanned=True)["status"]).count("unplanned") == 1


def test_standing_rules_and_targets_without_a_period_are_no_rows() -> None:
    assert panel_of([row("standard", "2024", 1), row("target", None, 1)]).empty


def test_a_stretch_value_counts_where_no_firm_one_is_set() -> None:
    firm, striven = row("target", "2024", 25), row("target", "2024", 30, stretch=True)
    for printed in ([firm, striven], [striven, firm]):
        only = panel_of(printed).iloc[0]
        assert (only["target_low"], only["stretch"]) == (25, False)
    alone = panel_of([striven, row("fact", "2024", 31)]).iloc[0]
    assert (alone["target_low"], alone["stretch"], alone["status"], alone["reached"]) == (30, True, "met", True)


@pytest.mark.parametrize(
    ("transformation", "target", "outcome", "status"),
    [
        ("share", "2024", "2024-12", "met"),
        ("level", "2024-12", "2024", "met"),
        ("growth", "2024", "2024-12", "unmet"),
        ("share", "2024", "2024-11", "unmet"),
    ],
)
def test_the_end_of_a_year_is_the_year_for_what_stands_then(
    transformation: str, target: str, outcome: str, status: str
) -> None:
    rows = [
        row("target", target, 4, transformation=transformation),
        row("fact", outcome, 3, transformation=transformation),
    ]
    assert only(panel_of(rows))["status"] == status


def test_the_first_printing_counts() -> None:
    found = only(panel_of([row("target", "2024", 26), row("target", "2024", 28)]))
    assert found["target_low"] == 26


@pytest.mark.parametrize(
    ("one", "other", "conflict"),
    [
        ({"low": 26}, {"low": 28}, True),
        ({"low": 26}, {"low": 26}, False),
        ({"low": 20, "obs_comparator": ">="}, {"low": 25}, False),
        ({"low": 30, "obs_comparator": ">="}, {"low": 25, "obs_comparator": "<="}, True),
        ({"low": 100, "obs_comparator": "~"}, {"low": 101}, False),
        ({"low": 26}, {"low": 28, "stretch": True}, False),
        ({"low": 26}, {"low": 28, "subject": "新泉镇"}, False),
        ({"low": 26}, {"low": 28, "place": "白石县", "place_code": "430998"}, False),
        ({"low": 26}, {"low": 28, "time_period": "2025"}, False),
        ({"low": 26, "lead_agency_keys": "商务局"}, {"low": 28, "responsible_agency_keys": "教育局"}, False),
        ({"low": 26, "lead_agency_keys": "商务局"}, {"low": 28, "responsible_agency_keys": "教育局、商务局"}, True),
        ({"low": 26, "lead_agency_keys": "商务局"}, {"low": 28}, True),
        (
            {"low": 26, "metric_code": "grain", "lead_agency_keys": "商务局"},
            {"low": 28, "metric_code": "grain", "lead_agency_keys": "教育局"},
            True,
        ),
    ],
)
def test_values_that_cannot_both_hold(one: dict[str, Any], other: dict[str, Any], conflict: bool) -> None:
    rows = [row("target", "2024", **one), {**row("target", "2024", other["low"]), **other, "issue_id": "two"}]
    found = list(conflicts_of(rows))
    assert bool(found) is conflict
    assert not found or (found[0]["scope"], found[0]["one"], found[0]["time_period"]) == ("across", _words(one), "2024")


def _words(one: dict[str, Any]) -> str:
    return f"{one.get('obs_comparator', '')}{one['low']}"


@pytest.mark.parametrize(
    ("said", "period"),
    [
        ({"kind": "target", "time_period": "2026/2030", "deadline": "2030"}, "2026/2030"),
        ({"kind": "target", "deadline": "2024-12", "section_period": "2023", "section_role": "plan"}, "2024"),
        ({"kind": "target", "section_role": "plan", "section_period": "2024"}, "2024"),
        ({"kind": "target", "section_role": "review", "section_period": "2023", "plan_year": 2024}, "2024"),
        ({"kind": "fact", "section_role": "review", "section_period": "2023"}, "2023"),
        ({"kind": "fact", "section_role": "plan", "section_period": "2024", "report_year": 2023}, "2023"),
        ({"kind": "fact"}, None),
    ],
)
def test_the_period_of_a_value(said: dict[str, Any], period: str | None) -> None:
    assert period_of({"time_period": None, "deadline": None, **said}) == period


def test_a_code_joins_wordings_of_one_metric() -> None:
    fact = row("fact", "2024", 27, metric_key="粮食面积", metric_code="grain_area")
    assert only(panel_of([row("target", "2024", 26, metric_code="grain_area"), fact]))["status"] == "met"


def test_a_metric_that_nothing_names_is_said_with_the_nearest(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "processed")
    with pytest.raises(ValueError, match="no metric is named 'gpd' here; nearest: gdp"):
        panel(folder, metric="gpd")
    assert panel(folder, metric="forest_cover").empty  # a code of the vocabulary of which nothing is said
    assert panel(folder, metric="GDP").empty  # a wording of it


def test_a_metric_is_asked_by_any_wording_of_the_vocabulary(tmp_path: Path) -> None:
    text = "青泽县2024年工作要点\n\n今年，粮食总产量达到22万吨，第三产业增加值占GDP的比重达到45%。\n"
    folder = made(tmp_path / "processed", text)
    for name in ("share_tertiary", "第三产业占比", "服务业增加值占地区生产总值比重"):
        assert list(panel(folder, metric=name)["target_low"]) == [45]


def test_a_folder_of_an_earlier_version_is_said() -> None:
    with pytest.raises(ValueError, match="without subject, metric_key; run: gongbao run"):
        needing(pa.table({"low": [1.0]}), ["subject", "metric_key", "low"])
