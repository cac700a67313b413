"""What each number of a sentence or cell measures: subject, metric, transformation and direction, with their rules."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from extractors.language.tokens import tag_of
from extractors.quantities.candidates.candidate import Candidate
from extractors.quantities.description.sentences import Mention, Sentence
from extractors.quantities.frames.clauses import Clauses
from extractors.quantities.frames.constructions import LONGEST, construct
from extractors.quantities.frames.frame import Frame, Slot
from extractors.quantities.frames.inherited import ATTRIBUTE, CLAUSE, WORKS, inherited_subject
from extractors.quantities.frames.led import led
from extractors.quantities.frames.lists import DISTRIBUTED, receiver
from extractors.quantities.frames.measures import ends_in_measure
from extractors.quantities.frames.merits import run_of, words_before
from extractors.quantities.frames.naming import named, named_cell
from extractors.quantities.frames.openings import Openings, speaks_of_another
from extractors.quantities.frames.owners import OWNER, subject_of
from extractors.quantities.frames.owners import SUBJECT as OWNED
from extractors.quantities.frames.parse import parse
from extractors.quantities.frames.regions import place_at_front
from extractors.quantities.frames.resolve import Antecedent, Zones, resolve
from extractors.quantities.frames.stated import stated_subject
from extractors.quantities.frames.subject import LISTED_BEFORE, PLACE_FRONT, Subject
from extractors.quantities.frames.transformation import Change, change_of_cell, changes_of, group_of
from extractors.quantities.frames.view import Around, View
from extractors.quantities.frames.words import is_bare, is_deed, leading_verb, tidy, words_of
from extractors.rules.force import in_force
from extractors.rules.registry import pattern_of, rules_of
from schemas.making import quickly_made
from schemas.rows import QuantityKind

CARRIED: Final = "subject.carried"
"""The rule of a subject that the number before named."""
CELL: Final = "construction.cell"
"""The rule of a number alone in a table cell."""
_GRANT: Final = "grant_"
_HEAD: Final = 2
"""Characters at the end of a receiver that show a grant's own words to name it already."""
_NOUN: Final = "n"
_FIRM: Final = "company"
_LONGEST_NOUN: Final = 6
_TOWARDS: Final = re.compile(r"^对(?![外口接标照]|地方|[^，]{2,8}(?:进出口|出口|进口|贸易))(?=[^，]{4})")
_WHOM: Final = re.compile(r"^对于?(?![外口接标照策象应等话称])(?=[^，]{2})")
"""What opens the case of a standing rule (对新建冷库…): no part of what its bound measures."""
_QUOTES_TURNED: Final = re.compile(r"^[^“]*”")
"""What a rule cut out of the middle of a name in quotation marks."""
_TRADE: Final = re.compile(r"进出口|出口|进口|贸易额?|投资额$")


@quickly_made
@dataclass(frozen=True, slots=True)
class Measured:
    """What a number measures; ``subject_start`` is where the subject stands in the sentence, if it does."""

    subject: Subject | None
    metric: str
    indicator: str
    change: Change
    rule_id: str
    subject_start: int | None = None
    frame: Frame | None = None


def measured(parsed: Clauses, kinds: Sequence[QuantityKind], around: Around) -> tuple[Measured, ...]:
    """What each number of a *parsed* sentence measures; *kinds* are their kinds."""
    sentence = parsed.sentence
    found: list[Measured] = []
    frames: list[Frame] = []
    changes = changes_of(sentence, kinds)
    openings = Openings(sentence, around.own)
    for index in range(len(sentence.mentions)):
        view = View.of(parsed, index, kinds[index], tuple(frames), around)
        frame = _framed(view, found)
        wording = led(view, construct(view)) if frame is None or view.kind == "standard" else frame
        one = _named(view, frame or wording, wording, changes[index])
        one = _with_carried_subject(sentence, index, one, found[-1]) if found else one
        one = _with_subject_of_twin(one, found)
        found.append(_with_opening_subject(view, _with_inherited_subject(view, one, found), openings))
        frames.append(wording)
    return tuple(found)


