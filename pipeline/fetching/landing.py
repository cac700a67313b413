"""Where fetched files land: ``raw/<gazette>/<year>/<name>``, a changed one beside the old as a revision.

``raw/.fetched/<gazette>.jsonl`` records address, time and digest of every file, one line each, appended
after the file stands; hidden folders are no inputs of a run. A file is written beside its place and renamed.
"""

from __future__ import annotations

import datetime as dt
import fcntl
import hashlib
import json
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath
from typing import Final
from urllib.parse import unquote, urlsplit

from pipeline.storage.json_lines import events

FOLDER: Final = ".fetched"
UNDATED: Final = "undated"
_YEAR: Final = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_YEAR_IN_ADDRESS: Final = re.compile(r"(?<!\d)((?:19|20)\d\d)(?:(?:0[1-9]|1[0-2])(?:[0-3]\d)?)?(?!\d)")
_UNSAFE: Final = re.compile(r"[^\w.()（）〔〕-]+")
_LONGEST_NAME: Final = 80


class FetchLocked(Exception):
    """Another fetch is at work in the same raw folder."""


@dataclass(frozen=True, slots=True)
class Landed:
    """A file that came from *url*, with what conditional requests need; times are UTC in ISO format.

    ``checked`` is when the server was last asked; ``fetched`` when these bytes came.
    """

    url: str
    path: str
    sha256: str
    size: int
    fetched: str
    checked: str
    revision: int = 1
    etag: str | None = None
    last_modified: str | None = None


class Landing:
    """The files of one gazette below a raw folder, and the record of where they came from."""

    def __init__(self, raw: Path, gazette: str) -> None:
        self._raw = raw
        self._gazette = gazette
        self._record = raw / FOLDER / f"{gazette}.jsonl"
        self.known: dict[str, Landed] = {}
        """The last file of every address."""
        self._taken: dict[str, str] = {}
        for item in (Landed(**event) for event in events(self._record)):
            self.known[item.url] = item
            self._taken[item.path] = item.url

    def is_there(self, known: Landed) -> bool:
        """Whether the file still stands where it landed."""
        return (self._raw / known.path).exists()

    def check(self, known: Landed) -> None:
        """Record that the server has nothing newer."""
        self._append(_replaced(known, checked=_now()))

    def put(
        self, url: str, year: str, data: bytes, etag: str | None = None, last_modified: str | None = None
    ) -> Landed | None:
        """Let *data* from *url* land; ``None`` where the last file of this address holds the same bytes.

        Raises :class:`OSError` and leaves no part of a file behind.
        """
        sha256 = hashlib.sha256(data).hexdigest()
        known = self.known.get(url)
        if known and known.sha256 == sha256 and self.is_there(known):
            self._append(_replaced(known, checked=_now(), etag=etag, last_modified=last_modified))
            return None
        changed = known is not None and known.sha256 != sha256
        revision = known.revision + changed if known else 1
        path = self._free_path(url, year, sha256, revision)
        _write(self._raw / path, data)
        now = _now()
        landed = Landed(url, path, sha256, len(data), now, now, revision, etag, last_modified)
        self._append(landed)
        return landed

    def _free_path(self, url: str, year: str, sha256: str, revision: int) -> str:
        """The file's place: its own name, else one that is unique to the address, of this or a later revision."""
        stem, suffix = name_of(url)
        mark = hashlib.sha256(url.encode()).hexdigest()[:8]
        for number in range(revision, revision + 1000):
            later = f".r{number}" if number > 1 else ""
            for name in (f"{stem}{later}{suffix}", f"{stem}-{mark}{later}{suffix}"):
                path = f"{self._gazette}/{year}/{name}"
                if self._taken.get(path, url) == url and self._is_free(path, sha256):
                    return path
        raise FileExistsError(f"no free name for {url} in {self._gazette}/{year}")

    def _is_free(self, path: str, sha256: str) -> bool:
        """Whether nothing stands there, or these very bytes (of a fetch that was killed before its record)."""
        try:
            return hashlib.sha256((self._raw / path).read_bytes()).hexdigest() == sha256
        except FileNotFoundError:
            return True

    def _append(self, item: Landed) -> None:
        self._record.parent.mkdir(parents=True, exist_ok=True)
        line = (json.dumps(asdict(item), ensure_ascii=False, sort_keys=True) + "\n").encode()
        with self._record.open("ab+") as file:
            if file.seek(0, os.SEEK_END):
                file.seek(-1, os.SEEK_END)
                if file.read(1) != b"\n":
                    file.write(b"\n")
            file.write(line)
            file.flush()
            os.fsync(file.fileno())
        self.known[item.url] = item
        self._taken[item.path] = item.url


def name_of(url: str) -> tuple[str, str]:
    """A safe file name for an address, as stem and suffix; a query string becomes part of the stem."""
    parts = urlsplit(url)
    path = PurePosixPath(unquote(parts.path))
    suffix = path.suffix.lower() if re.fullmatch(r"\.[A-Za-z0-9]{1,5}", path.suffix) else ""
    stem = path.name[: len(path.name) - len(suffix)] if suffix else path.name
    stem = _UNSAFE.sub("_", f"{stem}_{unquote(parts.query)}" if parts.query else stem).strip("._")
    return stem[:_LONGEST_NAME] or "index", suffix or ".html"


def year_of(url: str, text: str, named: str | None) -> str:
    """The year's folder: what the pattern names, else a year in the link's text, else in its address."""
    if named:
        return named if _YEAR.fullmatch(named) else UNDATED
    in_text = _YEAR.search(text)
    if in_text:
        return in_text.group()
    in_address = _YEAR_IN_ADDRESS.search(unquote(urlsplit(url).path))
    return in_address.group(1) if in_address else UNDATED


@contextmanager
def lock(raw: Path) -> Iterator[None]:
    """Hold *raw* for one fetch; raises :class:`FetchLocked` where another has it. The kernel lets go when we end."""
    folder = raw / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise FetchLocked(f"another fetch is writing to {raw}; wait for it or choose another --raw") from error
        yield


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.part")
    try:
        with temporary.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except OSError:
        temporary.unlink(missing_ok=True)
        raise


def _replaced(item: Landed, **changes: str | None) -> Landed:
    return Landed(**{**asdict(item), **changes})


def _now() -> str:
    return dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
