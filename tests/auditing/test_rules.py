"""The registry as the command shows it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipeline.auditing.folders import open_folder
from pipeline.auditing.registry import Precision, all_rules, entries, rows_by_rule
from pipeline.cli import app
from tests.auditing.folders import NOTICE, made
from tests.conftest import Processed

RUNNER = CliRunner()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made(tmp_path_factory.mktemp("rules") / "processed", NOTICE)


def test_every_rule_is_listed_once(folder: Path) -> None:
    lines = RUNNER.invoke(app, ["rules", "--processed", str(folder)]).output.splitlines()
    assert [line.split()[0] for line in lines[1:]] == list(all_rules())


def test_json_has_what_readers_need(folder: Path) -> None:
    rules = json.loads(RUNNER.invoke(app, ["rules", "--processed", str(folder), "--json"]).stdout)
    assert [rule["id"] for rule in rules] == list(all_rules())
    for rule in rules:
        assert rule["purpose"] and rule["dataset"] and len(rule["examples"]) >= 2 and len(rule["counter_examples"]) >= 2
        assert {"text", "match"} == rule["examples"][0].keys()
    rows = {rule["id"]: rule["rows"] for rule in rules}
    assert rows["quantity.range"] == 1 and rows["quantity.number"] >= 3
    assert rows["comparator.after.at_least"] is None


def test_one_rule_with_its_rows(folder: Path) -> None:
    output = RUNNER.invoke(app, ["rules", "show", "quantity.range", "--processed", str(folder)]).output
    assert "力争带动农户⟦7至8千户⟧" in output and "→  3—5家" in output


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["show", "range"], "quantity.range"),
        (["--dataset", "people"], "quantities"),
        (["--processed", "no/such/folder"], "no committed issues"),
    ],
)
def test_wrong_usage(arguments: list[str], said: str) -> None:
    result = RUNNER.invoke(app, ["rules", *arguments])
    assert result.exit_code == 2 and said in result.output


def test_precision_and_counts_stand_beside_their_rule() -> None:
    found = {e.rule.id: e for e in entries({"quantity.range": 5}, {"quantity.range": Precision(3, 4)})}
    assert found["quantity.range"].rows == 5
    assert found["quantity.range"].precision == Precision(3, 4) and Precision(3, 4).share == 0.75
    assert found["quantity.number"].rows == 0 and found["quantity.number"].precision == Precision(0, 0)
    assert Precision(0, 0).share is None


def test_rows_name_rules_that_the_registry_holds(folder: Path) -> None:
    assert rows_by_rule(open_folder(folder)).keys() - all_rules().keys() == set()


def test_every_rule_of_the_real_issue_is_in_the_registry(processed: Processed) -> None:
    counts = rows_by_rule(open_folder(processed.folder))
    assert counts.keys() - all_rules().keys() == set() and counts.total() > 3000
