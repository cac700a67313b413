"""Resolve: empty slots of a frame filled from antecedents, zone by zone in a fixed order.

Zones: the numbers before in the sentence (nearest first; 其中 goes to its whole), what the sentence before measured,
the words of the sentence before the number, the clause's heading or the table row. A proposal is taken where its head
fits the slot; the first three are kept in the frame.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, cast

from extractors.quantities.frames.articles import Articles
from extractors.quantities.frames.frame import Frame, Proposal, Slot, Zone
from extractors.quantities.frames.measures import measure_at_end
from extractors.quantities.frames.merits import merits
from extractors.quantities.frames.parse import SHORTEST, cleaned
from extractors.quantities.frames.words import amount_of
from extractors.rules.registry import pattern_of, rules_of
from schemas.making import quickly_made

KEPT: Final = 3
_LONGEST_CASE: Final = 18
_LONGEST_SHORTENED: Final = 24
_CASES: Final = {
    "frame.amount.fine": "frame.case.breach",
    "frame.ratio.fine": "frame.case.breach",
}
_RATIOS: Final = ("率", "比重", "比例", "占比")
_SHARES: Final = ("占比", "比重")
_TARGET: Final = "target"
"""The slot of what a thing contributes to."""
_NAMES: Final = re.compile(r"[\u4e00-\u9fff]{2}")
"""A heading that holds less (80%；) names nothing."""
_TERMS: Final = ("期限", "时限", "年限", "周期", "有效期")
_TIMES: Final = ("时间", "时长", "工龄")
_NO_PACE: Final = ("增速", "降幅", "增幅", "涨幅", "跌幅")


@quickly_made
@dataclass(frozen=True, slots=True)
class Antecedent:
    """What a number before measures: its metric, whether it is a level that others may be a part of."""

    metric: str
    group: str


@dataclass(frozen=True, slots=True)
class Zones:
    """What may fill a slot: the numbers before in the sentence, the words before the number, what stands above."""

    before: Sequence[Antecedent] = ()
    words: str = ""
    carried: str = ""
    topic: str = ""
    case: str = ""
    """The words before the construction, earlier numbers left as ⟨⟩: what a grant's merit is read from."""
    place: int = 0
    size: int = 1
    """Which number of a list of how many it is."""
    articles: Articles = field(default_factory=Articles)
    """The articles of the document, for fines that name one instead of their case."""


def resolve(frame: Frame, around: Zones) -> Frame:
    """*frame* with its empty slots filled where an antecedent fits."""
    slots, made = dict(frame.slots), list(frame.proposals)
    for name in frame.empty:
        for proposal in _proposals(frame, name, around):
            made.append(proposal)
            if name not in slots and len(proposal.text) >= SHORTEST:
                slots[name] = Slot(proposal.text, proposal.zone, f"{frame.rule_id}")
            if len(made) >= KEPT:
                break
    return replace(frame, slots=slots, proposals=tuple(made[:KEPT]))


def _proposals(frame: Frame, slot: str, around: Zones) -> Iterator[Proposal]:
    if slot == "case":
        yield from _cases(frame, around.words)
        yield from around.articles.cases(around.words)
        yield from _cases_of_heading(around)
    elif slot == "part":
        yield from _parts(frame, around)
    elif slot == "measure":
        yield from _measures(around)
    elif slot == "merit":
        yield from merits(around.case, around.topic, around.place, around.size)
    elif slot == "base":
        yield from _bases(around)
    elif slot == "granted":
        yield from _granted(around)
    elif slot == "bound":
        yield from _bounds(around)
    elif slot == "limited":
        yield from _limited(around, (_TERMS, _TIMES))
    elif slot == "served":
        yield from _limited(around, (_TIMES,))
    elif slot == "rate":
        yield from _rates(around)
    elif slot == "allowance":
        yield from _allowances(frame.said("noun"), around)


def _cases(frame: Frame, words: str) -> Iterator[Proposal]:
    """The case that stands before a fine or grant; one that is only an article's number names nothing."""
    for rule in rules_of(_CASES.get(frame.rule_id, "frame.case")):
        for match in rule.pattern.finditer(words):
            case = _shortened(cleaned("case", match["case"]))
            if SHORTEST < len(case) <= _LONGEST_SHORTENED:
                yield Proposal("case", case, "sentence", rule.id)


def _shortened(case: str) -> str:
    """A long *case* without who does it, when, and the things listed before the one that it is told of."""
    for rule in rules_of("frame.shorten.case"):
        case = rule.pattern.sub("", case) if len(case) > _LONGEST_CASE else case
    return case


def _cases_of_heading(around: Zones) -> Iterator[Proposal]:
    """The case that the heading of the article names: 违反附属设施规定的责任."""
    for rule in rules_of("frame.heading_case"):
        if match := rule.pattern.search(around.topic):
            yield Proposal("case", cleaned("case", match["case"]), "heading", rule.id)


