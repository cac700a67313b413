"""Where fetched files land: ``raw/<gazette>/<year>/<name>``, a changed one beside the old as a revision.

``raw/.fetched/<gazette>.jsonl`` records address, time and digest of every file, one line each, appended
after the file stands; hidden folders are no inputs of a run. A file is written beside its place and renamed. The same
journal remembers pages that lead to files and how much a listing named; it is rewritten when most of it is superseded.

What a listing says of a file (title, day, address) stands beside it in a sidecar (:mod:`pipeline.readers.sidecar`).
"""

from __future__ import annotations

import datetime as dt
import fcntl
import hashlib
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from pipeline.fetching.checks import suffix_of, text_digest
from pipeline.fetching.naming import name_of
from pipeline.readers import sidecar
from pipeline.readers.sidecar import Listed
from pipeline.storage.json_lines import events, lines

FOLDER: Final = ".fetched"
ARCHIVES: Final = ".archives"
_COMPACT_FROM: Final = 1000
_AT_ONCE: Final = 100
_COUNTS: Final = 10


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
    text: str | None = None
    """Digest of the text of a web page, which tells whether it says anything new."""
    stamp: str | None = None
    """Size and times of a file of a folder."""


@dataclass(frozen=True, slots=True)
class Visited:
    """A page that leads to files: their addresses and what it calls them, when it was asked for, and its validator."""

    page: str
    files: tuple[tuple[str, str], ...]
    checked: str
    etag: str | None = None


@dataclass(frozen=True, slots=True)
class Arrived:
    """What came from an address, with what its listing says of it."""

    url: str
    data: bytes
    year: str
    listed: Listed = field(default_factory=Listed)
    etag: str | None = None
    last_modified: str | None = None
    text: str | None = None
    stamp: str | None = None
    name: str | None = None
    """The name that the server gives it, where it gives one."""
    is_hidden: bool = False
    """Whether it is no input itself (an archive, whose files are)."""


