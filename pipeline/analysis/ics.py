"""The calendar of promises as an iCalendar file (RFC 5545)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any, Final

import pandas as pd

_LONGEST_LINE: Final = 75
"""Octets in a line; longer ones are folded."""
_OWNERS: Final = ("lead_agencies", "responsible_agencies", "officials")


def to_ics(calendar: pd.DataFrame, name: str = "gongbao") -> bytes:
    """The rows of :func:`pipeline.analysis.promises.calendar` as all-day events, the same bytes for the same rows."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//gongbao//calendar//ZH", f"X-WR-CALNAME:{_text(name)}"]
    for row in calendar.to_dict("records"):
        lines.extend(_event(row))
    lines.append("END:VCALENDAR")
    return "".join(f"{folded}\r\n" for line in lines for folded in _folded(line)).encode("utf-8")


def _event(row: Mapping[Any, Any]) -> Iterator[str]:
    due: dt.datetime = row["due"]
    value = f" {row['value']}" if isinstance(row["value"], str) else ""
    owners = "、".join(str(row[name]) for name in _OWNERS if isinstance(row[name], str) and row[name])
    yield "BEGIN:VEVENT"
    yield f"UID:{row['row_id']}@gongbao"
    yield f"DTSTAMP:{due:%Y%m%d}T000000Z"
    yield f"DTSTART;VALUE=DATE:{due:%Y%m%d}"
    yield f"SUMMARY:{_text(row['what'] + value)}"
    yield f"DESCRIPTION:{_text(chr(10).join(part for part in (owners, row['document_title'], row['sentence']) if isinstance(part, str) and part))}"
    yield "END:VEVENT"


def _text(value: str) -> str:
    """*value* as a TEXT value: separators escaped, line breaks as ``\\n``, control characters left out."""
    for sign in ("\\", ";", ","):
        value = value.replace(sign, f"\\{sign}")
    lines = (char if char == "\n" or char.isprintable() else " " for char in value)
    return "".join(lines).replace("\n", "\\n")


def _folded(line: str) -> Iterator[str]:
    """*line* in pieces of at most 75 octets, each but the first behind a blank."""
    piece, size = "", 0
    for char in line:
        width = len(char.encode("utf-8"))
        if size + width > _LONGEST_LINE:
            yield piece
            piece, size = " ", 1
        piece, size = piece + char, size + width
    yield piece
