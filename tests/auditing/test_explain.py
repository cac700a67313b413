"""Explanations: of rows, of offsets, of texts given by hand."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from pipeline.auditing.audit import Audit
from pipeline.auditing.explain import explain_all, explain_offset, explain_row
from pipeline.auditing.explanation import to_lines
from pipeline.auditing.folders import open_folder
from pipeline.auditing.issues import issue_of_folder, issue_of_text
from pipeline.auditing.stored import is_current, stored_audit
from pipeline.cli import app
from pipeline.store.ledger import InputRecord, Ledger
from pipeline.versions import code_version, rules_version
from schemas.datasets import DATASETS
from tests.auditing.folders import NOTICE, made

RUNNER = CliRunner()

SAID = {
    "5000亩": ["fired: quantity.number", "comparator: >=, from “以上”", "lead: 县林草局", "clause: 一/（一）", "改造低产园"],
    "7至8千户": [
        "fired: quantity.range", "captured: low “7”, high “8千”", "value: 7000 to 8000",
        "quantity.number: “8千户” lost: quantity.range is tried before it and is shorter", "stretch: yes, governed by “力争”",
    ],
    "4条": ["deadline: 2024-06, from a time in the sentence “6月底前”", "kind: target", "found in: ", "indicator: "],
    "县林草局": ["fired: responsibility.label_lead", "matched: 牵头单位", "duty: lead"],
    "某川政办发〔2024〕6号": ["fired: citation.number", "citation_kind: own"],
}  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made(tmp_path_factory.mktemp("explain") / "processed", NOTICE)


@pytest.fixture(scope="module")
def audit(folder: Path) -> Audit:
    opened = open_folder(folder)
    return Audit.of(issue_of_folder(opened, next(iter(opened.issues))))


@pytest.mark.parametrize("text", SAID)
def test_rows_are_explained(text: str, audit: Audit) -> None:
    ((dataset, row), *_) = audit.at(NOTICE.index(text))
    said = "\n".join(to_lines(explain_row(audit, dataset, row)))
    assert said.splitlines()[1] == text and f"⟦{text}⟧" in said
    for words in SAID[text]:
        assert words in said


def test_every_row_of_every_dataset_is_explained(audit: Audit) -> None:
    for dataset in (name for name, one in DATASETS.items() if one.id_column):
        for row in audit.rows[dataset]:
            assert audit.find(row[DATASETS[dataset].key[-1]]) == (dataset, row)
            titles = {part.title for part in explain_row(audit, dataset, row).parts if part.lines}
            assert {"structure", "row"} <= titles
            if DATASETS[dataset].is_mention:
                assert {"sentence", "rule"} <= titles


def test_a_number_that_is_no_quantity(audit: Audit) -> None:
    (found,) = explain_offset(audit, NOTICE.index("4A级"))
    said = "\n".join(to_lines(found))
    assert "explained by: exclusion.latin_code" in said and "⟦4⟧A级景区" in said


def test_a_rule_that_an_exclusion_beat() -> None:
    issue = issue_of_text("经县政府第38次常务会议研究同意。")
    (found,) = explain_offset(Audit.of(issue), issue.source.text.index("38"))
    said = "\n".join(to_lines(found))
    assert "explained by: exclusion.ordinal" in said
    assert "quantity.number: “38次” lost: exclusion.ordinal holds “第38”" in said


def test_a_place_without_number(audit: Audit) -> None:
    (found,) = explain_offset(audit, NOTICE.index("核桃"))
    assert "no row and no number" in found.subject and "⟦核⟧桃" in "\n".join(to_lines(found))


def test_stored_rows_of_other_rules_are_told(audit: Audit) -> None:
    dataset, row = audit.at(NOTICE.index("4条"))[0]
    said = "\n".join(to_lines(explain_row(audit, dataset, row, {**row, "kind": "fact"})))
    assert "kind: fact there, target now" in said
    assert "in the folder" not in "\n".join(to_lines(explain_row(audit, dataset, row, row)))


@pytest.mark.parametrize(
    ("over", "assumed", "kind"),
    [
        ({}, "plan, of no known time, by part.genre.plan", "target"),
        ({"year": 2024}, "plan, of 2024, by part.genre.plan", "target"),
        (
            {"title": "政府工作报告", "heading": "2025年工作回顾", "year": 2026},
            "review, of 2025, by part.heading.review",
            "fact",
        ),
        ({"title": "政府工作报告", "heading": "2026年工作安排"}, "plan, of 2026, by part.heading.plan", "target"),
    ],
)
def test_what_stands_over_a_text_is_said(over: dict[str, Any], assumed: str, kind: str) -> None:
    explained = explain_all(Audit.of(issue_of_text("地区生产总值增长5%。", **over)))
    found = next(one for one in explained if one.subject.startswith("quantities "))
    said = {label: words for part in found.parts for label, words in part.lines}
    assert (said["part"], said["kind"].split(",")[0]) == (assumed, kind)


def test_what_stands_over_a_text_is_not_explained() -> None:
    over = ["--title", "2024年政府工作报告", "--heading", "（二）2023年工作回顾"]
    result = RUNNER.invoke(app, ["explain", "--json", "--text", "新建公路30公里，惠及两次搬迁的群众。", *over])
    subjects = [one["subject"] for one in json.loads(result.stdout)]
    assert subjects[0].startswith("quantities ") and not any("2023" in one["text"] for one in json.loads(result.stdout))


def test_a_row_is_explained_within_a_second_once_started() -> None:
    explain_all(Audit.of(issue_of_text("新建学校3所。")))
    begun = time.process_time()
    assert explain_all(Audit.of(issue_of_text("城镇新增就业5万人。")))
    assert time.process_time() - begun < 1


TWO = (
    "青柯县人民政府办公室\n关于印发《2024年{0}方案》的通知\n青政办发〔2024〕{1}号\n\n各乡镇人民政府：\n\n一、任务\n"
    "（一）引进企业{1}0家。（责任单位：县商务局）\n2024年6月底前完成选址。\n\n青柯县人民政府办公室\n2024年{1}月5日\n\n"
)


def test_one_row_is_explained_as_among_all() -> None:
    """Persons and agencies of the whole issue settle its names, whichever document the row is of."""
    issue = issue_of_text(TWO.format("招商", 1) + TWO.format("园区", 2))
    whole = Audit.of(issue)
    row = whole.rows["quantities"][-1]
    near = Audit.near(issue, row["char_start"])
    assert len(issue.documents) > 1 and len(near.rows["quantities"]) < len(whole.rows["quantities"])
    for dataset in ("officials", "responsibilities", "citations"):
        assert near.rows[dataset] == whole.rows[dataset]
    for dataset, one_row in near.mentions():
        assert explain_row(near, dataset, one_row) == explain_row(whole, dataset, one_row)


def test_a_row_of_the_folder_is_explained_as_if_its_issue_were_extracted_again(tmp_path: Path) -> None:
    text = TWO.format("招商", 1) + TWO.format("园区", 2)
    opened = open_folder(made(tmp_path, text))
    (issue_id,) = opened.issues
    whole = Audit.of(issue_of_folder(opened, issue_id))
    rows = [(dataset, row) for dataset in DATASETS if DATASETS[dataset].is_mention for row in whole.rows[dataset]]
    assert len(whole.issue.documents) > 1 and {"quantities", "targets", "milestones"} <= {
        dataset for dataset, _ in rows
    }
    for dataset, row in rows:
        stored = stored_audit(opened, issue_id, row["char_start"])
        found = stored and stored.find(row[DATASETS[dataset].key[-1]])
        assert stored and found and explain_row(stored, *found) == explain_row(whole, dataset, row)
    assert stored_audit(opened, issue_id, len(text)) is None


@pytest.mark.parametrize(
    ("code", "rules", "sidecar", "current"),
    [(None, None, None, True), ("older", None, None, False), (None, "older", None, False), (None, None, "0a", False)],
)
def test_rows_of_the_folder_stand_for_those_of_the_present_rules_alone(
    code: str | None, rules: str | None, sidecar: str | None, current: bool, folder: Path
) -> None:
    opened = open_folder(folder)
    (issue_id,) = opened.issues
    assert not is_current(opened, issue_id), "no ledger says what made them"
    record = InputRecord(
        "/raw/a.txt", "a.txt", 1, 1, "0", "done", code or code_version(), rules or rules_version(), 0.1, issue_id,
        sidecar=sidecar,
    )  # fmt: skip
    Ledger(folder).record(record)
    try:
        assert is_current(opened, issue_id) is current
    finally:
        Ledger(folder).forget(record.path)


def test_what_stands_over_a_text_goes_with_a_text() -> None:
    assert RUNNER.invoke(app, ["explain", "x.txt:3", "--year", "2024"]).exit_code == 2


def test_a_text_given_by_hand() -> None:
    result = RUNNER.invoke(app, ["explain", "--text", "三个街道新增就业岗位不少于1200个，覆盖率达到98%。"])
    assert result.exit_code == 0
    for words in ("⟦1200个⟧", "⟦98%⟧", "comparator: >=, from “不少于”", "覆盖率"):
        assert words in result.output
    assert issue_of_text("甲").documents


def test_the_command_explains_a_row_and_an_offset(folder: Path, audit: Audit, tmp_path: Path) -> None:
    row = audit.at(NOTICE.index("5000亩"))[0][1]
    of_row = RUNNER.invoke(app, ["explain", row["quantity_id"], "--processed", str(folder)])
    file = tmp_path / "notice.txt"
    file.write_text(NOTICE, encoding="utf-8")
    of_offset = RUNNER.invoke(app, ["explain", f"{file}:{NOTICE.index('5000亩')}", "--json"])
    assert of_row.exit_code == of_offset.exit_code == 0
    assert "⟦5000亩⟧以上" in of_row.output and json.loads(of_offset.stdout)[0]["text"] == "5000亩"
    longest = max(of_row.output.splitlines(), key=len)
    assert len(longest) > 80, "nothing is wrapped"


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["nonsense"],
        ["no/such/file:12"],
        ["0123456789abcdef/q/1-2"],
        ["0123456789abcdef/q/1-2", "--text", "甲"],
        ["--text", " "],
    ],
)
def test_wrong_usage(arguments: list[str], folder: Path) -> None:
    result = RUNNER.invoke(app, ["explain", *arguments, "--processed", str(folder)])
    assert result.exit_code == 2 and result.output.strip() and "Traceback" not in result.output


def test_a_stored_row_that_the_rules_no_longer_make(tmp_path: Path) -> None:
    folder = made(tmp_path / "processed", NOTICE)
    (path,) = (folder / "quantities").glob("year=*/*.parquet")
    table = pq.ParquetFile(path).read()
    rows = table.to_pylist()
    start = NOTICE.index("4A级")
    rows[0] |= {"quantity_id": f"{rows[0]['issue_id']}/q/{start}-{start + 1}"}
    pq.write_table(table.from_pylist(rows, schema=table.schema), path)
    result = RUNNER.invoke(app, ["explain", rows[0]["quantity_id"], "--processed", str(folder)])
    assert result.exit_code == 0
    assert "the present rules make no row" in result.output and "exclusion.latin_code" in result.output
