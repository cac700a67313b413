"""A run that finds all files as the last one left them reads no record; whatever changes is seen."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.runs import runner, standing
from pipeline.runs.plan import Versions
from pipeline.runs.result import Options, Result
from pipeline.store.ledger import Ledger
from pipeline.store.store import Store
from pipeline.store.sums import note_damage
from tests.pipeline.test_running import Folders


@pytest.fixture
def folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Folders:
    """Three inputs, of which one cannot be read, after a run that had nothing to do; a stamp is never too fresh."""
    monkeypatch.setattr(standing, "FRESH_NS", 0)
    made = Folders(tmp_path)
    made.put("a.txt", "甲")
    made.put("below/b.txt", "乙")
    made.put("empty.txt", "")
    assert made.run(quick=True).standing is None
    assert made.run(quick=True).standing is None
    return made


def _change_in_place(folders: Folders) -> None:
    path = folders.raw / "a.txt"
    status = path.stat()
    path.write_text("丙", encoding="utf-8")
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))


def _flip_data(folders: Folders) -> None:
    path = next((folders.out / "issues").rglob("*.parquet"))
    path.write_bytes(path.read_bytes()[:-1] + b"x")


def _lose_data(folders: Folders) -> None:
    next((folders.out / "targets").rglob("*.parquet")).unlink()


CHANGES: dict[str, Callable[[Folders], object]] = {
    "a file of the same length and time": _change_in_place,
    "a new file": lambda folders: folders.put("c.txt", "丁"),
    "a new file in a folder below": lambda folders: folders.put("below/c.txt", "丁"),
    "a file that is gone": lambda folders: (folders.raw / "a.txt").unlink(),
    "a file that moved": lambda folders: (folders.raw / "a.txt").rename(folders.raw / "d.txt"),
    "what a listing says": lambda folders: (folders.raw / "a.txt.listing.json").write_text("{}"),
    "bytes of the data": _flip_data,
    "data that is gone": _lose_data,
    "text that is gone": lambda folders: next((folders.out / "texts").iterdir()).unlink(),
    "a record": lambda folders: Ledger(folders.out).forget(str(folders.raw / "a.txt")),
    "damage that was found": lambda folders: note_damage(Store(folders.out).files, ["texts/0.txt"]),
    "a switch of layout": lambda folders: (folders.out / "_ledger" / "switch.json").write_text("[]"),
}


def test_nothing_changed_is_seen_without_a_record(folders: Folders, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = folders.run()
    monkeypatch.setattr(runner, "Ledger", None)
    quick = folders.run(quick=True)
    assert quick.standing is not None and quick.records == []
    assert quick.totals() == whole.totals() and quick.totals().inputs == 3 and quick.totals().issues == 2
    assert quick.quarantined == whole.quarantined and quick.made == 0
    monkeypatch.undo()
    runs = Ledger(folders.out).runs()
    assert {**runs[-1], "seconds": 0, "finished": ""} == {**runs[-2], "seconds": 0, "finished": ""}


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_is_seen(change: str, folders: Folders) -> None:
    assert folders.run(quick=True).standing is not None
    CHANGES[change](folders)
    before = standing.fingerprint([str(folders.raw)], Store(folders.out).files, Options(quick=True), runner.versions())
    assert before is not None and standing.read(Store(folders.out).files, before) is None


@pytest.mark.parametrize("asked", [{"force": True}, {"prune": True}, {}])
def test_who_asks_for_more_gets_it(asked: dict[str, bool], folders: Folders) -> None:
    assert folders.run(**asked).standing is None
    assert folders.run(quick=True, **asked).standing is None or not asked


def test_other_versions_and_fresh_files_leave_no_fingerprint_alike(
    folders: Folders, monkeypatch: pytest.MonkeyPatch
) -> None:
    def taken(rules: str) -> str | None:
        files = Store(folders.out).files
        return standing.fingerprint([str(folders.raw)], files, Options(quick=True), Versions("code", rules))

    assert taken("a") == taken("a") != taken("b")
    monkeypatch.setattr(standing, "FRESH_NS", 1e18)
    assert taken("a") is None


def test_a_note_that_is_none_counts_for_nothing(folders: Folders) -> None:
    files = Store(folders.out).files
    assert standing.read(files, "other") is None
    for data in (
        b"",
        b"{",
        b"[]\n",
        b'{"fingerprint": "a"}\n',
        b'{"fingerprint": "a", "totals": {}, "quarantined": []}\n',
    ):
        files.write(standing.NOTED, data)
        assert standing.read(files, "a") is None
    standing.note(files, "a", Result(missing=["gone.txt"]))
    assert standing.read(files, "a") is None
