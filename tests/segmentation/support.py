"""Reading texts into issues, and what holds for every issue."""

from __future__ import annotations

import hashlib
from pathlib import Path

from pipeline.segmentation import segment
from pipeline.segmentation.lines.lines import BLANKS
from schemas.records import Issue, Problem, SourceText


def source_of(text: str, name: str = "text.txt") -> SourceText:
    """A source text of *text*."""
    return SourceText(text, name, hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest())


def read_issue(path: Path) -> Issue:
    """The issue in the UTF-8 file *path*."""
    return segment(source_of(path.read_bytes().decode("utf-8"), path.name))


def noticed(issue: Issue) -> list[Problem]:
    """The problems of *issue*, but for that of its place: the places of made-up texts stand in no table."""
    return [problem for problem in issue.problems if problem.category != "unsettled_place"]


def assert_sound(issue: Issue) -> None:
    """Leaves tile the text; every span lies in it; readings are the source's characters; ids are unique."""
    text = issue.source.text
    at = 0
    for leaf in (item for item in issue.segments if item.is_leaf):
        assert leaf.span is not None and leaf.span.start == at < leaf.span.end
        at = leaf.span.end
    assert at == len(text)
    ids: list[str] = []
    previous = 0
    for document in issue.documents:
        assert previous <= document.span.start < document.span.end <= len(text)
        previous = document.span.end
        known = {clause.clause_id for clause in document.clauses}
        for clause in document.clauses:
            assert document.span.contains(clause.span) and clause.span.end <= clause.subtree_end <= document.span.end
            assert clause.reading.text == "".join(text[offset] for offset in clause.reading.offsets)
            assert clause.parent_id is None or clause.parent_id in known
            ids.append(clause.clause_id)
        for table in document.tables:
            assert document.span.contains(table.span)
            for cell in table.cells:
                assert table.span.start <= cell.span.start <= cell.span.end <= table.span.end
                assert cell.inherits_row is None or cell.inherits_row < cell.row
            places = [(cell.row, cell.column) for cell in table.cells]
            assert len(places) == len(set(places))
            ids.append(table.table_id)
        ids.append(document.document_id)
    assert len(ids) == len(set(ids))
    covered = [(s.span, s.segment_type) for s in issue.segments if s.is_leaf and s.span]
    for span, kind in covered:
        if kind == "blank":
            assert not text[span.start : span.end].strip(BLANKS)
