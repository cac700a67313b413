"""Scans: pages set by WeasyPrint, drawn, set askew, greyed, blurred and made noisy, read by OCR, and compared with their text.

    python -m tests.readers.measuring.scans [NAME...] [--time]

needs ``weasyprint``, ``rapidfuzz`` and Chinese fonts (Noto CJK, AR PL), which the project does not depend on.
"""

from __future__ import annotations

import argparse
import html
import io
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import cv2
import numpy as np
import pypdfium2
import weasyprint
from rapidfuzz.distance import Levenshtein
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from pipeline.process import process
from pipeline.readers import read_bytes
from schemas.records import SourceText
from tests.readers.measuring.texts import INVENTED, Block, Paragraph, Table, gold, grids, leader, source, squash

Picture = np.ndarray[Any, np.dtype[Any]]
_SONG, _HEI, _KAI, _MING = "Noto Serif CJK SC", "Noto Sans CJK SC", "AR PL UKai CN", "AR PL UMing CN"
_STYLE: Final = """
@page {{ size: A4; margin: 2.6cm 2.4cm; @bottom-center {{ content: "— " counter(page) " —"; font-size: 10pt }}
  @top-right {{ content: "云漳市人民政府公报 2024年第3期"; font-size: 9pt }} }}
body {{ font-family: '{font}'; font-size: {size}pt; line-height: {height}; text-align: justify }}
div {{ column-count: {columns}; column-gap: 1.8em }}
p {{ margin: 0; text-indent: 2em; orphans: 1; widows: 1 }}
.heading {{ text-align: center; text-indent: 0; font: {title}pt 'Noto Sans CJK SC'; margin: .4em 0 }}
.middle {{ text-align: center; text-indent: 0 }} .flush {{ text-indent: 0 }}
.right {{ text-align: right; text-indent: 0; padding-right: 2em }}
.contents {{ text-indent: 0; text-align: left }} .contents::after {{ content: leader("…") attr(data-page) }}
table {{ border-collapse: collapse; width: 100%; margin: .6em 0; font-size: 10.5pt; line-height: 1.35 }}
td {{ border: .75pt solid; padding: 2pt 3pt; text-align: center }}
"""
_MOST_JOINED: Final = 4
_CLOSE: Final = 0.05
"""A paragraph or cell that differs by this share of its characters is the one looked for."""


@dataclass(frozen=True)
class Set:
    """A text, how it is set, and what was done to its pages."""

    blocks: list[Block]
    dpi: int = 200
    font: str = _SONG
    size: float = 12.0
    height: float = 1.75
    columns: int = 1
    skew: Sequence[float] = (0.7, -0.5, 0.4)
    noise: float = 6.0
    grey: int = 0
    blur: float = 0.0
    jpeg: int = 85


def sets() -> dict[str, Set]:
    """The sets by name."""
    return {
        "contents": Set(gold("other/B1")[:26], skew=[0.4], noise=5),
        "one-column": Set(gold("other/B1")[10:], noise=8, jpeg=80),
        "two-columns": Set(gold("other/B2"), font=_MING, size=10.5, height=1.6, columns=2, skew=[-1.5, 1.0], grey=20, jpeg=75),
        "150-dpi": Set(gold("other/B3"), dpi=150, height=1.9, skew=[2.5, -3.0, 1.2], noise=5, blur=0.5),
        "two-columns-blurred": Set(gold("other/B4"), size=10.5, height=1.55, columns=2, skew=[0.9, -0.6], noise=10, blur=0.7),
        "kai": Set(INVENTED, font=_KAI, skew=[1.0, -2.0, 0.5], noise=7, grey=25, jpeg=70),
        "kai-150-dpi": Set(INVENTED, dpi=150, size=11, skew=[-0.5, 0.6, 1.5], noise=4),
        "hei": Set(gold("dev/E5")[:70], font=_HEI, size=11, height=1.6, skew=[-1.2, 0.8, 2.2], noise=7, grey=15, jpeg=80),
        "two-columns-ming": Set(gold("dev/E13")[:60], font=_MING, columns=2, skew=[0.5, -2.6], noise=5, blur=0.6),
    }  # fmt: skip


