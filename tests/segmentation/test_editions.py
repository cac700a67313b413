"""Editions: what the masthead says of the number, and keys that two editions never share."""

from __future__ import annotations

from itertools import combinations

import pytest

from pipeline.segmentation import segment
from schemas.records import Issue
from tests.segmentation.support import source_of

BODY = "\n湘阴县人民政府\n关于做好{what}工作的通知\n\n湘政发〔{year}〕{serial}号\n\n各镇人民政府：\n\n一、落实责任。\n\n湘阴县人民政府\n{year}年3月{serial}日\n"
TITLE = "湘阴县人民政府公报\n"


def _issue(head: str, *, what: str = "防汛", year: int = 2024, serial: int = 3) -> Issue:
    return segment(source_of(head + BODY.format(what=what, year=year, serial=serial)))


@pytest.mark.parametrize(
    ("line", "number", "total", "special", "key"),
    [
        ("2024年第1期", ("1", None), (None, None), None, "xiangyin-xian-2024-01"),
        ("2024年第1期（总第58期）", ("1", None), (58, None), None, "xiangyin-xian-2024-01"),
        ("2024年第3—4期 总第58—59期", ("3", "4"), (58, 59), None, "xiangyin-xian-2024-03-04"),
        ("2024年第3、4期合刊", ("3", "4"), (None, None), None, "xiangyin-xian-2024-03-04"),
        ("2024年第1、2、3期", ("1", "3"), (None, None), None, "xiangyin-xian-2024-01-03"),
        ("2024年第十一、十二期（总第119、120期）", ("11", "12"), (119, 120), None, "xiangyin-xian-2024-11-12"),
        ("2024年第3期、第4期", ("3", "4"), (None, None), None, "xiangyin-xian-2024-03-04"),
        ("二〇二四年第三期", ("3", None), (None, None), None, "xiangyin-xian-2024-03"),
        ("2024年增刊第1期", ("1", None), (None, None), "增刊", "xiangyin-xian-2024-zengkan-01"),
        ("2024年第1期（增刊）", ("1", None), (None, None), "增刊", "xiangyin-xian-2024-zengkan-01"),
        ("2024年增刊（二）", ("2", None), (None, None), "增刊", "xiangyin-xian-2024-zengkan-02"),
        ("2024年特刊\n2024年5月8日", (None, None), (None, None), "特刊", "xiangyin-xian-2024-tekan-0508"),
        ("总第58期", (None, None), (58, None), None, "xiangyin-xian-z58"),
        ("2024年5月8日", (None, None), (None, None), None, "xiangyin-xian-2024-0508"),
        ("2024年", (None, None), (None, None), None, "xiangyin-xian-2024-xiangzhengfa-2024-3"),
    ],
)
def test_numbers_of_a_masthead(
    line: str, number: tuple[str, str], total: tuple[int, int], special: str | None, key: str
) -> None:
    issue = _issue(f"{TITLE}{line}\n")
    masthead = issue.masthead
    assert (masthead.number, masthead.number_last) == number
    assert (masthead.number_total, masthead.number_total_last) == total
    assert (masthead.special, issue.edition_key) == (special, key)


def test_a_word_of_a_title_makes_no_special_issue() -> None:
    issue = _issue(f"{TITLE}2024年第1期\n", what="2024年增刊编印")
    assert issue.masthead.special is None and issue.edition_key == "xiangyin-xian-2024-01"


@pytest.mark.parametrize(
    ("text", "year", "key"),
    [
        (BODY.format(what="防汛", year=2023, serial=3), 2023, "xiangyin-xian-2023-xiangzhengfa-2023-3"),
        ("湘阴县2022年统计公报\n\n一、综合\n\n全年地区生产总值300亿元。\n", 2022, None),
        ("统计公报\n\n一、综合\n\n全年地区生产总值300亿元。\n", None, None),
    ],
)
def test_without_a_masthead_the_document_tells_the_year_and_the_key(
    text: str, year: int | None, key: str | None
) -> None:
    issue = segment(source_of(text))
    assert (issue.masthead.publication_year, issue.edition_key) == (year, key)


def _report(place: str, day: int, title: str = "关于防汛工作的通告") -> str:
    return f"{place}人民政府\n{title}\n\n一、落实责任。\n\n{place}人民政府\n2024年3月{day}日\n"


DIFFERENT = [
    TITLE + "2024年第1期\n" + BODY.format(what="防汛", year=2024, serial=3),
    TITLE + "2024年增刊第1期\n" + BODY.format(what="防汛", year=2024, serial=3),
    TITLE + "2024年第1—2期\n" + BODY.format(what="防汛", year=2024, serial=3),
    TITLE + "2024年\n" + BODY.format(what="防汛", year=2024, serial=3),
    TITLE + "2024年\n" + BODY.format(what="防汛", year=2024, serial=4),
    TITLE + "2024年\n" + BODY.format(what="防汛", year=2024, serial=3) + BODY.format(what="抗旱", year=2024, serial=5),
    "湘阴县人大常委会公报\n2024年第1期\n" + BODY.format(what="防汛", year=2024, serial=3),
    "南京市鼓楼区人民政府公报\n2024年第1期\n" + BODY.format(what="防汛", year=2024, serial=3),
    "福州市鼓楼区人民政府公报\n2024年第1期\n" + BODY.format(what="防汛", year=2024, serial=3),
    "宜阳县人民政府公报\n2024年第1期\n" + BODY.format(what="防汛", year=2024, serial=3),
    "弋阳县人民政府公报\n2024年第1期\n" + BODY.format(what="防汛", year=2024, serial=3),
    _report("湘阴县", 1),
    _report("湘阴县", 2),
    _report("湘阴县", 1, "关于抗旱工作的通告"),
    _report("汨罗市", 1),
]


def test_two_editions_never_share_a_key() -> None:
    keys = [segment(source_of(text)).edition_key for text in DIFFERENT]
    assert None not in keys
    assert [pair for pair in combinations(keys, 2) if pair[0] == pair[1]] == []


def test_two_forms_of_one_edition_share_it() -> None:
    page = f"索引号：430624/2024-1\n{_report('湘阴县', 1)}"
    assert segment(source_of(page)).edition_key == segment(source_of(_report("湘阴县", 1))).edition_key


@pytest.mark.parametrize("title", ["鼓楼区人民政府公报", "城关镇人民政府公报"])
def test_a_place_that_may_be_another_makes_no_key_of_its_own(title: str) -> None:
    text = f"{title}\n2024年第1期\n\n{_report('鼓楼区', 1)}"
    assert not (segment(source_of(text)).edition_key or "").startswith(("gulou", "chengguan"))
