"""Polite requests: robots respected, a pause between requests to a host, limits of size and time, retries.

Redirects are followed by hand, as each hop must lead to a host that the source allows and whose
``robots.txt`` does not forbid it.
"""

from __future__ import annotations

import datetime as dt
import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from threading import RLock
from types import TracebackType
from typing import Final
from urllib.parse import urljoin, urlsplit
from urllib.robotparser import RobotFileParser

import httpx

from pipeline.fetching import hosts
from pipeline.fetching.sources import WebSource

_MOST_REDIRECTS: Final = 5
_BACKOFF: Final = 1.0
_LONGEST_WAIT: Final = 120.0
_PASSING: Final = frozenset({408, 425, 429, 500, 502, 503, 504})
"""Status codes after which a later try may do better."""
_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
_ROBOTS_BYTES: Final = 500_000
_MOST_FAILED: Final = 5
"""After this many failed addresses in a row, a host gets no more requests in this run."""


class FetchError(Exception):
    """An address that could not be fetched, with the reason in one line."""


class _PassingError(FetchError):
    """A fault after which a later try may do better; ``wait`` is what the server asks for, in seconds."""

    def __init__(self, reason: str, wait: float | None = None) -> None:
        super().__init__(reason)
        self.wait = wait


@dataclass(frozen=True, slots=True)
class Response:
    """What came from an address, redirects followed; ``data`` is ``None`` where nothing changed (304)."""

    url: str
    data: bytes | None
    content_type: str
    etag: str | None
    last_modified: str | None
    disposition: str = ""
    """What the server says of the file's name."""