def _framed(view: View, found: Sequence[Measured]) -> Frame | None:
    """The frame by a rule of ``rules/frames.toml``, where what it needs is in the sentence or around it."""
    sentence = view.sentence
    frame = _parsed(sentence, view.index, view.kind == "standard")
    if frame is None:
        return None
    if frame.empty:
        before = tuple(
            Antecedent(one.metric, _group(sentence, other))
            for one, other in zip(found, sentence.mentions[: view.index], strict=True)
        )
        frame = resolve(frame, _zones(view, frame, before))
    if frame.phrase.count("“") != frame.phrase.count("”") or _QUOTES_TURNED.search(frame.phrase):
        return None
    if (
        frame.rule_id.rpartition(".")[2].startswith(_GRANT)
        and (who := receiver(view))
        and who[-_HEAD:] not in frame.phrase
    ):
        slot = Slot(who, "clause", frame.rule_id)
        frame = replace(frame, template=f"{{receiver}}{frame.template}", slots={**frame.slots, "receiver": slot})
    named = frame.empty == ("merit",) and pattern_of("phrase.named_grant").fullmatch(frame.said("grant"))
    return frame if not frame.empty or named or frame.rule_id in _COMPLETE_WITHOUT else None


def _named(view: View, frame: Frame, wording: Frame, change: Change) -> Measured:
    """The name by *frame*; *wording* writes the indicator: of a standing rule, with its case and what follows on it."""
    owner = "" if pattern_of("subject.industry").search(frame.said(OWNER)) else frame.said(OWNER)
    phrase = _WHOM.sub("", frame.phrase) if view.kind == "standard" else (owner and frame.said("part")) or frame.phrase
    signs = view.sentence.signs if phrase in view.sentence.text else None
    name = named(phrase, change, view.around.own, frame.of_list or bool(owner), signs)
    if name.subject and name.subject.text in view.sentence.text[view.mention.end :]:
        before = view.sentence.text[: view.mention.end]
        if name.subject.text not in before and not view.around.in_row:  # it is what the number counts
            name = named(phrase, change, view.around.own, True, signs)
    subject = (
        name.subject
        or subject_of(frame, view.around.own)
        or _party(view.sentence.text[: view.mention.start], frame)
        or stated_subject(view)
    )
    text, end = view.sentence.text, view.mention.end
    start = text.rfind(subject.text, 0, end) if subject else -1
    if subject and start > 0 and not owner and (others := pattern_of(LISTED_BEFORE).search(text, 0, start)):
        subject, start = replace(subject, text=others[0] + subject.text), others.start()
    metric = name.metric if view.kind == "standard" else _with_counterpart(text[:end], name.metric)
    indicator = _TOWARDS.sub("", tidy(wording.phrase))[:LONGEST]
    return Measured(subject, metric, indicator, change, frame.rule_id, start if start >= 0 else None, frame)


def _with_carried_subject(sentence: Sentence, index: int, one: Measured, before: Measured) -> Measured:
    """*one* with the subject of the number before, where it goes on with that: the same comma clause, or a bare measure.

    青柯机场旅客吞吐量800万人次、货邮吞吐量6万吨; 青柯公司投资3亿元，下降5%.
    """
    owner = before.subject.text if before.subject is not None and before.subject.rule_id == OWNED else ""
    if owner and before.subject is not None and one.metric.startswith(owner) and len(one.metric) > len(owner) + 1:
        return replace(one, subject=before.subject, subject_start=before.subject_start, metric=one.metric[len(owner) :])
    if one.subject is not None or before.subject is None or not in_force(CARRIED):
        return one
    if _by_kind_alone(sentence, index, before.subject):
        return replace(one, subject=replace(before.subject, rule_id=CARRIED), subject_start=before.subject_start)
    between = sentence.text[sentence.mentions[index - 1].end : sentence.mentions[index].start]
    if sentence.mentions[index - 1].candidate.dimension == "count":
        between = pattern_of("subject.carried.counted").sub("", between)
    befell = pattern_of("subject.carried.befell").sub("", between)
    alike, between = befell != between, befell
    if speaks_of_another(between):
        return one
    goes_on = between[:1] in "、，" and not any(sign in between[1:] for sign in "，。；：")
    goes = any(rule.pattern.match(between) for rule in rules_of("subject.goes_on"))
    same = goes or alike or one.metric.startswith(before.metric) or is_bare(one.metric)
    same = same or _is_next_of_list(sentence, index, between)
    if not goes_on or (between[:1] == "，" and not same):
        return one
    return replace(one, subject=replace(before.subject, rule_id=CARRIED), subject_start=before.subject_start)


