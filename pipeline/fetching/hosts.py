"""Which hosts a source may lead to: those that it lists, with their ports, and none with a private address.

A listing that leads to ``http://10.0.0.5/`` or to a name that resolves to it would have us ask inside our own network.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Iterable
from typing import Final
from urllib.parse import SplitResult, urlsplit
from urllib.request import getproxies, proxy_bypass

from pipeline.fetching.sources import WebSource

_USUAL: Final = {"http": 80, "https": 443}

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class Refused(Exception):
    """An address that a source must not lead to, with the reason in one line."""


def check(url: str, source: WebSource) -> None:
    """Raise :class:`Refused` where *source* must not lead to *url*; names are resolved. Raises :class:`OSError`."""
    try:
        parts = urlsplit(url)
        place = _place(parts)
    except ValueError as error:
        raise Refused(f"no web address: {error}") from error
    if parts.scheme not in _USUAL:
        raise Refused(f"leads to {parts.scheme or 'no'}: address")
    if parts.username or parts.password:
        raise Refused("leads to an address with a user's name in it")
    if place not in _listed(source):
        port = f":{place[1]}" if place[1] else ""
        raise Refused(f"leads to the host {place[0]}{port}, which the source does not list")
    if source.private or _literal(place[0]):
        return  # the source names it
    if not _is_proxied(parts):
        check_addresses(place[0], _resolved(place[0], parts.port or _USUAL[parts.scheme]))


def check_addresses(host: str, addresses: Iterable[str]) -> None:
    """Raise :class:`Refused` where *host* has an address that is not of the public network."""
    for address in addresses:
        found = _literal(address)
        if found and not found.is_global:
            raise Refused(f"the host {host} has the private address {found} (private = true allows it)")


def is_guarded(url: str, source: WebSource) -> bool:
    """Whether the address that *url* is fetched from has to be a public one."""
    parts = urlsplit(url)
    return not (source.private or _literal(parts.hostname or "") or _is_proxied(parts))


def _listed(source: WebSource) -> set[tuple[str, int | None]]:
    listed = (urlsplit(f"//{host}") for host in source.hosts)
    return {_place(urlsplit(source.index)), *map(_place, listed)}


def _place(parts: SplitResult) -> tuple[str, int | None]:
    """Host and port, no port for the usual ones: a site answers on both."""
    port = parts.port
    return (parts.hostname or "").rstrip("."), None if port in (None, *_USUAL.values()) else port


def _literal(host: str) -> Address | None:
    try:
        found = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return None
    mapped = found.ipv4_mapped if isinstance(found, ipaddress.IPv6Address) else None
    return mapped or found


def _resolved(host: str, port: int) -> list[str]:
    return [str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


def _is_proxied(parts: SplitResult) -> bool:
    """Whether a proxy asks in our place, which then is who resolves the name."""
    return parts.scheme in getproxies() and not proxy_bypass(parts.hostname or "")