class Landing:
    """The files of one gazette below a raw folder, and the record of where they came from."""

    def __init__(self, raw: Path, gazette: str) -> None:
        self._raw = raw
        self._gazette = gazette
        self._record = raw / FOLDER / f"{gazette}.jsonl"
        self.known: dict[str, Landed] = {}
        """The last file of every address."""
        self.pages: dict[str, Visited] = {}
        self.counts: dict[str, list[int]] = {}
        """How many entries a listing named, the last times."""
        self._taken: dict[str, Landed] = {}
        self._waiting: list[dict[str, Any]] = []
        self._lines = 0
        for event in events(self._record):
            self._lines += 1
            with suppress(KeyError, TypeError, ValueError, AttributeError):  # lines that are no records tell nothing
                self._take(event)

    def is_there(self, known: Landed) -> bool:
        """Whether the file still stands where it landed."""
        return (self._raw / known.path).exists()

    def check(self, known: Landed, etag: str | None = None, last_modified: str | None = None) -> None:
        """Record that the server has nothing newer."""
        if not (etag or last_modified):
            etag, last_modified = known.etag, known.last_modified
        self._note(asdict(replace(known, checked=_now(), etag=etag, last_modified=last_modified)))

    def visit(self, page: str, files: Sequence[tuple[str, str]], etag: str | None) -> None:
        """Record what a page leads to."""
        self._note(asdict(Visited(page, tuple(files), _now(), etag)))

    def count(self, listing: str, entries: int) -> None:
        """Record how many entries a listing named."""
        self._note({"listing": listing, "entries": entries})

    def put(self, arrived: Arrived) -> Landed | None:
        """Let it land; ``None`` where the last file of this address holds the same bytes, or says the same.

        Raises :class:`OSError` and leaves no part of a file behind.
        """
        sha256 = hashlib.sha256(arrived.data).hexdigest()
        known = self.known.get(arrived.url)
        if known and self.is_there(known) and (known.sha256 == sha256 or self._says_the_same(known, arrived)):
            sidecar.write(self._raw / known.path, arrived.listed)
            same = replace(known, stamp=arrived.stamp, text=arrived.text)
            self.check(same, arrived.etag, arrived.last_modified)
            return None
        changed = known is not None and known.sha256 != sha256
        revision = known.revision + changed if known else 1
        path = self._free_path(arrived, sha256, revision)
        if not arrived.is_hidden:
            sidecar.write(self._raw / path, arrived.listed)
        _write(self._raw / path, arrived.data)
        now = _now()
        landed = Landed(
            arrived.url, path, sha256, len(arrived.data), now, now, revision, arrived.etag, arrived.last_modified,
            arrived.text, arrived.stamp,
        )  # fmt: skip
        self._note(asdict(landed))
        self.flush()
        return landed

    def _says_the_same(self, known: Landed, arrived: Arrived) -> bool:
        """Whether a web page has the text that it had, whatever its counter or date of the day."""
        if arrived.text is None:
            return False
        return arrived.text == (known.text or text_digest((self._raw / known.path).read_bytes()))

    def flush(self) -> None:
        """Make durable what was recorded; a file's landing is so at once, checks wait for each other."""
        if not self._waiting:
            return
        self._record.parent.mkdir(parents=True, exist_ok=True)
        data, self._waiting = lines(self._waiting), []
        with self._record.open("ab+") as file:
            if file.seek(0, os.SEEK_END):
                file.seek(-1, os.SEEK_END)
                if file.read(1) != b"\n":
                    file.write(b"\n")
            file.write(data)
            file.flush()
            os.fsync(file.fileno())

    def close(self) -> None:
        """Make everything durable, and rewrite the journal when most of it is superseded."""
        self.flush()
        kept: list[dict[str, Any]] = [asdict(item) for item in self._taken.values() if self.known[item.url] is not item]
        kept += [asdict(item) for item in self.known.values()]
        kept += [asdict(page) for page in self.pages.values()]
        kept += [
            {"listing": listing, "entries": entries} for listing, counts in self.counts.items() for entries in counts
        ]
        if self._lines > max(_COMPACT_FROM, 2 * len(kept)):
            _write(self._record, lines(kept))
            self._lines = len(kept)

    def _free_path(self, arrived: Arrived, sha256: str, revision: int) -> str:
        """The file's place: its own name, else one that is unique to the address, of this or a later revision."""
        stem, suffix = name_of(arrived.url, arrived.name, suffix_of(arrived.data))
        folder = f"{self._gazette}/{ARCHIVES if arrived.is_hidden else arrived.year}"
        mark = hashlib.sha256(arrived.url.encode()).hexdigest()[:8]
        for number in range(revision, revision + 1000):
            later = f".r{number}" if number > 1 else ""
            for name in (f"{stem}{later}{suffix}", f"{stem}-{mark}{later}{suffix}"):
                path = f"{folder}/{name}"
                taken = self._taken.get(path)
                if (taken is None or taken.url == arrived.url) and self._is_free(path, sha256):
                    return path
        raise FileExistsError(f"no free name for {arrived.url} in {folder}")

    def _is_free(self, path: str, sha256: str) -> bool:
        """Whether nothing stands there, or these very bytes (of a fetch that was killed before its record)."""
        try:
            return hashlib.sha256((self._raw / path).read_bytes()).hexdigest() == sha256
        except FileNotFoundError:
            return True

    def _note(self, event: dict[str, Any]) -> None:
        self._take(event)
        self._waiting.append(event)
        self._lines += 1
        if len(self._waiting) >= _AT_ONCE:
            self.flush()

    def _take(self, event: Mapping[str, Any]) -> None:
        if "listing" in event:
            counts = self.counts.setdefault(str(event["listing"]), [])
            counts.append(int(event["entries"]))
            del counts[:-_COUNTS]
        elif "page" in event:
            files = tuple((str(url), str(text)) for url, text in event["files"])
            page = Visited(event["page"], files, event["checked"], event.get("etag"))
            self.pages[page.page] = page
        else:
            item = Landed(**event)
            self.known[item.url] = self._taken[item.path] = item


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


def _now() -> str:
    return dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
