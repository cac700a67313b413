"""Whatever the text, segmentation survives, loses nothing, and says the same twice."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.segmentation import segment
from tests.segmentation.support import assert_sound, source_of

ROOT = Path(__file__).parents[2]
TEXTS = sorted(
    [
        *ROOT.glob("raw/*/*.txt"),
        *ROOT.glob("tests/gold/other/*.txt"),
        *ROOT.glob("tests/segmentation/fixtures/*.txt"),
        *ROOT.glob("tests/segmentation/cases/*.txt"),
    ]
)
LONGEST_DAMAGED = 20_000
SCRAPS = [
    "某某市人民政府公报", "2024年第3期（总第12期）", "目　录", "【市政府文件】", "◎市政府办文件", "关于印发《某某办法》的通知（某政发〔2024〕3号）\t5",
    "某某市人民政府", "关于印发《某某工作方案》的通知", "某政发〔2024〕3号", "某某市人民政府令", "第12号", "各县人民政府，市直各单位：",
    "一、总体要求", "（一）目标。到2025年达到5%。", "1. 做好工作，", "5.5万亩以上。", "1.2 内容", "①甲；②乙；③丙。", "第一章　总则", "第一条　为了规范",
    "2024年3月5日", "（此件公开发布）", "附件", "附件：1. 任务表", "附件1", "序号\t指标\t单位", "1\t面积\t万亩", "\t\t", "合计\t3\t", "<p>甲</p>\t<p>乙</p>",
    "— 12 —", "---\t---", "某某市人民政府公报　2024年第3期", "注：数据为初步数。", "抄送：市委各部门。", "　　段落", "目　录", "第一章　总则........1", "一 目标", "二、甲。三、乙", "（代章）", "某局（代章）2024年3月5日", "　年　月　日", "单位（盖章）：",
    "首页 > 公开", "〔2024〕8号", "某政发〔2024〕3号　某财发〔2024〕5号", "某某省人大常委会公告", "第9號", "（2024年3月5日通过）", "附件1-2", "l.甲", "㈠乙", "[1]注",
    "本办法自公布之日起施行。", "出席：甲", "第一，甲。", "\ufeff", "**", "《", "（",
]  # fmt: skip
LINES = st.lists(st.one_of(st.sampled_from(SCRAPS), st.text(max_size=30)), max_size=40)


@settings(max_examples=150, deadline=None)
@given(LINES, st.sampled_from(["\n", "\n\n", "\r\n", "\u3000\n"]))
def test_any_text_is_taken_apart_and_tiled(scraps: list[str], parting: str) -> None:
    source = source_of(parting.join(scraps))
    issue = segment(source)
    assert_sound(issue)
    assert repr(issue.segments) == repr(segment(source).segments)


def without(lines: list[str], at: int) -> list[str]:
    return lines[:at] + lines[at + 1 :]


def doubled(lines: list[str], at: int) -> list[str]:
    return lines[: at + 1] + lines[at:]


def joined(lines: list[str], at: int) -> list[str]:
    return [*lines[:at], "".join(lines[at : at + 2]), *lines[at + 2 :]]


def cut(lines: list[str], at: int) -> list[str]:
    half = len(lines[at]) // 2
    return [*lines[:at], lines[at][:half], lines[at][half:], *lines[at + 1 :]]


def moved(lines: list[str], at: int) -> list[str]:
    return [*lines[at:], *lines[:at]]


def bared(lines: list[str], at: int) -> list[str]:
    return [*lines[:at], lines[at].strip("（）()、.．号〕\t "), *lines[at + 1 :]]


DAMAGE = st.lists(
    st.tuples(st.sampled_from([without, doubled, joined, cut, moved, bared]), st.integers(0, 5000)), max_size=12
)


@settings(max_examples=120, deadline=None)
@given(st.sampled_from([path for path in TEXTS if path.stat().st_size < LONGEST_DAMAGED]), DAMAGE)
def test_damaged_gazettes_are_taken_apart_and_tiled(
    path: Path, damage: list[tuple[Callable[[list[str], int], list[str]], int]]
) -> None:
    lines = path.read_bytes().decode("utf-8").split("\n")
    for change, number in damage:
        lines = change(lines, number % len(lines)) or [""]
    source = source_of("\n".join(lines))
    issue = segment(source)
    assert_sound(issue)
    assert repr(issue) == repr(segment(source))


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_real_texts_are_tiled(path: Path) -> None:
    assert_sound(segment(source_of(path.read_bytes().decode("utf-8"))))


@pytest.mark.parametrize(
    "unit",
    [
        "（",
        "一、",
        "1.2",
        "附件：\n",
        "关于\n",
        "甲\t",
        "甲乙丙，\n",
        "①",
        "〔2024〕",
        "目 录\n",
        "—",
        "第一条",
        "甲\t乙\n",
        "一是，",
        "《关于印发\n",
        "a ",
        "\u3000",
    ],
)
def test_hostile_repetition_takes_linear_time(unit: str) -> None:
    def seconds(count: int) -> float:
        start = time.process_time()
        segment(source_of(unit * count))
        return time.process_time() - start

    # Eight times the text: linear is 8 times the cost, quadratic 64. The best of two, as the machine does other work.
    small, large = (min(seconds(count) for _ in range(2)) for count in (1000, 8000))
    assert large < max(1.0, 32 * small)
