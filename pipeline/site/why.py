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

_AUDITS: dict[str, Audit] = {}
"""The issue that was asked for last, extracted: its rows are explained one after another."""


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
            found[row_id] = _parts(audit, dataset, row)
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
    return assign_packed("gongbaoPacked", numbered({row_id: _parts(audit, *found)}))


def _parts(audit: Audit, dataset: str, row: dict[str, Any]) -> list[dict[str, Any]]:
    parts = to_data(explain_row(audit, dataset, row))["parts"]
    return [part for part in parts if part["title"] != "row" and part["lines"]]
