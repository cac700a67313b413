"""What an explanation is: titled parts of labelled lines, as plain text and as plain data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pipeline.auditing.plain import one_line

Line = tuple[str, str]
"""A label and what is said; the label may be empty."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of an explanation."""

    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why something of an issue is read as it is. ``text`` is its span's text, exactly as printed."""

    subject: str
    text: str
    parts: tuple[Part, ...]


def to_lines(explanation: Explanation) -> Iterator[str]:
    """The explanation as text; nothing is wrapped, the span's text stands on a line of its own."""
    yield explanation.subject
    if explanation.text:
        yield explanation.text
    for part in explanation.parts:
        if part.lines:
            yield ""
            yield part.title
            yield from (
                f"  {label}: {one_line(said)}" if label else f"  {one_line(said)}" for label, said in part.lines
            )


def to_data(explanation: Explanation) -> dict[str, Any]:
    """The explanation as plain data for JSON."""
    return {
        "subject": explanation.subject,
        "text": explanation.text,
        "parts": [
            {"title": part.title, "lines": [{"label": label, "text": said} for label, said in part.lines]}
            for part in explanation.parts
        ],
    }
