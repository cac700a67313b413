"""The measure that a label names for values that name none: 绿地率应当符合下列规定：旧城区不低于25% → 旧城区绿地率.

The label stands in the sentence, in the lead-in over the list or in the heading. Its measure is taken where it is one of
the value's dimension. A number that nothing names is called by its dimension, not by its whole sentence.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from extractors.language.tokens import tag_of
from extractors.quantities.frames.elided import BY_DIMENSION
from extractors.quantities.frames.frame import Frame, made
from extractors.quantities.frames.measures import measure_at_end
from extractors.quantities.frames.view import View
from extractors.quantities.frames.words import words_of
from extractors.rules.force import in_force
from extractors.rules.registry import pattern_of, rules_of

LED: Final = "construction.led"
_TOPIC: Final = "construction.topic"
_CHANGE: Final = "construction.change"
_NAMELESS: Final = frozenset({_TOPIC, _CHANGE, "construction.capped"})
"""Constructions that take the words of other numbers, or of the clause, where the number's own name nothing."""
_BARE: Final = frozenset({"construction.direct", "construction.listed", "construction.conditional", "construction.distributed"})  # fmt: skip
_BOUNDS: Final = frozenset({">=", "<=", ">", "<"})
_SHARED: Final = frozenset({"ratio", "length"})
_GENERAL: Final = ("标准", "指标")
_SHORTEST: Final = 3
_SHORTEST_GENERAL: Final = 6
_LONGEST_LABEL: Final = 60
_LONGEST_BEARER: Final = 12


def led(view: View, frame: Frame) -> Frame:
    """*frame* with the measure that a label names for it, or by its dimension where nothing names it."""
    if view.kind != "standard" or frame.rule_id not in _NAMELESS | _BARE:
        return frame
    nameless = frame.rule_id in _NAMELESS and not view.core
    label = (_own_label(view) or view.around.label) if in_force(LED) else ""
    if label and _fits(label, view.candidate.dimension):
        return _with(label, view, frame, nameless=nameless)
    if not nameless and in_force(LED) and (shared := _shared(view)):
        return _with(shared, view, frame, nameless=False)
    own = frame.phrase in view.sentence.text.strip("，。；：、") or frame.phrase == view.around.label
    if nameless and frame.rule_id == _TOPIC and own:
        return _by_dimension(view) or frame
    return frame


def _with(label: str, view: View, frame: Frame, *, nameless: bool) -> Frame:
    """*frame* under a *label*: its bearer with the measure of that, or the label alone."""
    last = view.last
    if nameless and view.mention.left == view.mention.start and last is not None and last.rule_id == LED:
        return last
    bearer = view.clauses.clause_before(view.mention.left) if nameless else frame.phrase
    bearer = pattern_of("label.distributive").sub("", bearer).removeprefix(label)
    bears = pattern_of("label.bearer").fullmatch(bearer) and len(bearer) <= _LONGEST_BEARER
    if bears and not pattern_of("label.own_measure").search(bearer):
        return made(LED, "{bearer}{measure}", "lead_in", bearer=bearer, measure=_tail(label))
    return made(LED, "{measure}", "lead_in", measure=label) if nameless else frame


def _shared(view: View) -> str:
    """The rate or distance that the bound before is of, for a bound alike (新区绿地率不低于35%，旧区改造不低于25%)."""
    if view.last is None or not view.index or "。" in view.window:
        return ""
    one, other = view.sentence.mentions[view.index - 1].candidate, view.candidate
    alike = one.unit == other.unit and one.comparator == other.comparator and other.comparator in _BOUNDS
    measure = measure_at_end(view.last.phrase) if alike and other.dimension in _SHARED else ""
    return measure if measure and _fits(measure, other.dimension) else ""


def _by_dimension(view: View) -> Frame | None:
    """What a number that nothing names measures, by its dimension alone."""
    for rule in rules_of("unit.measure") if in_force(BY_DIMENSION) else ():
        if rule.pattern.fullmatch(view.candidate.dimension or ""):
            return made(BY_DIMENSION, "{measure}", measure=rule.value or "")
    return None


def _own_label(view: View) -> str:
    """The measure of the label that stands before the number in its own sentence."""
    head, colon, _ = view.sentence.text[: view.mention.start].rpartition("：")
    return measure_of_label(head[-_LONGEST_LABEL:] + colon) if colon else ""


@lru_cache(maxsize=4096)
def measure_of_label(label: str) -> str:
    """The measure that a *label* or heading names (建筑退让距离按照下列规定执行： → 建筑退让距离); empty where none does."""
    match = pattern_of("label.measure").search(label)
    if match is None:
        return ""
    front, _, measure = match["measure"].rpartition("的")
    return f"{_deed(front)}{measure}" if len(measure) < _SHORTEST else measure


def _deed(phrase: str) -> str:
    """The deed at the end of *phrase*, without who does it: a measure of one word alone is of that (职工享受公费疗养的年限)."""
    words = words_of(phrase)
    start = next((place for place, word in enumerate(words) if tag_of(word) == "v"), len(words))
    return "".join(words[start:])


def _fits(measure: str, dimension: str | None) -> bool:
    return pattern_of("label.fits").fullmatch(f"{dimension or 'ratio'}={measure}") is not None


@lru_cache(maxsize=4096)
def _tail(measure: str) -> str:
    """The words at the end of *measure* that say what is measured, without what bears it (建设项目绿地率 → 绿地率)."""
    shortest = _SHORTEST_GENERAL if measure.endswith(_GENERAL) else _SHORTEST
    tail = ""
    for word in reversed(words_of(measure.rpartition("、")[2])):
        if len(tail) >= shortest:
            break
        tail = word + tail
    return tail