def _parts(frame: Frame, around: Zones) -> Iterator[Proposal]:
    """What a share or pace is of: the metric of the number before, else what the sentence before measured."""
    pace = frame.said("pace")
    if _TARGET in frame.wanted:
        yield from _contributors(around)
        return
    of_share = "pace" in frame.wanted and (not pace or pace.startswith(_SHARES))
    for antecedent in reversed(around.before):
        whole = pattern_of("phrase.share_of").sub("", antecedent.metric) or antecedent.metric
        whole = whole if of_share else amount_of(whole)
        yield Proposal("part", _without_pace(whole), "clause", "the number before")
    if around.carried:
        yield Proposal("part", around.carried, "before", "what the sentence before measured")
    if _NAMES.search(around.topic):
        yield Proposal("part", around.topic, "heading", "the heading or row")


def _contributors(around: Zones) -> Iterator[Proposal]:
    """What contributes to a whole: what a number before measures, without the share or contribution that it is of."""
    for antecedent in reversed(around.before):
        bearer = pattern_of("phrase.share_told").sub("", antecedent.metric)
        if bearer and not bearer.endswith(_RATIOS):
            yield Proposal("part", _without_pace(bearer), "clause", "the number before")


def _without_pace(metric: str) -> str:
    return next((metric.removesuffix(tail) for tail in _NO_PACE if metric.endswith(tail)), metric)


def _measures(around: Zones) -> Iterator[Proposal]:
    """The measure that a class leaves unsaid: that of the nearest number before that ends in one, else of the clause."""
    for antecedent in reversed(around.before):
        measure = measure_at_end(antecedent.metric)
        if measure and not measure.endswith(_RATIOS):
            yield Proposal("measure", measure, "clause", "the measure of the number before")
    clause = around.words.rpartition("，")[0].rpartition("，")[2].removesuffix("中")
    if measure := measure_at_end(clause):
        yield Proposal("measure", measure, "sentence", "the measure of the clause before")


def _bases(around: Zones) -> Iterator[Proposal]:
    """What a share is granted of: what the sentence takes it by (按年度贡献额给予…), else the merit itself."""
    for rule in rules_of("frame.base"):
        for match in reversed(list(rule.pattern.finditer(around.case))):
            yield Proposal("base", cleaned("base", match["base"]), "sentence", rule.id)
    yield from merits(around.case, around.topic, around.place, around.size)


def _limited(around: Zones, kinds: Sequence[tuple[str, ...]]) -> Iterator[Proposal]:
    """The term that a further bound is of: the nearest before by its name, one of an earlier kind of *kinds* first."""
    for tails in kinds:
        for antecedent in reversed(around.before):
            if antecedent.metric.endswith(tails):
                yield Proposal("limited", antecedent.metric, "clause", "the term before")


def _granted(around: Zones) -> Iterator[Proposal]:
    """The grant that a cap is of: that of the nearest number before which grants something, else of the heading."""
    for antecedent in reversed(around.before):
        for rule in rules_of("frame.granted"):
            if match := rule.pattern.search(antecedent.metric):
                yield Proposal("granted", match["granted"], "clause", rule.id)
    for rule in rules_of("frame.granted_title"):
        if match := rule.pattern.search(around.topic):
            yield Proposal("granted", match["granted"], "heading", rule.id)


def _allowances(noun: str, around: Zones) -> Iterator[Proposal]:
    """The name of the grant that receivers have a rate of: of the nearest number before, of the sentence, of the heading.

    What the receivers' *noun* ends in already is said once (创业培训 + 培训补贴 → 创业培训补贴).
    """
    for rule in rules_of("frame.allowance"):
        found = [(match, "clause") for one in reversed(around.before) if (match := rule.pattern.search(one.metric))]
        found += [(match, "sentence") for match in reversed(list(rule.pattern.finditer(around.words)))]
        found += [(match, "heading") for match in rule.pattern.finditer(around.topic)]
        for match, zone in found:
            name = match["allowance"]
            said = next((size for size in range(len(name) - 2, 1, -1) if noun.endswith(name[:size])), 0)
            yield Proposal("allowance", name[said:], cast("Zone", zone), rule.id)


def _rates(around: Zones) -> Iterator[Proposal]:
    """The rate that those listed under a heading have: named by the heading, or by the sentence before it."""
    for rule in rules_of("frame.rate"):
        if match := rule.pattern.search(around.topic):
            yield Proposal("rate", match["rate"], "heading", rule.id)


def _bounds(around: Zones) -> Iterator[Proposal]:
    """The measure that a further bound is of: what the nearest number before measures that grants nothing."""
    for antecedent in reversed(around.before):
        if not any(rule.pattern.search(antecedent.metric) for rule in rules_of("frame.granted")):
            yield Proposal("bound", antecedent.metric, "clause", "the bound before")
