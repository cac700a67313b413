"""What a fetched file is called, and the year that it is of. Pure."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import Final
from urllib.parse import quote, unquote, urlsplit

UNDATED: Final = "undated"
_YEAR: Final = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_YEAR_IN_ADDRESS: Final = re.compile(r"(?<!\d)((?:19|20)\d\d)(?:(?:0[1-9]|1[0-2])(?:[0-3]\d)?)?(?!\d)")
_UNSAFE: Final = re.compile(r"[^\w.()（）〔〕-]+")
_LONGEST_NAME: Final = 80


def name_of(url: str, given: str | None = None, otherwise: str = ".html") -> tuple[str, str]:
    """A safe file name for an address, as stem and suffix (*otherwise* where it has none); a query string joins the stem.

    A name that the server *given* it goes before; it is cleaned as the address is, and can lead to no other folder.
    """
    parts = urlsplit(url)
    own = PurePosixPath((given or "").replace("\\", "/")).name
    if own.strip("._ "):
        parts = urlsplit(f"//given/{quote(own)}")
    path = PurePosixPath(unquote(parts.path))
    suffix = path.suffix.lower() if re.fullmatch(r"\.[A-Za-z0-9]{1,5}", path.suffix) else ""
    stem = path.name[: len(path.name) - len(suffix)] if suffix else path.name
    stem = _UNSAFE.sub("_", f"{stem}_{unquote(parts.query)}" if parts.query else stem).strip("._")
    return stem[:_LONGEST_NAME] or "index", suffix or otherwise


def year_of(url: str, text: str, named: str | None, date: str | None = None) -> str:
    """The year's folder: what the pattern names, else a year in the link's text, else of the day beside it, else in its address."""
    if named:
        return named if _YEAR.fullmatch(named) else UNDATED
    in_text = _YEAR.search(text)
    if in_text:
        return in_text.group()
    if date:
        return date[:4]
    in_address = _YEAR_IN_ADDRESS.search(unquote(urlsplit(url).path))
    return in_address.group(1) if in_address else UNDATED
