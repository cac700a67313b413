"""Numbers over a list of heads: A、B分别增长7%、8%; 县、乡、村三级站点1个、9个、46个.

A *run* is a series of numbers that nothing but list signs part. Where as many heads stand before it (in its own words, in
the comma clause before, as the numbers right before it), each number takes the head of its place.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from extractors.language.tokens import tag_of
from extractors.quantities.frames.direct import SIDE
from extractors.quantities.frames.elided import against_others
from extractors.quantities.frames.frame import Frame, made
from extractors.quantities.frames.owners import SUBJECT, of_number_before
from extractors.quantities.frames.regions import place_at_front
from extractors.quantities.frames.standing import THRESHOLD, threshold_case
from extractors.quantities.frames.subject import split_subject
from extractors.quantities.frames.transformation import reached
from extractors.quantities.frames.view import View
from extractors.quantities.frames.words import (
    bearer_of,
    changes,
    first_found,
    is_aggregate,
    is_bare,
    is_deed,
    leading_verb,
    matches,
    measures,
    without_change,
    without_new,
    without_verb,
    words_of,
)
from extractors.rules.registry import pattern_of, rules_of
from schemas.making import quickly_made

DISTRIBUTED: Final = "construction.distributed"
_LIST: Final = re.compile(r"、|以及|及其|和|与|及|并")
_PLACES: Final = "一二三四五六七八九十"
_RANKED: Final = re.compile(r"(?:排名|进入|位列|位居|列|获得?)?(?:全[国省市县区])?(?:排名)?$")
_RECEIVER: Final = re.compile(r"名?的([^，。；]{1,10})，")
_LONGEST_HEAD: Final = 4
_LONGEST_MATTER: Final = 8
_LONGEST_CORE_OF_ITEMS: Final = 6
_REACH: Final = 40
_SHORTEST_SHARED: Final = 2
_LONGEST_MODIFIER: Final = 3
_FEWEST: Final = 2


@quickly_made
@dataclass(frozen=True, slots=True)
class Run:
    """The run that a number is in: its first and last number, and the place of the number in it."""

    first: int
    last: int
    place: int

    @property
    def size(self) -> int:
        """How many numbers it has."""
        return self.last - self.first + 1


def distributed(view: View) -> Frame | None:
    """What a number in a run over a list of heads measures."""
    run = _run(view)
    if run.size < _FEWEST:
        return None
    core = pattern_of("phrase.shared_out").sub("", view.clauses.cores[run.first])
    if matches("indicator.against", core) and not changes(core):
        return against_others(_at(view, run.first))  # 增速分别高于全市、全省0.8、1.1个百分点
    if against := first_found("indicator.pace_of_all", core):
        core = core[: against.start()]
    sanction = _at(view, run.last).sanction()
    if each := _owner_of_each(view, run, core):
        return made(DISTRIBUTED, "{owner}{part}{change}", owner=each[0], part=each[1], change=each[2])
    named = "" if changes(core) else _by_own_words(view, run, core)
    if named:
        return made(DISTRIBUTED, "{item}{grant}", item=named, grant="" if _of_levels(core, run) else sanction)
    if counted := _items_of_count(view, run):
        return made(DISTRIBUTED, "{item}{core}", item=counted[run.place], core=core)
    items = _items_of_clause(view, run)
    if items and len(core) <= _LONGEST_CORE_OF_ITEMS:
        return made(
            DISTRIBUTED, "{item}{core}{grant}", "sentence", item=_shared(items, run.place), core=core, grant=sanction
        )
    placed = _by_place(view, run)
    if placed:
        return made(DISTRIBUTED, "{item}{grant}", item=placed, grant=sanction or core)
    return _over_numbers_before(view, run, core, sanction) or _last_of(view, run, core)


def receiver(view: View) -> str:
    """To whom the grant of a number goes, where as many receivers are listed as numbers (对博士、硕士分别给予…)."""
    run = _run(view)
    found = pattern_of("phrase.receivers").search(view.sentence.text[: view.sentence.mentions[run.first].start])
    items = view.clauses.items(found["list"]) if found and run.size >= _FEWEST else []
    return _shared(items, run.place) if len(items) == run.size else ""


def _owner_of_each(view: View, run: Run, core: str) -> tuple[str, str, str] | None:
    """Whose the number is, what it measures and its change, where places, firms or bodies are listed.

    甲县、乙县的产量分别为12、13万吨; where a change alone is said of them, it is that of the number before
    (浓度下降23%，甲市、乙市分别下降27%、21%).
    """
    items = view.clauses.items(core)
    if len(items) != run.size or not all(map(_is_owner, items[:-1])):
        return None
    last = items[-1]
    owner = without_change(last)
    if owner != last and _is_owner(owner):
        part = of_number_before(_at(view, run.first)) if run.first else ""
        return ([*items[:-1], owner][run.place], part, last[len(owner) :]) if part else None
    subject, rest = split_subject(last, frozenset())
    names = (last[:end] for end in range(_SHORTEST_SHARED, len(last)) if pattern_of(SUBJECT).fullmatch(last[:end]))
    name = subject.text if subject else next(names, "")
    rest = rest if subject else last[len(name) :].removeprefix("的")
    return ([*items[:-1], name][run.place], rest, "") if name and len(rest) >= _SHORTEST_SHARED else None


def _is_owner(item: str) -> bool:
    """Whether *item* is the name of a place, a firm or a body alone."""
    return place_at_front(item) == len(item) or pattern_of(SUBJECT).fullmatch(item) is not None


def _over_numbers_before(view: View, run: Run, core: str, sanction: str) -> Frame | None:
    """Numbers over as many numbers before them (A12所、B5所，在校生分别为1.8万人和0.9万人)."""
    if run.first < run.size:
        return None
    other = view.before[view.index - run.size]
    if other.rule_id == THRESHOLD:
        return made(
            DISTRIBUTED, "{case}{grant}", case=threshold_case(view, view.index - run.size), grant=sanction or core
        )
    own = _own_change(view, view.index) if view.index > run.first else ""
    deed = matches("indicator.change_only", own or core)
    if matches("indicator.same_period", core):
        return made(DISTRIBUTED, "{part}", part=without_change(other.phrase))
    if aim := matches("indicator.aim", core):
        return made(DISTRIBUTED, "{part}完成{aim}比例", part=without_change(other.phrase), aim=aim["aim"])
    if not core or deed or is_deed(core) or matches("indicator.grant_alone", core):
        replaced = bool(core) and not deed
        part = without_verb(other.phrase) if replaced else without_change(other.phrase)
        return made(DISTRIBUTED, "{part}{change}", part=part, change=deed["deed"] if deed else core)
    if len(core) <= _LONGEST_HEAD and "分别" in view.sentence.window(view.sentence.mentions[run.first]):
        return made(DISTRIBUTED, "{bearer}{core}", bearer=bearer_of(other.phrase) or "", core=core)
    return None


def _last_of(view: View, run: Run, core: str) -> Frame | None:
    """A later number of a run over one head alone: the same as the number before."""
    if view.index == run.first or not core or view.last is None:
        return None
    before = view.last.phrase
    before = before if before.endswith(core) else core
    return made(DISTRIBUTED, "{part}", part=without_new(before) if reached(view.sentence, view.mention) else before)


def _by_own_words(view: View, run: Run, core: str) -> str:
    """The head of the number's place where the words before the run list as many."""
    levels = _of_levels(core, run)
    if levels:
        names = _LIST.split(levels["names"])
        return f"{levels['verb'] or ''}{names[run.place]}级{levels['head']}"
    pair = _paired(core, run.size)
    if pair:
        return pair[run.place]
    items = view.clauses.items(core)
    return _shared(items, run.place) if len(items) == run.size else ""


