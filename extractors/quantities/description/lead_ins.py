"""Lead-ins: a deadline said once for all that stands under it.

到2026年，实现以下目标：… covers the rest of its clause; where its clause ends with the colon, its children too.
2023年（下同） covers everything after it under the same parent.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from extractors.language.folding import fold
from extractors.language.passages import Passage
from extractors.quantities.description.deadline import time_expressions
from extractors.quantities.description.sentences import shield
from extractors.rules.registry import rules_of
from schemas.records import Document

_COLON: Final = re.compile(r"[：:]")
_SAME_BELOW: Final = re.compile(r"（(?:以?下同)）")
_LONGEST_LEAD_IN: Final = 80
_LONGEST_LIST: Final = 4000
_SIGNS: Final = ("：", ":", "下同")


@dataclass(frozen=True, slots=True)
class LeadIns:
    """The deadlines that lead-ins of a document set, by clause."""

    within: Mapping[str, tuple[tuple[int, int, str], ...]]
    """By clause: ``[start, end)`` of its folded text and the deadline that covers it."""
    under: Mapping[str, str]
    """By clause: the deadline that covers its children."""

    @classmethod
    def of(cls, document: Document) -> LeadIns:
        """The lead-ins of *document*."""
        within: dict[str, tuple[tuple[int, int, str], ...]] = {}
        under: dict[str, str] = {}
        same: dict[str | None, str] = {}
        for clause in document.clauses:
            inherited = same.get(clause.parent_id) or under.get(clause.parent_id or "")
            if inherited:
                under[clause.clause_id] = inherited
            if not any(sign in clause.reading.text for sign in _SIGNS):
                continue
            text = fold(clause.reading).text
            for match in _SAME_BELOW.finditer(text):
                before = time_expressions(
                    text[max(0, match.start() - _LONGEST_LEAD_IN) : match.start()], document.plan_year
                )
                if before:
                    same[clause.parent_id] = under[clause.clause_id] = before[-1].date
            found = tuple(_covered(text, document.plan_year))
            if found:
                within[clause.clause_id] = found
            if found and text.rstrip().endswith(("：", ":")):
                under[clause.clause_id] = found[-1][2]
        return cls(within, under)

    def over(self, passage: Passage, position: int) -> str | None:
        """The deadline that covers *position* of a passage's folded text, if a lead-in sets one."""
        clause = passage.clause
        if clause is None:
            return None
        for start, end, date in self.within.get(clause.clause_id, ()):
            if start <= position < end:
                return date
        own = self.under.get(clause.clause_id)
        if own is not None and not self.within.get(clause.clause_id):
            return own
        return self.under.get(clause.parent_id or "")


def _covered(text: str, plan_year: int | None) -> list[tuple[int, int, str]]:
    """The stretches of *text* that follow a colon whose sentence begins with a time: up to the full stop."""
    outline = shield(text)
    found: list[tuple[int, int, str]] = []
    for match in _COLON.finditer(outline):
        floor = max(0, match.start() - _LONGEST_LEAD_IN)
        start = max(outline.rfind(sign, floor, match.start()) for sign in "。；：") + 1
        if not start and floor:
            continue
        times = time_expressions(text[start : match.start()], plan_year)
        if (
            not times
            and start
            and any(rule.search(text[start : match.start()]) for rule in rules_of("part.opening.expected"))
        ):
            earlier = outline.rfind("。", max(0, start - _LONGEST_LEAD_IN), start - 1) + 1
            times = time_expressions(text[earlier:start], plan_year)
        if times:
            limit = min(len(text), match.end() + _LONGEST_LIST)
            end = outline.find("。", match.end(), limit)
            found.append((match.end(), end if end >= 0 else limit, times[-1].date))
    return found
