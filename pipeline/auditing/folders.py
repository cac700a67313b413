"""The rows of a processed folder (or of a baseline, which holds some datasets only), issue by issue."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

from pipeline.store.committed import Committed, Place, committed
from pipeline.store.ledger import InputRecord, Ledger
from pipeline.store.store import COMMIT, UNKNOWN_YEAR
from schemas.datasets import DATASETS

Row = dict[str, Any]


class NotProcessedError(LookupError):
    """A folder holds no committed issue, or not the one that was asked for."""


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder with committed issues: the rows of ``issues`` by id, and the datasets that are there."""

    path: Path
    issues: dict[str, Row]
    datasets: tuple[str, ...]
    _found: Committed
    _places: dict[str, Place]

    def rows(self, dataset: str, issue_id: str) -> list[Row]:
        """The rows of one issue, in file order; none where the folder lacks the dataset."""
        return [row for table in self.tables(dataset, issue_id) for row in table.to_pylist()]

    def tables(self, dataset: str, issue_id: str) -> list[pa.Table]:
        """The same rows as Arrow tables: the issue's own file, or its rows of a file of many issues."""
        try:
            return [self._found.table(dataset, self._places[issue_id], issue_id)]
        except FileNotFoundError:
            return []

    def columns(self, dataset: str, wanted: Sequence[str]) -> Iterator[pa.Table]:
        """Some columns of all rows of *dataset*, file by file; those that a file lacks are left out."""
        for place in dict.fromkeys(self._places.values()):
            try:
                table = self._found.whole(dataset, place, wanted)
            except FileNotFoundError:
                continue
            yield table

    def counts(self) -> dict[str, Counter[str]]:
        """How many rows of each dataset that people count each issue has."""
        found: dict[str, Counter[str]] = {issue_id: Counter() for issue_id in self.issues}
        for dataset in (one for one in DATASETS.values() if one.plural and one.name in self.datasets):
            for table in self.columns(dataset.name, ["issue_id"]):
                for item in table.column("issue_id").value_counts().to_pylist():
                    if item["values"] in found:
                        found[item["values"]][dataset.name] += int(item["counts"])
        return found

    def text(self, issue_id: str) -> str | None:
        """The canonical text of an issue, ``None`` where the folder keeps none (a baseline)."""
        return self._found.text(issue_id)

    def records(self, issue_id: str) -> list[InputRecord]:
        """What the ledger keeps of the inputs that hold an issue; none of a baseline."""
        return [record for record in Ledger(self.path).inputs.values() if record.issue_id == issue_id]

    def year(self, issue_id: str) -> int:
        """The year of an issue's partition, 0 where it is unknown."""
        return int(self.issues[issue_id]["publication_year"] or UNKNOWN_YEAR)


def open_folder(path: Path) -> Folder:
    """The folder at *path*; raises :class:`NotProcessedError` where it holds no committed issue."""
    found = committed(path)
    issues: dict[str, Row] = {}
    places: dict[str, Place] = {}
    for place, table in found.tables(COMMIT, found.places):
        for row in table.to_pylist():
            issues[str(row["issue_id"])] = row
            places[str(row["issue_id"])] = place
    if not issues:
        raise NotProcessedError(f"{path} holds no committed issues; run: gongbao run PATH --out {path}")
    return Folder(path, issues, found.datasets(), found, places)
