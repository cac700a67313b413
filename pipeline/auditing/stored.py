"""One row explained without extracting its issue again, where the folder's rows are those that the present rules make."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from pipeline.auditing.audit import Audit
from pipeline.auditing.folders import Folder
from pipeline.auditing.issues import source_of_folder
from pipeline.segmentation import document_at
from pipeline.versions import code_version, rules_version
from schemas.datasets import DATASETS
from schemas.mentions import record_of
from schemas.records import Area, Document, Issue, Masthead
from schemas.rows import Extraction

Row = dict[str, Any]
_PLACE = {"name": "place", "code": "place_code", "level": "place_level", "path": "place_path"}


class _Rows(Mapping[str, list[Row]]):
    """The rows of an issue as its folder holds them, read when asked for."""

    def __init__(self, folder: Folder, issue_id: str) -> None:
        self._folder, self._issue_id = folder, issue_id
        self._read: dict[str, list[Row]] = {}

    def __getitem__(self, dataset: str) -> list[Row]:
        if dataset not in DATASETS:
            raise KeyError(dataset)
        if dataset not in self._read:
            self._read[dataset] = self._folder.rows(dataset, self._issue_id)
        return self._read[dataset]

    def __iter__(self) -> Iterator[str]:
        return iter(DATASETS)

    def __len__(self) -> int:
        return len(DATASETS)


def is_current(folder: Folder, issue_id: str) -> bool:
    """Whether the present code and rules made the issue's rows, from its text and nothing that a listing says."""
    versions = code_version(), rules_version()
    records = folder.records(issue_id)
    return bool(records) and all(
        (one.code_version, one.rules_version) == versions and one.sidecar is None for one in records
    )


def stored_audit(folder: Folder, issue_id: str, offset: int) -> Audit | None:
    """The audit of rows at *offset* with the rows of *folder*, of an issue that :func:`is_current`.

    The text is taken apart as far as the document there; ``None`` where none is. Rows at *offset* are explained as by
    :meth:`Audit.of`.
    """
    source = source_of_folder(folder, issue_id)
    document = document_at(source, offset)
    if document is None:
        return None
    rows = _Rows(folder, issue_id)
    document = _placed(document, rows["documents"])
    issue = Issue(issue_id, source, None, Masthead(), (), (document,), (), ())
    return Audit(issue, _extraction(rows, document, offset), rows)


def _placed(document: Document, rows: list[Row]) -> Document:
    """The document with its area, which is settled over the whole issue."""
    row = next(row for row in rows if row["document_id"] == document.document_id)
    area = Area(**{name: row[column] for name, column in _PLACE.items()}) if row["place"] else None
    return replace(document, area=area)


def _extraction(rows: Mapping[str, list[Row]], document: Document, offset: int) -> Extraction:
    """The records that explanations look up: the quantity at *offset* with its target, and all who answer for something."""
    at = {"quantities": offset, "targets": offset, "officials": None, "responsibilities": None}
    return Extraction(
        **{
            name: tuple(
                record_of(name, row)
                for row in rows[name]
                if row["document_id"] == document.document_id
                and (only is None or row["char_start"] <= only < row["char_end"])
            )
            for name, only in at.items()
        }
    )
