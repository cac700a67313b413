"""What a number leaves unsaid because words before it said it: a change, a part, a verb's object, what a measure is of.

The zones are asked in one order: the number's own words, the comma clause before, the numbers before (其中: the whole),
the row, the sentence before.
"""

from __future__ import annotations

import re
from typing import Final

from extractors.numbers.units import TERMS
from extractors.quantities.candidates.candidate import Candidate
from extractors.quantities.frames.bearers import completed
from extractors.quantities.frames.direct import at_level
from extractors.quantities.frames.frame import AGAINST, Frame, made
from extractors.quantities.frames.measures import ends_in_measure, measure_at_end
from extractors.quantities.frames.view import View
from extractors.quantities.frames.words import (
    amount_of,
    borne_by,
    changes,
    deeds_only,
    first_found,
    is_deed,
    is_share,
    leading_verb,
    matches,
    modifies_only,
    without_change,
    without_verb,
    words_of,
)
from extractors.rules.registry import pattern_of, rules_of_all

PART: Final = "construction.part"
BY_DIMENSION: Final = "construction.by_dimension"
"""The rule of a number that nothing names."""
_REGION: Final = re.compile(r"^[全我本][国省市县区州旗]")
_PACES: Final = ("增速", "增幅", "涨幅", "降幅", "跌幅")
_PARTS: Final = "其中"
_PEOPLE: Final = "people"
_RATIOS: Final = ("率", "比重", "占比", "比例")
"""The end of what no deed brings about (城镇化率达63%，新增…)."""
_RATE: Final = re.compile(r"[一-鿿]{2}率$")
_OF_BODIES: Final = frozenset({"张", "辆", "台", "册"})
"""Units of what bodies have: 床位1225张，其中民营医院80张."""
_TERM: Final = "期限"
_CHANGES: Final = ("indicator.change_only", "indicator.same_period", "indicator.compared_base")
_PER_HEAD: Final = ("人均", "户均")
_SHORTEST_HEAD: Final = 2
_LONGEST_OBJECT: Final = 16


def _may_be_change(view: View) -> bool:
    """Whether the words before the number hold what a change, or what it is held against, is told by."""
    return bool(rules_of_all(_CHANGES, view.sentence.signs_of_part(view.core)))


def change(view: View) -> Frame | None:
    """A change of what was measured before (总额286.4亿元，同比增长7.2%; 由41%提高到60%)."""
    core = view.core
    if core and not _may_be_change(view):
        return None
    deed = matches("indicator.change_only", core)
    same = matches("indicator.same_period", core)
    base = matches("indicator.compared_base", core)
    if (core and not deed and not same and not base) or (not core and _of_another_kind(view)):
        return None
    before = view.amount_before() or (_said_in_sentence_before(view) if core and not same else "")
    led = pattern_of("phrase.led_to").search(view.window) is not None
    grown = without_change(view.previous())
    if not core and not view.is_share() and grown != view.previous() and is_share(_before_it(view)):
        before, led = grown, True  # 水泥增长5%、达9万吨，电缆增长7%、达3万米: of the growth just told
    if not led and not view.candidate.unit.endswith("百分点") and amount_of(before) != before:
        before = view.said_of()
    if not before:
        return None
    if base:
        return made("construction.change", "{part}", part=without_change(before))
    head = without_change(before if view.is_share() else pattern_of("phrase.share_of").sub("", before) or before)
    if same:
        return made("construction.change", "{part}", part=head)
    if deed:
        said = "" if matches("indicator.change_of_accounts", deed["deed"]) else deed["deed"]
        return made("construction.change", "{part}{change}", part=head, change=said)
    if first_found("indicator.compared", view.window):
        return made("construction.change", "{part}", part=without_change(before))
    led = led or (not view.is_share() and bool(pattern_of("phrase.share_of").search(before)))
    return made("construction.change", "{part}", part=head if led else before)


def _before_it(view: View) -> Candidate:
    return view.sentence.mentions[view.index - 1].candidate


def _said_in_sentence_before(view: View) -> str:
    """What the sentence before measured last in the number's own unit, else of what it spoke (…90万人。平均每年增加1万人)."""
    alike = [phrase for unit, phrase in view.around.wholes if unit == view.candidate.unit and phrase]
    return alike[-1] if alike else view.around.carried or view.around.topic


