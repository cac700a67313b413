"""Documents and clauses of the labelled gazettes, exactly."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from schemas.records import Document
from tests.segmentation.support import read_issue

GOLD = Path(__file__).parents[1] / "gold" / "other"


def clause_rows(document: Document) -> list[list[object]]:
    """Marker, level and first twelve characters after the marker of every numbered clause."""
    rows: list[list[object]] = []
    for clause in document.clauses:
        if clause.marker and clause.clause_type == "numbered":
            rest = clause.reading.text[len(clause.marker) :].strip()
            rows.append([clause.marker, clause.level, rest[:12]])
    return rows


@pytest.mark.parametrize("path", sorted(GOLD.glob("*.docs.json")), ids=lambda path: path.name[:2])
def test_documents_and_clauses(path: Path) -> None:
    expected = json.loads(path.read_text("utf-8"))
    issue = read_issue(path.with_name(path.name.replace(".docs.json", ".txt")))
    found = [
        {
            "title": document.title,
            "doc_number": document.doc_number,
            "issuers": list(document.issuers),
            "signed_date": str(document.signed_date),
            "clauses": clause_rows(document),
        }
        for document in issue.documents
    ]
    assert found == expected
