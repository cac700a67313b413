"""Web pages: the article of a government site with its tables; navigation is left out, the metadata block is kept apart.

The article is the element that holds most of the page's text outside links; its heading, which many sites print
outside it, is put before it. Saved pages in MHTML are read as the page that they hold.
"""

from __future__ import annotations

import codecs
import email
import email.policy
import re
from collections.abc import Iterator
from typing import Final

from lxml import etree, html

from pipeline.readers.base import RawFile, Reader, ReaderError
from pipeline.readers.canonical.text import CanonicalText, Grid
from pipeline.readers.canonical.unread import LITTLE, unread
from pipeline.readers.html import blocks
from pipeline.readers.html.article import find_article
from pipeline.readers.limits import limits
from pipeline.readers.text import decode, lost_characters
from schemas.records import Problem, SourceText
from schemas.spans import Span

_HEAD: Final = 4096
_MARKS: Final = ("<!doctype html", "<html", "<head", "<body", "<meta ", "<title", "<div", "<article")
_LEADING: Final = re.compile(r"(?:\s+|<\?xml[^>]{0,200}\?>|<!--.{0,2000}?-->)*", re.DOTALL)
_CHARSET: Final = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]{2,20})", re.IGNORECASE)
_ALIASES: Final = {"gb2312": "gb18030", "gbk": "gb18030", "gb_2312-80": "gb18030", "utf8": "utf-8"}
_FILE: Final = re.compile(r"\.(?:docx?|wps|pdf|xlsx?|rtf|ofd|zip|rar|jpe?g|png)(?:[?#]|$)", re.IGNORECASE)
_ICON: Final = re.compile(r"icon|ico[_.-]|filetype|logo|blank\.gif|spacer", re.IGNORECASE)
_SMALLEST: Final = 40
"""Pixels of an icon's side at most."""
_MOST_BAD_BYTES: Final = 0.01
_DEEPEST: Final = 250
"""Elements nested deeper than this are read as their text alone."""


def _recognises(data: bytes) -> bool:
    return _is_mhtml(data) or _begins_as_page(data[:_HEAD])


def _begins_as_page(head: bytes) -> bool:
    codec = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}.get(head[:2], "latin-1")
    text = head.decode(codec, errors="ignore").lower().removeprefix("\xef\xbb\xbf").lstrip("\ufeff")
    return text[_LEADING.match(text).end() :].startswith(_MARKS)  # type: ignore[union-attr]


def _is_mhtml(data: bytes) -> bool:
    head = data[:_HEAD].lower()
    return b"mime-version:" in head and b"multipart/related" in head


def _read(raw: RawFile) -> SourceText:
    data = _page_of_mhtml(raw) if _is_mhtml(raw.data) else raw.data
    if len(data) > limits().part_bytes:
        raise ReaderError(
            raw.source_path, "unsupported", f"a web page of {len(data)} bytes, over the limit of {limits().part_bytes}"
        )
    text, encoding = _decode(data, raw.source_path)
    try:
        parser = html.HTMLParser(huge_tree=True)
        root = html.document_fromstring(_undeclared(text), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise ReaderError(raw.source_path, "damaged", f"the web page cannot be parsed: {error}") from error
    cut_short = any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log)
    article = find_article(root)
    canonical = CanonicalText()
    if article.title:
        canonical.paragraph(article.title)
    tables_in_cells = 0
    for block in blocks.blocks(article.body, _DEEPEST):
        if isinstance(block, Grid):
            tables_in_cells += block.tables_in_cells
            canonical.table(block)
        else:
            canonical.paragraph(block)
    content, tables = canonical.finish()
    if not content.strip() and cut_short:
        raise ReaderError(raw.source_path, "damaged", "the elements of the web page are nested too deeply to be read")
    if not content.strip():
        raise ReaderError(raw.source_path, "no_text", "a web page without text")
    linked = tuple(_linked_file(root, content))
    pictures = sum(map(_is_picture, article.body.iter("img"))) or (len(content) <= LITTLE and _pictures_of(root))
    problems = (*linked, *unread(content, 0 if linked else pictures, tables_in_cells), *lost_characters(content))
    if cut_short:
        lost = Problem("page_quality", "error", "elements nested too deeply: what follows them is lost", Span(0, 0))
        problems = (lost, *problems)
    return SourceText(
        content,
        raw.source_path,
        raw.sha256,
        "text/html",
        encoding,
        tables=tables,
        metadata=article.metadata,
        problems=problems,
    )


def _linked_file(root: html.HtmlElement, content: str) -> Iterator[Problem]:
    """A problem where the page says little itself and links a file that holds the text."""
    linked = [link for element in root.iter("a") if _FILE.search(link := element.get("href") or "")]
    if len(content) <= LITTLE and linked:
        what = f"a linked file ({linked[0].rsplit('/', 1)[-1][:60]})"
        message = f"the page holds {len(content.strip())} characters of text: its content is probably in {what}"
        yield Problem("page_quality", "warning", message, Span(0, len(content)))


def _pictures_of(root: html.HtmlElement) -> int:
    return sum(map(_is_picture, root.iter("img")))


def _is_picture(element: html.HtmlElement) -> bool:
    """Whether an image may hold text: neither an icon by its name nor as small as one."""
    sides = (element.get(name) or "" for name in ("width", "height"))
    small = any(side.isdecimal() and int(side) <= _SMALLEST for side in sides)
    return not small and not _ICON.search(element.get("src") or "")


def _decode(data: bytes, source_path: str) -> tuple[str, str]:
    """The page's text and encoding: as declared, else as the bytes tell, else as declared with a few bytes lost."""
    codec = _declared_codec(data)
    if codec is None:
        return decode(data, source_path)
    try:
        return data.decode(codec), codec
    except UnicodeDecodeError:
        pass  # the declaration is wrong, or bytes were damaged: the bytes themselves tell
    try:
        return decode(data, source_path)
    except ReaderError as error:
        # A browser shows a page with a few bad bytes: so do we, where the declared encoding fits the rest.
        text = data.decode(codec, errors="replace")
        if error.cause != "undecodable" or text.count("\ufffd") > _MOST_BAD_BYTES * len(text):
            raise
        return text, codec


def _declared_codec(data: bytes) -> str | None:
    """The codec of the encoding that the page declares; a byte order mark overrules it."""
    declared = _CHARSET.search(data[:_HEAD])
    if not declared or data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return None
    name = declared[1].decode("ascii").lower()
    try:
        return codecs.lookup(_ALIASES.get(name, name)).name
    except LookupError:
        return None


def _undeclared(text: str) -> str:
    """The page without an XML declaration, which lxml refuses in a decoded text, and without NUL characters."""
    return re.sub(r"^\s*<\?xml[^>]{0,200}\?>", "", text).replace("\x00", "")


def _page_of_mhtml(raw: RawFile) -> bytes:
    message = email.message_from_bytes(raw.data, policy=email.policy.default)
    for part in message.walk():
        if part.get_content_type() == "text/html":
            content = part.get_payload(decode=True)
            if isinstance(content, bytes):
                return content
    raise ReaderError(raw.source_path, "no_text", "a saved web archive without a page")


READER: Final = Reader("html", _recognises, _read)
