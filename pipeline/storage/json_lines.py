"""Journals: files of one JSON object a line, appended to, whose last line a kill may have cut short."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import orjson


def events(path: Path) -> Iterator[dict[str, Any]]:
    """The events of a journal, oldest first; none where there is no file."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return
    yield from parse(data)


def parse(data: bytes) -> Iterator[dict[str, Any]]:
    """The events in a journal's bytes, oldest first. A line that was cut short is passed over."""
    for line in io.BytesIO(data):
        event = value_of(line)
        if isinstance(event, dict):
            yield event


def value_of(line: bytes) -> Any:
    """What one line says; ``None`` for one that was cut short."""
    try:
        return orjson.loads(line)
    except ValueError:
        return _patiently(line)


def _patiently(line: bytes) -> Any:
    """A line with what the quick parser refuses (lone surrogates, of paths that are no UTF-8); ``None`` for one that is cut."""
    try:
        return json.loads(line) if b"\\ud" in line else None
    except ValueError:
        return None  # the empty end, or a line that a kill cut short


def lines(events: Iterable[Mapping[str, Any]]) -> bytes:
    """The bytes of events, a line each."""
    return b"".join(map(_line, events))


def _line(event: Mapping[str, Any]) -> bytes:
    """One line; a path whose bytes are no UTF-8 is kept by escapes, which come back as the same path."""
    try:
        return (json.dumps(event, ensure_ascii=False, sort_keys=True) + "\n").encode("utf-8")
    except UnicodeEncodeError:
        return (json.dumps(event, sort_keys=True) + "\n").encode("ascii")
