"""What operators meet: names of old archives, sources that are not mounted, a look before a run."""

from __future__ import annotations

import fcntl
import io
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import IO

import pytest
from typer.testing import CliRunner

import pipeline
from pipeline.cli import app
from pipeline.readers.discovery import shown
from pipeline.runs import runner
from pipeline.runs.runner import Options, PruneRefused
from pipeline.store.ledger import Ledger
from tests.conftest import ROOT, Gongbao
from tests.operations.made import PLACES, engine, text_of, write_raw

OLD = b"\xc4\xea\xb1\xa8.txt"
"""年报.txt in GB 18030, as an old archive leaves it; three of its bytes happen to be a syllable in UTF-8."""
OLD_EMPTY = b"\xbf\xd5.txt"


@pytest.fixture
def oddly_named(tmp_path: Path) -> Path:
    """A folder with names that are no UTF-8, a readable file and an empty one, and a plain file."""
    raw = tmp_path / "raw"
    raw.mkdir()
    for name, text in ((OLD, text_of("青河县", 1)), (OLD_EMPTY, ""), (b"plain.txt", text_of("白石市", 2))):
        with open(os.path.join(os.fsencode(raw), name), "wb") as file:
            file.write(text.encode())
    return raw


def test_any_name_is_an_input_or_a_quarantined_record(oddly_named: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    result = runner.run([oddly_named], out, engine=engine())
    assert result.made == 2
    assert [record.source_path for record in result.quarantined] == [r"\xbf\xd5.txt"]
    assert sorted(pipeline.load("issues", out, quiet=True)["source_path"]) == [r"\xc4걨.txt", "plain.txt"]
    assert {os.fsencode(record.path) for record in Ledger(out).inputs.values()} == {
        os.path.join(os.fsencode(oddly_named), name) for name in (OLD, OLD_EMPTY, b"plain.txt")
    }
    again = runner.run([oddly_named], out, engine=engine())
    assert (again.made, len(again.records)) == (0, 3)
    said = CliRunner().invoke(app, ["status", str(out)])
    assert said.exit_code == 0 and r"\xc4걨.txt" in said.output


def test_the_command_takes_such_names_too(
    oddly_named: Path, tmp_path: Path, gongbao: Gongbao, prefect_api: str
) -> None:
    first = gongbao("run", oddly_named, "--out", tmp_path / "out", "--workers", 2, PREFECT_API_URL=prefect_api)
    assert first.returncode == 3, first.stderr
    assert r"done  \xc4걨.txt" in first.stderr and "Traceback" not in first.stderr
    os.unlink(os.path.join(os.fsencode(oddly_named), OLD))
    again = ("run", oddly_named, "--out", tmp_path / "out", "--prune", "--yes")
    pruned = gongbao(*again, PREFECT_API_URL=prefect_api)
    assert pruned.returncode == 3 and "removed the data of 1" in pruned.stdout
    missing = os.fsencode(tmp_path) + b"/\xc4\xea"
    refused = subprocess.run(
        [sys.executable, "-m", "pipeline", "run", missing], cwd=ROOT, capture_output=True, check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert refused.returncode == 2 and rb"there is no" in refused.stderr and rb"\xc4\xea" in refused.stderr


@pytest.mark.parametrize(
    ("name", "expected"),
    [(b"\xc4\xea.txt", r"\xc4\xea.txt"), ("年报.txt".encode(), "年报.txt"), (b"a\xe5\xb9.txt", r"a\xe5\xb9.txt")],
)
def test_a_name_is_shown_escaped(name: bytes, expected: str) -> None:
    assert shown(os.fsdecode(name)) == expected


@pytest.fixture
def twelve(tmp_path: Path) -> Path:
    """Twelve issues below ``raw``, made into ``out``."""
    (tmp_path / "raw").mkdir()
    for number in range(12):
        (tmp_path / "raw" / f"{number}.txt").write_text(text_of(PLACES[number % 6], number), encoding="utf-8")
    runner.run([tmp_path / "raw"], tmp_path / "out", engine=engine())
    return tmp_path


def _prune(folder: Path, *, yes: bool = False) -> runner.Result:
    return runner.run([folder / "raw"], folder / "out", Options(prune=True, yes=yes), engine=engine())


@pytest.mark.parametrize(("gone", "refused"), [(0, False), (1, False), (2, True), (12, True)])
def test_pruning_refuses_where_much_is_gone(twelve: Path, gone: int, refused: bool) -> None:
    for number in range(gone):
        (twelve / "raw" / f"{number}.txt").unlink()
    if refused:
        now = "no file stands there now" if gone == 12 else f"{12 - gone} files stand there now"
        with pytest.raises(PruneRefused, match=f"{gone} of 12 known files below .*/raw are gone, {now}.*--yes"):
            _prune(twelve)
        assert len(Ledger(twelve / "out").inputs) == 12
    assert len(_prune(twelve, yes=refused).removed) == gone


def test_a_folder_that_is_not_mounted_loses_nothing(twelve: Path) -> None:
    """Without pruning nothing goes anyway; with it the empty mount point is noticed, a second folder counts for itself."""
    (twelve / "more").mkdir()
    (twelve / "more" / "a.txt").write_text(text_of("西山县", 40), encoding="utf-8")
    runner.run([twelve / "raw", twelve / "more"], twelve / "out", engine=engine())
    shutil.rmtree(twelve / "raw")
    (twelve / "raw").mkdir()
    assert runner.run([twelve / "raw"], twelve / "out", engine=engine()).removed == []
    result = CliRunner().invoke(
        app, ["run", str(twelve / "raw"), str(twelve / "more"), "--out", str(twelve / "out"), "--prune"]
    )
    assert result.exit_code == 1 and "12 of 12 known files" in result.output and "more" not in result.output
    assert len(pipeline.load("issues", twelve / "out", editions="all")) == 13


def test_a_dry_run_says_what_and_why_and_writes_nothing(tmp_path: Path) -> None:
    write_raw(tmp_path / "raw")
    runner.run([tmp_path / "raw"], tmp_path / "out", engine=engine())
    write_raw(tmp_path / "raw", changed=True)
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "out").rglob("*")}
    arguments = ["run", str(tmp_path / "raw"), "--out", str(tmp_path / "out"), "--prune", "--dry-run"]
    said = CliRunner().invoke(app, arguments)
    assert said.exit_code == 0
    lines = said.output.splitlines()
    assert [line for line in lines if line.startswith(("make", "replace", "remove"))] == [
        "make  7.txt  new", "make  8.txt  new", "replace  2.txt  file changed", "replace  5.txt  file changed",
        "remove  6.txt  its file is gone",
    ]  # fmt: skip
    assert "to make 2, to replace 2, to remove 1; 4 need nothing" in lines
    assert any("would refuse without --yes: 1 of 6 known files" in line for line in lines)
    assert before == {path: path.stat().st_mtime_ns for path in (tmp_path / "out").rglob("*")}


