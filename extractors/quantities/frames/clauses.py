"""The parse of a sentence: its words, and for each number the phrase before it and the words behind it.

One immutable parse is made for a sentence. The windows before its numbers are analysed at once; the words behind a number and
the comma clause before its own, for which few constructions ask, where they are asked for. The *core* of a number is what is
left of the words before it in its comma clause when times, adverbs, governing verbs and the predicates that lead to a number
are peeled off by word class (:mod:`extractors.language.noun_phrases`): 今年力争全市粮食播种面积稳定在 → 全市粮食播种面积.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from operator import itemgetter
from typing import Final

from extractors.language.noun_phrases import LIST_WORDS, Phrases, phrases, phrases_of
from extractors.quantities.description.deadline import TimeExpression
from extractors.quantities.description.sentences import Mention, Sentence
from extractors.quantities.frames.words import is_deed, leading_verb, measures, tidy, without_giver, without_list_sign
from extractors.rules.registry import pattern_of

_LIST: Final = re.compile(r"、|以及|及其|和|与|及(?!以[上下])|并")
_GUARD: Final = 0x100000
"""Characters of words that must not be cut are lifted into a private plane while a list is split."""
_SHORTEST_PHRASE: Final = 5
_LONGEST_SUBJECT: Final = 18
_LONGEST_TOPIC: Final = 24
_SHORTEST_TOPIC: Final = 2


@dataclass(frozen=True)
class Clauses:
    """A sentence parsed: ``cores`` and ``behind`` are the words before and behind each of its numbers."""

    sentence: Sentence
    masked: str
    """The sentence, its numbers masked with commas."""
    times: tuple[TimeExpression, ...]

    @cached_property
    def windows(self) -> Phrases:
        """The words before the numbers, each with the sign behind it."""
        return phrases(self.masked, self._windows)

    @cached_property
    def _windows(self) -> tuple[tuple[int, int], ...]:
        """Where they stand; numbers without words before them have none."""
        found: list[tuple[int, int]] = []
        for mention in self.sentence.mentions:
            if mention.left < mention.start:
                start, end = self._whole_words(mention.left, mention.start)
                start = found.pop()[0] if found and start <= found[-1][1] else start
                found.append((start, end))
        return tuple(found)

    def over(self, start: int, end: int) -> Phrases:
        """The words of ``[start, end)``: of a window or by themselves."""
        place = bisect_right(self._windows, start, key=itemgetter(0)) - 1
        if place >= 0 and end < self._windows[place][1]:
            return self.windows
        return phrases(self.masked, (self._whole_words(start, end),))

    def _whole_words(self, start: int, end: int) -> tuple[int, int]:
        """``[start, end)`` with the rest of the words at its ends, and one sign more: what is cut apart has to be whole."""
        text = self.masked
        while start and _in_words(text[start - 1]) and _in_words(text[start]):
            start -= 1
        while end < len(text) and _in_words(text[end - 1]) and _in_words(text[end]):
            end += 1
        return start, min(end + 1, len(text))

    @cached_property
    def cores(self) -> tuple[str, ...]:
        """For each number, the words before it without leads, tails and modal verbs, and what a bound parts from it."""
        return tuple(self._core(mention) for mention in self.sentence.mentions)

    @cached_property
    def behind(self) -> tuple[str, ...]:
        """For each number, the words behind it that may belong to what it measures."""
        return tuple(without_list_sign(self.sentence.after(mention)) for mention in self.sentence.mentions)

    def _core(self, mention: Mention) -> str:
        number = mention.candidate.start - self.sentence.start
        words = self.sentence.text[mention.start : number]  # 每季度至少走访1次: the verb is in the bound
        bound = pattern_of("phrase.deed_in_bound").match(words) if words else None
        return _plain(self._window_core(mention), bound["deed"] if bound else "")

    def _window_core(self, mention: Mention) -> str:
        """The words of the window; what follows a time word in them, if that is a phrase."""
        end = mention.left + len(pattern_of("phrase.state_before").sub("", self.sentence.window(mention)))
        times = [item for item in self.times if mention.left < item.start and item.end <= end]
        if times:
            behind = self.trimmed(times[-1].end, end)
            if len(behind) >= _SHORTEST_PHRASE:
                return behind
        return self.trimmed(mention.left, end)

    def trimmed(self, start: int, end: int) -> str:
        """The characters ``[start, end)`` of the sentence without leads and tails."""
        named = pattern_of("phrase.time_in_name")
        skip = [
            (item.start, item.end)
            for item in self.times
            if item.start < end and item.end > start and not named.match(self.sentence.text, item.start)
        ]
        first, last = self.over(start, end).trim(start, end, skip)
        text = self.sentence.text[first:last]
        for begin, stop in reversed(skip):
            if first < begin and stop <= last:
                text = text[: begin - first] + text[stop - first :]
        return tidy(text)

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
        texts = set(self.windows.texts) - LIST_WORDS
        return tuple(sorted(text for text in texts if len(text) > 1 and any(word in text for word in LIST_WORDS)))

    def bounds_before(self, position: int) -> tuple[int, int] | None:
        """Where the comma clause that ends at *position* stands, if it is of the same sentence and holds no number."""
        text = self.sentence.outline
        end = position
        while end > 0 and text[end - 1] in "，,：:":
            end -= 1
        if end == position:
            return None
        start = end
        while start > 0 and text[start - 1] not in "，,：:；;。":
            start -= 1
        return None if end <= start or self._holds_number(start, end) else (start, end)

    def _holds_number(self, start: int, end: int) -> bool:
        """Whether a number of the sentence begins in ``[start, end)``."""
        index = bisect_left(self._starts, start)
        return index < len(self._starts) and self._starts[index] < end

    @cached_property
    def _starts(self) -> tuple[int, ...]:
        return tuple(mention.start for mention in self.sentence.mentions)

    def clause_before(self, position: int) -> str:
        """What the comma clause that ends at *position* speaks of: the phrase, or its subject where that is long."""
        bounds = self.bounds_before(position)
        if bounds is None:
            return ""
        start, end = bounds
        if pattern_of("phrase.role").match(self.sentence.text[start:end]):
            return ""
        appointed = pattern_of("phrase.appointed").match(self.sentence.text, start, end)
        start = appointed.end() if appointed else start
        copula = pattern_of("phrase.copula").search(self.sentence.text, start + 1, end)
        if copula:
            return self.trimmed(start, copula.start())
        phrase = self.trimmed(start, end)
        if len(phrase) <= _LONGEST_SUBJECT:
            return phrase
        return self.trimmed(start, self.over(start, end).subject_end(start, end))

    def object_before(self, index: int) -> str:
        """What the comma clause before the number at *index* does something to."""
        bounds = self.bounds_before(self.sentence.mentions[index].left)
        if bounds is None:
            return ""
        start = self.over(*bounds).behind_last(*bounds, is_deed)
        return _topic(self.trimmed(start, bounds[1]) if start < bounds[1] else "")

    def topic_before(self, index: int) -> str:
        """What the comma clause before the number at *index* is about: its subject, else what it does something to."""
        bounds = self.bounds_before(self.sentence.mentions[index].left)
        if bounds is None or pattern_of("phrase.adverbial").match(self.sentence.text[bounds[0] : bounds[1]]):
            return ""
        words = self.over(*bounds)
        start, end = words.trim(*bounds)
        whole = self.trimmed(start, end)
        if "的" in whole and measures(whole):
            return _topic(whole)
        subject = _topic(self.trimmed(start, words.subject_end_before_verb(start, end)))
        return subject or self.object_before(index) or _topic(_changed(whole))

    def deed_before(self, index: int) -> str:
        """What the clause before does, as a whole (全面改造公办敬老院，每年不少于90所)."""
        bounds = self.bounds_before(self.sentence.mentions[index].left)
        deed = _topic(self.trimmed(*bounds)) if bounds else ""
        return deed if leading_verb(deed) else ""


def clauses(sentence: Sentence, times: Sequence[TimeExpression]) -> Clauses:
    """The parse of *sentence*, whose times are *times*."""
    masked = list(sentence.text)
    for mention in sentence.mentions:
        masked[mention.start : mention.end] = "," * (mention.end - mention.start)
    return Clauses(sentence, "".join(masked), tuple(times))


def cut(parsed: Sequence[Clauses]) -> None:
    """Cut the windows before the numbers of many sentences into words at once, which takes less time than one by one."""
    read = [(one.masked, one._windows) for one in parsed]
    for one, windows in zip(parsed, phrases_of(read), strict=True):
        vars(one)["windows"] = windows  # where the property looks first
    for one in parsed:
        _ = one.cores


@lru_cache(maxsize=8192)
def _plain(words: str, deed: str) -> str:
    """The *words* of a window and the *deed* in the bound behind them, without what names nothing that is measured."""
    core = pattern_of("phrase.so_far").sub("", pattern_of("phrase.modal").sub("", words))
    core = without_giver(core)
    time_alone = pattern_of("phrase.time_alone")
    if (
        pattern_of("phrase.marker").fullmatch(core)
        or pattern_of("phrase.others").fullmatch(core)
        or time_alone.fullmatch(core)
    ):
        core = ""  # 第十八条 两个以上的个人: nothing stands before the number but the number of its article
    lead = pattern_of("phrase.leads_to_value")
    return lead.sub(lambda match: match["per"] or "", core + deed)


def _in_words(char: str) -> bool:
    """Whether words hold *char*, so that the segmenter reads on over it."""
    return "\u4e00" <= char <= "\u9fd5" or (char < "\x80" and (char.isalnum() or char in "+#&._%-"))


def _changed(clause: str) -> str:
    """What a *clause* that opens with a change changes (扩大梯田面积 → 梯田面积)."""
    change = pattern_of("phrase.change_of").match(clause)
    return clause[change.end() :] if change else ""


def _topic(words: str) -> str:
    return words if _SHORTEST_TOPIC <= len(words) <= _LONGEST_TOPIC else ""
