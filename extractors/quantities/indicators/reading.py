"""A sentence being read for what its numbers measure: its phrases, and the small words that strategies share."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from extractors.language.noun_phrases import LIST_WORDS, Phrases
from extractors.quantities.description.deadline import TimeExpression
from extractors.quantities.description.sentences import Mention, Sentence
from extractors.rules.registry import rules_of

_LIST: Final = re.compile(r"、|以及|及其|和|与|及(?!以[上下])|并")
_MARKER: Final = re.compile(
    r"^(?:[①-⑳]|[（(]?\d{1,2}[)）.．、](?!\d)|（[一二三四五六七八九十]{1,3}）|第?[一二三四五六七八九十百]{1,5}[条、])+"
)
_BRACKET_ALONE: Final = re.compile(r"（[^（）]*）")
_STATE_BEFORE: Final = re.compile(r"[由从](?:20\d\d年度?|上年|去年)?的?$|(?:20\d\d年|上年|去年)的$")
_GUARD: Final = 0x100000
"""Characters of words that must not be cut are lifted into a private plane while a list is split."""
_SHORTEST_PHRASE: Final = 5
_QUOTED_MODIFIER: Final = re.compile(r"“[^”]{6,}”的(?=[^，。]{3})")
_LONGEST_SUBJECT: Final = 18
_APPOINTED: Final = re.compile(r"(?:任命|聘任|提名|聘)(?=[^，]{2,8}为)")
_COPULA: Final = re.compile(
    r"(?<![作因成称视分])[为任](?!了|主|期|务|何|由|此)|予以|自(?=20|发布|印发|公布)|由[^，]{2,16}(?:负责|牵头|承担)"
)
_MODAL: Final = re.compile(r"(?<=[一-鿿]{2})(?:应当?|必须|须)(?:按照?)?(?=每)")
_BOUND: Final = re.compile(r"(?:至少|最少|最多|至多|最高|起码)(?:可|要|应)?(?P<deed>(?!为|不|达|给予)[一-鿿]{1,5})$")
_BUT: Final = frozenset({"", "但", "且"})
_COUNT_DIMENSIONS: Final = frozenset({"%", "百分点", "‰", "名次", ""})


@dataclass(frozen=True, slots=True)
class Named:
    """What a number measures, and the strategy that said so."""

    indicator: str
    strategy: str


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the words around a sentence speak of."""

    topic: str = ""
    """What the clause's heading, or the table row, names."""
    in_row: bool = False
    """Whether the topic is the name of a table row."""
    list_subject: str = ""
    """Whom the lead-in over the clause speaks of."""
    carried: str = ""
    """What the sentence before first measured something of."""
    list_consequence: str = ""
    """What follows on the circumstances that the lead-in over the clause introduces."""


@dataclass
class Reading:
    """A sentence being read: its phrases, its times, and what its earlier numbers measure."""

    sentence: Sentence
    phrases: Phrases
    times: Sequence[TimeExpression]
    kinds: Sequence[str]
    around: Surroundings
    named: list[Named] = field(default_factory=list)
    cores: dict[int, str] = field(default_factory=dict)
    """The cores that were asked for, by where their numbers begin."""
    limited: str = ""
    """Who the last limit of time bound: the next one of the sentence may bind the same."""
    threshold: str = ""
    """What the last threshold of the sentence measures."""
    case: str = ""
    """The case that the last consequence followed on."""
    bearer: str = ""
    """What the number before measures something of, where it left that unsaid itself."""

    def core(self, mention: Mention) -> str:
        """The words before the number without leads, tails and modal verbs, and what a bound parts from it (至少走访1次)."""
        known = self.cores.get(mention.start)
        if known is None:
            known = without_giver(_MODAL.sub("", self._window_core(mention))) + self._inside_bound(mention)
            self.cores[mention.start] = known
        return known

    def _inside_bound(self, mention: Mention) -> str:
        """The verb between the words of a bound and the number (每季度至少走访1次 → 走访)."""
        number = mention.candidate.start - self.sentence.start
        match = _BOUND.match(self.sentence.text[mention.start : number])
        return match["deed"] if match else ""

    def _window_core(self, mention: Mention) -> str:
        """The words of the window; what follows a time word in them, if that is a phrase."""
        end = mention.left + len(_STATE_BEFORE.sub("", self.sentence.window(mention)))
        times = [item for item in self.times if mention.left < item.start and item.end <= end]
        if times:
            behind = self.trimmed(times[-1].end, end)
            if len(behind) >= _SHORTEST_PHRASE:
                return behind
        return self.trimmed(mention.left, end)

    def items(self, core: str) -> list[str]:
        """The items of a list inside *core*, cut at list words only (not inside 普及率)."""
        guarded = core
        for text in self._words_with_list_signs:
            guarded = guarded.replace(text, "".join(chr(ord(char) + _GUARD) for char in text))
        parts = _LIST.split(guarded)
        return ["".join(chr(ord(c) - _GUARD) if ord(c) >= _GUARD else c for c in part) for part in parts if part]

    @cached_property
    def _words_with_list_signs(self) -> tuple[str, ...]:
        """The words that hold a list word inside (普及率)."""
        texts = set(self.phrases.texts) - LIST_WORDS
        return tuple(sorted(text for text in texts if len(text) > 1 and any(word in text for word in LIST_WORDS)))

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

    def previous(self, *, alike: bool = False) -> str | None:
        """What the number before this one measures; numbers in brackets are skipped from outside them.

        With *alike* the nearest of the same unit, where there is one.
        """
        outline, here = self.sentence.outline, self.sentence.mentions[len(self.named)]
        seen = [
            (mention.candidate.unit, name.indicator)
            for mention, name in zip(self.sentence.mentions[: len(self.named)], self.named, strict=True)
            if outline[min(mention.end, len(outline)) - 1] != "_" or outline[here.end - 1] == "_"
        ]
        same = [indicator for unit, indicator in seen if unit == here.candidate.unit] if alike else []
        return same[-1] if same else seen[-1][1] if seen else None


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


