"""The content of PDF pages: characters, ruled lines and pictures, taken from the interpreter as it draws them.

pdfplumber opens the file and finds its pages, pdfminer.six interprets them. The layout objects of neither are
made: they cost more than the reading, and they do not tell invisible text from printed text.
"""

from __future__ import annotations

import itertools
import logging
import math
import zlib
from collections.abc import Sequence
from typing import Any, Final

from pdfminer.converter import PDFLayoutAnalyzer
from pdfminer.pdffont import PDFUnicodeNotDefined
from pdfminer.pdfinterp import PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import LITERALS_FLATE_DECODE, PDFObjRef, PDFStream, resolve1
from pdfminer.utils import apply_matrix_pt, mult_matrix

from pipeline.readers.limits import limits
from pipeline.readers.page.content import Area, Glyph, PageContent, Rule, Shade
from pipeline.readers.pdf.operators import Interpreter

_ASCENT: Final = 0.88
"""Share of the em square above the baseline (that of Chinese fonts)."""
_THIN: Final = 3.0
"""A filled rectangle up to this wide, in points, is a ruled line."""
_SHORT: Final = 4.0
_INVISIBLE: Final = (3, 7)
"""Text rendering modes that leave no ink (ISO 32000-1, table 106)."""
_NEAR_WHITE: Final = 0.97
_DEEPEST_FORM: Final = 20
_MOST_CURVES: Final = 2000
logging.getLogger("pdfminer").setLevel(logging.ERROR)  # it warns of every oddity of a font, thousands in one file


class OverLimit(Exception):
    """A page that holds more than the limits allow."""


def interpret(page: PDFPage, number: int, resources: PDFResourceManager) -> PageContent:
    """The content of *page*. Raises :class:`OverLimit`, and what pdfminer raises on damaged files."""
    streams = [stream for item in page.contents if isinstance(stream := resolve1(item), PDFStream)]
    raw = [(stream, stream.rawdata) for stream in streams]
    _check(streams, page.resources)
    device = _Device(resources, number)
    try:
        Interpreter(resources, device).process_page(page)
    finally:
        for stream, data in raw:
            if data is not None:
                stream.rawdata, stream.data = data, None
    content = device.content
    content.rotation = (page.rotate or 0) % 360
    _crop(content, page)
    return content


def _check(streams: Sequence[PDFStream], resources: Any) -> None:
    most = limits().page_bytes
    for stream in (*streams, *_forms(resources, set(), 0)):
        size = _unpacked_size(stream, most)
        if size > most:
            raise OverLimit(f"a stream unpacks to more than {most} bytes")


def _forms(resources: Any, seen: set[int], depth: int) -> list[PDFStream]:
    """The form XObjects and the fonts' character maps that the page draws with, those within forms included."""
    found: list[PDFStream] = []
    tree = resolve1(resources)
    if not isinstance(tree, dict) or depth > _DEEPEST_FORM:
        return found
    for item in (resolve1(tree.get("XObject")) or {}).values():
        if isinstance(item, PDFObjRef):
            if item.objid in seen:
                continue
            seen.add(item.objid)
        stream = resolve1(item)
        if isinstance(stream, PDFStream) and getattr(resolve1(stream.get("Subtype")), "name", "") == "Form":
            found += [stream, *_forms(stream.get("Resources"), seen, depth + 1)]
    for item in (resolve1(tree.get("Font")) or {}).values():
        if isinstance(item, PDFObjRef):
            if item.objid in seen:
                continue
            seen.add(item.objid)
        font = resolve1(item)
        unicode_map = resolve1(font.get("ToUnicode")) if isinstance(font, dict) else None
        if isinstance(unicode_map, PDFStream):
            found.append(unicode_map)
    return found


def _unpacked_size(stream: PDFStream, most: int) -> int:
    """Size of the stream once unpacked, counted up to *most* and not kept."""
    data = stream.rawdata
    if data is None:
        return len(stream.data or b"")
    if stream.decipher is not None or not data:
        return len(data)
    filters = stream.get_filters()
    if len(filters) != 1 or filters[0][0] not in LITERALS_FLATE_DECODE:
        return len(data) * (1 if len(filters) < 2 else 1000)
    size, pending, inflate = 0, data, zlib.decompressobj()
    try:
        while pending and size <= most:
            size += len(inflate.decompress(pending, 1 << 20))
            pending = inflate.unconsumed_tail
    except zlib.error:
        pass  # pdfminer takes what it can of a damaged stream: never more than what came out here
    return size


