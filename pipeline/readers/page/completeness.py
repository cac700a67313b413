"""Whether all that a file's pages print is in its canonical text or among what was left out of it by name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

from pipeline.readers.canonical.symbols import level
from pipeline.readers.canonical.text import clean
from schemas.records import Furniture, Problem

_MOST_SHOWN: Final = 20


def count_printed(texts: Iterable[str]) -> Counter[str]:
    """How often every character but blanks stands in *texts*."""
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update(level(text))
    return Counter({char: n for char, n in counts.items() if clean(char)})


def lost_text(printed: Sequence[tuple[int, Counter[str]]], text: str, furniture: Iterable[Furniture]) -> list[Problem]:
    """What the pages, given as (number, characters), print and neither the *text* nor the *furniture* holds."""
    whole: Counter[str] = Counter()
    for _, counts in printed:
        whole.update(counts)
    lost = whole - Counter(level(text))
    if not lost:
        return []
    for item in furniture:
        lost -= Counter(level(item.text))
        if not lost:
            return []
    digits = sum(n for char, n in lost.items() if char.isdigit())
    shown = "".join(sorted(lost.elements()))[:_MOST_SHOWN]
    message = f"{lost.total()} printed characters ({digits} digits) are not in the text: {shown}"
    page = next((number for number, counts in printed if any(char in counts for char in lost)), None)
    return [Problem("lost_text", "error" if digits else "warning", message, None, page)]
