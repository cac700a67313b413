"""Articles that a fine points to: 违反本条例第三十四条规定的，处…罚款 names its case where article 34 can be read.

What an article forbids is a case as it stands (不得侵占、损坏管网设施 → 侵占管网设施); what it orders is one where it is
left undone (应当设置警示标志 → 未设置警示标志).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from extractors.language.folding import fold
from extractors.language.tokens import segmenter, tag_of
from extractors.numbers.numerals import parse_number
from extractors.quantities.frames.frame import Proposal
from extractors.rules.registry import rules_of
from schemas.records import Clause, Document

_ARTICLE: Final = "条"
_LONGEST: Final = 14
_LIST: Final = ("、", "或者", "或", "和", "以及", "及")


@dataclass(frozen=True, slots=True)
class Articles:
    """The paragraphs of each article by its number, the first of them the article's own text."""

    paragraphs: Mapping[int, tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, document: Document) -> Articles:
        """The articles of *document*; of two with one number (an annex begins anew) the first counts."""
        found: dict[int, tuple[str, ...]] = {}
        own: dict[str, int] = {}
        for clause in document.clauses:
            number = _number(clause)
            if number is not None and number not in found:
                own[clause.clause_id] = number
                found[number] = (fold(clause.reading).text,)
            elif clause.marker is None and clause.parent_id in own:
                found[own[clause.parent_id]] += (fold(clause.reading).text,)
        return cls(found)

    def cases(self, words: str) -> Iterator[Proposal]:
        """The case of a fine whose *words* before it name an article: what that forbids or orders."""
        for citation in rules_of("frame.article.cited"):
            for match in reversed(list(citation.pattern.finditer(words))):
                for text in self._read(match["number"], match["paragraph"]):
                    yield from _cases(text)

    def _read(self, article: str, paragraph: str | None) -> tuple[str, ...]:
        number, place = parse_number(article), parse_number(paragraph) if paragraph else None
        texts = self.paragraphs.get(int(number), ()) if number is not None else ()
        return texts if place is None else texts[int(place) - 1 : int(place)]


def _number(clause: Clause) -> int | None:
    return clause.number if clause.marker is not None and clause.marker.endswith(_ARTICLE) else None


def _cases(text: str) -> Iterator[Proposal]:
    for rule in (*rules_of("frame.article.forbids"), *rules_of("frame.article.orders")):
        if match := rule.pattern.search(text):
            deed = shortened(match["deed"])
            if len(deed) <= _LONGEST and any(tag_of(word)[0] == "v" for word in segmenter().lcut(deed)):
                yield Proposal("case", (rule.value or "{deed}").replace("{deed}", deed), "article", rule.id)


def shortened(deed: str) -> str:
    """The first of several deeds with the object that they share (侵占、损坏或者擅自拆除管网设施 → 侵占管网设施)."""
    words = segmenter().lcut(deed)
    cuts = [place for place, word in enumerate(words) if word in _LIST]
    if not cuts:
        return deed
    first = words[: cuts[0]]
    if not all(tag_of(word)[0] in "vd" for word in first):
        return "".join(first)
    for start, end in zip(cuts, [*cuts[1:], len(words)], strict=True):
        item = words[start + 1 : end]
        while item and tag_of(item[0])[0] in "vd":
            del item[0]
        if item:
            return "".join(first + item)
    return "".join(words)
