"""A web server on loopback that misbehaves as servers of gazettes do."""

from __future__ import annotations

import select
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Page = Callable[["Handler"], None]


@dataclass
class Site:
    """Pages by path, and every request that came: path and headers."""

    url: str
    pages: dict[str, Page] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def count(self, path: str) -> int:
        return sum(asked == path for asked, _ in self.asked)

    def list(self, *names: str) -> None:
        """Make /index.html a listing of *names*."""
        links = "".join(f'<li><a href="{name}">青河县人民政府公报 {name}</a></li>' for name in names)
        self.pages["/index.html"] = plain(f"<html><body><ul>{links}</ul></body></html>".encode(), "text/html")


class Handler(BaseHTTPRequestHandler):
    """Answers with the site's pages; what is not there is 404."""

    protocol_version = "HTTP/1.1"
    site: Site

    def do_GET(self) -> None:
        self.site.asked.append((self.path, {name.lower(): value for name, value in self.headers.items()}))
        page = self.site.pages.get(self.path, status(404))
        page(self)

    def log_message(self, format: str, *arguments: object) -> None:
        """Say nothing."""


@contextmanager
def serve() -> Iterator[Site]:
    """A server for the length of the block."""
    handler = type("SiteHandler", (Handler,), {})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = True
        site = Site(f"http://127.0.0.1:{server.server_address[1]}")
        handler.site = site  # type: ignore[attr-defined]
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        yield site
        server.shutdown()


def plain(data: bytes, kind: str = "text/plain", code: int = 200, **headers: str) -> Page:
    """An ordinary answer."""

    def page(handler: Handler) -> None:
        handler.send_response(code)
        handler.send_header("Content-Type", kind)
        handler.send_header("Content-Length", str(len(data)))
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(data)

    return page


def status(code: int, **headers: str) -> Page:
    """An answer without content."""
    return plain(b"", code=code, **headers)


def tagged(data: bytes, etag: str) -> Page:
    """Content with an ETag: 304 where the client has it."""

    def page(handler: Handler) -> None:
        known = handler.headers.get("If-None-Match") == etag
        (status(304, ETag=etag) if known else plain(data, ETag=etag))(handler)

    return page


def dated(data: bytes, day: str) -> Page:
    """Content with a Last-Modified: 304 where the client has it."""

    def page(handler: Handler) -> None:
        known = handler.headers.get("If-Modified-Since") == day
        (status(304) if known else plain(data, Last_Modified=day))(handler)

    return page


def in_turn(*pages: Page) -> Page:
    """One page after the other, the last one for ever."""
    rest = list(pages)

    def page(handler: Handler) -> None:
        (rest.pop(0) if len(rest) > 1 else rest[0])(handler)

    return page


def cut(data: bytes, after: int) -> Page:
    """The whole length is announced, and the connection falls in the middle."""

    def page(handler: Handler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", "text/plain")
        handler.send_header("Content-Length", str(len(data)))
        handler.end_headers()
        handler.wfile.write(data[:after])
        handler.close_connection = True

    return page


def cut_chunk(data: bytes) -> Page:
    """A chunked answer whose last chunk never comes."""

    def page(handler: Handler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", "text/plain")
        handler.send_header("Transfer-Encoding", "chunked")
        handler.end_headers()
        handler.wfile.write(f"{len(data):x}\r\n".encode() + data + b"\r\n")
        handler.close_connection = True

    return page


LONGEST = 120.0
"""A client that has not given up after so long does not."""


def silent() -> Page:
    """Says nothing until the client has had enough."""

    def page(handler: Handler) -> None:
        select.select([handler.connection], [], [], LONGEST)
        handler.close_connection = True

    return page


def dripping(pause: float) -> Page:
    """One byte now and then: never silent for long, never done."""

    def page(handler: Handler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", "text/plain")
        handler.send_header("Connection", "close")
        handler.end_headers()
        try:
            for _ in range(int(LONGEST / pause)):
                handler.wfile.write(b"x")
                handler.wfile.flush()
                time.sleep(pause)
        except OSError:
            return  # the client has had enough

    return page


def endless(kind: str = "text/plain") -> Page:
    """More than anybody wants, without a length."""

    def page(handler: Handler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", kind)
        handler.send_header("Connection", "close")
        handler.end_headers()
        try:
            for _ in range(10_000):
                handler.wfile.write(b"x" * 65_536)
        except OSError:
            return

    return page


def redirect(to: str) -> Page:
    """Leads elsewhere."""
    return status(302, Location=to)
