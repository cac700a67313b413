"""Numerals in every notation of gazettes."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.numbers.numerals import parse_arabic, parse_chinese, parse_number

CHINESE = [
    ("零", "0"), ("两", "2"), ("十", "10"), ("十五", "15"), ("二十三万", "230000"), ("一百二十", "120"),
    ("一百零五", "105"), ("三千零八十", "3080"), ("二〇二三", "2023"), ("八点五", "8.5"), ("五十四点四", "54.4"),
    ("三万五", "35000"), ("一百二", "120"), ("一亿二千万", "120000000"), ("三千亿", "300000000000"), ("贰拾万", "200000"),
]  # fmt: skip
NO_NUMBERS = ["", "点五", "三点", "元", "三十百个", "十二三点"]
NUMBERS = [
    ("3.3亿", "330000000"), ("5千", "5000"), ("1,200", "1200"), ("12,345.6", "12345.6"), ("-2.8", "-2.8"),
    ("10万亿", "10000000000000"), ("二十三万", "230000"), ("7", "7"),
]  # fmt: skip
SMALL, LARGE = "零一二三四五六七八九", ((1000, "千"), (100, "百"), (10, "十"))


@pytest.mark.parametrize(("text", "value"), CHINESE)
def test_chinese(text: str, value: str) -> None:
    assert parse_chinese(text) == Decimal(value)


@pytest.mark.parametrize("text", NO_NUMBERS)
def test_no_number(text: str) -> None:
    assert parse_chinese(text) is None


@pytest.mark.parametrize(("text", "value"), NUMBERS)
def test_number(text: str, value: str) -> None:
    assert parse_number(text) == Decimal(value)


@pytest.mark.parametrize("text", ["1,20", "1.2.3", "", "a", "１２"])
def test_no_arabic_number(text: str) -> None:
    assert parse_arabic(text) is None


def written(number: int) -> str:
    """*number* (below 10,000) as Chinese prose writes it."""
    text, gap = "", False
    for unit, name in (*LARGE, (1, "")):
        digit, number = divmod(number, unit)
        if digit:
            text += ("零" if gap and text else "") + SMALL[digit] + name
        gap = not digit
    return text or "零"


@given(st.integers(0, 9999), st.integers(0, 9999))
def test_every_number_comes_back(tens_of_thousands: int, rest: int) -> None:
    joint = "零" if tens_of_thousands and 0 < rest < 1000 else ""
    text = (written(tens_of_thousands) + "万" if tens_of_thousands else "") + joint + (written(rest) if rest else "")
    assert parse_chinese(text or "零") == tens_of_thousands * 10_000 + rest
