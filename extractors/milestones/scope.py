"""Where milestones are looked for: documents and parts that plan, and the year that a bare month there belongs to."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from extractors.language.passages import Passage
from extractors.milestones.clauses import Governed
from extractors.quantities.description.kind import Kind, kind_of_document, kind_of_section
from extractors.quantities.description.lead_ins import LeadIns
from schemas.records import Document

_READ: Final = frozenset({"numbered", "paragraph", "heading"})
_YEAR: Final = re.compile(r"(?<!\d)20\d\d(?=年)")
_STATED: Final = re.compile(r"\d{4}|[一二][〇○零九0-9一二三四五六七八]{3}")


@dataclass(frozen=True)
class Scope:
    """A document as the search for milestones sees it."""

    document: Document
    kind: Kind
    lead_ins: LeadIns

    @classmethod
    def of(cls, document: Document) -> Scope:
        """The scope of *document*."""
        kind = kind_of_document(document.title, document.subject_title)
        return cls(document, kind, LeadIns.of(document))

    @property
    def plans(self) -> bool:
        """Whether the document says what is to be done at all: a bulletin of last year's figures does not."""
        return self.kind.value != "fact"

    def reads(self, passage: Passage) -> bool:
        """Whether *passage* can say what is to be done: no title, signature or header, and no part that looks back."""
        if passage.cell is not None:
            return not passage.cell.is_header
        if passage.clause is None or passage.clause.clause_type not in _READ:
            return False
        section = kind_of_section(passage)
        return section is None or section.value != "fact"

    def accepts(self, text: str, clause: Governed) -> bool:
        """Whether the time of *clause* is one date: in standing rules a month without its year comes back every year."""
        if self.kind.value != "standard" or clause.time_start is None:
            return True
        return _STATED.search(text[clause.time_start : clause.start]) is not None

    def year_of(self, passage: Passage) -> int | None:
        """The year of a bare month: that of the nearest heading that names one, else the document's."""
        named = [_YEAR.findall(heading) for heading in passage.headings]
        return next((int(years[-1]) for years in reversed(named) if years), self.document.plan_year)
