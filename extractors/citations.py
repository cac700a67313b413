"""Citations: document numbers and titles, the issue's own and those that it refers to.

One row stands for one printed document number, or for a cited title. Where a title is followed by its number
in brackets, 《…的意见》（中发〔2019〕26号), the two make one row whose text runs from 《 to the closing bracket;
further numbers in the same brackets are rows of their own. Titles without a number are rows where they name
a document or a law; newspapers, books and short forms (《条例》) are left out, and so are the document's own
title lines. ``doc_number`` is the printed number without blanks, its brackets written as 〔〕 whatever shape
was printed, so that numbers join across issues.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from extractors.language.folding import squash
from extractors.language.passages import Passage, PassagesOf
from extractors.rules.registry import pattern_of, registry, signs_of
from schemas.ids import IdMaker
from schemas.records import Document, Issue
from schemas.rows import Citation, CitationKind
from schemas.spans import Span

_NUMBER: Final = "citation.number"
_CODELESS: Final = "citation.number_without_code"
_ORDER: Final = "citation.order"
_TITLE: Final = "citation.title"
_LONGEST_TITLE: Final = 200
_TITLE_LINES: Final = frozenset({"title", "doc_number", "registration", "imprint"})
_BRACKETS: Final = re.compile(r"[〔【\[（《<〈﹝［{]((?:19|20)\d{2})[〕】\]）》>〉﹞］}]")
_YEAR_BRACKET: Final = re.compile(r"《((?:19|20)\d{2})》")
_BETWEEN: Final = re.compile(r"[（〔【\[]$")


@dataclass(frozen=True, slots=True)
class _Found:
    """A citation in folded positions."""

    start: int
    end: int
    title: str | None
    number: str | None
    rule_id: str


@dataclass(frozen=True, slots=True)
class Citations:
    """Reads the citations of an issue document by document; ``links`` are its documents' ids by number and by title."""

    issue: Issue
    links: Mapping[str, str]

    @classmethod
    def of(cls, issue: Issue) -> Citations:
        """Those of *issue*."""
        return cls(issue, _links(issue))

    def listed(self, ids: IdMaker) -> Iterator[Citation]:
        """The numbers on the contents page."""
        for entry in self.issue.contents:
            if entry.doc_number is None or entry.doc_number_span is None:
                continue
            number = normal_number(entry.doc_number)
            target = entry.document_id or self.links.get(number)
            yield _listed(self.issue, ids, "contents", entry.doc_number_span, entry.title, number, None, target)

    def in_document(self, document: Document, ids: IdMaker, passages_of: PassagesOf) -> list[Citation]:
        """The number of *document*, and what it cites, in text order."""
        own = document.doc_number_span
        rows = [*_own(self.issue, document, ids)]
        taken = {row.span for row in rows}
        for passage in passages_of(document):
            for found in _in_passage(passage):
                span = passage.span(found.start, found.end)
                if span in taken or (own is not None and own.overlaps(span)):
                    continue
                taken.add(span)
                rows.append(_row(self.issue, ids, passage, found, span, self.links))
        return sorted(rows, key=lambda row: row.span)


def normal_number(printed: str) -> str:
    """*printed* without blanks, the brackets of its year as 〔〕."""
    return _BRACKETS.sub(r"〔\1〕", squash(printed))


def _title_key(title: str) -> str:
    return squash(unicodedata.normalize("NFKC", title))


def _links(issue: Issue) -> dict[str, str]:
    """Document ids by number and by title; what two documents share links to neither."""
    links: dict[str, str | None] = {}
    for document in issue.heads:
        keys = {document.doc_number and normal_number(document.doc_number)}
        keys |= {title and _title_key(title) for title in (document.title, document.subject_title)}
        for key in keys:
            if key:
                links[key] = (
                    document.document_id if links.get(key, document.document_id) == document.document_id else None
                )
    return {key: value for key, value in links.items() if value is not None}


def _own(issue: Issue, document: Document, ids: IdMaker) -> Iterator[Citation]:
    span = document.doc_number_span
    if document.doc_number is None or span is None:
        return
    clause = next((clause.clause_id for clause in document.clauses if clause.span.contains(span)), None)
    number, identity = normal_number(document.doc_number), document.document_id
    yield _listed(issue, ids, "own", span, document.title, number, identity, identity, clause)


