"""Document numbers and titles in running text, and what they link to."""

from __future__ import annotations

import time

import pytest

from extractors.citations import Citations, normal_number
from extractors.language.passages import shared_passages
from schemas.ids import IdMaker
from schemas.records import Issue
from schemas.rows import Citation
from tests.extractors.marked import issue_of, unmark


def _citations(issue: Issue) -> list[Citation]:
    (document,) = issue.documents
    return Citations.of(issue).in_document(document, IdMaker("i"), shared_passages())


# The value of a mark is "title/number", either side empty where there is none.
CASES = [
    "根据【【《关于加快数字化的意见》（岐政办发〔2023〕41号）|关于加快数字化的意见/岐政办发〔2023〕41号】】精神",
    "严格执行【【湘政办函〔2022〕77号|/湘政办函〔2022〕77号】】文件",
    "执行【【《2022》77号|/〔2022〕77号】】文件",
    "按照【【国发[2021]5号|/国发〔2021〕5号】】要求",
    "见【【皖政 (2021) 12 号|/皖政〔2021〕12号】】",
    "（【【建房［2010］165号|/建房〔2010〕165号】】）",
    "依据【【《中华人民共和国安全生产法》|中华人民共和国安全生产法/】】【【《物业管理条例》|物业管理条例/】】制定",
    "【【《关于印发<三年行动方案>的通知》|关于印发<三年行动方案>的通知/】】",
    "落实【【《稳增长若干措施（试行）》（某政办发【2022】33号）|稳增长若干措施（试行）/某政办发〔2022〕33号】】",
    "【【国务院令第394号|/国务院令第394号】】公布",
    "依据【【省人民政府令第312号|/省人民政府令第312号】】的规定",
    "【【《公路安全保护条例》（国务院令第593号）|公路安全保护条例/国务院令第593号】】",
    "由【【工信部联原〔2022〕34号|/工信部联原〔2022〕34号】】规定",
    "在《湖南日报》刊发，阅读《红楼梦》",
    "3号厂房（2023）建成，第12号楼竣工，责令限期改正",
    "（2022—2024年）完成《条例》规定的任务",
    "《未闭合的书名",
]


@pytest.mark.parametrize("marked", CASES, ids=range(len(CASES)))
def test_citations(marked: str) -> None:
    plain, expected = unmark(marked)
    rows = _citations(issue_of(plain))
    found = [(row.span.start, row.span.end, f"{row.title or ''}/{row.doc_number or ''}") for row in rows]
    assert found == expected
    assert all(row.citation_kind == "reference" and row.text == plain[row.span.start : row.span.end] for row in rows)


def test_own_number_once_and_links_within_the_issue() -> None:
    text = "云政发〔2024〕3号\n\n现将《云溪县粮食生产方案》印发给你们。\n\n废止云政发[2024]3号。"
    issue = issue_of(text, title="云溪县粮食生产方案", doc_number="云政发〔2024〕3号")
    rows = _citations(issue)
    assert [(row.citation_kind, row.doc_number, row.cited_document_id) for row in rows] == [
        ("own", "云政发〔2024〕3号", "i/d/0"),
        ("reference", None, "i/d/0"),
        ("reference", "云政发〔2024〕3号", "i/d/0"),
    ]


@pytest.mark.parametrize(
    ("printed", "normal"),
    [
        ("国发 [2021] 5 号", "国发〔2021〕5号"),
        ("某发《2022》77号", "某发〔2022〕77号"),
        ("省政府令第3号", "省政府令第3号"),
    ],
)
def test_normal_number(printed: str, normal: str) -> None:
    assert normal_number(printed) == normal


@pytest.mark.parametrize(
    "hostile", ["《" * 100_000, "〔2022〕" * 20_000, "政" * 100_000 + "〔2022〕1号", "《通知》号" * 20_000]
)
def test_hostile_text_is_linear(hostile: str) -> None:
    _citations(issue_of("云政发〔2024〕3号"))
    began = time.process_time()
    _citations(issue_of(hostile))
    assert time.process_time() - began < 4
