"""Where the judged rows come from: a processed folder, or the sources themselves processed in memory."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, Final

import pyarrow.parquet as pq

from pipeline.evaluation.gold import GoldText
from pipeline.evaluation.mentions import IssueRows
from pipeline.process import process
from pipeline.readers import read

JUDGED: Final = ("documents", "clauses", "quantities", "targets", "officials", "responsibilities")
RowsOf = Callable[[GoldText], IssueRows]


class NotProcessedError(LookupError):
    """A processed folder does not hold the issue that a label set speaks of."""


def from_sources() -> RowsOf:
    """Rows made now, in memory; a source that several sets share is processed once."""

    @cache
    def rows_of(source: Path) -> IssueRows:
        batches = process(read(source))
        return {name: batches[name].to_pylist() for name in JUDGED}

    return lambda gold: rows_of(gold.source)


def from_processed(folder: Path) -> RowsOf:
    """Rows of the committed issues below *folder*; asking for another issue raises :class:`NotProcessedError`."""
    issues = {
        str(row["source_sha256"]): str(row["issue_id"])
        for path in sorted((folder / "issues").glob("year=*/*.parquet"))
        for row in _read(path)
    }

    def rows_of(gold: GoldText) -> IssueRows:
        issue_id = issues.get(gold.source_sha256)
        if issue_id is None:
            raise NotProcessedError(f"{folder} holds no issue made from {gold.source.name} as it is now; run it first")
        return {
            name: [row for path in sorted((folder / name).glob(f"year=*/{issue_id}.parquet")) for row in _read(path)]
            for name in JUDGED
        }

    return rows_of


def _read(path: Path) -> list[dict[str, Any]]:
    return list(pq.ParquetFile(path).read().to_pylist())
