"""Indicators: the noun phrase that a number measures, found by a short ordered list of strategies.

Each strategy looks at one mention in its sentence and says the phrase, or nothing; the first that speaks wins, and
its name is kept for audits. They read phrases (:mod:`extractors.noun_phrases`), not raw characters: time words,
modal verbs and predicates are peeled off before a strategy looks at what stands before a number.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

from extractors.noun_phrases import LIST_WORDS, Phrases, phrases
from extractors.quantities.deadline import TimeExpression
from extractors.quantities.sentences import BOUNDARIES, Mention, Sentence
from extractors.rules import rules_of

LONGEST_INDICATOR: Final = 60
_LIST: Final = re.compile(r"、|以及|及其|和|与|及|并")
_MARKER: Final = re.compile(
    r"^(?:[①-⑳]|[（(]?\d{1,2}[)）.．、](?!\d)|（[一二三四五六七八九十]{1,3}）|第?[一二三四五六七八九十百]{1,5}[条、])+"
)
_BRACKET_ALONE: Final = re.compile(r"（[^（）]*）")
_STATE_BEFORE: Final = re.compile(r"[由从](?:20\d\d年度?|上年|去年)?的?$|(?:20\d\d年|上年|去年)的$")
_FARTHEST_CLAUSE: Final = 60
_GUARD: Final = 0x100000
"""Characters of words that must not be cut are lifted into a private plane while a list is split."""
_SHORTEST_PHRASE: Final = 5
_LONGEST_CORE_OF_A_CASE: Final = 4
_QUOTED_MODIFIER: Final = re.compile(r"“[^”]{6,}”的(?=[^，。]{3})")
_RANK_VERBS: Final = re.compile(r"进入|挺进|跻身|进位|位居|位列|保持在|稳定在|均?排(?!名|位)")
_RANKED_AMONG: Final = re.compile(r"全[国省市县区州](?:省级园区)?(?:排名)?$|排名$")
_LONGEST_SUBJECT: Final = 18
_COPULA: Final = re.compile(
    r"(?<![作因成称视分])[为任](?!了|主|期|务|何|由|此)|予以|自(?=20|发布|印发|公布)|由[^，]{2,16}(?:负责|牵头|承担)"
)
_SHORTEST_HEAD: Final = 2
_LONGEST_TWIN: Final = 4
_AFTER_A_LIST: Final = re.compile(r"等(?:约|共|共计)?$")
_COUNT_DIMENSIONS: Final = frozenset({"%", "百分点", "‰", "名次", ""})


@dataclass(frozen=True, slots=True)
class Named:
    """What a number measures, and the strategy that said so."""

    indicator: str
    strategy: str


@dataclass
class Reading:
    """A sentence being read: its phrases, its times, and what its earlier numbers measure."""

    sentence: Sentence
    phrases: Phrases
    times: Sequence[TimeExpression]
    kinds: Sequence[str]
    topic: str
    named: list[Named] = field(default_factory=list)
    limited: str = ""
    """Who the last limit of time bound: the next one of the sentence may bind the same."""
    case: str = ""
    """The case that the last consequence followed on."""
    list_subject: str = ""
    """Whom the lead-in over the clause speaks of."""
    in_row: bool = False
    """Whether the topic is the name of a table row."""

    def core(self, mention: Mention) -> str:
        """The words before the number without leads and tails; what follows a time word in them, if that is a phrase."""
        end = mention.left + len(_STATE_BEFORE.sub("", self.sentence.window(mention)))
        times = [item for item in self.times if mention.left < item.start and item.end <= end]
        if times:
            behind = self.trimmed(times[-1].end, end)
            if len(behind) >= _SHORTEST_PHRASE:
                return behind
        return self.trimmed(mention.left, end)

    def items(self, core: str) -> list[str]:
        """The items of a list inside *core*, cut at list words only (not inside 普及率)."""
        words = {self.phrases.texts[index] for index in range(len(self.phrases.texts))} & LIST_WORDS
        inside = {text for text in self.phrases.texts if len(text) > 1 and any(word in text for word in words)}
        guarded = core
        for text in sorted(inside):
            guarded = guarded.replace(text, "".join(chr(ord(char) + _GUARD) for char in text))
        parts = _LIST.split(guarded)
        return ["".join(chr(ord(c) - _GUARD) if ord(c) >= _GUARD else c for c in part) for part in parts if part]

    def trimmed(self, start: int, end: int) -> str:
        """The characters ``[start, end)`` of the sentence without leads and tails."""
        skip = [(item.start, item.end) for item in self.times if item.start < end and item.end > start]
        first, last = self.phrases.trim(start, end, skip)
        text = self.sentence.text[first:last]
        for begin, stop in reversed(skip):
            if first < begin and stop <= last:
                text = text[: begin - first] + text[stop - first :]
        return tidy(text)

    def after(self, mention: Mention) -> str:
        """The words after the number that may belong to what it measures."""
        return strip_list_sign(self.sentence.after(mention))

    def previous(self) -> str | None:
        """What the number before this one measures; numbers in brackets are skipped from outside them."""
        outline, here = self.sentence.outline, self.sentence.mentions[len(self.named)]
        for mention, name in zip(
            reversed(self.sentence.mentions[: len(self.named)]), reversed(self.named), strict=True
        ):
            inside = outline[min(mention.end, len(outline)) - 1] == "_"
            if not inside or outline[here.end - 1] == "_":
                return name.indicator
        return None


Strategy = Callable[[Reading, int], str | None]


def indicators(
    sentence: Sentence,
    times: Sequence[TimeExpression],
    kinds: Sequence[str],
    topic: str,
    list_subject: str = "",
    in_row: bool = False,
) -> list[Named]:
    """What each mention of *sentence* measures, in order.

    *topic* is what the clause's heading, or with *in_row* its table row, names; *list_subject* whom the
    lead-in over the clause speaks of.
    """
    masked = list(sentence.text)
    for mention in sentence.mentions:
        masked[mention.start : mention.end] = "," * (mention.end - mention.start)
    reading = Reading(sentence, phrases("".join(masked), _regions(sentence)), times, kinds, topic)
    reading.list_subject, reading.in_row = list_subject, in_row
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
            return Named(phrase[:LONGEST_INDICATOR], strategy.__name__)
    fallback = reading.topic or reading.sentence.text.strip("，。；：、")
    return Named(fallback[:LONGEST_INDICATOR], "topic")


# ---------------------------------------------------------------------------- small words


def tidy(text: str) -> str:
    """*text* without stray signs at its ends and without unbalanced quotation marks."""
    text = _MARKER.sub("", text)
    if _BRACKET_ALONE.fullmatch(text):
        return ""
    text = _QUOTED_MODIFIER.sub("", text.strip("，,、；;：:。—-·的"))
    for opening, closing in ("“”", "（）", "《》"):
        if text.count(opening) != text.count(closing):
            text = text.replace(opening, "").replace(closing, "")
    return text


def strip_list_sign(text: str) -> str:
    """*text* without a list sign at its end (重点新能源企业和 → 重点新能源企业)."""
    return re.sub(r"(?:、|和|与|及|以及)+$", "", text)


def matches(prefix: str, text: str) -> re.Match[str] | None:
    """The first whole match of *text* by a rule whose id begins with *prefix*."""
    for rule in rules_of(prefix):
        match = rule.pattern.fullmatch(text)
        if match:
            return match
    return None


def without_change(indicator: str) -> str:
    """*indicator* without the change that it may end in (税收同比增长 → 税收)."""
    for rule in rules_of("indicator.change_tail"):
        match = rule.pattern.search(indicator)
        if match and match.start():
            return indicator[: match.start()]
    return indicator


def is_share(mention: Mention) -> bool:
    """Whether the number is a ratio, a rank or the like, not an amount of things."""
    return mention.candidate.unit in _COUNT_DIMENSIONS


# ---------------------------------------------------------------------------- strategies


def ranking(reading: Reading, index: int) -> str | None:
    """A rank: what is ranked, and among whom (园区综合排名进入全市前3)."""
    mention = reading.sentence.mentions[index]
    if not mention.candidate.is_ranking:
        return None
    core = _RANK_VERBS.sub("", reading.core(mention))
    before = reading.previous()
    if not core or matches("indicator.region", core):
        subject = _RANKED_AMONG.sub("", before) if before else reading.topic
        core = subject + core if subject else core
    return core if re.search(r"排名|排位|名次|位次", core) else core + "排名"


def time_limit(reading: Reading, index: int) -> str | None:
    """A limit of time: who has to do what within it (消费投诉须在7个工作日内办结 → 消费投诉办结时限)."""
    mention = reading.sentence.mentions[index]
    if not matches("indicator.time_unit", mention.candidate.unit):
        return None
    text, outline = reading.sentence.text, reading.sentence.outline
    end = mention.end
    while end < len(text) and outline[end] not in BOUNDARIES:
        end += 1
    number_end = mention.candidate.end - reading.sentence.start
    match = matches("indicator.within", text[number_end:end])
    if not match:
        return None
    core = reading.core(mention)
    since = matches("indicator.since", core)
    who = core if since is None else since["who"]
    if not who and mention.left:
        who = _clause_before(reading, mention.left) or reading.limited
    who = "" if matches("indicator.aggravation", who) else who
    reading.limited = who
    return tidy(f"{who}{match['deed']}时限")


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


def distributed(reading: Reading, index: int) -> str | None:
    """A list of numbers over a list of heads (A、B分别增长7%、8%; 区、街道、社区三级站点1个、9个、46个)."""
    mentions = reading.sentence.mentions
    first = index
    while mentions[first].bare and first:
        first -= 1
    last = index
    while last + 1 < len(mentions) and mentions[last + 1].bare:
        last += 1
    size = last - first + 1
    if size < 2:
        return None
    opening = mentions[first]
    core = reading.core(opening)
    levels = matches("indicator.levels", core)
    if levels:
        names = _LIST.split(levels["names"])
        if len(names) == size:
            return f"{levels['verb']}{names[index - first]}级{levels['head']}"
    pair = _paired(core, size)
    if pair:
        return pair[index - first]
    items = reading.items(re.sub(r"分别|依次", "", core))
    if len(items) == size:
        return _shared_tail(items, index - first) + _sanction(reading, last)
    deed = matches("indicator.change_only", core)
    grant = matches("indicator.grant_alone", core)
    if (not core or deed or grant or leading_verb(core + "＿") == core) and first >= size:
        return without_verb(reading.named[index - size].indicator) + (deed["deed"] if deed else core)
    return None if index == first or not core else core


def _shared_tail(items: Sequence[str], index: int) -> str:
    """The item at *index* with what all share: a change or measure behind the last, a verb before the first."""
    tail = next((m[0] for rule in rules_of("indicator.shared_tail") if (m := rule.pattern.search(items[-1]))), "")
    level = next((m for rule in rules_of("indicator.level_inside") if (m := rule.pattern.search(items[-1]))), None)
    own = items[index]
    if level and index < len(items) - 1 and own.endswith(("级", "级以上")):
        own += items[-1][level.end() :]
    own = own if own.endswith(tail) else own + tail
    verb = leading_verb(items[0])
    return own if not index or own.startswith(verb) else verb + own


def _sanction(reading: Reading, index: int) -> str:
    """The grant or fine that stands behind the number at *index* or behind the other end of its range."""
    mentions = reading.sentence.mentions
    last = index + 1 if index + 1 < len(mentions) and mentions[index + 1].start == mentions[index].end else index
    after = reading.after(mentions[last])
    return next((m["what"] for rule in rules_of("indicator.sanction") if (m := rule.pattern.match(after))), "")


def _paired(core: str, size: int) -> list[str] | None:
    """The members of a compound that stands for several things (城乡居民收入 → 城镇 …, 农村 …)."""
    for rule in rules_of("indicator.compound"):
        match = rule.pattern.search(core)
        members = (rule.value or "").split("、")
        if match and len(members) == size:
            return [core[: match.start()] + member + core[match.end() :] for member in members]
    return None


def part_of_it(reading: Reading, index: int) -> str | None:
    """A part of the number before (其中早稻39万亩, 其中过10亿元项目3个, 其中国家级1个)."""
    mention = reading.sentence.mentions[index]
    before = reading.previous()
    window = reading.sentence.window(mention)
    if before is None or ("其中" not in window and not _in_part(reading, index)):
        return None
    core = reading.core(mention)
    if not core:
        return None
    return inherit(core, before)


def _in_part(reading: Reading, index: int) -> bool:
    mention = reading.sentence.mentions[index]
    if not index or not mention.listed:
        return False
    return reading.named[index - 1].strategy == "part_of_it"


def inherit(core: str, before: str) -> str:
    """*core* with what it leaves unsaid taken from the indicator *before*: level, verb, or measure."""
    if matches("indicator.measure_alone", core):
        return _bearer(before) + core
    if leading_verb(core + "＿") == core:
        return core + without_verb(before)
    if core.endswith(("承担", "负担")):
        return core + before
    level = matches("indicator.level", core)
    if level:
        for rule in rules_of("indicator.level_inside"):
            match = rule.pattern.search(before)
            if match:
                return before[: match.start()] + core + before[match.end() :]
        return leading_verb(before) + core + without_verb(before)
    measure = next((m[0] for rule in rules_of("indicator.measure_tail") if (m := rule.pattern.search(before))), "")
    if measure and not any(rule.pattern.search(core) for rule in rules_of("indicator.measure_tail")):
        return core + (measure[-2:] if core[-1] in "播种植养" else measure)
    verb = leading_verb(before)
    return core if core.startswith(verb) else verb + core


def changed(reading: Reading, index: int) -> str | None:
    """A change of what was measured before (总额286.4亿元，同比增长7.2%; 由41%提高到60%)."""
    mention = reading.sentence.mentions[index]
    core = reading.core(mention)
    if core and not matches("indicator.change_only", core):
        return None
    before = reading.previous() or (reading.topic if core else None)
    if not before:
        return None
    head = without_change(before)
    deed = matches("indicator.change_only", core)
    return head + (deed["deed"] if deed else "") if core else (head if _leads_to(reading, mention) else before)


def _leads_to(reading: Reading, mention: Mention) -> bool:
    return bool(re.search(r"[到至]$", reading.sentence.window(mention)))


def verb_alone(reading: Reading, index: int) -> str | None:
    """A verb whose object was named before (累计新增6家，6月底前累计新增18家)."""
    mention = reading.sentence.mentions[index]
    before = reading.previous()
    core = reading.core(mention)
    if before is not None and core in ("累计", "合计", "共计"):
        return before
    if before is None or not core or leading_verb(core + "＿") != core:
        return None
    verb = core.removeprefix("累计").removeprefix("再")
    return before if verb in before else verb + without_verb(before)


def measure_alone(reading: Reading, index: int) -> str | None:
    """A measure whose bearer was named before (粮食播种面积118万亩，总产量50万吨 → 粮食总产量)."""
    mention = reading.sentence.mentions[index]
    core = reading.core(mention)
    if not matches("indicator.measure_alone", core):
        return None
    before = reading.previous()
    subject = _clause_before(reading, mention.left)
    bearer = subject or (_bearer(before) if before else reading.topic if reading.in_row else "")
    return (core if bearer.endswith(core) else bearer + core) if bearer else None


def grant_alone(reading: Reading, index: int) -> str | None:
    """A grant whose receiver the clause before names (对…突击队予以通报表扬，奖励八千元)."""
    mention = reading.sentence.mentions[index]
    core = reading.core(mention)
    if not matches("indicator.grant_alone", core):
        return None
    receiver = _clause_before(reading, mention.left) or _case_before(reading, mention.left)
    return receiver + core if receiver else None


def consequence(reading: Reading, index: int) -> str | None:
    """Whom the thing before it benefits (改造老旧小区58个，惠及居民4300余户)."""
    before = reading.previous()
    core = reading.core(reading.sentence.mentions[index])
    return before + core if before and matches("indicator.consequence", core) else None


def _bearer(before: str) -> str:
    """What bears the measure of an indicator (粮食播种面积 → 粮食)."""
    head = without_verb(without_change(before))
    for rule in rules_of("indicator.measure_tail"):
        match = rule.pattern.search(head)
        if match:
            return head[: match.start()]
    return "" if head.startswith(("亩均", "人均", "户均")) else head


def _clause_before(reading: Reading, position: int) -> str:
    """The phrase of the comma clause that ends at *position*, if it belongs to the same sentence."""
    text = reading.sentence.outline
    end = position
    while end > 0 and text[end - 1] in "，,：:":
        end -= 1
    start = max(text.rfind(sign, 0, end) for sign in "，,：:；;。") + 1
    if end == position or end <= start or any(start <= mention.start < end for mention in reading.sentence.mentions):
        return ""
    copula = _COPULA.search(reading.sentence.text, start + 1, end)
    if copula:
        return reading.trimmed(start, copula.start())
    phrase = reading.trimmed(start, end)
    if len(phrase) <= _LONGEST_SUBJECT:
        return phrase
    return reading.trimmed(start, reading.phrases.subject_end(start, end))


def listed(reading: Reading, index: int) -> str | None:
    """The next item of a list that shares its verb (申报高新技术企业8家、科技型中小企业100家)."""
    mention = reading.sentence.mentions[index]
    core = reading.core(mention)
    before = reading.previous()
    if before is None or not mention.listed or not core:
        return None
    if any(rule.pattern.search(core) for rule in rules_of("indicator.measure_tail")):
        return None
    shared = len(_common_tail(core, before))
    if (
        len(core) <= _LONGEST_TWIN
        and shared >= _SHORTEST_HEAD
        and len(before) > len(core) > shared
        and not leading_verb(core)
    ):
        return before[: -len(core)] + core
    verb = leading_verb(before)
    return core if not verb or core.startswith(verb) or leading_verb(core) else verb + core


def _common_tail(one: str, other: str) -> str:
    length = 0
    while length < min(len(one), len(other)) and one[-1 - length] == other[-1 - length]:
        length += 1
    return one[len(one) - length :]


def sanctioned(reading: Reading, index: int) -> str | None:
    """A fine or grant behind its amount, with the case that it follows on; both ends of a range alike."""
    mention = reading.sentence.mentions[index]
    if index and reading.sentence.mentions[index - 1].end == mention.start:
        return reading.named[index - 1].indicator
    tail = _sanction(reading, index)
    if reading.kinds[index] != "standard" or not tail or mention.bare:
        return None
    core = reading.core(mention)
    case = _case_before(reading, mention.left) or (reading.case if reading.sentence.mentions[index].listed else "")
    case = case or (reading.case if core.startswith(("对", "个人", "单位")) else "")
    reading.case = case
    return tidy(case + core + tail) if case else None


def conditional(reading: Reading, index: int) -> str | None:
    """A rule's consequence, with the case that it follows on (毁坏量水设施的，处…罚款)."""
    mention = reading.sentence.mentions[index]
    if reading.kinds[index] != "standard":
        return None
    core = reading.core(mention)
    tail = _sanction(reading, index)
    case = _case_before(reading, mention.left) or (reading.case if mention.listed else "")
    reading.case = case
    grant = any(rule.pattern.search(core) for rule in rules_of("indicator.grant_tail"))
    if case and (tail or grant or len(core) <= _LONGEST_CORE_OF_A_CASE):
        return tidy(case + core + tail)
    if core and reading.list_subject and not mention.listed and not index:
        return reading.list_subject + core
    return core + tail if tail else None