def _is_next_of_list(sentence: Sentence, index: int, between: str) -> bool:
    """Whether a noun alone stands between two numbers of one unit (青柯公司种植辣椒120亩，花椒80亩)."""
    one, other = sentence.mentions[index - 1].candidate, sentence.mentions[index].candidate
    noun = between.lstrip("，、")
    plain = 0 < len(noun) <= _LONGEST_NOUN and all(tag_of(word).startswith(_NOUN) for word in words_of(noun))
    return plain and one.unit == other.unit and place_at_front(noun) == 0


def _with_subject_of_twin(one: Measured, found: Sequence[Measured]) -> Measured:
    """*one* of a list with the subject of the number that measured the same (青柯镇产值8亿元、税收2亿元，分别增长5%、6%)."""
    if one.subject is not None or one.rule_id != DISTRIBUTED or not in_force(CARRIED):
        return one
    twin = next((other for other in reversed(found) if other.metric == one.metric and other.subject), None)
    if twin is None or twin.subject is None:
        return one
    return replace(one, subject=replace(twin.subject, rule_id=CARRIED), subject_start=twin.subject_start)


def _by_kind_alone(sentence: Sentence, index: int, subject: Subject) -> bool:
    """Whether the words before a number name the work before it by its kind alone (青江水库…；水库抬高水位)."""
    text, start = sentence.text, sentence.mentions[index - 1].end
    kind = pattern_of("type_of_name.project").search(subject.text)
    return kind is not None and any(
        rule.search(text[start : sentence.mentions[index].start].replace(kind[0], "⟨⟩"))
        for rule in rules_of("subject.by_kind")
    )


def _with_inherited_subject(view: View, one: Measured, found: Sequence[Measured]) -> Measured:
    """*one* with the subject that the clause before names; deeds that follow on one another go on with it."""
    place = one.subject.text if one.subject is not None and one.subject.rule_id == PLACE_FRONT else ""
    if (one.subject is not None and not place) or view.kind == "standard":
        return one
    subject = inherited_subject(view)
    if place and (subject is None or subject.rule_id != WORKS or not subject.text.startswith(place)):
        return one
    if subject is None and found and (last := found[-1].subject) and in_force(CARRIED) and _goes_on_doing(view, found):
        return replace(one, subject=replace(last, rule_id=CARRIED), subject_start=found[-1].subject_start)
    if subject is None:
        return one
    start = view.sentence.text.find(subject.text)
    if subject.rule_id in (ATTRIBUTE, WORKS) and view.core:
        said = view.core.rpartition("、")[2]
        one = replace(one, metric=said, indicator=subject.text + said)
    return replace(one, subject=subject, subject_start=start if start >= 0 else None)


def _with_opening_subject(view: View, one: Measured, openings: Openings) -> Measured:
    """*one* with the subject that opens its stretch of the sentence, where no other words name one."""
    if one.subject is not None or view.kind == "standard" or view.around.in_row:
        return one
    subject = openings.subject(view.mention)
    if subject is None:
        return one
    start = view.sentence.text.find(subject.text, view.mention.stretch[0])
    return replace(one, subject=subject, subject_start=start)


