"""Counted nouns: what stands behind a number, the verb before it, and what money is for."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from extractors.language.tokens import tag_of
from extractors.quantities.frames.frame import Frame, made
from extractors.quantities.frames.regions import place_at_front
from extractors.quantities.frames.view import View
from extractors.quantities.frames.words import (
    changes,
    deeds_only,
    first_found,
    first_match,
    is_deed,
    leading_verb,
    matches,
    noun_in_front,
    tidy,
    without_light_verb,
    words_of,
)
from extractors.rules.registry import pattern_of, rules_for

_SIGN: Final = re.compile(r"[，、；：。（]")
_SPENT: Final = frozenset({"投资", "总投资", "投入", "计划投资", "预计投资"})
_LISTED: Final = re.compile(r"[一-鿿]、[一-鿿]")
_JOINED: Final = ("和", "及", "与", "、", "以及", "的")
_ITEMS_JOINED: Final = re.compile("|".join(sorted(_JOINED[:-1], key=len, reverse=True)))
_EXAMPLES: Final = "indicator.examples_before"
_ITEMS: Final = re.compile("[、和]")
_FEWEST: Final = 2
_LONGEST_ITEM: Final = 16
_SHORT_NOUN: Final = 3
_LONGEST_CHANGE: Final = 12
_VALUES: Final = frozenset({"money", "ratio", "time", "date"})
"""Dimensions that are no size of one thing, counted and measured side by side."""


def counted(view: View) -> Frame | None:
    """A counted noun behind its number (培育50家创新型中小企业, 完成13个老旧小区改造)."""
    if view.is_share():
        return None
    sized = _noun_behind_size(view)
    behind = sized or view.behind or _noun_before_next(view) or _noun_of_next(view)
    for rule in rules_for("indicator.said_of_counted", view.sentence.signs_of_part(behind)):
        behind = rule.pattern.sub("", behind)
    if not behind or matches("indicator.no_noun", behind):
        return None
    counts = view.candidate.dimension == "count"
    levels = pattern_of("phrase.levels_side_by_side").match(view.sentence.text, view.mention.end) if counts else None
    behind = levels[0] if levels else behind
    led = counts and (deeds_only(view.core) or bool(pattern_of(_EXAMPLES).search(view.window)))
    alone = not view.core or is_deed(view.core) or led
    joined = counts and view.window.endswith(_JOINED)
    if (
        not alone
        and not sized
        and not _is_noun(view, behind, joined=joined)
        and not matches("indicator.qualified", behind)
    ):
        return None
    phrase = without_light_verb(tidy(_verb_before(view) + _with_head(view, tidy(behind))))
    verb = leading_verb(phrase)
    return made("construction.counted", "{verb}{noun}", verb=verb, noun=phrase[len(verb) :])


def _is_noun(view: View, behind: str, *, joined: bool) -> bool:
    """Whether the words *behind* the number begin with a noun, or with a number *joined* to others end in one."""
    start = view.mention.end
    end = start + len(behind)
    words = view.clauses.over(start, end)
    return words.begins_with_noun(start, end) or (joined and words.ends_with_noun(start, end))


def _noun_behind_size(view: View) -> str:
    """The noun behind the size of what is counted, with the size (70个30亿元以上项目); items of a list share the last's noun."""
    if view.candidate.dimension != "count":
        return ""
    rest = view.sentence.text[view.mention.end :]
    size = pattern_of("indicator.size_of_counted").match(rest)
    noun = noun_in_front(_SIGN.split(rest[size.end() :], maxsplit=1)[0]) if size else ""
    return size["size"] + noun if size and noun else ""


def _noun_before_next(view: View) -> str:
    """The noun between a count and the next number of its clause (20所高校130个学科), where the count needs one."""
    mentions, index = view.sentence.mentions, view.index
    if view.candidate.dimension != "count" or index + 1 == len(mentions):
        return ""
    between = view.sentence.text[view.mention.end : mentions[index + 1].start]
    if _SIGN.search(between):
        return ""
    led = deeds_only(view.core) or pattern_of(_EXAMPLES).search(view.window) or view.window.endswith(_JOINED)
    if view.core and not led:
        return ""
    cut = next((at for at, sign in enumerate(between) if sign in _JOINED and place_at_front(between[at + 1 :])), None)
    return noun_in_front(between[:cut])


def _noun_of_next(view: View) -> str:
    """The noun behind the last of the sizes that stand side by side of one thing (371户1080人贫困人口, 18条72公里公路)."""
    mentions, last = view.sentence.mentions, view.index
    while last + 1 < len(mentions) and mentions[last + 1].start == mentions[last].end:
        last += 1
    if last == view.index or (view.core and not deeds_only(view.core)):
        return ""
    valued = any(mention.candidate.dimension in _VALUES for mention in mentions[view.index : last + 1])
    return "" if valued else view.clauses.behind[last]


def _with_head(view: View, behind: str) -> str:
    """*behind* with the head that a level leaves to the next item of its list (4个国家级、4个省级医疗中心)."""
    following = view.clauses.behind[view.index + 1 : view.index + 2]
    level = first_found("indicator.level_inside", following[0]) if following else None
    if level and matches("indicator.level", behind):
        return behind + following[0][level.end() :]
    return behind + _head_of_grades(view) if matches("indicator.grade", behind) else behind


