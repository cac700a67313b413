"""One web source: its listing, the pages that its entries lead to, and the files that land."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Final

from pipeline.fetching import archives
from pipeline.fetching.checks import check_type, given_name, is_page, text_digest
from pipeline.fetching.fetched import End, Fetched
from pipeline.fetching.landing import Arrived, Landed, Landing
from pipeline.fetching.listing import Link, links_of
from pipeline.fetching.naming import year_of
from pipeline.fetching.sources import WebSource
from pipeline.fetching.walk import walk
from pipeline.fetching.web import FetchError, Response, Web
from pipeline.readers.sidecar import Listed

_FAR_LESS: Final = 0.5
_SUFFIX: Final = re.compile(r"\.[A-Za-z0-9]{2,5}$")
_SHORTEST_TITLE: Final = 6


@dataclass(frozen=True, slots=True)
class Target:
    """A file to be fetched: its address, what names it, and where that stands."""

    link: Link
    title: str | None
    page: str
    entry: str = ""
    """What the listing calls the page that leads to it; its year is that of the file, where this one names none."""


@dataclass(slots=True)
class Harvest:
    """The work on one source; :meth:`__iter__` yields what became of every address."""

    source: WebSource
    landing: Landing
    web: Web
    now: Callable[[], dt.datetime]
    _asked: set[str] = field(default_factory=set)

    def __iter__(self) -> Iterator[Fetched]:
        links: list[tuple[Link, str]] = []
        whole = True
        for page in walk(self.source, self.web):
            if page.fault is not None:
                whole = False
                yield self._told(page.url, "failed", page.fault)
            elif page.is_cut:
                yield self._told(page.url, "cut", f"the listing goes on; most_pages = {self.source.most_pages}")
            links += [(link, page.url) for link in page.entries]
        if whole:
            yield from self._doubts(len(links))
        for link, page_url in links:
            if self.source.landing is None:
                yield from self._file(Target(link, link.text or None, page_url))
            else:
                yield from self._landing_page(link)

    def _doubts(self, count: int) -> Iterator[Fetched]:
        """Whether a listing names far less than it did, or nothing: it may have been rebuilt."""
        before = self.landing.counts.get(self.source.index, [])
        usual = int(median(before)) if before else 0
        if count < max(1, _FAR_LESS * usual):
            told = f"the listing names {count} {'entry' if count == 1 else 'entries'}"
            yield self._told(self.source.index, "doubtful", f"{told}, {usual} before" if usual else told)
        if count or not before:
            self.landing.count(self.source.index, count)

    def _landing_page(self, link: Link) -> Iterator[Fetched]:
        known = self.landing.pages.get(link.url)
        if known and not self._is_due(known.checked):
            targets = [Link(url, text) for url, text in known.files]
            if not targets and (article := self.landing.known.get(link.url)):
                yield Fetched(self.source.gazette, link.url, "unchanged", article.path)
        else:
            try:
                response = self.web.get(link.url, self.source)
            except FetchError as error:
                yield self._told(link.url, "failed", str(error))
                return
            if not is_page(response):  # the entry leads to the file itself
                yield from self._landed(Target(link, link.text or None, link.url), response)
                return
            pattern = self.source.attachments
            targets = [one for one in links_of(response) if pattern.search(one.url) and one.url != link.url]
            if self._wants_article(targets):
                yield from self._landed(Target(link, link.text or None, link.url), response)
            elif not targets:
                yield self._told(link.url, "failed", "the page has no attachment")
                return
            self.landing.visit(link.url, [(one.url, one.text) for one in targets], response.etag)
        for one in targets:
            if one.url not in self._asked:
                title = link.text if len(targets) == 1 else _own_title(one.text)
                yield from self._file(Target(Link(one.url, one.text, link.date), title or None, link.url, link.text))

    def _wants_article(self, targets: Sequence[Link]) -> bool:
        kind = self.source.landing
        return kind in ("article", "both") or (kind == "either" and not targets)

    def _file(self, target: Target) -> Iterator[Fetched]:
        url = target.link.url
        self._asked.add(url)
        known = self.landing.known.get(url)
        if known and not self.landing.is_there(known):
            known = None
        if known and not self._is_due(known.checked):
            yield Fetched(self.source.gazette, url, "unchanged", known.path)
            return
        try:
            response = self.web.get(
                url, self.source, known.etag if known else None, known.last_modified if known else None
            )
            if response.data is None and known is None:
                raise FetchError("status 304 to a request without a condition")
        except FetchError as error:
            yield self._told(url, "failed", str(error))
            return
        if response.data is None and known is not None:
            self.landing.check(known)
            yield Fetched(self.source.gazette, url, "unchanged", known.path)
            return
        yield from self._landed(target, response)

    def _landed(self, target: Target, response: Response) -> Iterator[Fetched]:
        """What came lands: the file, or those of an archive, which is kept too."""
        url, data = target.link.url, response.data or b""
        try:
            check_type(url, response)
            packed = list(archives.members(data, self.source.most_bytes)) if archives.is_archive(data) else None
        except FetchError as error:
            yield self._told(url, "failed", str(error))
            return
        listed = Listed(target.title, target.link.date, url, target.page)
        arrived = Arrived(
            url, data, self._year(target), listed, response.etag, response.last_modified, text_digest(data), None,
            given_name(response), packed is not None,
        )  # fmt: skip
        if packed is None:
            yield self._put(arrived)
            return
        for member in packed:
            inner = Listed(_own_title(member.name), target.link.date, url, target.page)
            yield self._put(Arrived(f"{url}#{member.name}", member.data, arrived.year, inner, name=member.name))
        self.landing.put(arrived)

    def _put(self, arrived: Arrived) -> Fetched:
        known = self.landing.known.get(arrived.url)
        return fetched(self.source.gazette, arrived.url, known, self.landing.put(arrived))

    def _year(self, target: Target) -> str:
        found = self.source.links.search(target.link.url) if self.source.links else None
        named = found.groupdict().get("year") if found else None
        return year_of(target.link.url, f"{target.title or target.link.text} {target.entry}", named, target.link.date)

    def _is_due(self, checked: str) -> bool:
        return self.now() - dt.datetime.fromisoformat(checked) >= dt.timedelta(days=self.source.recheck_days)

    def _told(self, url: str, end: End, reason: str) -> Fetched:
        return Fetched(self.source.gazette, url, end, reason=reason)


def fetched(gazette: str, url: str, known: Landed | None, landed: Landed | None) -> Fetched:
    """What became of an address whose content landed, or said nothing new."""
    if landed is None:
        return Fetched(gazette, url, "unchanged", known.path if known else None)
    return Fetched(gazette, url, "revised" if landed.revision > 1 else "new", landed.path)


def _own_title(text: str) -> str | None:
    """A file's own name as a title; what is too short says only which attachment it is."""
    title = _SUFFIX.sub("", text).strip()
    return title if len(title) >= _SHORTEST_TITLE else None