def _goes_on_doing(view: View, found: Sequence[Measured]) -> bool:
    """Whether the number's clause opens with a deed of the subject that a clause before named for the last number."""
    text, mention = view.sentence.text, view.mention
    named = any(one.subject and (one.subject.rule_id.startswith(f"{CLAUSE}.") or _acts(one, text)) for one in found)
    between = text[view.sentence.mentions[view.index - 1].end : mention.start]
    if not any(sign in between for sign in "，、；："):
        return named
    core = view.core
    says = leading_verb(core) or is_deed(core) or is_bare(core) or ends_in_measure(core)
    return named and text[mention.left - 1 : mention.left] in ("，", "、") and bool(says)


def _acts(one: Measured, text: str) -> bool:
    """Whether a comma clause behind others opens with the firm that *one* is of (…，青柯合作社流转土地90亩，种植蔬菜60亩)."""
    firm = one.subject is not None and one.subject.type == _FIRM
    return firm and bool(one.subject_start) and text[(one.subject_start or 1) - 1] in "，；"


def _parsed(sentence: Sentence, index: int, standing: bool) -> Frame | None:
    """The frame of the mention at *index*; in a list of grants that of its first number holds for all."""
    first, _ = run_of(sentence, index)
    group = _group(sentence, sentence.mentions[index])
    for position in dict.fromkeys((first, index)):
        mention = sentence.mentions[position]
        if _group(sentence, mention) != group:
            continue
        frame = parse(sentence, mention, group, standing)
        if frame is not None and (position == index or frame.of_list):
            return frame
    return None


def _zones(view: View, frame: Frame, before: tuple[Antecedent, ...]) -> Zones:
    sentence, mention, index = view.sentence, view.mention, view.index
    first, size = run_of(sentence, index)
    cut = min((slot.start for slot in frame.slots.values()), default=mention.start)
    case = words_before(sentence, first, min(cut, sentence.mentions[first].start)) if frame.of_list else ""
    words = sentence.text[: mention.candidate.start - sentence.start]
    return Zones(before, words, view.around.carried, view.around.topic, case, index - first, size, view.around.articles)


def _party(words: str, frame: Frame) -> Subject | None:
    """The party that a fine or grant goes by, where its words set it apart from others (对单位处…, 对个人处…)."""
    if "case" not in frame.wanted and "merit" not in frame.wanted:
        return None
    for rule in rules_of("frame.party"):
        if match := rule.pattern.search(words):
            return Subject(match["party"], "group", rule.id)
    return None


_COMPLETE_WITHOUT: Final = frozenset(
    {"frame.amount.fine", "frame.ratio.fine", "frame.time.within", "frame.time.answer_since"}
)
"""Constructions whose metric stands without its optional slot (罚款, 办理期限)."""


def _group(sentence: Sentence, mention: Mention) -> str:
    candidate = mention.candidate
    return group_of(candidate, sentence.text[candidate.start - sentence.start : candidate.end - sentence.start])


def _with_counterpart(before: str, metric: str) -> str:
    """*metric* with the word that makes its first name a counterpart of trade, no bearer (对东盟进出口)."""
    trade = _TRADE.search(metric)
    if trade is None or metric.startswith("对") or not trade.start():
        return metric
    partner = metric[: trade.start()]
    listed = partner in before and re.search(rf"对(?:[^，。；、对]{{1,8}}、){{0,4}}{re.escape(partner)}", before)
    return f"对{metric}" if listed else metric


def measured_cell(
    candidate: Candidate, text: str, header: Sequence[str], row: str, column: str, phrase: str, kind: str,
    own: frozenset[str],
) -> Measured:  # fmt: skip
    """What a number alone in a cell measures, by the names of its *row* and *column*."""
    change = change_of_cell(candidate, text, header, row, kind)
    name = named_cell(row, column, phrase, change, own)
    return Measured(name.subject, name.metric, phrase, change, CELL)
