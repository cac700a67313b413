"""Lines below a task that say by when it is to be done (完成时限：6月底前), below that of its owners or on the same line."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from extractors.language.folding import fold, squash
from extractors.language.passages import Passage
from extractors.milestones.predicates import predicate_of
from extractors.milestones.says import said, says
from extractors.milestones.stages import TASKS, StageTimes, form_of, soon_behind, stage_of
from extractors.milestones.times import stated_time, without_clock
from extractors.quantities.description.deadline import TimeExpression
from extractors.rules.registry import rules_of, signs_of
from schemas.records import Clause, Document

_TIME: Final = "milestone.column.time"
_LABELLED: Final = re.compile(
    r"\s*(?:[（(]?\w{1,3}[)）.、．]\s*)?(?P<label>[^：:，。；;\s（(]{2,12})[：:]\s*(?P<value>[^：:。；;]*)"
)
_LABEL: Final = re.compile(r"^【([^【】]{2,12})】[：:]?")
"""A label in brackets instead of before a colon (【完成时限】6月底前)."""
_CLAUSES: Final = re.compile("[，。；：]")
_LONGEST_SERIAL: Final = 3
_LONGEST_TIME: Final = 24


@dataclass(frozen=True, slots=True)
class LineTimes:
    """For the clauses of a document below which a line says so: by when they are to be done."""

    dates: Mapping[str, str]
    stages: StageTimes
    times: frozenset[str]
    """The lines that are all a time, of tables printed as lines."""
    series: frozenset[str] = frozenset()
    """The paragraphs that a time opens, beside others of the kind: it dates all of their sentences."""

    @classmethod
    def of(cls, document: Document, year: int | None) -> LineTimes:
        """The dates of the tasks of *document*; *year* is that of bare months.

        A line dates the numbered clause before it, with its items and paragraphs, up to the line of another time; a
        clause that is all heading is a task where no item stands under it. Measures below it (整改时限：… 整改措施：…)
        are dated as well, up to the next entry or what is wrong.
        """
        texts = [_LABEL.sub(r"\1：", fold(clause.reading).text.strip()) for clause in document.clauses]
        reader = _Reader(year, soon_behind(document), StageTimes.of(document, texts, year))
        whole = "\n".join(texts)
        if any(_is_serial(text) or _time_line(text) or _time_of_deed(text, whole) for text in texts):
            for clause, text in zip(document.clauses, texts, strict=True):
                reader.read(clause, text)
        return cls(reader.dates, reader.stages, frozenset(reader.times), _in_series(document, texts))

    def due(self, passage: Passage) -> str | None:
        """The date of *passage*, where it is a task with such a line."""
        return self.dates.get(passage.clause.clause_id) if passage.clause is not None else None

    def under_stage(self, passage: Passage) -> str | None:
        """The date of the stage above *passage*."""
        clause = passage.clause.clause_id if passage.clause is not None else ""
        return self.stages.dates.get(clause) if clause not in self.stages.led else None

    def led(self, passage: Passage) -> str | None:
        """The date of the lead-in of the list that *passage* is of."""
        clause = passage.clause.clause_id if passage.clause is not None else ""
        return self.stages.dates.get(clause) if clause in self.stages.led else None

    def is_item(self, passage: Passage) -> bool:
        """Whether *passage* is an item of a list that the time in the sentence before the list dates."""
        return passage.clause is not None and passage.clause.clause_id in self.stages.items

    def is_time(self, passage: Passage) -> bool:
        """Whether *passage* is all the name of a stage, or the time of a row."""
        clause = passage.clause.clause_id if passage.clause is not None else ""
        return clause in self.stages.heads or clause in self.times

    def in_series(self, passage: Passage) -> bool:
        """Whether a time that opens *passage* dates all of it, since the paragraph beside it is opened by another."""
        return passage.clause is not None and passage.clause.clause_id in self.series

    def rule(self, passage: Passage) -> str | None:
        """The rule of :meth:`due`."""
        return _TIME if self.due(passage) else None


@dataclass(slots=True)
class _Reader:
    """Reads the clauses of a document in order: which tasks wait for a line of time, and which time waits for measures."""

    year: int | None
    signed: dt.date | None
    stages: StageTimes
    dates: dict[str, str] = field(default_factory=dict)
    times: set[str] = field(default_factory=set)
    """The lines that are the cell of a time, of tables printed as lines."""
    tasks: list[str] = field(default_factory=list)
    heads: set[str] = field(default_factory=set)
    titles: set[str] = field(default_factory=set)
    """Those of the heads that say no deed: with labels below them they are no tasks."""
    told: str | None = None
    """The time that the entry has told, which measures below it take."""
    measures: set[str] = field(default_factory=set)
    """The measures read below the time of their entry."""
    listing: list[str] | None = None
    """How the measures are numbered that are read, without a time so far: such numbers begin no entry."""
    said: str = ""
    """What the tasks say that wait."""
    entry: str | None = None
    """What stands over the line of time, and so over the measures."""
    serial: bool = False
    opens: bool = False
    """Whether the next line is the first of a row printed as lines."""

    def read(self, clause: Clause, text: str) -> None:
        """Take in *clause*, which reads *text*."""
        if clause.clause_id in self.stages.heads or says("milestone.line.wrong", text):
            self._ends()
        elif (line := _time_line(text)) is not None:
            self._take(stated_time(line, self.year, self.signed), clause)
        elif clause.marker is None and (line := _time_of_deed(text, self.said)) is not None:
            time = stated_time(line, self.year, self.signed)
            self._date(time.date if time is not None else None)
        elif _is_serial(text):
            self._ends()
            self.serial = self.opens = True
        elif self.serial and (own := stage_of("milestone.line.time", text, self.year, self.signed)):
            self.times.add(clause.clause_id)
            self._date(own)
        elif clause.clause_type in TASKS and not self._is_other(text):
            self._task(clause, text)
            self.opens = False

    def _is_other(self, text: str) -> bool:
        """Whether a line says who has the task before it; the first of a row printed as lines says the task (迁建服务中心)."""
        if self.serial:
            return not self.opens and predicate_of(text.rstrip("。；")) is None
        return says("milestone.line.other", text)

    def _task(self, clause: Clause, text: str) -> None:
        """A clause that may say what is to be done: a measure below a time, or a task above one."""
        labelled = says("milestone.label", text)
        if self.told is not None and clause.marker is not None and not labelled and not self._is_measure(clause):
            self.told = None
        if self.told is not None and (self.measures or says("milestone.line.measures", text)):
            self.measures.add(clause.clause_id)
            self.dates[clause.clause_id] = self.told
            return
        if not labelled:
            self.told = None
        if clause.heading and text.rstrip("。").endswith(clause.heading):
            self.heads.add(clause.clause_id)
            if predicate_of(clause.heading) is None:
                self.titles.add(clause.clause_id)
        if says("milestone.line.entry", text):
            self._ends()
        if (
            clause.marker is not None
            and not labelled
            and not self._lists(clause)
            and (clause.parent_id in self.heads or clause.parent_id not in self.tasks)
        ):
            self._ends()
        self.listing = self.listing or ([] if says("milestone.line.measures", text) else None)
        self.said += text
        if labelled or (clause.marker is None and clause.clause_id not in self.heads and _says_deed(text)):
            self.tasks = [task for task in self.tasks if task not in self.titles]
        if not says("milestone.line.subject_of_wrong", text) and not says("milestone.line.manner", text):
            self.tasks.append(clause.clause_id)

    def _lists(self, clause: Clause) -> bool:
        """Whether a numbered *clause* goes on with the measures above it, numbered as the first of them is."""
        if self.listing is None:
            return False
        self.listing.append(form_of(clause))
        return self.listing[0] == self.listing[-1]

    def _is_measure(self, clause: Clause) -> bool:
        """Whether a numbered *clause* may be a measure of the entry whose time is told."""
        return bool(self.measures) and (clause.parent_id == self.entry or clause.parent_id in self.measures)

    def _take(self, time: TimeExpression | None, clause: Clause) -> None:
        """A line of time: it dates the tasks before it, and measures below it if any come."""
        date = time.date if time is not None else None
        self._date(date)
        self.told, self.entry = date, clause.parent_id

    def _date(self, date: str | None) -> None:
        self.dates.update((task, date) for task in self.tasks if date is not None)
        self._ends()

    def _ends(self) -> None:
        self.tasks, self.told, self.measures, self.listing, self.said = [], None, set(), None, ""


def _in_series(document: Document, texts: Sequence[str]) -> frozenset[str]:
    """The paragraphs of *document*, which read *texts*, that a time opens as it does the one before or behind."""
    opened = [
        clause.clause_id if clause.clause_type in TASKS and said("milestone.series", text, signs_of(text)) else ""
        for clause, text in zip(document.clauses, texts, strict=True)
    ]
    return frozenset(one for pair in pairwise(opened) if all(pair) for one in pair)


def _is_serial(text: str) -> bool:
    """Whether a line is the number of a row, of a table printed as lines."""
    return len(text) <= _LONGEST_SERIAL and says("milestone.line.serial", text)


def _labelled(text: str) -> re.Match[str] | None:
    """The label that opens *text* and what it says, without the hours in it, whose colon ends nothing."""
    return _LABELLED.match(without_clock(text)) if _LABELLED.match(text) else None


def _time_of_deed(text: str, told: str) -> str | None:
    """What a line says of the time of a deed that it names, and that the tasks *told* above it name (2.复核：… 复核时间：5月20日前)."""
    match = _labelled(text)
    if match is None or len(match["value"]) > _LONGEST_TIME:
        return None
    named = next((m for rule in rules_of("milestone.line.of_deed") if (m := rule.search(match["label"]))), None)
    return match["value"] if named is not None and named["deed"] in told else None


def _says_deed(text: str) -> bool:
    """Whether one of the clauses of *text* says a deed."""
    return any(predicate_of(part) is not None for part in _CLAUSES.split(text) if part.strip())


def _time_line(text: str) -> str | None:
    """What a line that opens with a label, of the time or of the owners, says of the time; ``None`` for another line."""
    match = _labelled(text)
    if match is None:
        return None
    if says(_TIME, squash(match["label"])):
        return match["value"] if len(match["value"]) <= _LONGEST_TIME else None
    if not says("milestone.line.other", f"{match['label']}："):
        return None
    notes = (
        found
        for rule in rules_of("milestone.note")
        if "time" in rule.pattern.groupindex
        for found in rule.finditer(text)
    )
    return next((found["time"] for found in notes if found["time"]), None)
