"""Acts of appointment and removal by their verbs: what is done, the role that it gives, what a shared verb changes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final, cast

from extractors.rules.registry import Rule, word_table
from schemas.rows import AppointmentAction

_MAY_JOIN: Final = frozenset({"engage", "nominate"})
"""Acts that go on in an act whose own verb only says that an office is taken (聘任：张三任…)."""


@dataclass(frozen=True, slots=True)
class Act:
    """What a verb does, the role of whom it names, and what it takes from a verb before it (see ``act_verbs.tsv``)."""

    action: AppointmentAction
    role: str
    joins: str = ""


@cache
def act_of_verb(verb: str) -> Act:
    """The act of a listed *verb*. Raises :class:`KeyError` for another word."""
    action, role, *joins = word_table("act_verbs")[verb]
    return Act(cast(AppointmentAction, action), role, "".join(joins))


@cache
def act_of_role(role: str) -> Act | None:
    """The act that gives *role* (免 → remove), ``None`` where no verb does."""
    acts = map(act_of_verb, word_table("act_verbs"))
    return next((act for act in acts if act.role == role), None)


def act_of(rule: Rule, verb: str, lead: Act | None) -> Act | None:
    """The act that a match of *rule* with *verb* states under the verb *lead*; ``None`` where it states none."""
    action = rule.word("action")
    if action is not None:
        return Act(cast(AppointmentAction, action), rule.word("role") or "")
    if rule.flag("under_removal"):
        return lead if lead is not None and lead.action == "remove" else None
    own = act_of_verb(verb)
    if own.joins == "required":
        return lead if lead is not None and lead.action != "remove" else None
    if lead is not None and (lead.action == own.action or (own.joins and lead.action in _MAY_JOIN)):
        return lead
    return own
