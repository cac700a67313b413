"""Offices: what an office in print looks like, and the agency split from it."""

from __future__ import annotations

import re
from typing import Final

from extractors.language.characters import as_read
from extractors.language.tokens import segmenter, tag_of
from extractors.officials.names import is_office_or_agency
from extractors.rules.registry import lexicon, pattern_of

_LONGEST_OFFICE: Final = 60
_TELLING: Final = frozenset({"v", "vd", "p", "d", "r", "m", "a"})
"""Tags of words that no name of an agency holds."""
_NOTE: Final = re.compile(r"（[^（）]{0,40}）?$")


def is_office(text: str) -> bool:
    """Whether *text* (folded, in either script) ends as an office does."""
    return len(text) <= _LONGEST_OFFICE and pattern_of("office.tail").search(as_read(_NOTE.sub("", text))) is not None


def clean_position(text: str) -> str:
    """The office without what stands behind it: （兼）, （试用期一年）, （挂职，时间一年）, 人选."""
    previous = ""
    while previous != text:
        previous, text = text, _NOTE.sub("", text).rstrip("，、；。")
    return pattern_of("office.candidate").sub("", text)


def _first_office(position: str) -> str:
    """The first of several offices (县委副书记、县长): up to a separator after which an office is complete."""
    for separator in pattern_of("office.joined").finditer(position):
        if is_office(position[: separator.start()]):
            return position[: separator.start()]
    return position


def with_agency_in_front(text: str, start: int, office: str) -> str:
    """*office*, which stands at *start* of *text*, with the agency printed in front of it, where one is.

    What leads in with a verb or a preposition (听取县教育局) is no agency.
    """
    match = pattern_of("office.agency_in_front").search(text, max(0, start - _LONGEST_OFFICE), start)
    if match is None:
        return office
    agency = organization_of(match["agency"] + office)
    told = agency is None or not is_office_or_agency(agency)
    if told or any(tag_of(word) in _TELLING for word in segmenter().lcut(match["agency"])):
        return office
    return match["agency"] + office


def group_in_front(text: str, start: int) -> str | None:
    """The body whose posts the sentence before *start* gives (某管理处由张三任主任，李四任副主任), where it ends as one does."""
    match = pattern_of("office.group_in_front").search(text, max(0, start - 2 * _LONGEST_OFFICE), start)
    return match["agency"] if match and is_office_or_agency(match["agency"]) else None


def organization_of(position: str) -> str | None:
    """The agency in a full office: 县文旅广体局副局长 → 县文旅广体局, 市水文中心监测科副科长 → 市水文中心.

    As printed, in either script; ``None`` where the office names no agency (县长, 校长).
    """
    read = as_read(position)
    agency = _agency_in(read)
    start = read.find(agency) if agency else -1
    return position[start : start + len(agency)] if agency and start >= 0 else agency


def _agency_in(position: str) -> str | None:
    """The agency in an office in simplified characters."""
    first = pattern_of("office.former").sub("", _first_office(position))
    tail = pattern_of("office.tail").search(first)
    if tail is None:
        return None
    agency = pattern_of("office.field_of_duty").sub("", first[: tail.start()])
    head = pattern_of("office.deputy").sub("", tail[0])
    # 县委统战部长: the title's first character is the agency's last one.
    if agency and head[:1] in lexicon("shared_office_heads") and len(head) == 2 and not is_office_or_agency(agency):
        agency += head[0]
    agency = pattern_of("office.inner_section").sub("", agency)
    if len(agency) < 2 or pattern_of("office.no_agency").search(agency):
        return None
    return None if pattern_of("office.tail").fullmatch(agency) else agency