def _case_before(reading: Reading, position: int) -> str:
    """The case that the words before *position* set apart; one that only worsens it gives way to the one before."""
    text = reading.sentence.text[:position]
    rules = rules_of("indicator.case")
    found = next((match for rule in rules if (match := rule.pattern.search(text))), None)
    while found and matches("indicator.aggravation", tidy(found["case"])):
        earlier = text[: found.start()]
        pieces = [piece for rule in rules_of("indicator.any_case") for piece in rule.pattern.finditer(earlier)]
        found = pieces[-1] if pieces else None
    if not found:
        return ""
    start, end = found.span("case")
    joint = start + found["case"].rfind("的")
    number = any(joint < mention.start < end for mention in reading.sentence.mentions)
    return "" if number else _without_numbers(reading, start, end)[-20:]


def _without_numbers(reading: Reading, start: int, end: int) -> str:
    pieces, position = [], start
    for mention in reading.sentence.mentions:
        if start <= mention.start < end:
            pieces.append(reading.sentence.text[position : mention.start])
            position = min(mention.end, end)
    return tidy("".join([*pieces, reading.sentence.text[position:end]]))


def share_or_core(reading: Reading, index: int) -> str | None:
    """The words before the number as they stand; a share without a measure word gets one (占…75%以上 → 占…比重)."""
    mention = reading.sentence.mentions[index]
    core = reading.core(mention)
    if not core:
        return None
    for rule in rules_of("indicator.share_of_subject"):
        if rule.pattern.match(core):
            before = reading.previous()
            return f"{without_change(before) if before else reading.topic}{core}{rule.value}"
    return without_light_verb(core)


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


