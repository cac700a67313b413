"""Where the article of a web page stands, and what the page says about it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from lxml.html import HtmlElement

from pipeline.readers.html.blocks import SKIPPED, is_hidden, plain
from pipeline.readers.html.metadata import drop, named_metadata, squash, take_bylines, take_metadata
from pipeline.readers.rules import pattern

_BOILERPLATE: Final = re.compile(
    r"(?:^|[\s_-])(?:nav\w*|menu\w*|foot\w*|bottom|header|head|top|bread\w*|crumbs?|share\w*|side\w*|related|copyright|toolbar|"
    r"pag(?:er|ination)|login|search\w*|banner|logo|comments?|recommend|qrcode|hot\w*|links?|friend\w*|location|position|dqwz|wzwz)(?:$|[\s_-])",
    re.IGNORECASE,
)
_SITE_BLOCK: Final = pattern("page.site_block")
"""What stands over links that the site puts below an article."""
_TITLE_NAME: Final = re.compile(r"(?:^|[\s_-])(?:\w*title|bt|biaoti|tit|headline)(?:$|[\s_-])", re.IGNORECASE)
_BODY_NAME: Final = re.compile(
    r"(?:^|\s)(?:zoom|ucap-content|trs_editor\w*|trs_ueditor|article[-_]?(?:content|body|con|txt)|pages_content|custom_unitestyle)(?:$|\s)",
    re.IGNORECASE,
)
"""Names that publishing systems of government sites (TRS, UCAP …) give to the text of an article."""
_LEAST_BODY: Final = 0.2
_FEWEST_OF_TITLE: Final = 4
_LEAST_OF_LESSER: Final = 8
_MOST_OF_TITLE: Final = 150
_DOMINANT: Final = 0.7
_MINOR: Final = 0.35
_MOST_LINKS: Final = 0.6
_DATED: Final = pattern("page.dated")
_SITE_NAME: Final = pattern("page.site_name")
_MOST_OF_HEAD: Final = 200
_REPRINTED: Final = pattern("page.reprinted")
"""What a site puts before the title of what it reprints."""
_SENTENCE: Final = re.compile("[。：；]$")
_LABEL_LENGTH: Final = 30
"""Characters outside links of a block that is a label and its links."""
_DAUGHTERS: Final = frozenset(["tbody", "thead", "tfoot", "tr", "td", "th", "table"])


@dataclass(frozen=True, slots=True)
class Article:
    """The article's element, its heading where that stands outside it, and the page's metadata as (label, value)."""

    body: HtmlElement
    title: str | None
    metadata: tuple[tuple[str, str], ...]


def find_article(root: HtmlElement) -> Article:
    """The article of the page; the page's tree is emptied of navigation and of the metadata block on the way."""
    body = root.find("body")
    body = root if body is None else body
    metadata = named_metadata(root)
    _drop_unshown(body)
    metadata += take_metadata(body)
    metadata += take_bylines(body)
    _drop_banners(root, body)
    _drop_boilerplate(body, _weigh(body), _page_title(root))
    weights = _weigh(body)
    article = _descend(_named_body(body, weights), weights)
    title = _heading(root, body, article)
    return Article(article, title, tuple(dict.fromkeys(metadata)))


def _drop_unshown(body: HtmlElement) -> None:
    for element in list(body.iter()):
        shown = isinstance(element.tag, str) and element.tag not in SKIPPED and not is_hidden(element)
        if not shown and element is not body:
            drop(element)


def _weigh(body: HtmlElement) -> dict[HtmlElement, tuple[int, int]]:
    """(characters outside links, characters in links) of every element, blanks left out."""
    weights: dict[HtmlElement, tuple[int, int]] = {}
    for element in reversed(list(body.iter())):
        if not isinstance(element.tag, str):
            continue
        own = len(squash(element.text or ""))
        linked = 0
        for child in element:
            inner = weights.get(child, (0, 0))
            own += inner[0] + len(squash(child.tail or ""))
            linked += inner[1]
        weights[element] = (0, own + linked) if element.tag == "a" else (own, linked)
    return weights


def _holds_heading(element: HtmlElement, title: str) -> bool:
    """Whether a heading of first rank stands in the element, or a text of some length that the page's title repeats."""
    if next(element.iterdescendants("h1"), None) is not None:
        return True
    texts = (squash(inner.text_content()) for inner in element.iterdescendants() if isinstance(inner.tag, str))
    return any(_LEAST_OF_LESSER <= len(text) <= _MOST_OF_TITLE and text in title for text in texts)


def _drop_banners(root: HtmlElement, body: HtmlElement) -> None:
    """Drop headings of first rank that name the site and not the article, which the field ArticleTitle tells apart."""
    stated = [squash(text) for text in _article_titles(root)]
    headings = list(body.iter("h1")) if stated else []
    agreed = [any(_agree(_unmarked(plain(element)), title) for title in stated) for element in headings]
    for number, element in enumerate(headings):
        above = not agreed[number] and any(agreed[number + 1 :])
        if above or (not agreed[number] and _SITE_NAME.search(squash(plain(element)))):
            drop(element)


def _article_titles(root: HtmlElement) -> list[str]:
    metas = (element for element in root.iter("meta") if (element.get("name") or "").lower() == "articletitle")
    return [content for element in metas if (content := (element.get("content") or "").strip())]


def _unmarked(text: str) -> str:
    return squash(_REPRINTED.sub("", text.strip()))


