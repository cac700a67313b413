"""Who gives a report: the line of office and name under its title."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final

from extractors.language.folding import squash
from extractors.rules.registry import rules_of
from schemas.records import Clause, Document
from schemas.spans import Span

_HEAD: Final = 40
"""Clauses of a document's head in which the speaker stands."""
_ADDRESS: Final = re.compile(r"各位|尊敬的")
_SPOKEN: Final = re.compile(r"(?:报告|说明|讲话|致辞)$")
_COUNCIL: Final = "国务院"
_CONGRESS: Final = re.compile(
    r"在(?P<place>[\u3400-\u9fff]{2,14}?(?:自治区|自治州|自治县|自治旗|省|市|县|区|州|旗|盟))(?:第?[\u3400-\u9fff\d]{1,6}届)?人民代表大会"
)
_CHIEF: Final = re.compile(r"代?(?:省长|市长|县长|区长|州长|盟长|旗长|主席)$")


@dataclass(frozen=True, slots=True)
class Speaker:
    """A speaker with the office that his line prints; ``span`` is the name's."""

    name: str
    office: str
    span: Span
    clause_id: str


def with_speaker(document: Document) -> Document:
    """*document* with its speaker; his line is no addressee, and his office says whose report it is."""
    found = speaker_of(document)
    if found is None:
        return document
    recipients = tuple(name for one in document.recipients if (name := _addressed(one)))
    issuers = document.issuers or _issuers(document, found)
    return replace(
        document, speaker=found.name, speaker_office=found.office, speaker_span=found.span, recipients=recipients,
        issuers=issuers,
    )  # fmt: skip


def speaker_of(document: Document) -> Speaker | None:
    """The speaker that the head of a report or speech names."""
    if not _SPOKEN.search(document.title or ""):
        return None
    for clause in document.clauses[:_HEAD]:
        if clause.marker is not None:
            break
        found = _in_line(clause)
        if found is not None:
            return found
    return None


def _in_line(clause: Clause) -> Speaker | None:
    for line in re.finditer(r"[^\n]+", clause.reading.text):
        for rule in rules_of("official.speaker"):
            match = rule.pattern.search(line[0])
            if match:
                start, end = line.start() + match.start("name"), line.start() + match.end("name")
                office = squash(match["office"])
                return Speaker(squash(match["name"]), office, clause.reading.span(start, end), clause.clause_id)
    return None


def _addressed(name: str) -> str:
    """What a speech says to whom it addresses (各位代表), without the line of the speaker that was read into it."""
    plain = squash(name)
    address = _ADDRESS.search(plain)
    return plain[address.start() :] if address else ""


def _issuers(document: Document, speaker: Speaker) -> tuple[str, ...]:
    if speaker.office.startswith(_COUNCIL):
        return (_COUNCIL,)
    if not _CHIEF.search(speaker.office):
        return ()
    for clause in document.clauses[:_HEAD]:
        match = _CONGRESS.search(squash(clause.reading.text))
        if match:
            return (f"{match['place']}人民政府",)
    return ()
