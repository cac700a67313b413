"""The direct construction and its list: the words before a number name what it measures (X达到N; 申报A 8家、B 100家)."""

from __future__ import annotations

import re
from typing import Final

from extractors.quantities.frames.bearers import completed
from extractors.quantities.frames.frame import Frame, made
from extractors.quantities.frames.measures import ends_in_measure
from extractors.quantities.frames.view import View
from extractors.quantities.frames.words import first_found, leading_verb, matches, without_change, without_light_verb
from extractors.rules.registry import pattern_of, rules_for, rules_of

SIDE: Final = re.compile(r"(?:收入|支出|进口|出口|存款|贷款)$")
"""The side of an account or a trade, whose other side is named by its last word alone (预算收入和支出)."""
_LONGEST_TWIN: Final = 4
_SHORTEST_HEAD: Final = 2
_SHORTEST_ITEM: Final = 3
_BOUNDS: Final = (">=", ">", "<=", "<")


def listed(view: View) -> Frame | None:
    """The next item of a list that shares its verb (申报高新技术企业8家、科技型中小企业100家)."""
    core, before = view.core, view.previous()
    if not before or not core:
        return None
    if matches("indicator.counterpart", core) and (side := SIDE.search(without_change(before))) and side[0] != core:
        return made("construction.listed", "{front}{core}", front=before[: side.start()], core=core)
    if not view.mention.listed:
        return None
    if first_found("indicator.measure_tail", core):
        return None
    if same := at_level(core, before):
        return made("construction.listed", "{same}", same=same)
    shared = _common_tail(core, before)
    front = before[: -len(core)]
    twin = len(core) <= _LONGEST_TWIN and len(before) > len(core) > shared >= _SHORTEST_HEAD
    if twin and not leading_verb(core) and front.count("“") == front.count("”"):
        return made("construction.listed", "{front}{core}", front=front, core=core)
    verb = leading_verb(before)
    verb = "" if core.startswith(verb) or leading_verb(core) or _bounds(view) else verb
    return completed(view, made("construction.listed", "{verb}{core}", verb=verb, core=core))


def at_level(level: str, before: str) -> str:
    """What the number before measures at another *level* alone (省级研发平台30家、市级80家); empty where it names no level."""
    inside = first_found("indicator.level_inside", before) if matches("indicator.level", level) else None
    return before[: inside.start()] + level + before[inside.end() :] if inside else ""


def _bounds(view: View) -> bool:
    """Whether the number bounds what a case must meet: what it measures then stands on its own."""
    return view.kind == "standard" and view.candidate.comparator in _BOUNDS


def _common_tail(one: str, other: str) -> int:
    length = 0
    while length < min(len(one), len(other)) and one[-1 - length] == other[-1 - length]:
        length += 1
    return length


def direct(view: View) -> Frame | None:
    """The words before the number as they stand; a share without a measure word gets one (占…75%以上 → 占…比重)."""
    core = view.core
    if not core:
        return None
    if pattern_of("phrase.no_head").fullmatch(core):
        topic = view.clauses.topic_before(view.index) or without_change(view.previous() or view.around.carried)
        return made("construction.direct", "{topic}{core}", topic=topic, core="" if topic else core)
    for rule in rules_for("indicator.comparison", view.sentence.signs_of_part(core)):
        core = rule.pattern.sub("", core)
    core = _bounded_item(view, core)
    examples = matches("indicator.examples", core)
    if examples and (verb := leading_verb(core)):
        return made("construction.direct", "{verb}{head}", verb=verb, head=examples["head"])
    for rule in rules_of("indicator.share_of_subject"):
        if rule.pattern.match(core):
            whole = view.said_of() if view.index else ""
            whole = without_change(whole) if whole else view.around.topic
            measure = "" if ends_in_measure(without_change(core)) else rule.value or ""
            return made("construction.direct", "{part}{core}{measure}", part=whole, core=core, measure=measure)
    return completed(view, made("construction.direct", "{core}", core=without_light_verb(core)))


def _bounded_item(view: View, core: str) -> str:
    """The last item of a list of conditions, which the bound alone is of (开通观光巴士、运营车辆不少于6部 → 运营车辆)."""
    last = core.rpartition("、")[2]
    if last == core or not _bounds(view) or not leading_verb(core) or leading_verb(last):
        return core
    return last if len(last) >= _SHORTEST_ITEM else core
