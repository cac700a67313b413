"""Files from the disk, and readers of third parties."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline import readers, versions
from pipeline.readers import ReaderError, read, read_bytes
from pipeline.runs.steps import patiently

MINUTES = """
from pipeline.readers.base import RawFile, Reader
from pipeline.readers.canonical.text import CanonicalText
from schemas.records import SourceText

def read(raw: RawFile) -> SourceText:
    canonical = CanonicalText()
    for line in raw.data.decode().splitlines()[1:]:
        canonical.paragraph(line)
    text, tables = canonical.finish()
    return SourceText(text, raw.source_path, raw.sha256, "text/x-minutes", None, tables=tables)

READER = Reader("minutes", lambda data: data.startswith(b"#minutes"), read)
"""


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of the module path with the distribution ``minutes`` in it, which registers a reader."""
    (tmp_path / "minutes.py").write_text(MINUTES, encoding="utf-8")
    about = tmp_path / "minutes-1.0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: minutes\nVersion: 1.0\n", encoding="utf-8")
    (about / "entry_points.txt").write_text("[gongbao.readers]\nminutes = minutes:READER\n", encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    for cached in (readers.readers, versions.code_version, versions.reader_version):
        cached.cache_clear()
    yield tmp_path
    sys.modules.pop("minutes", None)
    monkeypatch.undo()
    for cached in (readers.readers, versions.code_version, versions.reader_version):
        cached.cache_clear()


def test_a_reader_of_a_third_party_is_asked_first(installed: Path) -> None:
    source = read_bytes("#minutes\n　　决定任命郁杉为市审计局局长。\n会议结束。".encode(), "a.txt")
    assert (source.text, source.media_type) == ("决定任命郁杉为市审计局局长。\n\n会议结束。\n", "text/x-minutes")
    assert read_bytes("会议纪要".encode(), "a.txt").media_type == "text/plain"


def test_another_version_of_such_a_reader_makes_everything_stale(installed: Path) -> None:
    before = versions.code_version(), versions.reader_version()
    (installed / "minutes-1.0.dist-info").rename(installed / "minutes-1.1.dist-info")
    metadata = installed / "minutes-1.1.dist-info" / "METADATA"
    metadata.write_text(metadata.read_text(encoding="utf-8").replace("1.0", "1.1"), encoding="utf-8")
    versions.code_version.cache_clear()
    versions.reader_version.cache_clear()
    assert before[0] != versions.code_version()
    assert before[1] != versions.reader_version()


@pytest.mark.parametrize(
    ("code", "reason"), [("import nowhere", "cannot be loaded: No module named 'nowhere'"), ("READER = 1", "is no pipeline.readers.Reader")]
)  # fmt: skip
def test_a_reader_that_cannot_be_loaded_is_named(installed: Path, code: str, reason: str) -> None:
    (installed / "minutes.py").write_text(code, encoding="utf-8")
    with pytest.raises(ReaderError) as caught:
        read_bytes("会议纪要".encode(), "a.txt")
    assert str(caught.value) == f"a.txt: the reader minutes (minutes:READER) {reason}"


def test_a_file_that_changes_while_it_is_read_is_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("青河县".encode())
    original, growing = Path.read_bytes, [b"\n", b""]

    def read_and_grow(self: Path) -> bytes:
        data = original(self)
        with self.open("ab") as file:
            file.write(growing.pop(0))
        return data

    monkeypatch.setattr(Path, "read_bytes", read_and_grow)
    monkeypatch.setattr("pipeline.runs.steps.RETRY_SECONDS", 0)
    assert patiently(read, path).text == "青河县\n"
    growing[:] = [b"1"] * 9
    with pytest.raises(OSError) as caught:
        patiently(read, path)
    assert caught.value.strerror == "changed while it was read"


def test_what_is_no_file_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "a.txt").symlink_to(tmp_path / "b.txt")
    (tmp_path / "b.txt").symlink_to(tmp_path / "a.txt")
    for name, reason in (("pipe.txt", "no regular file"), ("a.txt", "Too many levels of symbolic links")):
        with pytest.raises(ReaderError, match=reason) as caught:
            read(tmp_path / name)
        assert caught.value.cause == "unreadable"
