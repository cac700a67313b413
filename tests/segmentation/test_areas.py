"""Whose an issue and its documents are."""

from __future__ import annotations

import pytest

from pipeline.segmentation import segment
from tests.segmentation.support import source_of

NOTICE = "{issuer}\n关于做好防汛工作的通知\n\n{code}〔{year}〕3号\n\n各镇人民政府：\n\n一、巡查堤防。\n\n二、备足物资。{words}\n\n{issuer}\n{year}年3月1日\n"
MASTHEAD = "{title}\n2023年第1期\n主办：{publisher}\n\n"


def _notice(issuer: str, year: int = 2023, words: str = "") -> str:
    return NOTICE.format(issuer=issuer, code="防指发", year=year, words=words)


@pytest.mark.parametrize(
    ("text", "issue", "documents"),
    [
        (_notice("湘阴县人民政府"), "430624", ["430624"]),
        (MASTHEAD.format(title="湘阴县人民政府公报", publisher="湘阴县人民政府办公室") + _notice("县水利局"), "430624", ["430624"]),
        (MASTHEAD.format(title="湘阴县人民政府公报", publisher="湘阴县人民政府办公室") + _notice("市水利局"), "430624", ["430600"]),
        (_notice("湘阴县人民政府") + "\n" + _notice("县水利局"), "430624", ["430624", "430624"]),
        (_notice("余江县人民政府", 2012), "360622", ["360622"]),
        (_notice("鼓楼区人民政府", words="按照开封市防汛预案执行。"), "410204", ["410204"]),
    ],
)  # fmt: skip
def test_codes_of_an_issue_and_its_documents(text: str, issue: str, documents: list[str]) -> None:
    found = segment(source_of(text))
    assert (found.area and found.area.code) == issue
    assert [document.area and document.area.code for document in found.documents] == documents
    assert not [problem for problem in found.problems if problem.category == "unsettled_place"]


@pytest.mark.parametrize("issuer", ["鼓楼区人民政府", "湖山县人民政府"])
def test_what_is_not_settled_is_a_problem_of_the_document(issuer: str) -> None:
    found = segment(source_of(_notice(issuer)))
    (problem,) = [problem for problem in found.problems if problem.category == "unsettled_place"]
    assert problem.document_id == found.documents[0].document_id
    assert found.documents[0].area is not None and found.documents[0].area.code is None
