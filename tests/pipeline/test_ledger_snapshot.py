"""The snapshot of a large ledger: it says what the journal said, whatever changes over it and wherever a kill comes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipeline import storage
from pipeline.cli import app
from pipeline.storage import StorageError
from pipeline.store import ledger as ledgers
from pipeline.store import snapshot as snapshots
from pipeline.store.ledger import SNAPSHOT, InputRecord, Ledger
from pipeline.store.snapshot import Records, rows_of, snapshot

RECORD = InputRecord(
    path="/raw/a.txt", source_path="a.txt", size=3, changed_ns=5, sha256="ab", status="done",
    code_version="c", rules_version="r", seconds=0.1, issue_id="i", rows={"targets": 2},
)  # fmt: skip
NAMES = [*(f"/raw/{number:05}.txt" for number in range(300)), "/raw/公报\udcc4.txt", "/raw/公报𠮷.txt", "/a"]


def _records(*names: str, **changes: object) -> dict[str, InputRecord]:
    return {name: replace(RECORD, path=name, **changes) for name in names}  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def data() -> Iterator[bytes]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(snapshots, "_GROUP", 64)
        yield snapshot(rows_of(_records(*NAMES)))


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Ledgers of ten lines are large."""
    monkeypatch.setattr(ledgers, "_SNAPSHOT_FROM", 10)
    yield


def test_a_snapshot_holds_every_record(data: bytes) -> None:
    records = Records(data)
    assert len(records) == len(NAMES) and list(records) == sorted(NAMES) == [record.path for record in records.values()]
    assert all(records[name] == replace(RECORD, path=name) for name in NAMES[::31] + NAMES[-3:])
    for name in ("/raw/b.txt", "", "/raw/00000", "/zzz"):
        assert name not in records and records.get(name) is None


def test_changes_lie_over_a_snapshot(data: bytes) -> None:
    records, expected = Records(data), _records(*NAMES)
    new = _records("/", "/raw/00007.txt", "/raw/00007a.txt", "/zzz", status="quarantined")
    records.update(new)
    expected.update(new)
    for name in ("/a", "/raw/00299.txt", "/zzz"):
        del records[name], expected[name]
    with pytest.raises(KeyError):
        del records["/a"]
    assert records == expected and list(records.values()) == [expected[name] for name in sorted(expected)]
    assert Records(snapshot(rows_of(records))) == expected and Records(snapshot(())) == {}


@pytest.mark.parametrize("cut", [1, 1000])
def test_a_snapshot_cut_short_is_told(data: bytes, cut: int) -> None:
    with pytest.raises(StorageError, match="damaged"):
        Records(data[:-cut])


def test_a_flipped_bit_is_told_or_changes_nothing(data: bytes) -> None:
    """What stands in no record (a page's own statistics, say) does no harm."""
    footer = len(data) - 8 - int.from_bytes(data[-8:-4], "little")
    told = 0
    for place in range(4, footer, footer // 60):
        flipped = bytearray(data)
        flipped[place] ^= 1
        try:
            assert dict(Records(bytes(flipped))) == _records(*NAMES)
        except StorageError:
            told += 1
    assert told > 20


def _work(out: storage.Place) -> dict[str, InputRecord]:
    """Some runs over *out*; what its ledger has to hold then."""
    for run in range(3):
        ledger = Ledger(out)
        ledger.begin(["i", "j"])
        for number in range(run, 26 + run):
            old = ledger.inputs.get(f"/raw/{number}.txt")
            superseded = (old.issue_id,) if old and old.issue_id else ()
            ledger.record(*_records(f"/raw/{number}.txt", issue_id=f"{run}", superseded=superseded).values())
        ledger.forget(f"/raw/{run}.txt")
        if run != 1:
            ledger.settle()
        ledger.compact()
    issues = dict.fromkeys((f"/raw/{number}.txt" for number in range(3, 28)), "2")
    return {name: record for name, issue in issues.items() for record in _records(name, issue_id=issue).values()}


@pytest.mark.usefixtures("few")
@pytest.mark.parametrize("place", ["folder", "memory"])
def test_a_large_ledger_is_a_snapshot_and_a_journal(tmp_path: Path, place: str) -> None:
    out = str(tmp_path) if place == "folder" else "memory://snapshots/out"
    expected = _work(out)
    ledger = Ledger(out)
    assert storage.at(out).exists(SNAPSHOT) and isinstance(ledger.inputs, Records)
    assert ledger.inputs == expected and not ledger.begun
    assert storage.at(out).journal("_ledger/inputs.jsonl").count(b"\n") < 20


@pytest.mark.usefixtures("few")
def test_a_journal_that_the_snapshot_has_taken_in_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As a kill leaves it between the two."""
    monkeypatch.setattr(Ledger, "_rewrite", lambda *_: None)
    expected = _work(tmp_path)
    journal = (tmp_path / "_ledger" / "inputs.jsonl").read_bytes()
    assert journal.count(b"\n") > 80 and Ledger(tmp_path).inputs == expected


def test_a_small_ledger_has_no_snapshot(tmp_path: Path) -> None:
    _work(tmp_path)
    assert not (tmp_path / SNAPSHOT).exists() and isinstance(Ledger(tmp_path).inputs, dict)


@pytest.mark.parametrize("command", ["status", "verify", "run raw --dry-run --out"])
def test_commands_name_a_damaged_snapshot_and_the_cure_in_one_line(command: str, tmp_path: Path) -> None:
    storage.at(tmp_path).write(SNAPSHOT, b"PAR1 and nothing else")
    said = CliRunner().invoke(app, [*command.split(), str(tmp_path)])
    assert said.exit_code == 1 and len(said.output.splitlines()) == 1
    assert (
        said.output.startswith(f"gongbao: {SNAPSHOT}, the ledger's snapshot, is damaged")
        and "take it away" in said.output
    )
