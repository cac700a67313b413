"""The ledger: what is appended stays, what a kill cuts is skipped, one run at a time."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.store.ledger import InputRecord, Ledger, Locked, lock

RECORD = InputRecord(
    path="/raw/a.txt", source_path="a.txt", size=3, changed_ns=5, sha256="ab", status="done",
    code_version="c", rules_version="r", seconds=0.1, issue_id="i", rows={"targets": 2},
    problems={"numbering_gap": 1},
)  # fmt: skip


def test_records_survive(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)
    ledger.record(RECORD)
    ledger.record(replace(RECORD, path="/raw/b.txt", status="quarantined", reason="the file is empty"))
    assert Ledger(tmp_path).inputs == ledger.inputs
    ledger.forget("/raw/a.txt")
    assert set(Ledger(tmp_path).inputs) == {"/raw/b.txt"}


@pytest.mark.parametrize("cut", [1, 10, 100])
def test_a_line_cut_by_a_kill_is_skipped_and_does_not_spoil_the_next(tmp_path: Path, cut: int) -> None:
    ledger = Ledger(tmp_path)
    ledger.record(RECORD)
    ledger.record(replace(RECORD, path="/raw/b.txt"))
    file = tmp_path / "_ledger" / "inputs.jsonl"
    file.write_bytes(file.read_bytes()[:-cut])
    again = Ledger(tmp_path)
    assert RECORD.path in again.inputs
    again.record(replace(RECORD, path="/raw/c.txt"))
    assert set(Ledger(tmp_path).inputs) >= {"/raw/a.txt", "/raw/c.txt"}


def test_compaction_keeps_what_is_in_force(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)
    for seconds in range(1200):
        ledger.record(replace(RECORD, seconds=float(seconds)))
    ledger.compact()
    assert len((tmp_path / "_ledger" / "inputs.jsonl").read_bytes().splitlines()) == 1
    assert Ledger(tmp_path).inputs[RECORD.path].seconds == 1199.0


def test_two_runs_at_once_are_told_apart(tmp_path: Path) -> None:
    with lock(tmp_path), pytest.raises(Locked, match="another run"), lock(tmp_path):
        pass
    with lock(tmp_path):
        pass
