"""People in running text: labels, contacts, imprint, titles, bylines, 同志, offices before names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final, cast

from extractors.language.folding import fold
from extractors.language.passages import Passage
from extractors.language.tokens import known_tag
from extractors.officials.lists import people_of, runs_of
from extractors.officials.mentions import Mention, NameList
from extractors.officials.names import begins_with_word, is_name_in_prose, is_verbal, public_figures, shape, split_names
from extractors.officials.positions import group_in_front, is_office, organization_of, with_agency_in_front
from extractors.rules.registry import Rule, group_for, pattern_of, registry, signs_of, word_table
from schemas.rows import AppointmentAction, MentionType
from schemas.spans import Reading

_LONGEST_VALUE: Final = 400
_LONGEST_BEFORE: Final = 40
_FULL_NAME: Final = 3
_LONGEST_BYLINE: Final = 34
_LONGEST_BETWEEN: Final = 80
_FATES: Final = ("person.answers_behind", "person.honoured_behind")


def labelled_lists(passage: Passage, source: str) -> Iterator[NameList]:
    """The lists of people behind labels in one passage; the value ends at a stop, a bracket or the next label.

    Labels are found in the folded text; values are read as printed, where line ends part the people
    that a joined reading would run together.
    """
    folded, text = passage.folded, passage.text
    if "：" not in text and ":" not in text:
        return
    labels = _labels(text)
    if not labels:
        return
    following = [folded.offsets[match.start()] for match, _ in labels[1:]]
    for (match, rule), limit in zip(labels, [*following, folded.offsets[-1] + 1], strict=True):
        if match.end() >= len(text):
            continue
        start = folded.offsets[match.end()]
        reading = Reading.of(source, start, _value_end(source, start, limit))
        runs = runs_of(reading.text)
        if runs:
            kind = _mention_type(rule)
            if kind == "duty" and passage.place.document_id is None:
                kind = "staff"  # in the imprint
            yield NameList(passage.place, reading, runs, match["role"], kind, rule.id)


def lists_in_sentences(passage: Passage, source: str) -> Iterator[NameList]:
    """The people whom a sentence lists, each after agency or office, before what is said of all of them.

    It is the post that they take (公安局刘洋、财政局赵晓东为成员) or what is done to them (对站长唐某、干部李某给予警告处分).
    """
    text = passage.text
    for rule in group_for("list_in_sentence", signs_of(text)):
        for match in rule.finditer(text):
            offsets = passage.folded.offsets
            first, last = match.span("list")
            reading = Reading.of(source, offsets[first], offsets[last - 1] + 1)
            runs = runs_of(reading.text)
            people = [found for run in runs for found in people_of(run)]
            if people and all(len(found.words) == 1 and is_name_in_prose(found.words[0].text) for found in people):
                action = cast(AppointmentAction | None, rule.word("action"))
                if action:  # An office alone belongs to the person behind it, not to the one before.
                    runs = tuple(run for run in runs if any(people_of(run)))
                kind = _mention_type(rule)
                yield NameList(passage.place, reading, runs, match["role"], kind, rule.id, action=action)


def open_label(passage: Passage) -> tuple[str, MentionType, str] | None:
    """Role, type and rule of the label that *passage* ends with: its people stand on the next line."""
    labels = _labels(passage.text)
    if not labels or labels[-1][0].end() < len(passage.text):
        return None
    match, rule = labels[-1]
    return match["role"], _mention_type(rule), rule.id


def _mention_type(rule: Rule) -> MentionType:
    return cast(MentionType, rule.word("mention_type") or "mention")


def _labels(text: str) -> list[tuple[re.Match[str], Rule]]:
    """The labels of a folded text in order, each with its rule; where two rules read one, the first rule's."""
    found: dict[int, tuple[re.Match[str], Rule]] = {}
    plain = text.replace("：", ":")
    for rule in group_for("label", signs_of(text, over=":")):
        for match in rule.finditer(plain):
            found.setdefault(match.end(), (match, rule))
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
    rule = registry()["official.subject_of_title"]
    for match in rule.finditer(text) if rule.may_match(signs_of(text)) else ():
        role, action = _title_role(match["verb"] or "", match["tail"] or match["tail2"] or "", text)
        for name, start, end in _names(match):
            if shape(name) in (None, "bare") or name in public_figures():
                continue
            mention_type: MentionType = "appointment" if _is_act(role) else "mention"
            yield Mention(
                passage.place, passage.span(start, end), name, mention_type, rule.id, role,
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
    return pattern_of("act.role").search(role) is not None


def _title_role(verb: str, tail: str, text: str) -> tuple[str, AppointmentAction | None]:
    """The role of a title's persons, by its verb and by the words behind the names, and the act where that is one."""
    for word, (role, *action) in word_table("title_acts").items():
        if word in verb or word in tail:
            return role, cast(AppointmentAction, action[0]) if action else None
    if pattern_of("act.title_of_offices").search(text):
        return next(iter(word_table("title_acts").values()))[0], None
    return verb or registry()["official.comrade"].word("role") or "", None


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
    for rule in group_for("context_of_person", signs_of(text)):
        for match in rule.finditer(text):
            names = _names(match)
            groups = match.groupdict()
            certain = groups.get("certain") is not None
            vouched = certain or bool(groups.get("position")) or not rule.flag("no_word_in_front")
            if not vouched and any(begins_with_word(name) for name, _, _ in names):
                continue
            if not all(_is_person(name, certain) for name, _, _ in names):
                continue
            if rule.flag("word_behind") and not _goes_on_with_word(text, names):
                continue
            if rule.flag("full_name") and len(names) == 1 and len(names[0][0]) < _FULL_NAME:
                continue
            position = groups.get("position")
            done = rule.word("role") if rule.word("mention_type") == "appointment" else None
            role = done or _role_in_prose(match, rule, passage.document.title)
            if position and rule.flag("agency_in_front"):
                position = with_agency_in_front(text, match.start("position"), position)
            if rule.flag("needs_office") and not is_office(position or ""):
                continue
            mention_type = _mention_type(rule)
            if mention_type == "contact" and not pattern_of("person.contact_role").search(match["role"]):
                mention_type = "mention"
            if role != position and pattern_of("office.post_behind").match(text, match.end()):
                mention_type = "duty"
            organization = organization_of(position) if position else None
            if mention_type == "duty" and not position:
                organization = group_in_front(text, match.start("names"))
            action = None if mention_type == "duty" else cast(AppointmentAction | None, rule.word("action"))
            said = not action or "role" not in groups
            named = position or groups.get("role") or certain or groups.get("comrade")
            if said and mention_type == "mention" and named:
                role, action = _fate(text[match.end() :]) or (role, action)
            for name, start, end in names:
                yield Mention(
                    passage.place, passage.span(start, end), name, mention_type, rule.id, role or None,
                    organization, position, action,
                    fragments=passage.fragments(source, start, end),
                )  # fmt: skip


def in_common(mentions: Sequence[Mention], source: str) -> list[Mention]:
    """*mentions* of a passage, where what a list ends with is said of all whom it names.

    县长王某、局长李某等2人受到警告处分: only offices and names stand between the persons.
    """
    said = {one.span.start: one for one in mentions if one.action in ("punish", "commend")}
    if not said:
        return list(mentions)
    shared: dict[int, Mention] = {}
    for index, mention in sorted(enumerate(mentions), key=lambda item: item[1].span.start, reverse=True):
        behind = min((start for start in said if start >= mention.span.end), default=None)
        if mention.action is not None or mention.mention_type != "mention" or behind is None:
            continue
        between = fold(Reading.of(source, mention.span.end, behind)).text
        if len(between) <= _LONGEST_BETWEEN and pattern_of("person.in_list").fullmatch(between):
            shared[index] = replace(mention, action=said[behind].action, role=said[behind].role)
            said.setdefault(mention.span.start, shared[index])
    return [shared.get(index, mention) for index, mention in enumerate(mentions)]


def _is_person(name: str, certain: bool) -> bool:
    if certain and name not in public_figures():
        return shape(name) not in (None, "bare")
    return is_name_in_prose(name) and not is_verbal(name)


def _fate(rest: str) -> tuple[str, AppointmentAction] | None:
    """What the *rest* of a sentence says is done to the persons before it, and as what act, unless it names others first."""
    others = ("official.titled", "official.titled_in_full")
    for fate in map(registry().__getitem__, _FATES):
        found = fate.pattern.match(rest)
        if found is not None and not any(pattern_of(rule).search(rest, 0, found.end()) for rule in others):
            return found["role"], cast(AppointmentAction, fate.word("action"))
    return None


def _goes_on_with_word(text: str, names: list[tuple[str, int, int]]) -> bool:
    """Whether a word of the dictionary follows the last of *names*, and none begins any of them (高度重视)."""
    end = names[-1][2]
    follows = any(known_tag(text[end : end + size]) for size in (2, 3, 4))
    return follows and not any(begins_with_word(name) for name, _, _ in names)


def _role_in_prose(match: re.Match[str], rule: Rule, title: str | None) -> str:
    """The post that follows (张三任组长), else the label, the office before the name, or the context itself."""
    text, groups = match.string, match.groupdict()
    post = pattern_of("office.post_behind").match(text, match.end())
    if post is not None:
        return post["role"]
    names = match.start("names")
    given = pattern_of("office.post_before").search(text, max(0, names - _LONGEST_BEFORE), names)
    if given is not None:
        return given[1]
    if rule.flag("honour"):
        honour = pattern_of("honour.title_behind").match(text, match.end())
        return honour["title"] if honour else groups.get("verb") or _honour_of(rule, title)
    if rule.flag("office_is_role") and groups["position"]:
        return groups["position"]
    printed = (groups.get("role") or "").strip("“”") or groups.get("verb") or groups.get("position")
    return printed or rule.word("role") or ""


def _honour_of(rule: Rule, title: str | None) -> str:
    """What the *title* of a commendation calls its people (表扬抗旱先进集体和个人的通报), else the rule's own word."""
    individuals = registry()["honour.title_of_document"]
    return (title and individuals.search(title) and individuals.value) or rule.word("role") or ""


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
    return pattern_of("name.of_thing").match(text, match.end()) is not None