def _of_another_kind(view: View) -> bool:
    """Whether a bare number is of another dimension than that before, which its dimension alone names (超过1小时4元)."""
    if view.last is None or view.last.rule_id != BY_DIMENSION or view.is_share():
        return False
    last = view.sentence.mentions[view.index - 1].candidate
    return not is_share(last) and last.dimension != view.candidate.dimension


def change_of_topic(view: View) -> Frame | None:
    """A change, or a number with no words at all, of what the clause before is about (固定资产投资由负转正，同比增长3%)."""
    if view.core and not _may_be_change(view):
        return None
    deed = matches("indicator.change_only", view.core)
    same = matches("indicator.same_period", view.core)
    if view.core and not deed and not same:
        return None
    topic = view.clauses.topic_before(view.index)
    said = deed["deed"] if deed else ""
    return (
        made("construction.change_of_topic", "{part}{change}", "sentence", part=topic, change=said) if topic else None
    )


def against_others(view: View) -> Frame | None:
    """How far a pace just named is from that of others (增长6.1%，高于全省0.3个百分点), or from what was set, which is said."""
    before = view.said_of() if view.index else ""
    if not before or not matches("indicator.against", view.core):
        return None
    last = view.previous()
    head = without_change(last if pattern_of("phrase.share_told").search(last) else before)
    pace = "增速" if without_change(last) != last and not head.endswith(_PACES) else ""
    again = view.last is not None and view.last.rule_id == AGAINST
    pace = view.last.said("pace") if again and view.last is not None else pace
    template = "{part}{pace}{core}" if pattern_of("phrase.schedule").search(view.core) else "{part}{pace}"
    return made(AGAINST, template, part=head, pace=pace, core=view.core)


def part(view: View) -> Frame | None:
    """A part of the number before (其中早稻39万亩, 其中过10亿元项目3个, 其中国家级1个, 其中税收占比71%)."""
    before = view.previous(alike=True)
    if not before or not view.core or not (_among(view) or _goes_on_with_parts(view)):
        return None
    if changes(view.core):
        return None
    share = matches("indicator.share_of_whole", view.core)
    if share and view.candidate.unit in ("%", ""):
        whole = without_change(view.previous())
        if whole.endswith(_RATIOS):  # 机组占比超91%，其中风电机组占比超72%
            return made(PART, "{part}", part=view.core)
        inside = share["part"][-_SHORTEST_HEAD:] == whole[-_SHORTEST_HEAD:]
        template = "{whole}中{part}占比{change}" if inside else "{part}占{whole}比重{change}"
        whole = whole if inside else without_verb(whole)
        return made(PART, template, part=share["part"], whole=whole, change=share["change"] or "")
    if view.candidate.unit in _OF_BODIES and matches("indicator.of_people", view.core):
        return made(PART, "{part}{whole}", "whole", part=view.core, whole=words_of(_whole(view, before))[-1])
    if view.candidate.dimension == _PEOPLE and matches("indicator.of_people", view.core):
        return made(PART, "{part}{whole}", "whole", part=view.core, whole=_whole(view, before))
    rate = _RATE.search(before) if view.is_share() and not view.core.endswith(_RATIOS) else None
    part = view.core + rate[0] if rate else inherit(view.core, before)
    return made(PART, "{part}", "whole", part=part)


def _among(view: View) -> bool:
    """Whether a word for parts of a whole opens the number's clause, with a comma behind it or none."""
    mention = view.mention
    opened = view.sentence.text[: mention.left].rstrip("，：")
    return _PARTS in view.window or (opened.endswith(_PARTS) and mention.left > len(opened))


def _whole(view: View, before: str) -> str:
    """The people of whom parts are counted: what the first of them is a part of, else what the number *before* counts."""
    whole = view.last.said("whole") if view.last is not None and view.last.rule_id == PART else ""
    return whole or _REGION.sub("", without_verb(before))


def _goes_on_with_parts(view: View) -> bool:
    if not view.mention.listed or view.last is None or view.last.rule_id != PART:
        return False
    return view.sentence.mentions[view.index - 1].candidate.unit == view.candidate.unit


