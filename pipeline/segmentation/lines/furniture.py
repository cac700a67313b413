"""Page furniture: running heads learnt from their repetition, page numbers, rules drawn with dashes, a website's trail."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import Final

from extractors.quantities.candidates.unit_notes import find_unit_note
from pipeline.segmentation.lines.form import FINAL, Form
from pipeline.segmentation.lines.lines import Line, printed
from pipeline.segmentation.lines.rules import pattern
from pipeline.segmentation.lines.web_page import page_parts

_BARE_NUMBER: Final = re.compile(r"\d{1,4}")
_RULE: Final = re.compile(r"[\s\-—–_=*·.|:+]{3,}")
_DIGITS: Final = re.compile(r"\d+")
_EDITION: Final = pattern("furniture.edition")
_NUMBERED: Final = pattern("furniture.numbered")
_LONGEST_HEAD: Final = 40
_LONGEST_TITLE: Final = 60
_FEWEST_TITLES: Final = 5
"""Prints of one title from which on it heads the pages; fewer may be a title, an entry of a list and a reference."""
_SHORTEST_TITLE: Final = 8
_LONGEST_CELL: Final = 14
_TOP: Final = 3
"""Lines at the beginning of a text, where no running head stands."""


def find_furniture(lines: Sequence[Line]) -> frozenset[int]:
    """The indexes of the lines that belong to the page and not to the text."""
    ruled = {
        line.index
        for line in printed(lines)
        if (_is_rule(line) and not line.form.page_number) or (not line.tabular and line.form.chrome)
    }
    ruled |= page_parts([line for line in printed(lines) if line.index not in ruled])
    content = [line for line in printed(lines) if line.index not in ruled]
    numbers = {line.index for line in content if line.form.page_number}
    numbers |= _bare_page_numbers(content, numbers)
    return frozenset(ruled | numbers | _running_heads(content, numbers))


def _is_rule(line: Line) -> bool:
    return bool(_RULE.fullmatch(line.text))


def _bare_page_numbers(content: Sequence[Line], known: set[int]) -> set[int]:
    """Bare numbers alone on their line count as page numbers where at least three of them ascend."""
    bare = [
        line for line in content if line.table is None and line.index not in known and _BARE_NUMBER.fullmatch(line.text)
    ]
    values = [int(line.text) for line in bare]
    rising = sum(1 for a, b in itertools.pairwise(values) if 0 < b - a <= 3)
    if len(bare) < 3 or rising < 0.6 * (len(bare) - 1) or _number_rows(content, bare):
        return set()
    return {line.index for line in bare}


def _number_rows(content: Sequence[Line], bare: Sequence[Line]) -> bool:
    """Whether the bare numbers count the rows of a table whose cells stand one a line: most stand behind a short cell."""
    numbers = {line.index for line in bare}
    before = [above.text for above, line in itertools.pairwise(content) if line.index in numbers]
    cells = [text for text in before if len(text) <= _LONGEST_CELL and text[-1] not in FINAL]
    return 2 * len(cells) > len(bare)


def _running_heads(content: Sequence[Line], numbers: set[int]) -> set[int]:
    groups: dict[str, list[int]] = {}
    for position, line in enumerate(content):
        if line.index not in numbers and _may_be_head(line):
            groups.setdefault(_DIGITS.sub("#", line.form.compact), []).append(position)
    found: set[int] = set()
    for key, positions in groups.items():
        if len(positions) < 2:
            continue
        breaking = [p for p in positions if _interrupts(content, p, numbers)]
        edition = bool(_EDITION.search(key))
        title = len(positions) >= _FEWEST_TITLES and len(key) >= _SHORTEST_TITLE and Form(key).type is not None
        if edition or title or len(breaking) * 2 >= len(positions):
            # The first print of the gazette's name is its masthead, that of a title the title itself.
            kept = positions[1:] if positions[0] < _TOP else positions
            found |= {content[p].index for p in kept}
    return found | _first_lines(content, groups, found)


def _first_lines(content: Sequence[Line], groups: Mapping[str, Sequence[int]], found: set[int]) -> set[int]:
    """The first lines of running heads of two lines: those that, wherever they are printed, stand right over a head *found*."""
    heads = {line.form.compact for line in content if line.index in found}
    lines: set[int] = set()
    for positions in groups.values():
        below = [content[p + 1] for p in positions if p + 1 < len(content)]
        over = len(positions) > 1 and len(below) == len(positions) and all(x.form.compact in heads for x in below)
        if over and Form(content[positions[0]].form.compact + below[0].form.compact).type:
            lines |= {content[p].index for p in positions if content[p + 1].index in found}
    return lines


def _may_be_head(line: Line) -> bool:
    text = line.text
    if len(text) > _LONGEST_HEAD or line.tabular or text[-1] in FINAL or text[-1] in "，、）)":
        return False
    if _NUMBERED.search(text) or line.form.is_date or line.form.doc_number:
        return False
    return line.form.attachment is None and line.form.section is None


def _interrupts(content: Sequence[Line], position: int, numbers: set[int]) -> bool:
    """Whether the line stands where a page turns: by a page number, between rows, or inside a sentence."""
    if not 0 < position < len(content) - 1:
        return False
    before, after = content[position - 1], content[position + 1]
    if content[position].form.organ:
        return before.index in numbers and content[position].gap > 0
    if before.index in numbers or after.index in numbers or (before.tabular and after.tabular):
        return True
    cut = len(before.text) > 20 and before.text[-1] not in FINAL + "”）)" and len(after.text) > 4
    # A title ends no sentence either: below the contents, the first title stands behind the last entry; nor does
    # that of a table, below which its unit stands.
    return cut and before.form.type is None and find_unit_note(content[position].text) is None


def running_title(lines: Sequence[Line], furniture: Collection[int]) -> str | None:
    """The title of a document that the heads of its pages repeat, in one line or several: the fullest that is printed twice."""
    heads: Counter[str] = Counter()
    run: list[str] = []
    for line in lines:
        if line.index in furniture and line.text:
            run.append(line.form.compact)
        elif line.text and run:
            heads.update({"".join(run[start:]) for start in range(len(run))})
            run = []
    titles = [head for head, count in heads.items() if count > 1 and Form(head).type and len(head) <= _LONGEST_TITLE]
    return max(titles, key=lambda head: (len(head), head), default=None)
