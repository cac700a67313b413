"""People in running text: labels, contacts, imprint, titles, bylines, 同志, offices before names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from extractors.language.passages import Passage
from extractors.officials.lists import runs_of
from extractors.officials.mentions import Mention, NameList
from extractors.officials.names import is_name_in_prose, is_verbal, public_figures, shape, split_names
from extractors.officials.positions import organization_of
from extractors.rules.registry import registry
from schemas.rows import AppointmentAction, MentionType
from schemas.spans import Reading

_LABELS: Final[tuple[tuple[str, MentionType], ...]] = (
    ("official.contact", "contact"),
    ("official.staff", "staff"),
    ("official.honour_label", "mention"),
    ("official.label", "duty"),
)
_LONGEST_VALUE: Final = 400
_STRONG_CONTEXTS: Final = (
    ("official.honoured", ""), ("official.rewarded", "对"), ("official.of_honour", ""), ("official.contact_by_number", "电话"), ("official.division_of_work", "："), ("official.contact_in_prose", "联"), ("official.comrade", "同志"), ("official.titled", ""), ("official.led_by", "由"),
    ("official.name_before_office", ""), ("official.attended", ""), ("official.party", ""),
)  # fmt: skip
_GROUP_POST: Final = re.compile(
    "(?:同志)?(?:任|担任|兼任|为)(?P<role>(?:第一|常务|执行)?副?(?:组长|总?指挥长?|召集人|政委|办公室主任)|成员)"
)
_POST_BEFORE: Final = re.compile(
    "((?:办公室|专班)?副?主任|(?:第一|常务|执行)?副?(?:组长|总?指挥长?|召集人))由[^，。；：、]{0,20}$"
)
_LONGEST_BEFORE: Final = 40
_TITLE_OF_HONOUR: Final = re.compile("[^，。；“”]{0,12}“([^“”]{2,24})”")
_ADVANCED: Final = re.compile("先进[^，。]{0,8}个人")
_CONTACT: Final = re.compile("联|对接|经办|电话")
_FULL_NAME: Final = 3
_LONGEST_BYLINE: Final = 34
_NAMES_A_THING: Final = re.compile("[县市镇乡村路街桥河湖山区寨庄楼馆局奖杯]|故居|精神|院士|团队|工作室|大道|社区|学校")


def labelled_lists(passage: Passage, source: str) -> Iterator[NameList]:
    """The lists of people behind labels in one passage; the value ends at a stop, a bracket or the next label.

    Labels are found in the folded text; values are read as printed, where line ends part the people
    that a joined reading would run together.
    """
    folded, text = passage.folded, passage.text
    if "：" not in text and ":" not in text:
        return
    labels = _labels(text.replace("：", ":"))
    if not labels:
        return
    following = [folded.offsets[match.start()] for match, _, _ in labels[1:]]
    for (match, rule_id, mention_type), limit in zip(labels, [*following, folded.offsets[-1] + 1], strict=True):
        if match.end() >= len(text):
            continue
        start = folded.offsets[match.end()]
        reading = Reading.of(source, start, _value_end(source, start, limit))
        runs = runs_of(reading.text)
        if runs:
            in_imprint = passage.place.document_id is None and mention_type == "duty"
            kind: MentionType = "staff" if in_imprint else mention_type
            yield NameList(passage.place, reading, runs, match["role"], kind, rule_id)


def _labels(text: str) -> list[tuple[re.Match[str], str, MentionType]]:
    """The labels of a folded text in order, each with its rule; where two rules read one, the first rule's."""
    found: dict[int, tuple[re.Match[str], str, MentionType]] = {}
    characters = frozenset(text)
    for rule_id, mention_type in _LABELS:
        rule = registry()[rule_id]
        for match in rule.finditer(text) if rule.may_match(characters) else ():
            found.setdefault(match.end(), (match, rule_id, mention_type))
    return [found[end] for end in sorted(found)]


def _value_end(text: str, start: int, next_label: int) -> int:
    """Where a label's value ends: at a stop, a closing bracket that it did not open, or before the next label."""
    depth = 0
    limit = min(next_label, start + _LONGEST_VALUE)
    for index in range(start, limit):
        char = text[index]
        if char in "（(":
            depth += 1
        elif char in "）)" and depth:
            depth -= 1
        elif char in "：:" and depth == 0:
            return _label_start(text, start, index)
        elif depth == 0 and char in "；。）)〕】］];":
            return index
    return limit


def _label_start(text: str, start: int, colon: int) -> int:
    """Where the label before *colon* begins: after the last blank or separator, else the colon itself."""
    index = colon
    while index > start and text[index - 1] not in " \u3000、，,；\t\r\n":
        index -= 1
    return index if index > start else start


def titles_of(passage: Passage, source: str) -> Iterator[Mention]:
    """People named in a title or a contents line."""
    text = passage.text
    if passage.place.document_id is None:
        yield from _speakers_in_contents(passage)
    if "关于" not in text and "等" not in text:
        return
    for match in registry()["official.subject_of_title"].pattern.finditer(text):
        tail = match["tail"] or match["tail2"] or ""
        role = _title_role(match["verb"] or "", tail, text)
        action: AppointmentAction | None = "retire" if role == "退休" else None
        for name, start, end in _names(match):
            if shape(name) in (None, "bare") or name in public_figures():
                continue
            mention_type: MentionType = "appointment" if _is_act(role) else "mention"
            yield Mention(
                passage.place, passage.span(start, end), name, mention_type, "official.subject_of_title", role,
                action=action if mention_type == "appointment" else None,
                fragments=passage.fragments(source, start, end),
            )  # fmt: skip


