"""Many issues in one file: the same rows, the same bytes in whatever order, and back again."""

from __future__ import annotations

import contextlib
import json
import shutil
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest

import pipeline
from pipeline.runs import runner
from pipeline.runs.runner import Options
from pipeline.store import packing
from pipeline.store.store import Store
from schemas.datasets import DATASETS
from tests.operations.made import engine, tree, write_raw


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """``raw`` and what was made of it in ``out``."""
    folder = tmp_path_factory.mktemp("made")
    write_raw(folder / "raw")
    runner.run([folder / "raw"], folder / "out", engine=engine())
    return folder


@pytest.fixture
def ground(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy that a test may change; parts hold three issues at most."""
    monkeypatch.setattr(packing, "MOST_ISSUES", 3)
    shutil.copytree(made / "raw", tmp_path / "raw")
    runner.run([tmp_path / "raw"], tmp_path / "out", engine=engine())
    return tmp_path


def test_queries_give_the_same(ground: Path) -> None:
    store = Store(ground / "out")
    query = "select * from read_parquet('{}/**/*.parquet', hive_partitioning=true) order by all"
    rows = {name: duckdb.sql(query.format(ground / "out" / name)).fetchall() for name in DATASETS}
    frames = {name: pipeline.load(name, ground / "out") for name in DATASETS}
    assert packing.pack(store)
    for name in DATASETS:
        assert all(path.stem.startswith("part-") for path in (ground / "out" / name).rglob("*.parquet"))
        assert duckdb.sql(query.format(ground / "out" / name)).fetchall() == rows[name]
        assert pipeline.load(name, ground / "out").equals(frames[name])


def test_rows_are_sorted_by_issue(ground: Path) -> None:
    packing.pack(Store(ground / "out"))
    for path in (ground / "out").rglob("part-*.parquet"):
        issues = pq.ParquetFile(path).read(["issue_id"]).column(0).to_pylist()
        assert issues == sorted(issues)


def test_unpacking_gives_the_very_files_back(ground: Path) -> None:
    before = tree(ground / "out")
    packing.pack(Store(ground / "out"))
    assert tree(ground / "out") != before
    packing.unpack(Store(ground / "out"))
    assert tree(ground / "out") == before


def test_one_issue_is_taken_out_of_its_part(ground: Path) -> None:
    """The others stay where they are, and packing again gives the same bytes."""
    store = Store(ground / "out")
    packing.pack(store)
    before, whole = tree(ground / "out"), store.complete()
    place, held = max(store.parts().items(), key=lambda item: len(item[1]))
    assert packing.unpack(store, {held[0]}) == [place]
    assert store.singles() == {place[0]: [held[0]]}
    assert store.parts()[place] == held[1:]
    assert store.committed() == store.complete() == whole
    packing.pack(store)
    assert tree(ground / "out") == before


def test_packing_twice_changes_nothing(ground: Path) -> None:
    packing.pack(Store(ground / "out"))
    before = tree(ground / "out")
    assert packing.pack(Store(ground / "out")) == []
    assert tree(ground / "out") == before
    assert runner.run([ground / "raw"], ground / "out", engine=engine()).made == 0


@pytest.mark.parametrize("force", [False, True])
def test_a_replaced_issue_rewrites_its_part(ground: Path, force: bool) -> None:
    """However the issues came, the parts are those of a clean run."""
    packing.pack(Store(ground / "out"))
    shutil.rmtree(ground / "raw")
    write_raw(ground / "raw", changed=True)
    runner.run([ground / "raw"], ground / "out", Options(force=force, prune=True, yes=True), engine=engine())
    runner.run([ground / "raw"], ground / "clean", engine=engine())
    packing.pack(Store(ground / "clean"))
    assert tree(ground / "out") == tree(ground / "clean")


def test_a_lost_list_is_made_from_the_parts(ground: Path) -> None:
    store = Store(ground / "out")
    packing.pack(store)
    whole = store.complete()
    shutil.rmtree(ground / "out" / "_ledger" / "parts")
    assert store.complete() == whole and len(whole) == 6


def test_a_lost_part_makes_its_issues_incomplete(ground: Path) -> None:
    store = Store(ground / "out")
    packing.pack(store)
    before = tree(ground / "out")
    (partition, name), issues = sorted(store.parts().items())[0]
    (ground / "out" / "pages" / partition / f"{name}.parquet").unlink()
    assert store.committed() - store.complete() == set(issues)
    runner.run([ground / "raw"], ground / "out", engine=engine())
    assert tree(ground / "out") == before


@pytest.mark.parametrize("stop", range(0, 60, 4))
def test_a_change_of_layout_stopped_anywhere_is_carried_out_later(
    ground: Path, monkeypatch: pytest.MonkeyPatch, stop: int
) -> None:
    store = Store(ground / "out")
    packing.pack(store)
    clean = tree(ground / "out")
    packing.unpack(store)

    class Killed(BaseException):
        pass

    calls = iter(range(1_000_000))
    for name in ("unlink", "replace"):
        original = getattr(Path, name)

        def counted(self: Path, *arguments: object, original: object = original, **options: object) -> object:
            if next(calls) == stop:
                raise Killed
            return original(self, *arguments, **options)  # type: ignore[operator]

        monkeypatch.setattr(Path, name, counted)
    with contextlib.suppress(Killed):
        packing.pack(store)
    monkeypatch.undo()
    monkeypatch.setattr(packing, "MOST_ISSUES", 3)
    runner.run([ground / "raw"], ground / "out", engine=engine())
    assert tree(ground / "out") == clean


def test_issues_of_different_schemas_are_not_packed(ground: Path) -> None:
    path = next((ground / "out" / "pages").rglob("*.parquet"))
    table = pq.ParquetFile(path).read()
    pq.write_table(table.drop_columns([table.column_names[-1]]), path)
    before = tree(ground / "out")
    with pytest.raises(packing.PackError, match="gongbao run"):
        packing.pack(Store(ground / "out"))
    assert tree(ground / "out") == before


def test_a_part_tells_of_each_of_its_issues(ground: Path) -> None:
    packing.pack(Store(ground / "out"))
    for path in (ground / "out" / "targets").rglob("*.parquet"):
        metadata = pq.read_schema(path).metadata
        for issue, told in json.loads(metadata[b"issues"]).items():
            assert told["source_sha256"].startswith(issue)
