"""What the extractors say together of one issue."""

from __future__ import annotations

import gc

import pytest

from extractors.extract import UNSETTLED_NAME, extract
from extractors.quantities import extract_quantities
from extractors.rules.registry import registry
from pipeline.segmentation import segment
from schemas.ids import IdMaker
from schemas.making import without_collector
from schemas.records import SourceText
from tests.conftest import REAL_ISSUE

TABLE = "某县人民政府\n关于分解任务的通知\n\n某政发〔2024〕1号\n\n附件\n\n任务分工表\n\n序号\t事项\t牵头领导\n"


@pytest.mark.parametrize(
    ("cell", "unsettled"),
    [("陈 黄 志强", ["陈黄志强"]), ("王　明", []), ("王明 李刚", [])],
)
def test_names_that_nothing_settles_are_problems(cell: str, unsettled: list[str]) -> None:
    issue = segment(SourceText(f"{TABLE}1\t修路\t{cell}\n2\t架桥\t赵志强\n", "t.txt", "0" * 64))
    problems = [problem for problem in extract(issue).problems if problem.category == "unsettled_name"]
    assert [problem.message.rpartition(" ")[2] for problem in problems] == unsettled


def test_documents_read_together_have_the_quantities_that_each_has_alone() -> None:
    issue = segment(SourceText(REAL_ISSUE.read_text(encoding="utf-8"), REAL_ISSUE.name, "0" * 64))
    together = extract(issue).quantities
    busy = max(issue.documents, key=lambda one: sum(row.place.document_id == one.document_id for row in together))
    alone = extract_quantities(issue, busy, IdMaker(issue.issue_id))
    assert alone and alone == tuple(row for row in together if row.place.document_id == busy.document_id)


def test_the_rule_of_unsettled_names_exists() -> None:
    assert UNSETTLED_NAME in registry()


def test_extracting_leaves_nothing_for_the_collector_which_rests_meanwhile() -> None:
    issue = segment(SourceText(REAL_ISSUE.read_text(encoding="utf-8"), REAL_ISSUE.name, "0" * 64))
    extract(issue)  # loads the rules
    gc.collect()
    with without_collector():
        found = extract(issue)
        assert not gc.isenabled()  # resting inside stays resting
        assert found.quantities and gc.collect() == 0
    assert gc.isenabled()
