"""Indicators: the noun phrase that a number measures, found by a short ordered list of strategies.

Each strategy looks at one mention in its sentence and says the phrase, or nothing; the first that speaks wins, and
its name is kept for audits. They read phrases (:mod:`extractors.language.noun_phrases`), not raw characters: time words,
modal verbs and predicates are peeled off before a strategy looks at what stands before a number.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final

from extractors.language.noun_phrases import phrases
from extractors.quantities.description.deadline import TimeExpression
from extractors.quantities.description.sentences import BOUNDARIES, Mention, Sentence
from extractors.quantities.indicators.articles import attribute, in_circumstances, provided
from extractors.quantities.indicators.bearers import bearer_of, completed, is_bare
from extractors.quantities.indicators.cases import conditional, grant_alone, sanctioned, time_limit
from extractors.quantities.indicators.distributed import distributed
from extractors.quantities.indicators.elisions import (
    against_others,
    capped,
    changed_topic,
    deed_alone,
    of_the_aim,
    served,
)
from extractors.quantities.indicators.lists import changed, consequence, listed, measure_alone, part_of_it, verb_alone
from extractors.quantities.indicators.reading import (
    Named,
    Reading,
    Surroundings,
    is_share,
    leading_verb,
    matches,
    tidy,
    without_change,
    without_light_verb,
)
from extractors.quantities.indicators.thresholds import threshold
from extractors.rules.registry import rules_of

__all__ = ["STRATEGIES", "Named", "indicators", "leading_verb"]

LONGEST_INDICATOR: Final = 60
_FARTHEST_CLAUSE: Final = 60
_TOWARDS: Final = re.compile(r"^对(?![外口接标照]|[^，]{2,8}(?:进出口|出口|进口|贸易))(?=[^，]{4})")
_PACE: Final = "增速"
_SPENT: Final = frozenset({"投资", "总投资", "投入", "计划投资", "预计投资"})
_RANK_VERBS: Final = re.compile(
    r"(?:力争|继续|均)?(?:继续)?(?:稳?居|保持)(?=全|$)|力争|进入|挺进|跻身|进位|位居|位列|保持在|稳定在|均?排(?!名|位)"
)
_RANKED_AMONG: Final = re.compile(r"全[国省市县区州](?:省级园区)?(?:排名)?$|排名$")
_AFTER_A_LIST: Final = re.compile(r"等(?:约|共|共计)?$")

Strategy = Callable[[Reading, int], str | None]


def indicators(
    sentence: Sentence, times: Sequence[TimeExpression], kinds: Sequence[str], around: Surroundings
) -> list[Named]:
    """What each mention of *sentence* measures, in order."""
    masked = list(sentence.text)
    for mention in sentence.mentions:
        masked[mention.start : mention.end] = "," * (mention.end - mention.start)
    reading = Reading(sentence, phrases("".join(masked), _regions(sentence)), times, kinds, around)
    for index in range(len(sentence.mentions)):
        reading.named.append(_name(reading, index))
    return reading.named


def _regions(sentence: Sentence) -> list[tuple[int, int]]:
    """What has to be analysed: each window with the comma clause before it, and the words behind its number."""
    regions: list[tuple[int, int]] = []
    for mention in sentence.mentions:
        edge = max(0, mention.left - 1)
        start = max((sentence.outline.rfind(sign, 0, edge) for sign in BOUNDARIES), default=-1) + 1
        start = max(0, min(start, mention.left), mention.left - _FARTHEST_CLAUSE)
        if regions and start <= regions[-1][1]:
            regions[-1] = (regions[-1][0], max(regions[-1][1], mention.right))
        else:
            regions.append((start, mention.right))
    return regions


def _name(reading: Reading, index: int) -> Named:
    for strategy in STRATEGIES:
        phrase = strategy(reading, index)
        if phrase:
            whole = completed(reading, index, phrase) if strategy in _MAY_BE_BARE else phrase
            reading.bearer = reading.bearer if whole != phrase else ""
            phrase = _TOWARDS.sub("", whole)
            return Named(phrase[:LONGEST_INDICATOR], strategy.__name__)
    fallback = reading.around.topic or reading.sentence.text.strip("，。；：、")
    return Named(fallback[:LONGEST_INDICATOR], "topic")


def bracketed(reading: Reading, index: int) -> str | None:
    """A number alone in brackets behind its name: 建设密度（≥36%）."""
    mention = reading.sentence.mentions[index]
    text = reading.sentence.text
    if mention.left != mention.start or text[mention.start - 1 : mention.start] != "（":
        return None
    end = mention.start - 1
    start = end
    while start > 0 and text[start - 1] not in "，。；：、（）和与及":
        start -= 1
    return reading.trimmed(start, end) or None


def ranking(reading: Reading, index: int) -> str | None:
    """A rank: what is ranked, and among whom (园区综合排名进入全市前3)."""
    mention = reading.sentence.mentions[index]
    if not mention.candidate.is_ranking:
        return None
    core = _RANK_VERBS.sub("", reading.core(mention))
    before = reading.previous()
    if before and (core == _PACE or matches("indicator.region", core.removeprefix(_PACE))):
        core = without_change(before).removesuffix(_PACE) + core
    elif before and core and is_bare(_RANKED_AMONG.sub("", core) or core):
        core = (bearer_of(before) or "") + core
    if not core or matches("indicator.region", core):
        subject = _RANKED_AMONG.sub("", before) if before else reading.around.topic
        core = subject + core if subject else core
    return core if re.search(r"排名|排位|名次|位次", core) else core + "排名"


def funds(reading: Reading, index: int) -> str | None:
    """Money that is set aside: named by what it is for (安排资金200万元，支持育秧中心建设)."""
    mention = reading.sentence.mentions[index]
    core = reading.core(mention)
    if core in _SPENT:
        spent = _purpose(reading, mention, "indicator.invested")
        return spent + core[-2:] if spent else None
    if not matches("indicator.funds", core):
        return None
    purpose = _purpose(reading, mention, "indicator.purpose") or reading.around.topic
    return purpose + core if purpose else None


def _purpose(reading: Reading, mention: Mention, prefix: str) -> str:
    """What the words behind an amount of money say that it is for, by the rules of *prefix*."""
    behind = reading.sentence.text[mention.end :]
    return next((tidy(match["what"]) for rule in rules_of(prefix) if (match := rule.pattern.match(behind))), "")


def attributive(reading: Reading, index: int) -> str | None:
    """A number in front of a noun that another number counts (总投资约110亿元的101个重点建设项目)."""
    mentions = reading.sentence.mentions
    mention = mentions[index]
    if index + 1 == len(mentions) or reading.sentence.text[mention.end : mentions[index + 1].start] != "的":
        return None
    noun = reading.after(mentions[index + 1])
    core = reading.core(mention)
    return f"{noun}{core.removeprefix('推进')}" if noun and core else None


def share_of(reading: Reading, index: int) -> str | None:
    """A share before what it is a share of, or before what is done (引进项目100%符合规划 → …比例)."""
    mention = reading.sentence.mentions[index]
    after = reading.after(mention)
    if mention.candidate.unit not in ("%", "‰", "") or mention.candidate.is_ranking or not after:
        return None
    if matches("indicator.no_noun", after):
        return None
    core = reading.core(mention)
    deed = tidy(after.removeprefix("的"))
    if deed.endswith(("率", "比例", "占比", "罚款")):
        return core + deed
    return f"{core}{deed}率" if deed in ("覆盖", "达标", "合格") else f"{core}{deed}比例"


def noun_after(reading: Reading, index: int) -> str | None:
    """A counted noun behind its number (培育50家创新型中小企业, 完成13个老旧小区改造)."""
    mention = reading.sentence.mentions[index]
    after = reading.after(mention)
    if is_share(mention) or not after or matches("indicator.no_noun", after):
        return None
    noun = reading.phrases.begins_with_noun(mention.end, mention.end + len(after))
    core = reading.core(mention)
    alone = not core or leading_verb(core + "＿") == core
    if not noun and not alone and not matches("indicator.qualified", after):
        return None
    return without_light_verb(tidy(_verb_before(reading, index) + tidy(after)))


def _verb_before(reading: Reading, index: int) -> str:
    """The verb (and its adjuncts) that a counted noun behind the number belongs to; a list shares its first verb."""
    mention = reading.sentence.mentions[index]
    if _AFTER_A_LIST.search(reading.sentence.window(mention)) or reading.phrases.governed(mention.left, mention.start):
        return ""
    core = reading.core(mention)
    if core or not mention.listed or not index:
        return core
    return leading_verb(reading.named[index - 1].indicator)


def share_or_core(reading: Reading, index: int) -> str | None:
    """The words before the number as they stand; a share without a measure word gets one (占…75%以上 → 占…比重)."""
    mention = reading.sentence.mentions[index]
    core = reading.core(mention)
    if not core:
        return None
    for rule in rules_of("indicator.comparison"):
        core = rule.pattern.sub("", core)
    examples = matches("indicator.examples", core)
    if examples and (verb := leading_verb(core)):
        return verb + examples["head"]
    for rule in rules_of("indicator.share_of_subject"):
        if rule.pattern.match(core):
            before = reading.previous()
            return f"{without_change(before) if before else reading.around.topic}{core}{rule.value}"
    return without_light_verb(core)


STRATEGIES: Final[tuple[Strategy, ...]] = (
    bracketed,
    ranking,
    in_circumstances,
    provided,
    attribute,
    threshold,
    time_limit,
    sanctioned,
    funds,
    consequence,
    attributive,
    distributed,
    share_of,
    served,
    noun_after,
    against_others,
    of_the_aim,
    part_of_it,
    changed_topic,
    changed,
    measure_alone,
    grant_alone,
    capped,
    conditional,
    verb_alone,
    deed_alone,
    listed,
    share_or_core,
)
_MAY_BE_BARE: Final[frozenset[Strategy]] = frozenset({listed, share_or_core, conditional, measure_alone})
"""Strategies that take the words before the number as they stand."""
