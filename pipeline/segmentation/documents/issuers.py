"""Who issues a document whose head does not say it: a work report, a personnel page, a speech.

A report on the work of the government is the government's own: its place stands in the line that says where it was
given (在某某市第七届人民代表大会…会议上), else in the gazette's title. An unsigned page of appointments is decided by
the body that its first sentence names, else by the gazette's publisher.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from pipeline.segmentation.documents.titles import split_issuers
from pipeline.segmentation.lines.form import Form
from pipeline.segmentation.lines.lines import squash
from pipeline.segmentation.lines.numbers import REPORT
from pipeline.segmentation.lines.rules import pattern, rule
from schemas.records import Clause, Masthead

_CONGRESS: Final = pattern("issuer.congress")
_REPORT: Final = pattern("title.report")
_REPORTS: Final = rule("issuer.reports")
_NATIONAL: Final = rule("issuer.national")
_GAZETTE: Final = pattern("issuer.gazette")
_EXPLAINS: Final = pattern("issuer.explains")
_DESCRIBED: Final = pattern("issuer.described")
_ACTS: Final = pattern("issuer.acting")
_HEADED: Final = pattern("issuer.headed")
_SPEAKER: Final = pattern("issuer.speaker")
_PERSONNEL: Final = pattern("title.appoints")
_OWNER: Final = pattern("issuer.owner")
_LETTER: Final = pattern("title.act_of_letter")
_LETTER_OPENING: Final = 6
_OPENING: Final = 4
"""Clauses in which an unsigned document names its issuer."""


def signatories(clauses: Sequence[Clause]) -> tuple[str, ...]:
    """The bodies that sign a document, those of its attachments left out."""
    return tuple(
        name
        for clause in clauses
        if clause.clause_type == "signature" and clause.part in ("notice", "body") and Form(clause.reading.text).organ
        for name in split_issuers(clause.reading.text)
    )


def settle_issuers(title: str, clauses: Sequence[Clause], masthead: Masthead) -> tuple[str, ...]:
    """The issuers of a document whose head and metadata name none: signature, place of the speech, act, gazette."""
    signed = signatories(clauses)
    if signed:
        return signed
    for clause in clauses[:_OPENING]:
        headed = _HEADED.fullmatch(squash(clause.reading.text)) if clause.clause_type == "title" else None
        if headed:
            return split_issuers(headed["organ"])
    if _REPORT.fullmatch(title):
        return _reporting_government(title, clauses, masthead)
    speaker = next((m for c in clauses[:_OPENING] if (m := _SPEAKER.fullmatch(c.reading.text.strip()))), None)
    if speaker and Form(title).type == REPORT:
        return (squash(speaker["organ"]),)
    return _acting_body(clauses, masthead) if _PERSONNEL.search(title) else ()


def _reporting_government(title: str, clauses: Sequence[Clause], masthead: Masthead) -> tuple[str, ...]:
    for clause in clauses:
        match = _CONGRESS.search(squash(clause.reading.text)) if clause.clause_type == "date" else None
        if match:
            return (f"{match['place']}{_REPORTS.value}",)
        if clause.clause_type == "date" and _NATIONAL.search(squash(clause.reading.text)):
            return (str(_NATIONAL.value),)
    named = _REPORTS.search(title)
    return (f"{named['place']}{_REPORTS.value}",) if named else _gazette_organ(masthead)


def explaining_body(clauses: Sequence[Clause]) -> tuple[str, ...]:
    """The body that interprets a text, by its own closing provision: it answers for it where nobody signs."""
    for clause in reversed(clauses):
        match = _EXPLAINS.search(squash(clause.reading.text)) if not clause.part.startswith("attachment") else None
        if match and Form(match["value"]).organ:
            return (match["value"],)
    return ()


def described_body(clauses: Sequence[Clause]) -> tuple[str, ...]:
    """The agency that a text without title or signature is on, by the first words of its first paragraph."""
    first = next((clause for clause in clauses if clause.clause_type == "paragraph"), None)
    match = _DESCRIBED.search(squash(first.reading.text)) if first else None
    return (match["value"],) if match else ()


def signing_office(clauses: Sequence[Clause]) -> tuple[str, ...]:
    """The office of the official who signs an act whose name tells no body (行政長官　何某)."""
    for clause in reversed(clauses):
        found = Form(clause.reading.text).byline if clause.clause_type in ("signature", "paragraph") else None
        if found:
            return (squash(found.match["office"]),)
    return ()


def owner_of(title: str) -> tuple[str, ...]:
    """The body whose own rules, plan or report a *title* without 关于 tells (某县人民政府工作规则)."""
    match = _OWNER.search(title)
    return (match["value"],) if match and Form(match["value"]).organ else ()


def act_of_letter(title: str, clauses: Sequence[Clause]) -> str | None:
    """What a letter without a title is, by the words with which it comes to its matter (现批复如下)."""
    for clause in clauses[:_LETTER_OPENING] if not title else ():
        match = _LETTER.search(squash(clause.reading.text)) if clause.clause_type == "paragraph" else None
        if match:
            return Form(match["act"]).type
    return None


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
