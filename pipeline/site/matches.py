"""The rows that each rule made, in context, and the problems, for their tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from pipeline.site.issue import IssueView
from pipeline.site.marks import Row
from schemas.datasets import DATASETS, marked

AROUND: Final = 28
"""Characters of context on either side."""
LONGEST: Final = 80
"""Characters shown of a text that may be long."""


@dataclass(frozen=True, slots=True)
class Match:
    """One row in context."""

    dataset: str
    row_id: str
    href: str
    where: str
    offset: int
    before: str
    text: str
    after: str
    values: tuple[Any, ...]
    verdict: str | None


@dataclass(frozen=True, slots=True)
class Noticed:
    """One problem in context; ``href`` is empty where it has no place."""

    category: str
    severity: str
    message: str
    where: str
    href: str
    text: str


def columns_of(dataset: str) -> tuple[str, ...]:
    """The columns that a table of matches shows beside the context; none for a dataset whose rows name no rule."""
    return DATASETS[dataset].shown


def matches_by_rule(views: Iterable[IssueView]) -> dict[str, list[Match]]:
    """All rows by the rule that made them, issue by issue, dataset by dataset, in text order."""
    found: dict[str, list[Match]] = {}
    for view in views:
        for dataset in (one for one in marked() if one.has_rules):
            for row in view.rows[dataset.name]:
                found.setdefault(str(row["rule_id"]), []).append(_match(view, dataset.name, row))
    return found


def _match(view: IssueView, dataset: str, row: Row) -> Match:
    start, end = int(row["char_start"]), int(row["char_end"])
    page = view.page_at(start)
    row_id = str(row[DATASETS[dataset].key[-1]])
    return Match(
        dataset,
        row_id,
        f"issues/{view.issue_id}/{page.name}.html#{row_id}",
        page.title,
        start,
        view.text[max(0, start - AROUND) : start],
        view.text[start:end],
        view.text[end : end + AROUND],
        tuple(row[column] for column in columns_of(dataset)),
        view.judgement.of(dataset, row),
    )


def problems(views: Sequence[IssueView]) -> Iterator[Noticed]:
    """All problems, issue by issue in text order, those without a place first."""
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
