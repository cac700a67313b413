"""PDF: how it is recognised; the reading itself is in :mod:`pipeline.readers.pdf.document`, loaded when a PDF comes."""

from __future__ import annotations

from typing import Final

from pipeline.readers.base import RawFile, Reader
from schemas.records import SourceText

_MARK: Final = b"%PDF-"
_MARK_WITHIN: Final = 1024
"""The mark may stand after junk, within the first 1024 bytes (ISO 32000-1, annex H, implementation note 13)."""


def _recognises(data: bytes) -> bool:
    return _MARK in data[:_MARK_WITHIN]


def _read(raw: RawFile) -> SourceText:
    from pipeline.readers.pdf.document import read_pdf

    return read_pdf(raw)


READER: Final = Reader("pdf", _recognises, _read)
