"""Marks cut into runs: they tile the text, and every run has all of its marks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.site.marks import Mark, MarkIndex, clause_mark, mark_of
from schemas.datasets import DATASETS


def _mark(*pieces: tuple[int, int]) -> Mark:
    return Mark("citations", "citation", {}, pieces)


@pytest.mark.parametrize(
    ("marks", "expected"),
    [
        ([], [(0, 10, ())]),
        ([_mark((2, 4))], [(0, 2, ()), (2, 4, (0,)), (4, 10, ())]),
        ([_mark((0, 10))], [(0, 10, (0,))]),
        # one inside another: the longer one outside
        ([_mark((2, 8)), _mark((4, 6))], [(0, 2, ()), (2, 4, (0,)), (4, 6, (0, 1)), (6, 8, (0,)), (8, 10, ())]),
        # one across another
        ([_mark((1, 5)), _mark((3, 7))], [(0, 1, ()), (1, 3, (0,)), (3, 5, (0, 1)), (5, 7, (1,)), (7, 10, ())]),
        # two on the same characters
        ([_mark((3, 4)), _mark((3, 4))], [(0, 3, ()), (3, 4, (0, 1)), (4, 10, ())]),
        # a break cut one in two; another begins before the stretch and one ends behind it
        ([_mark((2, 3), (5, 6))], [(0, 2, ()), (2, 3, (0,)), (3, 5, ()), (5, 6, (0,)), (6, 10, ())]),
        ([_mark((-5, 1)), _mark((9, 20))], [(0, 1, (0,)), (1, 9, ()), (9, 10, (1,))]),
    ],
)
def test_runs(marks: list[Mark], expected: list[tuple[int, int, tuple[int, ...]]]) -> None:
    assert [tuple(run) for run in MarkIndex.of(marks).runs(0, 10)] == expected


_SPANS = st.lists(st.tuples(st.integers(0, 40), st.integers(1, 15)).map(lambda pair: (pair[0], sum(pair))), max_size=12)


@given(_SPANS, st.integers(0, 30), st.integers(1, 25))
def test_runs_tile_and_name_every_mark(spans: list[tuple[int, int]], start: int, length: int) -> None:
    index = MarkIndex.of(map(_mark, spans))
    runs = index.runs(start, start + length)
    assert [run.start for run in runs[1:]] == [run.end for run in runs[:-1]]
    assert (runs[0].start, runs[-1].end) == (start, start + length)
    for run in runs:
        over = {number for number, mark in enumerate(index.marks) if mark.start < run.end and run.start < mark.end}
        assert set(run.marks) == over


@pytest.mark.parametrize(
    ("text", "marker", "heading", "expected"),
    [
        ("（一）总量求突破。全年", "（一）", "总量求突破", "（一）总量求突破"),
        ("（ 一）总量\n求突破。", "（一）", "总量求突破", "（ 一）总量\n求突破"),
        ("1. 全年完成", "1.", None, "1."),
        ("一、另一个", "一、", "标题", "一、"),
        ("第三条 依照", "第四条", None, None),
    ],
)
def test_number_and_heading_of_a_clause(text: str, marker: str, heading: str | None, expected: str | None) -> None:
    mark = clause_mark(text, {"marker": marker, "heading": heading, "char_start": 0})
    assert (None if mark is None else text[mark.start : mark.end]) == expected


def test_a_mark_has_the_pieces_that_a_break_left() -> None:
    row = {
        "char_start": 3,
        "char_end": 20,
        "kind": "fact",
        "fragments": [{"start": 3, "end": 5}, {"start": 18, "end": 20}],
    }
    assert mark_of(DATASETS["quantities"], row) == Mark("quantities", "fact", row, ((3, 5), (18, 20)))
