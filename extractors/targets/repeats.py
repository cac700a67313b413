"""Targets that an issue prints more than once: repeats of one promise, and promises that cannot both be kept.

Two targets speak of one thing where subject (or scope), metric, transformation, direction, standard unit, period with
its due day, and firmness agree. Lines of one table and numbers of one sentence tell items apart by more than these, so
they are never compared with each other. What a plan that is about a zone says without a subject is of that zone
(a park's 30 % is none against the county's 12 %); a value striven for that is promised firmly elsewhere is the firm one.
Quotas of two agencies do not exclude each other.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from extractors.language.folding import squash
from extractors.quantities.description.deadline import last_day
from extractors.rules.registry import rules_of
from schemas.records import Document
from schemas.rows import Owners, Target

_SHORTEST_METRIC: Final = 3
"""A metric of one or two characters (项目) names no one thing."""
_MOST_ALIKE: Final = 40
"""A metric that an issue promises more often than this is a heading of many things."""
_MOST_VALUES: Final = 2
"""Of more values than two, not one thing is promised anew: several things bear one name (税收 of each of three firms)."""
_COMPARED: Final = frozenset({"level", "growth", "change", "share"})
_ABOUT: Final = 0.05
"""How far, as a share of the value, 左右 reaches."""
_ROUNDED: Final = 0.001
"""How far two printings of one value may differ by rounding (15.29亿元, 15.3亿元)."""


def related(targets: Sequence[Target], themes: Mapping[str, str] | None = None) -> tuple[Target, ...]:
    """The *targets* of one issue, in their order, with ``same_as`` and ``conflict_id`` filled.

    *themes*: the zone that a document or table is about, by its id.
    """
    groups: defaultdict[tuple[Hashable, bool], list[Target]] = defaultdict(list)
    for target in sorted(targets, key=lambda target: target.quantity.span.start):
        if _comparable(target):
            groups[_topic(target, themes or {}), _strives(target)].append(target)
    same: dict[str, str] = {}
    conflicts: dict[str, str] = {}
    for (topic, stretch), group in groups.items():
        if 1 < len(group) <= _MOST_ALIKE:
            same.update(_repeats(group))
            firm = {_held(one) for one in groups.get((topic, False), ())} if stretch else set()
            conflicts.update(_conflicts([one for one in group if _held(one) not in firm]))
    return tuple(
        replace(target, same_as=same.get(target.target_id), conflict_id=conflicts.get(target.target_id))
        for target in targets
    )


def _comparable(target: Target) -> bool:
    quantity = target.quantity
    named = quantity.metric_code is not None or len(quantity.metric_key) >= _SHORTEST_METRIC
    return named and quantity.transformation in _COMPARED


def _strives(target: Target) -> bool:
    """Whether a word of striving stands in the target's own comma clause: one over a whole list leaves it a promise."""
    quantity = target.quantity
    before = quantity.sentence.partition("".join(quantity.text.split()))[0]
    clause = before[max(before.rfind(sign) for sign in "，；。：") + 1 :]
    return quantity.stretch and any(rule.search(clause) for rule in rules_of("stretch.cue"))


def _topic(target: Target, themes: Mapping[str, str]) -> Hashable:
    quantity = target.quantity
    whom = _whom(target, themes)
    return (
        _zone(whom), quantity.metric_key.removeprefix(whom), quantity.transformation, quantity.direction,
        quantity.unit_std, quantity.time_period or str(target.target_year or ""),
        target.deadline_date or _period_end(target),
    )  # fmt: skip


def _whom(target: Target, themes: Mapping[str, str]) -> str:
    """The subject, else the scope, else the zone that its table or document is about.

    The whole of the issuer's own area is what a target without any of them binds.
    """
    place = target.quantity.place
    name = squash(target.quantity.subject or target.scope or "")
    if not name:
        return themes.get(place.table_id or "") or themes.get(place.document_id or "", "")
    whole = any((match := rule.pattern.search(name)) and match["scope"] == name for rule in rules_of("scope.whole"))
    return "" if whole else name


def _zone(name: str) -> str:
    """*name*, the park without its own name as one, in whatever words (园区, 产业园区)."""
    return "zone" if any(rule.pattern.fullmatch(name) for rule in rules_of("zone.park")) else name


def themes_of(documents: Sequence[Document]) -> dict[str, str]:
    """The zone that each document or table is about by its title, by document or table id."""
    found: dict[str, str] = {}
    for document in documents:
        titled = [(document.document_id, f"{document.subject_title or ''}{document.title or ''}")]
        titled += [(table.table_id, table.caption or "") for table in document.tables]
        for identity, title in titled:
            if match := next((m for rule in rules_of("zone.theme") if (m := rule.search(squash(title)))), None):
                found[identity] = match["theme"]
    return found


def _period_end(target: Target) -> dt.date | None:
    last = (target.quantity.time_period or str(target.target_year or "")).rpartition("/")[2]
    return last_day(last) if last else None


def _repeats(group: Sequence[Target]) -> dict[str, str]:
    """By target: the first printing of its value (*group* ascends in the text)."""
    found: dict[str, str] = {}
    firsts: dict[Hashable, Target] = {}
    for target in group:
        quantity = target.quantity
        first = firsts.setdefault((quantity.obs_low, quantity.obs_high, quantity.obs_comparator), target)
        if first is not target and not _beside(first, target):
            found[target.target_id] = first.target_id
    return found


def _conflicts(group: Sequence[Target]) -> dict[str, str]:
    if len({_held(one) for one in group}) > _MOST_VALUES:
        return {}
    against = [
        one.target_id
        for one in group
        if any(
            not _beside(one, other)
            and not shared_out(one.quantity.metric_code, _owners_of(one.owners), _owners_of(other.owners))
            and _excludes(_held(one), _held(other))
            for other in group
        )
    ]
    return dict.fromkeys(against, min(against)) if against else {}


def _beside(one: Target, other: Target) -> bool:
    """Whether two targets stand in one table or one sentence."""
    here, there = one.quantity, other.quantity
    if here.place.table_id is not None or there.place.table_id is not None:
        return here.place.table_id == there.place.table_id
    return here.place.clause_id == there.place.clause_id and here.sentence == there.sentence


def shared_out(metric_code: str | None, here: frozenset[str], there: frozenset[str]) -> bool:
    """Whether targets of one metric are the quotas of different agencies (引进项目5个 of one bureau, 3个 of another).

    *here* and *there*: the keys of the agencies that lead or are responsible. An indicator of the vocabulary
    (*metric_code*) is one of the whole area, whoever answers for it.
    """
    return metric_code is None and bool(here and there) and here.isdisjoint(there)


def _owners_of(owners: Owners) -> frozenset[str]:
    """The keys of those who lead or are responsible."""
    return frozenset((*owners.lead_agency_keys, *owners.responsible_agency_keys))


def _held(target: Target) -> tuple[float, float]:
    """The promised value as an interval. Two floors of other height differ too: one thing has one promised floor."""
    low, high = target.quantity.obs_low, target.quantity.obs_high
    margin = _ABOUT if target.quantity.obs_comparator == "~" else _ROUNDED if low == high else 0.0
    return low - margin * abs(low), high + margin * abs(high)


def _excludes(one: tuple[float, float], other: tuple[float, float]) -> bool:
    return one[1] < other[0] or other[1] < one[0]
