"""Issues to audit: taken apart anew from a file, from a processed folder, or from a text given by hand."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Final

from pipeline.auditing.folders import Folder
from pipeline.readers import ReaderError, read, read_bytes
from pipeline.segmentation import segment
from pipeline.segmentation.lines.markers import Progress, read_marker
from schemas.records import Issue, SourceText

_PLAN: Final = "工作方案"
_NOTICE: Final = "关于印发《{}》的通知"
_REPORT: Final = "报告"
_ADDRESSEES: Final = {True: "各位代表：", False: "各有关单位："}
"""Title and addressees over a text given by hand: it is read as part of a document, of a plan where no title is given."""


class SourceMissingError(LookupError):
    """Neither the source of an issue nor its canonical text is there."""


def issue_of_file(path: Path) -> Issue:
    """The issue in the file at *path*; raises :class:`pipeline.readers.ReaderError`."""
    return segment(read(path))


def issue_of_folder(folder: Folder, issue_id: str) -> Issue:
    """A processed issue, from its source where that is unchanged, else from its canonical text.

    Tables that a reader of a structured format found are known from the source alone.
    Raises :class:`SourceMissingError` where neither is there.
    """
    return segment(source_of_folder(folder, issue_id))


def source_of_folder(folder: Folder, issue_id: str) -> SourceText:
    """The text of a processed issue, from where :func:`issue_of_folder` takes it."""
    row = folder.issues[issue_id]
    for record in folder.records(issue_id):
        source = Path(record.path)
        if source.is_file():
            data = source.read_bytes()
            if hashlib.sha256(data).hexdigest() == row["source_sha256"]:
                return read_bytes(data, str(row["source_path"]))
    text = folder.text(issue_id)
    if text is None:
        raise SourceMissingError(f"the source of {issue_id} is gone and {folder.path} holds no text of it")
    return SourceText(text, str(row["source_path"]), str(row["source_sha256"]), str(row["media_type"]))


def issue_of_text(text: str, title: str | None = None, heading: str | None = None, year: int | None = None) -> Issue:
    """A text given by hand as an issue of one document; its offsets are those of *text* behind what stands over it.

    *title*: the document's; *heading*: that of the section in which the text stands; *year*: that which the text
    calls this one, where the title names none.
    """
    whole = f"{_head(title, heading, year)}{text}\n"
    return segment(SourceText(whole, "text", hashlib.sha256(whole.encode()).hexdigest()))


def _head(title: str | None, heading: str | None, year: int | None) -> str:
    named = title or _PLAN
    dated = f"{year}年{named}" if year is not None and f"{year}" not in named else named
    first = dated if title else _NOTICE.format(dated)
    over = f"{heading if read_marker(heading, Progress()) else f'一、{heading}'}\n\n" if heading else ""
    return f"{first}\n\n{_ADDRESSEES[_REPORT in first]}\n\n{over}"


__all__ = ["ReaderError", "SourceMissingError", "issue_of_file", "issue_of_folder", "issue_of_text"]
