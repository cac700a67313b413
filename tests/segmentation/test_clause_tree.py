"""Clauses in their tree: number, level, path, how far each reaches; numbers that do not follow."""

from __future__ import annotations

import pytest

from pipeline.segmentation import segment
from schemas.records import Document
from tests.segmentation.support import source_of

TREES = [
    ("一、甲\n\n（一）子项。\n\n（二）丑项。\n\n二、乙。\n", "一、 1 1 一 甲 2|（一） 1 2 一/（一） - 0|（二） 2 2 一/（二） - 0|二、 2 1 二 - 0"),
    ("1、甲\n\n1.子项。\n\n2.丑项。\n\n2、乙\n\n1.寅项。\n", "1、 1 1 1 甲 2|1. 1 2 1/1 - 0|2. 2 2 1/2 - 0|2、 2 1 2 乙 1|1. 1 2 2/1 - 0"),
    # Two spellings of one system stay one where neither goes on behind the other's series.
    ("一、甲\n\n1、子\n\n2.丑\n\n二、乙\n\n1.寅\n\n2、卯\n", "一、 1 1 一 甲 2|1、 1 2 一/1 子 0|2. 2 2 一/2 丑 0|二、 2 1 二 乙 2|1. 1 2 二/1 寅 0|2、 2 2 二/2 卯 0"),
    # A further paragraph behind items is the article's own.
    ("第一条　甲项：\n\n（一）子项；\n\n（二）丑项。\n\n前款适用。\n\n第二条　乙项。\n", "第一条 1 1 第一条 - 3|（一） 1 2 第一条/（一） - 0|（二） 2 2 第一条/（二） - 0|第二条 2 1 第二条 - 0"),
    # A line that is all of its clause is its heading, unless it says something: figures, or more than a heading's words.
    ("1.完善制度。\n\n（1）子项。\n\n2.新建公路30公里。\n\n（1）子项。\n", "1. 1 1 1 完善制度 1|（1） 1 2 1/（1） - 0|2. 2 1 2 - 1|（1） 1 2 2/（1） - 0"),
    # A mere label is the heading of the text beneath it; a sentence is none, and a label without text is a sentence.
    ("（一）发展目标。\n\n到2027年，产能更高。\n\n（二）扩大退耕还林规模。\n\n开展整治。\n\n（三）丙项。\n",
     "（一） 1 1 （一） 发展目标 1|（二） 2 1 （二） 扩大退耕还林规模 1|（三） 3 1 （三） - 0"),
    ("（一）经同意，可不再执行。\n\n此前的从其规定。\n\n（二）自愿停止的。\n\n停发补贴。\n", "（一） 1 1 （一） - 1|（二） 2 1 （二） - 1"),
    ("1.1　甲项。\n\n1.2　乙项。\n\n2.1　丙项。\n", "1.1 1 1 1.1 - 0|1.2 2 1 1.2 - 0|2.1 1 1 2.1 - 0"),
    # Paths tell the systems apart as they are printed, brackets made alike, and l. read as the 1. that it is.
    ("1)种粮。\n\n2)养猪。\n\n①甲。\n\n②乙。\n", "1) 1 1 1) - 0|2) 2 1 2) 养猪 2|① 1 2 2)/① - 0|② 2 2 2)/② - 0"),
    ("(1)丙。\n\n（2）丁。\n\n一是甲。\n\n二是乙。\n", "(1) 1 1 （1） - 0|（2） 2 1 （2） 丁 2|一是 1 2 （2）/一 - 0|二是 2 2 （2）/二 - 0"),
    ("l.辛。\n\n2.壬。\n", "l. 1 1 1 - 0|2. 2 1 2 - 0"),
    ("A.壬。\n\nB.癸。\n", "A. 1 1 A - 0|B. 2 1 B - 0"),
    ("第一章　总则\n\n第一条　播种。\n\n第一节　管理\n\n第二条【收获】抓紧收割。\n",
     "第一章 1 1 第一章 总则 3|第一条 1 3 第一章/第一条 - 0|第一节 1 2 第一章/第一节 管理 1|第二条 2 3 第一章/第一节/第二条 收获 0"),
]  # fmt: skip

GAPS = [
    ("一、甲项。\n\n二、乙项。\n", []),
    (
        "一、甲项。\n\n三、乙项。\n\n三、丙项。\n",
        [("numbering_gap", "三、 follows number 1", "三、乙项。"), ("numbering_repeat", "三、 follows number 3", "三、丙项。")],
    ),
    ("一、甲\n\n1.子项。\n\n2.丑项。\n\n二、乙\n\n1.寅项。\n", []),
    ("一、甲\n\n1.子项。\n\n2.丑项。\n\n二、乙\n\n3.寅项。\n", []),
    ("一、甲\n\n1.子项。\n\n2.丑项。\n\n4.寅项。\n", [("numbering_gap", "4. follows number 2", "4.寅项。")]),
    ("第一条　甲项。\n\n第一条之一　乙项。\n\n第二条　丙项。\n", []),
]  # fmt: skip


def _document(text: str) -> Document:
    (document,) = segment(source_of(f"某县办法\n\n{text}")).documents
    return document


@pytest.mark.parametrize(("text", "expected"), TREES, ids=range(len(TREES)))
def test_tree(text: str, expected: str) -> None:
    clauses = _document(text).clauses
    found = []
    for clause in (clause for clause in clauses if clause.marker):
        below = sum(clause.span.end <= other.span.start < clause.subtree_end for other in clauses)
        found.append(f"{clause.marker} {clause.number} {clause.level} {clause.path} {clause.heading or '-'} {below}")
    assert found == expected.split("|")


@pytest.mark.parametrize(("text", "expected"), GAPS, ids=range(len(GAPS)))
def test_numbers_that_do_not_follow(text: str, expected: list[tuple[str, str, str]]) -> None:
    issue = segment(source_of(f"某县办法\n\n{text}"))
    found = [problem for problem in issue.problems if problem.category.startswith("numbering")]
    printed = issue.source.text
    assert [
        (p.category, p.message, printed[slice(*(p.span or (0, 0)))]) for p in found if p.severity == "info"
    ] == expected
    assert {(problem.document_id, problem.page) for problem in found} <= {(issue.documents[0].document_id, None)}
