"""Renderings of numbers and their values, both ways: every notation × scale × unit × comparator × range."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import cn2an
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from opencc import OpenCC

from extractors.numbers.numerals import numerals, parse_chinese, parse_number
from extractors.quantities.candidates.find import find_candidates
from tests.extractors.quantity_cases import plain, prose, spelt

UNITS = ("元", "亩", "吨", "公里", "千瓦时", "立方米")
BOUNDS = {
    "达到{}": "", "不低于{}": ">=", "超过{}": ">", "不超过{}": "<=", "低于{}": "<", "约{}": "~", "{}以上": ">=",
    "{}以内": "<=", "{}左右": "~",
}  # fmt: skip
SCALES = {"": 1, "万": 10**4, "亿": 10**8, "万亿": 10**12}
WIDE = str.maketrans("0123456789.", "０１２３４５６７８９．")
TRADITIONAL = OpenCC("s2t")
SETTINGS = settings(max_examples=60, deadline=None)
numbers = st.integers(1, 10**12)


def spaced(text: str) -> str:
    """*text* as OCR spaces it: a blank behind the first digit and before the unit."""
    return f"{text[0]} {text[1:]}"


def mixed(value: int) -> str:
    """*value* with digits for its parts and characters for its scales: 32000 is 3万2千, 250000300 is 2亿5万零300."""
    parts: list[str] = []
    rest, gap = value, False
    for scale, name in ((10**8, "亿"), (10**4, "万"), (1000, "千")):
        count, rest = divmod(rest, scale)
        if count:
            parts.append(f"{'零' * gap}{count}{name}")
        gap = bool(parts) and 0 < rest < scale // 10
    return "".join(parts) + (f"{'零' * gap}{rest}" if rest else "")


RENDERINGS: dict[str, Callable[[int], str]] = {
    "arabic": str,
    "grouped": "{:,}".format,
    "chinese": cn2an.an2cn,
    "capital": lambda value: str(cn2an.an2cn(value, "up")),
    "mixed": mixed,
    "traditional": lambda value: str(TRADITIONAL.convert(cn2an.an2cn(value))),
    "full-width": lambda value: str(value).translate(WIDE),
    "spaced": lambda value: " ".join(cn2an.an2cn(value)),
}


@SETTINGS
@given(
    st.integers(2, 10**10), st.sampled_from(sorted(RENDERINGS)), st.sampled_from(UNITS), st.sampled_from(sorted(BOUNDS)),
    st.booleans(),
)  # fmt: skip
def test_every_rendering_of_a_quantity_comes_back(
    value: int, rendering: str, unit: str, bound: str, wide: bool
) -> None:
    text = f"规模{bound.format(RENDERINGS[rendering](value) + unit)}，{'　' if wide else ''}居前列。"
    (found,) = find_candidates(prose(text))
    assert spelt(found) == f"{BOUNDS[bound]}{value}{unit}", text


@SETTINGS
@given(
    st.integers(2, 4999), st.integers(1, 4999), st.sampled_from(sorted(RENDERINGS)), st.sampled_from(sorted(SCALES)),
    st.sampled_from(UNITS), st.sampled_from(("至", "到", "—")),
)  # fmt: skip
def test_every_rendering_of_a_range_comes_back(
    low: int, more: int, rendering: str, scale: str, unit: str, dash: str
) -> None:
    # the scale is printed at both ends: without it at the first one, five hundred to one thousand 万 shares it or not
    ends = [RENDERINGS[rendering](value) + scale for value in (low, low + more)]
    text = f"规模为{ends[0]}{unit}{dash}{ends[1]}{unit}。"
    (found,) = find_candidates(prose(text))
    assert (found.low, found.high) == (low * SCALES[scale], (low + more) * SCALES[scale]), text
    assert found.unit == unit


@SETTINGS
@given(numbers)
def test_chinese_renderings_come_back(value: int) -> None:
    assert parse_chinese(cn2an.an2cn(value)) == value
    assert parse_chinese(cn2an.an2cn(value, "up")) == value


@SETTINGS
@given(numbers)
def test_the_oracle_reads_as_we_do(value: int) -> None:
    text = cn2an.an2cn(value)
    assert parse_chinese(text) == cn2an.cn2an(text, "smart")


@SETTINGS
@given(st.integers(0, 9999), st.integers(1, 99))
def test_decimals_come_back(whole: int, hundredths: int) -> None:
    value = Decimal(whole) + Decimal(hundredths) / 100
    assert parse_number(cn2an.an2cn(float(value))) == value


@SETTINGS
@given(st.integers(1, 99), st.sampled_from("千百"), st.integers(1, 9), st.integers(1, 9))
def test_mixed_scales_compose(left: int, small: str, digit: int, rest: int) -> None:
    factor = {"千": 1000, "百": 100}[small]
    expected = left * 10**4 + digit * factor
    for text in (
        f"{left}万{digit}{small}",
        f"{cn2an.an2cn(left)}万{digit}{small}" if factor == 1000 else f"{left}万{digit}{small}",
    ):
        assert parse_number(text) == expected, text
    assert parse_number(f"{left}亿{rest}万{digit}{small}") == left * 10**8 + rest * 10**4 + digit * factor


@SETTINGS
@given(
    st.decimals(Decimal("1.01"), 999, places=2), st.sampled_from(sorted(SCALES)), st.sampled_from(UNITS),
    st.sampled_from(sorted(BOUNDS)), st.sampled_from(("plain", "wide", "spaced", "traditional")),
)  # fmt: skip
def test_a_quantity_comes_back(value: Decimal, scale: str, unit: str, bound: str, spelling: str) -> None:
    printed = f"{value}{scale}{unit}"
    if spelling == "wide":
        printed = printed.translate(WIDE)
    elif spelling == "spaced":
        printed = spaced(printed)
    text = "规模" + bound.format(printed) + "。"
    if spelling == "traditional":
        text = TRADITIONAL.convert(text)
    (found,) = find_candidates(prose(text))
    assert spelt(found) == f"{BOUNDS[bound]}{plain(value * SCALES[scale])}{unit}"


@SETTINGS
@given(
    st.integers(1, 500),
    st.integers(1, 500),
    st.sampled_from(("", "万", "亿")),
    st.sampled_from("—-~至"),
    st.sampled_from(UNITS),
)
def test_a_range_comes_back(low: int, more: int, scale: str, dash: str, unit: str) -> None:
    (found,) = find_candidates(prose(f"规模为{low}{dash}{low + more}{scale}{unit}。"))
    assert (found.low, found.high, found.unit) == (low * SCALES[scale], (low + more) * SCALES[scale], unit)


@SETTINGS
@given(st.lists(st.integers(1, 500), min_size=2, max_size=5), st.sampled_from(("万", "亿")), st.sampled_from(UNITS))
def test_a_list_shares_its_unit(values: list[int], scale: str, unit: str) -> None:
    text = "分别为" + "、".join(f"{value}{scale}" for value in values) + unit + "。"
    found = find_candidates(prose(text))
    assert [(one.low, one.unit) for one in found] == [(value * SCALES[scale], unit) for value in values]


@SETTINGS
@given(st.text(alphabet="0123456789.,零〇一二两三五六九十百千万亿廿壹点半多余几", max_size=40))
def test_any_run_is_survived(text: str) -> None:
    end = 0
    for one in numerals(text):
        assert end <= one.start < one.end <= len(text) and 0 <= one.low <= one.high
        end = one.end


@pytest.mark.parametrize(
    ("text", "value"),
    [("廿五", 25), ("卅", 30), ("卌二", 42), ("万五", 15000), ("百五", 150), ("一百二", 120), ("三千八", 3800), ("参佰", 300),
     ("10万零5百", 100500), ("两万零五十", 20050), ("十亿六千万", 1060000000), ("零点五", Decimal("0.5"))],
)  # fmt: skip
def test_spellings(text: str, value: Decimal) -> None:
    assert parse_number(text) == value


@pytest.mark.parametrize("text", ["三五八百", "三十百", "亿万", "十一五", "三点", "点五"])
def test_no_numbers(text: str) -> None:
    assert parse_number(text) is None