def _listed(
    issue: Issue, ids: IdMaker, kind: CitationKind, span: Span, title: str | None, number: str,
    document_id: str | None, target: str | None, clause_id: str | None = None,
) -> Citation:  # fmt: skip
    rule = _NUMBER if _BRACKETS.search(number) else _ORDER
    text = issue.source.text[span.start : span.end]
    return Citation(
        ids.over("x", *span), document_id, clause_id, kind, span, text, title, number, target, rule,
    )  # fmt: skip


def _row(issue: Issue, ids: IdMaker, passage: Passage, found: _Found, span: Span, links: Mapping[str, str]) -> Citation:
    number = found.number and normal_number(found.number)
    target = links.get(number or "") or links.get(_title_key(found.title or ""))
    return Citation(
        citation_id=ids.over("x", *span),
        document_id=passage.place.document_id,
        clause_id=passage.place.clause_id,
        citation_kind="reference",
        span=span,
        text=issue.source.text[span.start : span.end],
        title=found.title,
        doc_number=number or None,
        cited_document_id=target,
        rule_id=found.rule_id,
    )


def _in_passage(passage: Passage) -> Iterator[_Found]:
    """The citations of one passage: titles with the number behind them, then the numbers that stand alone."""
    text = passage.text
    if not pattern_of("citation.sign").search(text):
        return
    numbers = list(_numbers(text))
    if passage.clause is None or passage.clause.clause_type not in _TITLE_LINES:
        joined: set[int] = set()
        for title in _titles(text):
            number = next((n for n in numbers if title.end < n.start <= title.end + 2), None)
            if number and _BETWEEN.search(text[title.end : number.start]):
                joined.add(number.start)
                end = number.end + (
                    text[number.end : number.end + 1] in ("）", "〕", "】", "]") and number.end < len(text)
                )
                yield _Found(title.start, end, title.title, number.number, number.rule_id)
            elif title.rule_id == _TITLE:
                yield title
        numbers = [number for number in numbers if number.start not in joined]
    yield from numbers


def _numbers(text: str) -> Iterator[_Found]:
    end = 0
    for match in pattern_of(_NUMBER).finditer(text):
        start = _code_start(text, match.start(), match.end("code"))
        if start < match.end("code"):
            yield _Found(start, match.end(), None, text[start : match.end()], _NUMBER)
            end = match.end()
    for match in pattern_of(_CODELESS).finditer(text):
        before = text[match.start() - 1 : match.start()]
        if match.start() >= end and (
            not before.isalpha()
            or pattern_of("citation.lead_in").fullmatch(text[max(0, match.start() - 12) : match.start()])
        ):
            yield _Found(match.start(), match.end(), None, match[0], _CODELESS)
    order = registry()[_ORDER]
    for match in order.finditer(text) if order.may_match(signs_of(text)) else ():
        start = _code_start(text, match.start(), match.start() + _serial_start(match[0]))
        if start < match.end() and not (start < end and match.end() <= end):
            yield _Found(start, match.end(), None, text[start : match.end()], _ORDER)


def _code_start(text: str, start: int, end: int) -> int:
    """Where the code of a number begins: after the words that lead it in (严格执行湘政办函…)."""
    lead = pattern_of("citation.lead_in").match(text[start:end])
    return start + lead.end() if lead else start


def _serial_start(order: str) -> int:
    match = pattern_of("citation.serial").search(order)
    return match.start() if match else len(order)


def _titles(text: str) -> Iterator[_Found]:
    """The outermost 《…》 of *text*; a title that names no document has no rule and counts only with a number."""
    plain = _YEAR_BRACKET.sub(r"〔\1〕", text)
    rule = pattern_of(_TITLE)
    stack: list[int] = []
    for index, char in enumerate(plain):
        if char == "《":
            stack.append(index)
        elif char == "》" and stack:
            start = stack.pop()
            if not stack and index - start <= _LONGEST_TITLE:
                printed = plain[start : index + 1]
                yield _Found(start, index + 1, printed[1:-1], None, _TITLE if rule.match(printed) else "")
