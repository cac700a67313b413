"""Characters as they are read: what is not seen goes, doubled ones stand once, stray code points become ordinary ones."""

from __future__ import annotations

import itertools
import unicodedata
from collections import Counter
from typing import Final

from pipeline.readers.canonical.symbols import BULLETS
from pipeline.readers.page.content import Glyph, PageContent

_RADICALS: Final = dict(
    zip(
        "⺠⻓⻛⻔⻋⻅⻉⻢⻥⻦⻩⻬⻰⻆⻘⻨⻝⻚⻙⻜⻤⻧⻮⻣⻁⻄⻌⺎⺗⺝⺟⺫⻫⻪⻳⺅⺉⺐⺒⺓⺕⺖⺘⺙⺡⺣⺦⺨⺭⺰⺺⺾⻂⻈⻐⻖⻠⼾",
        "民长风门车见贝马鱼鸟黄齐龙角青麦食页韦飞鬼卤齿骨虎西辶兀心月母目斉黾龟亻刂尢巳幺彐忄扌攵氵灬丬犭礻纟肀艹衤讠钅阝饣户",
        strict=True,
    )
)
"""Radicals that fonts map common characters to by mistake, where Unicode gives no decomposition."""
_VERTICAL: Final = str.maketrans(
    "︵︶︷︸︹︺︻︼︽︾︿﹀﹁﹂﹃﹄︐︑︒︓︔︕︖︰︱︙", "（）｛｝〔〕【】《》〈〉「」『』，、。：；！？：—…"
)
_TWINS: Final = {
    "⸺": "——", "⸻": "———", "―": "—", "・": "·", "‧": "·", "⋯": "…", "〜": "～", "∕": "／", "‵": "｀", "‑": "-", "㬵": "胶",
    **{chr(0x2780 + n): chr(0x2460 + n) for n in range(10)},
}  # fmt: skip
"""Code points that fonts for simplified Chinese draw as others are drawn: producers pick either, or one for two dashes."""
_LIGATURES: Final = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "ft", "ﬆ": "st"}
_TINY: Final = 1.5
"""Characters smaller than this, in points, are not printed to be read."""
_DOUBLE: Final = 0.18
"""Two prints of a character this share of its size apart, or nearer, are one in bold."""

_TILE: Final = 16.0
"""Prints are looked for in tiles of this size, in points, larger than any such shift."""


def read_glyphs(page: PageContent) -> list[Glyph]:
    """The characters of *page* that are seen, each once, upright, in ordinary code points and in drawing order."""
    glyphs = _seen(page)
    glyphs = _turned(page, glyphs)
    return _single([_ordinary(glyph) for glyph in glyphs])


def respell(text: str) -> str:
    """*text* in ordinary code points: no ligatures, radicals, compatibility ideographs, vertical forms, symbol fonts."""
    return "".join(_respelt(char) for char in text)


def _respelt(char: str) -> str:
    code = ord(char)
    if char in _TWINS:
        return _TWINS[char]
    if char in _RADICALS:
        return _RADICALS[char]
    if 0x2E80 <= code <= 0x2EFF:
        return unicodedata.normalize("NFKC", char)
    if 0x2F00 <= code <= 0x2FDF or 0xF900 <= code <= 0xFAFF or 0x2F800 <= code <= 0x2FA1F:
        return unicodedata.normalize("NFKC", char)
    if 0xFE10 <= code <= 0xFE4F:
        return char.translate(_VERTICAL)
    if 0xFB00 <= code <= 0xFB06:
        return _LIGATURES[char]
    if 0xE000 <= code <= 0xF8FF:
        return BULLETS.get(char, char)
    return char


def _ordinary(glyph: Glyph) -> Glyph:
    text = glyph.text
    if len(text) == 1 and ("\u4e00" <= text <= "\u9fff" or " " <= text <= "~"):
        return glyph
    spelt = respell(text.replace("\xa0", " ").replace("\xad", "-"))
    return glyph if spelt == text else glyph._replace(text=spelt)


