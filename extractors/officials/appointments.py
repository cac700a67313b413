"""Acts of appointment: who is appointed to, removed from or retires from which office, and from when.

An act stands in one sentence (任命王建国为县教育局局长) or under a lead-in that the lines beneath it
share (免去： / 贺兰舟的市审计局局长职务；). Lines are read in order, the lead-in in force kept.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from extractors.language.passages import Passage
from extractors.officials.mentions import Mention
from extractors.officials.names import is_name_in_prose, public_figures, shape, split_names
from extractors.officials.positions import clean_position, is_office, organization_of
from extractors.rules.registry import registry
from schemas.rows import AppointmentAction

_PREFILTER: Final = re.compile("任|免|聘|退休|提名|辞去|职务|为|晋升")
_ACTIONS: Final[dict[str, AppointmentAction]] = {
    "任命": "appoint", "任": "appoint", "担任": "appoint", "兼任": "appoint", "为": "appoint", "正式任": "appoint",
    "挂任": "appoint", "挂职任": "appoint", "任命为": "appoint", "正式任职": "appoint", "任职": "appoint", "决定": "appoint",
    "批准任命": "appoint", "当选为": "appoint", "当选": "appoint", "选举": "appoint", "推选": "appoint", "增补": "appoint",
    "聘任": "engage", "聘请": "engage", "续聘": "engage", "聘任为": "engage", "提名": "nominate", "推荐": "nominate",
    "免去": "remove", "免除": "remove", "撤销": "remove", "解聘": "remove", "罢免": "remove", "撤去": "remove",
    "晋升为": "appoint", "晋升": "appoint", "转任": "appoint", "改任": "appoint", "调任": "appoint", "出任": "appoint",
    "明确": "appoint", "建议": "nominate",
    "接受": "remove", "批准": "remove", "同意": "remove",
}  # fmt: skip
_ROLES: Final[dict[AppointmentAction, str]] = {
    "appoint": "任", "engage": "聘任", "nominate": "提名", "remove": "免", "lapse": "免", "retire": "退休",
}  # fmt: skip
_DATE: Final = re.compile("([0-9]{4})年([0-9]{1,2})月([0-9]{1,2})日")
_ABOVE: Final = re.compile("(?:以上|上述)[^。；]{0,20}$")
_GROUP_POST: Final = re.compile("(?:组长|指挥长|总指挥|召集人|政委|成员)$|^(?:办公室)?副?主任$")
"""Posts of a working group: a duty, no appointment."""
_AREAS: Final = "省市县区州盟旗镇乡"
_AREA: Final = re.compile(f"[{_AREAS[:-2]}]")
_VERB: Final = re.compile("(任命|聘任|聘请|提名|推荐|免去|免除|撤销|解聘)(?!下列|以下)")
_ACT_BEFORE: Final = re.compile("任(?!免|职|期)[^，]{3,}，")
_EXPLICIT: Final = ("official.appoint", "official.remove", "official.resign", "official.step_down")
"""Rules whose own verb says that an act is done: with an office they vouch for a name that is also a word."""
_TAIL: Final = 30
_IN_ORDER: Final = (
    "remove", "resign", "removal_of_named", "appoint", "step_down", "lapse_of_named", "take_office", "office_given_up", "retire",
)  # fmt: skip
"""Rules from the most explicit wording to the barest; a stretch that one has read is closed to the next."""
_LONGEST_LINE: Final = 3000


@dataclass(frozen=True, slots=True)
class _Lead:
    """The act in force: its verb, and whether its lines may leave the verb out."""

    verb: str
    action: AppointmentAction


def acts_of(passages: Iterable[Passage], source: str) -> Iterator[Mention]:
    """The acts that the clauses of one document print, in text order."""
    lead: _Lead | None = None
    date: dt.date | None = None
    acts: list[Mention] = []
    for passage in passages:
        text = passage.text
        if passage.clause is not None and passage.clause.clause_type in ("title", "signature"):
            lead = date = None
        if not _PREFILTER.search(text[:_LONGEST_LINE]):
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
    day = _DATE.fullmatch(match["date"]) if match else None
    if match is None or day is None:
        return None, False
    try:
        date = dt.date(int(day[1]), int(day[2]), int(day[3]))
    except ValueError:
        return None, False
    return date, _ABOVE.search(text[: match.start()]) is not None


def _acts_of_line(passage: Passage, lead: _Lead | None, source: str) -> tuple[list[Mention], _Lead | None]:
    rules, text = registry(), passage.text[:_LONGEST_LINE]
    found: list[Mention] = []
    taken: list[tuple[int, int]] = []
    leads = _leads(text)
    characters = frozenset(text)

    def lead_at(position: int) -> _Lead | None:
        current = lead
        for start, one in leads:
            if start <= position:
                current = one
        return current

    for rule_id in _IN_ORDER:
        rule = rules[f"official.{rule_id}"]
        for match in rule.finditer(text) if rule.may_match(characters) else ():
            if any(start < match.end() and match.start() < end for start, end in taken):
                continue
            acts = _acts(passage, match, f"official.{rule_id}", lead_at(match.start()), source)
            if acts:
                taken.append(match.span())
                found.extend(acts)
                found.extend(_further_removal(passage, match, acts))
    found.extend(_lapses(passage, text))
    found.sort(key=lambda act: act.span)
    return found, (leads[-1][1] if leads else lead)


def _leads(text: str) -> list[tuple[int, _Lead]]:
    found: list[tuple[int, _Lead]] = []
    for match in registry()["official.act_lead_in"].finditer(text):
        verb = match["verb"] or match["verb2"]
        found.append((match.start(), _Lead(verb, _ACTIONS[verb])))
    return found


def _acts(passage: Passage, match: re.Match[str], rule_id: str, lead: _Lead | None, source: str) -> list[Mention]:
    groups = match.groupdict()
    names, position = _split(match, groups.get("position") or "")
    if rule_id == "official.remove" and not groups["comrade"] and position[:1] in _AREAS and _goes_on(match):
        return []
    verb = groups.get("verb") or ""
    lead = lead or _verb_before(match)
    action, role = _action(rule_id, verb, lead)
    if action is None or not names:
        return []
    post = _GROUP_POST.search(clean_position(position)) if rule_id == "official.take_office" else None
    office = clean_position(position) or None
    if rule_id == "official.lapse_of_named" and office:
        office = office.removeprefix("原").removeprefix("任")
    in_office = office is not None and is_office(office)
    strong = bool(groups.get("comrade")) or lead is not None or (in_office and rule_id in _EXPLICIT)
    if rule_id != "official.retire" and not in_office and not strong:
        return []
    if not all(_is_person(name, strong) for name, _, _ in names):
        return []
    mentions = []
    for name, start, end in names:
        mentions.append(
            Mention(
                passage.place,
                passage.span(start, end),
                name,
                "duty" if post else "appointment",
                rule_id,
                office if post else role,
                organization_of(office) if office and not post else None,
                office,
                None if post else action,
                fragments=passage.fragments(source, start, end),
            )
        )
    return mentions


def _verb_before(match: re.Match[str]) -> _Lead | None:
    """The verb that an act in the same sentence shares with this one (任命张三为…，李四为…)."""
    text, start = match.string, match.start()
    found = _VERB.search(text, max(text.rfind(mark, 0, start) for mark in "。；：:") + 1, start)
    return _Lead(found[1], _ACTIONS[found[1]]) if found else None


def _goes_on(match: re.Match[str]) -> bool:
    """Whether 免去 goes on after an act in its own sentence (张强任…，免去云溪县…职务): no name stands behind it."""
    text, start = match.string, match.start()
    sentence = text[max(text.rfind(mark, 0, start) for mark in "。；：:") + 1 : start]
    return sentence.endswith("，") and _ACT_BEFORE.search(sentence) is not None


def _is_person(name: str, strong: bool) -> bool:
    if name in public_figures():
        return False
    return shape(name) not in (None, "bare") if strong else is_name_in_prose(name)


def _action(rule_id: str, verb: str, lead: _Lead | None) -> tuple[AppointmentAction | None, str]:
    if rule_id == "official.retire":
        return "retire", _ROLES["retire"]
    if rule_id in ("official.step_down", "official.removal_of_named"):
        return "remove", _ROLES["remove"]
    if rule_id == "official.lapse_of_named":
        return "lapse", _ROLES["lapse"]
    if rule_id == "official.office_given_up":
        return ("remove", _ROLES["remove"]) if lead is not None and lead.action == "remove" else (None, "")
    if rule_id == "official.take_office" and verb == "为":
        if lead is None or lead.action == "remove":
            return None, ""
        return lead.action, _ROLES[lead.action]
    if (
        rule_id == "official.take_office"
        and verb == "任"
        and lead is not None
        and lead.action in ("engage", "nominate")
    ):
        return lead.action, _ROLES[lead.action]
    action = _ACTIONS[verb]
    role = "正式任职" if lead is not None and lead.verb == "正式任职" and action == "appoint" else _ROLES[action]
    return action, role


def _split(match: re.Match[str], position: str) -> tuple[list[tuple[str, int, int]], str]:
    """The single names of a match with their places, and the office; a name that took the office's first sign gives it back."""
    names = split_names(match.string, *match.span("names"))
    if names and position and match.end("names") == match.start("position"):
        name, first, last = names[-1]
        if len(name) == 3 and shape(name[:2]) and _AREA.match(name[2]):
            names[-1] = (name[:2], first, last - 1)
            position = name[2] + position
    return names, position


def _further_removal(passage: Passage, match: re.Match[str], acts: list[Mention]) -> list[Mention]:
    """免去其…职务 after the office: the same printed names, a second act."""
    stop = min(
        (i for i in (match.string.find(sign, match.end()) for sign in "。；") if i >= 0), default=len(match.string)
    )
    if acts[0].action not in ("appoint", "engage"):
        return []
    further = registry()["official.further_removal"].pattern.search(match.string, match.end(), stop)
    if further is None or any(shape(further["position"][:size]) in ("compound",) for size in (3, 4)):
        return []
    office = clean_position(further["position"])
    if not is_office(office):
        return []
    return [
        replace(
            act, rule_id="official.further_removal", role=_ROLES["remove"], action="remove", position=office,
            organization=organization_of(office), effective_date=None,
        )
        for act in acts
    ]  # fmt: skip


def _lapses(passage: Passage, text: str) -> list[Mention]:
    found: list[Mention] = []
    for match in registry()["official.lapse"].finditer(text):
        office = match["position"]
        found.append(
            Mention(
                passage.place, passage.span(*match.span("position")), None, "appointment", "official.lapse",
                _ROLES["lapse"], organization_of(office), office, "lapse",
            )
        )  # fmt: skip
    return found
