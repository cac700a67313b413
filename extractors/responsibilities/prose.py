"""Running text that gives agencies a duty: 由X牵头, 联合Y, 由Z负责, 成员单位包括…, …为成员单位."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final, cast

from extractors.agencies.names import is_agency, is_collective, is_title, reads_as_prose, split_list
from extractors.language.passages import Passage
from extractors.language.tokens import segmenter, tag_of
from extractors.responsibilities.findings import NameList
from extractors.rules.registry import Rule, group_for, lexicon, pattern_of, rules_in, signs_of
from schemas.rows import Duty
from schemas.spans import Span

_PAST_NAME: Final = ("v", "d", "p", "c", "r", "f", "u")
_LONGEST_ENTRY: Final = 60
_LONGEST_FIELD: Final = 8
_LONGEST_SHORT: Final = 4
_FARTHEST: Final = 1500
_BLOT: Final = "。"
"""Stands over what is no running text."""


def find_in_prose(passage: Passage, notes: Sequence[Span]) -> list[NameList]:
    """The lists of names that the running text of *passage* gives a duty; *notes* are left aside."""
    marker = "".join((passage.clause.marker or "").split()) if passage.clause else ""
    signs = signs_of(passage.text, over=_BLOT) if marker or notes else signs_of(passage.text)
    leading, answering = group_for("verb_of_leading", signs), group_for("verb_of_answering", signs)
    behind, before = group_for("names_behind", signs), group_for("names_before", signs)
    lists: list[NameList] = []
    if not (leading or answering or behind or before):
        return lists
    text = _without(passage.text, marker, notes)
    taken: set[int] = set()
    for verbs in (leading, answering):
        for names, end in _before_verbs(passage, text, verbs, taken):
            lists.append(names)
            lists.extend(_followers(passage, text, end))
    lists.extend(_stated(passage, text, behind, before))
    return lists


def _before_verbs(
    passage: Passage, text: str, rules: Sequence[Rule], taken: set[int]
) -> Iterator[tuple[NameList, int]]:
    """The lists before the verbs of *rules*, each with the end of its verb; *taken* holds positions already read."""
    for rule in rules:
        for match in rule.finditer(text):
            for found in _names(passage, text, match, rule):
                if taken.isdisjoint(range(found.start, found.end)):
                    taken.update(range(found.start, found.end))
                    yield found, match.end()


def _without(text: str, marker: str, notes: Sequence[Span]) -> str:
    """The folded *text* with the clause's *marker* in front and the *notes* blotted out, positions unchanged."""
    if not notes:
        return _BLOT * min(len(marker), len(text)) + text[len(marker) :]
    characters = list(text)
    for start, end in (Span(0, min(len(marker), len(characters))), *notes):
        characters[start:end] = _BLOT * (end - start)
    return "".join(characters)


def _names(passage: Passage, text: str, match: re.Match[str], rule: Rule) -> list[NameList]:
    """The list before a verb, where every entry of it is an agency.

    Those behind 会同 answer with the first (由X会同Y负责) and help where the first leads (X会同Y牵头).
    """
    start, end = match.span("names")
    while lead := pattern_of("duty.adverb_before_name").match(text[start:end]):
        start += lead.end()
    by, duty = rule.flag("by"), cast(Duty, rule.value)
    if not by and text[start - 1 : start] == "，":
        before = _begin_of_list(text, start - 1)
        start = before if before < start - 1 else start
    joint = pattern_of("duty.with").search(text, start + 2, end)
    if joint and _all_answer(_listed(text, start, joint.start()), _LONGEST_SHORT if by else 0):
        lists = [NameList(passage, start, joint.start(), duty, rule.id, strict=not by)]
        if _all_answer(_listed(text, joint.end(), end)):
            follower = rules_in("after_leading")[0].id
            help_too: tuple[Duty, str] = ("support", follower) if duty == "lead" else (duty, rule.id)
            lists.append(NameList(passage, joint.end(), end, *help_too, strict=True))
        return lists
    if must := pattern_of("duty.modal").search(text, start, end):
        end = must.start()
        if not _is_specific(text[start:end]):
            return []
    names = _listed(text, start, end)
    # 公安、交通运输等部门: fields stand for their departments.
    of_kind = len(names) > 1 and pattern_of("duty.closed_by_kind").search(text[start:end]) is not None
    answer = _all_answer(names, _LONGEST_FIELD if of_kind else _LONGEST_SHORT if by else 0)
    return [NameList(passage, start, end, duty, rule.id, strict=not (by or of_kind))] if answer else []


