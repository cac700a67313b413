"""Values as people read them."""

from __future__ import annotations

import pytest

from pipeline.analysis.values import number, shown


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (6.0, "6"), (0.3333, "0.3333"), (-2.8, "-2.8"), (1180000.0, "1,180,000"), (83_200_000_000.0, "83,200,000,000"),
        (41.3 * 10_000, "413,000"), (0.1 + 0.2, "0.3"), (123_456_789_012.0, "123,456,789,012"), (2.5e-7, "0.00000025"),
    ],
)  # fmt: skip
def test_a_number_keeps_its_digits_and_has_no_exponent(value: float, text: str) -> None:
    assert number(value) == text


@pytest.mark.parametrize(
    ("low", "high", "comparator", "unit", "text"),
    [
        (20, 20, ">=", "家", "≥ 20 家"), (6.5, 7, "=", "%", "6.5–7 %"), (871e9, 871e9, "~", "元", "≈ 871,000,000,000 元"),
        (3, 3, "<", "", "< 3"),
    ],
)  # fmt: skip
def test_a_value_with_its_comparator_and_unit(low: float, high: float, comparator: str, unit: str, text: str) -> None:
    assert shown(low, high, comparator, unit) == text
