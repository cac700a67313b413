"""Whether what came is what was asked for, and what it is called."""

from __future__ import annotations

import hashlib
import re
from email.message import Message
from typing import Final
from urllib.parse import unquote_to_bytes, urlsplit

from pipeline.fetching.archives import is_archive
from pipeline.fetching.naming import name_of
from pipeline.fetching.web import FetchError, Response
from pipeline.readers.base import RawFile, ReaderError
from pipeline.readers.html.reader import READER as HTML

_BEGINNINGS: Final = {
    ".pdf": (b"%PDF",),
    ".docx": (b"PK\x03\x04",),
    ".doc": (b"\xd0\xcf\x11\xe0", b"PK\x03\x04", b"{\\rtf"),
    ".zip": (b"PK\x03\x04",),
    ".png": (b"\x89PNG",),
    ".jpg": (b"\xff\xd8\xff",),
    ".jpeg": (b"\xff\xd8\xff",),
    ".tif": (b"II*\x00", b"MM\x00*"),
    ".tiff": (b"II*\x00", b"MM\x00*"),
}
"""How a file of this suffix begins: a page that says "not found" with status 200 does not land as a PDF."""
_SUFFIXES: Final = (".pdf", ".doc", ".png", ".jpg", ".tif")
"""Of those, what a file is called that has no suffix and begins so; what begins like an archive is looked into."""
_BINARY: Final = tuple(beginning for beginnings in _BEGINNINGS.values() for beginning in beginnings)
_LOOKED_AT: Final = 1024
_TYPES: Final = (
    "text/html", "text/plain", "text/markdown", "application/xhtml+xml", "application/pdf", "application/msword",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "image/", "application/octet-stream",
    "application/force-download", "application/x-download", "binary/octet-stream", "application/zip",
    "application/x-zip-compressed", "application/download", "application/x-msdownload",
)  # fmt: skip
_NAME: Final = re.compile(r'filename\s*=\s*"?([^";]+)', re.IGNORECASE)


def check_type(url: str, response: Response) -> None:
    """Raise :class:`FetchError` for what is empty, of a type that no reader takes, or not what its suffix says."""
    data = response.data or b""
    if not data:
        raise FetchError("the file is empty")
    kind = response.content_type.split(";")[0].strip().lower()
    if kind and not kind.startswith(_TYPES):
        raise FetchError(f"a file of type {kind}")
    suffix = name_of(url, given_name(response))[1]
    beginnings = _BEGINNINGS.get(suffix)
    if beginnings and not any(beginning in data[:_LOOKED_AT] for beginning in beginnings):
        raise FetchError(f"no {suffix[1:].upper()} file, though its name ends so: {urlsplit(url).path}")


def suffix_of(data: bytes) -> str:
    """The suffix that a file is given whose address names none: that of its format, where it is known, else of a page."""
    if data.startswith(_BEGINNINGS[".zip"]):
        return ".zip" if is_archive(data) else ".docx"
    return next((suffix for suffix in _SUFFIXES if data.startswith(_BEGINNINGS[suffix])), ".html")


def is_page(response: Response) -> bool:
    """Whether it is a web page: it looks like one, or is said to be one and looks like no other format."""
    data = response.data or b""
    is_said = response.content_type.lower().startswith(("text/html", "application/xhtml"))
    return HTML.recognises(data) or (is_said and not any(data.startswith(known) for known in _BINARY))


def text_digest(data: bytes) -> str | None:
    """The digest of a web page's text, which counters and the date of the day do not change; ``None`` for other formats."""
    if not HTML.recognises(data):
        return None
    try:
        text = HTML.read(RawFile(data, "page.html", "0" * 64)).text
    except ReaderError:
        return None
    return hashlib.sha256(text.encode()).hexdigest()


def given_name(response: Response) -> str | None:
    """The name that the server gives the file (RFC 6266), in whatever encoding it wrote it."""
    message = Message()
    message["content-disposition"] = response.disposition
    try:
        extended = message.get_param("filename", header="content-disposition")
    except (ValueError, LookupError):
        return None
    if isinstance(extended, tuple):
        charset, _, value = extended
        return _decoded(value.encode("latin-1", "replace"), charset)
    found = _NAME.search(response.disposition)
    if not found:
        return None
    return _decoded(unquote_to_bytes(found.group(1).strip().encode("latin-1", "replace")), None)


def _decoded(raw: bytes, charset: str | None) -> str | None:
    for codec in (charset or "utf-8", "utf-8", "gb18030"):
        try:
            return raw.decode(codec)
        except (UnicodeDecodeError, LookupError):
            continue
    return None
