"""What a source would take, page by page, for whoever writes ``sources.toml``; nothing is written."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from pipeline.fetching.checks import is_page
from pipeline.fetching.listing import Link, links_of
from pipeline.fetching.sources import WebSource
from pipeline.fetching.walk import walk
from pipeline.fetching.web import FetchError, Web

_LANDING_PAGES: Final = 3
"""So many entries are followed: enough to see whether the patterns fit."""


def trial(source: WebSource, web: Web) -> Iterator[str]:
    """Lines that tell what *source* would take."""
    entries: list[Link] = []
    for page in walk(source, web):
        if page.is_cut:
            yield f"cut  {page.url}  the listing goes on; most_pages = {source.most_pages}"
        elif page.fault is not None:
            yield f"failed  {page.url}: {page.fault}"
        else:
            yield f"page  {page.url}  {len(page.entries)} entries"
            yield from (f"  entry  {_told(link)}" for link in page.entries)
        entries += page.entries
    if not entries:
        yield "no page names an entry: do links, entries or items fit?"
    if source.landing:
        for link in entries[:_LANDING_PAGES]:
            yield from _landing_page(link, source, web)
        if len(entries) > _LANDING_PAGES:
            yield f"… and {len(entries) - _LANDING_PAGES} more landing pages, not looked at"


def _landing_page(link: Link, source: WebSource, web: Web) -> Iterator[str]:
    try:
        response = web.get(link.url, source)
    except FetchError as error:
        yield f"failed  {link.url}: {error}"
        return
    if not is_page(response):
        yield f"file  {link.url}"
        return
    found = [one for one in links_of(response) if source.attachments.search(one.url)]
    yield f"landing page  {link.url}  {len(found)} attachments"
    yield from (f"  attachment  {_told(one)}" for one in found)
    if source.landing in ("article", "both") or (source.landing == "either" and not found):
        yield "  article  the page itself"
    elif not found:
        yield "  nothing: the page has no attachment"


def _told(link: Link) -> str:
    return "  ".join(part for part in (link.date, link.url, link.text) if part)
