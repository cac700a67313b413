"""Predicates: the verb of a clause and what it brings about, by rules over the clause's words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

from extractors.language.tokens import segmenter
from extractors.rules.registry import rules_for, rules_of

_TRAILING_NOTE: Final = re.compile(r"(?:[（(][^（）()]*[）)])+$")
_LEADING: Final = re.compile(r"^\s*(?:[（(]?\d{1,2}[)）.、．]|[①-⑳]|——|[一二三四五六七八九十]是)\s*")
_ORDER: Final = (
    "milestone.disposal",
    "milestone.light_verb",
    "milestone.verb_alone",
    "milestone.verb_first",
    "milestone.object_first",
    "milestone.subject_first",
)
_ALONE: Final = "milestone.verb_alone"
_OPENING: Final = frozenset({"milestone.disposal", "milestone.light_verb", _ALONE, "milestone.verb_first"})
_SHORTEST_OBJECT: Final = 2
_QUOTES: Final = {"“": "”", "‘": "’"}


@dataclass(frozen=True, slots=True)
class Predicate:
    """A verb and its object at ``[start, end)`` of a clause's text; ``subject``: who is said to do it."""

    start: int
    end: int
    action: str
    object: str
    rule_id: str
    subject: str | None = None


def predicate_of(clause: str, before: str = "") -> Predicate | None:
    """The deliverable that *clause* (folded text between two commas) says, ``None`` where it says none.

    A clause that is a verb, opens with its verb, closes with it, or names the doer before it, in this order. *before*
    are the words before the time in the clause: what a verb that stands alone is said of.
    """
    lead = _LEADING.match(clause)
    offset = lead.end() if lead else len(clause) - len(clause.lstrip())
    body = clause[offset:].rstrip()
    note = _TRAILING_NOTE.search(body)
    if note and note.start():
        body = body[: note.start()]
    if len(body) < _SHORTEST_OBJECT or _excluded(body):
        return None
    for name in _ORDER:
        for rule in rules_of(name):
            match = rule.search(body)
            if match is None or not _is_word(name, body, match):
                continue
            start = match.start("adverbs") if "subject" in match.re.groupindex else 0
            alone = name == _ALONE
            stated = _without_governor(before if alone else match["object"])
            doer = match["subject"] if "subject" in match.re.groupindex else "" if alone else before
            return Predicate(
                offset + start, offset + len(body), match["action"], _unquoted(stated), rule.id, _subject(doer)
            )
    return None


def aim_of(clause: str) -> Predicate | None:
    """What *clause*, an aim in a list of goals, says without a number (固定资产投资实现正增长), if it says a result."""
    body = clause.strip()
    offset = len(clause) - len(clause.lstrip())
    for rule in (*rules_of("milestone.aim.result"), *rules_of("milestone.aim.assigned")):
        if match := rule.search(body):
            return Predicate(
                offset, offset + len(body), match["action"], match["object"], rule.id, _subject(match["subject"] or "")
            )
    return None


def _unquoted(words: str) -> str:
    """*words* without a quotation mark whose partner they lack, and without marks around all of them."""
    words = words.strip()
    for opening, closing in _QUOTES.items():
        if words.startswith(opening) and words.find(closing) in (-1, len(words) - 1):
            words = words[1:].removesuffix(closing)
        if words.endswith(closing) and opening not in words:
            words = words[:-1]
        if words.startswith(closing):
            words = words[1:]
    return words.strip()


def _without_governor(words: str) -> str:
    """*words* without those of will in front (推动青柯高铁 → 青柯高铁)."""
    match = next((m for rule in rules_of("milestone.governor") if (m := rule.search(words.strip()))), None)
    return words.strip()[match.end() :] if match else words


def _subject(words: str) -> str | None:
    """Who *words*, before a verb or its time, name as the doer; ``None`` where they name nobody."""
    matches = (rule.search(words.strip()) for rule in rules_of("milestone.subject_named"))
    return next((_unquoted(match["subject"]) for match in matches if match), None)


def begins_something(predicate: Predicate) -> bool:
    """Whether *predicate* begins something, which a time of beginning (从2026年起) can date."""
    return any(rule.search(predicate.action + predicate.object) is not None for rule in rules_of("milestone.begins"))


def is_effect(clause: str, signs: int) -> bool:
    """Whether *clause*, in a text of these *signs*, states an effect: what a time before it governs ends there."""
    return any(rule.search(clause.strip()) is not None for rule in rules_for("milestone.effect", signs))


def _excluded(body: str) -> bool:
    return any(rule.search(body) is not None for rule in rules_of("milestone.none"))


def _is_word(name: str, body: str, match: re.Match[str]) -> bool:
    """Whether the verb is a word of its own there, and no part of a noun (完成情况, 开放型)."""
    if name == _ALONE:
        return True
    follows = match.start("object") >= match.end("action")
    if follows and any(rule.search(match["object"]) is not None for rule in rules_of("milestone.nominal")):
        return False
    if name in _OPENING:
        return True
    starts = accumulate((len(word) for word in segmenter().lcut(body)), initial=0)
    return match.start("action") in set(starts)


def row_predicate(words: str) -> Predicate | None:
    """All of *words*, the entry of a schedule or the task of a row, as a deliverable whose verb is not known.

    ``None`` where they are too short or long to be one, or say what is no deliverable.
    """
    body = words.strip()
    if not _SHORTEST_ENTRY <= len(body) <= _LONGEST_ENTRY or _excluded(body):
        return None
    offset = words.index(body)
    return Predicate(offset, offset + len(body), "", body, "milestone.entry")


_SHORTEST_ENTRY: Final = 3
_LONGEST_ENTRY: Final = 120
