"""PDF: the text layer where it can be trusted, OCR page by page where it is missing or garbled.

PDFium looks at the file first: it counts the pages, knows a wrong password, and mends what pdfminer cannot
open. The rest is read page by page, so that one bad page costs that page alone.
"""

from __future__ import annotations

import io
import os
import struct
import zlib
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from functools import cache, partial
from itertools import repeat
from multiprocessing import get_context
from threading import Lock
from typing import ClassVar, Final

import pdfplumber
import pypdfium2
from pdfminer.psparser import PSException
from pdfplumber.pdf import PDF
from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException

from pipeline.readers.base import Cause, RawFile, ReaderError
from pipeline.readers.limits import limits
from pipeline.readers.ocr import recognition
from pipeline.readers.ocr.engine import Picture
from pipeline.readers.page.content import Area, Glyph, PageContent
from pipeline.readers.page.layout import PageLayout, assemble, lay_out
from pipeline.readers.page.quality import GOOD
from pipeline.readers.pdf.content import OverLimit, interpret
from pipeline.readers.pdf.pictures import read_title_pictures
from schemas.records import Problem, SourceText
from schemas.spans import Span

_PASSWORD_ERROR: Final = "password"
_OBJECT_END: Final = b"endobj"
_FAULTS: Final = (
    MalformedPDFException,
    PdfminerException,
    PSException, ArithmeticError, AssertionError, AttributeError, LookupError, NotImplementedError, RecursionError, TypeError, ValueError,
    struct.error, zlib.error,
)  # fmt: skip
"""What pdfminer and pdfplumber raise on a damaged page: they take the types of objects on trust."""
_DRAWING: Final = Lock()
"""PDFium draws one page at a time."""
_FEW: Final = 60
"""A picture page with fewer characters than this has stamps and page numbers only."""
_WHOLE_PAGE: Final = 0.5
_WORTHLESS: Final = 0.5
"""A text layer of lower quality is noise, and is left out where nothing better can be had."""
_SHARES: Final = 48
"""Shares of the pages for every process: small ones, so that none waits long for the last (some are queued ahead)."""
_FEWEST_PARALLEL: Final = 24
"""Files with fewer pages are not worth a second process."""


def read_pdf(raw: RawFile, processes: int | None = None) -> SourceText:
    """The text of a PDF, its pages shared among *processes* (by default one); raises :class:`ReaderError`."""
    if len(raw.data) > limits().file_bytes:
        raise ReaderError(raw.source_path, "unsupported", f"larger than the limit of {limits().file_bytes} bytes")
    data, count, mended = _preflight(raw)
    layouts = _recognised(data, _all_pages(data, count, processes or limits().pdf_processes))
    problems = [problem for layout in layouts if (problem := _problem(layout)) is not None]
    reader = partial(_read_area, data) if recognition.is_installed() else None
    problems += read_title_pictures(layouts, reader)
    if mended:
        problems.insert(
            0, Problem("page_quality", "warning", "the file is damaged; what could be mended is read", Span(0, 0))
        )
    if not any((layout.lines or layout.tables) and not layout.fault for layout in layouts):
        raise ReaderError(raw.source_path, *_why_empty(layouts))
    return assemble(raw, layouts, "application/pdf", problems)


def _preflight(raw: RawFile) -> tuple[bytes, int, bool]:
    """The bytes to read, how many pages they have, and whether the file is damaged and was mended."""
    try:
        with pypdfium2.PdfDocument(raw.data) as document:
            count = len(document)
            if count > limits().pages:
                raise ReaderError(raw.source_path, "unsupported", f"{count} pages, over the limit of {limits().pages}")
            found = _page_count(raw.data)
            if found == count > 0:
                return raw.data, count, False
            copy = io.BytesIO()
            document.save(copy)
            reason = "it has no pages"
    except pypdfium2.PdfiumError as error:
        if _PASSWORD_ERROR in str(error).lower():
            raise ReaderError(raw.source_path, "encrypted", "the PDF is encrypted and needs a password") from error
        # pdfminer looks for objects where the tables that list them are lost: some of them must be whole.
        found = _page_count(raw.data) if _OBJECT_END in raw.data else 0
        copy, reason = io.BytesIO(), _reason(error)
    mended = _page_count(copy.getvalue())
    if not max(mended, found):
        raise ReaderError(raw.source_path, "damaged", f"the PDF is damaged: {reason}")
    return (copy.getvalue(), mended, True) if mended >= found else (raw.data, found, True)


def _page_count(data: bytes) -> int:
    """How many pages pdfminer finds; 0 where it cannot open the file."""
    try:
        with pdfplumber.open(io.BytesIO(data)) as document:
            return len(document.pages)
    except _FAULTS:
        return 0


