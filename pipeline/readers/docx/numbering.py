"""Automatic numbering of Word documents, rendered as the markers that Word prints (ECMA-376 part 1, 17.9)."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final

from lxml import etree

from pipeline.readers.canonical.list_numbers import format_number
from pipeline.readers.canonical.symbols import BULLETS

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_MOST_STEPS: Final = 20
"""Styles that are based on one another, and lists that name a style, are followed this far."""


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: number format, text with %1 … %9 for the numbers, first number, what parts it from the text.

    ``restart`` is the level (counted from 1) whose next number makes this one begin anew: 0 never, ``None`` any above.
    ``style`` is the paragraph style that takes this level.
    """

    number_format: str
    text: str
    start: int
    suffix: str
    legal: bool
    restart: int | None = None
    style: str | None = None


Levels = dict[int, Level]


class Numbering:
    """The lists of a document and how far each has been counted."""

    def __init__(self, numbering: etree._Element | None, styles: etree._Element | None) -> None:
        self._abstract_of: dict[str, str] = {}
        self._levels: dict[str, Levels] = {}
        self._own_levels: dict[str, Levels] = {}
        self._counts: dict[str, list[int | None]] = {}
        self._restarts: dict[str, dict[int, int]] = {}
        self._seen: set[str] = set()
        self._styles, self._default_style = _style_numbers(styles)
        if numbering is not None:
            self._load(numbering)

    def marker(self, properties: etree._Element | None) -> str:
        """The marker of a paragraph with these properties (``w:pPr``), counted on; empty where it has none."""
        number_id, level = self._number_of(properties)
        abstract = self._abstract_of.get(number_id or "")
        if not number_id or number_id == "0" or abstract is None:
            return ""
        levels = self._levels_of(number_id)
        if level not in levels:
            return ""
        counts = self._counts.setdefault(abstract, [None] * 9)
        if number_id not in self._seen:
            self._seen.add(number_id)
            for at, start in self._restarts.get(number_id, {}).items():
                counts[at] = start - 1
        current = counts[level]
        counts[level] = levels[level].start if current is None else current + 1
        for deeper in range(level + 1, 9):
            restart = levels[deeper].restart if deeper in levels else None
            if restart is None or level < restart:
                counts[deeper] = None
        return _render(levels, counts, level)

    def _levels_of(self, number_id: str) -> Levels:
        return self._levels[self._abstract_of[number_id]] | self._own_levels.get(number_id, {})

    def _number_of(self, properties: etree._Element | None) -> tuple[str | None, int]:
        """The list and the level of a paragraph, by itself or by its style."""
        style = properties.find(f"{W}pStyle") if properties is not None else None
        name = self._default_style if style is None else style.get(f"{W}val") or ""
        number_id, level = self._styles.get(name, (None, None))
        own = properties.find(f"{W}numPr") if properties is not None else None
        if own is not None:
            given_id, given_level = _pair(own)
            number_id = number_id if given_id is None else given_id
            level = level if given_level is None else given_level
        if level is None and number_id in self._abstract_of:
            level = next((at for at, item in self._levels_of(number_id).items() if item.style == name), None)
        return number_id, level or 0

    def _load(self, numbering: etree._Element) -> None:
        linked: dict[str, str] = {}
        defined: dict[str, str] = {}
        for abstract in numbering.iterfind(f"{W}abstractNum"):
            name = abstract.get(f"{W}abstractNumId") or ""
            self._levels[name] = _levels(abstract)
            link, definition = abstract.find(f"{W}numStyleLink"), abstract.find(f"{W}styleLink")
            if link is not None:
                linked[name] = link.get(f"{W}val") or ""
            if definition is not None:
                defined[definition.get(f"{W}val") or ""] = name
        for name, style in linked.items():  # a list by the name of a style that another list defines
            if style in defined and not self._levels[name]:
                self._levels[name] = self._levels[defined[style]]
        for item in numbering.iterfind(f"{W}num"):
            number_id = item.get(f"{W}numId") or ""
            abstract_id = item.find(f"{W}abstractNumId")
            name = (abstract_id.get(f"{W}val") or "") if abstract_id is not None else ""
            if name in self._levels:
                self._abstract_of[number_id] = name
                self._load_overrides(number_id, item)

    def _load_overrides(self, number_id: str, item: etree._Element) -> None:
        for override in item.iterfind(f"{W}lvlOverride"):
            at = _integer(override.get(f"{W}ilvl"), 0)
            level, start = override.find(f"{W}lvl"), override.find(f"{W}startOverride")
            if level is not None:
                self._own_levels.setdefault(number_id, {})[at] = _level(level)
            if start is not None and 0 <= at < 9:
                first = _integer(start.get(f"{W}val"), 1)
                self._restarts.setdefault(number_id, {})[at] = first
                own = self._own_levels.setdefault(number_id, {})
                base = own.get(at) or self._levels[self._abstract_of[number_id]].get(at)
                if base is not None:
                    own[at] = replace(base, start=first)


