"""Predicates: the verb of a clause and what it brings about, by rules over the clause's words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum
from itertools import accumulate
from typing import Final

from extractors.language.tokens import segmenter
from extractors.milestones.says import said, says
from extractors.milestones.verbs import is_noun_of_verb, stated_verb, verb_behind_noun
from extractors.rules.force import in_force
from extractors.rules.registry import rules_for, rules_of, rules_of_all, signs_of

_TRAILING_NOTE: Final = re.compile(r"(?:[（(][^（）()]*[）)])+$")
_LEADING: Final = re.compile(r"^\s*(?:[（(]?[一二三四五六七八九十\d]{1,3}(?:[)）.、．]|是)|[①-⑳]|——)\s*")
_ENTRY: Final = "milestone.entry"
_DISPOSAL: Final = "milestone.disposal"
_ORDER: Final = (
    _DISPOSAL,
    "milestone.light_verb",
    "milestone.verb_alone",
    "milestone.verb_first",
    "milestone.object_first",
    "milestone.subject_first",
)
_CAUSED: Final = "milestone.caused"
_AIM: Final = "milestone.none.aim"
_AIMS: Final = ("milestone.aim.result", "milestone.aim.assigned")
_RELATIVE: Final = "的"
_ALONE: Final = "milestone.verb_alone"
_GOVERNOR: Final = "milestone.governor"
_OPENING: Final = frozenset({_DISPOSAL, "milestone.light_verb", _ALONE, "milestone.verb_first"})
_SHORTEST_OBJECT: Final = 2
_SHORTEST_MANNER: Final = 2
"""Characters of words of manner or duty that make what stands behind them a verb (要认真总结)."""
_FEWEST_WORDS: Final = 2
_VERBAL: Final = frozenset(("v", "i"))
"""Tags of a word that can be the verb; jieba has set phrases such as 停止使用 as i."""
_NOMINAL: Final = frozenset("nvlijrx")
"""The first letters of the tags of a word that can close an object."""
_DOERS: Final = frozenset("nrdbamqjtsf")
"""The first letters of the tags of words before a verb that name who does it, and how."""
_NAMES: Final = frozenset("nr")
_AROUND: Final = " \n\t\u3000、"
_QUOTES: Final = {"“": "”", "‘": "’"}


class Dated(Enum):
    """By what a clause is dated: nothing in its sentence, a year, a part of a year before it, or one in it."""

    NONE = "none"
    YEAR = "year"
    PART = "part"
    OWN = "own"


@dataclass(frozen=True, slots=True)
class Predicate:
    """A verb and its object at ``[start, end)`` of a clause's text; ``subject``: who is said to do it."""

    start: int
    end: int
    action: str
    object: str
    rule_id: str
    subject: str | None = None


def predicate_of(clause: str, before: str = "", date: Dated = Dated.NONE, staged: bool = False) -> Predicate | None:
    """The deliverable that *clause* (folded text between two commas) says, ``None`` where it says none.

    A clause that is a verb, opens with its verb, closes with it, or names the doer before it, in this order. *before*
    are the words before the time in the clause: what a verb that stands alone is said of. In a clause that a time of its
    sentence dates, how *date* says, any verb will do, and it may stand behind words that say how or where it is done;
    one that is *staged* says what a stage consists of.
    """
    found = _predicate_of(clause, before, date, staged)
    return _behind_adjunct(clause, before, date) if found is None and date is not Dated.NONE else found


def _behind_adjunct(clause: str, before: str, date: Dated) -> Predicate | None:
    """What *clause* says behind a preposition with its noun (通过预约平台公开名单, 在门户网站向社会公开)."""
    if not any(rule.search(clause) is not None for rule in rules_of("milestone.opens_adjunct")):
        return None
    place = verb_behind_noun(clause)
    found = None if place is None else _predicate_of(clause[place:], before, date, staged=False)
    if place is None or found is None or not clause[place + found.start :].startswith(found.action):
        return None
    return replace(found, start=found.start + place, end=found.end + place)


