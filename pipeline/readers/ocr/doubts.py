"""What recognition is not sure of: lines under a seal, numbers and dates of low scores, lines too faint to be kept."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from pipeline.readers.ocr.engine import LEAST_SCORE, Found, Picture
from pipeline.readers.ocr.seals import find_seals

_SURE: Final = 0.85
_NUMBER: Final = re.compile(r"\d|[年月日%％〇零一二三四五六七八九十]{2}")
_SHOWN: Final = 40


def doubts(picture: Picture, found: Sequence[Found]) -> Iterator[str]:
    """For every line of *found* that is in doubt, what and why; faint ones that are left out are counted."""
    seals = find_seals(picture)
    bare = set(seals)
    faint = 0
    for text, box, score, _ in found:
        if score < LEAST_SCORE:
            faint += 1
            continue
        shown = text.strip()[:_SHOWN]
        xs, ys = [x for x, _ in box], [y for _, y in box]
        over = [seal for seal in seals if seal.touches(min(xs), min(ys), max(xs), max(ys))]
        bare -= set(over)
        if over:
            yield f"characters under a seal, read with certainty {score:.2f}: {shown}"
        elif score < _SURE and _NUMBER.search(shown):
            yield f"a number or date read with certainty {score:.2f}: {shown}"
    if bare:
        yield f"{len(bare)} seals under which nothing is read"
    if faint:
        yield f"{faint} lines too unclear to be read are left out"
