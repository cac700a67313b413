"""What a page of a listing names: entries with title and date, and the pages that follow it. Pure."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from email.message import Message
from typing import Any, Final
from urllib.parse import urldefrag, urljoin

from lxml import etree, html
from lxml.html import HtmlElement

from pipeline.fetching.sources import WebSource
from pipeline.fetching.web import FetchError, Response

_DAY: Final = re.compile(r"(?<!\d)((?:19|20)\d\d)[^\d\s]{1,2}(\d{1,2})[^\d\s]{1,2}(\d{1,2})(?!\d)")
"""A day with its year, whatever stands between the numbers."""
_COMPACT_DAY: Final = re.compile(r"(?<!\d)((?:19|20)\d\d)(\d\d)(\d\d)(?:\d{6})?(?!\d)")
_AROUND: Final = re.compile(r"^\W+|\W+$")
_ITEMS: Final = ("li", "tr", "dd", "dt", "p")
"""What an entry of a list without a selector stands in."""
_LONGEST_ITEM: Final = 500


@dataclass(frozen=True, slots=True)
class Link:
    """An absolute address without fragment, what the page says it leads to, and the day that stands beside it."""

    url: str
    text: str
    date: str | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """The entries of a page of a listing, and the addresses of further pages that it links to."""

    entries: tuple[Link, ...]
    further: tuple[str, ...]


def page_of(response: Response, source: WebSource) -> Page:
    """A page of the listing of *source*. Raises :class:`FetchError` where it is not what the source says."""
    if source.items:
        return Page(tuple(_items(response, source)), ())
    root, base = _tree(response)
    links = list(_links(root, base)) if root is not None else []
    if source.entries and root is not None:
        entries = _selected(root, base, source)
    else:
        entries = [link for link in links if source.links and source.links.search(link.url)]
    further = [link.url for link in links if source.pages and source.pages.search(link.url)]
    if source.next:
        further += [link.url for link in links if _bare(link.text) == _bare(source.next)][:1]
    return Page(_once(entries), tuple(further))


def links_of(response: Response) -> list[Link]:
    """The links of a page in their order, each address once (with the first text that it has)."""
    root, base = _tree(response)
    return list(_once(_links(root, base))) if root is not None else []


def day_of(text: str) -> str | None:
    """The first day in *text*, in ISO format."""
    for found in (*_DAY.finditer(text), *_COMPACT_DAY.finditer(text)):
        try:
            return dt.date(*map(int, found.groups())).isoformat()
        except ValueError:
            continue
    return None


def _tree(response: Response) -> tuple[HtmlElement | None, str]:
    parser = html.HTMLParser(encoding=_charset(response.content_type))
    try:
        root = html.document_fromstring(response.data or b"", parser=parser)
    except (etree.ParserError, LookupError):
        return None, response.url
    base = next((element.get("href") for element in root.iter("base") if element.get("href")), "")
    return root, urljoin(response.url, base)


def _links(root: HtmlElement, base: str) -> Iterator[Link]:
    for anchor in root.iter("a", "area"):
        url = _absolute(base, anchor.get("href"))
        if url:
            item = next(anchor.iterancestors(*_ITEMS), anchor)
            around = _words(item)
            yield Link(url, _text(anchor), day_of(around) if len(around) <= _LONGEST_ITEM else None)


def _selected(root: HtmlElement, base: str, source: WebSource) -> list[Link]:
    from lxml.cssselect import CSSSelector

    found: list[Link] = []
    for item in CSSSelector(source.entries, translator="html")(root):
        links = [link for link in _links(item, base) if not source.links or source.links.search(link.url)]
        if links:
            found.append(Link(links[0].url, links[0].text, day_of(_words(item))))
    return found


def _items(response: Response, source: WebSource) -> Iterator[Link]:
    import jmespath

    try:
        answer = json.loads(response.data or b"")
    except ValueError as error:
        raise FetchError("the listing is no JSON") from error
    try:
        items = jmespath.search(source.items, answer)
        for item in items if isinstance(items, list) else []:
            url = _absolute(response.url, jmespath.search(source.url, item))
            title, day = jmespath.search(source.title, item), jmespath.search(source.date, item)
            if url and (not source.links or source.links.search(url)):
                yield Link(url, _without_marks(str(title or "")), _day_of_value(day))
    except jmespath.exceptions.JMESPathError as error:
        raise FetchError(f"the listing is not as the source says: {error}") from error


def _without_marks(title: str) -> str:
    """A title without the tags and entities of a web page, with which interfaces highlight words."""
    if "<" in title or "&" in title:
        try:
            title = html.fragment_fromstring(title, create_parent="p").text_content()
        except etree.ParserError:
            return ""
    return " ".join(title.split())


def _bare(text: str) -> str:
    """What a link is called, without the arrows and brackets around it (下一页 >, [下一页], 下页»), if it is not these alone."""
    joined = "".join(text.split())
    return _AROUND.sub("", joined) or joined


def _day_of_value(value: Any) -> str | None:
    """A day as text, or as seconds or milliseconds since 1970 (in China's time)."""
    if isinstance(value, int | float) and not isinstance(value, bool) and 1e8 < value < 1e14:
        seconds = value / 1000 if value > 1e11 else value
        return dt.datetime.fromtimestamp(seconds, dt.timezone(dt.timedelta(hours=8))).date().isoformat()
    return day_of(str(value or ""))


def _absolute(base: str, address: Any) -> str | None:
    if not isinstance(address, str) or not address.strip():
        return None
    try:
        url = urldefrag(urljoin(base, address.strip())).url
    except ValueError:  # a broken IPv6 address, say
        return None
    return url if url.startswith(("http://", "https://")) else None


def _text(anchor: HtmlElement) -> str:
    return " ".join((anchor.get("title") or anchor.text_content()).split())


def _words(element: HtmlElement) -> str:
    """The text of an element; what stands in elements of their own does not run together."""
    return " ".join(" ".join(element.itertext()).split())


def _once(links: Sequence[Link] | Iterator[Link]) -> tuple[Link, ...]:
    found: dict[str, Link] = {}
    for link in links:
        known = found.get(link.url)
        if known is None or not known.text:
            found[link.url] = link
    return tuple(found.values())


def _charset(content_type: str) -> str | None:
    message = Message()
    message["content-type"] = content_type
    charset = message.get_content_charset()
    return "gb18030" if charset in ("gb2312", "gbk") else charset
