"""One fetch: every source asked for what is new, each new or changed file landed below the raw folder."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal
from urllib.parse import urlsplit

from pipeline.fetching.landing import Landed, Landing, lock, name_of, year_of
from pipeline.fetching.listing import Link, links_of
from pipeline.fetching.sources import FolderSource, Source, Sources, WebSource
from pipeline.fetching.web import FetchError, Response, Web
from pipeline.readers.discovery import discover

End = Literal["new", "revised", "unchanged", "failed"]

_BEGINNINGS: Final = {
    ".pdf": (b"%PDF",),
    ".docx": (b"PK\x03\x04",),
    ".doc": (b"\xd0\xcf\x11\xe0", b"PK\x03\x04", b"{\\rtf"),
    ".png": (b"\x89PNG",),
    ".jpg": (b"\xff\xd8\xff",),
    ".jpeg": (b"\xff\xd8\xff",),
    ".tif": (b"II*\x00", b"MM\x00*"),
    ".tiff": (b"II*\x00", b"MM\x00*"),
}
"""How a file of this suffix begins: a page that says "not found" with status 200 does not land as a PDF."""
_LOOKED_AT: Final = 1024
_TYPES: Final = (
    "text/html", "text/plain", "text/markdown", "application/xhtml+xml", "application/pdf", "application/msword",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "image/", "application/octet-stream",
    "application/force-download", "application/x-download", "binary/octet-stream",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Fetched:
    """What became of one address (or file of a folder); ``reason`` says why it failed."""

    gazette: str
    url: str
    end: End
    path: str | None = None
    reason: str | None = None


def fetch(
    sources: Sources,
    raw: Path,
    report: Callable[[Fetched], None] = lambda _: None,
    web: Web | None = None,
    now: Callable[[], dt.datetime] = lambda: dt.datetime.now(dt.UTC),
) -> list[Fetched]:
    """Bring *raw* up to date with *sources*; *report* is called with every address.

    A failure of one address or source does not stop the others. Raises
    :class:`pipeline.fetching.landing.FetchLocked` where another fetch is at work, and :class:`OSError`
    where *raw* cannot be written to.
    """
    done: list[Fetched] = []
    with lock(raw), web or Web(sources.agent) as client:
        for source in sources.sources:
            for item in _from_source(source, Landing(raw, source.gazette), client, now):
                report(item)
                done.append(item)
    return done


def _from_source(source: Source, landing: Landing, web: Web, now: Callable[[], dt.datetime]) -> Iterator[Fetched]:
    if isinstance(source, FolderSource):
        yield from _from_folder(source, landing)
    else:
        yield from _from_web(source, landing, web, now)


def _from_folder(source: FolderSource, landing: Landing) -> Iterator[Fetched]:
    if not source.folder.is_dir():
        yield Fetched(source.gazette, str(source.folder), "failed", reason="there is no such folder")
        return
    for item in discover([source.folder]):
        found = source.pattern.search(item.source_path)
        if not found:
            continue
        url = Path(item.path).as_uri()
        try:
            before = Path(item.path).stat()
            data = Path(item.path).read_bytes()
        except OSError as error:
            yield Fetched(source.gazette, url, "failed", reason=error.strerror or str(error))
            continue
        if time.time() - before.st_mtime < source.settle or len(data) != before.st_size:
            continue  # somebody is still writing it: the next fetch takes it
        year = year_of(url, item.source_path, found.groupdict().get("year"))
        known = landing.known.get(url)
        yield _fetched(source.gazette, url, known, landing.put(url, year, data))


def _from_web(source: WebSource, landing: Landing, web: Web, now: Callable[[], dt.datetime]) -> Iterator[Fetched]:
    links: dict[str, Link] = {}
    pages, visited = [source.index], set[str]()
    while pages and len(visited) < source.most_pages:
        page = pages.pop(0)
        visited.add(page)
        try:
            listed = links_of(web.get(page, source))
        except FetchError as error:
            yield Fetched(source.gazette, page, "failed", reason=str(error))
            continue
        links |= {link.url: link for link in listed if source.links.search(link.url) and link.url not in links}
        pages += _further_pages(source, listed, visited, pages)
    for link in links.values():
        yield _one(link, source, landing, web, now)


def _further_pages(source: WebSource, listed: Sequence[Link], visited: set[str], waiting: Sequence[str]) -> list[str]:
    if source.pages is None:
        return []
    return [link.url for link in listed if source.pages.search(link.url) and link.url not in {*visited, *waiting}]


def _one(link: Link, source: WebSource, landing: Landing, web: Web, now: Callable[[], dt.datetime]) -> Fetched:
    known = landing.known.get(link.url)
    if known and not landing.is_there(known):
        known = None
    if known and now() - dt.datetime.fromisoformat(known.checked) < dt.timedelta(days=source.recheck_days):
        return Fetched(source.gazette, link.url, "unchanged", known.path)
    try:
        response = web.get(link.url, source, known.etag if known else None, known.last_modified if known else None)
        if response.data is None:
            if known is None:
                raise FetchError("status 304 to a request without a condition")
            landing.check(known)
            return Fetched(source.gazette, link.url, "unchanged", known.path)
        _check_type(link.url, response)
    except FetchError as error:
        return Fetched(source.gazette, link.url, "failed", reason=str(error))
    found = source.links.search(link.url)
    year = year_of(link.url, link.text, found.groupdict().get("year") if found else None)
    landed = landing.put(link.url, year, response.data, response.etag, response.last_modified)
    return _fetched(source.gazette, link.url, known, landed)


def _fetched(gazette: str, url: str, known: Landed | None, landed: Landed | None) -> Fetched:
    if landed is None:
        return Fetched(gazette, url, "unchanged", known.path if known else None)
    return Fetched(gazette, url, "revised" if landed.revision > 1 else "new", landed.path)


def _check_type(url: str, response: Response) -> None:
    """Raise :class:`FetchError` for what is empty, of a type that no reader takes, or not what its suffix says."""
    data = response.data or b""
    if not data:
        raise FetchError("the file is empty")
    kind = response.content_type.split(";")[0].strip().lower()
    if kind and not kind.startswith(_TYPES):
        raise FetchError(f"a file of type {kind}")
    suffix = name_of(url)[1]
    beginnings = _BEGINNINGS.get(suffix)
    if beginnings and not any(beginning in data[:_LOOKED_AT] for beginning in beginnings):
        raise FetchError(f"no {suffix[1:].upper()} file, though its name ends so: {urlsplit(url).path}")
