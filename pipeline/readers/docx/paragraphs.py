"""The printed text of a Word paragraph: fields by their results, symbols by what they show; deleted and hidden text is left out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from lxml import etree

from pipeline.readers.canonical.list_numbers import format_number
from pipeline.readers.canonical.symbols import raised, symbol
from pipeline.readers.docx.numbering import W

BREAK: Final = "\n"
"""A line break within a paragraph."""
FALLBACK: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
TEXT_BOX: Final = f"{W}txbxContent"
NOTES: Final = (f"{W}footnoteReference", f"{W}endnoteReference")
_MATH_TEXT: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_WORD_ART: Final = "{urn:schemas-microsoft-com:vml}textpath"
_SKIPPED: Final = frozenset(
    [f"{W}{name}" for name in ("del", "moveFrom", "pPr", "rPr", "delText", "sdtPr", "rt", "instrText")]
    + [FALLBACK, TEXT_BOX, *NOTES]
)
_OFF: Final = ("0", "false", "off")
_ENCIRCLED: Final = re.compile(r"eq\s*\\o\s*(?:\\a[clr]\s*)?\(\s*[○〇◯Ｏ]\s*[,，;；]\s*(\w{1,2})\s*\)", re.IGNORECASE)
"""How Word encodes a character in a circle (带圈字符): a field that prints one over the other."""


class Printer:
    """Reads paragraphs one after another; fields may begin in one and end in another."""

    def __init__(self) -> None:
        self._fields: list[list[str] | None] = []
        """The open fields: the pieces of the instruction, ``None`` once the result has begun."""

    def text(self, element: etree._Element) -> str:
        """What is printed of *element*, line breaks as :data:`BREAK`."""
        return "".join(self._texts(element))

    def _texts(self, element: etree._Element) -> Iterator[str]:
        for child in element.iterchildren():
            tag = child.tag
            if tag == f"{W}fldChar":
                yield self._field(child.get(f"{W}fldCharType"))
            elif tag == f"{W}instrText":
                if self._fields and self._fields[-1] is not None:
                    self._fields[-1].append(child.text or "")
            elif not isinstance(tag, str) or tag in _SKIPPED or (tag == f"{W}r" and is_hidden(child)):
                # What marks the ends of fields counts in hidden text too.
                if tag == f"{W}r":
                    for mark in child.iterchildren(f"{W}fldChar"):
                        self._field(mark.get(f"{W}fldCharType"))
            elif tag == f"{W}sdt" and child.find(f"{W}sdtPr/{W}showingPlcHdr") is not None:
                continue  # the prompt of a form that nobody filled in
            elif any(field is not None for field in self._fields):
                if len(child):
                    yield from self._texts(child)
            else:
                yield from self._printed(child, tag)

    def _printed(self, child: etree._Element, tag: str) -> Iterator[str]:
        if tag == f"{W}t":
            yield (child.text or "").replace("\n", " ")
        elif tag == _MATH_TEXT:
            yield child.text or ""
        elif tag == f"{W}tab" or tag == f"{W}ptab":
            yield " "
        elif tag == f"{W}br":
            yield BREAK if child.get(f"{W}type") in (None, "textWrapping") else ""
        elif tag == f"{W}cr":
            yield BREAK
        elif tag == f"{W}noBreakHyphen":
            yield "-"
        elif tag == f"{W}sym":
            yield _symbol(child)
        elif tag == _WORD_ART:
            yield child.get("string") or ""
        elif tag == f"{W}r" and _is_raised(child):
            yield raised("".join(self._texts(child)))
        else:
            yield from self._texts(child)

    def _field(self, kind: str | None) -> str:
        if kind == "begin":
            self._fields.append([])
        elif kind == "separate" and self._fields:
            self._fields[-1] = None
        elif kind == "end" and self._fields:
            instruction = self._fields.pop()
            if instruction and not any(field is not None for field in self._fields):
                return _encircled("".join(instruction))
        return ""


def is_hidden(run: etree._Element) -> bool:
    """Whether the run is formatted as hidden text."""
    hidden = run.find(f"{W}rPr/{W}vanish")
    return hidden is not None and hidden.get(f"{W}val") not in _OFF


def _is_raised(run: etree._Element) -> bool:
    """Whether the run stands above the line (a mark of a note, an exponent)."""
    place = run.find(f"{W}rPr/{W}vertAlign")
    return place is not None and place.get(f"{W}val") == "superscript"


def _symbol(element: etree._Element) -> str:
    try:
        return symbol(element.get(f"{W}font"), int(element.get(f"{W}char") or "", 16))
    except (ValueError, OverflowError):
        return ""


def _encircled(instruction: str) -> str:
    match = _ENCIRCLED.search(instruction)
    if not match:
        return ""
    inner = match[1]
    if inner.isascii() and inner.isdigit():
        return format_number(int(inner), "decimalEnclosedCircle")
    place = "一二三四五六七八九十".find(inner)
    return format_number(place + 1, "ideographEnclosedCircle") if place >= 0 else inner
