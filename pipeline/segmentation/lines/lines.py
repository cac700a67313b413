"""The lines of a canonical text, each with its printed content and where it stands."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from pipeline.segmentation.lines.form import Form, form_of
from pipeline.segmentation.lines.once import once
from pipeline.segmentation.lines.rules import reader
from schemas.spans import Span

_BREAK: Final = re.compile(r"[\n\r\f\v\x85\u2028\u2029](?:(?<=\r)\n)?")
BLANKS: Final = (
    " \t\n\r\f\v\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u200b\u200c\u200d\u2060\u2028\u2029\u202f\u205f\u3000\ufeff*"
)
"""White space, zero-width characters and the asterisks of marked-up bold type, which end no line of print."""
_EDGES: Final = BLANKS.replace("\t", "")
_HASHES: Final = re.compile(r"^#{1,6}[ \u3000]+(?=\S)")
"""The signs of a heading in marked-up text."""
SPACES: Final = re.compile(r"[ \u3000\xa0]+")
"""What parts the cells of a row without tabs."""
_BLANK_HEAD: Final = reader("line.blank_head")
_LONGEST_HEAD: Final = 160
_WIDE_INDENT: Final = re.compile(r"[\u3000]{2}|[ \xa0\u2002\u2003]{4}|\t")


@dataclass(frozen=True)
class Line:
    """One line: ``[raw, stop)`` with its line break, ``[start, end)`` what is printed on it, ``form`` what that is.

    ``gap`` counts the empty lines before it; ``indented`` says whether its first character stands in;
    ``table`` is the number of the table that the reader found the line in; ``spaced``: it is a row whose cells blanks part.
    """

    index: int
    raw: int
    stop: int
    start: int
    end: int
    text: str
    gap: int
    indented: bool
    table: int | None = None
    spaced: bool = False

    @property
    def span(self) -> Span:
        """The printed content."""
        return Span(self.start, self.end)

    @once
    def form(self) -> Form:
        """What the line is by its form, read once."""
        return form_of(self.text)

    @once
    def tabular(self) -> bool:
        """Whether the line is a row of a table: cells parted by tabs, or by blanks as those of its head, or wrapped in paragraph tags."""
        text = self.text
        return (
            self.table is not None
            or self.spaced
            or ("\t" in text and not self.form.tabbed_heading)
            or (text.startswith("<p>") and text.endswith("</p>"))
            or is_piped(text)
        )

    def forget(self) -> None:
        """Let go what was read of the line: it is read again where somebody asks once more."""
        vars(self).pop("form", None)

    @property
    def titular(self) -> bool:
        """Whether the line could be part of a title."""
        return not self.tabular and self.form.may_be_title


def cut_line(line: Line, end: int, start: int) -> tuple[Line, Line]:
    """The line as two: what is printed before the position *end* of its text, and from *start* on."""
    first = replace(line, end=line.start + end, text=line.text[:end])
    return first, replace(line, start=line.start + start, text=line.text[start:], gap=0, indented=False)


def page_turns(before: Line, after: Line) -> bool:
    """Whether page furniture stands between two lines that follow each other in the text."""
    return after.index - before.index - 1 > after.gap


def is_piped(text: str) -> bool:
    """Whether the line is a row of a table drawn with upright strokes (| a | b |)."""
    return text[:1] == "|" == text[-1:] and text.count("|") > 2 and "\t" not in text


def split_lines(text: str, tables: Sequence[Span] = ()) -> list[Line]:
    """The lines of *text* in order; together their ``[raw, stop)`` tile it. *tables* are those of the reader, in order."""
    lines: list[Line] = []
    number = 0
    raw = gap = 0
    ends = [(match.start(), match.end()) for match in _BREAK.finditer(text)]
    if not ends or ends[-1][1] < len(text):
        ends.append((len(text), len(text)))
    for index, (end, stop) in enumerate(ends):
        whole = text[raw:end]
        # A row may begin with an empty cell: its tabs are cells, not blanks.
        content = whole.strip(BLANKS)
        if "\t" in content or (content and not gap and _is_as_wide(whole, lines)):
            content = whole.strip(_EDGES)
        content = _HASHES.sub("", content)
        start = raw + whole.index(content) if content else raw
        indented = bool(_WIDE_INDENT.match(whole))
        while number < len(tables) and tables[number].end <= start:
            number += 1
        inside = bool(content) and number < len(tables) and tables[number].start <= start
        lines.append(
            Line(index, raw, stop, start, start + len(content), content, gap, indented, number if inside else None)
        )
        gap = 0 if content else gap + 1
        raw = stop
    return _with_spaced_rows(lines)


def _with_spaced_rows(lines: list[Line]) -> list[Line]:
    """*lines* with the rows marked that stand below a head whose columns blanks part, in as many pieces as it has."""
    width = 0
    for at, line in enumerate(lines):
        if line.table is not None or not line.text or "\t" in line.text:
            width = 0
        elif len(line.text) <= _LONGEST_HEAD and SPACES.search(line.text) and _BLANK_HEAD(line.text):
            width = len(SPACES.split(line.text))
            follows = lines[at + 1].text if at + 1 < len(lines) else ""
            width = width if width > 1 and len(SPACES.split(follows)) == width else 0
        elif width and (line.gap or len(SPACES.split(line.text)) != width):
            width = 0
        if width:
            lines[at] = replace(line, spaced=True)
    return lines


def _is_as_wide(whole: str, above: Sequence[Line]) -> bool:
    """Whether a line has as many tabs as the row right above it: those at its end are empty cells."""
    tabs = whole.count("\t")
    return tabs > 0 and bool(above) and above[-1].text.count("\t") == tabs


def printed(lines: Sequence[Line]) -> list[Line]:
    """The lines that are not empty."""
    return [line for line in lines if line.text]


def squash(text: str) -> str:
    """*text* without blanks and line breaks."""
    return "".join(text.split())
