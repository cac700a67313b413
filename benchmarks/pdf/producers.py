"""Programs that print blocks as PDF. A producer that is not installed raises :class:`Missing`.

WeasyPrint, Chromium, LibreOffice (of Debian), typst, reportlab, fpdf2 and PyMuPDF; none of them is a dependency.
"""

from __future__ import annotations

import importlib
import io
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Final

import web
from blocks import Block
from layouts import FAMILIES, Font, Layout


class Missing(Exception):
    """A producer that is not installed here."""


@cache
def font_file(font: Font) -> str:
    """The file of a font for the producers that embed files; fontconfig knows where it lies.

    They take no fonts with cubic outlines: their serif type is a Kai.
    """
    family = "AR PL UKai CN" if font == "serif" else FAMILIES[font]
    program = shutil.which("fc-match")
    found = (
        subprocess.run([program, "-f", "%{family}|%{file}", family], capture_output=True, text=True, check=True).stdout
        if program
        else ""
    )
    names, _, path = found.partition("|")
    if family not in names:
        raise Missing(f"the font {family} is not installed")
    return path


def load(name: str) -> Any:
    """The module *name* of a producer."""
    try:
        return importlib.import_module(name)
    except (ImportError, OSError) as error:
        raise Missing(f"{name} is not installed") from error


def weasyprint(blocks: Sequence[Block], layout: Layout) -> bytes:
    """Its tables stand within a column: it knows no table that spans two."""
    data: bytes = load("weasyprint").HTML(string=web.page(blocks, layout, "h2")).write_pdf()
    return data


def chromium(blocks: Sequence[Block], layout: Layout) -> bytes:
    program = shutil.which("chromium")
    if program is None:
        raise Missing("chromium is not installed")
    sync = load("playwright.sync_api")
    with sync.sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=program, args=["--headless", "--no-sandbox", "--disable-gpu"]
        )
        tab = browser.new_page()
        tab.set_content(web.page(blocks, layout))
        data: bytes = tab.pdf(prefer_css_page_size=True)
        browser.close()
    return data


def libreoffice(blocks: Sequence[Block], layout: Layout) -> bytes:
    program = shutil.which("soffice")
    if program is None:
        raise Missing("LibreOffice is not installed")
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "a.docx"
        load("word").write(blocks, layout, source)
        profile = f"-env:UserInstallation=file://{folder}/profile"
        command = [program, profile, "--headless", "--convert-to", "pdf", "--outdir", folder, str(source)]
        subprocess.run(command, check=True, capture_output=True, timeout=300)
        return (Path(folder) / "a.pdf").read_bytes()


def typst(blocks: Sequence[Block], layout: Layout) -> bytes:
    compiler = load("typst")
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "a.typ"
        source.write_text(load("markup").write(blocks, layout), encoding="utf-8")
        data: bytes = compiler.compile(str(source), format="pdf")
    return data


def reportlab(blocks: Sequence[Block], layout: Layout) -> bytes:
    load("reportlab")
    data: bytes = load("flowables").write(blocks, layout)
    return data


def fpdf2(blocks: Sequence[Block], layout: Layout) -> bytes:
    load("fpdf")
    data: bytes = load("cells").write(blocks, layout)
    return data


def pymupdf(blocks: Sequence[Block], layout: Layout) -> bytes:
    """A story poured into one rectangle a column; this producer knows no rules of tables but full ones."""
    library = load("pymupdf")
    story = library.Story(html=web.page(blocks, layout), em=layout.size)
    buffer = io.BytesIO()
    writer = library.DocumentWriter(buffer)
    width = (layout.width - 2 * layout.margin - 24 * (layout.columns - 1)) / layout.columns
    more = True
    while more:
        device = writer.begin_page(library.Rect(0, 0, layout.width, layout.height))
        for column in range(layout.columns):
            left = layout.margin + column * (width + 24)
            more, _ = story.place(library.Rect(left, layout.margin, left + width, layout.height - layout.margin))
            story.draw(device)
            if not more:
                break
        writer.end_page()
    writer.close()
    return _with_feet(library, buffer.getvalue(), layout)


def _with_feet(library: Any, data: bytes, layout: Layout) -> bytes:
    document = library.open("pdf", data)
    for number, page in enumerate(document, 1):
        x = layout.width / 2 if not layout.outer else (layout.width - 120 if number % 2 else 60)
        page.insert_text((x, layout.height - 30), layout.foot.format(n=number), fontname="china-s", fontsize=9)
        if layout.head:
            page.insert_text((x, 40), layout.head, fontname="china-s", fontsize=9)
    result: bytes = document.tobytes(garbage=3, deflate=True)
    return result


Producer = Callable[[Sequence[Block], Layout], bytes]
PRODUCERS: Final[dict[str, Producer]] = {
    "weasyprint": weasyprint, "chromium": chromium, "libreoffice": libreoffice, "typst": typst,
    "reportlab": reportlab, "fpdf2": fpdf2, "pymupdf": pymupdf,
}  # fmt: skip


def produce(name: str, blocks: Sequence[Block], layout: Layout) -> bytes:
    """The PDF that a producer prints, its pages turned where the layout says so."""
    data = PRODUCERS[name](blocks, layout)
    if not layout.turn:
        return data
    library = load("pypdfium2")
    document = library.PdfDocument(data)
    for page in document:
        page.set_rotation(layout.turn)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()
