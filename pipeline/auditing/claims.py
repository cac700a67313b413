"""Claims: what a rule said of a row, its words and where they stand, and what became of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from extractors.quantities.description.said import Said
from extractors.quantities.description.sentences import Mention, Sentence
from extractors.rules.registry import Rule
from pipeline.auditing.passage_reading import PassageReading
from pipeline.auditing.plain import one_line

Row = dict[str, Any]
TRIED_LATER: Final = "matches too; the rule that decided goes before it"
TRIED_ON_TEXT: Final = frozenset({"text", "context", "numerals"})
_STOPS: Final = "。！？!?；\n"
_AROUND: Final = 40
"""Characters on either side of a mention within which a rule speaks of it, where no sentence of numbers is known."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A rule that spoke for a value: its words and where they stand, its weight where evidence is weighed, its fate."""

    rule_id: str
    value: str | None
    words: str
    source: str = ""
    weight: int | None = None
    fate: str = ""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Where a row's decisions were made: its passage, and for a quantity its sentence and what was said of it."""

    read: PassageReading
    start: int
    end: int
    sentence: Sentence | None = None
    mention: Mention | None = None
    said: Said | None = None

    @property
    def printed(self) -> str:
        """The row's own characters, folded."""
        return self.read.passage.text[self.start : self.end]

    @property
    def near(self) -> tuple[int, int]:
        """The folded positions within which a rule speaks of this row: the words of the number, else the sentence."""
        if self.sentence is not None and self.mention is not None:
            return self.sentence.start + self.mention.left, self.sentence.start + max(
                self.mention.right, self.mention.end
            )
        text = self.read.passage.text
        left = max(text.rfind(sign, 0, self.start) for sign in _STOPS) + 1
        right = min((at for sign in _STOPS if (at := text.find(sign, self.end)) >= 0), default=len(text))
        return max(left, self.start - _AROUND), min(right, self.end + _AROUND)


def split(rule: Rule, claims: Iterable[Claim]) -> tuple[Claim | None, tuple[Claim, ...]]:
    """The claim of the *rule* that decided, and the first of each of its rivals."""
    first: dict[str, Claim] = {}
    for claim in claims:
        first.setdefault(claim.rule_id, claim)
    own = first.pop(rule.id, None)
    return own, tuple(first.values())


def by_pattern(rule: Rule, where: Surroundings) -> Iterator[Claim]:
    """What *rule* matches of what it is tried on: near the row first, then anywhere in its passage."""
    passage = where.read.passage
    if rule.subject == "header":
        texts = [("the column's header", one) for one in passage.cell.header] if passage.cell is not None else []
    elif rule.subject == "heading":
        document = passage.document
        texts = [("a heading", one) for one in reversed(passage.headings)]
        texts += [("the table's caption", passage.table.caption or "")] if passage.table else []
        texts += [("the title", one) for one in (document.subject_title, document.title) if one]
    elif rule.subject in TRIED_ON_TEXT:
        low, high = where.near
        found = [match for match in where.read.find(rule) if match[0]]
        yield from (claim(rule, m[0]) for m in found if m.start() < high and low < m.end())
        return
    else:
        return
    yield from (
        claim(rule, match[0], source) for source, text in texts if (match := rule.pattern.search(text)) and match[0]
    )


def claim(rule: Rule, words: str, source: str = "", value: str | None = None, fate: str = TRIED_LATER) -> Claim:
    """The claim of *rule* by *words*; without a *value* it speaks for the one that the rule assigns."""
    return Claim(rule.id, rule.value if value is None else value, one_line(words), source, None, fate)
