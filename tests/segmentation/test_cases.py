"""Gazettes of further places and genres: what each text holds was written down by hand before it was ever segmented.

A case is a text and beside it a TOML file: the contents page, the problems, and the documents with every column that
is not empty. ``clauses`` has a line for each clause, ``type level path {heading}: text`` (level for numbered clauses,
path and heading where there are any, ``…`` for what is left out), under ``@part``; ``tables`` a line for each row.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any, Final

import pytest

from schemas.records import Clause, Document, Issue, Table
from tests.segmentation.support import assert_sound, noticed, read_issue

CASES: Final = sorted((Path(__file__).parent / "cases").glob("*.txt"))
COLUMNS: Final = (
    "section", "title", "subject_title", "doc_number", "doc_number_code", "doc_number_year", "doc_number_serial",
    "registration_number", "issuers", "doc_type", "recipients", "signed_date", "effective_date", "validity", "disclosure",
    "toc_title", "toc_page",
)  # fmt: skip


def columns(document: Document) -> dict[str, Any]:
    """The columns of *document* that are not empty, as TOML writes them."""
    values = {name: getattr(document, name) for name in COLUMNS}
    return {
        name: list(value) if isinstance(value, tuple) else value if isinstance(value, int) else str(value)
        for name, value in values.items()
        if value not in (None, ())
    }


def clause_lines(document: Document) -> list[str]:
    """The clauses of *document*, one a line, parts announced."""
    lines: list[str] = []
    part = None
    for clause in document.clauses:
        if clause.clause_type == "cell_item":
            continue
        if clause.part != part:
            part = clause.part
            lines.append(f"@{part}")
        lines.append(clause_line(clause))
    return lines


def clause_line(clause: Clause) -> str:
    """A clause as the cases write it."""
    level = f" {clause.level}" if clause.clause_type == "numbered" else ""
    path = f" {clause.path}" if clause.path else ""
    heading = f" {{{clause.heading}}}" if clause.heading else ""
    return f"{clause.clause_type}{level}{path}{heading}: {clause.reading.text}"


def table_lines(table: Table) -> list[str]:
    """The rows of *table*, a sign of repetition followed by the row that it repeats."""
    return [
        "|".join(c.reading.text + (f" ^{c.inherits_row}" if c.inherits_row is not None else "") for c in row)
        for row in table.rows().values()
    ]


def furniture_of(issue: Issue) -> list[str]:
    """The stretches of page furniture, blanks evened out."""
    return [
        re.sub(r"\s*\n\s*", " ", issue.source.text[s.span.start : s.span.end].strip())
        for s in issue.segments
        if s.segment_type == "furniture" and s.span
    ]


def agree(expected: list[str], found: list[str]) -> list[str]:
    """*found*, each line that fits the expected one in its place put as that one is written."""
    fits = [re.compile(".*".join(re.escape(part) for part in line.split("…")), re.DOTALL) for line in expected]
    return [
        want if want is not None and fit is not None and fit.fullmatch(line) else line
        for want, fit, line in zip(
            expected + [None] * len(found),
            fits + [None] * len(found),
            found,
            strict=False,  # type: ignore[list-item]
        )
    ]


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_structure_written_down_beforehand(path: Path) -> None:
    expected = tomllib.loads(path.with_suffix(".toml").read_text("utf-8"))
    issue = read_issue(path)
    assert_sound(issue)
    contents = [[e.section or "", e.title, e.doc_number or "", e.page or 0] for e in issue.contents]
    assert contents == expected.get("contents", [])
    assert issue.edition_key == expected.get("edition_key")
    assert len(issue.documents) == len(expected["documents"])
    for document, want in zip(issue.documents, expected["documents"], strict=True):
        lines = want.pop("clauses").strip().splitlines()
        tables = [text.strip().splitlines() for text in want.pop("tables", [])]
        assert columns(document) == {name: value for name, value in want.items() if value != []}
        found = clause_lines(document)
        assert agree(lines, found) == lines
        assert [table_lines(table) for table in document.tables] == tables
    assert furniture_of(issue) == expected.get("furniture", [])
    assert [problem.category for problem in noticed(issue)] == expected["problems"]
