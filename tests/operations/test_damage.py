"""Damage is seen, named and healed: files cut short or flipped, lines of the ledger that are no records."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

import pipeline
from pipeline.cli import app
from pipeline.runs import runner
from pipeline.store import integrity, packing
from pipeline.store.committed import DamagedError
from pipeline.store.ledger import Ledger
from pipeline.store.store import Store
from tests.operations.made import engine, tree, write_raw


@pytest.fixture
def ground(tmp_path: Path) -> Path:
    """Six issues in ``raw``, made into ``out``."""
    write_raw(tmp_path / "raw")
    _run(tmp_path)
    return tmp_path


def _run(ground: Path) -> runner.Result:
    return runner.run([ground / "raw"], ground / "out", engine=engine())


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:100])


def _flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 3] ^= 0x10
    path.write_bytes(data)


@pytest.mark.parametrize("dataset", ["targets", "issues", "texts"])
@pytest.mark.parametrize("harm", [_cut, _flip])
@pytest.mark.parametrize("packed", [False, True], ids=["single", "packed"])
def test_a_run_heals_what_is_broken(ground: Path, dataset: str, harm: Callable[[Path], None], packed: bool) -> None:
    out = ground / "out"
    if packed:
        packing.pack(Store(out))
        _run(ground)
    whole = tree(out)
    victim = sorted((out / dataset).rglob("*.*"))[0]
    harm(victim)
    name = victim.relative_to(out).as_posix()
    said = CliRunner().invoke(app, ["status", str(out)])
    assert said.exit_code == 0 and f"damaged: {name}" in said.output and "gongbao run" in said.output
    result = _run(ground)
    assert [line.partition(":")[0] for line in result.damaged] == [name] and not result.lost
    assert tree(out) == whole
    assert _run(ground).made == 0


@pytest.mark.parametrize("harm", [_cut, _flip])
def test_load_names_the_file_and_the_cure(ground: Path, harm: Callable[[Path], None]) -> None:
    victim = sorted((ground / "out" / "targets").rglob("*.parquet"))[0]
    harm(victim)
    with pytest.raises(DamagedError, match=f"{victim.name} is damaged.*gongbao run"):
        pipeline.load("targets", ground / "out", quiet=True)
    victim.unlink()
    with pytest.raises(FileNotFoundError, match=f"{victim.name} is gone.*gongbao run"):
        pipeline.load("targets", ground / "out", quiet=True)


def test_verify_reads_every_byte_and_the_next_run_heals(ground: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = ground / "out"
    whole = tree(out)
    assert CliRunner().invoke(app, ["verify", str(out)]).exit_code == 0
    victim = sorted((out / "clauses").rglob("*.parquet"))[1]
    monkeypatch.setattr(integrity, "_last_look", lambda _store: 1 << 62)  # a disk that forgets changes no time stamp
    _flip(victim)
    assert _run(ground).damaged == []
    said = CliRunner().invoke(app, ["verify", str(out)])
    assert said.exit_code == 3 and f"damaged: {victim.relative_to(out)}: other bytes" in said.output
    assert len(_run(ground).damaged) == 1
    assert tree(out) == whole
    assert CliRunner().invoke(app, ["verify", str(out)]).exit_code == 0


def test_verify_without_digests_reads_the_form(ground: Path) -> None:
    out = ground / "out"
    (out / "_ledger" / "sums.jsonl").unlink()
    assert CliRunner().invoke(app, ["verify", str(out)]).exit_code == 0
    _cut(sorted((out / "clauses").rglob("*.parquet"))[1])
    said = CliRunner().invoke(app, ["verify", str(out)])
    assert said.exit_code == 3 and "damaged: clauses/" in said.output


def test_data_whose_source_is_gone_is_told(ground: Path) -> None:
    lost = Ledger(ground / "out").inputs[str(ground / "raw" / "1.txt")].issue_id
    (ground / "raw" / "1.txt").unlink()
    _cut(next((ground / "out" / "targets").rglob(f"{lost}.parquet")))
    result = _run(ground)
    assert result.lost == [lost] and result.made == 0
    assert list((ground / "out" / integrity.ASIDE).rglob(f"{lost}.parquet"))
    said = CliRunner().invoke(app, ["verify", str(ground / "out")])
    assert said.exit_code == 3 and f"incomplete: {lost}" in said.output


NO_RECORDS = [
    {"nothing": 1}, {"path": "/a"}, {"forget": ["x"]}, {"begun": 5}, {"begun": [[]]}, {"path": 7, "status": "done"},
]  # fmt: skip


@pytest.mark.parametrize("event", NO_RECORDS, ids=str)
def test_lines_that_are_no_records_are_set_aside(ground: Path, event: object) -> None:
    journal = ground / "out" / "_ledger" / "inputs.jsonl"
    before = Ledger(ground / "out").inputs
    with journal.open("a") as file:
        file.write(json.dumps(event) + "\n")
    assert Ledger(ground / "out").inputs == before
    said = CliRunner().invoke(app, ["status", str(ground / "out")])
    assert said.exit_code == 0 and "1 line of the ledger" in said.output
    assert _run(ground).set_aside == 1
    assert json.loads((ground / "out" / "_ledger" / "set-aside.jsonl").read_text()) == event
    assert _run(ground).set_aside == 0
    assert Ledger(ground / "out").inputs == before


@pytest.mark.parametrize("field", ["size", "status", "rows", "code_version", "issue_id", "superseded", "seconds"])
def test_a_record_with_a_damaged_field_is_none(ground: Path, field: str) -> None:
    journal = ground / "out" / "_ledger" / "inputs.jsonl"
    records = [line for line in map(json.loads, journal.read_text().splitlines()) if "path" in line]
    with journal.open("a") as file:
        file.write(json.dumps(records[0] | {field: {"a": "b"}}) + "\n")
    ledger = Ledger(ground / "out")
    assert len(ledger.set_aside) == 1 and len(ledger.inputs) == 6
