"""Builds the PDFs that the tests read: every character and line where the test wants it.

Type is set in a font that PDF viewers bring themselves, so that no font file is needed; an ideograph is one em wide.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence

from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

FONT = "STSong-Light"
WIDTH, HEIGHT = 595.0, 842.0
pdfmetrics.registerFont(UnicodeCIDFont(FONT))

Draw = Callable[["Sheet"], None]


class Sheet:
    """One page; places are points from its top left corner, text stands on its baseline."""

    def __init__(self, canvas: Canvas, height: float = HEIGHT) -> None:
        self.canvas = canvas
        self.height = height

    def text(self, x: float, y: float, text: str, size: float = 12.0) -> None:
        self.canvas.setFont(FONT, size)
        self.canvas.drawString(x, self.height - y, text)

    def centred(self, x: float, y: float, text: str, size: float = 12.0) -> None:
        self.canvas.setFont(FONT, size)
        self.canvas.drawCentredString(x, self.height - y, text)

    def column(self, x: float, y: float, lines: Sequence[str], size: float = 12.0, pitch: float = 20.0) -> float:
        """Lines below one another; the height of the next one."""
        for line in lines:
            self.text(x, y, line, size)
            y += pitch
        return y

    def line(self, x0: float, y0: float, x1: float, y1: float) -> None:
        self.canvas.line(x0, self.height - y0, x1, self.height - y1)

    def grid(self, xs: Sequence[float], ys: Sequence[float], cells: Sequence[tuple[int, int, int, int, str]]) -> None:
        """A ruled table: (row, column, row span, column span, text), several lines parted by a line feed."""
        for row, column, row_span, column_span, text in cells:
            x0, x1, y0, y1 = xs[column], xs[column + column_span], ys[row], ys[row + row_span]
            self.canvas.rect(x0, self.height - y1, x1 - x0, y1 - y0)
            self.column(x0 + 3, y0 + 13, text.split("\n"), 10, 12)


def pdf(
    pages: Sequence[Draw], size: tuple[float, float] = (WIDTH, HEIGHT), password: str | None = None, owner: str = ""
) -> bytes:
    """A PDF with one page for each function of *pages*; with an owner's password it may be printed only."""
    buffer = io.BytesIO()
    lock = StandardEncryption(password or "", owner or None, canCopy=0, canModify=0) if password or owner else None
    canvas = Canvas(buffer, pagesize=size, invariant=1, encrypt=lock)
    for draw in pages:
        draw(Sheet(canvas, size[1]))
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def wrap(text: str, width: int, indent: int = 2) -> list[str]:
    """*text* broken to lines of *width* ideographs, the first one standing in."""
    lines = ["\u3000" * indent + text[: width - indent]]
    rest = text[width - indent :]
    return lines + [rest[i : i + width] for i in range(0, len(rest), width)]