def _of_levels(core: str, run: Run) -> re.Match[str] | None:
    levels = matches("indicator.levels", core)
    return levels if levels and len(_LIST.split(levels["names"])) == run.size else None


def _run(view: View) -> Run:
    mentions = view.sentence.mentions
    first = last = view.index
    while first and _goes_on(view, first):
        first -= 1
    while last + 1 < len(mentions) and _goes_on(view, last + 1):
        last += 1
    return Run(first, last, view.index - first)


def _at(view: View, index: int) -> View:
    return View.of(view.clauses, index, view.kind, view.before[:index], view.around)


def _by_place(view: View, run: Run) -> str:
    """Whose prize a number is, where as many numbers follow on a rank (进入前三的乡镇，分别奖补10万元、8万元、5万元)."""
    if not run.first or not view.sentence.mentions[run.first - 1].candidate.is_ranking or run.size > len(_PLACES):
        return ""
    rank = view.sentence.mentions[run.first - 1]
    if int(rank.candidate.high) != run.size:
        return ""
    receiver = _RECEIVER.match(view.sentence.text[rank.end : view.sentence.mentions[run.first].start])
    ranked = _RANKED.sub("", view.clauses.cores[run.first - 1].removeprefix("对"))
    return f"{ranked}第{_PLACES[run.place]}名{receiver[1] if receiver else ''}"


def _items_of_clause(view: View, run: Run) -> list[str]:
    """The things that the clause before lists, where there are as many as numbers (对国家级、省级平台，分别奖励…)."""
    opening = view.sentence.mentions[run.first]
    bounds = view.clauses.bounds_before(opening.left)
    if bounds is None or "分别" not in view.sentence.window(opening):
        return []
    items = view.clauses.items(view.clauses.trimmed(*bounds))
    return items if len(items) == run.size else []


def _items_of_count(view: View, run: Run) -> list[str]:
    """The things listed in front of their count, where as many numbers follow (A类、B类等2类项目的时间分别为30、20天)."""
    if not run.first or "分别" not in view.sentence.window(view.sentence.mentions[run.first]):
        return []
    counted = view.sentence.mentions[run.first - 1].candidate
    if counted.low != run.size or counted.dimension != "count":
        return []
    listed = pattern_of("phrase.list_before_count").sub("", view.clauses.cores[run.first - 1])
    items = view.clauses.items(listed)
    return items if len(items) == run.size else []


