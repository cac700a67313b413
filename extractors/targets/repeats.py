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
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final, NamedTuple

from extractors.language.folding import squash
from extractors.quantities.description.deadline import last_day
from extractors.quantities.frames.pace import is_yearly
from extractors.rules.registry import rules_of
from schemas.records import Document
from schemas.rows import Owners, Quantity, Target

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


class Relation(NamedTuple):
    """What a target is to the others of its issue: the ids of the first that says the same, and of their conflict."""

    same_as: str | None = None
    conflict_id: str | None = None


class _Told(NamedTuple):
    """What is compared of a target; ``where`` is a number that it shares with what stands beside it."""

    target_id: str
    value: tuple[float, float, str]
    where: int
    is_coded: bool
    owners: frozenset[str]

    @property
    def held(self) -> tuple[float, float]:
        """The promised value as an interval. Two floors of other height differ too: one thing has one promised floor."""
        low, high, comparator = self.value
        margin = _ABOUT if comparator == "~" else _ROUNDED if low == high else 0.0
        return low - margin * abs(low), high + margin * abs(high)


class Relations:
    """Targets of one issue as they come, in text order, until all are known; what is kept of each is small."""

    def __init__(self) -> None:
        self._groups: defaultdict[tuple[Hashable, bool], list[_Told]] = defaultdict(list)
        self._many: defaultdict[tuple[Hashable, bool], set[tuple[float, float]]] = defaultdict(set)
        """Of groups of too many to be compared: the values."""
        self._owners: dict[frozenset[str], frozenset[str]] = {}
        self._places = 0

    def note(self, targets: Iterable[Target], themes: Mapping[str, str]) -> None:
        """Take in all *targets* of a document; *themes*: the zone that it or one of its tables is about, by its id."""
        places: dict[Hashable, int] = {}
        for target in targets:
            where = places.setdefault(_where(target.quantity), self._places + len(places))
            if _comparable(target):
                self._keep((_topic(target, themes), _strives(target)), self._told(target, where))
        self._places += len(places)

    def _told(self, target: Target, where: int) -> _Told:
        quantity, owners = target.quantity, _owners_of(target.owners)
        value = (quantity.obs_low, quantity.obs_high, quantity.obs_comparator)
        return _Told(
            target.target_id, value, where, quantity.metric_code is not None, self._owners.setdefault(owners, owners)
        )

    def _keep(self, key: tuple[Hashable, bool], told: _Told) -> None:
        if key in self._many:
            self._many[key].add(told.held)
            return
        group = self._groups[key]
        group.append(told)
        if len(group) > _MOST_ALIKE:
            self._many[key].update(one.held for one in group)
            del self._groups[key]

    def settled(self) -> dict[str, Relation]:
        """By target id what it is to others; a target that stands alone is not among them."""
        same: dict[str, str] = {}
        conflicts: dict[str, str] = {}
        for (topic, stretch), group in self._groups.items():
            if len(group) > 1:
                same.update(_repeats(group))
                firm = self._firm(topic) if stretch else frozenset()
                conflicts.update(_conflicts([one for one in group if one.held not in firm]))
        return {one: Relation(same.get(one), conflicts.get(one)) for one in same.keys() | conflicts.keys()}

    def _firm(self, topic: Hashable) -> Collection[tuple[float, float]]:
        """The values of *topic* that are promised firmly."""
        firm = (topic, False)
        return self._many[firm] if firm in self._many else {one.held for one in self._groups.get(firm, ())}


def with_relations(targets: Sequence[Target], relations: Mapping[str, Relation]) -> tuple[Target, ...]:
    """The *targets*, in their order, with what each is to the others."""
    return tuple(
        replace(target, **relations[target.target_id]._asdict()) if target.target_id in relations else target
        for target in targets
    )


def _where(quantity: Quantity) -> Hashable:
    """The table or the sentence of a number."""
    place = quantity.place
    return place.table_id if place.table_id is not None else (place.clause_id, quantity.sentence)


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
        is_yearly(quantity.transformation, quantity.per, quantity.sentence, quantity.text),
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


def _repeats(group: Sequence[_Told]) -> dict[str, str]:
    """By target: the first printing of its value (*group* ascends in the text)."""
    found: dict[str, str] = {}
    firsts: dict[Hashable, _Told] = {}
    for one in group:
        first = firsts.setdefault(one.value, one)
        if first.where != one.where:
            found[one.target_id] = first.target_id
    return found


def _conflicts(group: Sequence[_Told]) -> dict[str, str]:
    if len({one.held for one in group}) > _MOST_VALUES:
        return {}
    against = [
        one.target_id
        for one in group
        if any(
            one.where != other.where
            and not shared_out(one.is_coded, one.owners, other.owners)
            and _excludes(one.held, other.held)
            for other in group
        )
    ]
    return dict.fromkeys(against, min(against)) if against else {}


def shared_out(is_coded: bool, here: frozenset[str], there: frozenset[str]) -> bool:
    """Whether targets of one metric are the quotas of different agencies (引进项目5个 of one bureau, 3个 of another).

    *here* and *there*: the keys of the agencies that lead or are responsible. An indicator of the vocabulary
    (*is_coded*) is one of the whole area, whoever answers for it.
    """
    return not is_coded and bool(here and there) and here.isdisjoint(there)


def _owners_of(owners: Owners) -> frozenset[str]:
    """The keys of those who lead or are responsible."""
    return frozenset((*owners.lead_agency_keys, *owners.responsible_agency_keys))


def _excludes(one: tuple[float, float], other: tuple[float, float]) -> bool:
    return one[1] < other[0] or other[1] < one[0]
