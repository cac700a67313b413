"""Names that open a stretch of a sentence: what opens it is what it tells of.

青柯产业园入驻企业30家，实现产值8亿元 → both of 青柯产业园. The name holds to the next semicolon or full stop, where no clause in
between speaks of another place or opens with another name.
"""

from __future__ import annotations

import itertools
import re
from typing import Final

from extractors.language.tokens import segmenter, tag_of
from extractors.quantities.description.sentences import Mention, Sentence
from extractors.quantities.frames.proper import does, goes_on, is_name_of_one, split_named
from extractors.quantities.frames.regions import place_at_front
from extractors.quantities.frames.subject import AREA_TAILS, Subject, names_in_front
from extractors.rules.force import in_force
from extractors.rules.registry import pattern_of, rules_of

OPENING: Final = "subject.opening"
_LEAD: Final = "subject.opening.lead"
_COMPARED: Final = "subject.opening.compared"
_ADVERBS: Final = "subject.opening.adverbs"
_FIRM: Final = "subject.company"
_FARTHEST: Final = 200
"""Characters that a name at the beginning of a stretch may stand before a number."""
_NUMBER: Final = re.compile(r"[\d第]")
_TELLING: Final = frozenset({"place", "company", "project", "organization"})
"""The types of subjects that a stretch goes on to tell of."""


class Openings:
    """What the stretches of one sentence open with, each read once for all numbers behind it."""

    def __init__(self, sentence: Sentence, own: frozenset[str]) -> None:
        self._text, self._outline, self._signs = sentence.text, sentence.outline, sentence.signs
        self._own = own
        """The names of the issuer's own area."""
        self._subjects: dict[int, Subject | None] = {}

    def subject(self, mention: Mention) -> Subject | None:
        """The subject that opens the stretch of *mention*, where its own clause goes on with that."""
        start = mention.stretch[0]
        comma = self._outline.find("，", start, mention.start)
        if comma < 0 or mention.start - start > _FARTHEST or not in_force(OPENING):
            return None
        if start not in self._subjects:
            self._subjects[start] = _opens(self._text[start:comma], self._own, self._signs)
        subject = self._subjects[start]
        if subject is None:
            return None
        clauses = _clauses(self._text, self._outline, start, mention.start)
        behind = "，".join(clauses).partition(subject.text)[2]
        if not _goes_on(clauses[-1]) or speaks_of_another(behind) or any(name in behind for name in self._own):
            return None
        return None if any(_other(clause, self._signs) for clause in clauses[1:]) else subject


def speaks_of_another(words: str) -> bool:
    """Whether *words* tell of the area of all (全市新增), not only compare with it (占全市)."""
    told = pattern_of(_COMPARED).sub("", words)
    return any(rule.search(told) for rule in rules_of("subject.elsewhere"))


def _clauses(text: str, outline: str, start: int, end: int) -> list[str]:
    """The comma clauses of ``text[start:end]``; commas in brackets part none."""
    cuts = [start, *(at + 1 for at in range(start, end) if outline[at] == "，"), end + 1]
    return [text[one : other - 1] for one, other in itertools.pairwise(cuts)]


def _opens(clause: str, own: frozenset[str], signs: int) -> Subject | None:
    """The subject that *clause* opens with; the issuer's *own* area is none, nor a place in front of a longer name.

    *signs* are those of its sentence.
    """
    plain = pattern_of(_LEAD).sub("", clause)
    found = split_named(plain, telling=True, signs=signs) or next(names_in_front(plain, signs), None)
    if found is None or found[0].type not in _TELLING or not _is_name(found[0]):
        return None
    name, rest = found[0].text, found[1]
    if pattern_of("subject.opening.examples").search(rest):
        return None
    if goes_on(rest) or (found[0].type == "place" and not does(_NUMBER.split(rest)[0])):
        return None
    return None if name in own or name.rstrip(AREA_TAILS) in own else Subject(name, found[0].type, OPENING)


def _is_name(subject: Subject) -> bool:
    """Whether *subject* names one thing; a firm by what it is does where its word is for no kind of firms (柳源公司)."""
    if subject.rule_id == _FIRM and pattern_of("subject.named.kinds").match(subject.text) is None:
        return True
    return is_name_of_one(subject.text)


def _other(clause: str, signs: int) -> bool:
    """Whether *clause*, of a sentence of these *signs*, opens with a name of its own, or one that it only prints."""
    plain = pattern_of(_LEAD).sub("", clause)
    return plain.startswith(("“", "《")) or place_at_front(plain) > 0 or _opens(plain, frozenset(), signs) is not None


def _goes_on(clause: str) -> bool:
    """Whether *clause*, up to its number, does or measures something without a name in front."""
    words = pattern_of(_ADVERBS).sub("", clause)
    if not words:
        return True
    first = tag_of(segmenter().lcut(words)[0])
    return place_at_front(words) == 0 and (first.startswith("v") or does(words + "＿") or does(words))