def _head_of_grades(view: View) -> str:
    """The head behind the last grade of a list (3.5万家基础级、8200家先进级、500家卓越级工厂 → 工厂)."""
    for mention, behind in zip(
        view.sentence.mentions[view.index + 1 :], view.clauses.behind[view.index + 1 :], strict=True
    ):
        graded = first_found("indicator.graded", behind)
        if graded or not mention.listed or not matches("indicator.grade", behind):
            return graded["head"] if graded and mention.listed else ""
    return ""


def _verb_before(view: View) -> str:
    """The verb (and its adjuncts) that a counted noun behind the number belongs to; a list shares its first verb.

    What stands before an item of a list, an attribute (…的285个项目) and the places of what is counted are no part of it.
    """
    mention, core, window = view.mention, view.core, view.window
    verb = leading_verb(core)
    if own := _deed_of_its_own(core):
        return own
    if pattern_of(_EXAMPLES).search(window) or view.clauses.windows.governed(mention.left, mention.start):
        return verb if len(view.behind) <= _SHORT_NOUN else ""
    if benefit := first_found("indicator.benefit", core):
        return benefit[0]
    if window.endswith(_JOINED) and core:
        return verb if not window.endswith("的") else ""
    if core and _names_each(core.removeprefix(verb), view.candidate.low):
        return verb
    names = view.clauses.windows.names_at_end(mention.left, mention.start)
    if _LISTED.search(view.sentence.text[names : mention.start]) and names > mention.left:
        return core.removesuffix(view.sentence.text[names : mention.start])
    if core or not mention.listed or view.last is None:
        return core
    return leading_verb(view.last.phrase)


def _deed_of_its_own(core: str) -> str:
    """The deed that ends *core* behind another with an object of its own (新建2条道路和|建成4座桥梁; not 改造和新建)."""
    *before, last = _ITEMS_JOINED.split(core)
    object_before = words_of(before[-1])[-1] if before and before[-1] else ""
    of_its_own = object_before and tag_of(object_before)[0] not in "vd" and not is_deed(object_before)
    return last if of_its_own and is_deed(last) else ""


def _names_each(words: str, count: Decimal) -> bool:
    """Whether *words* name one by one the *count* things that the number counts (金白冶金、白麓机床2个集群)."""
    items = _ITEMS.split(words)
    return len(items) == count >= _FEWEST and all(_FEWEST <= len(item) <= _LONGEST_ITEM for item in items)


def attributive(view: View) -> Frame | None:
    """A number in front of a noun that another number counts (总投资约110亿元的101个重点建设项目)."""
    mentions, index = view.sentence.mentions, view.index
    if index + 1 == len(mentions) or view.sentence.text[view.mention.end : mentions[index + 1].start] != "的":
        return None
    noun, core = view.clauses.behind[index + 1], view.core.removeprefix("推进")
    return made("construction.attributive", "{noun}{core}", noun=noun, core=core) if noun and core else None


def funds(view: View) -> Frame | None:
    """Money that is set aside: named by what it is for (安排资金200万元，支持育秧中心建设)."""
    core = view.core
    if core in _SPENT:
        spent = _purpose(view, "indicator.invested")
        return made("construction.funds", "{purpose}{core}", purpose=spent, core=core[-2:]) if spent else None
    if not matches("indicator.funds", core):
        return None
    purpose = _purpose(view, "indicator.purpose") or _named_topic(view)
    return made("construction.funds", "{purpose}{core}", purpose=purpose, core=core) if purpose else None


def _named_topic(view: View) -> str:
    """The row or heading where it names a thing or a deed; a heading that is a sentence (经济增长迈出坚实步伐) names none."""
    topic = view.around.topic.partition("，")[0]
    tags = [tag_of(word) for word in words_of(topic)]
    tells = not view.around.in_row and "v" in tags[1:] and tags[0] not in ("v", "vn", "d", "ad")
    return "" if tells else topic


def _purpose(view: View, prefix: str) -> str:
    """What the words behind an amount of money say that it is for, by the rules of *prefix*."""
    match = first_match(prefix, view.sentence.text[view.mention.end :])
    return tidy(pattern_of("phrase.counts_inside").sub("", match["what"])) if match else ""


def bracketed(view: View) -> Frame | None:
    """A number alone in brackets behind its name, or a change of it: 建设密度（≥36%）, 发酵酒（增长87%）, 面积20亩（合1.3公顷）."""
    mention, text = view.mention, view.sentence.text
    end = mention.left - (text[mention.left] != "（" or mention.left == mention.start)
    if end < 0 or text[end] != "（":
        return None
    lead = view.window.lstrip("（")
    short = mention.start - mention.left < _LONGEST_CHANGE
    converted = short and pattern_of("phrase.converted").fullmatch(lead) is not None
    if mention.left != mention.start and not converted and not (short and changes(lead)):
        return None
    start = end
    while start > 0 and text[start - 1] not in "，。；：、（）和与及":
        start -= 1
    follows = view.index > 0 and view.sentence.mentions[view.index - 1].end > start
    changed_again = follows and mention.left != mention.start and not converted
    noun = "" if changed_again else pattern_of("phrase.presented").sub("", view.clauses.trimmed(start, end))
    return made("construction.bracketed", "{noun}", noun=noun) if noun else None
