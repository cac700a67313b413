"""``sources.toml``: the folders and web listings that issues appear in. Loading is strict."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

_GAZETTE: Final = re.compile(r"[a-z0-9][a-z0-9_-]{0,60}")
_MOST_DELAY: Final = 3600.0


class SourcesError(ValueError):
    """``sources.toml`` does not say what it has to; the message names the source and the key."""


@dataclass(frozen=True, slots=True)
class FolderSource:
    """A folder that issues are put into; ``pattern`` is searched in the path relative to it.

    A file that changed in the last ``settle`` seconds may still be on its way and is left for the next fetch.
    """

    gazette: str
    folder: Path
    pattern: re.Pattern[str]
    settle: float = 0.0


@dataclass(frozen=True, slots=True)
class WebSource:
    """A web listing; ``links`` is searched in the absolute address of every link of its pages.

    ``pages`` finds the further pages of the listing. Sizes are in bytes, times in seconds. A file that
    is there is asked for again, by a conditional request, after ``recheck_days``.
    """

    gazette: str
    index: str
    links: re.Pattern[str]
    pages: re.Pattern[str] | None = None
    most_pages: int = 50
    hosts: tuple[str, ...] = ()
    """Hosts beside the listing's own that links and redirects may lead to."""
    delay: float = 2.0
    """Least time between two requests to one host; a longer one in ``robots.txt`` counts."""
    timeout: float = 30.0
    """Longest silence of a server."""
    most_seconds: float = 900.0
    most_bytes: int = 200_000_000
    retries: int = 3
    recheck_days: float = 7.0


Source = FolderSource | WebSource


@dataclass(frozen=True, slots=True)
class Sources:
    """All sources in their order, and the user agent of requests."""

    sources: tuple[Source, ...]
    agent: str = "gongbao (gazette archive)"


def load(path: Path) -> Sources:
    """The sources of the file at *path*. Raises :class:`SourcesError`, or :class:`OSError` where it cannot be read."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SourcesError(f"{path}: {error}") from error
    unknown = data.keys() - {"agent", "source"}
    if unknown:
        raise SourcesError(f"{path}: unknown key {min(unknown)!r}")
    entries = data.get("source", [])
    if not isinstance(entries, list) or not entries:
        raise SourcesError(f"{path}: names no [[source]]")
    sources = tuple(_source(entry, path, number) for number, entry in enumerate(entries, start=1))
    return Sources(sources, _text(data["agent"], f"{path}: agent")) if "agent" in data else Sources(sources)


def _source(entry: Mapping[str, Any], path: Path, number: int) -> Source:
    where = f"{path}: source {number}"
    gazette = _text(entry.get("gazette"), f"{where}: gazette")
    if not _GAZETTE.fullmatch(gazette):
        raise SourcesError(f"{where}: gazette {gazette!r} must be a folder name of a-z, 0-9, - and _")
    if ("folder" in entry) == ("index" in entry):
        raise SourcesError(f"{where}: needs either folder or index")
    return _folder(entry, path.parent, where) if "folder" in entry else _web(entry, where)


def _folder(entry: Mapping[str, Any], base: Path, where: str) -> FolderSource:
    _check_keys(entry, {field.name for field in fields(FolderSource)}, where)
    folder = base / Path(_text(entry["folder"], f"{where}: folder")).expanduser()
    pattern = _pattern(entry.get("pattern", ""), f"{where}: pattern")
    return FolderSource(
        entry["gazette"], folder, pattern, _number(entry.get("settle", 0), f"{where}: settle", (int, float))
    )


def _web(entry: Mapping[str, Any], where: str) -> WebSource:
    _check_keys(entry, {field.name for field in fields(WebSource)}, where)
    index = _text(entry["index"], f"{where}: index")
    if urlsplit(index).scheme not in ("http", "https") or not urlsplit(index).hostname:
        raise SourcesError(f"{where}: index {index!r} is no web address")
    if "links" not in entry:
        raise SourcesError(f"{where}: links is missing")
    values: dict[str, Any] = {
        "gazette": entry["gazette"],
        "index": index,
        "links": _pattern(entry["links"], f"{where}: links"),
    }
    if "pages" in entry:
        values["pages"] = _pattern(entry["pages"], f"{where}: pages")
    if "hosts" in entry:
        hosts = entry["hosts"]
        if not isinstance(hosts, list):
            raise SourcesError(f"{where}: hosts must be a list")
        values["hosts"] = tuple(_text(host, f"{where}: hosts") for host in hosts)
    for name in ("most_pages", "most_bytes", "retries"):
        if name in entry:
            values[name] = int(_number(entry[name], f"{where}: {name}", int))
    for name in ("delay", "timeout", "most_seconds", "recheck_days"):
        if name in entry:
            values[name] = _number(entry[name], f"{where}: {name}", (int, float))
    if values.get("delay", 0) > _MOST_DELAY:
        raise SourcesError(f"{where}: delay is over {_MOST_DELAY:.0f} seconds")
    return WebSource(**values)


def _check_keys(entry: Mapping[str, Any], known: set[str], where: str) -> None:
    unknown = entry.keys() - known
    if unknown:
        raise SourcesError(f"{where}: unknown key {min(unknown)!r}; there are {', '.join(sorted(known))}")


def _text(value: Any, where: str) -> str:
    if not isinstance(value, str) or not value.strip() or not value.isprintable():
        raise SourcesError(f"{where} must be a text of one line")
    return value


def _number(value: Any, where: str, kinds: type | tuple[type, ...]) -> float:
    if isinstance(value, bool) or not isinstance(value, kinds) or not isinstance(value, int | float) or value < 0:
        raise SourcesError(f"{where} must be a number from 0 on, not {value!r}")
    return float(value)


def _pattern(value: Any, where: str) -> re.Pattern[str]:
    if not isinstance(value, str):
        raise SourcesError(f"{where} must be a regular expression")
    try:
        return re.compile(value)
    except re.error as error:
        raise SourcesError(f"{where} is no regular expression: {error}") from error