def _goes_on(view: View, index: int) -> bool:
    """Whether nothing but a list sign, or that with a change of its own, parts a number from the one before."""
    return view.sentence.mentions[index].bare or bool(_own_change(view, index))


def _own_change(view: View, index: int) -> str:
    """The change that a later number of a run has for itself (分别增长6.0%和下降11.4%)."""
    mention = view.sentence.mentions[index]
    window = view.sentence.window(mention)
    if (
        window[:1] not in ("和", "、")
        or "分别" not in view.sentence.text[max(0, mention.start - _REACH) : mention.start].rpartition("其中")[2]
    ):
        return ""
    return window[1:] if changes(window[1:]) else ""


def _shared(items: Sequence[str], place: int) -> str:
    """The item at *place* with what all share: a change or measure behind the last, a verb before the first."""
    tail = first_found("indicator.shared_tail", items[-1])
    behind = tail[0] if tail else ""
    said = [*items[:-1], items[-1][: tail.start()]] if tail and changes(behind) else items
    own = _with_shared_ends(said, place)
    if tail and changes(behind) and place < len(items) - 1:
        own += _shared_measure(own, items[-1][: tail.start()])
    level = first_found("indicator.level_inside", items[-1])
    if level and place < len(items) - 1 and own.endswith(("级", "级以上")):
        own += items[-1][level.end() :]
    whole = own.endswith(behind) or (measures(own) and not changes(behind) and not first_found("indicator.matter", own))
    own = own if whole else own + behind
    verb = leading_verb(items[0])
    return own if not place or own.startswith(verb) or _has_verb(own) else verb + own


def _shared_measure(own: str, last: str) -> str:
    """The measure at the end of the *last* item that *own* shares with it.

    It is shared by a thing of the same class (制造业, 服务业), and by a matter without a measure of its own where the last
    says how much of a matter there is (氨氮、二氧化硫排放总量).
    """
    tail = first_found("indicator.shared_tail", last)
    noun = last[: tail.start()] if tail else ""
    if not tail or not noun or changes(tail[0]):
        return ""
    return tail[0] if noun[-1] == own[-1:] or (_is_matter(own) and first_found("indicator.matter_tail", last)) else ""


def _is_matter(own: str) -> bool:
    """Whether *own* may name a matter alone: short, without a verb, a measure or an aggregate."""
    if len(own) > _LONGEST_MATTER or leading_verb(own):
        return False
    return not _is_whole(own) or first_found("indicator.matter", own) is not None


def _has_verb(item: str) -> bool:
    """Whether *item* begins with a verb of its own (接待游客、实现旅游总花费)."""
    words = words_of(item)
    return bool(leading_verb(item)) or (len(words) > 1 and tag_of(words[0]) == "v")


def _with_shared_ends(items: Sequence[str], place: int) -> str:
    """The item at *place* with what it shares with its list.

    A modifier alone takes the head of the last item (县道和乡道优良路率) and, in the middle, the front of the first
    (限额以上批发、零售、餐饮企业); a measure alone is of what the first is of (粮食播种面积、产量).
    """
    own, last = items[place], items[-1]
    if place and matches("indicator.counterpart", own) and (side := SIDE.search(items[0])) and side[0] != own:
        return items[0][: side.start()] + own
    if place and is_bare(own):
        return (bearer_of(items[0]) or "") + own
    shared = first_found("indicator.class_noun", last)
    if shared and own != last and not any(map(_is_whole, items[:-1])):
        return own + shared[0]
    modifiers = items[1:-1] or items[:1]
    if own == last or len(words_of(last)) < _SHORTEST_SHARED or not all(map(_modifies_alone, modifiers)):
        return own
    if measures(own):
        return own
    matter = first_found("indicator.matter_tail", last)
    if matter and matter.start() <= _LONGEST_MATTER:
        return own + matter[0]
    front = "".join(words_of(items[0])[:-1]) if place and not measures(items[0]) else ""
    return front + own + last[len(modifiers[0]) :].removeprefix(own[-1:])  # 工业、服务业增速


def _is_whole(item: str) -> bool:
    """Whether *item* stands for itself: a class, a measure or an aggregate of its own (高技术制造业, 税收)."""
    return bool(first_found("indicator.class_noun", item)) or measures(item) or is_aggregate(item)


def _modifies_alone(item: str) -> bool:
    """Whether *item* is one short word that may stand before a head that it shares (城镇, 零售)."""
    short = len(item) < _LONGEST_MODIFIER or (len(item) == _LONGEST_MODIFIER and len(words_of(item)) == 1)
    return short and not is_bare(item) and not is_aggregate(item)


def _paired(core: str, size: int) -> list[str] | None:
    """The members of a compound that stands for several things (城乡居民收入 → 城镇 …, 农村 …)."""
    for rule in rules_of("indicator.compound"):
        match = rule.pattern.search(core)
        members = (rule.value or "").split("、")
        if match and len(members) == size and "、" not in core[: match.start()]:
            return [core[: match.start()] + member + core[match.end() :] for member in members]
    return None
