"""Lead-ins that strive: 力争 said once, in front of a colon, for the list behind it.

力争完成以下任务：A；B。 covers the rest of its sentence; where the colon ends the paragraph, the clauses under it, or the
lines of a list that follow it. A word of commitment (确保) in an item's own sentence takes it out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from extractors.language.folding import fold
from extractors.language.passages import Passage
from extractors.quantities.description.findings import Finding
from extractors.quantities.description.sentences import Sentence, shield
from extractors.quantities.description.stretch import NOT_STRETCHED
from extractors.rules.registry import rules_for, rules_of, signs_of
from schemas.records import Clause, Document

RULE: Final = "stretch.lead_in"
_NEW_SUBJECT: Final = "stretch.new_subject"
"""Each item of the list behind a lead-in has a subject of its own."""
_COLONS: Final = "：:"
_DIGITS: Final = re.compile(r"[\d一二三四五六七八九十]+")


@dataclass(frozen=True, slots=True)
class Striving:
    """What lead-ins that strive cover: stretches ``[start, end)`` of a clause's folded text, and whole clauses."""

    within: Mapping[str, tuple[tuple[int, int], ...]] = field(default_factory=dict)
    whole: frozenset[str] = frozenset()

    @classmethod
    def of(cls, document: Document) -> Striving:
        """The lead-ins of *document*."""
        within: dict[str, tuple[tuple[int, int], ...]] = {}
        whole: set[str] = set()
        opener: Clause | None = None
        sign: str | None = None
        for clause in document.clauses:
            text = fold(clause.reading).text
            if opener is not None:
                own = _sign(clause, text)
                child = clause.parent_id in (opener.clause_id, *whole)
                listed = clause.parent_id == opener.parent_id and bool(own) and own == (sign or own)
                if not child and not listed:
                    opener = None
                else:
                    sign = sign if child else own
                    whole.add(clause.clause_id)
            covers = tuple(_covers(text))
            if covers:
                within[clause.clause_id] = covers
                if covers[-1][0] >= len(text.rstrip()):
                    opener, sign = clause, None
        return cls(within, frozenset(whole))

    def led(self, passage: Passage, sentence: Sentence, found: Sequence[Finding[bool]]) -> tuple[Finding[bool], ...]:
        """*found* of the mentions of *sentence*, with those covered that no word of their own settles."""
        if passage.clause is None or not (self.within or self.whole):
            return tuple(found)
        return tuple(
            Finding(True, "a lead-in that strives", "", RULE)
            if one.rule_id in (NOT_STRETCHED, _NEW_SUBJECT)
            and self._covers(passage.clause, sentence.start + mention.start)
            and not _commits(sentence.text[: mention.start])
            else one
            for one, mention in zip(found, sentence.mentions, strict=True)
        )

    def _covers(self, clause: Clause, position: int) -> bool:
        if any(start <= position < end for start, end in self.within.get(clause.clause_id, ())):
            return True
        return clause.clause_id in self.whole


def _covers(text: str) -> Iterator[tuple[int, int]]:
    """What follows the colons of *text* whose own sentence strives, each up to its full stop."""
    if not any(rule.search(text) for rule in rules_for("stretch.cue", signs_of(text))):
        return
    outline = shield(text)
    for at, char in enumerate(outline):
        if char not in _COLONS:
            continue
        lead = text[max(outline.rfind(sign, 0, at) for sign in "。；：:") + 1 : at]
        if any(rule.search(lead) for rule in rules_of("stretch.cue")) and not _commits(lead):
            stop = outline.find("。", at)
            yield at + 1, stop if stop >= 0 else len(text)


def _commits(words: str) -> bool:
    return any(rule.search(words) for rule in rules_of("stretch.firm"))


def _sign(clause: Clause, text: str) -> str:
    """What a line of a list begins with: the form of its marker, or a dash; nothing for plain paragraphs."""
    return _DIGITS.sub("", clause.marker) if clause.marker else "—" if text.lstrip().startswith("—") else ""
