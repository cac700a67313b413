"""Every measured quantity of a passage, and what explains each of its numbers."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from extractors.language.folding import fold, squash
from extractors.language.passages import Passage
from extractors.quantities.candidates.candidate import Candidate
from extractors.quantities.candidates.cells import LABEL_COLUMN, cell_candidates, is_label
from extractors.quantities.candidates.exclusions import Stretch, excluded, explanations
from extractors.quantities.candidates.prose import measured, prose_candidates
from extractors.quantities.candidates.qualifiers import QUALIFIER, without_qualifiers
from extractors.rules.registry import rules_of
from schemas.spans import Reading

_NUMBERS: Final = re.compile(r"[0-9]+(?:[.,][0-9]+)*|[零〇一二两三四五六七八九十百千万亿]+")
_BARE: Final = re.compile(r"[0-9.,-]+")
ARTICLE: Final = "exclusion.chinese_article"


def find_candidates(passage: Passage) -> tuple[Candidate, ...]:
    """The measured quantities of *passage*, in order of position, in positions of its folded text."""
    if passage.cell is not None:
        return without_qualifiers(passage.text, cell_candidates(passage))
    return without_qualifiers(passage.text, prose_candidates(passage.text, marker(passage)))


def leftover(text: str, start: int, end: int) -> str:
    """The rule that explains the numeral ``[start, end)`` of *text*, which no row, exclusion or name does; else empty."""
    rules = (rule for rule in rules_of("exclusion") if rule.group == "leftover")
    over = (rule.id for rule in rules for match in rule.pattern.finditer(text, max(0, start - 24), end + 24)
            if match.start() < end and start < match.end())  # fmt: skip
    return next(over, "")


def marker(passage: Passage) -> str:
    """The number of the passage's clause, spelt as in its folded text; empty where it has none."""
    printed = passage.clause.marker if passage.clause else None
    return _folded(printed) if printed else ""


@lru_cache(maxsize=1024)
def _folded(printed: str) -> str:
    text = squash(printed)
    return fold(Reading.of(text, 0, len(text))).text


def explain_numbers(passage: Passage) -> tuple[tuple[int, int, str], ...]:
    """Every digit run and Chinese numeral stretch of *passage* with the rule that speaks for it.

    The rule is that of its quantity or of its exclusion, ``""`` where nothing explains the number.
    """
    text, number = passage.text, marker(passage)
    kept = [Stretch(one.start, one.end, one.rule_id) for one in find_candidates(passage)]
    excluded_stretches = excluded(text, number)
    measures, articles = measured(text, number)
    dropped = [Stretch(one.start, one.end, QUALIFIER) for one in measures]
    phrases = [Stretch(one.start, one.end, ARTICLE) for one in articles]
    if passage.cell is not None and _BARE.fullmatch(text) and is_label(passage.cell):
        excluded_stretches = (*excluded_stretches, Stretch(0, len(text), LABEL_COLUMN))
    rules = explanations(len(text), [*kept, *excluded_stretches, *dropped, *phrases])
    return tuple(
        (match.start(), match.end(), next((rule for rule in rules[match.start() : match.end()] if rule), ""))
        for match in _NUMBERS.finditer(text)
    )
