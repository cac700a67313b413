"""The periods that a text names, and the period that a value is of."""

from __future__ import annotations

import pytest

from extractors.times.periods import periods
from tests.extractors.describing import described

NAMED = [
    ("“十四五”时期和2025年", ["2021/2025", "2025"]),
    ("一九八一年到一九八五年", ["1981/1985"]),
    ("关于第七个五年计划的报告", ["1986/1990"]),
    ("过去五年", ["2021/2025"]),
    ("去年末", ["2025-12"]),
    ("上半年", ["2026-01/2026-06"]),
    ("2025年前三季度", ["2025-01/2025-09"]),
    ("6月30日前", ["2026-06-30"]),
    ("未来三年", ["2026/2028"]),
    ("每年3月", []),
    ("实行一月一排名", []),
    ("三年行动", []),
]


@pytest.mark.parametrize(("text", "expected"), NAMED)
def test_periods(text: str, expected: list[str]) -> None:
    assert [found.value for found in periods(text, 2026)] == expected


def test_a_year_that_nobody_states_is_left_out() -> None:
    assert periods("6月底前和去年", None) == ()


OF = [
    ("2024年政府工作报告", "去年，新增就业2万人。", [("2023", "stated")]),
    ("2024年政府工作报告", "占比由31%提升至54%。", [("2022", "part"), ("2023", "part")]),
    ("2024年工作要点", "到2030年，森林覆盖率达到45%。", [("2030", "stated")]),
    ("2024年工作要点", "新建学校4所。", [("2024", "part")]),
    ("生活垃圾管理办法", "处五百元以上罚款。", [(None, None)]),
]


@pytest.mark.parametrize(("title", "text", "expected"), OF)
def test_time_periods(title: str, text: str, expected: list[tuple[str | None, str | None]]) -> None:
    assert [(row.time_period, row.time_period_basis) for row in described(text, title)] == expected
