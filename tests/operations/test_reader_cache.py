"""What readers made is kept: the same source comes back, and a damaged entry counts as none."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline import readers
from pipeline.readers import reader_cache
from pipeline.runs import runner
from pipeline.runs.runner import Options
from schemas.records import SourceText
from tests.operations.made import text_of

PAGE = "<html><head><title>公报</title></head><body><h1>{}</h1>{}<table><tr><td>甲</td><td>乙</td></tr></table></body></html>"


def _page(folder: Path) -> Path:
    paragraphs = "".join(f"<p>{line}</p>" for line in text_of("青河县", 1).splitlines() if line)
    path = folder / "1.html"
    path.write_text(PAGE.format("青河县人民政府公报", paragraphs), encoding="utf-8")
    return path


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The paths that readers had to read."""
    asked: list[Path] = []
    original = readers.read

    def read(path: Path, root: Path) -> SourceText:
        asked.append(path)
        return original(path, root)

    monkeypatch.setattr(reader_cache.readers, "read", read)
    return asked


def test_a_source_comes_back_equal(tmp_path: Path, counted: list[Path]) -> None:
    path = _page(tmp_path)
    first = reader_cache.read(path, tmp_path, tmp_path / "out")
    again = reader_cache.read(path, tmp_path, tmp_path / "out")
    assert again == first == readers.read_bytes(path.read_bytes(), "1.html")
    assert len(counted) == 1
    assert first.tables, "the page has a table, so that nested records are compared"


def test_the_same_bytes_elsewhere_carry_their_own_path(tmp_path: Path, counted: list[Path]) -> None:
    path = _page(tmp_path)
    reader_cache.read(path, tmp_path, tmp_path / "out")
    (tmp_path / "sub").mkdir()
    moved = path.rename(tmp_path / "sub" / "2.html")
    assert reader_cache.read(moved, tmp_path, tmp_path / "out").source_path == "sub/2.html"
    assert len(counted) == 1


@pytest.mark.parametrize("damage", [b"", b"gongbao source 1 ", None])
def test_a_damaged_entry_is_made_anew(tmp_path: Path, counted: list[Path], damage: bytes | None) -> None:
    path = _page(tmp_path)
    first = reader_cache.read(path, tmp_path, tmp_path / "out")
    entry = next((tmp_path / "out" / "_cache").glob("*/*"))
    whole = entry.read_bytes()
    entry.write_bytes(whole[:-9] + b"x" * 9 if damage is None else damage)
    assert reader_cache.read(path, tmp_path, tmp_path / "out") == first
    assert len(counted) == 2
    assert entry.read_bytes() == whole, "entries of equal sources are equal"


def test_another_version_of_the_readers_reads_anew(
    tmp_path: Path, counted: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = _page(tmp_path)
    reader_cache.read(path, tmp_path, tmp_path / "out")
    monkeypatch.setattr(reader_cache, "reader_version", lambda: "another")
    reader_cache.read(path, tmp_path, tmp_path / "out")
    assert len(counted) == 2


def test_text_is_not_kept(tmp_path: Path) -> None:
    (tmp_path / "1.txt").write_text(text_of("青河县", 1), encoding="utf-8")
    reader_cache.read(tmp_path / "1.txt", tmp_path, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_change_of_rules_extracts_anew_and_reads_nothing(
    tmp_path: Path, counted: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    from pipeline.runs import steps

    def engine(tasks, store, _count, done) -> None:  # type: ignore[no-untyped-def]
        for outcome in steps.make_all(tasks, store.folder):
            done(outcome)

    (tmp_path / "raw").mkdir()
    _page(tmp_path / "raw")
    assert runner.run([tmp_path / "raw"], tmp_path / "out", engine=engine).made == 1
    monkeypatch.setattr(runner, "rules_version", lambda: "another")
    assert runner.run([tmp_path / "raw"], tmp_path / "out", engine=engine).made == 1
    assert len(counted) == 1


def test_pruning_drops_what_is_not_in_use(tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    path = _page(tmp_path / "raw")
    reader_cache.read(path, tmp_path / "raw", tmp_path / "out")
    path.unlink()
    runner.run([tmp_path / "raw"], tmp_path / "out", Options(prune=True, yes=True), engine=lambda *_: None)
    assert not list((tmp_path / "out" / "_cache").glob("*/*"))
