"""Values as their text prints them: rules read simplified characters, a gazette in traditional ones keeps its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from extractors.language.characters import as_read, may_be_respelt
from schemas.spans import Span

_REACH: Final = 160
"""Characters before and behind a printed name among which its office and agency stand."""


def as_printed(source: str) -> Callable[[str | None, Span], str | None]:
    """A function from a value that was read, and where its person is printed in *source*, to the value in print.

    The nearest stretch of the text that reads as the value, blanks aside; a value that stands nowhere near stays.
    """
    if not may_be_respelt(source):
        return lambda value, span: value

    def printed(value: str | None, span: Span) -> str | None:
        if not value:
            return value
        first, last = max(0, span.start - _REACH), min(len(source), span.end + _REACH)
        around = source[first:last]
        if as_read(around) == around:  # what is printed there is read as it stands
            return value
        kept = [at for at in range(first, last) if not source[at].isspace()]
        window = "".join(source[at] for at in kept)
        read = as_read(window)
        found = _places(read, value)
        if not found:
            return value
        best = min(found, key=lambda at: abs(kept[at] - span.start))
        return window[best : best + len(value)]

    return printed


def _places(text: str, value: str) -> list[int]:
    places: list[int] = []
    at = text.find(value)
    while at >= 0:
        places.append(at)
        at = text.find(value, at + 1)
    return places