class Telling(io.StringIO):
    """What is said to it, which the process that is waited for hears."""

    def __init__(self, heard: IO[bytes]) -> None:
        super().__init__()
        self._heard = heard

    def write(self, said: str) -> int:
        self._heard.write(b"\n")
        self._heard.flush()
        return super().write(said)


def test_who_waits_for_the_database_says_for_whom(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It says so before it has what it waits for: only then does the other one let go."""
    from pipeline.orchestration.server import _wait_for_the_first

    path = tmp_path / "first.lock"
    holding = subprocess.Popen(
        [sys.executable, "-c", "import fcntl,sys; f=open(sys.argv[1],'a+'); fcntl.flock(f,2);"
         "f.write('4711'); f.flush(); print('held',flush=True); sys.stdin.readline()", str(path)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    )  # fmt: skip
    assert holding.stdin and holding.stdout and holding.stdout.readline() == b"held\n"
    said = Telling(holding.stdin)
    monkeypatch.setattr(sys, "stderr", said)
    with path.open("a+", encoding="utf-8") as lock:
        _wait_for_the_first(lock)
        assert holding.wait() == 0
        assert "waiting for process 4711, which makes Prefect's database" in said.getvalue()
        assert path.read_text() == f"{os.getpid()}\n"
        fcntl.flock(lock, fcntl.LOCK_UN)
