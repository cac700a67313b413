"""What a web page states about its document beside the text: 索引号, 发文字号, 发布机构, 成文日期, 名称.

The fields stand in lines of their own over the document, one or several on a line, or come from the reader of a web
page. They are evidence where the document itself prints nothing; what it prints goes before them.
"""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from pipeline.segmentation.documents.titles import split_issuers
from pipeline.segmentation.lines.form import Form
from pipeline.segmentation.lines.lines import Line, squash
from pipeline.segmentation.lines.numbers import DocNumber
from pipeline.segmentation.lines.rules import names, pattern

_COLUMNS: Final = names("page_fields")
_LABEL: Final = "|".join(
    "[ \u3000]{0,4}".join(label) for label in sorted(_COLUMNS, key=lambda label: (-len(label), label))
)
_FIELD: Final = re.compile(rf"(?:(?<=[\s\u3000|；;【\[\-–—•·●])|^)(?P<label>{_LABEL})\s{{0,4}}[】\]]?\s{{0,4}}[:：]")
_BRACKETED: Final = re.compile(rf"\s*(?:\d{{1,2}}[.．、]\s*)?[【\[]\s*(?P<label>{_LABEL})\s*[】\]]")
_SPACED: Final = re.compile(rf"(?:^|(?<=[ \t\u3000]))(?P<label>{_LABEL})[ \t\u3000]+(?=\S)")
"""A label that a blank parts from its value (文件编号 某政发〔2024〕1号 公开时限 长期公开)."""
_BARE: Final = pattern("page_field.bare")
_DAY: Final = re.compile(r"(?<!\d)(\d{4})[-./](\d{1,2})[-./](\d{1,2})(?!\d)")
_STROKE: Final = re.compile("[|｜]")
_NUMBER: Final = "number"
_MOST_LINES: Final = 24
_LONGEST_VALUE: Final = 40


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
    values: dict[str, list[Form]] = {column: [] for column in _COLUMNS.values()}
    for label, value in fields:
        column = _COLUMNS.get(squash(label))
        if column and value.strip():
            values[column].append(Form(value.strip()))
    numbers = (value.doc_number for value in values["number"])
    bodies = (split_issuers(value.text) for value in values["issuers"])
    dates = (_date(value) for value in values["signed"])
    registrations = (value.registration for value in values["registration"])
    return Metadata(
        title=next((value.compact for value in values["title"] if value.type), None),
        number=next((number for number in numbers if number), None),
        issuers=next((names for names in bodies if names and all(Form(name).organ for name in names)), ()),
        signed_date=next((date for date in dates if date), None),
        registration=next((found for found in registrations if found), None),
        disclosure=next((value.text for value in values["disclosure"] if value.discloses), None),
    )


def fields_around(lines: Sequence[Line], first: int, stop: int) -> list[tuple[str, str]]:
    """The labelled fields in the printed lines right before the head ``[first, stop)`` of a document and right after it."""
    top, end = first, stop
    while top > 0 and first - top < _MOST_LINES and states_field(lines, top - 1):
        top -= 1
    while end < len(lines) and end - stop < _MOST_LINES and states_field(lines, end):
        end += 1
    return [
        field for part in (lines[top:first], lines[stop:end]) for text in _joined(part) for field in fields_of(text)
    ]


def states_field(lines: Sequence[Line], position: int) -> bool:
    """Whether a line is a field of the page, or the value of the label that ends the line above it."""
    if lines[position].form.field or _is_bare(lines, position):
        return True
    value, label = lines[position], lines[position - 1] if position else None
    if label is None or len(value.text) > _LONGEST_VALUE or label.form.field is None or label.text[-1] not in ":：":
        return False
    open_label = next((a for a, b in fields_of(label.text)[-1:] if not b), None)
    if value.form.type:  # A title may stand below an empty field; the name of an act is the value of its own field.
        return value.form.doc_number is not None and _COLUMNS.get(open_label or "") == _NUMBER
    return open_label is not None


def _bare_label(cell: str) -> str:
    """A cell without blanks and without brackets around a label."""
    plain = cell.strip()
    return plain[1:-1].strip() if plain[:1] in ("[", "【") and plain[-1:] in ("]", "】") else plain


def _is_bare(lines: Sequence[Line], position: int) -> bool:
    """Whether a line is a label with its value and no mark between, beside another one."""
    near = lines[max(position - 1, 0) : position + 2]
    return (
        bool(_BARE.match(lines[position].form.compact))
        and sum(bool(_BARE.match(line.form.compact)) for line in near) > 1
    )


def _joined(lines: Sequence[Line]) -> list[str]:
    """The texts of *lines* that state fields, a label's value on the next line joined to it."""
    texts: list[str] = []
    for line in lines:
        if texts and not line.form.field and not _BARE.match(line.form.compact):
            texts[-1] += line.text
        else:
            texts.append(line.text)
    return texts


def fields_of(text: str) -> list[tuple[str, str]]:
    """Label and value of the fields on one line: behind colons, or in cells that strokes part."""
    found = list(_FIELD.finditer(text))
    if not found and _BARE.match(squash(text)) and (spaced := list(_SPACED.finditer(text))):
        ends = [*[match.start() for match in spaced[1:]], len(text)][: len(spaced)]
        return [
            (squash(match["label"]), text[match.end() : end].strip()) for match, end in zip(spaced, ends, strict=True)
        ]
    if not found and (bare := _BARE.match(squash(text))):
        return [(bare["label"], squash(text)[bare.end() :])]
    if not found:
        cells = [_bare_label(cell) for cell in _STROKE.split(text)]
        bracketed = _BRACKETED.match(text)
        if len(cells) == 1 and bracketed:
            return [(squash(bracketed["label"]), text[bracketed.end() :].strip())]
        return [
            (squash(a), b) for a, b in itertools.pairwise(cells) if squash(a) in _COLUMNS and squash(b) not in _COLUMNS
        ]
    ends = [*[match.start() for match in found[1:]], len(text)][: len(found)]
    return [
        (squash(match["label"]), text[match.end() : end].strip(" \t\u3000|；;【["))
        for match, end in zip(found, ends, strict=True)
    ]


def _date(value: Form) -> dt.date | None:
    match = _DAY.search(value.text)
    if not match:
        return value.date
    try:
        return dt.date(*(int(part) for part in match.groups()))
    except ValueError:
        return None
