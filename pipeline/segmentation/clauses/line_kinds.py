"""What the lines of a document are by themselves: captions, list entries, addressees, signatures, fixed forms."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from pipeline.segmentation.documents.contents import title_key
from pipeline.segmentation.documents.heads import Head, is_title_line
from pipeline.segmentation.lines import forms
from pipeline.segmentation.lines.lines import Line, cut_line, squash

ITEM: Final = re.compile(r"\s*(?:\d{1,2}\s*[.．、]|[（(]\d{1,2}[）)]|[一二三四五六七八九十]{1,2}、)\s*(.+)")
CAPTION: Final = re.compile(
    r"(?:附?[表图]\s*[\d一二三四五六七八九十]{1,3}(?:[-—.]\d+)?[\s:：　].*|[（(]?(?:计量)?单位[:：].{1,20})"
)
_ADDRESSED: Final = re.compile(r"各|局|府|单位|部门|代表|委|办|公司|学校|同志|中心|院|厅|处")
_STATEMENT: Final = re.compile(
    r"如下|决定|任命|根据|关于|经(?:.{0,20})(?:研究|同意|批准|会议|审议)|现将|为了|\d{4}年|任[:：]|免[:：]|职[:：]"
)
_AMENDED: Final = re.compile(r"(?:修改|修正|修订)《(.+?)》")
_SPEECH: Final = re.compile(r"[—–\-―]{0,4}.{0,6}\d{4}年\d{1,2}月\d{1,2}日.{0,4}在.{4,80}(?:会议|大会|会)上?")
_NEXT_ITEM: Final = re.compile(r"(?<=\S)[\s；;]+(?=\d{1,2}\s*[.．、]\s*[\u3400-\u9fff《])")


def fixed_kind(text: str) -> str | None:
    """The clause type of a line whose form alone decides it, else ``None``."""
    if forms.read_disclosure(text):
        return "disclosure"
    if forms.is_seal(text):
        return "signature"
    if forms.is_blank_date(text):
        return "date"
    if forms.is_imprint(text):
        return "imprint"
    return "note" if forms.is_note(text) else None


def is_speech(text: str) -> bool:
    """Whether the line says when and where a speech was given (——2024年1月9日在…会议上)."""
    return bool(_SPEECH.fullmatch(squash(text)))


def names_addressees(text: str) -> bool:
    """Whether *text*, which ends on a colon, names those whom a letter addresses."""
    joined = squash(text)
    return "。" not in joined and not _STATEMENT.search(joined) and bool(_ADDRESSED.search(joined))


def listed_titles(entry: str) -> list[str]:
    """The titles in an entry of a list of attachments: one, or several on one line (1.…　2.…)."""
    return [match[1] if (match := ITEM.fullmatch(title)) else title for title in _NEXT_ITEM.split(entry)]


def reprints(lines: Sequence[Line], head: Head, stop: int) -> bool:
    """Whether a decision that amends a text (关于修改《…》的决定) prints that text after itself."""
    title = _AMENDED.search(squash("".join(lines[p].text for p in head.title)))
    key = title_key(title[1]) if title else ""
    return bool(key) and any(title_key(line.text) == key and is_title_line(line) for line in lines[head.stop : stop])


def signed_line(line: Line) -> tuple[Line, ...] | None:
    """The date that a line is, after the body that signs where it stands on the same line; else ``None``."""
    if forms.is_date(line.text):
        return (line,)
    match = forms.SIGNED.fullmatch(line.text) if not line.tabular and len(line.text) <= 60 else None
    if not match or not forms.is_signatory(match["body"]):
        return None
    return cut_line(line, match.end("body"), match.start("date"))
