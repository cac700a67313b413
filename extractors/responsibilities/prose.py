"""Running text that gives agencies a duty: 由X牵头, 联合Y, 由Z负责, 成员单位包括…, …为成员单位."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final, cast

from extractors.agencies.names import is_agency, is_collective, is_title, split_list
from extractors.language.passages import Passage
from extractors.language.tokens import segmenter, tag_of
from extractors.responsibilities.findings import NameList
from extractors.rules.registry import Rule, lexicon, pattern_of, registry, rules_in
from schemas.rows import Duty
from schemas.spans import Span

_INCLUDE: Final = "responsibility.text_members_include"
_AS: Final = "responsibility.text_members_as"
_PAST_NAME: Final = ("v", "d", "p", "c", "r", "f", "u")
_FARTHEST: Final = 1500


def find_in_prose(passage: Passage, notes: Sequence[Span]) -> list[NameList]:
    """The lists of names that the running text of *passage* gives a duty; *notes* are left aside."""
    text = _without(passage, notes)
    lists: list[NameList] = []
    taken: set[int] = set()
    for names, end in _before_verbs(passage, text, rules_in("verb_of_leading"), taken):
        lists.append(names)
        lists.extend(_followers(passage, text, end))
    lists.extend(names for names, _ in _before_verbs(passage, text, rules_in("verb_of_answering"), taken))
    lists.extend(_members(passage, text))
    return lists


def _before_verbs(
    passage: Passage, text: str, rules: Sequence[Rule], taken: set[int]
) -> Iterator[tuple[NameList, int]]:
    """The lists before the verbs of *rules*, each with the end of its verb; *taken* holds positions already read."""
    for rule in rules:
        for match in rule.finditer(text) if rule.may_match(text) else ():
            for found in _names(passage, text, match, rule):
                if taken.isdisjoint(range(found.start, found.end)):
                    taken.update(range(found.start, found.end))
                    yield found, match.end()


def _without(passage: Passage, notes: Sequence[Span]) -> str:
    """The folded text with the clause's marker and the notes blotted out, positions unchanged."""
    marker = "".join((passage.clause.marker or "").split()) if passage.clause else ""
    text = passage.text
    if not notes:
        return "。" * min(len(marker), len(text)) + text[len(marker) :]
    characters = list(text)
    for start, end in (Span(0, min(len(marker), len(characters))), *notes):
        characters[start:end] = "。" * (end - start)
    return "".join(characters)


def _names(passage: Passage, text: str, match: re.Match[str], rule: Rule) -> list[NameList]:
    """The list before a verb, where every entry of it is an agency; those behind 会同 (X会同Y负责) only help."""
    start, end = match.span("names")
    while lead := pattern_of("duty.adverb_before_name").match(text[start:end]):
        start += lead.end()
    by, duty = rule.flag("by"), cast(Duty, rule.value)
    if not by and text[start - 1 : start] == "，":
        start = min(start, _begin_of_list(text, start - 1))
    joint = pattern_of("duty.with").search(text, start + 2, end)
    if joint and _all_answer(_listed(text, start, joint.start()), by):
        lists = [NameList(passage, start, joint.start(), duty, rule.id, strict=not by)]
        if _all_answer(_listed(text, joint.end(), end), lenient=False):
            lists.append(NameList(passage, joint.end(), end, "support", rules_in("after_leading")[0].id, strict=True))
        return lists
    if must := pattern_of("duty.modal").search(text, start, end):
        end = must.start()
        if not _is_specific(text[start:end]):
            return []
    answer = _all_answer(_listed(text, start, end), by)
    return [NameList(passage, start, end, duty, rule.id, strict=not by)] if answer else []


def _listed(text: str, start: int, end: int) -> list[str]:
    return [text[entry.start : entry.end] for entry in split_list(text, start, end)]


def _all_answer(names: Sequence[str], lenient: bool) -> bool:
    return bool(names) and all(_answers(name, lenient and len(names) > 1) for name in names)


def _is_specific(name: str) -> bool:
    """Whether *name* begins as an agency of one level does and is no kind of agencies (财政部门要…)."""
    of_level = name.startswith(lexicon("levels")) and not is_collective(name)
    return of_level and pattern_of("duty.kind_of_agencies").search(name) is None


def _answers(name: str, lenient: bool) -> bool:
    if pattern_of("duty.private").match(name) or pattern_of("duty.nobody").search(name):
        return False
    return is_agency(name) or (lenient and 2 <= len(name) <= 4 and not is_title(name))


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
    """Length of the agency's name that *text* begins with, 0 if none: it ends before the next verb, adverb or preposition."""
    position = best = 0
    goes_on, et_cetera = pattern_of("duty.name_goes_on"), pattern_of("duty.et_cetera")
    for word in segmenter().lcut(text[:60]):
        if best == position and best and tag_of(word)[:1] in _PAST_NAME and not goes_on.search(text[:best]):
            break
        position += len(word)
        if is_agency(et_cetera.sub("", text[:position])):
            best = position
    return best


def _members(passage: Passage, text: str) -> Iterator[NameList]:
    include, members_as = registry()[_INCLUDE], registry()[_AS]
    for match in include.finditer(text) if include.may_match(text) else ():
        low, high = match.span("names")
        high = _end_of_list(text, low, high)
        if high > low:
            yield NameList(passage, low, high, "member", _INCLUDE, strict=True)
    for match in members_as.finditer(text) if members_as.may_match(text) else ():
        low = _begin_of_list(text, match.start())
        if low < match.start():
            yield NameList(passage, low, match.start(), "member", _AS, strict=True)


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
