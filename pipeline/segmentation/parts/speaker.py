"""Who gives a report: the line of office and name under its title, in the forms in which it is printed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from extractors.language.characters import as_read
from extractors.language.folding import squash
from extractors.officials.names import shape
from extractors.rules.registry import Rule, pattern_of, registry, rules_in
from schemas.records import Clause, Document
from schemas.spans import Span

_HEAD: Final = 40
"""Clauses of a document's head in which the speaker stands."""
_LINE: Final = re.compile(r"[^\n]+")


@dataclass(frozen=True, slots=True)
class Speaker:
    """A speaker as printed, with the office beside the name, if any, in simplified characters; ``span`` is the name's."""

    name: str
    office: str | None
    span: Span
    rule_id: str


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the head, where it begins in its clause's reading, and the line before it."""

    text: str
    start: int
    clause: Clause
    before: str


def with_speaker(document: Document) -> Document:
    """*document* with its speaker; his line is no addressee, and his office says whose report it is."""
    found = speaker_of(document)
    if found is None:
        return document
    recipients = tuple(name for one in document.recipients if (name := _addressed(one)))
    return replace(
        document, speaker=found.name, speaker_office=found.office, speaker_span=found.span,
        speaker_rule=found.rule_id, recipients=recipients, issuers=document.issuers or _issuers(found),
    )  # fmt: skip


def speaker_of(document: Document) -> Speaker | None:
    """The speaker that the head of a report or speech names, by the first rule of the group that finds one."""
    lines = list(_head_lines(document.clauses))
    occasion = pattern_of("speaker.occasion")
    spoken = pattern_of("speaker.spoken").search(as_read(squash(document.title or "")))
    if not spoken and not any(occasion.search(squash(line.text)) for line in lines):
        return None
    return next((found for rule in rules_in("speaker") for line in lines if (found := _read(rule, line))), None)


def _read(rule: Rule, line: _Line) -> Speaker | None:
    match = rule.search(as_read(line.text))
    if match is None:
        return None
    office = match.groupdict().get("office")
    if office is None and rule.flag("office_above"):
        before = as_read(line.before)
        above = pattern_of("speaker.office_alone").search(before)
        if above is None and not pattern_of("speaker.precedes").search(squash(before)):
            return None
        office = above["office"] if above else None
    name = squash(line.text[match.start("name") : match.end("name")])
    if shape(name) is None or (office is None and shape(name) == "bare"):
        return None
    span = line.clause.reading.span(line.start + match.start("name"), line.start + match.end("name"))
    return Speaker(name, squash(office or "") or None, span, rule.id)


def _head_lines(clauses: Sequence[Clause]) -> Iterator[_Line]:
    """The lines over the text of a report, that of the address to its listeners included."""
    before = ""
    for clause in clauses[:_HEAD]:
        if clause.marker is not None:
            return
        for line in _LINE.finditer(clause.reading.text):
            yield _Line(line[0], line.start(), clause, before)
            before = line[0]
        if pattern_of("speaker.address").match(squash(clause.reading.text)):
            return


def _addressed(name: str) -> str:
    """What a speech says to whom it addresses (各位代表), without the line of the speaker that was read into it."""
    plain = squash(name)
    address = pattern_of("speaker.address").search(plain)
    return plain[address.start() :] if address else ""


def _issuers(speaker: Speaker) -> tuple[str, ...]:
    """The government whose chief gives the report, where his office names it."""
    chief = pattern_of("speaker.chief").search(speaker.office or "")
    organ = registry()["speaker.chief"].value or ""
    if chief is None:
        return ()
    return (chief["organ"],) if chief["organ"] else (chief["place"] + chief["level"] + organ,) if chief["place"] else ()
