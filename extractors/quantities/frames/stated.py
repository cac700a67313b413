"""Subjects that the words of a sentence state apart from what is measured: 各级机构要…达到80%, 全球共发生…33次."""

from __future__ import annotations

from typing import Final, cast

from extractors.quantities.frames.merits import words_before
from extractors.quantities.frames.regions import place_at_front
from extractors.quantities.frames.subject import Subject
from extractors.quantities.frames.view import View
from extractors.rules.registry import rules_of, signs_of
from schemas.rows import SubjectType

_TIMES: Final = "次"
_SHORTEST_NAME: Final = 4
_FARTHEST: Final = 160
"""Characters before a number in which its subject may stand."""


def stated_subject(view: View) -> Subject | None:
    """The subject that a rule finds in the words before the number, earlier numbers left as ⟨⟩.

    Standing rules have none, and who is to do something is the subject of what is planned alone.
    """
    if view.kind == "standard":
        return None
    words = words_before(view.sentence, view.index, view.mention.start)[-_FARTHEST:]
    planned = rules_of("subject.planned") if view.kind == "target" else ()
    doing = rules_of("subject.doer") if view.candidate.unit == _TIMES and view.behind else ()
    for rule in (*planned, *doing, *rules_of("subject.stated")):
        for match in rule.finditer(words) if rule.may_match(signs_of(words)) else ():
            groups = match.groupdict()
            name = rule.word("names") or groups["subject"] or groups.get("subject_behind") or ""
            if name and name not in view.around.own:
                return Subject(_short(name), cast("SubjectType", rule.value), rule.id)
    return None


def _short(name: str) -> str:
    """*name* without the places in front of what it names (云川省临江县长岭煤矿 → 长岭煤矿)."""
    front = place_at_front(name)
    return name[front:] if len(name) - front >= _SHORTEST_NAME else name
