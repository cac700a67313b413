"""Who issues a document whose head does not say it: a work report, a personnel page, a speech.

A report on the work of the government is the government's own: its place stands in the line that says where it was
given (在某某市第七届人民代表大会…会议上), else in the gazette's title. An unsigned page of appointments is decided by
the body that its first sentence names, else by the gazette's publisher.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from pipeline.segmentation.documents.titles import split_issuers
from pipeline.segmentation.lines import forms
from pipeline.segmentation.lines.lines import squash
from schemas.records import Clause, Masthead

_PLACE: Final = r"[\u3400-\u9fff]{2,14}?(?:自治区|自治州|自治县|自治旗|新区|省|市|县|区|州|旗|盟|镇|乡)"
_CONGRESS: Final = re.compile(rf"在(?P<place>{_PLACE})(?:第[\u3400-\u9fff\d]{{1,6}}届)?人民代表大会")
_REPORT: Final = re.compile(r"(?:.{0,12})?政府工作报告")
_GAZETTE: Final = re.compile(r"(?P<organ>[\u3400-\u9fff]{2,24}?(?:人民政府|政府))(?:办公室|办公厅)?(?:公报|政报)")
_ACTS: Final = re.compile(
    rf"(?:^|[，,、。日]|经)(?P<organ>{_PLACE}(?:人民政府|人民代表大会常务委员会|人大常委会|政府))[^，。]{{0,30}}?(?:决定|任命|免去|研究)"
)
_HEADED: Final = re.compile(
    r"(?P<organ>[\u3400-\u9fff]{2,30}?(?:人民政府|政府|委员会|常委会|局|厅|办公室|办公厅))(?:任免名单|人事任免|(?:常务|党组|全体|专题|办公)?会议纪要|公告|通告|文件)"
)
_SPEAKER: Final = re.compile(
    r"(?P<organ>[\u3400-\u9fff]{2,24}(?:委员会|委|局|厅|法院|检察院))(?:主任|局长|厅长|院长|检察长)[\s　]+[\u3400-\u9fff·\s　]{2,10}"
)
"""Who gives a report: his office and name on a line."""
_PERSONNEL: Final = re.compile(r"任免|任命|免职|任职|职务")
_OPENING: Final = 4
"""Clauses in which an unsigned document names its issuer."""


def settle_issuers(title: str, clauses: Sequence[Clause], masthead: Masthead) -> tuple[str, ...]:
    """The issuers of a document whose head and metadata name none: signature, place of the speech, act, gazette."""
    signed = tuple(
        name
        for clause in clauses
        if clause.clause_type == "signature"
        and clause.part in ("notice", "body")
        and forms.is_organ(clause.reading.text)
        for name in split_issuers(clause.reading.text)
    )
    if signed:
        return signed
    for clause in clauses[:_OPENING]:
        headed = _HEADED.fullmatch(squash(clause.reading.text)) if clause.clause_type == "title" else None
        if headed:
            return split_issuers(headed["organ"])
    if _REPORT.fullmatch(title):
        return _reporting_government(clauses, masthead)
    speaker = next((m for c in clauses[:_OPENING] if (m := _SPEAKER.fullmatch(c.reading.text.strip()))), None)
    if speaker and title.endswith("报告"):
        return (squash(speaker["organ"]),)
    return _acting_body(clauses, masthead) if _PERSONNEL.search(title) else ()


def _reporting_government(clauses: Sequence[Clause], masthead: Masthead) -> tuple[str, ...]:
    for clause in clauses:
        match = _CONGRESS.search(squash(clause.reading.text)) if clause.clause_type == "date" else None
        if match:
            return (f"{match['place']}人民政府",)
    return _gazette_organ(masthead)


def _acting_body(clauses: Sequence[Clause], masthead: Masthead) -> tuple[str, ...]:
    for clause in [clause for clause in clauses if clause.clause_type == "paragraph"][:_OPENING]:
        match = _ACTS.search(squash(clause.reading.text))
        if match:
            return (match["organ"],)
    return _gazette_organ(masthead)


def _gazette_organ(masthead: Masthead) -> tuple[str, ...]:
    """The government whose gazette this is."""
    match = _GAZETTE.fullmatch(masthead.title or "")
    return (match["organ"],) if match else ()
