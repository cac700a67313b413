"""PDF with a text layer: the lines of every page in reading order, joined to one text with its pages.

pdfplumber groups characters to lines. A page without characters is a scan; a file of such pages has
nothing that this reader can read, and says so.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Final

from pipeline.readers.base import RawFile, Reader, ReaderError
from schemas.records import Page, Problem, SourceText
from schemas.spans import Span

_MARK: Final = b"%PDF-"
_MARK_WITHIN: Final = 1024
"""The mark may stand after junk, within the first 1024 bytes (ISO 32000-1, annex H, implementation note 13)."""


def _recognises(data: bytes) -> bool:
    return _MARK in data[:_MARK_WITHIN]


def _read(raw: RawFile) -> SourceText:
    texts: list[str] = []
    pages: list[Page] = []
    position = 0
    for number, (text, width, height, rotation) in enumerate(_page_texts(raw), start=1):
        piece = f"{text}\n"
        span = Span(position, position + len(piece))
        quality = None if not text else 1 - text.count("\ufffd") / len(text)
        pages.append(Page(number, span, width, height, rotation, "text", quality))
        texts.append(piece)
        position = span.end
    canonical = "".join(texts)
    if not canonical.strip():
        raise ReaderError(raw.source_path, "no_text", f"a PDF of {len(pages)} pages without a text layer: it is a scan")
    problems = tuple(
        Problem("page_quality", "warning", f"page {page.number} has no text layer", page.span, page.number)
        for page in pages
        if page.text_quality is None
    )
    return SourceText(canonical, raw.source_path, raw.sha256, "application/pdf", None, tuple(pages), problems=problems)


def _page_texts(raw: RawFile) -> Iterator[tuple[str, float, float, int]]:
    """Text, width, height and rotation of every page; each page's layout is dropped once it is read."""
    import pdfplumber
    from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect
    from pdfminer.pdfexceptions import PDFException
    from pdfplumber.utils.exceptions import PdfminerException

    try:
        with pdfplumber.open(io.BytesIO(raw.data)) as document:
            for page in document.pages:
                yield page.extract_text() or "", float(page.width), float(page.height), page.rotation or 0
                page.close()
    except (PdfminerException, PDFException) as error:
        cause = error.args[0] if isinstance(error, PdfminerException) and error.args else error
        if isinstance(cause, (PDFPasswordIncorrect, PDFEncryptionError)):
            raise ReaderError(raw.source_path, "encrypted", "the PDF is encrypted and needs a password") from error
        raise ReaderError(
            raw.source_path, "damaged", f"the PDF is damaged: {str(cause) or type(cause).__name__}"
        ) from error


READER: Final = Reader("pdf", _recognises, _read)
