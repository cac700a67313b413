"""Why rows are as they are: the record that ``gongbao explain`` prints, for the panel of the site."""

from __future__ import annotations

from typing import Any

from pipeline.auditing.audit import Audit
from pipeline.auditing.explain import explain_row
from pipeline.auditing.explanation import to_data
from pipeline.auditing.folders import Folder
from pipeline.auditing.issues import issue_of_folder
from pipeline.site.issue import IssueView, Page
from pipeline.site.packed import assign_packed, numbered
from schemas.datasets import DATASETS

_Rows = dict[str, dict[str, Any]]
_AUDITS: dict[str, Audit] = {}
"""The issue that was asked for last, extracted: its rows are explained one after another."""
_STORED: dict[str, _Rows] = {}
"""Its rows as the folder holds them, by dataset: where other rules made them, the explanation says so."""


def audit_of(folder: Folder, issue_id: str) -> Audit:
    """The issue as the present rules read it; the last one stays in memory."""
    key = f"{folder.path}/{issue_id}"
    if key not in _AUDITS:
        _AUDITS.clear()
        _AUDITS[key] = Audit.of(issue_of_folder(folder, issue_id))
    return _AUDITS[key]


def why_script(folder: Folder, view: IssueView, page: Page) -> str:
    """The explanations of all rows that begin on a page, by id."""
    audit = audit_of(folder, view.issue_id)
    found = {}
    for dataset, row in audit.mentions():
        if page.holds(int(row["char_start"])):
            row_id = str(row[DATASETS[dataset].key[-1]])
            found[row_id] = _parts(audit, dataset, row, _stored(folder, view.issue_id, dataset))
    return assign_packed("gongbaoPacked", numbered(found))


def why_row(folder: Folder, row_id: str) -> str | None:
    """The explanation of one row as a script; ``None`` where the present rules make no such row."""
    issue_id = row_id.partition("/")[0]
    if issue_id not in folder.issues:
        return None
    audit = audit_of(folder, issue_id)
    found = audit.find(row_id)
    if found is None:
        return None
    return assign_packed(
        "gongbaoPacked", numbered({row_id: _parts(audit, *found, _stored(folder, issue_id, found[0]))})
    )


def _stored(folder: Folder, issue_id: str, dataset: str) -> _Rows:
    """The rows of an issue as the folder holds them, by id; those of the last one stay in memory."""
    issue, name = f"{folder.path}/{issue_id}", f"{folder.path}/{issue_id}/{dataset}"
    if name not in _STORED:
        for other in [known for known in _STORED if not known.startswith(issue)]:
            del _STORED[other]
        key = DATASETS[dataset].key[-1]
        _STORED[name] = {str(row[key]): row for row in folder.rows(dataset, issue_id)}
    return _STORED[name]


def _parts(audit: Audit, dataset: str, row: dict[str, Any], stored: _Rows) -> list[dict[str, Any]]:
    made = stored.get(str(row[DATASETS[dataset].key[-1]]))
    parts = to_data(explain_row(audit, dataset, row, made))["parts"]
    return [part for part in parts if part["title"] != "row" and part["lines"]]
