"""Lines below a task that say by when it is to be done (完成时限：6月底前), below that of its owners as well."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from extractors.language.folding import fold, squash
from extractors.language.passages import Passage
from extractors.milestones.times import stated_time
from extractors.rules.registry import rules_for, signs_of
from schemas.records import Document

_TIME: Final = "milestone.column.time"
_LABELLED: Final = re.compile(r"^(?P<label>[^：:，。；]{2,12})[：:](?P<value>[^：:。；]{2,24})[。；]?$")
_TASKS: Final = frozenset({"numbered", "paragraph"})


@dataclass(frozen=True)
class LineTimes:
    """For the clauses of a document below which a line says so: by when they are to be done."""

    dates: Mapping[str, str]

    @classmethod
    def of(cls, document: Document, year: int | None) -> LineTimes:
        """The dates of the tasks of *document*; *year* is that of bare months.

        A line dates the numbered clause before it, with its items and paragraphs, up to the line of another time; a
        clause that is all heading is a task where no item stands under it.
        """
        dates: dict[str, str] = {}
        tasks: list[str] = []
        heads: set[str] = set()
        for clause in document.clauses:
            folded = fold(clause.reading).text
            text = folded.strip()
            label = _LABELLED.search(text)
            if label is not None and _any(_TIME, words := squash(label["label"]), signs_of(words)):
                time = stated_time(label["value"], year)
                dates.update((task, time.date) for task in tasks if time is not None)
                tasks = []
            elif clause.clause_type in _TASKS and not _any("milestone.line.other", text, signs_of(folded)):
                if clause.heading and text.rstrip("。").endswith(clause.heading):
                    heads.add(clause.clause_id)
                if clause.marker is not None and (clause.parent_id in heads or clause.parent_id not in tasks):
                    tasks = []
                tasks.append(clause.clause_id)
        return cls(dates)

    def due(self, passage: Passage) -> str | None:
        """The date of *passage*, where it is a task with such a line."""
        return self.dates.get(passage.clause.clause_id) if passage.clause is not None else None

    def rule(self, passage: Passage) -> str | None:
        """The rule of :meth:`due`."""
        return _TIME if self.due(passage) else None


def _any(family: str, words: str, signs: int) -> bool:
    return any(rule.search(words) is not None for rule in rules_for(family, signs))
