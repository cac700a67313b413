"""Subjects that other words than the number's own name: the comma clause before it, a work behind its attribute.

青远铁路开通运营，累计发送旅客64万人次 → 青远铁路; 全长3046公里的青柯生态屏障 → 青柯生态屏障.
"""

from __future__ import annotations

from typing import Final, cast

from extractors.quantities.frames.proper import is_proper
from extractors.quantities.frames.regions import place_at_front
from extractors.quantities.frames.subject import AREA_TAILS, Subject
from extractors.quantities.frames.view import View
from extractors.rules.registry import rules_for
from schemas.rows import SubjectType

CLAUSE: Final = "subject.clause"
ATTRIBUTE: Final = "subject.clause.attribute"
WORKS: Final = "subject.clause.works"
_SUPPORTED: Final = "subject.clause.supported"
_BEHIND: Final = 24


def inherited_subject(view: View) -> Subject | None:
    """The subject of the number of *view* by the clause before it or the noun behind it, where one names it."""
    words = _words(view)
    for rule in rules_for(CLAUSE, view.sentence.signs):
        match = rule.pattern.search(words)
        if match is None or match["subject"].rstrip(AREA_TAILS) in view.around.own:
            continue
        name = match["subject"]
        if rule.id == WORKS or (place_at_front(name) == len(name) if rule.id == _SUPPORTED else is_proper(name)):
            return Subject(name, cast("SubjectType", rule.value), rule.id)
    return None


def _words(view: View) -> str:
    """The comma clause before the number and its own, the number in ⟨ ⟩, and the words behind it."""
    sentence, mention = view.sentence, view.mention
    bounds = view.clauses.bounds_before(mention.left)
    start = bounds[0] if bounds else mention.left
    text = sentence.text
    behind = text[mention.end : mention.end + _BEHIND]
    return f"{text[start : mention.start].lstrip('，')}⟨{text[mention.start : mention.end]}⟩{behind}"
