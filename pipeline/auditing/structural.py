"""Who spoke for what a document or a clause is: the titles, headings and openings that the rules of structure read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from extractors.language.folding import fold, squash
from extractors.rules.registry import Rule, rules_of
from pipeline.auditing.claims import Claim, claim
from schemas.records import Clause, Document

Row = dict[str, Any]
_OPENING: Final = 80
"""Characters of a paragraph whose opening may begin a part."""


def structural_voices(document: Document, row: Row, column: str, rule: Rule, value: str) -> Iterator[Claim]:
    """The claims on *column* of a *row* that stands for *document* or for one of its clauses."""
    if column == "genre_rule":
        yield from _of_titles(document)
        yield from (one for clause in document.clauses for one in _found(rule, fold(clause.reading).text, "its text"))
    elif rule.id.startswith("part.genre"):
        yield claim(rule, document.genre or "", "the genre of the document", value)
    else:
        for clause in above(document, str(row.get("clause_id"))):
            yield from _found(rule, clause.heading or "", "a heading", value)
            yield from _found(rule, fold(clause.reading).text[:_OPENING], "an opening", value)


def _of_titles(document: Document) -> Iterator[Claim]:
    """What the rules of titles find, of the title of what is issued first: the first rule that matches names the genre."""
    titles = (("the title of what it issues", document.subject_title), ("the title", document.title))
    for source, title in titles:
        for rule in rules_of("genre.title") if title else ():
            yield from _found(rule, squash(title or ""), source)


def _found(rule: Rule, text: str, source: str, value: str | None = None) -> Iterator[Claim]:
    match = rule.search(text)
    if match is not None and match[0]:
        yield claim(rule, match[0], source, value)


def above(document: Document, clause_id: str) -> Iterator[Clause]:
    """The clause of *document*, those above it, then those before it: a part goes on until another begins."""
    known = {clause.clause_id: clause for clause in document.clauses}
    clause = known.get(clause_id)
    while clause is not None:
        yield clause
        clause = known.get(clause.parent_id or "")
    names = list(known)
    before = names[: names.index(clause_id)] if clause_id in known else []
    yield from (known[name] for name in reversed(before))