def _crop(content: PageContent, page: PDFPage) -> None:
    """Drop what lies outside the crop box, which is all that a viewer shows."""
    if page.cropbox == page.mediabox or content.rotation:
        return
    left, bottom, right, top = page.mediabox
    x0, y0, x1, y1 = page.cropbox
    area = Area(
        min(x0, x1) - min(left, right),
        max(bottom, top) - max(y0, y1),
        max(x0, x1) - min(left, right),
        max(bottom, top) - min(y0, y1),
    )
    if area.x1 - area.x0 > 1 and area.bottom - area.top > 1:
        content.glyphs = [g for g in content.glyphs if area.holds((g.x0 + g.x1) / 2, (g.top + g.bottom) / 2)]


class _Device(PDFLayoutAnalyzer):
    """Takes what the interpreter draws; counts it against the limit."""

    def __init__(self, resources: PDFResourceManager, number: int) -> None:
        super().__init__(resources, number, None)
        self.content = PageContent(number, 0.0, 0.0)
        self._left = limits().page_objects
        self._invisible = False
        self._depth = 0
        self._shades: dict[int, tuple[Any, bool]] = {}

    def begin_page(self, page: PDFPage, ctm: Any) -> None:
        corners = [
            apply_matrix_pt(ctm, point)
            for point in ((page.mediabox[0], page.mediabox[1]), (page.mediabox[2], page.mediabox[3]))
        ]
        self.content.width = abs(corners[0][0] - corners[1][0])
        self.content.height = abs(corners[0][1] - corners[1][1])

    def end_page(self, page: PDFPage) -> None:
        """Nothing is left to do: the content is complete."""

    def begin_figure(self, name: str, bbox: Any, matrix: Any) -> None:
        self._count()
        self._depth += 1
        if self._depth > _DEEPEST_FORM:
            raise OverLimit(f"forms nested deeper than {_DEEPEST_FORM}")
        (x0, y0), (x1, y1) = ((float(bbox[0]), float(bbox[1])), (float(bbox[2]), float(bbox[3])))
        placed = mult_matrix(matrix, self.ctm)
        points = [apply_matrix_pt(placed, point) for point in ((x0, y0), (x1, y0), (x0, y1), (x1, y1))]
        self._figure = self._area(points)

    def end_figure(self, _: str) -> None:
        self._depth -= 1

    def render_image(self, name: str, stream: PDFStream) -> None:
        self._count()
        self.content.images.append(self._figure)

    def render_string(self, textstate: Any, seq: Any, ncs: Any, graphicstate: Any) -> None:
        self._invisible = textstate.render in _INVISIBLE
        super().render_string(textstate, seq, ncs, graphicstate)

    def render_char(
        self,
        matrix: Any,
        font: Any,
        fontsize: float,
        scaling: float,
        rise: float,
        cid: int,
        ncs: Any,
        graphicstate: Any,
    ) -> float:
        self._count()
        try:
            text = font.to_unichr(cid)
        except (PDFUnicodeNotDefined, KeyError):
            text = "\ufffd"
        advance: float = font.char_width(cid) * fontsize * scaling
        a, b, c, d, e, f = matrix
        height = self.content.height
        if font.is_vertical():
            vx, vy = font.char_disp(cid)
            left = -(fontsize * 0.5 if vx is None else vx * fontsize * 0.001)
            upper = (1000 - vy) * fontsize * 0.001 + rise
            x0, x1, upper, lower = left, left + fontsize, upper, upper + advance
        else:
            x0, x1, upper, lower = 0.0, advance, rise + _ASCENT * fontsize, rise - (1 - _ASCENT) * fontsize
        if not b and not c and a > 0 < d:
            box = (e + x0 * a, height - f - upper * d, e + x1 * a, height - f - lower * d)
            turn, size = 0, fontsize * d
        else:
            points = [(a * x + c * y + e, b * x + d * y + f) for x in (x0, x1) for y in (upper, lower)]
            box = self._area(points)
            turn = _turn(math.degrees(math.atan2(b, a)))
            size = abs(fontsize) * math.hypot(c, d)
        white = self._is_white(ncs, graphicstate.ncolor)
        shade: Shade = "unseen" if self._invisible else "white" if white else "ink"
        x0, top, x1, bottom = box
        self.content.glyphs.append(
            Glyph(text, min(x0, x1), min(top, bottom), max(x0, x1), max(top, bottom), abs(size), turn, shade)
        )
        return advance

    def paint_path(self, gstate: Any, stroke: bool, fill: bool, evenodd: bool, path: Sequence[Any]) -> None:
        points: list[tuple[float, float]] = []
        curved = False
        for segment in path:
            if segment[0] == "m" and points:
                self._shape(gstate, stroke, fill, points, curved)
                points, curved = [], False
            if segment[0] == "h":
                if points:
                    points.append(points[0])
                continue
            curved = curved or segment[0] not in "ml"
            points.append(apply_matrix_pt(self.ctm, segment[-2:]))
        if points:
            self._shape(gstate, stroke, fill, points, curved)

    def _shape(self, gstate: Any, stroke: bool, fill: bool, points: list[tuple[float, float]], curved: bool) -> None:
        """Sort one subpath: ruled line, filled area, stroked polygon, or drawing."""
        self._count()
        if not stroke and not fill:
            return
        area = self._area(points)
        width, height = area.x1 - area.x0, area.bottom - area.top
        white = self._is_white(None, gstate.scolor if stroke else gstate.ncolor)
        rules = self.content.rules
        if min(width, height) <= _THIN and max(width, height) >= _SHORT and not curved:
            if not white:
                across = width >= height
                middle = (area.top + area.bottom) / 2 if across else (area.x0 + area.x1) / 2
                rules.append(
                    Rule(area.x0, middle, area.x1, middle) if across else Rule(middle, area.top, middle, area.bottom)
                )
            return
        if fill and not self._is_white(None, gstate.ncolor):
            self.content.fills.append(area)
        if curved:
            self.content.drawn += 1
            if len(self.content.curves) < _MOST_CURVES:
                self.content.curves.append(area)
            return
        if stroke and not white:
            self._edges(points)

    def _edges(self, points: list[tuple[float, float]]) -> None:
        height = self.content.height
        for (x0, y0), (x1, y1) in itertools.pairwise(points):
            if abs(y0 - y1) < 0.5 and abs(x0 - x1) >= _SHORT:
                self.content.rules.append(Rule(min(x0, x1), height - y0, max(x0, x1), height - y0))
            elif abs(x0 - x1) < 0.5 and abs(y0 - y1) >= _SHORT:
                self.content.rules.append(Rule(x0, height - max(y0, y1), x0, height - min(y0, y1)))
            elif abs(x0 - x1) >= 0.5 and abs(y0 - y1) >= 0.5:
                self.content.drawn += 1

    def _area(self, points: Sequence[tuple[float, float]]) -> Area:
        xs, ys = [x for x, _ in points], [y for _, y in points]
        return Area(min(xs), self.content.height - max(ys), max(xs), self.content.height - min(ys))

    def _is_white(self, space: Any, colour: Any) -> bool:
        key = id(colour)
        known = self._shades.get(key)
        if known is None or known[0] is not colour:
            known = self._shades[key] = (colour, _white(space, colour))
        return known[1]

    def _count(self) -> None:
        self._left -= 1
        if self._left < 0:
            raise OverLimit(f"more than {limits().page_objects} characters and lines")


def _turn(angle: float) -> int:
    """The nearest quarter turn, or -1 for a slanting one."""
    nearest = round(angle / 90) * 90
    return nearest % 360 if abs(angle - nearest) < 3 else -1


def _white(space: Any, colour: Any) -> bool:
    values = colour if isinstance(colour, (tuple, list)) else (colour,)
    if not values or not all(isinstance(value, (int, float)) for value in values):
        return False
    if len(values) == 4:
        return bool(max(values) <= 1 - _NEAR_WHITE)
    if len(values) == 1 and getattr(space, "name", "") in ("Separation", "DeviceN", "Indexed"):
        return False
    return bool(min(values) >= _NEAR_WHITE)
