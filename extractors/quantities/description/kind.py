"""Kind: target, standard or fact, by weighing what speaks for each.

Evidence is layered: words around the number that settle the matter (补助 …, 现有 …), words of planning (力争 …), words
that lean one way (每亩 …, 一次性), the times named before the number against the document's year, the part of the
document that the clause stands in, the headings over it, and what is usual in a document of its genre.
Each layer has a weight (:data:`WEIGHTS`); the kind with the greatest sum wins, and the heaviest piece of its
evidence is what audits show.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, cast

from extractors.language.folding import squash
from extractors.language.passages import Passage
from extractors.quantities.description.deadline import TimeExpression, last_day
from extractors.quantities.description.findings import Finding
from extractors.quantities.description.sentences import Mention, Sentence
from extractors.rules.registry import rules_for, rules_of, signs_of
from schemas.making import quickly_made
from schemas.rows import QuantityKind

Kind = Finding[QuantityKind]
"""A kind with the words that say so."""

_GONE_BY: Final = "before the plan year"
_OVER: Final = "over when the document was signed"
_ENDING: Final = "about to end when the document was signed"
_LAST_QUARTER: Final = 10
_PLANBY_GENRE: Final = "part.genre.plan"
BY_GENRE: Final = frozenset({"part.genre.review", "part.genre.plan"})
"""The rules that give a document one part as a whole."""

WEIGHTS: Final[Mapping[str, int]] = {
    "time.other_year": 8,
    "time.to_come": 10,
    "kind.striving": 9,
    "kind.existing": 20,
    "kind.existing.in_rules": 2,
    "kind.lean": 7,
    "kind.part.timed": 6,
    "kind.part.genre": 6,
    "kind.heading": 5,
    "kind.past": 5,
    "time.told": 7,
    "time.by": 6,
    "time.same_year": 4,
    "kind.default.sure": 3,
    "kind.default": 1,
}
"""How much each layer counts: words that lean, parts and headings, times, comparisons with the year before, genres."""

DECISIVE: Final = 100
"""The weight of words around a number that decide by themselves."""
_PLANNED: Final = "kind.striving.planned"
_RUN_IN: Final = "kind.orders_run_in"
_UNSURE: Final = frozenset({"plan", "notice", "other", ""})
"""Genres whose documents hold a bit of everything: their default counts little."""
_LONGEST_LEAD_IN: Final = 60
Evidence = tuple[int, Kind]


@quickly_made
@dataclass(frozen=True, slots=True)
class Setting:
    """What stands around a sentence: what the parts and headings over it say, its document's default, the plan year.

    *told* is what the sentence before it said of the past (:func:`told_of_the_past`): a sentence without a time and a
    will of its own goes on with that.
    """

    section: Evidence | None
    document: Evidence
    plan_year: int | None
    told: Kind | None = None
    reviewing: bool = False
    """Whether the sentence stands in a part that looks back."""
    unheaded: bool = False
    """Whether no heading says so, but what the document is as a whole: it may end with what is ordered."""
    signed: dt.date | None = None
    """The day of the document: a month of its year that was over by then states a fact."""
    ahead: Kind | None = None
    """The year that an earlier sentence of the paragraph set for what is reached by then."""


def weighed(
    sentence: Sentence, mention: Mention, times: Sequence[TimeExpression], setting: Setting
) -> tuple[Evidence, ...]:
    """All that speaks of the kind of *mention*, each with its weight; words that decide by themselves stand alone."""
    context, signs = sentence.marked(mention), sentence.signs_beside(mention.start, mention.end)
    said = _words("kind.context", context, signs)
    told = setting.reviewing and not (setting.unheaded and _first("kind.orders", (sentence.text,), "", sentence.signs))
    if said is not None and not (told and said.value == "standard"):
        return ((DECISIVE, said),)
    return tuple(_evidence(sentence, mention, times, setting, context, signs))


def _evidence(
    sentence: Sentence, mention: Mention, times: Sequence[TimeExpression], setting: Setting, context: str, signs: int
) -> Iterator[Evidence]:
    """The same by all layers but the first; *context* are the words around the number, of these *signs*."""
    document, section = setting.document[1], setting.section
    yield setting.document
    if section is not None:
        yield section
    ruling = document.value == "standard" or (section is not None and section[1].value == "standard")
    if ruling and (achieved := _words("kind.achieving", context, signs)):
        yield WEIGHTS["kind.lean"], achieved
    existing = _words("kind.existing", context, signs)
    if existing is not None:
        yield WEIGHTS["kind.existing.in_rules" if ruling else "kind.existing"], existing
    leaning = _words("kind.lean", context, signs)
    if leaning is not None:
        yield WEIGHTS["kind.lean"], leaning
    planned = document.value == "target" and (section is None or section[1].value == "target")
    timed = _by_time(sentence, mention, times, setting, ruling=ruling, planned=planned)
    striving = _words("kind.striving", context, signs)
    past_plan = striving is not None and striving.rule_id == _PLANNED and timed is not None and timed[1].value == "fact"
    if (
        striving is not None
        and not past_plan
        and (not setting.reviewing or (timed is not None and timed[1].value == "target"))
    ):
        yield WEIGHTS["kind.striving"], striving
    if timed is not None:
        yield timed
    elif gone := _first("kind.gone_by", (sentence.text[: mention.start],), _GONE_BY, sentence.signs):
        yield WEIGHTS["time.other_year"], gone
    if (
        setting.told is not None
        and not times
        and _first("kind.will", (sentence.text,), "the sentence", sentence.signs) is None
    ):
        yield WEIGHTS["time.told"], setting.told
    if setting.ahead is not None and leaning is None and not times and not setting.reviewing and existing is None:
        yield WEIGHTS["time.told"], setting.ahead
    if section is None and document.value != "target":
        past = _first("kind.past", (sentence.text,), "the sentence", sentence.signs)
        if past is not None:
            yield WEIGHTS["kind.past"], past


def _words(prefix: str, context: str, signs: int) -> Kind | None:
    return _by_words(prefix, context, "words around the number", signs)


def told_of_the_past(kinds: Sequence[Kind]) -> Kind | None:
    """The kind of a sentence that states facts of a year gone by: what the next of the paragraph goes on with."""
    if any(kind.value != "fact" for kind in kinds):
        return None
    return next((kind for kind in kinds if kind.source.startswith((_GONE_BY, _OVER))), None)


def ahead_of(text: str, start: int, plan_year: int | None) -> Kind | None:
    """What the sentences of the paragraph *text* before *start* say of a year to come by which its goals are reached."""
    earlier = text[:start]
    for rule in rules_for("kind.ahead", signs_of(text)) if start else ():
        years = [match for match in rule.finditer(earlier) if plan_year is None or int(match["year"]) >= plan_year]
        if years:
            return Finding(
                cast(QuantityKind, rule.value), "an earlier sentence of the paragraph", years[-1][0], rule.id
            )
    return None


def heaviest(found: Sequence[Evidence]) -> Kind:
    """The evidence of the kind with the greatest sum; among equals, of the one named last."""
    sums: dict[str, int] = {}
    for weight, kind in found:
        sums[kind.value] = sums.get(kind.value, 0) + weight
    best = max(sums.values())
    return max((item for item in found if sums[item[1].value] == best), key=lambda item: item[0])[1]


def _by_time(
    sentence: Sentence,
    mention: Mention,
    times: Sequence[TimeExpression],
    setting: Setting,
    *,
    ruling: bool,
    planned: bool,
) -> Evidence | None:
    """What the last time before the number says: a year gone by states a fact, a year to come a target.

    Where everything is *planned*, a time to come adds nothing; among rules (*ruling*), the year of the document is one
    in which something is to be reached as well.
    """
    before = [item for item in times if item.end <= mention.start]
    plan_year = setting.plan_year
    if not before or plan_year is None:
        return None
    last = before[-1]
    words, year = sentence.text[last.start : last.end], int(last.date[:4])
    if year < plan_year:
        return WEIGHTS["time.other_year"], kind_by_label("kind.time", "before", f"{_GONE_BY} {plan_year}", words)
    if year > plan_year and not planned:
        return WEIGHTS["time.to_come"], kind_by_label("kind.time", "after", f"after the year {plan_year}", words)
    if setting.signed and _is_over(last, words, setting.signed):
        return WEIGHTS["time.other_year"], kind_by_label("kind.time", "over", f"{_OVER}, on {setting.signed}", words)
    if setting.signed and _is_ending(year, setting.signed) and _is_estimated(sentence.text[last.end : mention.start]):
        return WEIGHTS["time.other_year"], kind_by_label(
            "kind.time", "ending", f"{_ENDING}, on {setting.signed}", words
        )
    if words.endswith("前") and not planned and not _closes_case(sentence.text[last.end :]):
        return WEIGHTS["time.by"], kind_by_label("kind.time", "by", "a time by which it is done", words)
    if year == plan_year and ruling:
        return WEIGHTS["time.same_year"], kind_by_label("kind.time", "same", f"in the plan year {plan_year}", words)
    return None


def _is_over(time: TimeExpression, words: str, signed: dt.date) -> bool:
    """Whether the months or the day that *words* name were over on the day *signed*; by which time says the contrary."""
    last = last_day(time.date) if "-" in time.date and not words.endswith("前") else None
    return last is not None and last < signed


def _is_ending(year: int, signed: dt.date) -> bool:
    """Whether *year* was in its last quarter on the day *signed*: what is expected of it then is an estimate, no goal."""
    return year == signed.year and signed.month >= _LAST_QUARTER


def _is_estimated(behind: str) -> bool:
    return any(rule.search(behind) for rule in rules_of("kind.estimated"))


def _closes_case(behind: str) -> bool:
    """Whether the words *behind* a time say until when something was done, not by when it is to be."""
    return any(rule.search(behind) for rule in rules_of("kind.done_by"))


@lru_cache(maxsize=1024)
def kind_by_label(prefix: str, label: str, source: str, words: str = "") -> Kind:
    """The kind that the rule of *prefix* for the name *label* gives; every name has a rule."""
    rule = next(rule for rule in rules_of(prefix) if rule.pattern.search(label))
    return Finding(cast(QuantityKind, rule.value), source, words or label, rule.id)


def kind_of_section(passage: Passage) -> Evidence | None:
    """What the headings over a passage and the part that it stands in say of its quantities.

    A heading over standing rules counts anywhere; of the others the part of the document speaks, where it has one.
    """
    ruled = _first("kind.heading.rule", reversed(passage.headings), "a heading above")
    if ruled is not None:
        return WEIGHTS["kind.heading"], ruled
    listed = _first("kind.lead_in", (*reversed(passage.headings), *_lead_in(passage)), "a lead-in over the list")
    if listed is not None:
        return WEIGHTS["kind.lean"], listed
    clause = passage.clause
    role, rule_id = (clause.section_role, clause.section_rule) if clause else (None, None)
    if role is None or (rule_id == _PLANBY_GENRE):
        headed = _first("kind.heading", reversed(passage.headings), "a heading above")
        headed = headed or (_preamble(passage) if clause is not None and clause.marker is None else None)
        return (WEIGHTS["kind.heading"], headed) if headed else None
    if role == "closing":
        return None
    weight = WEIGHTS["kind.part.genre" if rule_id in BY_GENRE else "kind.part.timed"]
    words = f"{role} {clause.section_period or ''}".rstrip() if clause else role
    return weight, kind_by_label("kind.part", role, f"the part that it stands in, by {rule_id}", words)


def _lead_in(passage: Passage) -> tuple[str, ...]:
    """The words of the clause over a list item, where it is short enough to be one."""
    above = passage.ancestors[-1].reading.text if passage.ancestors else ""
    return (above,) if 0 < len(above) <= _LONGEST_LEAD_IN else ()


def _preamble(passage: Passage) -> Kind | None:
    """What a paragraph says that leads in what a document orders: how things stand; none where the orders are run into it."""
    if any(rule.search(passage.text) is not None for rule in rules_for(_RUN_IN, signs_of(passage.text))):
        return None
    return _first("kind.preamble", (passage.text,), "the paragraph that leads in what is ordered")


def kind_of_document(genre: str | None, title: str | None = None) -> Evidence:
    """What a document's genre says of its quantities; a reply whose *title* approves a plan says what the plan does."""
    if genre == "reply" and title and any(rule.search(squash(title)) for rule in rules_of("kind.title")):
        return WEIGHTS["kind.default.sure"], kind_by_label("kind.default", "approved plan", "the document's title")
    weight = WEIGHTS["kind.default" if (genre or "") in _UNSURE else "kind.default.sure"]
    return weight, kind_by_label("kind.default", genre or "other", "the document's genre")


def kind_of_column(header: Sequence[str], caption: str | None) -> Kind | None:
    """What a table column's headers (innermost last) and the table's caption say of its numbers."""
    own = _first("kind.header", reversed(header), "the column's header")
    return own or (_first("kind.caption", (caption,), "the table's caption") if caption else None)


def _first(prefix: str, texts: Iterable[str], source: str, signs: int | None = None) -> Kind | None:
    for text in texts:
        found = _by_headings(prefix, text, source) if signs is None else _by_words(prefix, text, source, signs)
        if found is not None:
            return found
    return None


@lru_cache(maxsize=8192)
def _by_headings(prefix: str, text: str, source: str) -> Kind | None:
    """What a heading or the like says: asked for each passage below it."""
    return _by_words(prefix, text, source, signs_of(text))


def _by_words(prefix: str, text: str, source: str, signs: int) -> Kind | None:
    for rule in rules_for(prefix, signs):
        if match := rule.search(text):
            return Finding(cast(QuantityKind, rule.value), source, match[0], rule.id)
    return None