def _speakers_in_contents(passage: Passage) -> Iterator[Mention]:
    for match in registry()["official.speaker_in_contents"].pattern.finditer(passage.text):
        for name, start, end in _names(match):
            if is_name_in_prose(name):
                position = match["position"]
                yield Mention(
                    passage.place, passage.span(start, end), name, "signature", "official.speaker_in_contents",
                    position, None, position,
                )  # fmt: skip


def _is_act(role: str) -> bool:
    return any(sign in role for sign in ("任", "免", "聘", "退休", "提名", "辞"))


def _title_role(verb: str, tail: str, text: str) -> str:
    for sign in ("任免", "正式任职", "退休"):
        if sign in tail:
            return sign
    if "免职" in tail or verb in ("免去", "撤销", "解聘"):
        return "免"
    if verb in ("任命", "聘任", "聘请", "提名", "推荐"):
        return verb
    if "任职" in tail:
        return "任职"
    if "职务" in tail and "任免" in text:
        return "任免"
    return verb or "同志"


def _names(match: re.Match[str]) -> list[tuple[str, int, int]]:
    return split_names(match.string, *match.span("names"))


def byline_of(passage: Passage, source: str) -> Iterator[Mention]:
    """Office and name alone on a line: who signs an order or gives a report."""
    text = passage.text
    if not 4 <= len(text) <= _LONGEST_BYLINE:
        return
    match = registry()["official.byline"].search(text)
    if match is None or not is_name_in_prose(match["name"]):
        return
    start, end = match.span("name")
    between = source[passage.folded.offsets[start - 1] + 1 : passage.folded.offsets[start]]
    if not between and text[start - 1] not in ":：":
        return
    position = match["position"]
    yield Mention(
        passage.place, passage.span(start, end), match["name"], "signature", "official.byline", position,
        organization_of(position), position, fragments=passage.fragments(source, start, end),
    )  # fmt: skip


def people_in_prose(passage: Passage, source: str) -> Iterator[Mention]:
    """People whom strong context names: 同志, an office before the name, 由…牵头."""
    text = passage.text
    characters = frozenset(text)
    for rule_id, sign in _STRONG_CONTEXTS:
        rule = registry()[rule_id]
        if sign not in text or not rule.may_match(characters):
            continue
        for match in rule.finditer(text):
            names = _names(match)
            groups = match.groupdict()
            certain = groups.get("certain") is not None
            if not all(_is_person(name, certain) for name, _, _ in names):
                continue
            if rule_id == "official.attended" and len(names) == 1 and len(names[0][0]) < _FULL_NAME:
                continue
            position, role = groups.get("position"), _role_in_prose(match, rule_id, passage.document.title)
            mention_type: MentionType = (
                "contact" if rule_id.startswith("official.contact_") and _CONTACT.search(match["role"]) else "mention"
            )
            if role != position and _GROUP_POST.match(text, match.end()):
                mention_type = "duty"
            for name, start, end in names:
                yield Mention(
                    passage.place, passage.span(start, end), name, mention_type, rule_id, role,
                    organization_of(position) if position else None, position,
                    fragments=passage.fragments(source, start, end),
                )  # fmt: skip


def _is_person(name: str, certain: bool) -> bool:
    if certain and name not in public_figures():
        return shape(name) not in (None, "bare")
    return is_name_in_prose(name) and not is_verbal(name)


def _honour_of(title: str | None) -> str:
    """What a commendation's title calls its people (表扬抗旱先进集体和个人的通报)."""
    return "先进个人" if title and _ADVANCED.search(title) else "表扬"


def _role_in_prose(match: re.Match[str], rule_id: str, document_title: str | None = None) -> str:
    """The post that follows (张三任组长), else the label, the office before the name, or the context itself."""
    post = _GROUP_POST.match(match.string, match.end())
    if post is not None:
        return post["role"]
    given = _POST_BEFORE.search(match.string, max(0, match.start("names") - _LONGEST_BEFORE), match.start("names"))
    if given is not None:
        return given[1]
    groups = match.groupdict()
    if rule_id in ("official.honoured", "official.rewarded"):
        title = _TITLE_OF_HONOUR.match(match.string, match.end())
        return title[1] if title else groups.get("verb") or _honour_of(document_title)
    if rule_id == "official.division_of_work":
        return groups["position"] or groups["role"] or ""
    return (
        (groups.get("role") or "").strip("“”")
        or groups.get("verb")
        or groups.get("position")
        or ("牵头" if rule_id == "official.led_by" else "同志")
    )


def known_names(passage: Passage, roles: Mapping[str, str], pattern: re.Pattern[str], source: str) -> Iterator[Mention]:
    """Names of the document's roster (with their roles) met in its prose; *pattern* matches any of them."""
    for match in pattern.finditer(passage.text):
        if _inside_word(passage.text, match):
            continue
        yield Mention(
            passage.place, passage.span(*match.span()), match[0], "mention", "official.known_name", roles[match[0]],
            fragments=passage.fragments(source, *match.span()),
        )  # fmt: skip


def _inside_word(text: str, match: re.Match[str]) -> bool:
    return _NAMES_A_THING.match(text, match.end()) is not None
