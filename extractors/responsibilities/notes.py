"""Notes: the bracketed (or labelled) stretch at the end of a clause that says who answers.

（牵头单位：X；责任单位：Y、Z，各乡镇、街道） · （X牵头，Y、Z等负责） · （X、Y按职责分工负责） · （X、Y）, in
every shape of bracket. Brackets are matched once, with a stack; a bracket that is never closed costs nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final, cast

from extractors.agencies.names import is_agency, is_collective, split_list
from extractors.language.passages import Passage
from extractors.officials.names import is_name_in_prose
from extractors.responsibilities.findings import NameList
from extractors.responsibilities.labels import duty_of_label
from extractors.rules.registry import lexicon, pattern_of, rules_in
from schemas.rows import Duty
from schemas.spans import Span

LONGEST_NOTE: Final = 1500
_DEEPEST: Final = 2
_OPENERS: Final = "（〔【［["
_CLOSERS: Final = "）〕】］]"
_BRACKET: Final = re.compile(f"[{re.escape(_OPENERS + _CLOSERS)}]")
_LABEL: Final = re.compile(r"(?:(?<=[；;，,。、：:（〔【［\[\s])|^)([^：:；;，,。、]{2,40})[：:]")
_LOOSE_LABEL: Final = re.compile(r"(?:(?<=[。；;！？\n])|^)([\u4e00-\u9fff（）]{4,16})[：:]")
_JOINT: Final = "responsibility.note_joint"
_BARE: Final = "responsibility.note_bare"
_LISTED_BEFORE: Final = re.compile(r"[：:、，,]([\u4e00-\u9fff·]{2,4})$")
_STOPS: Final = "，,；;。"
_SENTENCE_ENDS: Final = "。；;！？!?”.%）"


def find_notes(passage: Passage) -> tuple[list[NameList], list[Span]]:
    """The lists of names in the notes of *passage*, and the stretches (folded positions) that the notes take."""
    text = passage.text
    lists: list[NameList] = []
    taken: list[Span] = []
    for start, end in bracketed(text):
        if taken and start < taken[-1].end:
            continue
        found = list(_read(passage, start + 1, end - 1, text))
        if found:
            lists.extend(replace(names, note=start) for names in found)
            taken.append(Span(start, end))
    covered = {position for span in taken for position in range(*span)}
    for start, end in _unbracketed(text, covered):
        found = list(_labelled(passage, start, end))
        if found:
            lists.extend(replace(names, note=start) for names in found)
            taken.append(Span(start, end))
    return lists, sorted(taken)


def note_of_cell(passage: Passage) -> list[NameList]:
    """The lists of a cell that is nothing but names and their verbs (县水利局负责 under 备注); empty for another cell."""
    text = passage.text
    verbs = [match for rule in rules_in("verb_of_note") for match in rule.pattern.finditer(text)]
    if not verbs or max(match.end() for match in verbs) < len(text.rstrip("。；;")):
        return []
    lists = list(_verbal(passage, 0, len(text)))
    names = [text[e.start : e.end] for found in lists for e in split_list(text, found.start, found.end)]
    return [replace(found, note=0) for found in lists] if names and all(map(is_agency, names)) else []


def bracketed(text: str) -> list[Span]:
    """The bracketed stretches of *text*, brackets included, outer ones first; deep nests are left out.

    A closer of any shape closes the nearest opener (scanned text mixes shapes). Linear in the text.
    """
    stack: list[tuple[int, int]] = []
    spans: list[Span] = []
    for bracket in _BRACKET.finditer(text):
        index, char = bracket.start(), bracket[0]
        if char in _OPENERS:
            stack.append((index, 0))
        elif stack:
            start, height = stack.pop()
            if stack and height + 1 > stack[-1][1]:
                stack[-1] = (stack[-1][0], height + 1)
            if height <= _DEEPEST and 4 <= index + 1 - start <= LONGEST_NOTE:
                spans.append(Span(start, index + 1))
    return sorted(spans, key=lambda span: (span.start, -span.end))


def _read(passage: Passage, start: int, end: int, text: str) -> Iterator[NameList]:
    convention = pattern_of("responsibility.first_leads").search(text, start, end)
    if convention:
        end = convention.start()
        while end > start and text[end - 1] in _STOPS:
            end -= 1
    labelled = list(_labelled(passage, start, end))
    if labelled:
        yield from labelled
        return
    verbal = list(_verbal(passage, start, end))
    if verbal:
        yield from verbal
        return
    term = pattern_of("duty.term").search(text, start, end)
    stop = term.start() if term else end
    if _is_bare_note(text, start, stop, text[end + 1 : end + 2]):
        yield from _joint(passage, start, stop, "responsible", _BARE)


def _labelled(passage: Passage, start: int, end: int) -> Iterator[NameList]:
    """Lists behind labels (牵头单位：…；责任单位：…); a label of another kind (责任领导：) ends the list before it."""
    text = passage.text[start:end]
    labels = [(_label_start(match), match.end()) for match in _LABEL.finditer(text)]
    for number, (begin, stop) in enumerate(labels):
        found = duty_of_label(text[begin : stop - 1])
        if found is None:
            continue
        until = labels[number + 1][0] if number + 1 < len(labels) else len(text)
        if until > stop:
            yield NameList(passage, start + stop, start + until, *found)


def _label_start(match: re.Match[str]) -> int:
    """Where the label itself begins: only a blank may part it from the name before it (县卫健局 配合单位：)."""
    core = pattern_of("duty.label_core").search(match[1])
    if core and is_agency(match[1][: core.start()]):
        return match.start(1) + core.start()
    return match.start(1)


def _verbal(passage: Passage, start: int, end: int) -> Iterator[NameList]:
    """Lists before verbs (X牵头，Y、Z等负责); names behind the last verb answer too."""
    text = passage.text[start:end]
    if "：" in text or len(text) > LONGEST_NOTE:
        return
    verbs = sorted(
        ((*match.span(), rule) for rule in rules_in("verb_of_note") for match in rule.pattern.finditer(text)),
        key=lambda verb: (verb[0], -verb[1]),
    )
    left = 0
    seen = False
    for begin, stop, rule in verbs:
        if begin < left:
            continue
        yield from _joint(passage, start + left, start + begin, cast(Duty, rule.value), rule.id)
        left, seen = stop, True
    if seen and len(text) - left > 2:
        rest = text[left:].lstrip("，,；;。、")
        joint = pattern_of(_JOINT).match(rest)
        duty: Duty = "support" if joint else "responsible"
        yield NameList(passage, start + left, end, duty, _JOINT if joint else _BARE, strict=True)


def _joint(passage: Passage, start: int, end: int, duty: Duty, rule: str) -> Iterator[NameList]:
    """The list ``[start, end)``, in two where 会同 parts those who help from those whom the verb names."""
    match = pattern_of(_JOINT).search(passage.text, start, end)
    if match and match.start() - start <= 2 and start > 0:
        yield NameList(passage, match.end(), end, "support" if duty == "responsible" else duty, _JOINT, strict=True)
    elif match:
        yield NameList(passage, start, match.start(), duty, rule, strict=True)
        yield NameList(passage, match.end(), end, "support", _JOINT, strict=True)
    elif end - start >= 2:
        yield NameList(passage, start, end, duty, rule, strict=True)


def _is_bare_note(text: str, start: int, end: int, after: str) -> bool:
    """Whether the bracketed ``text[start:end]`` is a list of agencies that closes a sentence; *after* follows it.

    乡镇（街道） and 县发展和改革局（县粮食局） gloss the word before them, and 、鄢柯（县林业局） a person, as every
    bracket of a leading group does (成员：…), so they do not count.
    """
    content = text[start:end]
    if not pattern_of(_BARE).match(content):
        return False
    entries = [text[entry.start : entry.end] for entry in split_list(text, start, end)]
    if not entries or not all(is_agency(name) for name in entries) or all(len(name) < 3 for name in entries):
        return False
    before = text[start - 2 : start - 1]
    closes = before in _SENTENCE_ENDS or after in ("", "。", "；", ";")
    if before in _SENTENCE_ENDS and before:
        return True
    specific = len(entries) > 1 or entries[0].startswith(lexicon("levels"))
    glosses = is_agency(text[max(0, start - 5) : start - 1]) or is_collective(entries[0])
    person = _LISTED_BEFORE.search(text, max(0, start - 6), start - 1)
    if (person and is_name_in_prose(person[1])) or pattern_of("roll.post").match(text):
        return False
    return closes and specific and not glosses


def _unbracketed(text: str, covered: set[int]) -> Iterator[Span]:
    """Stretches that begin with a label without a bracket, up to the end of the sentence."""
    if "：" not in text and ":" not in text:
        return
    for match in _LOOSE_LABEL.finditer(text):
        if match.start() in covered or duty_of_label(match[1]) is None:
            continue
        stop = len(text)
        for mark in "。\n）〕】":
            found = text.find(mark, match.end(), min(len(text), match.end() + LONGEST_NOTE))
            stop = (
                found
                if found >= 0 and (mark in "。\n" or not _open_in(text, match.end(), found)) and found < stop
                else stop
            )
        yield Span(match.start(1), min(stop, match.end() + LONGEST_NOTE))


def _open_in(text: str, start: int, end: int) -> bool:
    part = text[start:end]
    return sum(part.count(c) for c in _OPENERS) > sum(part.count(c) for c in _CLOSERS)
