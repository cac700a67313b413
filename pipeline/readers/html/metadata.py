"""What a web page says about its article: fields of the head, the metadata block, the line under the heading."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from lxml.html import HtmlElement

from extractors.rules.registry import lexicon
from pipeline.readers.html.blocks import blocks, plain
from pipeline.readers.rules import PACKAGE, pattern

LABELS: Final = lexicon("metadata_labels", PACKAGE)
"""Labels of the metadata block (政府信息公开目录: index number, document number, dates, publisher …)."""
_SPACED: Final = "|".join(r"\s*".join(label) for label in sorted(LABELS, key=len, reverse=True))
_LABEL: Final = re.compile(rf"[\[【]?\s*({_SPACED})\s*[\]】]?")
_LABELLED: Final = re.compile(rf"{_LABEL.pattern}\s*[:：]\s*(.{{0,200}})", re.DOTALL)
_BYLINE_LABEL: Final = pattern("page.byline")
_BYLINE_TIME: Final = pattern("page.byline_time")
_BYLINE_CONTROL: Final = pattern("page.byline_control")
_CONTROL_LINE: Final = pattern("page.control_line")
_IMPRINT: Final = pattern("page.imprint")
_LONGEST_METADATA: Final = 1500
_SHALLOW: Final = 50
_META_NAMES: Final = {
    "pubdate",
    "contentsource",
    "articletitle",
    "keywords",
    "sitename",
    "columnname",
    "author",
    "publisher",
}


def drop(element: HtmlElement) -> None:
    """Take *element* out of the page, what follows it stays."""
    if element.getparent() is not None:
        element.drop_tree()


def named_metadata(root: HtmlElement) -> list[tuple[str, str]]:
    """The <meta> fields of government sites (ArticleTitle, PubDate, ContentSource …)."""
    found = []
    for element in root.iter("meta"):
        name, content = (element.get("name") or "").strip(), (element.get("content") or "").strip()
        if name.lower() in _META_NAMES and content:
            found.append((name, content))
    return found


def take_metadata(body: HtmlElement) -> list[tuple[str, str]]:
    """Read the metadata block, a table or a run of labelled lines, and take it out of the page."""
    found: list[tuple[str, str]] = []
    for table in list(body.iter("table")):
        pairs = _pairs_of_table(table)
        if len(pairs) >= 3:
            found += pairs
            drop(table)
    for element in list(body.iter("ul", "dl", "div", "section", "p")):
        if element.getparent() is None or len(element) > 60:
            continue
        pairs = _pairs_of_lines(element)
        if len(pairs) >= 3:
            found += pairs
            drop(element)
    return found


def _pairs_of_table(table: HtmlElement) -> list[tuple[str, str]]:
    """(label, value) of a table in which cells that are labels take turns with their values."""
    if any(True for _ in table.iterdescendants("table")):
        return []
    pairs: list[tuple[str, str]] = []
    unlabelled = 0
    for row in table.iterdescendants("tr"):
        cells = [plain(cell).strip() for cell in row if cell.tag in ("td", "th")]
        position = 0
        while position < len(cells):
            label = _LABEL.fullmatch(cells[position].rstrip(" ：:"))
            whole = _LABELLED.fullmatch(cells[position])
            if label and position + 1 < len(cells):
                pairs.append((squash(label[1]), cells[position + 1]))
                position += 2
            else:
                if whole:
                    pairs.append((squash(whole[1]), whole[2].strip()))
                elif cells[position]:
                    unlabelled += 1
                position += 1
    return pairs if unlabelled <= len(pairs) / 2 else []


def _pairs_of_lines(element: HtmlElement) -> list[tuple[str, str]]:
    """(label, value) of an element whose every part is labelled (索引号：…)."""
    children = [child for child in element if isinstance(child.tag, str) and child.tag != "br"]
    if element.find("br") is not None and len(element.text_content()) < _LONGEST_METADATA:
        lines = [block for block in blocks(element, _SHALLOW) if isinstance(block, str)]
        return _labelled(lines) if len(lines) >= 3 else []
    if not 3 <= len(children) <= 60 or any(len(child.text_content()) > 250 for child in children):
        return []
    if element.tag == "dl" and children[0].tag == "dt":
        texts = [f"{plain(a).rstrip('：: ')}：{plain(b)}" for a, b in zip(children[::2], children[1::2], strict=False)]
    else:
        texts = [plain(child).strip() for child in children]
    return _labelled(texts)


def _labelled(texts: Sequence[str]) -> list[tuple[str, str]]:
    """(label, value) of the lines, where most of them are labelled."""
    matches = [_LABELLED.fullmatch(text) for text in texts if text]
    pairs = [(squash(match[1]), match[2].strip()) for match in matches if match]
    return pairs if len(pairs) >= 0.7 * len(matches) else []


def take_bylines(body: HtmlElement) -> list[tuple[str, str]]:
    """Read the line under the heading (发布时间：… 来源：…) and drop it, with controls (打印, 上一篇) and the site's imprint."""
    found: list[tuple[str, str]] = []
    for element in list(
        body.iter("div", "p", "span", "li", "td", "tr", "table", "h2", "h3", "h4", "h5", "section", "footer", "ul")
    ):
        if element.getparent() is None or element is body:
            continue
        text = " ".join(element.text_content().split())
        if not text or len(text) > 400:
            continue
        labels = list(_BYLINE_LABEL.finditer(text)) if len(text) <= 200 else []
        time = _BYLINE_TIME.match(text)
        timed = bool(time and labels and labels[0].start() == time.end())
        if labels and (timed or not labels[0].start()) and (timed or len(labels) > 1 or _BYLINE_CONTROL.search(text)):
            if time and timed:
                found.append(("发布时间", time[0].strip()))
            ends = [*(label.start() for label in labels[1:]), len(text)]
            for label, end in zip(labels, ends, strict=True):
                value = _BYLINE_CONTROL.split(text[label.end() : end], maxsplit=1)[0].strip(" 【[")
                found.append((squash(label[1]), value))
            drop(element)
        elif _CONTROL_LINE.fullmatch(text) or _IMPRINT.search(text):
            drop(element)
    return found


def squash(text: str) -> str:
    """*text* without blanks."""
    return re.sub(r"\s+", "", text)