def _render(levels: Levels, counts: list[int | None], level: int) -> str:
    own = levels[level]
    if own.number_format == "bullet":
        mark = "".join(BULLETS.get(char, char) for char in own.text)
        return f"{mark} " if mark else ""

    def number(match: re.Match[str]) -> str:
        at = int(match[1]) - 1
        shown = levels.get(at, own)
        count = counts[at]
        value = shown.start if count is None else count
        return format_number(value, "decimal" if own.legal else shown.number_format)

    text = re.sub(r"%([1-9])", number, own.text)
    return text + (" " if (text and own.suffix == "space") or re.search(r"[A-Za-z0-9]$", text) else "")


def _pair(properties: etree._Element) -> tuple[str | None, int | None]:
    number_id, level = properties.find(f"{W}numId"), properties.find(f"{W}ilvl")
    return (
        number_id.get(f"{W}val") if number_id is not None else None,
        _integer(level.get(f"{W}val"), 0) if level is not None else None,
    )


def _style_numbers(styles: etree._Element | None) -> tuple[dict[str, tuple[str | None, int | None]], str]:
    """The list and level that each paragraph style brings, by itself or by what it is based on; the default style's name."""
    own: dict[str, tuple[str | None, int | None]] = {}
    based: dict[str, str] = {}
    default = ""
    for style in styles.iterfind(f"{W}style") if styles is not None else ():
        name = style.get(f"{W}styleId") or ""
        found = style.find(f"{W}pPr/{W}numPr")
        own[name] = _pair(found) if found is not None else (None, None)
        parent = style.find(f"{W}basedOn")
        if parent is not None:
            based[name] = parent.get(f"{W}val") or ""
        if style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") in ("1", "true", "on"):
            default = name
    resolved: dict[str, tuple[str | None, int | None]] = {}
    for name in own:
        number_id, level = own[name]
        at, steps = name, 0
        while number_id is None and at in based and steps < _MOST_STEPS:
            at, steps = based[at], steps + 1
            number_id = own.get(at, (None, None))[0]
            level = own.get(at, (None, None))[1] if level is None else level
        resolved[name] = (number_id, level)
    return resolved, default


def _levels(abstract: etree._Element) -> Levels:
    return {_integer(item.get(f"{W}ilvl"), 0): _level(item) for item in abstract.iterfind(f"{W}lvl")}


def _level(item: etree._Element) -> Level:
    def value(tag: str, default: str) -> str:
        found = item.find(f"{W}{tag}")
        return default if found is None else found.get(f"{W}val") or default

    # Formats of newer versions stand beside one that older versions know.
    choice = item.find(f".//{_FALLBACK}/{W}numFmt")
    text = item.find(f"{W}lvlText")
    legal = item.find(f"{W}isLgl")
    restart = value("lvlRestart", "")
    return Level(
        (choice.get(f"{W}val") or "decimal") if choice is not None else value("numFmt", "decimal"),
        "" if text is None else text.get(f"{W}val") or "",
        _integer(value("start", "1"), 1),
        value("suff", "tab"),
        legal is not None and legal.get(f"{W}val") not in ("0", "false"),
        _integer(restart, 0) if restart else None,
        value("pStyle", "") or None,
    )


def _integer(text: str | None, default: int) -> int:
    return int(text) if text and re.fullmatch(r"-?\d{1,9}", text) else default
