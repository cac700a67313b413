"""Every measured quantity of a passage, and what explains each of its numbers."""

from __future__ import annotations

import re
from typing import Final

from extractors.passages import Passage
from extractors.quantities.candidates import Candidate
from extractors.quantities.cells import cell_candidates
from extractors.quantities.exclusions import excluded, first_touching
from extractors.quantities.prose import prose_candidates
from extractors.quantities.qualifiers import QUALIFIER, without_qualifiers

_STRETCH: Final = re.compile(r"[0-9]+(?:[.,][0-9]+)*|[零〇一二两三四五六七八九十百千万亿]+")


def find_candidates(passage: Passage) -> tuple[Candidate, ...]:
    """The measured quantities of *passage*, in order of position, in positions of its folded text."""
    if passage.cell is not None:
        return without_qualifiers(passage.text, cell_candidates(passage))
    return without_qualifiers(passage.text, prose_candidates(passage.text))


def explain_numbers(passage: Passage) -> tuple[tuple[int, int, str], ...]:
    """Every digit run and Chinese numeral stretch of *passage* with the rule that speaks for it.

    The rule is that of its quantity or of its exclusion, ``""`` where nothing explains the number.
    """
    text = passage.text
    candidates = find_candidates(passage)
    kept = {(one.start, one.end): one.rule_id for one in candidates}
    dropped = {(one.start, one.end) for one in prose_candidates(text)} - kept.keys()
    stretches = excluded(text)
    explained: list[tuple[int, int, str]] = []
    for match in _STRETCH.finditer(text):
        start, end = match.span()
        rule_id = next((rule for (a, b), rule in kept.items() if a < end and start < b), "")
        if not rule_id and any(a < end and start < b for a, b in dropped):
            rule_id = QUALIFIER
        if not rule_id and (stretch := first_touching(stretches, start, end)):
            rule_id = stretch.rule_id
        explained.append((start, end, rule_id))
    return tuple(explained)