def inherit(core: str, before: str) -> str:
    """*core* with what it leaves unsaid taken from the phrase *before*: level, verb, or measure."""
    if matches("indicator.measure_alone", core):
        return borne_by(before) + core
    if is_deed(core):
        return core + pattern_of("phrase.planned_deed").sub("", without_verb(before))
    if pattern_of("phrase.of_size").search(core):
        return core + without_verb(before)
    if core.endswith(("承担", "负担")):
        return core + before
    if matches("indicator.level", core):
        return at_level(core, before) or leading_verb(before) + core + without_verb(before)
    measure = first_found("indicator.measure_tail", before)
    if measure and not first_found("indicator.measure_tail", core) and not first_found("indicator.money_noun", core):
        return core + (measure[0][-2:] if core[-1] in "播种植养" else measure[0])
    verb = leading_verb(before)
    return core if leading_verb(core) or core.startswith(verb) else verb + core


def consequence(view: View) -> Frame | None:
    """Whom the thing before it benefits (改造老旧小区58个，惠及居民4300余户)."""
    before = view.previous()
    if not before or not matches("indicator.consequence", view.core):
        return None
    if matches("indicator.reaching", view.core) and view.behind and view.candidate.dimension == "count":
        return made("construction.consequence", "{core}{behind}", core=view.core, behind=view.behind)
    limit = view.sentence.mentions[view.index - 1].candidate.dimension in TERMS  # 时限压缩至7天，惠及企业3万户
    bare = len(view.core) <= _SHORTEST_HEAD  # 标准提高到200元，惠及89万人
    own = pattern_of("phrase.own_gain").search(view.core)
    part = "" if limit or own or (ends_in_measure(before) and not bare) else before
    return made("construction.consequence", "{part}{core}", part=part, core=view.core)


def measure_alone(view: View) -> Frame | None:
    """A measure whose bearer was named before (粮食播种面积118万亩，总产量50万吨 → 粮食总产量)."""
    core = view.core
    if matches("indicator.per_head", core) and view.same_item() and (head := view.said_of().partition(core[:2]))[1]:
        return made("construction.measure_alone", "{bearer}{core}", bearer=head[0], core=core) if head[0] else None
    if not matches("indicator.measure_alone", core) or matches("indicator.total_of_accounts", core):
        return None
    if view.index and pattern_of("phrase.added").match(view.sentence.window(view.sentence.mentions[view.index - 1])):
        return None
    if view.last is not None and view.last.rule_id == PART and core.startswith(_PER_HEAD):
        return None
    before = view.said_of() if view.index and (view.same_item() or view.around.in_row) else ""
    if view.index and view.sentence.mentions[view.index - 1].candidate.is_ranking:
        before = pattern_of("phrase.rank_among").sub("", before)
        before = "" if borne_by(before) == before else before  # 经济总量居第3位，发电量120亿度: not of what was ranked
    bearer = _bearing(view.clauses.clause_before(view.mention.left))
    bearer = bearer or (
        _bearing(_sized(before, core) or borne_by(before))
        if before
        else view.around.topic
        if view.around.in_row
        else ""
    )
    bearer = bearer.removesuffix(core)
    if core.startswith(_TERM):
        bearer = _without_measure(bearer)
    if not bearer or matches("indicator.bears_nothing", bearer):
        return None
    return completed(view, made("construction.measure_alone", "{bearer}{core}", bearer=bearer, core=core))


def _without_measure(bearer: str) -> str:
    """*bearer* of a term without the measure that the number before gave of it (贷款额度30万元，期限3年 → 贷款期限)."""
    rest = bearer.removesuffix(measure_at_end(bearer))
    return rest if len(rest) >= _SHORTEST_HEAD else bearer


def _sized(before: str, core: str) -> str:
    """Revenue or spending *before* a size that is its own (预算收入增长5%，规模达到27亿元 → 预算收入规模)."""
    match = pattern_of("phrase.sized").fullmatch(f"{without_change(before)}⟨{core}⟩")
    return match["flow"] if match else ""


def _bearing(words: str) -> str:
    """*words* where they may bear a measure: what is left of 建筑面积 is none."""
    return "" if pattern_of("phrase.no_bearer").fullmatch(words) else words