def _predicate_of(clause: str, before: str, date: Dated, staged: bool) -> Predicate | None:
    lead = _LEADING.match(clause)
    offset = lead.end() if lead else len(clause) - len(clause.lstrip())
    body = clause[offset:].rstrip()
    note = _TRAILING_NOTE.search(body)
    if note and note.start():
        body = body[: note.start()]
    plain = _without("milestone.means", body)
    offset, body = offset + len(body) - len(plain), plain
    signs = signs_of(body)
    caused = _first_of(_CAUSED, body, offset, signs) if date is not Dated.NONE else None
    if caused is not None:
        return caused
    if staged:
        plain = _without("milestone.staged.adverb", body)
        offset, body, signs = offset + len(body) - len(plain), plain, signs_of(plain)
    kinds = ("milestone.staged.work" if staged else "", "milestone.dated.work" if date is Dated.OWN else "")
    work = next((found for family in kinds if family and (found := _first_of(family, body, offset, signs))), None)
    if work is not None:
        return work
    if len(body) < _SHORTEST_OBJECT or _excluded(body, signs):
        return None
    disposed = _disposed(before, body, offset)
    if disposed is not None:
        return disposed
    for name in _ORDER:
        for rule in rules_for(name, signs):
            match = rule.search(body)
            if match is None or not _is_word(name, body, match, signs):
                continue
            start = match.start("adverbs") if "subject" in match.re.groupindex else 0
            alone = name == _ALONE
            stated = _said_of(before) if alone else match["object"]
            named = match["subject"] if "subject" in match.re.groupindex else None
            doer = named or ("" if alone and stated else before)
            return Predicate(
                offset + start,
                offset + len(body),
                match["action"],
                _unquoted(_without(_GOVERNOR, stated)),
                rule.id,
                _subject(doer),
            )
    doer = _first_of("milestone.staged.doer", body, offset, signs) if staged else None
    return doer or (_any_verb(body, offset, before, date, signs) if date is not Dated.NONE else None)


def work_of(words: str) -> Predicate | None:
    """What *words*, a task that its row dates, say of a work to be pushed on: 加快推进青柯水库建设."""
    lead = _LEADING.match(words)
    offset = lead.end() if lead else len(words) - len(words.lstrip())
    return _first_of("milestone.due.work", words[offset:].rstrip(), offset, signs_of(words))


def _first_of(family: str, body: str, offset: int, signs: int) -> Predicate | None:
    """What the first rule of *family*, of what a stage consists of, finds in *body*, part of a text of these *signs*."""
    for rule in rules_for(family, signs):
        match = rule.search(body)
        if match is not None and _is_word(family, body, match, signs):
            subject = match.groupdict().get("subject")
            return Predicate(
                offset,
                offset + len(body),
                match["action"],
                _unquoted(match["object"]),
                rule.id,
                _subject(subject or ""),
            )
    return None


def _said_of(before: str) -> str:
    """What a verb that stands alone behind its time is said of: the words *before* the time, if they name no doer."""
    if any(rule.search(before.strip()) is not None for rule in rules_of("milestone.doers_only")):
        return ""
    return _without("milestone.will_behind", before)


def _disposed(before: str, body: str, offset: int) -> Predicate | None:
    """What is done to an object that stands before the time of the clause (各县将方案于11月底前报市住建局)."""
    opening = _without("milestone.will_behind", before)
    if not opening:
        return None
    for rule in rules_for(_DISPOSAL, signs_of(opening + body)):
        match = rule.search(opening + body)
        if match is not None and match.start("object") < match.end("object") <= len(opening) <= match.start("action"):
            subject = _subject(match["subject"] or "")
            return Predicate(offset, offset + len(body), match["action"], _unquoted(match["object"]), rule.id, subject)
    return None


def _any_verb(body: str, offset: int, before: str, date: Dated, signs: int) -> Predicate | None:
    """A clause that its time dates, by any verb that says a deed; or that verb alone, behind what it is said of."""
    for rule in rules_for("milestone.verb_stated", signs):
        match = rule.search(body)
        found = stated_verb(match["rest"], signs, first_only=date is Dated.YEAR) if match else None
        if match is None or found is None:
            continue
        end, doer = offset + len(body), (match.groupdict().get("doer") or "") + found.before
        if found.behind:
            return Predicate(offset, end, found.verb, _unquoted(found.behind), rule.id, _subject(doer or before))
        said = doer or _said_of(before)
        if said or date is Dated.OWN:
            return Predicate(offset, end, found.verb, _unquoted(_without(_GOVERNOR, said)), rule.id)
    return None


def antecedent_of(clauses: Sequence[str]) -> tuple[str, str | None]:
    """What the clauses before a verb that stands alone, the nearest first, say it is done to, and the rule of that.

    加快推进青柯高速建设，确保2025年底建成通车 → 青柯高速.
    """
    for clause in clauses:
        for rule in rules_of("milestone.antecedent"):
            if match := rule.search(clause.strip()):
                return _unquoted(match["object"]), rule.id
    return "", None


