"""The files of an archive, opened with limits: it comes from others and may be made to fill a disk."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Final

from pipeline.fetching.web import FetchError

MARK: Final = b"PK\x03\x04"
_OFFICE: Final = ("[Content_Types].xml", "mimetype")
"""Names by which a document that is itself an archive is told from an archive of documents."""
_TAKEN: Final = (
    ".pdf",
    ".doc",
    ".docx",
    ".wps",
    ".ofd",
    ".txt",
    ".html",
    ".htm",
    ".png",
    ".jpg",
    ".jpeg",
    ".tif",
    ".tiff",
)
_MOST_FILES: Final = 1000
_MOST_PACKED: Final = 200
"""A file that is packed to less than this part of its size is made to fill a disk."""
_UTF8: Final = 0x800


@dataclass(frozen=True, slots=True)
class Member:
    """A file of an archive, by its name without folders."""

    name: str
    data: bytes


def is_archive(data: bytes) -> bool:
    """Whether *data* is an archive of files, and not a document whose format is one."""
    if not data.startswith(MARK):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return not any(name in _OFFICE for name in archive.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return False


def members(data: bytes, most_bytes: int) -> Iterator[Member]:
    """The documents in an archive. Raises :class:`FetchError` where it is damaged, encrypted or over the limits."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            wanted = [info for info in archive.infolist() if _is_wanted(info)]
            if len(wanted) > _MOST_FILES:
                raise FetchError(f"an archive of {len(wanted)} files, over the limit of {_MOST_FILES}")
            if sum(info.file_size for info in wanted) > most_bytes:
                raise FetchError(f"an archive of files over the limit of {most_bytes} bytes")
            for info in wanted:
                yield Member(PurePosixPath(_name(info)).name, _read(archive, info))
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
        raise FetchError(f"an archive that cannot be opened: {error}") from error


def _is_wanted(info: zipfile.ZipInfo) -> bool:
    name = PurePosixPath(_name(info))
    return not info.is_dir() and not name.name.startswith(".") and name.suffix.lower() in _TAKEN


def _read(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    if info.flag_bits & 1:
        raise FetchError("an archive that is encrypted")
    if info.file_size > _MOST_PACKED * max(info.compress_size, 1):
        raise FetchError(f"an archive whose file {_name(info)} is packed to less than a {_MOST_PACKED}th")
    with archive.open(info) as file:
        return file.read(info.file_size)  # the size that is announced is the most that comes


def _name(info: zipfile.ZipInfo) -> str:
    """The name as it was given: Windows writes it in the system's code page, and the library takes it for another."""
    if info.flag_bits & _UTF8:
        return info.filename.replace("\\", "/")
    try:
        raw = info.filename.encode("cp437")
    except UnicodeEncodeError:
        return info.filename
    for codec in ("utf-8", "gb18030"):
        try:
            return raw.decode(codec).replace("\\", "/")
        except UnicodeDecodeError:
            continue
    return info.filename
