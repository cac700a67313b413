"""Whether a Chinese numeral with its measure word counts (新建三座) or belongs to a phrase (三座大山)."""

from __future__ import annotations

import re
from typing import Final

from extractors.language.tokens import tag_of
from extractors.numbers.units import unit_of
from extractors.quantities.candidates.grammar import UNKNOWN, Measure

_LARGE: Final = 11
_SURELY: Final = 10**4
"""So large a number measures, whatever else its unit may be (三千六百亿度, but 热度)."""
_TIMES_AS_MUCH: Final = frozenset({"倍"})
"""Units of which one is a value and no article (增加近一倍)."""
_FREQUENCY: Final = re.compile(
    r"(?:每[半两三]?个?(?:年|季|月|周|旬|天|日|学期|学年|人|户|村|镇|乡|县|市|区|省|街|校|班|园|企业|单位|部门|家|处|名|次)[^，。；“”]{0,16}"
    r"|不(?:得|能)?(?:少于|低于|超过|高于|多于|足)|(?:至少|最多|最少|至多)[^，。；“”、]{0,24}|超过|低于|高于|连续|累计|[只仅][^，。；“”、]{0,6})$"
)
_BUILT: Final = re.compile(
    r"(?:各|分别|共|约|近|过|(?:新建|建成|建设|完成|新增|培育|引进|打造|创建|举办|开展|组织|改造|评选|奖励|设立|选派|招聘|配备|安排|争创|申报|落户"
    r"|推进|推出|开通|发展|培养|购置|增设|增加|减少|布局|实施|签约|开工|竣工|投产|招引|承办|修建|扩建|获批|认定)(?:[^，。；、]{0,4}|[^，。；]{1,24}、))$"
)
_BOUND: Final = re.compile(r"及?以[上下内]|左右")
_AFTER: Final = re.compile(r"(?:及?以[上下内]|左右|之内|内|[，。；、）]|$)")
_ARTICLE_AFTER: Final = re.compile(r"(?:及?以[上下内]|左右|[，。；、）]|$)")
_WITHIN: Final = re.compile(r"(?:以|之)?内(?![容部外])")
_TERMS: Final = frozenset({"time", "days", "working_days", "months", "terms"})
"""Dimensions whose single unit is a limit where 内 follows (一周内)."""
_EVENTS: Final = frozenset({"批", "批次", "届", "轮", "次", "回", "场", "场次"})
"""Units whose counts are events, whatever is done in them (三批政策清单)."""
_ABSTRACT: Final = re.compile(
    r"(?:重大|重点|核心|主要|政策|改革)?(?:机制|制度|工程|行动|体系|方面|清单|转变|关系|环节|重点|原则|任务|要求|举措|措施|政策|规定|意见|禁令|工作(?![站室点者坊])|计划|责任|档次|等次|等级|层次|层面|阶段|类别|方向|领域|标准)"
)
_AGAIN: Final = re.compile(r"(?:[又再这那同某另唯单统第逐每的之新近全]|关键|过去|(?<!主)任)$")


def counts(text: str, one: Measure) -> bool:
    """Whether the measure *one* measures something in *text*.

    A Chinese numeral counts only where the words around say so, and a unit that the table lacks only where the
    dictionary knows it as a measure word (tag q).
    """
    if one.unit_rule == UNKNOWN:
        return one.unit.isascii() or tag_of(one.unit) == "q"
    if one.rule_id != "quantity.chinese":
        return True
    unit = unit_of(one.unit)
    use = "free" if unit is None else unit.chinese
    if one.unit in _TIMES_AS_MUCH:
        return True
    if use == "never":
        return one.low >= _SURELY or (one.low >= _LARGE and _BOUND.match(text, one.end) is not None)
    if one.approximate and one.is_range:
        return True
    before, after = text[max(0, one.start - 16) : one.start], text[one.end : one.end + 12]
    if use == "free" and not (one.low == 1 and one.unit in ("人", "户", "天", "日", "元", "米", "亩", "株")):
        return one.low != 1 or _AGAIN.search(before) is None
    if _FREQUENCY.search(before):
        return True
    if one.low == 1 and unit is not None and unit.dimension in _TERMS and _WITHIN.match(after):
        return _AGAIN.search(before) is None
    if one.low == 1:
        return _AGAIN.search(before) is None and _ARTICLE_AFTER.match(after) is not None and bool(before)
    if one.unit not in _EVENTS and _ABSTRACT.match(after):
        return False
    if one.low >= _LARGE:
        return True
    return _BUILT.search(before) is not None or _AFTER.match(after) is not None