def _listed(text: str, start: int, end: int) -> list[str]:
    return [text[entry.start : entry.end] for entry in split_list(text, start, end)]


def _all_answer(names: Sequence[str], longest_short: int = 0) -> bool:
    """Whether all of *names* are agencies; of several, short ones of up to *longest_short* characters pass without an ending."""
    return bool(names) and all(_answers(name, longest_short if len(names) > 1 else 0) for name in names)


def _is_specific(name: str) -> bool:
    """Whether *name* begins as an agency of one level does and is no kind of agencies (财政部门要…)."""
    of_level = name.startswith(lexicon("levels")) and not is_collective(name)
    return of_level and pattern_of("duty.kind_of_agencies").search(name) is None


def _answers(name: str, longest_short: int) -> bool:
    if pattern_of("duty.private").match(name) or pattern_of("duty.nobody").search(name):
        return False
    short = 2 <= len(name) <= longest_short and not is_title(name) and not reads_as_prose(name)
    return is_agency(name) or short


def _followers(passage: Passage, text: str, start: int) -> Iterator[NameList]:
    """The lists right after the verb at *start*: those whom it joins, and, each behind the last, those who help."""
    for rule in rules_in("after_leading"):
        while match := rule.pattern.match(text, start):
            low, high = match.span("names")
            if rule.flag("to_end_of_names"):
                high = _end_of_list(text, low, high)
            entries = split_list(text, low, high)
            if not entries or not all(is_agency(text[entry.start : entry.end]) for entry in entries):
                break
            yield NameList(passage, low, high, cast(Duty, rule.value), rule.id, strict=True)
            if rule.flag("to_end_of_names"):
                return
            start = match.end()


def end_of_name(text: str) -> int:
    """Length of the agency's name that *text* begins with, 0 if none: it ends before the next verb, adverb or preposition.

    A noun behind it makes it no agency (政府人员).
    """
    position = best = 0
    noun_behind = False
    goes_on, et_cetera = pattern_of("duty.name_goes_on"), pattern_of("duty.et_cetera")
    for word in segmenter().lcut(text[:_LONGEST_ENTRY]):
        past_name = tag_of(word)[:1] in _PAST_NAME
        if best == position and best:
            if past_name and not goes_on.search(text[:best]):
                return best
            noun_behind = not past_name and word not in lexicon("list_words")
        position += len(word)
        if is_agency(et_cetera.sub("", text[:position])):
            best, noun_behind = position, False
    return 0 if noun_behind else best


def _stated(passage: Passage, text: str, behind: Sequence[Rule], before: Sequence[Rule]) -> Iterator[NameList]:
    """The lists that a sentence says to be members or leaders: *behind* its verb (成员单位包括…) or *before* (…为成员单位)."""
    for rule in behind:
        for match in rule.finditer(text):
            low, high = match.span("names")
            high = _end_of_list(text, low, high)
            if high > low:
                yield NameList(passage, low, high, cast(Duty, rule.value), rule.id, strict=True)
    for rule in before:
        for match in rule.finditer(text):
            low = _begin_of_list(text, match.start())
            if low < match.start():
                yield NameList(passage, low, match.start(), cast(Duty, rule.value), rule.id, strict=True)


def _end_of_list(text: str, start: int, end: int) -> int:
    """End of the run of entries from *start* that read as agencies; the last is cut where a verb follows the name."""
    position = last = start
    while position < end:
        stop = min((found for mark in "、，," if (found := text.find(mark, position, end)) >= 0), default=end)
        entry = text[position:stop]
        entries = split_list(text, position, stop)
        if entries and all(is_agency(text[e.start : e.end]) for e in entries):
            last, position = stop, stop + 1
            continue
        size = end_of_name(entry)
        return position + size if size else last
    return last


def _begin_of_list(text: str, end: int) -> int:
    """Begin of the run of entries up to *end* that read as agencies."""
    first = position = end
    floor = max(0, end - _FARTHEST)
    while position > floor:
        start = max(text.rfind(mark, floor, position) for mark in "、，,。；;：:\n") + 1
        start = max(start, floor)
        entries = split_list(text, start, position)
        names = [text[entry.start : entry.end] for entry in entries]
        if not names or not all(is_agency(name) or is_collective(name) for name in names):
            break
        first = entries[0].start
        if start == 0 or text[start - 1] in "。；;：:\n":
            break
        position = start - 1
    return first
