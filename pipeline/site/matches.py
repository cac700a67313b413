"""The rows in which each rule decided, in context, and the problems, for their tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final

from pipeline.auditing.plain import show
from pipeline.auditing.registry import RuleEntry
from pipeline.evaluation.decisions import own_decisions
from pipeline.site.issue import IssueView
from pipeline.site.marks import Row
from pipeline.site.packed import assign_packed
from schemas.datasets import DATASETS, Dataset

AROUND: Final = 28
"""Characters of context on either side."""
MOST: Final = 1000
"""Rows of a rule that its page shows, beside those that labels call wrong."""
LONGEST: Final = 80
"""Characters shown of a text that may be long."""


@dataclass(frozen=True, slots=True)
class Match:
    """One row in context."""

    dataset: str
    href: str
    where: str
    offset: int
    before: str
    text: str
    after: str
    values: tuple[Any, ...]
    verdict: str | None

    @property
    def row_id(self) -> str:
        """The id of the row, to which the address leads."""
        return self.href.partition("#")[2]


@dataclass(frozen=True, slots=True)
class Noticed:
    """One problem in context; ``href`` is empty where it has no place."""

    category: str
    severity: str
    message: str
    where: str
    href: str
    text: str


@dataclass(slots=True)
class MatchBook:
    """The rows in which each rule decided: all that labels call wrong, the others up to :data:`MOST`."""

    found: dict[str, list[Match]]
    wrong: frozenset[str] = frozenset()
    """The ids of the rows that labels call wrong."""

    def look_through(self, view: IssueView) -> None:
        """Add the rows of one issue, dataset by dataset, in text order."""
        for dataset in DATASETS.values():
            columns = own_decisions(dataset)
            for row in view.rows[dataset.name] if columns else ():
                self.add(view, dataset, row, columns)

    @classmethod
    def of_rule(cls, views: Iterable[IssueView], entry: RuleEntry) -> MatchBook:
        """Look for the rows of one rule, through as many *views* as it takes to fill its page."""
        names = {one.dataset for one in entry.decisions}
        book = cls({}, frozenset(row_id for one in entry.decisions for row_id in one.wrong_rows))
        for view in views:
            if len(book.found.get(entry.rule.id, ())) >= MOST:
                break
            for dataset in (DATASETS[name] for name in sorted(names)):
                columns = own_decisions(dataset)
                for row in view.rows[dataset.name]:
                    named = [column for column in columns if row.get(column) == entry.rule.id]
                    book.add(view, dataset, row, named)
        return book

    def add(self, view: IssueView, dataset: Dataset, row: Row, columns: Iterable[str]) -> None:
        """Add *row* to the rules that decided in it."""
        made: Match | None = None
        wrong = str(row[dataset.key[-1]]) in self.wrong
        for column in columns:
            rule_id = row.get(column)
            rows = self.found.setdefault(str(rule_id), []) if rule_id else None
            if rows is not None and (wrong or len(rows) < MOST):
                made = made or _match(view, dataset, row)
                rows.append(made)

    def add_all(self, other: MatchBook) -> None:
        """Add the rows of issues behind these."""
        for rule_id, matches in other.found.items():
            rows = self.found.setdefault(rule_id, [])
            for match in matches:
                if len(rows) < MOST or match.row_id in self.wrong:
                    rows.append(match)

    def rows(self, rule_id: str) -> list[Match]:
        """The rows of a rule: those that differ from their labels first."""
        rows = list(dict.fromkeys(self.found.get(rule_id, ())))
        return sorted(rows, key=lambda match: match.verdict not in ("differs", "extra"))

    def is_whole(self, entry: RuleEntry) -> bool:
        """Whether all rows of the rule are there."""
        return len(self.found.get(entry.rule.id, ())) >= entry.decided


def match_script(rows: Sequence[Match]) -> str:
    """The rows as a data file: their columns said once, the values dataset by dataset."""
    columns = {name: list(DATASETS[name].shown) for name in dict.fromkeys(match.dataset for match in rows)}
    data = [
        [
            m.dataset,
            m.href,
            m.where,
            m.offset,
            m.before,
            m.text,
            m.after,
            [show(value) for value in m.values],
            m.verdict or "",
        ]
        for m in rows
    ]
    return assign_packed("gongbaoRows", {"columns": columns, "rows": data})


def _match(view: IssueView, dataset: Dataset, row: Row) -> Match:
    start = int(row["char_start"])
    end = min(int(row["char_end"]), start + LONGEST)
    page = view.page_at(start)
    row_id = str(row[dataset.key[-1]])
    return Match(
        dataset.name,
        f"issues/{view.issue_id}/{page.name}.html#{row_id}",
        page.title if len(page.title) <= LONGEST else page.title[:LONGEST] + "…",
        start,
        view.text[max(0, start - AROUND) : start],
        view.text[start:end],
        view.text[end : end + AROUND],
        tuple(str(row[column]) if isinstance(row[column], list) else row[column] for column in dataset.shown),
        view.judgement.of(dataset.name, row),
    )


def problems(views: Iterable[IssueView], most: int) -> Iterator[Noticed]:
    """Up to *most* problems, issue by issue in text order, those without a place first."""
    yield from islice(_problems(views), most)


def _problems(views: Iterable[IssueView]) -> Iterator[Noticed]:
    for view in views:
        for row in sorted(
            view.rows["problems"], key=lambda row: -1 if row["char_start"] is None else row["char_start"]
        ):
            start, end = row["char_start"], row["char_end"]
            page = view.page_at(start)
            text = "" if start is None or end is None else view.text[start:end]
            yield Noticed(
                str(row["category"]),
                str(row["severity"]),
                str(row["message"]),
                page.title if start is not None else str(view.row["source_path"]),
                "" if start is None else f"issues/{view.issue_id}/{page.name}.html#o={start}-{end}",
                text if len(text) <= LONGEST else text[:LONGEST] + "…",
            )
