"""The store: whole at every moment, wherever it is stopped."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.store.store import COMMIT, Store
from schemas.datasets import DATASETS
from tests.conftest import ROOT

ISSUE = "0123456789abcdef"


class Stop(BaseException):
    """A kill: nothing in the store may catch it."""


def _files(mark: str) -> dict[str, bytes]:
    return {name: f"{name} {mark}".encode() for name in DATASETS}


def _steps(folder: Path, year: int | None, mark: str) -> list[str]:
    taken: list[str] = []
    Store(folder, taken.append).write(ISSUE, year, _files(mark), mark)
    return taken


def _stopped_store(folder: Path, at: int) -> Store:
    count = iter(range(1000))

    def step(_name: str) -> None:
        if next(count) == at:
            raise Stop

    return Store(folder, step)


def _committed_content(folder: Path) -> dict[str, bytes] | None:
    """What readers of committed issues see."""
    marks = list((folder / COMMIT).glob(f"year=*/{ISSUE}.parquet"))
    if not marks:
        return None
    assert len(marks) == 1
    return {name: (folder / name / marks[0].parent.name / marks[0].name).read_bytes() for name in DATASETS}


def test_looking_at_the_store_needs_no_arrow() -> None:
    code = "import sys, pipeline.store.store, pipeline.runs.plan; sys.exit('pyarrow' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0


def test_the_commit_mark_comes_last_and_goes_first(tmp_path: Path) -> None:
    taken = _steps(tmp_path, 2023, "old")
    assert taken[-1] == "rename issues"
    replaced = _steps(tmp_path, 2023, "new")
    changes = [step for step in replaced if not step.startswith("stage")]
    assert changes[0] == "remove issues"
    assert changes[-1] == "rename issues"
    removed: list[str] = []
    Store(tmp_path, removed.append).remove(ISSUE)
    assert removed[0] == "remove issues"
    assert not list(tmp_path.rglob("*.parquet")) and not list(tmp_path.rglob("*.txt"))


@pytest.mark.parametrize("year", [2023, None])
def test_a_stop_at_any_step_leaves_old_new_or_nothing(tmp_path: Path, year: int | None) -> None:
    steps = _steps(tmp_path / "count", 2023, "old") and _steps(tmp_path / "count", year, "new")
    for at in range(len(steps)):
        folder = tmp_path / str(at)
        Store(folder).write(ISSUE, 2023, _files("old"), "old")
        with pytest.raises(Stop):
            _stopped_store(folder, at).write(ISSUE, year, _files("new"), "new")
        assert _committed_content(folder) in (_files("old"), None)
        store = Store(folder)
        store.clear_temporary()
        assert (ISSUE in store.complete()) == (_committed_content(folder) is not None)
        store.write(ISSUE, year, _files("new"), "new")
        assert _committed_content(folder) == _files("new")
        assert {path.relative_to(folder) for path in folder.rglob("*.*")} == _clean_paths(tmp_path / "clean", year)


def _clean_paths(folder: Path, year: int | None) -> set[Path]:
    Store(folder).write(ISSUE, year, _files("new"), "new")
    return {path.relative_to(folder) for path in folder.rglob("*.*")}


def test_a_year_that_changes_takes_its_old_files_along(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.write(ISSUE, None, _files("old"), "old")
    assert (tmp_path / "targets" / "year=0" / f"{ISSUE}.parquet").exists()
    store.write(ISSUE, 2024, _files("new"), "new")
    assert [path.parent.name for path in tmp_path.glob(f"targets/*/{ISSUE}.parquet")] == ["year=2024"]


def test_temporary_names_lie_outside_the_datasets(tmp_path: Path) -> None:
    def step(name: str) -> None:
        for path in tmp_path.rglob("*.part"):
            assert path.parent == tmp_path / "_tmp"
            assert path.suffix != ".parquet"

    Store(tmp_path, step).write(ISSUE, 2023, _files("new"), "new")
    assert not list((tmp_path / "_tmp").iterdir())


def test_a_dataset_left_out_is_refused(tmp_path: Path) -> None:
    files = _files("new")
    del files["pages"]
    with pytest.raises(ValueError, match="datasets"):
        Store(tmp_path).write(ISSUE, 2023, files, "new")
    assert not list(tmp_path.rglob("*"))


def test_an_issue_with_a_missing_file_is_not_complete(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.write(ISSUE, 2023, _files("new"), "new")
    assert store.complete() == {ISSUE}
    (tmp_path / "pages" / "year=2023" / f"{ISSUE}.parquet").unlink()
    assert store.complete() == set()
