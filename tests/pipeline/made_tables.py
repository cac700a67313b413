"""Random tables of figures with the value and unit of every cell, as text, web page and PDF."""

from __future__ import annotations

import html
import io
from dataclasses import dataclass
from decimal import Decimal
from random import Random
from typing import Literal

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

TITLE = "某市统计局关于2023年统计数据的公告"
MEASURES = {"营业收入": "元", "从业人员": "人", "粮食面积": "公顷", "水泥产量": "吨", "总户数": "户"}
SCALES = {"": 1, "万": 10**4, "亿": 10**8}
NAMES = ("东河区", "西岭县", "南湾镇", "北岗市", "青柯县", "白沙区", "石桥镇", "河口县")
PLACES = ("note", "edge", "caption", "corner", "head", "rows", "column")
Form = Literal["text", "html", "pdf"]


@dataclass(frozen=True)
class Value:
    """A number as printed, in the unit that the table states for it."""

    printed: str
    low: Decimal
    unit: str


@dataclass(frozen=True)
class Made:
    """A table: what stands over it, its rows (the first is the head), and its values by their digits."""

    caption: str
    note: str
    rows: tuple[tuple[str, ...], ...]
    values: tuple[Value, ...]


def make(seed: int) -> Made:
    """A table whose unit stands at a random one of :data:`PLACES`, with a random growth column, names and signs for none."""
    random = Random(seed)
    place, metric = random.choice(PLACES), random.choice(tuple(MEASURES))
    scale, base = random.choice(tuple(SCALES)), MEASURES[metric]
    unit, growth = scale + base, random.random() < 0.6
    note = f"单位：{unit}" if place in ("note", "edge") else ""
    caption = f"2023年{metric}情况" + (f"（{unit}）" if place == "caption" else "")
    corner = f"项目（{unit}）" if place == "corner" else "项目"
    head = [
        corner,
        *(["计量单位"] if place == "column" else []),
        f"{metric}（{unit}）" if place == "head" else "2023年",
    ]
    rows = [tuple([*head, *(["比上年增长（%）"] if growth else [])])]
    values: list[Value] = []
    for name in random.sample(NAMES, random.randint(3, 6)):
        if len(rows) > 1 and random.random() < 0.2:
            rows.append(("按类型分", *[""] * (len(rows[0]) - 1)))
        label = random.choice(("", "", "　　", "其中：")) if len(rows) > 1 else ""
        own = f"{label}{name}（{unit}）" if place == "rows" else label + name
        cells = [own, *([unit] if place == "column" else []), _cell(random, values, SCALES[scale], base)]
        rows.append(tuple([*cells, *([_cell(random, values, 1, "%")] if growth else [])]))
    return Made(caption, note, tuple(rows), tuple(values))


def _cell(random: Random, values: list[Value], scale: int, unit: str) -> str:
    if random.random() < 0.08:
        return random.choice(("", "—", "…", "-"))
    taken = {value.printed.strip("-－") for value in values}
    while (number := Decimal(random.randint(211, 99999)) / 10).to_integral() == number or str(number) in taken:
        pass
    sign = random.choice(("", "", "-", "－")) if unit == "%" else ""
    values.append(Value(f"{sign}{number}", (-number if sign else number) * scale, unit))
    return values[-1].printed


def source(made: Made, form: Form, seed: int) -> tuple[bytes, str]:
    """The notice that holds the table, as bytes, and the name of its file."""
    if form == "text":
        over = [made.caption, *([("　" * 20 if seed % 2 else "") + made.note] if made.note else [])]
        body = (
            "\n".join(over)
            + "\n"
            + "\n".join("\t".join(row).rstrip("\t") if seed % 3 else "\t".join(row) for row in made.rows)
        )
        return (
            f"{TITLE}\n\n某统发〔2024〕3号\n\n现将有关数据公告如下。\n\n{body}\n".encode(),
            "notice.txt",
        )
    if form == "html":
        cells = ("".join(f"<td>{html.escape(cell)}</td>" for cell in row) for row in made.rows)
        over = f"<p>{made.caption}</p>" + (f"<p align=right>{made.note}</p>" if made.note else "")
        table = "".join(f"<tr>{row}</tr>" for row in cells)
        page = f"<meta charset=utf-8><h1>{TITLE}</h1><p>现将有关数据公告如下。</p>{over}<table>{table}</table>"
        return page.encode(), "notice.html"
    return _pdf(made, Random(seed).choice(("none", "three", "open"))), "notice.pdf"


def _pdf(made: Made, lines: str) -> bytes:
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=A4, invariant=True)
    canvas.setFont("STSong-Light", 18)
    canvas.drawCentredString(297, 760, TITLE)
    canvas.setFont("STSong-Light", 11)
    canvas.drawString(94, 730, "现将有关数据公告如下。")
    canvas.drawCentredString(297, 700, made.caption)
    canvas.drawRightString(523, 682, made.note)
    left, wide, top, pitch = 72.0, 451.0 / len(made.rows[0]), 676.0, 20.0
    for number, row in enumerate(made.rows):
        for column, text in enumerate(row):
            canvas.drawString(left + 6 + wide * column, top - 14 - pitch * number, text)
    bottom, end = top - pitch * len(made.rows), left + wide * len(made.rows[0])
    if lines != "none":
        for y in (top, top - pitch, bottom):
            canvas.line(left, y, end, y)
    if lines == "open":
        for column in range(1, len(made.rows[0])):
            canvas.line(left + wide * column, top, left + wide * column, bottom)
    canvas.save()
    return stream.getvalue()
