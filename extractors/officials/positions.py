"""Offices: what an office in print looks like, and the agency split from it."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from extractors.officials.names import is_office_or_agency
from extractors.rules.registry import alternation, lexicon

_MODIFIERS: Final = (
    "常务副", "第一副", "党组副", "党委副", "副", "总", "第一", "常务", "执行", "党组", "党委", "党总支", "党支部", "党工委", "专职", "兼职",
    "一级", "二级", "三级", "四级", "高级", "中级", "主任", "副主任", "首席", "原", "代理", "代", "名誉", "主要", "分管", "相关", "有关", "协管", "行政", "法律",
)  # fmt: skip
_LONGEST_OFFICE: Final = 60
_SEPARATORS: Final = re.compile("[，、兼和及]")
_SHARED: Final = "部局厅院校站所"
_FIELD_OF_DUTY: Final = re.compile("(?:分管|联系|协管|负责|主管|协助)[^、，]{1,30}的?$")
_NO_AGENCY: Final = re.compile("(?:级|牵头|的|各|由|相关|有关|责任)$")
_INNER_SECTION: Final = re.compile(
    r"(?<=[局委厅院所站校队司心府会馆部])[\u4e00-\u9fff]{1,8}(?:[科股班组]|(?<!办公)室)$"
)
_NOTE: Final = re.compile(r"（[^（）]{0,40}）?$")


@cache
def office_tail() -> re.Pattern[str]:
    """An office's own title at the end of its full wording (副局长, 二级调研员, 党支部书记)."""
    modifiers, heads = alternation(_MODIFIERS), alternation(lexicon("position_heads"))
    return re.compile(f"{modifiers}{{0,3}}{heads}$|{modifiers}{{0,2}}主任科员$")


def is_office(text: str) -> bool:
    """Whether *text* (folded) ends as an office does."""
    return len(text) <= _LONGEST_OFFICE and office_tail().search(_NOTE.sub("", text)) is not None


def clean_position(text: str) -> str:
    """The office without what stands behind it: （兼）, （试用期一年）, （挂职，时间一年）, 人选."""
    previous = ""
    while previous != text:
        previous, text = text, _NOTE.sub("", text).rstrip("，、；。")
    return text.removesuffix("候选人").removesuffix("人选")


def _first_office(position: str) -> str:
    """The first of several offices (县委副书记、县长): up to a separator after which an office is complete."""
    for separator in _SEPARATORS.finditer(position):
        if is_office(position[: separator.start()]):
            return position[: separator.start()]
    return position


def organization_of(position: str) -> str | None:
    """The agency in a full office: 县文旅广体局副局长 → 县文旅广体局, 市水文中心监测科副科长 → 市水文中心.

    ``None`` where the office names no agency (县长, 校长).
    """
    first = _first_office(position).removeprefix("原")
    tail = office_tail().search(first)
    if tail is None:
        return None
    agency = _FIELD_OF_DUTY.sub("", first[: tail.start()])
    head = tail[0].lstrip("副")
    # 县委统战部长: the title's first character is the agency's last one.
    if agency and head[:1] in _SHARED and len(head) == 2 and not is_office_or_agency(agency):
        agency += head[0]
    agency = _INNER_SECTION.sub("", agency)
    return agency if len(agency) >= 2 and not _NO_AGENCY.search(agency) else None
