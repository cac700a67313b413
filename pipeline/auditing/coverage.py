"""Coverage: whether something explains every number that an issue prints.

A number is a run of digits or of Chinese numerals. It is explained by the quantity that it belongs to, by the rule
that excludes it, by the name or the dictionary word that it is part of, or by the part of the page that it stands
in (contents, masthead, furniture). What is left is where a quantity may have been overlooked.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from extractors.language.passages import Passage, passages
from extractors.language.tokens import known_tag, segmenter
from extractors.quantities.candidates.find import explain_numbers, leftover
from extractors.rules.prepared import alternation
from schemas.records import Issue
from schemas.rows import Official, Responsibility
from schemas.spans import Span

UNEXPLAINED: Final = "unexplained"
_NUMBERS: Final = re.compile(r"[0-9０-９]+(?:[.,．，][0-9０-９]+)*|[零〇一二两三四五六七八九十百千万亿]+")
_PARTS: Final = {
    "masthead": "masthead",
    "contents": "contents",
    "section": "section name",
    "furniture": "page furniture",
}
_DATES: Final = frozenset(
    [
        "year",
        "year_alone",
        "chinese_year",
        "month",
        "chinese_month",
        "day",
        "quarter",
        "plan_period",
        "span_of_years",
        "clock",
    ]
)
_MARKERS: Final = frozenset({"clause_marker", "list_number", "label_column"})
_PHRASES: Final = frozenset({"set_phrase", "chinese_article", "vague"})
_TAIL: Final = re.compile(r"(?:乡|镇|街道|社区|村|县|区|市)(?:党委|人民政府|政府|办事处|党工委)?$")
_SHORTEST_NAME: Final = 2
_AROUND: Final = 24


@dataclass(frozen=True, slots=True)
class Number:
    """One number of an issue and what explains it; ``reason`` is a rule's id, a word, a name or a part of the page."""

    span: Span
    text: str
    category: str
    reason: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Coverage:
    """The numbers of an issue in text order."""

    numbers: tuple[Number, ...]

    @property
    def unexplained(self) -> tuple[Number, ...]:
        """The numbers that nothing explains."""
        return tuple(number for number in self.numbers if number.category == UNEXPLAINED)

    @property
    def share(self) -> float:
        """The share of numbers that nothing explains, 0 to 1; 0 where there are no numbers."""
        return len(self.unexplained) / len(self.numbers) if self.numbers else 0.0

    def counts(self) -> Counter[str]:
        """How many numbers each category explains."""
        return Counter(number.category for number in self.numbers)

    def reasons(self) -> Counter[str]:
        """How many numbers each rule explains."""
        return Counter(number.reason for number in self.numbers if number.category != UNEXPLAINED)


def category_of(rule_id: str) -> str:
    """The category of a number by the rule that explains it."""
    family, _, name = rule_id.partition(".")
    if family == "quantity":
        return "quantity"
    if name in _DATES:
        return "date"
    if name in _MARKERS:
        return "marker or serial number"
    if name == "document_number":
        return "document number"
    if name == "qualifier":
        return "qualifier of a counted noun"
    return "set phrase" if name in _PHRASES else "named or numbered thing"


def coverage(issue: Issue, officials: Iterable[Official] = (), agencies: Iterable[Responsibility] = ()) -> Coverage:
    """What explains each number of *issue*; the rows of *officials* and *agencies* give the names."""
    names = _Names.of(issue, officials, agencies)
    text = issue.source.text
    found: dict[int, Number] = {}
    read = bytearray(len(text))
    for document in issue.documents:
        for passage in passages(document):
            for offset in passage.reading.offsets:
                read[offset] = 1
            for number in _of_passage(text, passage, names):
                found.setdefault(number.span.start, number)
    for segment in issue.segments:
        if segment.is_leaf and segment.span:
            part = _PARTS.get(segment.segment_type)
            for number in _outside(text, segment.span, part, read):
                found.setdefault(number.span.start, number)
    return Coverage(tuple(found[start] for start in sorted(found)))


def _of_passage(source: str, passage: Passage, names: _Names) -> Iterator[Number]:
    words: list[tuple[int, int, str]] | None = None
    for start, end, rule in explain_numbers(passage):
        span = passage.span(start, end)
        category, reason = (category_of(rule), rule) if rule else (UNEXPLAINED, "")
        if not rule:
            name = names.over(passage.text, span, start, end)
            if name:
                category, reason = "part of a name", name
            elif not passage.text[start].isascii():
                words = _words(passage.text) if words is None else words
                word = next((w for low, high, w in words if low <= start and end <= high), None)
                category, reason = ("part of a word", word) if word else (category, reason)
            if category == UNEXPLAINED and (last := leftover(passage.text, start, end)):
                category, reason = category_of(last), last
        yield _number(source, span, category, reason)


def _number(source: str, span: Span, category: str, reason: str) -> Number:
    before, after = source[max(0, span.start - _AROUND) : span.start], source[span.end : span.end + _AROUND]
    return Number(span, source[span.start : span.end], category, reason, before, after)


def _outside(source: str, span: Span, part: str | None, read: bytearray) -> Iterator[Number]:
    """The numbers of a stretch that no passage reads: explained by the part of the page, if that is one without clauses."""
    for match in _NUMBERS.finditer(source, span.start, span.end):
        if not any(read[match.start() : match.end()]):
            yield _number(source, Span(*match.span()), part or UNEXPLAINED, part or "")


@cache
def _is_word(word: str) -> bool:
    """Whether a dictionary word is more than a number with its measure word or a date."""
    return len(word) > 1 and (known_tag(word) or "m")[0] not in "mqt"


def _words(text: str) -> list[tuple[int, int, str]]:
    """The dictionary words of *text* that hold a numeral, by position."""
    found = []
    position = 0
    for word in segmenter().lcut(text, HMM=False):
        if _NUMBERS.search(word) and _is_word(word):
            found.append((position, position + len(word), word))
        position += len(word)
    return found


@dataclass(frozen=True, slots=True)
class _Names:
    """The people, agencies and places that an issue names, by span and by wording."""

    starts: tuple[int, ...]
    spans: tuple[tuple[Span, str], ...]
    wordings: re.Pattern[str] | None

    @classmethod
    def of(cls, issue: Issue, officials: Iterable[Official], agencies: Iterable[Responsibility]) -> _Names:
        """The names among rows, and the issuers of documents, that hold a numeral."""
        rows: Sequence[Official | Responsibility] = [*officials, *agencies]
        spans = sorted((row.span, row.rule_id) for row in rows)
        named = {row.name or "" if isinstance(row, Official) else row.agency for row in rows}
        named |= {issuer for document in issue.documents for issuer in document.issuers}
        plain = {"".join(name.split()) for name in named}
        plain |= {_TAIL.sub("", name) for name in plain}
        held = sorted(name for name in plain if len(name) >= _SHORTEST_NAME and _NUMBERS.search(name))
        return cls(
            tuple(span.start for span, _ in spans), tuple(spans), re.compile(alternation(held)) if held else None
        )

    def over(self, text: str, span: Span, start: int, end: int) -> str | None:
        """The name that holds ``[start, end)`` of a passage's folded *text*, or the rule of the row that covers *span*."""
        index = bisect_right(self.starts, span.start)
        covering = [rule for other, rule in self.spans[max(0, index - 3) : index] if other.contains(span)]
        if covering:
            return covering[0]
        if self.wordings is None:
            return None
        window = max(0, start - _AROUND)
        matches = self.wordings.finditer(text, window, min(len(text), end + _AROUND))
        return next((match[0] for match in matches if match.start() <= start and end <= match.end()), None)
