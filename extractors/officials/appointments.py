"""Acts of appointment: who is appointed to, removed from or retires from which office, and from when.

An act stands in one sentence (任命王建国为县教育局局长) or under a lead-in that the lines beneath it
share (免去： / 贺兰舟的市审计局局长职务；). Lines are read in order, the lead-in in force kept.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from extractors.language.passages import Passage
from extractors.officials.acts import Act, act_of, act_of_verb
from extractors.officials.mentions import Mention
from extractors.officials.names import is_name_in_prose, public_figures, shape, split_names
from extractors.officials.positions import clean_position, group_in_front, is_office, organization_of
from extractors.rules.registry import Rule, group_for, lexicon, pattern_of, registry, rules_for, signs_of

_TAIL: Final = 30
_LONGEST_LINE: Final = 3000


def acts_of(passages: Iterable[Passage], source: str) -> Iterator[Mention]:
    """The acts that the clauses of one document print, in text order."""
    lead: Act | None = None
    date: dt.date | None = None
    acts: list[Mention] = []
    for passage in passages:
        text = passage.text
        if passage.clause is not None and passage.clause.clause_type in ("title", "signature"):
            lead = date = None
        if not pattern_of("act.word").search(text[:_LONGEST_LINE]):
            continue
        found: list[Mention] = []
        for part in _parts(passage, source):
            more, lead = _acts_of_line(part, lead, source)
            found.extend(more)
        stated, backward = _term_begins(text)
        if stated is not None and backward:
            acts = [_dated(act, stated) for act in acts]
        elif stated is not None and not found:
            date = stated
        day = stated or date
        acts.extend(_dated(act, day) if day is not None else act for act in found)
    yield from acts


def _parts(passage: Passage, source: str) -> Iterator[Passage]:
    """The passage cut at the line ends after a complete office, which a joined paragraph may hide."""
    folded, offsets = passage.folded, passage.folded.offsets
    if not len(folded) or "\n" not in source[offsets[0] : offsets[-1]]:
        yield passage
        return
    start = 0
    for index in range(1, len(folded)):
        gap = source[offsets[index - 1] + 1 : offsets[index]] if offsets[index] - offsets[index - 1] > 1 else ""
        if "\n" in gap and _is_complete(folded.text[max(0, index - _TAIL) : index]):
            yield replace(passage, folded=folded.slice(start, index))
            start = index
    yield replace(passage, folded=folded.slice(start, len(folded))) if start else passage


def _is_complete(text: str) -> bool:
    return text[-1:] in "；。：）" or is_office(text)


def _dated(act: Mention, date: dt.date) -> Mention:
    return replace(act, effective_date=date) if act.action == "appoint" and act.effective_date is None else act


def _term_begins(text: str) -> tuple[dt.date | None, bool]:
    """The day from which terms count, and whether it is said of the acts above (以上人员…)."""
    match = registry()["official.term_begins"].search(text)
    if match is None:
        return None, False
    try:
        date = dt.date(int(match["year"]), int(match["month"]), int(match["day"]))
    except ValueError:
        return None, False
    return date, pattern_of("act.above").search(text[: match.start()]) is not None


def _acts_of_line(passage: Passage, lead: Act | None, source: str) -> tuple[list[Mention], Act | None]:
    text = passage.text[:_LONGEST_LINE]
    signs = signs_of(passage.text)
    found: list[Mention] = []
    taken: list[tuple[int, int]] = []
    leads = _leads(text, signs)

    def lead_at(position: int) -> Act | None:
        current = lead
        for start, one in leads:
            if start <= position:
                current = one
        return current

    for rule in group_for("act", signs):
        for match in rule.finditer(text):
            if any(start < match.end() and match.start() < end for start, end in taken):
                continue
            acts = _acts(passage, match, rule, lead_at(match.start()), source)
            if acts:
                taken.append(match.span())
                found.extend(acts)
                found.extend(_further_removal(match, acts))
    found.extend(_lapses(passage, text, signs))
    found.sort(key=lambda act: act.span)
    return found, (leads[-1][1] if leads else lead)


def _leads(text: str, signs: int) -> list[tuple[int, Act]]:
    return [
        (match.start(), act_of_verb(match["verb"] or match["verb2"]))
        for rule in rules_for("official.act_lead_in", signs)
        for match in rule.finditer(text)
    ]


def _acts(passage: Passage, match: re.Match[str], rule: Rule, lead: Act | None, source: str) -> list[Mention]:
    groups = match.groupdict()
    names, position = _split(match, groups.get("position") or "")
    if groups.get("verb") and _ends_name(passage, match, source):
        return []
    if (
        rule.flag("not_second")
        and not (groups["comrade"] or match.string.startswith(lexicon("attributive_particles"), match.end("names")))
        and position.startswith((*lexicon("levels"), *lexicon("town_levels")))
        and _goes_on(match)
    ):
        return []
    lead = lead or _verb_before(match)
    act = act_of(rule, groups.get("verb") or "", lead)
    if act is None or not names:
        return []
    office = clean_position(position) or None
    post = rule.flag("may_be_duty") and pattern_of("office.post_of_group").search(office or "") is not None
    if rule.flag("former_office") and office:
        office = pattern_of("office.former").sub("", office)
    in_office = office is not None and is_office(office)
    strong = bool(groups.get("comrade")) or lead is not None or (in_office and rule.flag("explicit"))
    if not (rule.flag("without_office") or in_office or strong):
        return []
    if not all(_is_person(name, strong) for name, _, _ in names):
        return []
    return [
        Mention(
            passage.place,
            passage.span(start, end),
            name,
            "duty" if post else "appointment",
            rule.id,
            office if post else act.role,
            group_in_front(match.string, match.start()) if post else organization_of(office) if office else None,
            office,
            None if post else act.action,
            fragments=passage.fragments(source, start, end),
        )
        for name, start, end in names
    ]


def _ends_name(passage: Passage, match: re.Match[str], source: str) -> bool:
    """Whether the verb behind a name is its last character: a blank parts it from the office (朱长任　副局长)."""
    start, end = match.span("verb")
    if start != match.end("names") or end >= len(passage.folded) or shape(match["names"] + match["verb"]) != "surname":
        return False
    offsets = passage.folded.offsets
    behind = source[offsets[end - 1] + 1 : offsets[end]]
    return offsets[start] == offsets[start - 1] + 1 and behind.isspace()


def _verb_before(match: re.Match[str]) -> Act | None:
    """The verb that an act in the same sentence shares with this one (任命张三为…，李四为…)."""
    text, start = match.string, match.start()
    found = pattern_of("act.shared_verb").search(text, _sentence_start(text, start), start)
    return act_of_verb(found["verb"]) if found else None


def _sentence_start(text: str, position: int) -> int:
    return max(text.rfind(mark, 0, position) for mark in "。；：:") + 1


def _goes_on(match: re.Match[str]) -> bool:
    """Whether 免去 goes on after an act in its own sentence (张强任…，免去云溪县…职务): no name stands behind it."""
    text, start = match.string, match.start()
    sentence = text[_sentence_start(text, start) : start]
    return sentence.endswith("，") and pattern_of("act.before").search(sentence) is not None


def _is_person(name: str, strong: bool) -> bool:
    if name in public_figures():
        return False
    return shape(name) not in (None, "bare") if strong else is_name_in_prose(name)


def _split(match: re.Match[str], position: str) -> tuple[list[tuple[str, int, int]], str]:
    """The single names of a match with their places, and the office; a name that took the office's first sign gives it back."""
    names = split_names(match.string, *match.span("names"))
    if names and position and match.end("names") == match.start("position"):
        name, first, last = names[-1]
        if len(name) == 3 and shape(name[:2]) and name[2] in lexicon("levels"):
            names[-1] = (name[:2], first, last - 1)
            position = name[2] + position
    return names, position


