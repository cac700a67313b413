"""Lines below a task that say by when it is to be done (完成时限：6月底前), below that of its owners as well."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from extractors.language.folding import fold, squash
from extractors.language.passages import Passage
from extractors.milestones.times import last_year, stated_time
from extractors.rules.registry import rules_of
from schemas.records import Document

_TIME: Final = "milestone.column.time"
_LABELLED: Final = re.compile(r"^(?P<label>[^：:，。；]{2,12})[：:](?P<value>[^：:。；]{2,24})[。；]?$")
_TASKS: Final = frozenset({"numbered", "paragraph"})


@dataclass(frozen=True)
class StageTimes:
    """For the clauses under the heading of a stage (（二）集中整治阶段（5月—8月）): by when they are to be done.

    The time may stand alone on the line below the heading.
    """

    dates: Mapping[str, str]
    heads: frozenset[str]

    @classmethod
    def of(cls, document: Document, year: int | None) -> StageTimes:
        """The dates under the stages of *document*: up to the next clause that is of the head's own rank or above."""
        dates: dict[str, str] = {}
        heads: set[str] = set()
        date, under = None, frozenset[str]()
        above: str | None = None
        for clause in document.clauses:
            text = fold(clause.reading).text.strip()
            stage = _stage_of("milestone.stage_head", text, year)
            below = _stage_of("milestone.time_line", text, year) if above and clause.parent_id == above else None
            above = clause.clause_id if clause.heading else None
            if stage is not None or below is not None:
                date = stage or below
                under = frozenset({clause.clause_id, *({clause.parent_id or ""} if below else ())})
                heads.add(clause.clause_id)
            elif (
                (clause.marker is not None and clause.parent_id not in under)
                or clause.clause_type not in _TASKS
                or _opens_stage(text)
            ):
                date = None
            elif date is not None:
                dates[clause.clause_id] = date
                under |= {clause.clause_id}
        return cls(dates, frozenset(heads))


def _stage_of(family: str, text: str, year: int | None) -> str | None:
    """The date of a line that is all the name of a stage and its time, or a time alone, by the rules of *family*."""
    for rule in rules_of(family):
        match = rule.search(text)
        time = stated_time(match["time"], year if year is not None else last_year(match["time"])) if match else None
        if time is not None:
            return time.date
    return None


def _opens_stage(text: str) -> bool:
    """Whether the name of a stage and its time open *text*, which goes on with what the stage does."""
    return _any("milestone.stage_opening", text)


@dataclass(frozen=True)
class LineTimes:
    """For the clauses of a document below which a line says so: by when they are to be done."""

    dates: Mapping[str, str]
    stages: StageTimes

    @classmethod
    def of(cls, document: Document, year: int | None) -> LineTimes:
        """The dates of the tasks of *document*; *year* is that of bare months.

        A line dates the numbered clause before it, with its items and paragraphs, up to the line of another time; a
        clause that is all heading is a task where no item stands under it. One with a line of measures right below it
        (整改时限：… 整改措施：…) dates the aim above it and the measures, up to the next that is wrong.
        """
        stages = StageTimes.of(document, year)
        dates: dict[str, str] = {}
        tasks: list[str] = []
        heads: set[str] = set()
        ahead: str | None = None
        serial = False
        texts = [fold(clause.reading).text.strip() for clause in document.clauses]
        for clause, text, below in zip(document.clauses, texts, (*texts, "")[1:], strict=True):
            label = _LABELLED.search(text)
            if clause.clause_id in stages.heads:
                tasks = []
            elif _any("milestone.line.wrong", text):
                tasks, ahead = [], None
            elif label is not None and _any(_TIME, squash(label["label"])):
                time = stated_time(label["value"], year)
                dates.update((task, time.date) for task in tasks if time is not None)
                ahead = time.date if time is not None and _any("milestone.line.measures", below) else None
                tasks = []
            elif _any("milestone.line.serial", text):
                tasks, serial = [], True
            elif serial and (own := _stage_of("milestone.line.time", text, year)):
                dates.update((task, own) for task in tasks)
                tasks = []
            elif ahead is not None and clause.clause_type in _TASKS and not _any("milestone.line.other", text):
                dates[clause.clause_id] = ahead
            elif clause.clause_type in _TASKS and not _any("milestone.line.other", text):
                if clause.heading and text.rstrip("。").endswith(clause.heading):
                    heads.add(clause.clause_id)
                if clause.marker is not None and (clause.parent_id in heads or clause.parent_id not in tasks):
                    tasks = []
                tasks.append(clause.clause_id)
        return cls(dates, stages)

    def due(self, passage: Passage) -> str | None:
        """The date of *passage*, where it is a task with such a line."""
        return self.dates.get(passage.clause.clause_id) if passage.clause is not None else None

    def under_stage(self, passage: Passage) -> str | None:
        """The date of the stage above *passage*."""
        return self.stages.dates.get(passage.clause.clause_id) if passage.clause is not None else None

    def is_stage(self, passage: Passage) -> bool:
        """Whether *passage* is all the name of a stage."""
        return passage.clause is not None and passage.clause.clause_id in self.stages.heads

    def rule(self, passage: Passage) -> str | None:
        """The rule of :meth:`due`."""
        return _TIME if self.due(passage) else None


def _any(family: str, words: str) -> bool:
    return any(rule.search(words) is not None for rule in rules_of(family))