def pdf(chosen: Set) -> bytes:
    """The text set in pages with a text layer."""
    style = _STYLE.format(
        font=chosen.font, size=chosen.size, height=chosen.height, columns=chosen.columns, title=chosen.size + 5
    )
    parts = ["<div>"]
    for block in chosen.blocks:
        if isinstance(block, Table):
            rows = (
                "".join(f"<td rowspan={c.row_span} colspan={c.column_span}>{html.escape(c.text)}</td>" for c in row)
                for row in block.rows
            )
            parts.append(f"</div><table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table><div>")
        elif entry := leader(block.text):
            parts.append(f'<p class="contents" data-page="{entry[1]}">{html.escape(entry[0])}</p>')
        else:
            parts.append(f'<p class="{block.kind}">{html.escape(block.text)}</p>')
    page = f"<html><head><meta charset=utf-8><style>{style}</style></head><body>{''.join(parts)}</div></body></html>"
    made: bytes = weasyprint.HTML(string=page).write_pdf()
    return made


def scan(chosen: Set) -> list[Picture]:
    """The pages as a scanner would give them."""
    chance = np.random.default_rng(1)
    pictures = []
    with pypdfium2.PdfDocument(pdf(chosen)) as document:
        for number, page in enumerate(document):
            picture = page.render(scale=chosen.dpi / 72).to_numpy()[:, :, :3].astype(np.float32)
            height, width = picture.shape[:2]
            picture = picture * (230 - chosen.grey) / 255 + 25
            turn = cv2.getRotationMatrix2D((width / 2, height / 2), chosen.skew[number % len(chosen.skew)], 1)
            paper = (255 - chosen.grey,) * 3
            picture = cv2.warpAffine(picture, turn, (width, height), borderValue=paper, flags=cv2.INTER_CUBIC)
            if chosen.blur:
                picture = cv2.GaussianBlur(picture, (0, 0), chosen.blur)
            picture += chance.normal(0, chosen.noise, (height, width))[:, :, None]
            picture[chance.random((height, width)) < 0.0004] = 40
            pictures.append(np.clip(picture, 0, 255).astype(np.uint8))
    return pictures


