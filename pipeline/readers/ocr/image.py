"""Pictures of pages (PNG, JPEG, TIFF with several pages, BMP, WebP): read by OCR."""

from __future__ import annotations

import io
from typing import Final

from pipeline.readers.base import RawFile, Reader, ReaderError
from pipeline.readers.limits import limits
from pipeline.readers.ocr import recognition
from pipeline.readers.page.layout import PageLayout, assemble, lay_out
from schemas.records import SourceText

_TYPES: Final = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"BM", "image/bmp"),
)
_USUAL_RESOLUTION: Final = 200.0
_SHORT_SIDE: Final = 8.27 * 72
"""The width of A4 in points: the size of a picture that does not tell its resolution."""


def _media_type(data: bytes) -> str | None:
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    for mark, media_type in _TYPES:
        if data.startswith(mark) and (mark != b"BM" or data[6:10] == b"\x00\x00\x00\x00"):
            return media_type
    return None


def _recognises(data: bytes) -> bool:
    return _media_type(data) is not None


def _read(raw: RawFile) -> SourceText:
    if not recognition.is_installed():
        raise ReaderError(raw.source_path, "no_text", "a picture, and OCR is not installed (gongbao[ocr])")
    layouts = _pages(raw)
    if not any(layout.lines or layout.tables for layout in layouts):
        raise ReaderError(raw.source_path, "no_text", "a picture without text")
    return assemble(raw, layouts, _media_type(raw.data) or "image/png")


def _pages(raw: RawFile) -> list[PageLayout]:
    import numpy as np
    from PIL import Image, ImageSequence, UnidentifiedImageError

    layouts: list[PageLayout] = []
    try:
        with Image.open(io.BytesIO(raw.data)) as image:
            count = getattr(image, "n_frames", 1)
            if count > limits().pages:
                raise ReaderError(raw.source_path, "unsupported", f"{count} pages, over the limit of {limits().pages}")
            for number, frame in enumerate(ImageSequence.Iterator(image), start=1):
                if frame.width * frame.height > 8 * limits().page_pixels:
                    raise ReaderError(
                        raw.source_path, "unsupported", f"a picture of {frame.width} by {frame.height} pixels"
                    )
                resolution = float(frame.info.get("dpi", (0.0, 0.0))[0])
                scale = resolution / 72 if 70 <= resolution <= 1200 else min(frame.width, frame.height) / _SHORT_SIDE
                factor = min(
                    1.0,
                    _USUAL_RESOLUTION * 1.5 / 72 / scale,
                    (limits().page_pixels / (frame.width * frame.height)) ** 0.5,
                )
                colour = frame.convert("RGB")
                if factor < 1:
                    colour = colour.resize((round(frame.width * factor), round(frame.height * factor)))
                pixels = np.ascontiguousarray(np.asarray(colour)[:, :, ::-1])
                layouts.append(lay_out(recognition.read_page(pixels, scale * factor, number)))
    except Image.DecompressionBombError as error:
        raise ReaderError(raw.source_path, "unsupported", "a picture with far too many pixels") from error
    except UnidentifiedImageError as error:  # its message names an object in memory
        raise ReaderError(raw.source_path, "damaged", "the picture is damaged: its head cannot be read") from error
    except (OSError, SyntaxError, ValueError) as error:
        raise ReaderError(raw.source_path, "damaged", f"the picture is damaged: {error}") from error
    return layouts


READER: Final = Reader("image", _recognises, _read)