def _seen(page: PageContent) -> list[Glyph]:
    """Printed characters; the unseen text layer of a scan stands in where there is nothing else."""
    glyphs = [g for g in page.glyphs if g.shade == "ink" and g.size >= _TINY]
    if page.fills or page.images:
        shown = [*page.fills, *page.images]
        lit = [g for g in page.glyphs if g.shade == "white" and g.size >= _TINY]
        lit = [g for g in lit if any(area.holds((g.x0 + g.x1) / 2, (g.top + g.bottom) / 2) for area in shown)]
        glyphs += lit
    unseen = [g for g in page.glyphs if g.shade == "unseen" and g.size >= _TINY]
    if not any(g.text.strip() for g in glyphs) or (page.images and len(unseen) > 10 * len(glyphs)):
        glyphs += unseen
    width, height = page.width, page.height
    return [g for g in glyphs if g.x1 > 0 and g.x0 < width and g.bottom > 0 and g.top < height]


def _turned(page: PageContent, glyphs: list[Glyph]) -> list[Glyph]:
    """The page turned so that most of its text is upright; text that stands otherwise keeps its turn."""
    counts = Counter(g.turn for g in glyphs if g.text.strip())
    if not counts:
        return glyphs
    turn, count = counts.most_common(1)[0]
    if turn in (90, 180, 270) and count > 0.6 * counts.total():
        turn_page(page, turn)
        return [_rotate(g, turn, page) for g in glyphs]
    if _is_vertical(glyphs):
        turn_page(page, 270)
        return [_rotate(g, 270, page)._replace(turn=g.turn) for g in glyphs]
    return glyphs


def _is_vertical(glyphs: list[Glyph]) -> bool:
    """Whether characters stand upright below one another, as in vertical writing."""
    below = beside = 0
    for a, b in itertools.pairwise(glyphs):
        if a.turn or b.turn or not a.text.strip() or not b.text.strip():
            continue
        if abs(a.x0 - b.x0) < 0.3 * a.size and 0.5 * a.size < b.top - a.top < 1.8 * a.size:
            below += 1
        elif abs(a.top - b.top) < 0.3 * a.size and b.x0 > a.x0:
            beside += 1
    return below > 20 and below > 2 * beside


def turn_page(page: PageContent, turn: int) -> None:
    """Turn the page's size, rules and areas clockwise by *turn* degrees; places are of the turned page from then on."""
    width, height = page.width, page.height
    page.rules = [type(rule)(*_box(rule, turn, width, height)) for rule in page.rules]
    page.fills = [type(area)(*_box(area, turn, width, height)) for area in page.fills]
    page.images = [type(area)(*_box(area, turn, width, height)) for area in page.images]
    if turn != 180:
        page.width, page.height = height, width
    page.rotation = (page.rotation + turn) % 360


def _rotate(glyph: Glyph, turn: int, page: PageContent) -> Glyph:
    width, height = (page.width, page.height) if turn == 180 else (page.height, page.width)
    x0, top, x1, bottom = _box(glyph[1:5], turn, width, height)
    return glyph._replace(
        x0=x0, top=top, x1=x1, bottom=bottom, turn=(glyph.turn - turn) % 360 if glyph.turn >= 0 else -1
    )


def _box(box: tuple[float, ...], turn: int, width: float, height: float) -> tuple[float, float, float, float]:
    """*box* on a page of *width* and *height* once the page is turned clockwise."""
    x0, top, x1, bottom = box[:4]
    if turn == 90:
        return height - bottom, x0, height - top, x1
    if turn == 180:
        return width - x1, height - bottom, width - x0, height - top
    return top, width - x1, bottom, width - x0


def _single(glyphs: list[Glyph]) -> list[Glyph]:
    """Without the second prints of characters that are set twice to look bold."""
    kept: list[Glyph] = []
    places: dict[tuple[str, int, int], list[tuple[float, float]]] = {}
    for glyph in glyphs:
        text, x0, top = glyph.text, glyph.x0, glyph.top
        reach = _DOUBLE * glyph.size
        right, below = int((x0 + reach) / _TILE), int((top + reach) / _TILE)
        left, above = int((x0 - reach) / _TILE), int((top - reach) / _TILE)
        for column in (left, right) if left != right else (left,):
            for row in (above, below) if above != below else (above,):
                for x, y in places.get((text, column, row), ()):
                    if abs(x - x0) <= reach and abs(y - top) <= reach:
                        break
                else:
                    continue
                break
            else:
                continue
            break
        else:
            places.setdefault((text, int(x0 / _TILE), int(top / _TILE)), []).append((x0, top))
            kept.append(glyph)
    return kept
