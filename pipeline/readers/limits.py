"""How much of a file the readers take in before they give it up; each limit can be set from the environment."""

from __future__ import annotations

import os
from dataclasses import dataclass, fields
from functools import cache
from typing import Final

_PREFIX: Final = "GONGBAO_MAX_"


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of what one file may cost. ``GONGBAO_MAX_PAGES=5000`` sets ``pages``, and so on.

    They count what a page holds and not the seconds that it takes, so that two runs read alike.
    """

    pages: int = 3_000
    """Pages of one file; a longer file is refused."""
    file_bytes: int = 400_000_000
    """Bytes of one file, and what a packed one unpacks to; a larger file is refused."""
    page_bytes: int = 20_000_000
    """Bytes that one stream of a PDF unpacks to; a page with a larger one is left out."""
    part_bytes: int = 50_000_000
    """Bytes that one part of a Word document, or the text of a web page, holds; its tree takes ten times as much memory."""
    page_objects: int = 200_000
    """Characters, lines and images drawn on one page; a page with more is left out."""
    pdf_processes: int = 1
    """Processes that share the pages of one PDF of some length."""
    ocr_threads: int = 2
    """Pages of one PDF that OCR reads side by side."""
    page_pixels: int = 40_000_000
    """Pixels of a page drawn for OCR, or of an image; a larger one is drawn smaller."""


@cache
def limits() -> Limits:
    """The limits in force. Raises :class:`ValueError` where the environment sets one to no positive number."""
    chosen: dict[str, int] = {}
    for field in fields(Limits):
        name = _PREFIX + field.name.upper()
        value = os.environ.get(name)
        if value is not None:
            if not value.isascii() or not value.isdigit() or not int(value):
                raise ValueError(f"{name} must be a positive whole number, not {value!r}")
            chosen[field.name] = int(value)
    return Limits(**chosen)
