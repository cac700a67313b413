"""The order in which systems of numbers stand, and what looks like a clause and is a note or a paragraph."""

from __future__ import annotations

import pytest

from pipeline.segmentation import segment
from pipeline.segmentation.clauses.paragraphs import wrap_width
from pipeline.segmentation.clauses.tree import system_ranks
from pipeline.segmentation.lines.lines import printed, split_lines
from pipeline.segmentation.lines.markers import Progress, read_marker
from tests.segmentation.support import source_of

ORDERS = [
    ("一、 （一） 1. 2. （二） 二、", {"han": 1, "han_paren": 2, "dot": 3}),
    ("3. 二、 4. 5. 三、 6.", {"han": 1, "dot": 2}),  # an extract that begins within a series
    ("1. 一、 二、 2. 一、", {"dot": 1, "han": 2}),  # a series that begins at one stands where it is printed
    (
        "一、 （一） 1、 2、 （二） 二、 1. 2.",
        {"han": 1, "han_paren": 2, "comma": 3, "dot": 3},
    ),  # one system, two spellings
    ("1、 1. 2. 2、 1. 2.", {"comma": 1, "dot": 2}),
    ("第一章 第一条 （一） 第二条 第二章 第三条", {"chapter": 1, "article": 2, "han_paren": 3}),
    ("一、 一是 二是 二、 （一） 一是", {"han": 1, "first_is": 3, "han_paren": 2}),
]


@pytest.mark.parametrize(("printed_order", "ranks"), ORDERS)
def test_order_of_systems(printed_order: str, ranks: dict[str, int]) -> None:
    progress = Progress()
    markers = []
    for text in printed_order.split():
        marker = read_marker(f"{text}某项", Progress({"first_is": 1} if text == "二是" else dict(progress.last)))
        assert marker is not None, text
        progress.take(marker)
        markers.append(marker)
    found = system_ranks(markers)
    assert {kind: found[kind] for kind in ranks} == ranks


def test_footnotes_of_a_text_are_notes_and_no_clauses() -> None:
    text = "某市统计公报①\n\n一、综合\n\n全年生产总值②增长百分之五。\n\n注释：\n\n① 数据为初步统计结果。\n\n② 按不变价格计算。\n"
    (document,) = segment(source_of(text)).documents
    assert [c.marker for c in document.clauses if c.marker] == ["一、"]
    assert [c.reading.text[0] for c in document.clauses if c.clause_type == "note"][-2:] == ["①", "②"]


def test_circled_items_that_nothing_refers_to_stay_clauses() -> None:
    (document,) = segment(source_of("某市办法\n\n一、条件\n\n①有住所。\n\n②有能力。\n")).documents
    assert [c.marker for c in document.clauses if c.marker] == ["一、", "①", "②"]


@pytest.mark.parametrize(
    ("lengths", "width"),
    [
        ([21] * 12, 21),
        ([21, 300, 20, 410, 21, 280, 19, 350, 21, 260, 20, 390, 21, 270], None),  # headings over long paragraphs
        ([21] * 4, None),
        ([15] * 7, 15),
        ([14] * 7, None),
        ([21] * 6 + [25] * 4, 21),
        ([61] * 7, None),
    ],
)
def test_width_at_which_text_is_broken(lengths: list[int], width: int | None) -> None:
    lines = printed(split_lines("\n".join("某" * length for length in [*lengths, 3])))
    assert wrap_width(lines) == width


@pytest.mark.parametrize(
    ("text", "marker"),
    [
        ("（四）项目支出：某某。", "（四）"),
        ("（四）项规定的情形", None),
        ("（四）款第一项", None),
        ("（四）目标任务", "（四）"),
    ],
)
def test_an_item_about_projects_is_no_reference_to_an_item(text: str, marker: str | None) -> None:
    found = read_marker(text, Progress({"han_paren": 3}))
    assert (found and found.text) == marker
