"""Running text that gives agencies a duty: 由X牵头, 联合Y, 由Z负责, 成员单位包括…, …为成员单位."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final, cast

from extractors.agencies.names import is_agency, is_collective, split_list
from extractors.language.passages import Passage
from extractors.language.tokens import segmenter, tag_of
from extractors.responsibilities.findings import NameList
from extractors.rules.registry import lexicon, registry
from schemas.rows import Duty
from schemas.spans import Span

_LEADS: Final = ("responsibility.text_lead_by", "responsibility.text_lead")
_ANSWERS: Final = ("responsibility.text_responsible_by", "responsibility.text_responsible")
_FOLLOWERS: Final = ("responsibility.text_joint", "responsibility.text_support")
_INCLUDE: Final = "responsibility.text_members_include"
_AS: Final = "responsibility.text_members_as"
_NOT_NAMES: Final = re.compile(r"(?:级|其|谁|专人|本人|双方|各方|个人|群众|会议|上级|下级|中央)$")
_PRIVATE: Final = re.compile(
    r"^(?:建设|施工|设计|监理|用人|产权|使用|管理|经营|生产|物业|委托|收费|设置|申请|供水|供气|供热|养护|维护|第三方|受托)?(?:服务|经营|管理)?(?:单位|企业|机构|主体|学校|公司|部门|会议|平台)$"
)
_ADVERBS: Final = re.compile(
    r"^(?:其中|同时|此外|另外|原则上|日常|年底|平时|具体|工作(?!专班|小组|组|领导)|以及|并|由|即|对此|今后"
    r"|建立(?:健全)?|成立|组建|形成|实行|完善)[，,]?"
)
_JOINT: Final = re.compile(r"会同|联合(?!会|社|国)")
_MUST: Final = re.compile(r"(?:要|应当|应|须|将)$")
_PAST_NAME: Final = ("v", "d", "p", "c", "r", "f", "u")
_OPEN_ENDS: Final = ("委", "府", "县", "市", "区", "州")
"""Ends of names that often go on (县委督查室, 各区县统计部门), so that a verb behind them may belong to the name."""
_FARTHEST: Final = 1500


def find_in_prose(passage: Passage, notes: Sequence[Span]) -> list[NameList]:
    """The lists of names that the running text of *passage* gives a duty; *notes* are left aside."""
    text = _without(passage, notes)
    lists: list[NameList] = []
    taken: set[int] = set()
    if "牵头" in text:
        for names, end in _before_verbs(passage, text, _LEADS, taken):
            lists.append(names)
            lists.extend(_followers(passage, text, end))
    if "负责" in text:
        lists.extend(names for names, _ in _before_verbs(passage, text, _ANSWERS, taken))
    if "成员" in text:
        lists.extend(_members(passage, text))
    return lists


def _before_verbs(passage: Passage, text: str, rules: Sequence[str], taken: set[int]) -> Iterator[tuple[NameList, int]]:
    """The lists before the verbs of *rules*, each with the end of its verb; *taken* holds positions already read."""
    for rule in rules:
        for match in registry()[rule].pattern.finditer(text):
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


def _names(passage: Passage, text: str, match: re.Match[str], rule: str) -> list[NameList]:
    """The list before a verb, where every entry of it is an agency; those behind 会同 (X会同Y负责) only help."""
    start, end = match.span("names")
    while lead := _ADVERBS.match(text[start:end]):
        start += lead.end()
    by = match[0].startswith("由")
    if not by and text[start - 1 : start] == "，":
        start = min(start, _begin_of_list(text, start - 1))
    joint = _JOINT.search(text, start + 2, end)
    if joint and _all_answer(_listed(text, start, joint.start()), by):
        help_too = _all_answer(_listed(text, joint.end(), end), lenient=False)
        others = [NameList(passage, joint.end(), end, "support", _FOLLOWERS[0], strict=True)] if help_too else []
        return [NameList(passage, start, joint.start(), _duty(rule), rule, strict=not by), *others]
    if must := _MUST.search(text, start, end):
        end = must.start()
        if not _is_specific(text[start:end]):
            return []
    return (
        [NameList(passage, start, end, _duty(rule), rule, strict=not by)]
        if _all_answer(_listed(text, start, end), by)
        else []
    )


def _duty(rule: str) -> Duty:
    return cast(Duty, registry()[rule].value)


def _listed(text: str, start: int, end: int) -> list[str]:
    return [text[entry.start : entry.end] for entry in split_list(text, start, end)]


def _all_answer(names: Sequence[str], lenient: bool) -> bool:
    return bool(names) and all(_answers(name, lenient and len(names) > 1) for name in names)


def _is_specific(name: str) -> bool:
    """Whether *name* begins as an agency of one level does and is no kind of agencies (财政部门要…)."""
    return name[:1] in "省市州盟县区旗" and not name.endswith(("部门", "单位")) and not is_collective(name)


def _answers(name: str, lenient: bool) -> bool:
    if _PRIVATE.match(name) or _NOT_NAMES.search(name):
        return False
    return is_agency(name) or (lenient and 2 <= len(name) <= 4 and not name.endswith(lexicon("agency_titles")))


def _followers(passage: Passage, text: str, start: int) -> Iterator[NameList]:
    """The lists right after the verb at *start*: those whom it joins, and, each behind the last, those who help."""
    for rule in _FOLLOWERS:
        pattern = registry()[rule].pattern
        while match := pattern.match(text, start):
            low, high = match.span("names")
            if rule.endswith("joint"):
                high = _end_of_names(text, low, high)
            entries = split_list(text, low, high)
            if not entries or not all(is_agency(text[entry.start : entry.end]) for entry in entries):
                break
            yield NameList(passage, low, high, "support", rule, strict=True)
            if rule.endswith("joint"):
                return
            start = match.end()


def _end_of_names(text: str, start: int, end: int) -> int:
    """Where the list that begins at *start* ends: its last entry is cut where a verb follows the name."""
    position = start
    last = start
    while position < end:
        stop = min((found for mark in "、，," if (found := text.find(mark, position, end)) >= 0), default=end)
        if stop < end and is_agency(text[position:stop]):
            last, position = stop, stop + 1
            continue
        name_end = end_of_name(text[position:stop])
        return position + name_end if name_end else last
    return last


def end_of_name(text: str) -> int:
    """Length of the agency's name that *text* begins with, 0 if none: it ends before the next verb, adverb or preposition."""
    position = best = 0
    for word in segmenter().lcut(text[:60]):
        if best == position and best and tag_of(word)[:1] in _PAST_NAME and not text[:best].endswith(_OPEN_ENDS):
            break
        position += len(word)
        if is_agency(text[:position].removesuffix("等")):
            best = position
    return best


def _members(passage: Passage, text: str) -> Iterator[NameList]:
    for match in registry()[_INCLUDE].pattern.finditer(text):
        low, high = match.span("names")
        high = _end_of_list(text, low, high)
        if high > low:
            yield NameList(passage, low, high, "member", _INCLUDE, strict=True)
    for match in registry()[_AS].pattern.finditer(text):
        low = _begin_of_list(text, match.start())
        if low < match.start():
            yield NameList(passage, low, match.start(), "member", _AS, strict=True)


def _end_of_list(text: str, start: int, end: int) -> int:
    """End of the run of entries from *start* that read as agencies."""
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
