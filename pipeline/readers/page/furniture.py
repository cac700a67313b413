"""Running heads and page numbers: lines at the pages' outer edges that stand there on page after page."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Final

from pipeline.readers.page.content import Line

_EDGE: Final = 0.13
"""Heads and feet stand within this share of the page's height from its edge."""
_OUTERMOST: Final = 3
_LEADING: Final = 1.0
"""Lines of text stand nearer to one another than this, in em."""
_MOST: Final = 0.6
_BAND: Final = 4.0
"""Lines whose middles are this near, in points, stand at one height."""
_DIGITS: Final = re.compile(r"\d+|[一二三四五六七八九十〇零]+(?=\s*页)")
_PAGE_NUMBER: Final = re.compile(
    r"[-—–―·•~～\s\[\(（【|]{0,6}(?:第\s*)?(?:\d{1,4}|[ivxlcIVXLC]{1,7})(?:\s*页)?(?:\s*[/／,，]?\s*(?:共\s*)?\d{1,4}(?:\s*页)?)?[-—–―·•~～\s\]\)）】|]{0,6}"
)
CAPTION: Final = re.compile(r"附\s*[件录表]|续?表\s*\d|[（(]?\s*(?:计量|金额|货币)?单\s*位\s*[:：]")
"""How labels of tables and of what is attached begin."""
_LABEL: Final = re.compile(
    CAPTION.pattern + r"|[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）|\d{1,2}\s*[.．、]"
)


def find_furniture(pages: Sequence[tuple[float, Sequence[Line]]]) -> list[set[int]]:
    """For every page, given as (height, lines), the indices of its lines that are furniture."""
    candidates = [_candidates(height, lines) for height, lines in pages]
    repeated = _repeated(pages, candidates)
    found: list[set[int]] = []
    for number, (height, lines) in enumerate(pages):
        chosen = {i for i in candidates[number] if (number, i) in repeated or _is_page_number(lines, i, height)}
        found.append(chosen)
    return found


def _candidates(height: float, lines: Sequence[Line]) -> list[int]:
    ordered = sorted(range(len(lines)), key=lambda i: lines[i].middle)
    rows: list[list[int]] = []
    for i in ordered:
        if rows and lines[i].middle - lines[rows[-1][0]].middle <= _BAND:
            rows[-1].append(i)
        else:
            rows.append([i])
    head = [i for row in rows[:_OUTERMOST] for i in row if lines[i].middle < _EDGE * height]
    foot = [i for row in rows[-_OUTERMOST:] for i in row if lines[i].middle > (1 - _EDGE) * height]
    return sorted({*head, *foot})


def _repeated(
    pages: Sequence[tuple[float, Sequence[Line]]], candidates: Sequence[Sequence[int]]
) -> set[tuple[int, int]]:
    """The candidates whose text, digits aside, stands at the same height on other pages and has that height to itself."""
    at: dict[tuple[bool, int], list[tuple[int, int, str]]] = defaultdict(list)
    for number, chosen in enumerate(candidates):
        height, lines = pages[number]
        for i in chosen:
            line = lines[i]
            low = line.middle > height / 2
            place = height - line.middle if low else line.middle
            at[low, round(place / _BAND)].append((number, i, _mask(line.text)))
    repeated: set[tuple[int, int]] = set()
    for (low, place), members in at.items():
        near = members + at.get((low, place - 1), []) + at.get((low, place + 1), [])
        counts = Counter(text for _, text in {(number, text) for number, _, text in near})
        shared = sum(counts[text] > 1 for _, _, text in near)
        always = _on_most_pages(pages, near)
        repeated.update((number, i) for number, i, text in members if pages[number][1][i].text in always)
        if shared < 0.6 * len(near):
            continue
        for number, i, text in members:
            height, lines = pages[number]
            # Two pages may begin alike by chance: then the line stands no farther from the next one than lines do.
            often = counts[text] > 2 or (counts[text] == 2 and _gap(lines, i, height) > _LEADING * lines[i].size)
            if often and not _LABEL.match(text):
                repeated.add((number, i))
    return repeated


def _on_most_pages(pages: Sequence[tuple[float, Sequence[Line]]], near: Sequence[tuple[int, int, str]]) -> set[str]:
    """The lines that stand on most pages just as they are; what a text begins with may repeat, but not so often."""
    counts = Counter(text for _, text in {(number, pages[number][1][i].text) for number, i, _ in near})
    return {
        text for text, count in counts.items() if count > 1 and count >= _MOST * len(pages) and not _LABEL.match(text)
    }


def _mask(text: str) -> str:
    return _DIGITS.sub("#", re.sub(r"\s+", "", text))


def _is_page_number(lines: Sequence[Line], index: int, height: float) -> bool:
    """Whether the line is a page number on its own, parted from the text by more than a line."""
    line = lines[index]
    if not _PAGE_NUMBER.fullmatch(line.text.strip()):
        return False
    gap = _gap(lines, index, height)
    return gap > 0.6 * line.size or line.middle > 0.92 * height


def _gap(lines: Sequence[Line], index: int, height: float) -> float:
    """What is free between a line at the page's edge and the text within."""
    line = lines[index]
    if line.middle > height / 2:
        return line.top - max((other.bottom for other in lines if other.bottom <= line.top + 1), default=0.0)
    return min((other.top for other in lines if other.top >= line.bottom - 1), default=height) - line.bottom
