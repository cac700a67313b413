"""Who spoke for a column of a quantity: every rule that the extractors ask, in their order, run again on its sentence.

Each finder calls the functions that decide, so that words are those which were read and a rival is a rule that would
have been asked next. A rule that is asked of other words, or only helps another one (cleaning a name), is no rival.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from extractors.language.folding import fold
from extractors.quantities.candidates.comparators import DEFAULT, EXCLUSIVE, INCLUSIVE, INSIDE, RAISED, RANK, SHARED
from extractors.quantities.description.deadline import time_expressions
from extractors.quantities.description.sentences import Mention, Sentence
from extractors.quantities.description.stretch import stretch_findings
from extractors.quantities.frames.merits import run_of
from extractors.quantities.frames.parse import cleaned, readings
from extractors.quantities.frames.subject import names_in_front
from extractors.quantities.frames.transformation import STANDING, group_of
from extractors.rules.registry import Rule, rules_of, signs_of
from extractors.times.periods import periods
from pipeline.auditing.claims import TRIED_LATER, Claim, Surroundings, by_pattern, claim
from pipeline.auditing.plain import one_line, show
from pipeline.auditing.structural import above

_STANDS_THERE: Final = "its words stand at the number too; the rule that decided settles it"
_ASKED_OF_FEW: Final = ("of_multiples", "of_parts", "of_bare_scales", "of_terms")
"""What a rule of comparators says of itself that is not asked of every number."""
_NO_WORDS: Final = "no words around it say more"
_FARTHER: Final = "another time of the sentence; it does not govern this number"
_LEAD: Final = 24
"""Characters within which the colon of a lead-in follows its time."""
_SOURCES: Final = {
    "stated": "the sentence", "heading": "a heading", "part": "the part of the document", "document": "the document",
}  # fmt: skip


def voices(where: Surroundings, column: str, rule: Rule, value: str) -> Iterator[Claim]:
    """The claims on *column*, for which *rule* decided *value*, in the order in which they are heard."""
    finder = _FINDERS.get(column)
    if finder is not None and where.said is not None and where.sentence is not None and where.mention is not None:
        yield from finder(rule, value, where, where.sentence, where.mention)
    yield from by_pattern(rule, where)


def _weighed(rule: Rule, value: str, where: Surroundings, sentence: Sentence, mention: Mention) -> Iterator[Claim]:
    """The evidence for a kind with its weights: the sum of each value decides."""
    said = where.said
    if said is None:
        return
    sums: dict[str, int] = {}
    for weight, kind in said.weighed:
        sums[kind.value] = sums.get(kind.value, 0) + weight
    for weight, kind in said.weighed:
        fate = f"outweighed, {sums[kind.value]} to {sums.get(value, 0)}"
        yield Claim(
            kind.rule_id, kind.value, one_line(kind.words), kind.source, weight,
            f"adds to {value}" if kind.value == value else fate,
        )  # fmt: skip
    # A cell, or a number that goes on with the one before it: nothing of its own was weighed.
    yield Claim(rule.id, value, one_line(said.kind.words), said.kind.source)


def _units(rule: Rule, value: str, where: Surroundings, sentence: Sentence, mention: Mention) -> Iterator[Claim]:
    if not rule.id.startswith("unit."):
        return
    unit, printed = mention.candidate.unit, where.printed
    if not unit or unit in printed:
        yield claim(rule, unit or printed, "" if unit else "no unit stands there")
        return
    behind = sentence.text.find(unit, mention.end)
    yield claim(rule, unit if behind >= 0 else printed, "a number of its list" if behind >= 0 else "")


def _comparators(rule: Rule, value: str, where: Surroundings, sentence: Sentence, mention: Mention) -> Iterator[Claim]:
    text, one = where.read.passage.text, mention.candidate
    before, behind = text[one.outer_start : one.start], text[one.end : one.outer_end]
    if rule.id in (INSIDE, RANK):
        yield claim(rule, where.printed, "the number itself")
    if rule.id in (EXCLUSIVE, INCLUSIVE):
        match = rule.pattern.match(text, one.end) or rule.pattern.match(text, one.outer_end)
        yield claim(rule, match[0] if match else behind)
    if rule.id in (SHARED, RAISED):
        yield claim(rule, _words_of_list(sentence, mention, text), "a number of its list")
    if rule.id == DEFAULT:
        yield claim(rule, "", _NO_WORDS)
    for other in (*rules_of("comparator.before"), *rules_of("comparator.after")):
        asked = other is rule or not any(map(other.flag, _ASKED_OF_FEW))
        words = before if other.id.startswith("comparator.before.") else behind
        if asked and words and (match := other.search(words)):
            yield claim(other, match[0], fate=_STANDS_THERE)


def _words_of_list(sentence: Sentence, mention: Mention, text: str) -> str:
    """The comparator words of the nearest number of the sentence that has the comparator of *mention* by its own."""
    own = mention.candidate
    alike = [
        one.candidate for one in sentence.mentions
        if one is not mention and one.candidate.comparator == own.comparator
        and (one.candidate.outer_start, one.candidate.outer_end) != (one.candidate.start, one.candidate.end)
    ]  # fmt: skip
    nearest = min(alike, key=lambda one: abs(one.start - own.start), default=None)
    return text[nearest.outer_start : nearest.outer_end] if nearest else ""


def _indicators(rule: Rule, value: str, where: Surroundings, sentence: Sentence, mention: Mention) -> Iterator[Claim]:
    said = where.said
    frame = said.measured.frame if said else None
    if said is not None and rule.id.startswith("construction."):
        zones = dict.fromkeys(slot.zone for slot in frame.slots.values()) if frame is not None else ()
        source = f"read from {', '.join(zones)}" if zones else ""
        phrase = frame.phrase if frame is not None else ""
        yield claim(rule, phrase or said.measured.indicator, source, value)
    index = sentence.mentions.index(mention)
    standing = said is not None and said.kind.value == "standard"
    heard = list(_frames(sentence, index, standing))
    own = next((phrase for other, _, phrase in heard if other.id == rule.id), None)
    decided = False
    for other, words, phrase in heard:
        decided = decided or other.id == rule.id
        fate = TRIED_LATER if decided else "matches; what it needs to make a name is not there"
        yield claim(other, words, value=value if phrase == own else phrase or show(None), fate=fate)


def _frames(sentence: Sentence, index: int, standing: bool) -> Iterator[tuple[Rule, str, str]]:
    """The frames that match over the number at *index*, or over the first of its list: their words, and what they say."""
    for position in dict.fromkeys((run_of(sentence, index)[0], index)):
        mention = sentence.mentions[position]
        for rule, match, _ in readings(sentence, mention, _group(sentence, mention), standing):
            slots = [cleaned(name, words) for name, words in match.groupdict().items() if words]
            yield rule, match[0], "".join(slots)


def _group(sentence: Sentence, mention: Mention) -> str:
    candidate = mention.candidate
    return group_of(candidate, sentence.text[candidate.start - sentence.start : candidate.end - sentence.start])


def _changes(rule: Rule, value: str, where: Surroundings, sentence: Sentence, mention: Mention) -> Iterator[Claim]:
    cell = where.read.passage.cell
    over = f"{cell.row_label or ''}{''.join(cell.header)}⟨{where.printed}⟩" if cell is not None else ""
    index = sentence.mentions.index(mention)
    family = rules_of(".".join(rule.id.split(".")[:2]))
    texts = [(sentence.marked(mention), ""), (over, "the names of row and column")]
    texts += [(sentence.marked(one), "the number before it") for one in reversed(sentence.mentions[:index])]
    for text, source in texts:
        heard = [
            claim(other, words, source or ("" if words else _NO_WORDS), _change(other))
            for other in (family if text else ())
            if (match := other.pattern.search(text)) and (other is not family[-1] or other is rule)
            for words in [match[0].strip("⟨⟩")]
        ]
        if any(one.rule_id == rule.id for one in heard):
            yield from heard
            return
    yield claim(rule, where.printed, "a length of time that is set" if rule.id == STANDING else "")


def _change(rule: Rule) -> str:
    transformation, _, direction = (rule.value or "").partition(".")
    return f"{transformation} / {show(direction or None)}"


def _subjects(rule: Rule, value: str, where: Surroundings, sentence: Sentence, mention: Mention) -> Iterator[Claim]:
    passage, said = where.read.passage, where.said
    if said is None:
        return
    subject = said.topic.subject if said.topic else said.measured.subject
    if subject is None:
        return
    document = passage.document
    places = {
        "": sentence.text,
        "a heading": "\n".join(passage.headings),
        "the row": (passage.cell.row_label or "") if passage.cell else "",
        "the title": f"{document.title or ''}\n{document.subject_title or ''}",
    }
    source = next((name for name, text in places.items() if subject.text in text), "around the sentence")
    yield claim(rule, subject.text, source, value)
    named = subject.text + said.measured.metric
    names = [other for other, _ in names_in_front(named, signs_of(named))]
    for other in names if any(one.rule_id == rule.id for one in names) else ():
        yield Claim(other.rule_id, other.text, other.text, source, None, TRIED_LATER)


def _deadlines(rule: Rule, value: str, where: Surroundings, sentence: Sentence, mention: Mention) -> Iterator[Claim]:
    due = where.said.deadline if where.said is not None else None
    if due is None:
        return
    yield claim(rule, due.words or _lead_in(where, due.value), due.source, value)
    document = where.read.passage.document
    for time in time_expressions(sentence.text, document.plan_year, sentence.signs, document.signed_date):
        words = sentence.text[time.start : time.end]
        if time.date != due.value:
            yield Claim(time.rule_id, time.date, words, "the sentence", None, _FARTHER)


def _periods(rule: Rule, value: str, where: Surroundings, sentence: Sentence, mention: Mention) -> Iterator[Claim]:
    said, passage = where.said, where.read.passage
    if said is None or said.period is None:
        return
    source = _SOURCES[said.period.basis]
    if said.deadline is not None and said.deadline.rule_id == rule.id:
        due = said.deadline
        yield claim(rule, due.words or _lead_in(where, due.value), due.source, value)
    document = passage.document
    year = document.plan_year or document.report_year
    named = sorted(periods(sentence.text, year), key=lambda one: abs(one.start - mention.start))
    for one in named:
        words = sentence.text[one.start : one.end]
        if one.rule_id == rule.id:
            yield claim(rule, words, source, value)
        elif one.value != value and one.end <= mention.start and said.period.basis == "stated":
            yield Claim(one.rule_id, one.value, words, "the sentence", None, _FARTHER)
    if rule.id in ("time_period.told", "time_period.opened"):
        earlier = passage.text[: sentence.start + mention.start]
        told = [one for one in periods(earlier, year) if one.value == value]
        yield claim(rule, earlier[told[-1].start : told[-1].end] if told else value, "a sentence before it", value)
    if rule.id.startswith("part.genre"):
        yield claim(rule, document.genre or "", "the genre of the document", value)
    for text in (sentence.text, sentence.marked(mention)):
        yield from _anywhere(rule, text, source, value)


def _lead_in(where: Surroundings, date: str) -> str:
    """The words up to the nearest time *date* before the number: in its passage, over it, in front of it."""
    passage = where.read.passage
    clauses = above(passage.document, passage.clause.clause_id) if passage.clause is not None else ()
    texts = (fold(clause.reading).text for clause in clauses if clause is not passage.clause)
    for text in (passage.text[: where.start], *texts):
        named = [
            one
            for one in time_expressions(text, passage.document.plan_year, signed=passage.document.signed_date)
            if one.date == date
        ]
        if named:
            end = text.find("：", named[-1].end, named[-1].end + _LEAD)
            return text[named[-1].start : end + 1 if end >= 0 else named[-1].end]
    return ""


def _anywhere(rule: Rule, text: str, source: str, value: str) -> Iterator[Claim]:
    """What *rule* matches anywhere in *text*, a sentence."""
    yield from (claim(rule, match[0], source, value) for match in rule.finditer(text) if match[0])


def _stretches(rule: Rule, value: str, where: Surroundings, sentence: Sentence, mention: Mention) -> Iterator[Claim]:
    found = stretch_findings(sentence)[sentence.mentions.index(mention)]
    if found.rule_id == rule.id:
        yield claim(rule, found.words, found.source, value)
    before: list[tuple[Rule, re.Match[str]]] = [
        (cue, match) for cue in rules_of("stretch.cue") for match in cue.finditer(sentence.outline[: mention.start])
    ]
    for cue, match in before[-1:]:
        yield claim(cue, match[0], value=show(True), fate="its stretch does not reach this number")


_FINDERS: Final[Mapping[str, Callable[[Rule, str, Surroundings, Sentence, Mention], Iterator[Claim]]]] = {
    "kind_rule": _weighed,
    "unit_rule": _units,
    "comparator_rule": _comparators,
    "indicator_rule": _indicators,
    "transformation_rule": _changes,
    "subject_rule": _subjects,
    "deadline_rule": _deadlines,
    "time_period_rule": _periods,
    "stretch_rule": _stretches,
}
