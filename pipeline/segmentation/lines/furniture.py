"""Page furniture: running heads learnt from their repetition, page numbers, rules drawn with dashes, a website's trail."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from typing import Final

from pipeline.segmentation.lines import forms
from pipeline.segmentation.lines.lines import Line, printed, squash

_PAGE_NUMBER: Final = re.compile(
    r"[—–\-－―·•.\s~～]{1,6}\s*\d{1,4}\s*[—–\-－―·•.\s~～]{1,6}|第\s*\d{1,4}\s*页(?:[,，/\s]*共\s*\d{1,4}\s*页)?|\d{1,4}\s*/\s*\d{1,4}"
)
_BARE_NUMBER: Final = re.compile(r"\d{1,4}")
_RULE: Final = re.compile(r"[\s\-—–_=*·.|:+]{3,}")
_DIGITS: Final = re.compile(r"\d+")
_EDITION: Final = re.compile(r"公报|第.{1,4}期|政报")
_STARTS_NUMBERED: Final = re.compile(r"[（(]?[\d一二三四五六七八九十]{1,3}[、）)．.]|第.{1,4}[章节条]")
_LONGEST_HEAD: Final = 40


def find_furniture(lines: Sequence[Line]) -> frozenset[int]:
    """The indexes of the lines that belong to the page and not to the text."""
    ruled = {
        line.index
        for line in printed(lines)
        if (_is_rule(line) and not _is_page_number(line)) or (not line.tabular and forms.is_page_chrome(line.text))
    }
    content = [line for line in printed(lines) if line.index not in ruled]
    numbers = {line.index for line in content if _is_page_number(line)}
    numbers |= _bare_page_numbers(content, numbers)
    return frozenset(ruled | numbers | _running_heads(content, numbers))


def _is_rule(line: Line) -> bool:
    return bool(_RULE.fullmatch(line.text))


def _is_page_number(line: Line) -> bool:
    return len(line.text) <= 20 and bool(_PAGE_NUMBER.fullmatch(line.text))


def _bare_page_numbers(content: Sequence[Line], known: set[int]) -> set[int]:
    """Bare numbers alone on their line count as page numbers where at least three of them ascend."""
    bare = [line for line in content if line.index not in known and _BARE_NUMBER.fullmatch(line.text)]
    values = [int(line.text) for line in bare]
    rising = sum(1 for a, b in itertools.pairwise(values) if 0 < b - a <= 3)
    return {line.index for line in bare} if len(bare) >= 3 and rising >= 0.6 * (len(bare) - 1) else set()


def _running_heads(content: Sequence[Line], numbers: set[int]) -> set[int]:
    groups: dict[str, list[int]] = {}
    for position, line in enumerate(content):
        if line.index not in numbers and _may_be_head(line):
            groups.setdefault(_DIGITS.sub("#", squash(line.text)), []).append(position)
    found: set[int] = set()
    for key, positions in groups.items():
        if len(positions) < 2:
            continue
        breaking = [p for p in positions if _interrupts(content, p, numbers)]
        edition = bool(_EDITION.search(key))
        if edition or len(breaking) * 2 >= len(positions):
            # The first print of the gazette's name is its masthead.
            kept = positions[1:] if edition and positions[0] < 3 else positions
            found |= {content[p].index for p in kept}
    return found


def _may_be_head(line: Line) -> bool:
    text = line.text
    if len(text) > _LONGEST_HEAD or line.tabular or text[-1] in forms.FINAL or text[-1] in "，、）)":
        return False
    if _STARTS_NUMBERED.match(text) or forms.is_date(text) or forms.read_doc_number(text):
        return False
    return forms.attachment_number(text) is None and forms.read_section(text) is None


def _interrupts(content: Sequence[Line], position: int, numbers: set[int]) -> bool:
    """Whether the line stands where a page turns: by a page number, between rows, or inside a sentence."""
    if not 0 < position < len(content) - 1:
        return False
    before, after = content[position - 1], content[position + 1]
    if forms.is_organ(content[position].text):
        return before.index in numbers and content[position].gap > 0
    if before.index in numbers or after.index in numbers or (before.tabular and after.tabular):
        return True
    cut = len(before.text) > 20 and before.text[-1] not in forms.FINAL + "”）)" and len(after.text) > 4
    # A title ends no sentence either: below the contents, the first title stands behind the last entry.
    return cut and forms.document_type(before.text) is None
