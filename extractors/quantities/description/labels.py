"""Labels: a measure that a paragraph or heading names once for the values under it.

建筑退让距离按照下列规定执行： covers its items, and the paragraphs of one form that follow it; a heading that is a measure
(支付比例) covers the clauses under it. Frames take the measure for values that name none (:mod:`extractors.quantities.frames.led`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from extractors.language.folding import fold
from extractors.language.passages import Passage
from extractors.quantities.frames.led import measure_of_label
from schemas.records import Clause, Document

_LONGEST_LABEL = 60
_LONGEST_HEADING = 20
_LEVELS = 2
"""How many levels above a value may name what it measures."""
_COLONS = ("：", ":")


@dataclass(frozen=True, slots=True)
class Labels:
    """The measures that labels of a document name, by the clause that says so and by the clauses that follow on it."""

    of_clause: Mapping[str, str] = field(default_factory=dict)
    """By the clause that is the label: over what stands under it."""
    following: Mapping[str, str] = field(default_factory=dict)
    """By clause: of the paragraph of a colon before it, whose list it is of."""

    @classmethod
    def of(cls, document: Document) -> Labels:
        """The labels of *document*: short clauses that name a measure, those with a colon over what follows in one form."""
        named: dict[str, str] = {}
        following: dict[str, str] = {}
        opened: _Opened | None = None
        for clause in document.clauses:
            opened = opened.reaching(clause) if opened is not None else None
            if opened is not None:
                following[clause.clause_id] = opened.measure
            text = fold(clause.reading).text.strip() if 0 < len(clause.reading) <= _LONGEST_LABEL else ""
            colon = text.endswith(_COLONS)
            if (colon or 0 < len(text) <= _LONGEST_HEADING) and (measure := measure_of_label(text)):
                named[clause.clause_id] = measure
                if colon:
                    opened = _Opened(measure, clause.clause_id, clause.parent_id, _form(clause))
        return cls(named, following)

    def named_over(self, passage: Passage) -> str:
        """The measure that a label or heading names for the values of *passage*, the nearest first; empty without one."""
        clause = passage.clause
        if clause is None:
            return ""
        if followed := self.following.get(clause.clause_id):
            return followed
        own = measure_of_label(clause.heading) if clause.heading else ""
        above = reversed(passage.ancestors[-_LEVELS:])
        return own or next((measure for one in above if (measure := self._of(one))), "")

    def _of(self, clause: Clause) -> str:
        return self.of_clause.get(clause.clause_id) or (measure_of_label(clause.heading) if clause.heading else "")


@dataclass(frozen=True, slots=True)
class _Opened:
    """A label whose colon ends its paragraph, over the clauses of one form that follow it under the same parent."""

    measure: str
    clause_id: str
    parent: str | None
    opener: str
    form: str | None = None
    """The form of the clauses that follow; ``None`` before the first."""

    def reaching(self, clause: Clause) -> _Opened | None:
        """The label as it stands at *clause*; ``None`` where its list has ended, or stands under it."""
        form = _form(clause)
        if clause.parent_id != self.parent or (self.form is None and self.opener and form == self.opener):
            return None
        return replace(self, form=form) if self.form in (None, form) else None


def _form(clause: Clause) -> str:
    """The form of a clause's number, by which it goes on with a list; a paragraph without one has none."""
    return "".join("0" if char.isalnum() else char for char in clause.marker or "")
