"""Where the judged rows come from: a processed folder, or the sources themselves processed in memory."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, Final

from pipeline.evaluation.gold import GoldText
from pipeline.evaluation.mentions import IssueRows
from pipeline.process import process
from pipeline.readers import read
from pipeline.store.committed import Committed, Place, committed
from pipeline.store.store import COMMIT
from schemas.datasets import DATASETS

JUDGED: Final = ("documents", *(dataset.name for dataset in DATASETS.values() if dataset.judged))
"""The datasets whose rows labels can judge."""
RowsOf = Callable[[GoldText], IssueRows]


class NotProcessedError(LookupError):
    """A processed folder lacks the issue of a label set."""


def from_sources() -> RowsOf:
    """Rows made now, in memory; a source that several sets share is processed once."""

    @cache
    def rows_of(source: Path) -> IssueRows:
        batches = process(read(source))
        return {name: batches[name].to_pylist() for name in JUDGED}

    return lambda gold: rows_of(gold.source)


def from_processed(folder: Path) -> RowsOf:
    """Rows of the committed issues below *folder*; asking for another issue raises :class:`NotProcessedError`."""
    found = committed(folder)
    places = {
        str(row["source_sha256"]): (place, str(row["issue_id"]))
        for place, table in found.tables(COMMIT, found.places, ["issue_id", "source_sha256"])
        for row in table.to_pylist()
    }

    def rows_of(gold: GoldText) -> IssueRows:
        if gold.source_sha256 not in places:
            raise NotProcessedError(f"{folder} holds no issue made from {gold.source.name} as it is now; run it first")
        return {name: _rows(found, name, *places[gold.source_sha256]) for name in JUDGED}

    return rows_of


def _rows(found: Committed, dataset: str, place: Place, issue_id: str) -> list[dict[str, Any]]:
    """The rows of one issue; none where the folder lacks the dataset."""
    try:
        rows: list[dict[str, Any]] = found.table(dataset, place, issue_id).to_pylist()
    except FileNotFoundError:
        return []
    return rows