def capped(view: View) -> Frame | None:
    """A bound of the grant before it, for one receiver or period (…给予补助，单户最高50万元)."""
    before = view.previous()
    if not before or view.candidate.dimension != "money" or not modifies_only(view.core):
        return None
    grant = pattern_of("phrase.share_behind").sub("", before)
    return made("construction.capped", "{core}{part}", core=view.core, part=grant) if grant else None


def of_place_class(view: View) -> Frame | None:
    """The rate of a class of places that was told of another one (城市污水处理率达到96%、县城达到88%)."""
    name = pattern_of("phrase.place_class")
    before = view.previous(alike=True) if view.is_share() and name.fullmatch(view.core) else ""
    first = name.match(before)
    if first is None or len(before) - first.end() < _SHORTEST_HEAD:
        return None
    return made("construction.of_place_class", "{name}{said}", name=view.core, said=before[first.end() :])


def in_parallel(view: View) -> Frame | None:
    """What the clause before measured of one of a class, of the next of it (东部地区人口占40%，中部地区占26%)."""
    one = pattern_of("phrase.one_of_class").fullmatch(view.core)
    if one is None or not view.index:
        return None
    before, name = view.previous(alike=True), one["name"]
    alike = view.sentence.mentions[view.index - 1].candidate.unit == view.candidate.unit
    end = before.find(name[-_SHORTEST_HEAD:]) + _SHORTEST_HEAD
    said = before[end:] if alike and end >= len(name) - 1 else ""
    if len(said) < _SHORTEST_HEAD or before.startswith(name) or "、" in before[:end]:
        return None
    return made("construction.in_parallel", "{name}{said}", name=name, said=said)


def verb_alone(view: View) -> Frame | None:
    """A verb whose object was named before (累计新增6家，6月底前累计新增18家; 推广智能终端，免费安装10万台)."""
    core, before = view.core, view.previous(alike=True)
    if core and before:
        if core in ("累计", "合计", "共计"):
            return made("construction.verb_alone", "{part}", part=without_verb(before))
        if is_deed(core) and not before.endswith(_RATIOS):
            verb = core.removeprefix("累计").removeprefix("再")
            if verb in before:
                return made("construction.verb_alone", "{part}", part=before)
            if not view.same_item():  # 完成植树36万株；…，出动5000人次: another deed
                return _deed_of_clause(view)
            if deeds_only(before):
                return made("construction.verb_alone", "{verb}", verb=verb)
            if (actor := _actor(before)) and view.mention.listed:
                return made("construction.verb_alone", "{part}{verb}", verb=verb, part=actor)
            return made("construction.verb_alone", "{verb}{part}", verb=verb, part=without_verb(before))
    return _deed_of_clause(view)


def _actor(before: str) -> str:
    """What does what *before* says it does (新能源开工 → 新能源), where its verb stands at the end."""
    words = words_of(before)
    acts = len(words) > 1 and is_deed(words[-1]) and not leading_verb(before)
    return "".join(words[:-1]) if acts else ""


def _said_before(view: View, verb: str) -> str:
    """*verb* with the object that it had in an earlier clause (发行特别国债，专项用于…，今年先发行1万亿元)."""
    text, left = view.sentence.text, view.mention.left
    start = text.rfind(verb, 0, left)
    if start < 0 or any(start <= one.start < left for one in view.sentence.mentions):
        return ""
    end = next((at for at in range(start, left) if text[at] in "，；。：、"), left)
    return text[start:end] if end - start - len(verb) in range(_SHORTEST_HEAD, _LONGEST_OBJECT) else ""


def _deed_of_clause(view: View) -> Frame | None:
    core = view.core
    if not core or view.is_share():
        return None
    if modifies_only(core) and (deed := view.clauses.deed_before(view.index)):
        return made("construction.deed_alone", "{core}{deed}", "sentence", core=core, deed=deed)
    core = _REGION.sub("", core)
    if not deeds_only(core):
        return None
    if again := _said_before(view, leading_verb(core) or core):
        return made("construction.deed_alone", "{deed}", "sentence", deed=again)
    thing = "" if pattern_of("phrase.sum").search(core) else view.clauses.object_before(view.index)
    if not thing or thing in core:
        return None
    return made("construction.deed_alone", "{core}{object}", "sentence", core=core, object=thing)
