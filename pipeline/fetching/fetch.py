"""One fetch: every source asked for what is new, each new or changed file landed below the raw folder."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event, Lock
from typing import Final
from urllib.parse import urlsplit

from pipeline.fetching.fetched import End, Fetched
from pipeline.fetching.harvest import Harvest, fetched
from pipeline.fetching.landing import Arrived, Landing, lock
from pipeline.fetching.naming import year_of
from pipeline.fetching.sources import FolderSource, Source, Sources
from pipeline.fetching.web import Web
from pipeline.readers.discovery import discover
from pipeline.readers.sidecar import Listed

__all__ = ["End", "Fetched", "fetch"]

_SIDE_BY_SIDE: Final = 8


def fetch(
    sources: Sources,
    raw: Path,
    report: Callable[[Fetched], None] = lambda _: None,
    web: Web | None = None,
    now: Callable[[], dt.datetime] = lambda: dt.datetime.now(dt.UTC),
) -> list[Fetched]:
    """Bring *raw* up to date with *sources*; *report* is called with every address, from one thread at a time.

    Sources are asked side by side, those of one host or gazette one after the other. A failure of one address or source
    does not stop the others. Raises :class:`pipeline.fetching.landing.FetchLocked` where another fetch is at work, and
    :class:`OSError` where *raw* cannot be written to.
    """
    telling, over = Lock(), Event()

    def work(group: Sequence[Source], client: Web) -> list[Fetched]:
        done: list[Fetched] = []
        for source in group:
            landing = Landing(raw, source.gazette)
            try:
                for item in _from_source(source, landing, client, now):
                    with telling:
                        report(item)
                    done.append(item)
                    if over.is_set():
                        return done
            except BaseException:
                over.set()
                raise
            finally:
                landing.close()
        return done

    with lock(raw), web or Web(sources.agent) as client, ThreadPoolExecutor(_SIDE_BY_SIDE) as threads:
        futures = [threads.submit(work, group, client) for group in _groups(sources.sources)]
        try:
            return [item for future in futures for item in future.result()]
        except BaseException:
            over.set()
            raise


def _groups(sources: Sequence[Source]) -> list[list[Source]]:
    """The sources that must go one after the other, as they share a host or a gazette's journal."""
    groups: list[tuple[set[str], list[Source]]] = []
    for source in sources:
        names = {f"gazette {source.gazette}"}
        if not isinstance(source, FolderSource):
            names.add(f"host {urlsplit(source.index).netloc}")
        joined = [group for group in groups if group[0] & names]
        groups = [group for group in groups if not group[0] & names]
        groups.append(
            (names.union(*(group[0] for group in joined)), [*(s for group in joined for s in group[1]), source])
        )
    return [group for _, group in groups]


def _from_source(source: Source, landing: Landing, web: Web, now: Callable[[], dt.datetime]) -> Iterator[Fetched]:
    if isinstance(source, FolderSource):
        yield from _from_folder(source, landing)
    else:
        yield from Harvest(source, landing, web, now)


def _from_folder(source: FolderSource, landing: Landing) -> Iterator[Fetched]:
    if not source.folder.is_dir():
        yield Fetched(source.gazette, str(source.folder), "failed", reason="there is no such folder")
        return
    for item in discover([source.folder]):
        found = source.pattern.search(item.source_path)
        if not found:
            continue
        path, url = Path(item.path), Path(item.path).as_uri()
        known = landing.known.get(url)
        try:
            before = path.stat()
            stamp = f"{before.st_size} {before.st_mtime_ns} {before.st_ctime_ns}"
            if known and known.stamp is not None and known.stamp == stamp and landing.is_there(known):
                yield Fetched(source.gazette, url, "unchanged", known.path)
                continue
            data = path.read_bytes()
        except OSError as error:
            yield Fetched(source.gazette, url, "failed", reason=error.strerror or str(error))
            continue
        if time.time() - before.st_mtime < source.settle or len(data) != before.st_size:
            continue  # somebody is still writing it: the next fetch takes it
        year = year_of(url, item.source_path, found.groupdict().get("year"))
        listed = Listed()
        if time.time() - before.st_ctime < _FRESH_SECONDS:
            stamp = ""  # it may change again within one tick of its time stamp
        yield fetched(source.gazette, url, known, landing.put(Arrived(url, data, year, listed, stamp=stamp or None)))


_FRESH_SECONDS: Final = 2.0
