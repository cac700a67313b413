"""When spans, units, wordings and roles agree."""

from __future__ import annotations

import pytest

from pipeline.evaluation.matching import pair, same_role, same_value, same_wording, unit_key, wording_f1
from schemas.spans import Span

PAIRS = [
    ([(0, 4)], [(0, 4)], [(0, 0)]),
    ([(0, 4)], [(4, 8)], []),
    ([(0, 10)], [(6, 20)], []),
    ([(0, 10)], [(5, 10)], [(0, 0)]),
    ([(0, 4), (4, 8)], [(0, 8)], [(0, 0)]),
    ([(0, 6)], [(0, 3), (0, 5)], [(0, 1)]),
    ([(10, 14), (0, 4)], [(0, 4), (10, 13)], [(1, 0), (0, 1)]),
]


@pytest.mark.parametrize(("gold", "rows", "expected"), PAIRS)
def test_pair(gold: list[tuple[int, int]], rows: list[tuple[int, int]], expected: list[tuple[int, int]]) -> None:
    labels, found = [Span(*span) for span in gold], [Span(*span) for span in rows]
    pairing = pair(labels, found)
    assert sorted(pairing.pairs) == sorted((labels[left], found[right]) for left, right in expected)
    assert len(pairing.missed) == len(labels) - len(expected)
    assert len(pairing.extra) == len(found) - len(expected)


UNITS = [
    ("㎡", "平方米"),
    ("工作日", "个工作日"),
    ("元 / 亩", "元/亩"),
    ("MG/L", "毫克/升"),
    (None, ""),
    ("位", "名次"),
]


@pytest.mark.parametrize(("first", "second"), UNITS)
def test_units_that_mean_the_same(first: str | None, second: str) -> None:
    assert unit_key(first) == unit_key(second)


@pytest.mark.parametrize(("first", "second"), [("亩", "公顷"), ("个", "家"), ("%", "百分点"), ("名", "名次")])
def test_units_that_differ(first: str, second: str) -> None:
    assert unit_key(first) != unit_key(second)


@pytest.mark.parametrize(
    ("found", "expected", "same"), [(0.66667, 0.6667, True), (3.01, 3, False), (None, 0, False), (0, 0, True)]
)
def test_values(found: float | None, expected: float, same: bool) -> None:
    assert same_value(found, expected) is same


def test_wordings() -> None:
    assert wording_f1("粮食的播种 面积", "粮食播种面积") == 1.0
    assert same_wording("粮食面积", "粮食播种面积")
    assert not same_wording("面积", "粮食播种面积")
    assert wording_f1(None, "面积") == 0.0


@pytest.mark.parametrize(
    ("found", "expected", "same"),
    [
        ("领导", "牵头领导", True),
        ("牵头 领导", "领导", True),
        ("责任人", "领导", False),
        (None, "领导", False),
        ("", "", False),
    ],
)
def test_roles(found: str | None, expected: str, same: bool) -> None:
    assert same_role(found, expected) is same
