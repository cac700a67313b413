"""What an issue says of itself on its first page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from extractors.language.characters import as_read
from extractors.numbers.numerals import parse_number
from pipeline.segmentation.lines import numbers
from pipeline.segmentation.lines.lines import Line, squash
from pipeline.segmentation.lines.rules import pattern
from schemas.records import Masthead
from schemas.spans import Span

_FIRST_LINES: Final = 24


def _form(name: str) -> re.Pattern[str]:
    """The printed form that the rule ``masthead.<name>`` tells."""
    return pattern(f"masthead.{name}")


def read_masthead(lines: Sequence[Line], stop: int) -> Masthead:
    """The masthead in the printed *lines* before the offset *stop*; empty where there is none."""
    head = [line for line in lines[:_FIRST_LINES] if line.start < stop]
    title_line = next((line for line in head if len(line.text) < 60 and _form("title").search(squash(line.text))), None)
    if title_line is None:
        return Masthead()
    text = squash("|".join(line.text for line in head if len(line.text) < 60 and line.form.doc_number is None))
    title = _form("title").search(squash(title_line.text))
    text = as_read(text)
    total = _form("total").search(text)
    special = _special(head)
    number = _form("number").search(_form("total").sub("|", text))
    which = (number["first"], number["last"]) if number else (special["number"] if special else None, None)
    year = _form("year").search(text)
    return Masthead(
        title=title[0] if title else None,
        publisher=_publisher(head),
        publication_date=numbers.date(text),
        publication_year=_value(year["value"]) if year else None,
        number=_digits(which[0]),
        number_last=_digits(which[1]),
        number_total=_value(total["first"]) if total else None,
        number_total_last=_value(total["last"]) if total and total["last"] else None,
        special=special["name"] if special else None,
        span=Span(head[0].start, head[-1].end),
    )


def _special(head: Sequence[Line]) -> re.Match[str] | None:
    """What a line of the masthead calls an issue beside the numbered ones."""
    lines = (as_read(squash(line.text)) for line in head if len(line.text) < 60)
    return next(
        (found for line in lines if _form("says_which").search(line) and (found := _form("special").search(line))), None
    )


def _publisher(head: Sequence[Line]) -> str | None:
    for line in head:
        match = _form("publisher_field").search(squash(line.text))
        if match:
            return match["value"].removesuffix("编")
    for line in head:
        if len(line.text) < 60 and "关于" not in line.text:
            match = _form("publisher").fullmatch(squash(line.text))
            if match:
                return match["value"]
    return None


def _digits(text: str | None) -> str | None:
    value = _value(text) if text else None
    return None if value is None else str(value)


def _value(text: str) -> int | None:
    value = parse_number(text)
    return None if value is None else int(value)
