"""Whose an issue and its documents are: the place of the gazette's publisher, and of each document's issuers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from extractors.language.characters import as_read
from extractors.language.folding import squash
from extractors.places.organs import Evidence, Located, locate, locate_gazette, locate_titled
from schemas.records import Area, Document, Masthead, Problem

_NOWHERE = Located()


def with_areas(
    masthead: Masthead, documents: Sequence[Document], text: str
) -> tuple[Area | None, list[Document], list[Problem]]:
    """The issue's place, the documents with theirs, and a problem for each place that could not be settled.

    The publisher's place is the issue's, else that of its first document that has one; it is also what 县教育局 and
    the like are of. *text* is the canonical text, whose words settle names that several places bear.
    """

    @cache
    def words() -> str:
        return as_read(squash(text))

    year = masthead.publication_year
    published = _NOWHERE
    if masthead.publisher:
        published = locate(masthead.publisher, year, None, words)
    if published.area is None and masthead.title:
        published = locate_gazette(masthead.title, year, words)
    found = [_of_document(document, year, published.area, words) for document in documents]
    home = published.area or next((located.area for located in found if located.area), None)
    if published.area is None and home is not None:
        found = [
            located if located.area else _of_document(document, year, home, words)
            for document, located in zip(documents, found, strict=True)
        ]
    placed = [
        replace(document, area=located.area) if located.area else document
        for document, located in zip(documents, found, strict=True)
    ]
    problems = [Problem("unsettled_place", "info", published.doubt, masthead.span)] if published.doubt else []
    problems += [
        Problem("unsettled_place", "info", located.doubt, document.span, None, document.document_id)
        for document, located in zip(documents, found, strict=True)
        if located.doubt and located.doubt != published.doubt
    ]
    return home, placed, problems


def _of_document(document: Document, year: int | None, home: Area | None, words: Evidence) -> Located:
    """The place of the first of its issuers that has one; where none is printed, that which its title begins with."""
    dated = document.signed_date.year if document.signed_date else document.doc_number_year or year
    located = [locate(issuer, dated, home, words) for issuer in document.issuers]
    if not document.issuers and document.title:
        located = [locate_titled(document.title, dated, words)]
    return next((one for one in located if one.area), next((one for one in located if one.doubt), _NOWHERE))
