"""``gongbao status`` as an operator reads it."""

from __future__ import annotations

import importlib
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipeline.cli import app
from pipeline.runs import runner
from pipeline.runs.plan import Versions
from pipeline.store.ledger import Ledger
from tests.operations.made import engine, write_raw

module = importlib.import_module("pipeline.cli.status")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A processed folder whose raw folder has changed since: one file gone, one replaced, one touched."""
    folder = tmp_path_factory.mktemp("status")
    write_raw(folder / "raw", changed=True)
    runner.run([folder / "raw"], folder / "out", engine=engine())
    (folder / "raw" / "3.txt").unlink()
    (folder / "raw" / "2.txt").write_text("青河县人民政府公报\n", encoding="utf-8")
    (folder / "raw" / "4.txt").touch()
    (fifth,) = (item.issue_id for item in Ledger(folder / "out").inputs.values() if item.source_path == "5.txt")
    next((folder / "out" / "targets").glob(f"*/{fifth}.parquet")).unlink()
    return folder


def _said(out: Path, *more: str) -> str:
    result = CliRunner().invoke(app, ["status", str(out), *more])
    assert result.exit_code == 0, result.output
    return result.output


def test_what_needs_somebody_comes_first(made: Path) -> None:
    lines = _said(made / "out").splitlines()
    counts = dict(line.rsplit(maxsplit=1) for line in lines if ".txt" not in line)
    assert counts["inputs"] == "8" and counts["quarantined"] == "1" and counts["source gone"] == "1"
    text = "\n".join(lines)
    assert "stale: file changed  白石市人民政府公报" in text
    assert "source gone: stays until: gongbao run … --prune  云岭区人民政府公报" in text
    assert "8.txt  -  quarantined  empty: the file is empty" in text
    assert "stale: data missing" in text
    assert f"the same bytes as {made / 'raw' / '1.txt'}" in text
    states = [line.split("  ")[2].split(":")[0] for line in lines if ".txt  " in line]
    assert states == sorted(states, key=lambda state: state == "up to date") and "up to date" in states


def test_changed_rules_are_named(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    now = runner.versions()
    monkeypatch.setattr(module, "versions", lambda: Versions(now.code, "other rules"))
    said = _said(made / "out")
    assert "up to date" not in said
    assert "  rules changed" in said
    assert "quarantined: tried again by the next run, rules changed" in said


def test_a_long_list_is_cut(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_MOST_LISTED", 1)
    assert "more up to date: gongbao status --all" in _said(made / "out")
    assert "more up to date" not in _said(made / "out", "--all")
