"""Gazettes of other places and formats: structure expected beside each text."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from schemas.records import Document, Issue, Table
from tests.segmentation.support import noticed, read_issue

FIXTURES = Path(__file__).parent / "fixtures"
COLUMNS = (
    "title", "subject_title", "section", "doc_number", "doc_number_code", "doc_number_year", "doc_number_serial",
    "registration_number", "doc_type", "validity", "disclosure", "toc_title", "toc_page", "plan_year",
)  # fmt: skip


def describe(issue: Issue) -> dict[str, Any]:
    """The structure of *issue* as the expected files write it."""
    return {
        "edition_key": issue.edition_key,
        "contents": [[entry.section, entry.title, entry.doc_number, entry.page] for entry in issue.contents],
        "documents": [_document(document) for document in issue.documents],
        "furniture": [
            issue.source.text[item.span.start : item.span.end].split()
            for item in issue.segments
            if item.segment_type == "furniture" and item.span
        ],
        "problems": [problem.category for problem in noticed(issue)],
    }


def _document(document: Document) -> dict[str, Any]:
    columns = {name: getattr(document, name) for name in COLUMNS if getattr(document, name) is not None}
    return columns | {
        "issuers": list(document.issuers),
        "recipients": list(document.recipients),
        "signed_date": str(document.signed_date),
        "effective_date": str(document.effective_date),
        "clauses": [
            [clause.part, clause.clause_type, clause.level, clause.path, clause.heading, clause.reading.text]
            for clause in document.clauses
        ],
        "tables": [_table(table) for table in document.tables],
    }


def _table(table: Table) -> dict[str, Any]:
    return {
        "caption": table.caption,
        "part": table.part,
        "shape": [table.n_rows, table.n_columns, table.header_rows],
        "rows": [
            [cell.reading.text + (f" ^{cell.inherits_row}" if cell.inherits_row is not None else "") for cell in row]
            for row in table.rows().values()
        ],
        "labels": [row[0].row_label for row in table.rows().values()],
        "headers": [list(cell.header) for cell in table.rows()[table.n_rows - 1]],
    }


@pytest.mark.parametrize("path", sorted(FIXTURES.glob("*.txt")), ids=lambda path: path.stem)
def test_structure(path: Path) -> None:
    expected = json.loads(path.with_suffix(".json").read_text("utf-8"))
    assert json.loads(json.dumps(describe(read_issue(path)), default=str)) == expected
