"""Units: spellings, dimensions, exact conversion, strict loading."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from extractors.numbers.units import (
    UnitError,
    dimension_of,
    implied_unit,
    parse_units,
    split_scale,
    standardise,
    unit_of,
    unit_pattern,
    unit_table,
)

STANDARD = [
    ("3", "亩", "2000", "平方米"), ("1", "公顷", "10000", "平方米"), ("15", "亩", "10000", "平方米"), ("2", "斤", "1", "千克"),
    ("1", "吨", "1000", "千克"), ("100", "元/亩", "0.15", "元/平方米"), ("2", "年", "24", "个月"), ("1", "兆瓦", "1000", "千瓦"),
    ("5", "公里", "5000", "米"), ("90", "分钟", "1.5", "小时"), ("50", "个基点", "0.5", "个百分点"), ("7", "蟠", "7", "蟠"),
    ("35", "ug/m³", "0.000000035", "千克/立方米"), ("3", "星期", "21", "天"),
]  # fmt: skip
DIMENSIONS = [
    ("亩", "area"), ("元/亩", "money/area"), ("千瓦时/千吨·米", "energy/mass·length"), ("吨标准煤/万元", "coal_equivalent/money"),
    ("家", "count"), ("蟠", None), ("元/蟠", None), ("mg/L", "mass/volume"), ("名次", "rank"),
]  # fmt: skip
SCALES = [
    ("万亩", (10_000, "亩")),
    ("亿元", (100_000_000, "元")),
    ("千瓦", (1, "千瓦")),
    ("万千瓦", (10_000, "千瓦")),
    ("吨", (1, "吨")),
]
LONGEST = [
    ("个百分点", "个百分点"),
    ("亿元", None),
    ("人次", "人次"),
    ("平方公里", "平方公里"),
    ("家电商", "家"),
    ("年级", None),
    ("mgx", None),
]
FLAWED = [
    '[[unit]]\nname = "亩"\ndimension = "area"\nweight = 3',
    '[[unit]]\nname = "亩"\naliases = ["亩"]\ndimension = "area"',
    '[[unit]]\nname = "斤"\ndimension = "mass"\nstandard = "千克"',
    '[[unit]]\nname = "亩"\ndimension = "area"\nchinese = "often"',
    '[[measure_words]]\nwords = ["个", "个"]',
    '[units]\nname = "亩"',
]


@pytest.mark.parametrize(("value", "unit", "standard", "standard_unit"), STANDARD)
def test_standardise(value: str, unit: str, standard: str, standard_unit: str) -> None:
    assert standardise(Decimal(value), unit) == (Decimal(standard), standard_unit)


@pytest.mark.parametrize(("unit", "dimension"), DIMENSIONS)
def test_dimension(unit: str, dimension: str | None) -> None:
    assert dimension_of(unit) == dimension


@pytest.mark.parametrize(("printed", "expected"), SCALES)
def test_split_scale(printed: str, expected: tuple[int, str]) -> None:
    assert split_scale(printed) == expected


@pytest.mark.parametrize(("text", "expected"), LONGEST)
def test_pattern_takes_the_longest_unit(text: str, expected: str | None) -> None:
    match = re.match(unit_pattern(), text)
    assert (match and match[0]) == expected


@pytest.mark.parametrize("text", FLAWED)
def test_a_flawed_table_is_refused(text: str) -> None:
    with pytest.raises(UnitError):
        parse_units(text)


def test_every_unit_converts_to_a_standard_of_its_dimension() -> None:
    for spelling, unit in unit_table().by_spelling.items():
        standard = unit_of(unit.standard)
        assert standard is not None and standard.dimension == unit.dimension, spelling
        assert unit.factor > 0, spelling


@pytest.mark.parametrize(
    ("words", "unit"), [("全年游客接待人数", "人"), ("主导产业税收", "元"), ("旅客吞吐量", "人次"), ("满意度", None)]
)
def test_implied_unit(words: str, unit: str | None) -> None:
    assert implied_unit(words) == unit