def funds(reading: Reading, index: int) -> str | None:
    """Money that is set aside: named by what it is for (安排资金200万元，支持育秧中心建设)."""
    mention = reading.sentence.mentions[index]
    core = reading.core(mention)
    if not matches("indicator.funds", core):
        return None
    for rule in rules_of("indicator.purpose"):
        match = rule.pattern.match(reading.sentence.text[mention.end :])
        if match:
            return tidy(match["what"]) + core
    return reading.topic + core if reading.topic else None


def leading_verb(indicator: str) -> str:
    """The verb that an indicator begins with (新增高新技术企业 → 新增), or nothing."""
    for rule in rules_of("indicator.leading_verb"):
        match = rule.pattern.match(indicator)
        if match and match.end() < len(indicator):
            return match[0]
    return ""


def without_verb(indicator: str) -> str:
    """*indicator* without its leading verb."""
    return indicator[len(leading_verb(indicator)) :]


def without_light_verb(core: str) -> str:
    """*core* without a verb that adds nothing (完成财政总收入 → 财政总收入), where enough is left."""
    for rule in rules_of("indicator.light_verb"):
        match = rule.pattern.match(core)
        if match and len(core) - match.end() >= 4:
            return core[match.end() :]
    return core


STRATEGIES: Final[tuple[Strategy, ...]] = (
    bracketed,
    ranking,
    time_limit,
    sanctioned,
    funds,
    consequence,
    attributive,
    distributed,
    share_of,
    noun_after,
    part_of_it,
    changed,
    measure_alone,
    grant_alone,
    conditional,
    verb_alone,
    listed,
    share_or_core,
)
