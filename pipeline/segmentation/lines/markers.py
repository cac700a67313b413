"""The grammar of clause markers: 第一章, 第一条, 一、, （一）, 1., （1）, ①, 1.1 and 一是.

A marker is read at the beginning of a paragraph; whether it is one there is decided with the numbers
that its system has reached so far, so that 5.5万 or 2023.1 at the head of a wrapped line is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from extractors.numbers.numerals import parse_chinese
from pipeline.segmentation.lines.rules import pattern, union
from schemas.making import quickly_made

CHAPTER_KINDS: Final = ("book", "chapter", "section", "article")
"""Systems of laws and rules, outermost first; they stand above all others."""

_CIRCLED: Final = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_BRACKETED: Final = "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇"
_DOTTED: Final = "⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛"
_RINGED: Final = "㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩"
_ROMAN: Final = "ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫ"
_LETTERS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_SIGNS: Final = {
    **{c: i for i, c in enumerate(_CIRCLED, 1)},
    **{c: i for i, c in enumerate(_BRACKETED, 1)},
    **{c: i for i, c in enumerate(_DOTTED, 1)},
    **{c: i for i, c in enumerate(_RINGED, 1)},
}
_SIGN_KINDS: Final = {"circled": "circled", "bracketed": "paren", "dotted": "dot", "ringed": "han_paren"}

_MARKER: Final = union("marker")
_DATED: Final = pattern("marker_not.dated")
_DAY: Final = pattern("marker_not.day")
_MEASURED: Final = pattern("marker_not.measured")
_DIGITS: Final = re.compile(r"\d+")
_NUMERAL: Final = pattern("numeral.han")


@quickly_made
@dataclass(frozen=True, slots=True)
class Marker:
    """A marker: its system, the number it prints, and its text; ``parts`` are the components of 1.2.3."""

    kind: str
    number: int
    text: str
    parts: tuple[int, ...] = ()


@dataclass(slots=True)
class Progress:
    """The numbers that each system of a part has reached so far."""

    last: dict[str, int] = field(default_factory=dict)
    decimal: tuple[int, ...] = ()

    def expects(self, kind: str, number: int) -> bool:
        """Whether *number* begins its system or follows its last number."""
        return number == 1 or number == self.last.get(kind, 0) + 1

    def take(self, marker: Marker) -> None:
        """Note that *marker* has been printed."""
        self.last[marker.kind] = marker.number
        if marker.kind == "decimal":
            self.decimal = marker.parts


def read_marker(text: str, progress: Progress, *, after_break: bool = False) -> Marker | None:
    """The marker that *text* begins with, or ``None``.

    *after_break* says that the paragraph before it was cut in the middle of a sentence, so that a
    number here belongs to that sentence unless its system expects just this one.
    """
    match = _MARKER.match(text)
    dated = _DATED.search(text)
    if dated and (match is None or match.lastgroup in ("decimal", "dot")):
        number = int(_DIGITS.match(dated[1])[0])  # type: ignore[index]
        plausible = progress.expects("dot", number) and (number > 1 or not after_break)
        wide = _DAY.search(text)
        if plausible and (wide or (not after_break and match is None)):
            return Marker("dot", number, dated[1])
    if match is None or match.lastgroup is None:
        return None
    marker = _marker(match.lastgroup, match[0], progress)
    if marker.kind == "decimal":
        return marker if _decimal_fits(marker, text[match.end() :], progress, after_break) else None
    if match.lastgroup == "bare" and (after_break or not progress.expects("han", marker.number)):
        return None
    if marker.kind in ("first_is", "letter", "roman", "ordinal"):
        return marker if progress.expects(marker.kind, marker.number) else None
    if match.lastgroup == "half_paren" and (marker.number < 2 or not progress.expects(marker.kind, marker.number)):
        return None  # Half a bracket is a marker only where its series goes on.
    if marker.text[-1] in ",，" and not progress.expects(marker.kind, marker.number):
        return None  # A comma is a misread 、 only where the series goes on.
    loose = marker.kind in ("dot", "comma", "close", "article", "han")
    if loose and after_break and not progress.expects(marker.kind, marker.number):
        return None
    if marker.kind in ("dot", "comma") and marker.number > 200:
        return None
    return marker


def _marker(kind: str, text: str, progress: Progress) -> Marker:
    if kind in _SIGN_KINDS:
        return Marker(_SIGN_KINDS[kind], _SIGNS[text], text)
    if kind == "ell":  # Recognition reads the 1 of 1. as a letter.
        return Marker("dot", 1, text)
    if kind in ("letter", "roman"):
        return Marker(kind, (_LETTERS if kind == "letter" else _ROMAN).index(text[0]) + 1, text)
    if kind == "single":
        # 1 总则 over 1.1 编制目的: the outermost numbers of a decimal series.
        return Marker("decimal", int(text), text, (int(text),))
    if kind == "decimal":
        parts = tuple(int(part) for part in _DIGITS.findall(text))
        return Marker(kind, parts[-1], text, parts)
    digits = _DIGITS.search(text)
    if digits:
        number = int(digits[0])
    else:
        han = _NUMERAL.search(text)
        number = int(parse_chinese(han[0]) or 0) if han else 0
    kind = {"half_paren": "han_paren", "bare": "han"}.get(kind, kind)
    # OCR and typists mix 1. with 1、 and （1） with 1）: a number that goes on with the other series belongs to it.
    for twin in {"comma": ("dot",), "dot": ("comma",), "close": ("paren",), "paren": ("close",)}.get(kind, ()):
        if number > 1 and progress.last.get(twin) == number - 1 and progress.last.get(kind) != number - 1:
            kind = twin
    return Marker(kind, number, text)


def _decimal_fits(marker: Marker, rest: str, progress: Progress, after_break: bool) -> bool:
    """Whether 1.2 is the number of a clause: it goes on with the series, and measures nothing."""
    if _MEASURED.search(rest) or (after_break and not progress.decimal) or not rest.strip():
        return False
    last, parts = progress.decimal, marker.parts
    if parts[-1] == 1:
        above = parts[:-1]
        if len(above) == 1:
            reached = (
                progress.last.get("dot"),
                progress.last.get("comma"),
                progress.last.get("han"),
                progress.last.get("chapter"),
            )
            return above[0] in reached or above[0] == 1 or (bool(last) and above[0] in (last[0], last[0] + 1))
        return last[: len(above)] == above
    return last[: len(parts)] == (*parts[:-1], parts[-1] - 1)


_INLINE: Final = union("inline")
_MAY_BEGIN_ITEM: Final = pattern("inline_begins")


def inline_items(text: str, opening: Marker | None = None) -> list[tuple[int, Marker]]:
    """The markers inside a paragraph that count up from one, or go on with its *opening* marker, with their positions.

    A series that begins here has at least two items; of several systems the one that begins first wins. Its series may
    begin anew (一是…二是…。此外，一是…二是…).
    """
    found: dict[str, list[tuple[int, Marker]]] = {}
    for kind, printed, end in _inline_markers(text, len(opening.text) if opening else 0):
        found.setdefault(kind, []).append((end, _marker(kind, printed, Progress())))
    best: list[tuple[int, Marker]] = []
    for markers in found.values():
        items = [(end - len(marker.text), marker) for run in _series(markers, opening) for end, marker in run]
        if items and (not best or items[0][0] < best[0][0]):
            best = items
    return best


def _inline_markers(text: str, start: int) -> Iterator[tuple[str, str, int]]:
    """System, text and end of what may be the markers of items inside *text*, from *start* on."""
    places = [one.end() - (one[0] in _SIGNS) for one in _MAY_BEGIN_ITEM.finditer(text, max(0, start - 1))]
    for place in places if start else [0, *places]:
        match = _INLINE.match(text, place) if place >= start else None
        if match is not None and match.lastgroup is not None:
            yield match.lastgroup, match[0].strip(), match.end()


def _series(found: Sequence[tuple[int, Marker]], opening: Marker | None) -> Iterator[list[tuple[int, Marker]]]:
    """The series among the markers *found* of one system: each counts up, the first from *opening*, later ones from one."""
    before = opening.number if opening and found and opening.kind == found[0][1].kind else 0
    least, run = (1 if before else 2), list[tuple[int, Marker]]()
    for end, marker in found:
        if marker.number == before + len(run) + 1:
            run.append((end, marker))
        elif marker.number == 1 and len(run) >= least:
            yield run
            before, least, run = 0, 2, [(end, marker)]
    if len(run) >= least:
        yield run


def stretches(cuts: Sequence[tuple[int, Marker]], end: int) -> Iterator[tuple[int, int, Marker]]:
    """Beginning, end and marker of the stretches that *cuts* makes of a text that ends at *end*."""
    for number, (start, marker) in enumerate(cuts):
        yield start, cuts[number + 1][0] if number + 1 < len(cuts) else end, marker