def _further_removal(match: re.Match[str], acts: list[Mention]) -> list[Mention]:
    """免去其…职务 after the office: the same printed names, a second act."""
    stop = min(
        (i for i in (match.string.find(sign, match.end()) for sign in "。；") if i >= 0), default=len(match.string)
    )
    if acts[0].action not in ("appoint", "engage"):
        return []
    rule = registry()["official.further_removal"]
    further = rule.pattern.search(match.string, match.end(), stop)
    other = registry()["official.remove"].pattern.match(match.string, further.start()) if further else None
    if other is not None and (other["comrade"] or pattern_of("office.former").match(other["position"])):
        return []  # 免去李丽同志…职务, 免去李丽原…职务: another person
    if further is None or any(shape(further["position"][:size]) == "compound" for size in (3, 4)):
        return []
    before, of = _before_particle(further["position"])
    if of and shape(before) not in (None, "bare"):
        return []  # 免去李丽的…职务: another person
    office = clean_position(further["position"])
    act = act_of(rule, "", None)
    if act is None or not is_office(office):
        return []
    return [
        replace(
            mention, rule_id=rule.id, role=act.role, action=act.action, position=office,
            organization=organization_of(office), effective_date=None,
        )
        for mention in acts
    ]  # fmt: skip


def _before_particle(text: str) -> tuple[str, bool]:
    """What stands before the first particle of *text*, and whether there is one (李丽的县林业局局长 → 李丽)."""
    at = min((found for word in lexicon("attributive_particles") if (found := text.find(word)) > 0), default=-1)
    return (text[:at], True) if at > 0 else (text, False)


def _lapses(passage: Passage, text: str, signs: int) -> list[Mention]:
    rule = registry()["official.lapse"]
    act = act_of(rule, "", None) if rule.may_match(signs) else None
    if act is None:
        return []
    return [
        Mention(
            passage.place, passage.span(*match.span("position")), None, "appointment", rule.id, act.role,
            organization_of(match["position"]), match["position"], act.action,
        )
        for match in rule.finditer(text)
    ]  # fmt: skip