def aim_of(clause: str, signs: int) -> Predicate | None:
    """What *clause*, an aim in a list of goals, says without a number (固定资产投资实现正增长), if it says a result.

    *signs* are those of a text that it is part of.
    """
    body = clause.strip()
    offset = len(clause) - len(clause.lstrip())
    for rule in rules_of_all(_AIMS, signs):
        if match := rule.search(body):
            return Predicate(
                offset, offset + len(body), match["action"], match["object"], rule.id, _subject(match["subject"] or "")
            )
    return None


def _unquoted(words: str) -> str:
    """*words* without a quotation mark whose partner they lack, without marks around all of them or of coordination."""
    words = words.strip(_AROUND)
    for opening, closing in _QUOTES.items():
        if words.startswith(opening) and words.find(closing) in (-1, len(words) - 1):
            words = words[1:].removesuffix(closing)
        if words.endswith(closing) and opening not in words:
            words = words[:-1]
        if words.startswith(closing):
            words = words[1:]
    return words.strip()


def _without(family: str, words: str) -> str:
    """*words* without those that the rules of *family* find (words of will: 推动青柯高铁 → 青柯高铁)."""
    words = words.strip()
    for rule in rules_of(family):
        if match := rule.search(words):
            words = words[: match.start()] + words[match.end() :]
    return words


def _subject(words: str) -> str | None:
    """Who *words*, before a verb or its time, name as the doer; ``None`` where they name nobody."""
    matches = (rule.search(words.strip()) for rule in rules_of("milestone.subject_named"))
    return next((_unquoted(match["subject"]) for match in matches if match), None)


def begins_something(predicate: Predicate) -> bool:
    """Whether *predicate* begins something, which a time of beginning (从2026年起) can date."""
    return any(rule.search(predicate.action + predicate.object) is not None for rule in rules_of("milestone.begins"))


def is_effect(clause: str, signs: int) -> bool:
    """Whether *clause*, in a text of these *signs*, states an effect: what a time before it governs ends there."""
    words = clause.strip()
    return said("milestone.effect", words, signs) and _first_of(_CAUSED, words, 0, signs) is None


def has_vague_time(clause: str, signs: int) -> bool:
    """Whether *clause*, in a text of these *signs*, is due at a time of its own that is no date (按要求尽早完成)."""
    return said("milestone.vague_time", clause.strip(), signs)


def is_adjunct(clause: str, signs: int) -> bool:
    """Whether *clause*, in a text of these *signs*, closes as an adverbial that says when or unless (提出初审意见后)."""
    return said("milestone.adjunct", clause.strip(), signs)


def is_condition(behind: str, signs: int) -> bool:
    """Whether the words *behind* a clause, in a text of these *signs*, make it the condition of a grant or a permission."""
    return said("milestone.condition", behind, signs)


def _excluded(body: str, signs: int) -> bool:
    """Whether *body*, of these *signs*, says no deliverable.

    The words that open what 将 puts in front, and that are said of a noun there, do not count (将落实到户的名单报县政府).
    """
    disposed = any(_RELATIVE in match["object"] for rule in rules_for(_DISPOSAL, signs) if (match := rule.search(body)))
    return is_adjunct(body, signs) or any(
        rule.search(body) is not None
        for rule in rules_for("milestone.none", signs)
        if not (disposed and rule.id == _AIM)
    )


def _is_word(name: str, body: str, match: re.Match[str], signs: int) -> bool:
    """Whether the verb is a word of its own there, and no part of a noun (完成情况, 开放型)."""
    if name == _ALONE:
        return True
    follows = match.start("object") >= match.end("action")
    if (
        follows
        and is_noun_of_verb(match["object"], signs)
        and not says("milestone.told", match["action"] + match["object"])
    ):
        return False
    if name in _OPENING or len(match["adverbs"] or "") >= _SHORTEST_MANNER:
        return True
    starts = set(accumulate((len(word) for word in segmenter().lcut(body)), initial=0))
    return match.start("action") in starts or match.start("adverbs") in starts


def row_predicate(words: str) -> Predicate | None:
    """All of *words*, the entry of a schedule or the task of a row, as a deliverable whose verb is not known.

    ``None`` where they are too short or long to be one, or say what is no deliverable.
    """
    body = words.strip()
    if not in_force(_ENTRY):
        return None
    if not _SHORTEST_ENTRY <= len(body) <= _LONGEST_ENTRY or _excluded(body, signs_of(body)):
        return None
    offset = words.index(body)
    return Predicate(offset, offset + len(body), "", body, _ENTRY)


_SHORTEST_ENTRY: Final = 3
_LONGEST_ENTRY: Final = 120