def _all_pages(data: bytes, count: int, processes: int) -> list[PageLayout]:
    if processes < 2 or count < _FEWEST_PARALLEL:
        with pdfplumber.open(io.BytesIO(data)) as document:
            return list(_pages(document, data, range(1, count + 1)))
    size = -(-count // (_SHARES * processes))
    shares = [range(first, min(first + size, count + 1)) for first in range(1, count + 1, size)]
    with (
        ProcessPoolExecutor(processes - 1, get_context("spawn"), _Opened.open, (data,)) as pool,
        pdfplumber.open(io.BytesIO(data)) as document,
    ):
        # The others take some time to start: this process reads what none of them has begun, from the end.
        futures = [pool.submit(_Opened.read, share) for share in shares]
        own = [
            (number, list(_pages(document, data, shares[number])))
            for number in range(len(shares) - 1, -1, -1)
            if futures[number].cancel()
        ]
        read = dict(own)
        done = [read[number] if number in read else future.result() for number, future in enumerate(futures)]
    return [layout for share in done for layout in share]


class _Opened:
    """The file that a worker process reads: opened once, so that its fonts are read once."""

    document: ClassVar[PDF]
    data: ClassVar[bytes]

    @classmethod
    def open(cls, data: bytes) -> None:
        """Open the file; what the pool calls when a worker starts."""
        cls.data, cls.document = data, pdfplumber.open(io.BytesIO(data))

    @classmethod
    def read(cls, numbers: Sequence[int]) -> list[PageLayout]:
        """The layouts of these pages."""
        return list(_pages(cls.document, cls.data, numbers))


def _pages(document: PDF, data: bytes, numbers: Sequence[int]) -> Iterator[PageLayout]:
    """The layout of the pages with these numbers, one after another."""
    pages = document.pages
    for number in numbers:
        page = pages[number - 1]
        try:
            content = interpret(page.page_obj, number, document.rsrcmgr)
        except OverLimit as error:
            content = PageContent(number, float(page.width), float(page.height), fault=f"left out: {error}")
            yield lay_out(content)
            continue
        except _FAULTS as error:
            content = PageContent(
                number, float(page.width), float(page.height), drawn=1, fault=f"damaged: {_reason(error)}"
            )
        layout = lay_out(content)
        layout.wants_ocr = _needs_ocr(content, layout)
        yield layout


def _reason(error: BaseException) -> str:
    return (str(error).splitlines() or [""])[0][:120] or type(error).__name__


def _needs_ocr(content: PageContent, layout: PageLayout) -> bool:
    """Whether the page shows something that its text layer does not tell, or tells wrongly."""
    if layout.quality is None:
        return bool(content.images or content.drawn)
    if layout.quality < GOOD:
        return True
    if len(content.glyphs) >= _FEW or not content.images:
        return False
    largest = max((area.x1 - area.x0) * (area.bottom - area.top) for area in content.images)
    return largest > _WHOLE_PAGE * content.width * content.height


def _recognised(data: bytes, layouts: Sequence[PageLayout]) -> list[PageLayout]:
    """The pages, those that want it read by OCR, several side by side."""
    wanting = [layout for layout in layouts if layout.wants_ocr]
    read = iter(_threads(os.getpid()).map(_by_ocr, repeat(data), wanting) if wanting else ())
    return [next(read) if layout.wants_ocr else layout for layout in layouts]


@cache
def _threads(process: int) -> ThreadPoolExecutor:
    """The threads of this *process* that recognise pages, kept with the engine that each of them loads."""
    return ThreadPoolExecutor(limits().ocr_threads, f"ocr-{process}")


def _by_ocr(data: bytes, layout: PageLayout) -> PageLayout:
    """The page read by OCR; as it was, with the fault noted, where that cannot be had or finds nothing better."""
    if not recognition.is_installed():
        layout.fault = layout.fault or "no text layer that can be trusted, and OCR is not installed (gongbao[ocr])"
        if layout.quality is not None and layout.quality < _WORTHLESS:
            layout.lines, layout.tables, layout.lattices = [], [], []
        return layout
    content = recognition.read_page(*_draw(data, layout.number), layout.number)
    read = lay_out(content)
    if not (read.lines or read.tables):
        return layout
    return read


def _draw(data: bytes, number: int) -> tuple[Picture, float]:
    """The page as a picture, and how many pixels a point takes on it."""
    with _DRAWING, pypdfium2.PdfDocument(data) as document:
        page = document[number - 1]
        width, height = page.get_size()
        scale = min(recognition.RESOLUTION / 72, (limits().page_pixels / max(1.0, width * height)) ** 0.5)
        picture = page.render(scale=scale, rev_byteorder=False).to_numpy()
    return picture, scale


def _read_area(data: bytes, layout: PageLayout, area: Area) -> list[Glyph]:
    """The characters that OCR reads in an area of a page, in points of the page."""
    picture, scale = _draw(data, layout.number)
    top, bottom, left, right = (round(edge * scale) for edge in (area.top, area.bottom, area.x0, area.x1))
    part = picture[max(0, top) : bottom, max(0, left) : right].copy()
    if not part.size:
        return []
    glyphs = recognition.read_page(part, scale, layout.number).glyphs
    return [
        g._replace(x0=g.x0 + area.x0, x1=g.x1 + area.x0, top=g.top + area.top, bottom=g.bottom + area.top)
        for g in glyphs
    ]


def _problem(layout: PageLayout) -> Problem | None:
    number = layout.number
    if layout.fault:
        return Problem("page_quality", "error", f"page {number}: {layout.fault}", None, number)
    if layout.method == "text" and layout.quality is not None and layout.quality < GOOD:
        return Problem(
            "page_quality", "warning", f"page {number}: text layer of quality {layout.quality:.2f}", None, number
        )
    if layout.quality is None and layout.has_picture and not layout.lines:
        return Problem("page_quality", "warning", f"page {number}: a picture without text", None, number)
    return None


def _why_empty(layouts: Sequence[PageLayout]) -> tuple[Cause, str]:
    faults = [layout.fault for layout in layouts if layout.fault]
    if faults:
        return "no_text", f"no page could be read: {faults[0]}"
    if any(layout.has_picture for layout in layouts):
        return "no_text", f"{len(layouts)} pages of pictures without text"
    return "no_text", f"{len(layouts)} blank pages"