def scanned_pdf(pictures: Sequence[Picture], dpi: int, quality: int) -> bytes:
    """A PDF of these pictures."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, invariant=1)
    for picture in pictures:
        height, width = (72 / dpi * side for side in picture.shape[:2])
        canvas.setPageSize((width, height))
        packed = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, quality])[1].tobytes()
        canvas.drawImage(ImageReader(io.BytesIO(packed)), 0, 0, width, height)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def paragraphs(blocks: list[Block], text: str) -> tuple[int, int, list[str]]:
    """How many paragraphs came out whole and in order, of how many, and the others; lines of one heading may be joined."""
    got = [squash(line) for line in text.split("\n") if line.strip() and "\t" not in line]
    wanted = [(block.kind == "heading", squash(block.text)) for block in blocks if isinstance(block, Paragraph)]
    # best[i][j]: the most that can be found of wanted[i:] in got[j:], and how many of wanted are taken by got[j] for it
    best = [[(0, -1)] * (len(got) + 1) for _ in range(len(wanted) + 1)]
    for i in reversed(range(len(wanted))):
        for j in reversed(range(len(got))):
            choices = [(best[i + 1][j][0], -1), (best[i][j + 1][0], 0)]
            joined = ""
            for count, (heading, paragraph) in enumerate(wanted[i : i + _MOST_JOINED], start=1):
                joined += paragraph
                if (count > 1 and not heading) or (count > 1 and not wanted[i][0]):
                    break
                if _is_close(joined, got[j]):
                    choices.append((count + best[i + count][j + 1][0], count))
            best[i][j] = max(choices, key=lambda choice: choice[0])
    missed, i, j = [], 0, 0
    while i < len(wanted):
        taken = best[i][j][1] if j < len(got) else -1
        if taken < 0:
            missed.append(wanted[i][1])
        i, j = (i + 1, j) if taken < 0 else (i + taken, j + 1)
    return best[0][0][0], len(wanted), missed


def _is_close(one: str, other: str) -> bool:
    # The dots of leaders are not counted.
    one, other = one.replace("…", ""), other.replace("…", "")
    most = int(_CLOSE * len(one)) + (len(one) < 20)
    return abs(len(one) - len(other)) <= most and Levenshtein.distance(one, other) <= most


def cells(blocks: list[Block], read: SourceText) -> tuple[int, int]:
    """How many filled cells stand in their row and column with their spans, of how many."""
    found = total = 0
    got = [
        {(c.row, c.column, c.row_span, c.column_span): squash(read.text[slice(*c.span)]) for c in table.cells}
        for table in read.tables
    ]
    for grid in grids(blocks):
        wanted = {(c.row, c.column, c.row_span, c.column_span): squash(c.text) for c in grid.cells if c.text.strip()}
        best = max(got, key=lambda table: len(set(wanted.values()) & set(table.values())), default={})
        total += len(wanted)
        found += sum(key in best and _is_close(text, best[key]) for key, text in wanted.items())
    return found, total


def rows(read: SourceText) -> dict[str, Counter[tuple[object, ...]]]:
    """What was extracted, without places."""
    batches = {name: batch.to_pylist() for name, batch in process(read).items()}
    return {
        "quantities": Counter(
            (squash(row["text"]), row["low"], row["high"], row["unit"], row["comparator"], row["kind"])
            for row in batches["quantities"]
        ),
        "officials": Counter((row["name"], row["role"], row["mention_type"]) for row in batches["officials"]),
        "responsibilities": Counter((squash(row["agency"]), row["duty"]) for row in batches["responsibilities"]),
    }


def main() -> None:
    """Print a line for every set and the sums."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*")
    parser.add_argument("--time", action="store_true", help="compare the time with that of the recogniser alone")
    arguments = parser.parse_args()
    sums: Counter[str] = Counter()
    for name, chosen in sets().items():
        if arguments.names and name not in arguments.names:
            continue
        pictures = scan(chosen)
        data = scanned_pdf(pictures, chosen.dpi, chosen.jpeg)
        if arguments.time:
            _time(data, pictures)
            continue
        read = read_bytes(data, f"{name}.pdf")
        truth = source(chosen.blocks)
        one, other = (squash(text).replace("…", "") for text in (truth.text, read.text))
        wrong = Levenshtein.distance(one, other)
        found, wanted, missed = paragraphs(chosen.blocks, read.text)
        right, total = cells(chosen.blocks, read)
        sums.update(wrong=wrong, characters=len(one), found=found, wanted=wanted, right=right, total=total)
        print(
            f"{name:20} {len(read.pages)} pages, CER {100 * wrong / len(one):.2f} %, paragraphs {found}/{wanted}, cells {right}/{total}"
        )
        print(*(f"    missed: {text[:60]}" for text in missed), sep="\n", end="\n" if missed else "")
        ours, theirs = rows(read), rows(truth)
        for kind in ours:
            sums.update(
                {
                    f"{kind} both": sum((ours[kind] & theirs[kind]).values()),
                    f"{kind} all": sum(ours[kind].values()) + sum(theirs[kind].values()),
                }
            )
    if not arguments.time:
        share = 100 * sums["wrong"] / sums["characters"]
        print(
            f"all: CER {share:.3f} %, paragraphs {sums['found']}/{sums['wanted']}, cells {sums['right']}/{sums['total']}"
        )
        for kind in ("quantities", "officials", "responsibilities"):
            print(f"F1 of {kind} with those of the text: {2 * sums[f'{kind} both'] / max(1, sums[f'{kind} all']):.3f}")


def _time(data: bytes, pictures: Sequence[Picture]) -> None:
    from rapidocr import RapidOCR

    bare = RapidOCR(params={"Global.log_level": "error"})
    bare(pictures[0])
    read_bytes(data, "a.pdf")
    for _ in range(3):
        started = time.process_time()
        for picture in pictures:
            bare(picture)
        alone = time.process_time()
        read_bytes(data, "a.pdf")
        ours, theirs = time.process_time() - alone, alone - started
        print(f"ours {ours:.1f} s, the recogniser alone {theirs:.1f} s of processor time: {ours / theirs:.2f}")


if __name__ == "__main__":
    main()
