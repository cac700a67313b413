"""The edition's key and year: a name for people that two different editions never share.

A gazette is named by its place, year and number (``xiangyin-xian-2023-01``, ``…-zengkan-01``, ``…-03-04``). Where no
number is known the key comes from what the issue holds: the number of its document, else its date and a digest of its
issuers and title. Where neither tells it from others there is no key, and the issue stands for itself.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from importlib.metadata import version
from typing import Final

from extractors.language.characters import as_read
from extractors.places.divisions import NATION, by_name, standing
from extractors.rules.prepared import kept
from pipeline.segmentation.documents.pinyin import pinyin
from pipeline.segmentation.documents.provisions import title_year
from pipeline.segmentation.lines.lines import squash
from schemas.records import LISTED_DAY, Area, Document, Masthead

_UNITS: Final = {
    "特别行政区": "tebiexingzhengqu", "自治区": "zizhiqu", "自治州": "zhou", "自治县": "xian", "自治旗": "qi", "新区": "xinqu",
    "地区": "diqu", "民族乡": "xiang", "街道": "jiedao", "苏木": "sumu", "省": "sheng", "市": "shi", "州": "zhou", "盟": "meng",
    "县": "xian", "区": "qu", "旗": "qi", "镇": "zhen", "乡": "xiang",
}  # fmt: skip
_UNIT: Final = re.compile(f"(?:{'|'.join(_UNITS)})$")
_GAZETTE: Final = re.compile("(?:人民政府|政府)?(?:办公[室厅])?(?:公报|政报)$")
_DIGITS: Final = 8


def with_year(masthead: Masthead, documents: Sequence[Document]) -> Masthead:
    """The masthead; where it names no year, with that of the first document that was signed, numbered or titled in one."""
    if masthead.publication_year is not None:
        return masthead
    years = (_year_of(document) for document in documents)
    return replace(masthead, publication_year=next((year for year in years if year), None))


def with_listing(masthead: Masthead, fields: Iterable[tuple[str, str]]) -> Masthead:
    """The masthead; where it prints no day, with the one that a listing states, and with its year where nothing names one."""
    day = next((dt.date.fromisoformat(value) for label, value in fields if label == LISTED_DAY), None)
    if day is None:
        return masthead
    year = masthead.publication_year or day.year
    return replace(masthead, publication_date=masthead.publication_date or day, publication_year=year)


def _year_of(document: Document) -> int | None:
    signed = document.signed_date.year if document.signed_date else None
    return signed or document.doc_number_year or title_year(document.title)


def edition_key(masthead: Masthead, area: Area | None, documents: Sequence[Document]) -> str | None:
    """The edition's key. *masthead* is as printed: a year that only documents tell makes no numbered edition of it."""
    numbered = _numbered(masthead)
    if numbered and masthead.title:
        whose = _gazette(masthead.title, area, masthead.publication_year)
        if whose:
            return f"{whose}-{numbered}"
    year = with_year(masthead, documents).publication_year
    place = _slug(area, year) if area else None
    held = _held(documents, placed=place is not None)
    parts = (place, str(year) if year else None, pinyin(masthead.special or ""), held)
    return "-".join(part for part in parts if part) if held else None


def _numbered(masthead: Masthead) -> str | None:
    """What tells an edition of a gazette from its others: its numbers, or the day it came out."""
    special = [pinyin(masthead.special)] if masthead.special else []
    year = masthead.publication_year
    if masthead.number and year:
        numbers = [f"{int(number):02d}" for number in (masthead.number, masthead.number_last) if number]
        return "-".join([str(year), *special, *numbers])
    if masthead.number_total:
        totals = [f"z{number}" for number in (masthead.number_total, masthead.number_total_last) if number]
        return "-".join([*([str(year)] if year else []), *special, *totals])
    day = masthead.publication_date
    return "-".join([str(day.year), *special, f"{day:%m%d}"]) if day else None


def _gazette(title: str, area: Area | None, year: int | None) -> str | None:
    """Whose gazette it is: the place, and the body where that is not its government (人大常委会公报)."""
    name = as_read(squash(title))
    if area is None:
        return None
    place = "zhongguo" if area.name == NATION else _slug(area, year)
    body = pinyin(_GAZETTE.sub("", name.rpartition(area.name)[2]))
    return f"{place}-{body}" if place and body else place


def _slug(area: Area, year: int | None) -> str | None:
    """Pinyin of a place and its level; with its code where another place sounds alike, ``None`` where it may be another."""
    if area.level == "nation":
        return "zhongguo"
    upper = area.path.split("/")[-2:-1] if area.path and area.level == "township" else []
    known = by_name().get(area.name, ())
    if area.code is None and (len({item.code for item in known}) > 1 or (area.level == "township" and not upper)):
        return None
    shared = area.code if area.code and _sounds_like_others(area.name, year) else None
    return "-".join(part for part in (*map(_spelt, (*upper, area.name)), shared) if part) or None


@cache
def _spelt(name: str) -> str:
    """Pinyin of a place's name, its level apart."""
    return _spellings().get(name) or _spell(name)


@cache
def _spellings() -> Mapping[str, str]:
    """How the name of every division is spelt: made once and kept."""
    source = "\n".join((version("pypinyin"), *_UNITS.values(), *by_name()))
    return kept("spellings", source.encode(), lambda: {name: _spell(name) for name in by_name()})


def _spell(name: str) -> str:
    unit = _UNIT.search(name)
    stem = name[: unit.start()] if unit and unit.start() else name
    return "-".join(part for part in (pinyin(stem), _UNITS[unit[0]] if unit and unit.start() else "") if part)


@cache
def _sounds_like_others(name: str, year: int | None) -> bool:
    """Whether divisions of another code have in *year* a name that is spelt alike."""
    spelt, unit = _spelt(name), _UNIT.search(name)
    alike = [
        item
        for other in _spelt_so().get(spelt, ())
        if len(other) == len(name) and unit and other.endswith(unit[0])
        for item in standing(by_name()[other], year)
    ]
    return len({item.code for item in alike}) > 1


@cache
def _spelt_so() -> Mapping[str, tuple[str, ...]]:
    """The names of divisions by how they are spelt."""
    found: dict[str, tuple[str, ...]] = {}
    for name, spelt in _spellings().items():
        found[spelt] = (*found.get(spelt, ()), name)
    return found


def _held(documents: Sequence[Document], *, placed: bool) -> str | None:
    """What tells the documents of an issue from others: of one its number or date and title, of several all of them.

    A number tells a document only from others of its place (*placed*): elsewhere somebody has it too.
    """
    tokens = [_token(document, placed) for document in documents]
    told = [token for token in tokens if token]
    if not told or len(told) < len(tokens):
        return None
    return told[0] if len(told) == 1 else f"{told[0]}-{_digest(told)}"


def _token(document: Document, placed: bool) -> str | None:
    title, signed = squash(document.title or ""), document.signed_date
    whole = _digest([*document.issuers, document.doc_number or "", str(signed), title])
    code, serial = pinyin(document.doc_number_code or ""), document.doc_number_serial
    if code and serial is not None:
        parts = (code, document.doc_number_year, serial, None if placed else whole)
        return "-".join(str(part) for part in parts if part is not None)
    if not title or not (signed or document.doc_number):
        return None
    return f"{signed:%m%d}-{whole}" if signed else whole


def _digest(words: Sequence[str]) -> str:
    return hashlib.sha256("\n".join(words).encode("utf-8", "surrogatepass")).hexdigest()[:_DIGITS]
