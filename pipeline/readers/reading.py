"""Reading a file: the format is found from its content, and its reader is asked."""

from __future__ import annotations

import errno
import hashlib
import stat
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from typing import Final

from pipeline.readers import discovery
from pipeline.readers.base import Cause, RawFile, Reader, ReaderError
from pipeline.readers.docx.reader import READER as DOCX
from pipeline.readers.html.reader import READER as HTML
from pipeline.readers.ocr.image import READER as IMAGE
from pipeline.readers.pdf.reader import READER as PDF
from pipeline.readers.text import READER as TEXT
from pipeline.storage import is_remote
from pipeline.versions import READER_GROUP
from schemas.records import SourceText

BUILT_IN: Final = (PDF, DOCX, IMAGE, HTML, TEXT)
"""Our own formats; text comes last, as the format of whatever has no mark of its own."""

_PERMANENT: Final = {
    errno.ENOENT,
    errno.EACCES,
    errno.EPERM,
    errno.EISDIR,
    errno.ELOOP,
    errno.ENOTDIR,
    errno.ENAMETOOLONG,
}
"""Errors that a second try does not mend."""


@cache
def readers() -> tuple[Reader, ...]:
    """The readers in the order in which they are asked: third parties' by name, then ours.

    Raises :class:`ImportError` where one of a third party cannot be loaded.
    """
    points = sorted(entry_points(group=READER_GROUP), key=lambda point: point.name)
    return (*map(_load, points), *BUILT_IN)


def _load(point: EntryPoint) -> Reader:
    try:
        reader = point.load()
    except Exception as error:  # code that is not ours
        raise ImportError(f"the reader {point.name} ({point.value}) cannot be loaded: {error}") from error
    if not isinstance(reader, Reader):
        raise ImportError(f"the reader {point.name} ({point.value}) is no pipeline.readers.Reader")
    return reader


def read(path: Path | str, root: Path | str | None = None) -> SourceText:
    """The file or object at *path*, its ``source_path`` relative to the folder *root* (by default its own).

    Raises :class:`ReaderError` for an input that no second try mends, and :class:`OSError` for a
    fault of the disk or the network that may pass.
    """
    source_path = discovery.relative(str(path), str(root)) if root is not None else discovery.shown(Path(path).name)
    try:
        data = discovery.fetch(str(path)) if is_remote(path) else _bytes_of(Path(path), source_path)
    except OSError as error:
        code = errno.ENOENT if isinstance(error, FileNotFoundError) else error.errno  # stores leave the number out
        if code not in _PERMANENT:
            raise
        cause: Cause = "missing" if code == errno.ENOENT else "unreadable"
        raise ReaderError(source_path, cause, error.strerror or "cannot be opened") from error
    return read_bytes(data, source_path)


def _bytes_of(path: Path, source_path: str) -> bytes:
    before = path.stat()
    if not stat.S_ISREG(before.st_mode):
        raise ReaderError(source_path, "unreadable", "no regular file")
    data = path.read_bytes()
    after = path.stat()
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        raise OSError(errno.EAGAIN, "changed while it was read", source_path)
    return data


def read_bytes(data: bytes, source_path: str) -> SourceText:
    """The bytes of a file as its canonical text; raises :class:`ReaderError`."""
    if not data:
        raise ReaderError(source_path, "empty", "the file is empty")
    raw = RawFile(data, source_path, hashlib.sha256(data).hexdigest())
    try:
        known = readers()
    except ImportError as error:
        # Without it a file of its format might be read as something else.
        raise ReaderError(source_path, "internal", str(error)) from error
    return next(reader for reader in known if reader.recognises(data)).read(raw)
