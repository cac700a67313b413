"""``sources.toml``: the folders and web listings that issues appear in. Loading is strict."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Final, Literal, get_args
from urllib.parse import urlsplit

_GAZETTE: Final = re.compile(r"[a-z0-9][a-z0-9_-]{0,60}")
_MOST_DELAY: Final = 3600.0


Landing = Literal["attachments", "article", "either", "both"]
"""What a landing page brings: its attachments, itself, itself where it has no attachment, or all of it."""
ATTACHMENTS: Final = re.compile(r"\.(pdf|docx?|wps|ofd|zip|tiff?|jpe?g|png)(?:[?#]|$)", re.IGNORECASE)
NUMBER: Final = "{n}"


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
    """A web listing, page by page, and what its entries lead to. Sizes are in bytes, times in seconds.

    **Entries** of a page are the links whose absolute address ``links`` matches, the elements that the CSS selector
    ``entries`` matches (each with the first link in it that ``links`` matches), or the ``items`` (a JMESPath
    expression) of an answer in JSON, whose address, title and date the expressions ``url``, ``title`` and ``date`` find.
    **Further pages** are links whose address ``pages`` matches, the link whose text is ``next``, or the addresses that
    ``numbered`` makes of a number from ``first`` on, until a page names nothing new.
    **Landing**: an entry is the issue itself, or (with ``landing``) a page with attachments whose addresses
    ``attachments`` matches, or with the issue as its article.

    A file that is there is asked for again, by a conditional request, after ``recheck_days``.
    """

    gazette: str
    index: str
    links: re.Pattern[str] | None = None
    entries: str | None = None
    items: str | None = None
    url: str = "url"
    title: str = "title"
    date: str = "date"
    pages: re.Pattern[str] | None = None
    next: str | None = None
    numbered: str | None = None
    first: int = 2
    most_pages: int = 50
    landing: Landing | None = None
    attachments: re.Pattern[str] = ATTACHMENTS
    hosts: tuple[str, ...] = ()
    """Hosts (with a port, where it is none of the usual) beside the listing's own that links and redirects may lead to."""
    private: bool = False
    """Whether hosts may have private addresses; those that are themselves addresses (``10.0.0.5``) always may."""
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
    if not {"links", "entries", "items"} & entry.keys():
        raise SourcesError(f"{where}: links is missing (or entries, or items)")
    values: dict[str, Any] = {"gazette": entry["gazette"], "index": index}
    for name in ("links", "pages", "attachments"):
        if name in entry:
            values[name] = _pattern(entry[name], f"{where}: {name}")
    for name in ("entries", "items", "url", "title", "date", "next", "numbered"):
        if name in entry:
            values[name] = _text(entry[name], f"{where}: {name}")
    _check_expressions(values, where)
    if "landing" in entry:
        if entry["landing"] not in get_args(Landing):
            raise SourcesError(f"{where}: landing is one of {', '.join(get_args(Landing))}")
        values["landing"] = entry["landing"]
    if "private" in entry:
        if not isinstance(entry["private"], bool):
            raise SourcesError(f"{where}: private must be true or false")
        values["private"] = entry["private"]
    if "hosts" in entry:
        hosts = entry["hosts"]
        if not isinstance(hosts, list):
            raise SourcesError(f"{where}: hosts must be a list")
        values["hosts"] = tuple(_text(host, f"{where}: hosts") for host in hosts)
    for name in ("first", "most_pages", "most_bytes", "retries"):
        if name in entry:
            values[name] = int(_number(entry[name], f"{where}: {name}", int))
    for name in ("delay", "timeout", "most_seconds", "recheck_days"):
        if name in entry:
            values[name] = _number(entry[name], f"{where}: {name}", (int, float))
    if values.get("delay", 0) > _MOST_DELAY:
        raise SourcesError(f"{where}: delay is over {_MOST_DELAY:.0f} seconds")
    return WebSource(**values)


def _check_expressions(values: Mapping[str, Any], where: str) -> None:
    """Refuse selectors and expressions that are none, and addresses of pages without a number."""
    if "numbered" in values and NUMBER not in values["numbered"]:
        raise SourcesError(f"{where}: numbered needs {NUMBER} where the number of the page goes")
    if "entries" in values:
        from cssselect import HTMLTranslator, SelectorError

        try:
            HTMLTranslator().css_to_xpath(values["entries"])
        except SelectorError as error:
            raise SourcesError(f"{where}: entries is no CSS selector: {error}") from error
    if "items" in values:
        import jmespath

        for name in ("items", "url", "title", "date"):
            try:
                jmespath.compile(values.get(name, name))
            except jmespath.exceptions.JMESPathError as error:
                raise SourcesError(f"{where}: {name} is no JMESPath expression: {error}".splitlines()[0]) from error


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
