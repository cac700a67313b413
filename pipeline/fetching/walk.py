"""The pages of a listing one after the other, as far as the source goes."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.fetching.listing import Link, page_of
from pipeline.fetching.sources import NUMBER, WebSource
from pipeline.fetching.web import FetchError, Web


@dataclass(frozen=True, slots=True)
class Walked:
    """A page of a listing: the entries that no page before it names, or why it could not be read."""

    url: str
    entries: tuple[Link, ...] = ()
    fault: str | None = None
    is_cut: bool = False
    """Whether the listing goes on here and the source says to stop."""


def walk(source: WebSource, web: Web) -> Iterator[Walked]:
    """The pages of the listing of *source*, each once."""
    waiting, known = deque([source.index]), {source.index}
    seen: set[str] = set()
    number, count = source.first, 0
    while waiting:
        url = waiting.popleft()
        if count >= source.most_pages:
            yield Walked(url, is_cut=True)
            return
        count += 1
        is_numbered = url == _numbered(source, number - 1) and count > 1
        try:
            page = page_of(web.get(url, source), source)
        except FetchError as error:
            if not (is_numbered and str(error).startswith("status 404")):  # beyond the last page there is none
                yield Walked(url, fault=str(error))
            continue
        fresh = tuple(link for link in page.entries if link.url not in seen)
        seen.update(link.url for link in fresh)
        yield Walked(url, fresh)
        further = list(page.further)
        following = _numbered(source, number)
        if following and fresh and not any(_is_of_numbers(source, address) for address in waiting):
            further.append(following)
            number += 1
        waiting.extend(address for address in dict.fromkeys(further) if address not in known)
        known.update(further)


def _numbered(source: WebSource, number: int) -> str | None:
    return source.numbered.replace(NUMBER, str(number)) if source.numbered else None


def _is_of_numbers(source: WebSource, address: str) -> bool:
    before, _, after = (source.numbered or "").partition(NUMBER)
    return address.startswith(before) and address.endswith(after)
