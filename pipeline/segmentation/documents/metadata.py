"""What a web page states about its document beside the text: 索引号, 发文字号, 发布机构, 成文日期, 名称.

The fields stand in lines of their own over the document, one or several on a line, or come from the reader of a web
page. They are evidence where the document itself prints nothing; what it prints goes before them.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from pipeline.segmentation.documents.titles import split_issuers
from pipeline.segmentation.lines import forms
from pipeline.segmentation.lines.forms import DocNumber
from pipeline.segmentation.lines.lines import Line, squash

_LABELS: Final = {
    "number": ("发文字号", "文号", "文件编号", "文件号", "字号"),
    "issuers": ("发布机构", "发文机关", "发文机构", "发文单位", "制发机关", "制定机关", "发布单位", "公开机构"),
    "signed": ("成文日期", "制发日期", "发文日期", "生成日期", "印发日期"),
    "title": ("名称", "标题", "信息名称", "文件名称", "ArticleTitle"),
    "registration": ("统一登记号", "登记号", "备案号"),
    "disclosure": ("公开方式", "公开属性", "公开类别", "公开形式"),
}
_OTHERS: Final = (
    "索引号",
    "主题分类",
    "主题词",
    "有效性",
    "效力状态",
    "发布日期",
    "发布时间",
    "来源",
    "信息分类",
    "体裁分类",
    "关键词",
    "公开日期",
    "公开范围",
)
_SPELT: Final = sorted(
    {label for labels in (*_LABELS.values(), _OTHERS) for label in labels}, key=lambda s: (-len(s), s)
)
_LABEL: Final = "|".join("[ \u3000]{0,4}".join(label) for label in _SPELT)
_FIELD: Final = re.compile(rf"(?:(?<=[\s\u3000|；;【\[])|^)(?P<label>{_LABEL})\s{{0,4}}[】\]]?\s{{0,4}}[:：]")
_DAY: Final = re.compile(r"(?<!\d)(\d{4})[-./](\d{1,2})[-./](\d{1,2})(?!\d)")
_MOST_LINES: Final = 24


@dataclass(frozen=True, slots=True)
class Metadata:
    """The fields about a document; each empty where none states it."""

    title: str | None = None
    number: DocNumber | None = None
    issuers: tuple[str, ...] = ()
    signed_date: dt.date | None = None
    registration: str | None = None
    disclosure: str | None = None


def read_metadata(fields: Iterable[tuple[str, str]]) -> Metadata:
    """The columns that the labelled *fields* of a page state; the first value that can be read counts."""
    values: dict[str, list[str]] = {name: [] for name in _LABELS}
    for label, value in fields:
        name = next((name for name, labels in _LABELS.items() if squash(label) in labels), None)
        if name and value.strip():
            values[name].append(value.strip())
    numbers = (forms.read_doc_number(value) for value in values["number"])
    bodies = (split_issuers(value) for value in values["issuers"])
    dates = (_date(value) for value in values["signed"])
    registrations = (forms.read_registration(value) for value in values["registration"])
    return Metadata(
        title=next((squash(value) for value in values["title"] if forms.document_type(value)), None),
        number=next((number for number in numbers if number), None),
        issuers=next((names for names in bodies if names and all(forms.is_organ(name) for name in names)), ()),
        signed_date=next((date for date in dates if date), None),
        registration=next((found for found in registrations if found), None),
        disclosure=next((value for value in values["disclosure"] if value.endswith(("公开", "发布"))), None),
    )


def fields_around(lines: Sequence[Line], first: int, stop: int) -> list[tuple[str, str]]:
    """The labelled fields in the printed lines right before the head ``[first, stop)`` of a document and right after it."""
    top, end = first, stop
    while top > 0 and first - top < _MOST_LINES and forms.is_metadata(lines[top - 1].text):
        top -= 1
    while end < len(lines) and end - stop < _MOST_LINES and forms.is_metadata(lines[end].text):
        end += 1
    return [field for line in (*lines[top:first], *lines[stop:end]) for field in fields_of(line.text)]


def fields_of(text: str) -> list[tuple[str, str]]:
    """Label and value of the fields on one line."""
    found = list(_FIELD.finditer(text))
    ends = [*[match.start() for match in found[1:]], len(text)][: len(found)]
    return [
        (squash(match["label"]), text[match.end() : end].strip(" \t\u3000|；;【["))
        for match, end in zip(found, ends, strict=True)
    ]


def _date(text: str) -> dt.date | None:
    match = _DAY.search(text)
    if not match:
        return forms.read_date(text)
    try:
        return dt.date(*(int(part) for part in match.groups()))
    except ValueError:
        return None