def _drop_boilerplate(body: HtmlElement, weights: dict[HtmlElement, tuple[int, int]], title: str) -> None:
    total = max(1, weights[body][0])
    for element in list(body.iter("div", "ul", "ol", "section", "header", "footer", "table", "td", "p", "span", "dl")):
        if element is body or element.getparent() is None:
            continue
        own, linked = weights[element]
        names = _names(element)
        named = (
            bool(_BOILERPLATE.search(names))
            or element.tag in ("header", "footer")
            or element.get("role") == "navigation"
        )
        links = sum(1 for _ in element.iterdescendants("a"))
        mostly_links = links >= 3 and linked > _MOST_LINKS * (own + linked)
        mostly_links |= links > 0 and own < _LABEL_LENGTH and bool(_SITE_BLOCK.match(squash(element.text_content())))
        if (named and own < _MINOR * total and not _holds_heading(element, title)) or mostly_links:
            drop(element)


def _named_body(body: HtmlElement, weights: dict[HtmlElement, tuple[int, int]]) -> HtmlElement:
    """The element that the publishing system names as the article's text, where it holds a share of the page's text."""
    named = [element for element in body.iter() if element in weights and _BODY_NAME.search(_names(element))]
    outer = [element for element in named if not any(other in named for other in element.iterancestors())]
    if len(outer) == 1 and weights[outer[0]][0] >= _LEAST_BODY * weights[body][0]:
        return outer[0]
    return body


def _descend(body: HtmlElement, weights: dict[HtmlElement, tuple[int, int]]) -> HtmlElement:
    """The smallest element on the way down that holds nearly all the text outside links."""
    element = body
    while True:
        own = weights[element][0]
        heaviest = max(
            (child for child in element if child in weights), key=lambda child: weights[child][0], default=None
        )
        if (
            heaviest is None
            or weights[heaviest][0] < _DOMINANT * own
            or heaviest.tag in ("p", "span", "ol", "ul", "b", "strong", "font")
        ):
            return element
        if heaviest.tag in _DAUGHTERS and (not _lays_out(heaviest) or _dates_beside(heaviest)):
            return element
        if element is not body and _has_paragraphs_beside(heaviest, weights):
            return element
        element = heaviest


def _has_paragraphs_beside(element: HtmlElement, weights: dict[HtmlElement, tuple[int, int]]) -> bool:
    """Whether sentences stand beside the heaviest part in paragraphs of their own: they are of the article."""
    beside = [other for other in element.itersiblings("p", preceding=True)] + list(element.itersiblings("p"))
    return any(weights.get(other, (0, 0))[0] and _SENTENCE.search(squash(other.text_content())) for other in beside)


def _dates_beside(element: HtmlElement) -> bool:
    """Whether what stands over the heaviest part of a layout table dates or numbers the document."""
    before = " ".join(
        other.text_content() for other in element.itersiblings(preceding=True) if isinstance(other.tag, str)
    )
    return len(squash(before)) <= _MOST_OF_HEAD and bool(_DATED.search(squash(before)))


def _lays_out(element: HtmlElement) -> bool:
    """Whether a table on the way down is the page's frame and not a table of data."""
    table = element if element.tag == "table" else next(element.iterancestors("table"), None)
    if table is None:
        return False
    if any(True for _ in table.iterdescendants("table")):
        return True
    return any(len(row) == 1 and len(row[0].text_content()) > 300 for row in table.iterdescendants("tr"))


def _heading(root: HtmlElement, body: HtmlElement, article: HtmlElement) -> str | None:
    """The page's own heading where it stands outside the article and the article does not begin with it.

    It is the ``h1`` that the page's title or its field ArticleTitle repeats, else that field, else the ``h1`` nearest to
    the article (banners stand farther up), else the longest text before the article that the page's title repeats,
    else what the site marks as a title, else an ``h2`` of some length.
    """
    before = list(_before(body, article))
    named = _article_titles(root)
    title = _page_title(root)
    short = [(element, text) for element, text in before if _FEWEST_OF_TITLE <= len(squash(text)) <= _MOST_OF_TITLE]
    repeated = sorted((text for _, text in short if squash(text) in title), key=len, reverse=True)
    marked = [text for element, text in reversed(short) if _TITLE_NAME.search(_names(element))]
    headings = [plain(element) for element in body.iter("h1") if element is not article]
    stated = [squash(text) for text in (*named, title) if text]
    agreed = [text for text in headings if any(_agree(squash(text), other) for other in stated)]
    others = headings[::-1] if named else headings
    lesser = [
        text for element, text in reversed(short) if element.tag == "h2" and len(squash(text)) >= _LEAST_OF_LESSER
    ]
    inside = squash(article.text_content())[:600]
    for printed in (*agreed, *named, *others, *repeated, *marked, *lesser):
        text = _REPRINTED.sub("", printed.strip())
        squashed = squash(text)
        if _FEWEST_OF_TITLE <= len(squashed) <= _MOST_OF_TITLE:
            return None if squashed in inside or _is_within(article, text) else text.strip()
    return None


def _agree(heading: str, stated: str) -> bool:
    """Whether a heading and what the page calls itself are one: either may be cut or go on with the site's name."""
    return len(heading) >= _FEWEST_OF_TITLE and (
        heading in stated or (len(stated) >= _LEAST_OF_LESSER and stated in heading)
    )


def _page_title(root: HtmlElement) -> str:
    return squash(" ".join(element.text_content() for element in root.iter("title")))


def _before(body: HtmlElement, article: HtmlElement) -> Iterator[tuple[HtmlElement, str]]:
    """The elements that end before the article begins, with their text."""
    around = {article, *article.iterancestors()}
    for element in body.iter():
        if element is article:
            return
        if isinstance(element.tag, str) and element not in around:
            yield element, plain(element).strip()


def _names(element: HtmlElement) -> str:
    return f"{element.get('class') or ''} {element.get('id') or ''}"


def _is_within(article: HtmlElement, text: str) -> bool:
    return any(plain(element) == text for element in article.iter("h1"))