def changes(words: str) -> bool:
    """Whether *words* are a change (同比增长)."""
    return matches("indicator.change_only", words) is not None


def is_share(mention: Mention) -> bool:
    """Whether the number is a ratio, a rank or the like, not an amount of things."""
    return mention.candidate.unit in _COUNT_DIMENSIONS


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


def without_giver(core: str) -> str:
    """*core* without who pays (市级财政给予一次性奖励 → 一次性奖励)."""
    return next((core[m.end() :] for rule in rules_of("indicator.giver") if (m := rule.pattern.match(core))), core)


def without_light_verb(core: str) -> str:
    """*core* without a verb that adds nothing (完成财政总收入 → 财政总收入), where enough is left."""
    for rule in rules_of("indicator.light_verb"):
        match = rule.pattern.match(core)
        if match and len(core) - match.end() >= 4:
            return core[match.end() :]
    return core


def clause_bounds(reading: Reading, position: int) -> tuple[int, int] | None:
    """Where the comma clause that ends at *position* stands, if it belongs to the same sentence and holds no number."""
    text = reading.sentence.outline
    end = position
    while end > 0 and text[end - 1] in "，,：:":
        end -= 1
    start = max(text.rfind(sign, 0, end) for sign in "，,：:；;。") + 1
    if end == position or end <= start or any(start <= mention.start < end for mention in reading.sentence.mentions):
        return None
    return start, end


def clause_before(reading: Reading, position: int) -> str:
    """The phrase of the comma clause that ends at *position*, if it belongs to the same sentence."""
    bounds = clause_bounds(reading, position)
    if bounds is None:
        return ""
    start, end = bounds
    appointed = _APPOINTED.match(reading.sentence.text, start, end)
    start = appointed.end() if appointed else start
    copula = _COPULA.search(reading.sentence.text, start + 1, end)
    if copula:
        return reading.trimmed(start, copula.start())
    phrase = reading.trimmed(start, end)
    if len(phrase) <= _LONGEST_SUBJECT:
        return phrase
    return reading.trimmed(start, reading.phrases.subject_end(start, end))


def _goes_with(reading: Reading, mention: Mention, other: Mention) -> bool:
    """Whether *other* is the second end of a range, or a cap, of the sanction or grant of *mention*."""
    between = reading.sentence.text[mention.end : other.start]
    return between in _BUT or (between == "、" and other.candidate.comparator in ("<=", "<"))


def sanction(reading: Reading, index: int) -> str:
    """The grant or fine that stands behind the number at *index*, behind the other end of its range or its cap."""
    mentions = reading.sentence.mentions
    last = index
    while last + 1 < len(mentions) and _goes_with(reading, mentions[last], mentions[last + 1]):
        last += 1
    after = reading.after(mentions[last])
    return next((m["what"] for rule in rules_of("indicator.sanction") if (m := rule.pattern.match(after))), "")
