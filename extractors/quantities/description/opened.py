"""The year that a paragraph or sentence opens with: a report of what happened goes on with it.

2021年，共收到建议128件，分为五类：一是城建类45件；… and the paragraphs behind it tell of 2021, until another year is
named that way or the list or section ends.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from extractors.language.folding import fold
from extractors.language.passages import Passage
from extractors.rules.registry import registry, signs_of
from extractors.times.periods import periods
from schemas.records import Clause, Document

RULE: Final = "time_period.opened"


@dataclass(frozen=True, slots=True)
class OpenedYears:
    """The years that sentences of a document open with, by clause: where in its folded text, and which."""

    within: Mapping[str, tuple[tuple[int, str], ...]] = field(default_factory=dict)
    """Positions ascending; a year that an earlier clause opened with stands at 0."""

    @classmethod
    def of(cls, document: Document) -> OpenedYears:
        """The years of *document*; none where the document as a whole is of one."""
        if document.report_year is not None:
            return cls()
        opens = registry()[RULE]
        within: dict[str, tuple[tuple[int, str], ...]] = {}
        carried: str | None = None
        opener: Clause | None = None
        for clause in document.clauses:
            if opener is not None and not _goes_on(clause, opener):
                carried = opener = None
            text = fold(clause.reading).text
            found = [(0, carried)] if carried else []
            found += [
                (match.start("year"), year.value)
                for match in (opens.finditer(text) if opens.may_match(signs_of(text)) else ())
                for year in periods(match["year"], None)
            ]
            if found:
                within[clause.clause_id] = tuple(found)
                if len(found) > (carried is not None):
                    carried, opener = found[-1][1], clause
        return cls(within)

    def at(self, passage: Passage, position: int) -> str | None:
        """The year that holds at *position* of the folded text of *passage*, if a sentence at or before it opens with one."""
        found = self.within.get(passage.clause.clause_id, ()) if passage.clause and passage.cell is None else ()
        index = bisect_right(found, position, key=lambda item: item[0])
        return found[index - 1][1] if index else None


def _goes_on(clause: Clause, opener: Clause) -> bool:
    """Whether *clause* stands in the list or section that *opener* is in: what has a number ends with its children."""
    if clause.part != opener.part or clause.clause_type not in ("paragraph", "numbered", "cell_item"):
        return False
    return clause.parent_id == opener.clause_id or (opener.marker is None and clause.parent_id == opener.parent_id)
