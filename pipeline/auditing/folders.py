"""The rows of a processed folder (or of a baseline, which holds some datasets only), issue by issue."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from pipeline.store import COMMIT, DATASET_NAMES, PART, UNKNOWN_YEAR

Row = dict[str, Any]
TEXTS: Final = "texts"


class NotProcessedError(LookupError):
    """A folder holds no committed issue, or not the one that was asked for."""


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder with committed issues: the rows of ``issues`` by id, and the datasets that stand beside them."""

    path: Path
    issues: dict[str, Row]
    datasets: tuple[str, ...]

    def rows(self, dataset: str, issue_id: str) -> list[Row]:
        """The rows of one issue, in file order; none where the folder lacks the dataset."""
        return [row for table in self.tables(dataset, issue_id) for row in table.to_pylist()]

    def tables(self, dataset: str, issue_id: str) -> list[pa.Table]:
        """The same rows as Arrow tables: the issue's own file, or its rows of a file of many issues."""
        own = sorted((self.path / dataset).glob(f"year=*/{issue_id}.parquet"))
        if own:
            return [pq.ParquetFile(path).read() for path in own]
        parts = [pq.ParquetFile(path).read() for path in sorted((self.path / dataset).glob(f"year=*/{PART}*.parquet"))]
        return [part.filter(pc.equal(part["issue_id"], issue_id)) for part in parts]

    def text(self, issue_id: str) -> str | None:
        """The canonical text of an issue, ``None`` where the folder keeps none (a baseline)."""
        path = self.path / TEXTS / f"{issue_id}.txt"
        return path.read_bytes().decode("utf-8") if path.is_file() else None

    def year(self, issue_id: str) -> int:
        """The year of an issue's partition, 0 where it is unknown."""
        return int(self.issues[issue_id]["publication_year"] or UNKNOWN_YEAR)


def open_folder(path: Path) -> Folder:
    """The folder at *path*; raises :class:`NotProcessedError` where it holds no committed issue."""
    marks = sorted((path / COMMIT).glob("year=*/*.parquet"))
    issues = {str(row["issue_id"]): row for mark in marks for row in pq.ParquetFile(mark).read().to_pylist()}
    if not issues:
        raise NotProcessedError(f"{path} holds no committed issues; run: gongbao run PATH --out {path}")
    return Folder(path, issues, tuple(name for name in DATASET_NAMES if (path / name).is_dir()))
