"""Bearers: what a measure or deed is of, where the words before its number leave that to the words before them.

新建村卫生室68间，每间建筑面积80平方米 → 村卫生室每间建筑面积. Asked in this order: the comma clause before, what the number before
left unsaid, the words before a bracket, the numbers before, the row; for a rate that opens its sentence, the sentence before.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from extractors.language.tokens import tag_of
from extractors.quantities.frames.frame import Frame, Proposal, Slot, Zone, unranked
from extractors.quantities.frames.proper import is_name_of_one, split_named
from extractors.quantities.frames.view import View
from extractors.quantities.frames.words import (
    bearer_of,
    deeds_only,
    first_found,
    first_match,
    is_bare,
    matches,
    words_of,
)
from extractors.rules.registry import pattern_of

BEARER: Final = "bearer"
_PERSONS: Final = frozenset({"people", "visits"})
_FARTHEST: Final = 3
_KEPT: Final = 3
_SUBJECT_OF: Final = re.compile(r"(?<=.{2})[任为](?=.{3})")


def completed(view: View, frame: Frame) -> Frame:
    """*frame* with what bears it in front, where it is bare and the words around its number name a bearer."""
    if matches("indicator.total_of_accounts", frame.phrase):
        return frame
    if not is_bare(frame.phrase) or (view.candidate.dimension in _PERSONS and _says_all(frame.phrase)):
        return frame
    proposals = _proposals(view, frame.phrase)
    if not proposals or not proposals[0].text:
        return replace(frame, proposals=proposals[:_KEPT])
    bearer = proposals[0]
    slots = {**frame.slots, BEARER: Slot(bearer.text, bearer.zone, frame.rule_id)}
    behind = view.around.in_row and bearer.text == view.around.topic and deeds_only(frame.phrase)
    template = f"{frame.template}{{{BEARER}}}" if behind else f"{{{BEARER}}}{frame.template}"
    return replace(frame, template=template, slots=slots, proposals=proposals[:_KEPT])


def _says_all(phrase: str) -> bool:
    """Whether *phrase* is a series of deeds, which says by itself what is done to those counted (提前转移避险)."""
    return deeds_only(phrase) and sum(tag_of(word) == "v" for word in words_of(phrase)) > 1


def _proposals(view: View, phrase: str) -> tuple[Proposal, ...]:
    """What may bear *phrase*, nearest first; an empty proposal says that what is nearest bears no measure."""
    found: list[Proposal] = []

    def propose(text: str, zone: Zone, operation: str) -> None:
        found.append(Proposal(BEARER, text, zone, operation))

    mention = view.mention
    clause = view.clauses.clause_before(mention.left) if mention.left else ""
    if first_found("indicator.source_clause", clause):
        clause = ""
    if clause and _tells_where(view):
        clause = ""
    if located := first_found("indicator.location_tail", clause):
        clause = clause[: located.start()] or clause
    if clause:
        named = None if located else split_named(clause, telling=True)
        whole = clause if located and is_name_of_one(clause) else bearer_of(clause) or ""
        propose(named[0].text if named else whole, "sentence", "the comma clause before")
    elif view.last is not None and view.last.said(BEARER):
        propose(view.last.said(BEARER), "clause", "what bears the number before")
    elif inside := _before_bracket(view):
        propose(inside, "clause", "the words before the bracket")
    elif view.same_item():
        borne = (bearer_of(_ranked(frame)) for frame in reversed(view.before[-_FARTHEST:]))
        nearest = next((bearer for bearer in borne if bearer is not None), None)
        if nearest is not None:
            propose(nearest, "clause", "what a number before measures something of")
        elif view.around.in_row:
            propose(view.around.topic, "row", "the name of the row")
    elif view.around.in_row:
        propose(view.around.topic, "row", "the name of the row")
    if phrase.endswith("率") and not view.before and not (found and found[0].text):
        propose(view.around.carried, "before", "what the sentence before measured")
        found.reverse()
    return tuple(found)


def _ranked(frame: Frame) -> str:
    """The phrase of *frame*; of a rank what is ranked, without among whom (经济总量居全省第3 → 经济总量)."""
    return pattern_of("phrase.rank_among").sub("", unranked(frame)) if "rank" in frame.slots else frame.phrase


def _tells_where(view: View) -> bool:
    """Whether the comma clause before says only where what bears the measure lies (位于和平镇青柯村)."""
    bounds = view.clauses.bounds_before(view.mention.left)
    words = view.sentence.text[slice(*bounds)] if bounds else ""
    return first_match("indicator.location_tail", words) is not None


def _before_bracket(view: View) -> str:
    """What stands before the bracket in which the number is (数据中心项目（总投资5亿元，占地60亩）)."""
    mention, outline = view.mention, view.sentence.outline
    if mention.end > len(outline) or outline[mention.end - 1] != "_":
        return ""
    opening = view.sentence.text.rfind("（", 0, mention.start)
    if opening <= 0 or outline[opening] != "（":
        return ""
    start = max(outline.rfind(sign, 0, opening) for sign in "，,：:；;。") + 1
    whole = _SUBJECT_OF.split(view.sentence.text[start:opening])[0]
    return bearer_of(whole) or bearer_of(whole.rpartition("、")[2]) or ""
