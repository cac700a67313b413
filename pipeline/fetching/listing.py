"""The links of a listing's page."""

from __future__ import annotations

from dataclasses import dataclass
from email.message import Message
from urllib.parse import urldefrag, urljoin

from lxml import etree, html

from pipeline.fetching.web import Response


@dataclass(frozen=True, slots=True)
class Link:
    """An absolute address without fragment, and what the page says it leads to."""

    url: str
    text: str


def links_of(page: Response) -> list[Link]:
    """The links of *page* in their order, each address once (with the first text that it has)."""
    try:
        root = html.document_fromstring(page.data or b"", parser=html.HTMLParser(encoding=_charset(page.content_type)))
    except (etree.ParserError, LookupError):
        return []
    base = next((element.get("href") for element in root.iter("base") if element.get("href")), "")
    found: dict[str, str] = {}
    for anchor in root.iter("a", "area"):
        address = (anchor.get("href") or "").strip()
        if not address:
            continue
        try:
            url = urldefrag(urljoin(urljoin(page.url, base), address)).url
        except ValueError:  # a broken IPv6 address, say
            continue
        text = " ".join((anchor.get("title") or anchor.text_content()).split())
        if url.startswith(("http://", "https://")):
            found[url] = found.get(url) or text
    return [Link(url, text) for url, text in found.items()]


def _charset(content_type: str) -> str | None:
    message = Message()
    message["content-type"] = content_type
    charset = message.get_content_charset()
    return "gb18030" if charset in ("gb2312", "gbk") else charset
