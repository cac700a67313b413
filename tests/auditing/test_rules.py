"""The registry as the command shows it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipeline.auditing.folders import open_folder
from pipeline.auditing.registry import all_rules, decisions_in, entries
from pipeline.cli import app
from pipeline.evaluation.decisions import Decisions
from tests.auditing.folders import NOTICE, made
from tests.conftest import ROOT, Processed

RUNNER = CliRunner()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made(tmp_path_factory.mktemp("rules") / "processed", NOTICE)


def test_every_rule_is_listed(folder: Path) -> None:
    lines = RUNNER.invoke(app, ["rules", "--processed", str(folder)]).output.splitlines()
    assert list(dict.fromkeys(line.split()[0] for line in lines[1:])) == list(all_rules())


def test_json_has_what_readers_need(folder: Path) -> None:
    rules = json.loads(RUNNER.invoke(app, ["rules", "--processed", str(folder), "--json"]).stdout)
    assert [rule["id"] for rule in rules] == list(all_rules())
    for rule in rules:
        assert rule["purpose"] and rule["dataset"] and len(rule["examples"]) >= 2 and len(rule["counter_examples"]) >= 2
        assert {"text", "match"} == rule["examples"][0].keys()
    columns = {(rule["id"], one["column"]): one["decided"] for rule in rules for one in rule["decisions"]}
    assert columns["quantity.range", "rule_id"] == 1 and columns["quantity.number", "rule_id"] >= 3
    assert columns["comparator.after.at_least", "comparator_rule"] == 1
    assert columns["stretch.none", "stretch_rule"] >= 3, "defaults are decisions"
    never = {rule["id"] for rule in rules if not rule["decided"]}
    assert "exclusion.ordinal" in never and not never & {rule_id for rule_id, _ in columns}


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


def test_decisions_stand_beside_their_rule() -> None:
    made = Decisions("quantities", "rule_id", "quantity.range", 5, 3, 1)
    found = {entry.rule.id: entry for entry in entries([made])}
    assert found["quantity.range"].decisions == (made,)
    assert (found["quantity.range"].precision, made.interval) == (0.75, (0.3006, 0.9544))
    assert (found["quantity.number"].decided, found["quantity.number"].precision) == (0, None)


def test_where_a_rule_is_written_and_how() -> None:
    output = RUNNER.invoke(app, ["rules", "show", "deadline.month"]).output
    place = re.search(r"written in: (\S+):(\d+)", output)
    assert place is not None
    line = (ROOT / place[1]).read_text("utf-8").splitlines()[int(place[2]) - 1]
    assert "deadline.month" in line
    assert "{{" in output and "pattern expanded:" in output


def test_rows_name_rules_that_the_registry_holds(folder: Path) -> None:
    assert {rule_id for _, _, rule_id in decisions_in(open_folder(folder))} - all_rules().keys() == set()


def test_every_rule_of_the_real_issue_is_in_the_registry(processed: Processed) -> None:
    counts = decisions_in(open_folder(processed.folder))
    assert {rule_id for _, _, rule_id in counts} - all_rules().keys() == set() and counts.total() > 3000


def test_every_rule_that_code_names_is_in_the_registry() -> None:
    """What code decides by has an entry like what patterns decide; a name may also be what several ids begin with."""
    known = set(all_rules())
    families = {rule_id.partition(".")[0] for rule_id in known} - {"kind"}  # those of kinds are weights, too
    named = {
        (path.relative_to(ROOT).as_posix(), name)
        for path in sorted((ROOT / "extractors").rglob("*.py"))
        for name in re.findall(r'"([a-z_]+(?:\.[a-z_]+)+)"', path.read_text(encoding="utf-8"))
        if name.partition(".")[0] in families
    }
    assert len(named) > 300
    assert not [one for one in named if one[1] not in known and not any(it.startswith(f"{one[1]}.") for it in known)]
