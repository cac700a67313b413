"""The list of attachments under a document against the attachments that are printed."""

from __future__ import annotations

import re
from typing import Final

from pipeline.segmentation.clauses.line_kinds import listed_titles
from pipeline.segmentation.lines.form import Form
from pipeline.segmentation.lines.lines import squash
from schemas.records import Clause, Document, Problem

_PART: Final = re.compile(r"attachment-(\d+)")


def check_attachments(document: Document) -> list[Problem]:
    """Attachments listed and not printed, and printed and not listed; none where the document lists none."""
    listed = [
        (clause, title)
        for clause in document.clauses
        if clause.clause_type == "attachment_list" and not clause.part.startswith("attachment")
        for title in _titles(clause)
    ]
    if not listed:
        return []
    printed: dict[int, Clause] = {}
    for clause in document.clauses:
        match = _PART.match(clause.part)
        if match:
            printed.setdefault(int(match[1]), clause)
    problems = [
        Problem("missing_attachment", "info", f"listed, not printed: {squash(title)}", clause.span, None, document.document_id)
        for number, (clause, title) in enumerate(listed, 1)
        if number not in printed
    ]  # fmt: skip
    problems += [
        Problem("unlisted_attachment", "info", f"printed, not listed: attachment {number}", clause.span, None, document.document_id)
        for number, clause in sorted(printed.items())
        if number > len(listed)
    ]  # fmt: skip
    return problems


def _titles(clause: Clause) -> list[str]:
    text = clause.reading.text
    named = Form(text).attachment_list
    return [title for title in listed_titles(text if named is None else named) if title.strip()]
