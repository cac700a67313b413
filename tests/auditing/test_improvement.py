"""Did it help: cases fixed and broken by labels, changes without one, and the one verdict of ``try``."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipeline.auditing.folders import open_folder
from pipeline.auditing.improvement import Improvement, improvement, paired_interval
from pipeline.auditing.rule_checks import failing
from pipeline.cli import app
from pipeline.evaluation import load_gold
from tests.auditing.folders import NOTICE, made
from tests.auditing.test_compare import edited

RUNNER = CliRunner()


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Before and after: after, a kind is another, a row is lost, and an agency that no label judges has another duty."""
    path = tmp_path_factory.mktemp("improvement")
    before, after = made(path / "a", NOTICE), made(path / "b", NOTICE)
    edited(
        before, "quantities", lambda rows: [row | {"kind": "standard"} if row["text"] == "4条" else row for row in rows]
    )
    edited(after, "quantities", lambda rows: [row for row in rows if row["text"] != "7至8千户"])
    edited(after, "citations", lambda rows: [row | {"citation_kind": "reference"} for row in rows])
    return before, after


def _gold(folder: Path) -> Path:
    folder.mkdir()
    labels = []
    for text, low, high, unit, kind in (("4条", 4, 4, "条", "target"), ("7至8千户", 7000, 8000, "户", "target")):
        start = NOTICE.index(text)
        labels.append({"t": "q", "start": start, "end": start + len(text), "text": text, "low": low, "high": high,
                       "unit": unit, "cmp": "=", "kind": kind, "indicator": "分拣线", "deadline": None, "stretch": False})  # fmt: skip
    (folder / "N.jsonl").write_text("".join(json.dumps(one) + "\n" for one in labels), encoding="utf-8")
    spans = [[one["start"], one["end"]] for one in labels]
    (folder / "slices.json").write_text(json.dumps({"N": spans}), encoding="utf-8")
    (folder / "N.txt").write_bytes(NOTICE.encode())
    return folder


def _improved(folders: tuple[Path, Path], gold: Path) -> Improvement:
    return improvement(open_folder(folders[0]), open_folder(folders[1]), [load_gold(gold)])


def test_fixed_broken_and_unlabelled(folders: tuple[Path, Path], tmp_path: Path) -> None:
    found = _improved(folders, _gold(tmp_path / "gold"))
    scores = {(one.dataset, one.column): one for one in found.columns}
    row, kind = scores["quantities", "row"], scores["quantities", "kind"]
    assert (row.cases, row.before, row.after, row.fixed, row.broken) == (2, 2, 1, 0, 1)
    assert (kind.cases, kind.before, kind.after, kind.fixed, kind.broken) == (2, 1, 1, 1, 1)
    (fixed,) = [case for case in found.cases if case.category == "fixed"]
    assert (fixed.column, fixed.before, fixed.after, fixed.label) == ("kind", "standard", "target", "target")
    assert {change.dataset for change in found.unlabelled} >= {"citations"}
    assert not any(change.text == "4条" and change.dataset == "quantities" for change in found.unlabelled)
    assert found.verdict == "mixed"


@pytest.mark.parametrize(
    ("fixed", "broken", "cases", "holds_zero"),
    [(0, 0, 100, True), (3, 2, 100, True), (20, 2, 100, False), (0, 12, 40, False)],
)
def test_paired_intervals(fixed: int, broken: int, cases: int, holds_zero: bool) -> None:
    low, high = paired_interval(fixed, broken, cases)
    assert low <= (fixed - broken) / cases <= high
    assert (low <= 0 <= high) is holds_zero


def test_the_command_judges_by_labels(folders: tuple[Path, Path], tmp_path: Path) -> None:
    told = ["compare", *map(str, folders), "--gold", str(_gold(tmp_path / "gold"))]
    run = RUNNER.invoke(app, told)
    assert run.exit_code == 1 and run.output.splitlines()[-1].startswith("mixed: 1 fixed, ")
    assert "[standard → target, label target]" in run.output
    assert json.loads(RUNNER.invoke(app, [*told, "--json"]).stdout)["verdict"] == "mixed"
    assert RUNNER.invoke(app, ["compare", str(folders[0]), str(folders[0]), *told[3:]]).exit_code == 0


def test_examples_of_rules_hold() -> None:
    assert list(failing()) == []


def test_trying_a_change(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gold, bench = _gold(tmp_path / "gold"), tmp_path / "bench"
    monkeypatch.chdir(tmp_path)
    told = ["try", "--gold", str(gold), "--held", str(gold), "--bench", str(bench)]
    first = RUNNER.invoke(app, told)
    assert first.exit_code == 0 and "1 text made and kept" in first.output
    edited(bench / "before", "quantities", lambda rows: [row for row in rows if row["text"] != "4条"])
    second = RUNNER.invoke(app, told)
    assert second.exit_code == 0, second.output
    assert "held out" in second.output and second.output.splitlines()[-1].startswith("better: ")
    kept = RUNNER.invoke(app, [*told, "--keep"])
    assert kept.exit_code == 0
    assert RUNNER.invoke(app, told).output.splitlines()[-1].startswith("same: 0 fixed, 0 broken")