@dataclass(slots=True)
class Web:
    """A client for one run, from several threads; use as a context manager. *sleep* and *clock* are replaced in tests.

    Of one host one thing is asked at a time, whoever asks.
    """

    agent: str
    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic
    _client: httpx.Client = field(init=False)
    _robots: dict[str, RobotFileParser] = field(default_factory=dict)
    _next: dict[str, float] = field(default_factory=dict)
    """When a host may be asked again."""
    _turns: dict[str, RLock] = field(default_factory=dict)
    _failed: Counter[str] = field(default_factory=Counter)
    """Failed addresses in a row by host, retries included."""

    def __enter__(self) -> Web:
        self._client = httpx.Client(headers={"User-Agent": self.agent}, follow_redirects=False)
        return self

    def __exit__(
        self, _type: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self._client.close()

    def get(self, url: str, source: WebSource, etag: str | None = None, last_modified: str | None = None) -> Response:
        """The content at *url*, asked for only if it is not the one with this *etag* or time.

        Raises :class:`FetchError` after the last retry, and at once where a retry does not help.
        """
        headers = {"If-None-Match": etag} if etag else {"If-Modified-Since": last_modified} if last_modified else {}
        host = _host(url)
        if self._failed[host] >= _MOST_FAILED:
            raise FetchError(f"not asked for: {host} failed for {_MOST_FAILED} addresses in a row")
        for attempt in range(source.retries + 1):
            try:
                response = self._followed(url, source, headers)
                self._failed[host] = 0
                return response
            except _PassingError as error:
                if attempt == source.retries:
                    self._failed[host] += 1
                    raise FetchError(f"{error} ({attempt + 1} tries)" if attempt else str(error)) from error
                self.sleep(min(_LONGEST_WAIT, max(error.wait or 0.0, _BACKOFF * 2**attempt)))
            except FetchError:
                self._failed[host] = 0  # it answers, if not as we wish
                raise
        raise AssertionError("the last try returns or raises")

    def _followed(self, url: str, source: WebSource, headers: Mapping[str, str]) -> Response:
        for _ in range(_MOST_REDIRECTS + 1):
            with self._turns.setdefault(urlsplit(url).netloc, RLock()):
                self._check_allowed(url, source)
                answer = self._once(url, source, headers)
            if isinstance(answer, Response):
                return answer
            url = urljoin(url, answer)
        raise FetchError(f"more than {_MOST_REDIRECTS} redirects")

    def _check_allowed(self, url: str, source: WebSource) -> None:
        _check_host(url, source)
        if not self._rules(url, source).can_fetch(self.agent, url):
            raise FetchError("robots.txt forbids it")

    def _once(self, url: str, source: WebSource, headers: Mapping[str, str]) -> Response | str:
        """One request: what came, or the address that it redirects to."""
        self._wait_turn(url, source)
        try:
            with self._client.stream("GET", url, headers=dict(headers), timeout=source.timeout) as response:
                _check_peer(url, response, source)
                if response.status_code in _REDIRECTS and "location" in response.headers:
                    return str(response.headers["location"])
                _check_status(response)
                data = None if response.status_code == 304 else self._body(response, source)
        except (httpx.TransportError, httpx.DecodingError) as error:
            raise _PassingError(_reason(error)) from error
        except httpx.InvalidURL as error:
            raise FetchError(f"no web address: {error}") from error
        known = response.headers
        return Response(
            url, data, known.get("content-type", ""), known.get("etag"), known.get("last-modified"),
            known.get("content-disposition", ""),
        )  # fmt: skip

    def _body(self, response: httpx.Response, source: WebSource) -> bytes:
        announced = response.headers.get("content-length", "")
        if announced.isdigit() and int(announced) > source.most_bytes:
            raise FetchError(f"{announced} bytes, over the limit of {source.most_bytes}")
        end = self.clock() + source.most_seconds
        data = bytearray()
        for chunk in response.iter_bytes():
            data += chunk
            if len(data) > source.most_bytes:
                raise FetchError(f"over the limit of {source.most_bytes} bytes")
            if self.clock() > end:
                raise FetchError(f"took longer than {source.most_seconds:.0f} s")
        if announced.isdigit() and "content-encoding" not in response.headers and len(data) != int(announced):
            raise _PassingError(f"{len(data)} bytes came of {announced} announced")
        return bytes(data)

    def _wait_turn(self, url: str, source: WebSource) -> None:
        host = urlsplit(url).netloc
        wait = self._next.get(host, 0.0) - self.clock()
        if wait > 0:
            self.sleep(wait)
        robots = self._robots.get(_site(url))
        asked = robots.crawl_delay(self.agent) if robots else None
        self._next[host] = self.clock() + max(source.delay, float(asked or 0))

    def _rules(self, url: str, source: WebSource) -> RobotFileParser:
        site = _site(url)
        if site not in self._robots:
            self._robots[site] = self._read_rules(f"{site}/robots.txt", source)
        return self._robots[site]

    def _read_rules(self, url: str, source: WebSource) -> RobotFileParser:
        """A host's rules: none where it has no such file, all forbidden where it keeps the file from us.

        A redirect is followed where the source may lead; elsewhere lies no rule of this host.
        """
        rules, site = RobotFileParser(url), _site(url)
        code, wait, data = 404, None, b""
        try:
            for _ in range(_MOST_REDIRECTS + 1):
                if _site(url) != site:
                    _check_host(url, source)
                with self._client.stream("GET", url, timeout=source.timeout) as response:
                    _check_peer(url, response, source)
                    code, wait = response.status_code, _asked_wait(response)
                    data = self._beginning(response, source) if code == 200 else b""
                if code not in _REDIRECTS or "location" not in response.headers:
                    break
                url = urljoin(url, response.headers["location"])
        except (httpx.TransportError, httpx.DecodingError, httpx.InvalidURL) as error:
            raise _PassingError(f"robots.txt: {_reason(error)}") from error
        except FetchError:
            code, data = 404, b""
        if code in _PASSING:
            raise _PassingError(f"robots.txt: status {code}", wait)
        forbidden = code in (401, 403)
        rules.parse(["User-agent: *", "Disallow: /"] if forbidden else data.decode("utf-8", "replace").splitlines())
        return rules

    def _beginning(self, response: httpx.Response, source: WebSource) -> bytes:
        """As much of a host's rules as anybody needs; the rest, which may have no end, is left."""
        end = self.clock() + source.timeout
        data = bytearray()
        for chunk in response.iter_bytes():
            data += chunk
            if len(data) >= _ROBOTS_BYTES or self.clock() > end:
                break
        return bytes(data[:_ROBOTS_BYTES])


def _check_host(url: str, source: WebSource) -> None:
    try:
        hosts.check(url, source)
    except hosts.Refused as error:
        raise FetchError(str(error)) from error
    except (OSError, UnicodeError) as error:
        raise _PassingError(f"{urlsplit(url).hostname}: {_reason(error)}") from error


def _check_peer(url: str, response: httpx.Response, source: WebSource) -> None:
    """The name may have been resolved to another address than the one that was checked."""
    stream = response.extensions.get("network_stream")
    peer = stream.get_extra_info("server_addr") if stream else None
    if peer and hosts.is_guarded(url, source):
        try:
            hosts.check_addresses(urlsplit(url).hostname or "", [str(peer[0])])
        except hosts.Refused as error:
            raise FetchError(str(error)) from error


def _check_status(response: httpx.Response) -> None:
    if response.status_code in _PASSING:
        raise _PassingError(f"status {response.status_code}", _asked_wait(response))
    if response.status_code not in (200, 304):
        raise FetchError(f"status {response.status_code}")


def _asked_wait(response: httpx.Response) -> float | None:
    """The seconds of Retry-After: a number, or the time until a date (RFC 9110, section 10.2.3)."""
    value = response.headers.get("retry-after", "")
    if value.isdigit():
        return float(value)
    try:
        until = parsedate_to_datetime(value)
    except ValueError:
        return None
    return max(0.0, (until - dt.datetime.now(dt.UTC)).total_seconds()) if until.tzinfo else None


def _reason(error: Exception) -> str:
    return f"{type(error).__name__}: {error}".rstrip(": ").splitlines()[0]


def _host(url: str) -> str:
    try:
        return urlsplit(url).netloc
    except ValueError:
        return ""


def _site(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
