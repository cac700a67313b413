"""Subjects that the words of a sentence state apart from what is measured: 各级机构要…达到80%, 全球共发生…33次."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, cast

from extractors.quantities.frames.merits import words_before
from extractors.quantities.frames.regions import without_areas
from extractors.quantities.frames.subject import Subject
from extractors.quantities.frames.view import View
from extractors.rules.registry import Rule, pattern_of, rules_for
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
    signs = view.sentence.signs
    planned = rules_for("subject.planned", signs) if view.kind == "target" else ()
    doing = rules_for("subject.doer", signs) if view.candidate.unit == _TIMES and view.behind else ()
    asked = (planned, doing, rules_for("subject.stated", signs))
    words = words_before(view.sentence, view.index, view.mention.start)[-_FARTHEST:] if any(asked) else ""
    for rules in asked:
        found = [named for rule in rules for named in _named(rule, words) if named[1].text not in view.around.own]
        if found:
            return max(found, key=lambda named: named[0])[1]
    return None


def _named(rule: Rule, words: str) -> Iterator[tuple[int, Subject]]:
    """What *rule* names in *words*, with where: of several the nearest to the number counts."""
    for match in rule.finditer(words):
        groups = match.groupdict()
        group = "subject" if groups["subject"] else "subject_behind"
        if name := rule.word("names") or groups[group]:
            yield (
                match.start(group),
                Subject(name if rule.flag("whole") else short_name(name), cast("SubjectType", rule.value), rule.id),
            )


def short_name(name: str) -> str:
    """*name* without the places and the firm in front of what it names (云川省临江县青山公司长岭煤矿 → 长岭煤矿)."""
    return pattern_of("subject.clean.owner").sub("", without_areas(name, _SHORTEST_NAME))
