"""Issues to audit: taken apart anew from a file, from a processed folder, or from a text given by hand."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Final

from pipeline.auditing.folders import Folder
from pipeline.readers import ReaderError, read, read_bytes
from pipeline.segmentation import segment
from pipeline.store.ledger import Ledger
from schemas.records import Issue, SourceText

_HEAD: Final = "关于印发《工作方案》的通知\n\n各有关单位：\n\n"
"""Title and addressees over a text given by hand: a text is read as part of a document, here of a plan."""


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
    row = folder.issues[issue_id]
    for record in Ledger(folder.path).inputs.values():
        source = Path(record.path)
        if record.issue_id == issue_id and source.is_file():
            data = source.read_bytes()
            if hashlib.sha256(data).hexdigest() == row["source_sha256"]:
                return segment(read_bytes(data, str(row["source_path"])))
    text = folder.text(issue_id)
    if text is None:
        raise SourceMissingError(f"the source of {issue_id} is gone and {folder.path} holds no text of it")
    return segment(SourceText(text, str(row["source_path"]), str(row["source_sha256"]), str(row["media_type"])))


def issue_of_text(text: str) -> Issue:
    """A text given by hand as an issue of one document; its offsets are those of *text* behind a title and addressees."""
    whole = f"{_HEAD}{text}\n"
    return segment(SourceText(whole, "text", hashlib.sha256(whole.encode()).hexdigest()))


__all__ = ["ReaderError", "SourceMissingError", "issue_of_file", "issue_of_folder", "issue_of_text"]
