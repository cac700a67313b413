"""Lines → paragraphs: lines cut by a page, a column or the printed width are read as one."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from extractors.numbers.numerals import parse_chinese
from pipeline.segmentation.lines.form import FINAL
from pipeline.segmentation.lines.lines import Line, cut_line
from pipeline.segmentation.lines.markers import Marker, Progress, read_marker
from pipeline.segmentation.lines.rules import pattern
from schemas.spans import Span

_INNER: Final = re.compile(r"[。；，：！？]")
_DUTY_NOTE: Final = pattern("clause.duty_note")
_NOTE_AT_END: Final = pattern("clause.duty_note_at_end")
_GLUED: Final = pattern("marker_glued")
_UNIT_FIRST: Final = pattern("clause.unit_first")
_ENTRY: Final = pattern("line.entry")
_TAIL: Final = 400
"""Characters at the end of a paragraph that decide whether it is finished."""
_CUT_NAME: Final = re.compile(r"[\u4e00-\u9fff]·$")
"""The end of a line within a transliterated name (买买提·)."""
_ROLL: Final = re.compile(r"[\u3400-\u9fff\s]{2,12}[：:][^，。；：:]{2,40}")
"""A line of a roll of members: office, colon, name."""
_BULLET: Final = re.compile(r"[*＊●○•◆◇▲△■□★☆➢✓](?=[^*＊●○•◆◇▲△■□★☆➢✓])")
_LINE: Final = re.compile(r"[^。；，：！？;,:]{4,60}(?<![、和与及）)])")
_ITEM: Final = re.compile(r"(?=[^0-9]{0,56}[0-9])[^。；，：！？;,:]{4,60}")
"""A line of a list that has a number and no mark; :data:`_LINE` is one with or without a number."""
_LABELLED: Final = re.compile(r"[^。；，：！？;,:\d]{2,16}[：:]\S")
"""A line that begins with a label (小型车：首小时5元)."""
_VALUE_AT_END: Final = re.compile(r"\d[^\d。；，：！？;,:、（(]{1,6}$")
"""The end of a line with a number and its unit."""
_SENTENCE: Final = re.compile(r"[。；：].")
_LONGEST_HEADING: Final = 45
_LONGEST_LINE: Final = 30
_SHORTEST_CUT: Final = 15
_LONGEST_REST: Final = 8
_HANGING: Final = 4
"""Characters by which a line may be longer than the width at which text is broken."""
_FULL_LINE: Final = 22
"""Characters of a line that was broken because it was full."""


@dataclass(slots=True)
class Paragraph:
    """A paragraph in the making: its lines and the marker that it begins with."""

    lines: list[Line]
    marker: Marker | None = None
    tail: str = ""
    length: int = 0
    has_inner: bool = False

    def append(self, line: Line) -> None:
        """Go on with *line*."""
        self.has_inner = self.has_inner or bool(_INNER.search(line.text[0 if self.lines else 2 : -1]))
        self.lines.append(line)
        self.tail = (self.tail + line.text)[-_TAIL:]
        self.length += len(line.text)

    @property
    def pieces(self) -> tuple[Span, ...]:
        """The printed stretches of its lines."""
        return tuple(line.span for line in self.lines)

    @property
    def is_open(self) -> bool:
        """Whether it has a bracket or title mark that nothing closes yet."""
        tail = self.tail
        brackets = tail.count("（") + tail.count("(") - tail.count("）") - tail.count(")")
        return brackets > 0 or tail.count("《") > tail.count("》") or tail.count("“") > tail.count("”")

    @property
    def is_complete(self) -> bool:
        """Whether it can end where it ends now."""
        tail, last = self.tail, self.tail[-1]
        if last in "，、,":
            return False
        if last in FINAL:
            return not self.is_open or last in "。！？…"
        if self.is_open:
            return False
        if last == "." and "\u3400" <= tail[-2:-1] <= "\u9fff":
            return True
        if last in "）)〕］]】":
            return _closes_sentence(tail, self.has_inner)
        if last in "”’" and len(tail) > 1 and tail[-2] in "。！？；":
            return True
        if self.marker is None and len(self.lines) == 1 and _ROLL.fullmatch(tail):
            return True
        return not self.has_inner and self.length <= (_LONGEST_HEADING if self.marker else _LONGEST_LINE)


def wrap_width(lines: Sequence[Line]) -> int | None:
    """The width at which running text is broken by hand, in characters, or ``None`` where it is not.

    Text is hard-wrapped where most of its longer lines follow each other without a blank line and
    share one length (give or take two, for marks that hang), and hardly any is longer.
    """
    inner = [line for line, after in itertools.pairwise(lines) if after.gap == 0 and not line.tabular]
    lengths = Counter(len(line.text) for line in inner if len(line.text) >= 15 and line.text[-1] not in FINAL)
    total = sum(lengths.values())
    if total < 6:
        return None
    width = max(lengths, key=lambda n: (sum(lengths[n + d] for d in (-2, -1, 0, 1)), n))
    near = sum(lengths[width + d] for d in (-3, -2, -1, 0, 1, 2))
    longer = sum(len(line.text) > width + _HANGING for line in inner)
    return width if near >= 0.6 * total and width <= 60 and longer < near else None


def _closes_sentence(text: str, has_inner: bool) -> bool:
    """Whether a bracket at the end of *text* closes a note after a full stop, an owner note, or a heading."""
    opening = max(text.rfind(mark) for mark in "（(〔［[【")
    before = text[:opening].rstrip() if opening > 0 else ""
    if not before or before[-1] in "。！？；":
        return True
    return bool(_DUTY_NOTE.fullmatch(text[opening:])) or not has_inner


def _begins_item(current: Paragraph, line: Line) -> bool:
    """Whether *line* begins the next item of a list whose lines have no mark at their end.

    A sign in front begins one (* 新增床位200张); so does a line with no mark in it, behind one that has none but a number,
    and a label behind a line that begins with one or ends in a value (小型车：每次5元⏎大型车：每次8元),
    and an entry of a timetable behind another.
    """
    if current.is_open or current.tail[-1] in "，、,和与及":
        return False
    if _BULLET.match(line.text) or (_ENTRY.match(line.text) and _ENTRY.match(current.lines[0].text)):
        return True
    if _LABELLED.match(line.text) and (_LABELLED.match(current.lines[-1].text) or _VALUE_AT_END.search(current.tail)):
        return True
    return (
        not current.has_inner and _ITEM.fullmatch(current.tail) is not None and _LINE.fullmatch(line.text) is not None
    )


class Joiner:
    """Collects the lines of a part into paragraphs; the numbers reached decide what is a marker."""

    def __init__(self, width: int | None, indents: bool) -> None:
        self._width = width
        self._indents = indents
        self.progress = Progress()
        self.current: Paragraph | None = None
        self.done: list[Paragraph] = []
        self._run_in: dict[str, bool] = {}
        self._noted: dict[str, bool] = {}

    def add(self, line: Line) -> None:
        """Take the next line of running text, as two where the next clause is printed behind a finished sentence."""
        while (cut := self._take(line)) is not None:
            line = cut

    def _take(self, line: Line) -> Line | None:
        """Take *line* up to the number that is due in it; the rest, or ``None`` where there is none."""
        found = self._due(line)
        first, rest = cut_line(line, *found) if found else (line, None)
        self._add(first)
        return rest

    def _due(self, line: Line) -> tuple[int, int] | None:
        """Where a finished sentence in *line* ends and the next number of an outer series (二、) begins."""
        for match in _GLUED.finditer(line.text):
            before = line.text[: match.start() + 1]
            kind = "han" if match["han"] else "han_paren"
            number = parse_chinese(match["han"] or match["paren"])
            if (
                self.progress.last.get(kind, 0) > 0
                and number == self.progress.last[kind] + 1
                and before.count("“") <= before.count("”")
                and read_marker(line.text[match.end() :], self.progress)
            ):
                return len(before), match.end()
        return None

    def _add(self, line: Line) -> None:
        current = self.current
        goes_on = current is not None and self._unfinished(current, line)
        marker = read_marker(line.text, self.progress, after_break=goes_on and not self._begins(line))
        if (
            current is not None
            and marker is None
            and (goes_on or self._is_note_of(current, line) or self._brings_note(current, line))
        ):
            current.append(line)
            return
        self.flush()
        self.current = Paragraph([], marker)
        self.current.append(line)
        if marker:
            self.progress.take(marker)

    def flush(self) -> None:
        """End the current paragraph."""
        if self.current is None:
            return
        paragraph, self.current = self.current, None
        if paragraph.marker:
            self._run_in[paragraph.marker.kind] = (
                bool(_SENTENCE.search(paragraph.lines[0].text)) or paragraph.tail[-1] in FINAL
            )
            self._noted[paragraph.marker.kind] = bool(_NOTE_AT_END.search(paragraph.tail))
        self.done.append(paragraph)

    def _begins(self, line: Line) -> bool:
        return self._indents and line.indented

    def _unfinished(self, current: Paragraph, line: Line) -> bool:
        last = current.lines[-1]
        if line.gap == 0 and _CUT_NAME.search(last.text, len(last.text) - 2):
            return True
        if current.has_inner and last.text[-1].isdigit() and _UNIT_FIRST.match(line.text):
            return True
        if self._width and line.gap == 0:
            if self._begins(line):
                return False
            if len(last.text) >= self._width - 3:
                return not self._indents or last.text[-1] not in FINAL or not line.indented
            if self._is_remainder(current, line):
                return True
            return not current.is_complete and (len(last.text) >= self._width - 6 or current.has_inner)
        if self._indents and line.gap == 0 and not line.indented:
            # Where paragraphs stand in, a full line under one that does goes on with it, also after a full stop.
            if last.text[-1] not in FINAL:
                return True
            if current.lines[0].indented and len(last.text) >= _FULL_LINE:
                return True
        if self._begins(line) and not current.is_open and last.text[-1] not in "，、":
            return False
        if current.is_complete:
            return self._is_cut(current, line)
        return self._may_go_on(current) and not _begins_item(current, line)

    @staticmethod
    def _is_remainder(current: Paragraph, line: Line) -> bool:
        """Whether *line* is the end of a sentence (规范；) that the line before it breaks off."""
        unended = current.tail[-1] not in FINAL and current.length >= _SHORTEST_CUT
        return (
            unended
            and len(line.text) <= _LONGEST_REST
            and line.text[-1] in "。；"
            and not _INNER.search(line.text[:-1])
        )

    @staticmethod
    def _is_cut(current: Paragraph, line: Line) -> bool:
        """Whether a lone full line without any mark is the beginning of the sentence that *line* ends."""
        text = current.lines[-1].text
        return (
            current.marker is None
            and len(current.lines) == 1
            and line.gap == 0
            and len(text) >= _FULL_LINE
            and text[-1] not in FINAL
            and line.text[-1] in "。；"
        )

    def _may_go_on(self, current: Paragraph) -> bool:
        """Whether an unended numbered line was cut; one like its ended siblings is a heading."""
        marker = current.marker
        if marker is None or marker.kind == "article" or current.tail[-1] in "，、" or current.is_open:
            return True
        if current.length > _LONGEST_HEADING or re.search(r"[。；：]", current.tail):
            return True
        return self._run_in.get(marker.kind, False)

    def _brings_note(self, current: Paragraph, line: Line) -> bool:
        """Whether *line* brings the owner note that the numbered paragraph lacks and its elder sibling has."""
        if current.marker is None or not self._noted.get(current.marker.kind) or not current.has_inner:
            return False
        return not _NOTE_AT_END.search(current.tail) and bool(_NOTE_AT_END.search(line.text[-_TAIL:]))

    @staticmethod
    def _is_note_of(current: Paragraph, line: Line) -> bool:
        return len(line.text) < 200 and bool(_DUTY_NOTE.fullmatch(line.text)) and current.tail[-1] in FINAL
