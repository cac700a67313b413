"""Ranks and shares: what is ranked, and among whom; which part of what a share is."""

from __future__ import annotations

import re
from typing import Final

from extractors.quantities.frames.frame import Frame, made
from extractors.quantities.frames.view import View
from extractors.quantities.frames.words import bearer_of, is_bare, matches, tidy, without_change
from extractors.rules.registry import pattern_of

_PART_OF: Final = frozenset({"frame.ratio.part_of", "construction.against_others"})
_TELLING: Final = 5
"""Length of a deed that says what its share is without its base (缴纳失业保险费)."""
_PACE: Final = "增速"
_PLACE: Final = "排名"
_OWN_WORD: Final = re.compile(r"^的?(?:(?:比例|标准)(?=.{4}))?")
"""A share's own word between it and the deed (按不低于2%的比例配备…)."""


def rank(view: View) -> Frame | None:
    """A rank: what is ranked, and among whom (园区综合排名进入全市前3; 总额增长6%、规模升至全国第7位 → 总额规模)."""
    if not view.candidate.is_ranking:
        return None
    core = pattern_of("phrase.rank_verb").sub("", pattern_of("phrase.rank_lasting").sub("", view.core))
    before = view.previous()
    if view.last is not None and view.last.rule_id in _PART_OF:
        before = view.last.said("part")  # 增量占全国18.7%、居全国第一: the part is ranked, not its share
    whole = ""
    if before and (core == "" or pattern_of("phrase.rank_bare").fullmatch(view.window)):
        core, whole = "", _ranked_before(before)
    elif before and (paced := pattern_of("phrase.rank_of_pace").fullmatch(view.core)):
        core, whole = paced["pace"], without_change(before).removesuffix(_PACE)
    elif before and (core == _PACE or matches("indicator.region", core.removeprefix(_PACE))):
        whole = without_change(before).removesuffix(_PACE)
    elif before and core and is_bare(pattern_of("phrase.rank_among").sub("", core) or core):
        whole = bearer_of(pattern_of("phrase.rank_among").sub("", _ranked_before(before))) or ""
    if not core or matches("indicator.region", core):
        whole = whole or (pattern_of("phrase.rank_among").sub("", before) if before else view.around.topic)
    ranked = "" if pattern_of("phrase.rank_word").search(whole + core) else _PLACE
    return made("construction.rank", "{whole}{core}{rank}", whole=whole, core=core, rank=ranked)


def _ranked_before(before: str) -> str:
    """What the number before measures, as the thing ranked: without its change, pace or own rank."""
    return without_change(before).removesuffix(_PACE).removesuffix(_PLACE)


def share_of_deed(view: View) -> Frame | None:
    """A share before what it is a share of, or before what is done (引进项目100%符合规划 → …比例)."""
    behind, unit = view.behind, view.candidate.unit
    if unit not in ("%", "‰", "") or view.candidate.is_ranking or not behind or matches("indicator.no_noun", behind):
        return None
    deed = tidy(pattern_of("phrase.only_then").sub("", _OWN_WORD.sub("", behind)))
    counts = not unit and (view.candidate.low or 0) > 1  # 覆盖2.3万企业: a count whose unit nothing says
    tail = "" if counts else "比例"
    if deed.endswith(("率", "比例", "占比", "罚款")):
        tail = ""
    elif deed in ("覆盖", "达标", "合格"):
        tail = "率"
    core = view.core
    if taken := pattern_of("phrase.taken_of").fullmatch(core):
        core = "" if len(deed) >= _TELLING else taken["base"]
    return made("construction.share_of_deed", "{core}{deed}{tail}", core=core, deed=deed, tail=tail)
