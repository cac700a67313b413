"""Subjects: whose a value is, where that is narrower than or other than the issuing government's own area.

A subject stands at the front of what is measured (泸州经济总量, 青柯国际机场旅客吞吐量). An industry, a product or a
trading partner is part of the metric; the issuer's own area (全省, 我市, its own name) is no subject.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final, cast

from extractors.language.tokens import segmenter, tag_of
from extractors.quantities.frames.measures import ends_in_measure
from extractors.quantities.frames.regions import place_at_front, with_area
from extractors.rules.force import in_force
from extractors.rules.registry import lexicon, pattern_of, registry, rules_of, rules_of_all, signs_of
from schemas.making import quickly_made
from schemas.rows import SubjectType

NAMES_OF_PLACES: Final = "subject.names_of_places"
ROW: Final = "subject.row"
TOWN: Final = "subject.town"
ORGANIZATION: Final = "subject.organization"
PLACE_LED: Final = "subject.place_led"
PLACE_FRONT: Final = "subject.place_front"
LISTED_BEFORE: Final = "subject.listed_before"
OWN_AREA: Final = "subject.own_area"
PART_OF_NAME: Final = "subject.part_of_name"
_PREFIXES: Final = (
    "subject.nation", "subject.titled", "subject.service", "subject.free_trade_zone", "subject.project", "subject.zone",
    "subject.company", "subject.firms", "subject.body", "subject.organization", "subject.group", "subject.town",
)  # fmt: skip
_OWN: Final = re.compile(
    r"^(?:全|我|本|该)[省市县区州旗盟镇乡国疆](?!级|域|额|[性民营])(?:各级|城乡(?=居民))?|^辖区内?"
)
_NATION: Final = frozenset({"全国"})
AREA_TAILS: Final = "省市县区州盟旗镇乡"
_NO_NAME: Final = "vdpcmqabjftru"
_SURE: Final = frozenset(
    {
        "subject.nation", "subject.titled", "subject.service", "subject.group", "subject.free_trade_zone",
        "subject.organization", "subject.body", "subject.firms", "subject.project.port", "subject.company.group",
        "subject.zone.town", "subject.zone.own_part",
    }
)  # fmt: skip
"""Rules that name their words in full."""
_LEADING: Final = frozenset({"v", "vd", "vi", "d", "ad", "a", "p", "c", "m", "q"})
"""Tags of words that begin no name."""
_LONGEST_RUN: Final = 24
_SHORTEST_REST: Final = 2


@quickly_made
@dataclass(frozen=True, slots=True)
class Subject:
    """Whose a value is, as named, with its type and the rule that found it."""

    text: str
    type: SubjectType
    rule_id: str


def own_area(names: Iterable[str | None]) -> frozenset[str]:
    """The names of the issuer's own area in its titles and names (云南省人民政府 → 云南, 云南省)."""
    found: set[str] = set()
    for name in names:
        if end := place_at_front(name or ""):
            found |= {(name or "")[:end], (name or "")[:end].rstrip(AREA_TAILS)}
        elif area := pattern_of(OWN_AREA).match(name or ""):
            found |= {area["area"], area["area"].rstrip(AREA_TAILS)}
            continue
        for word in segmenter().lcut(name or ""):
            if tag_of(word) == "ns":
                found |= {word, word.rstrip(AREA_TAILS)} if len(word) > 2 else {word}
    return frozenset(found)


def without_own_area(phrase: str, own: frozenset[str]) -> str:
    """*phrase* without the issuer's own area in front (全省接待游客 → 接待游客)."""
    match = _OWN.match(phrase)
    if match and match[0] not in _NATION and len(phrase) - match.end() >= 2:
        return phrase[match.end() :].removeprefix("的")
    for name in sorted(own, key=len, reverse=True):
        if phrase.startswith(name) and len(phrase) - len(name) >= 3 and phrase[len(name)] not in "、和":
            rest = phrase[len(name) :]
            if name[-1] not in AREA_TAILS and pattern_of("subject.own_within").match(rest):
                continue
            return rest[1:] if rest[0] in AREA_TAILS and len(rest) > 3 else rest
    return phrase


def split_subject(phrase: str, own: frozenset[str], signs: int | None = None) -> tuple[Subject | None, str]:
    """The subject at the front of *phrase*, if there is one, and what is left; *signs* are of a text that holds it, if known."""
    found = _split(phrase, signs_of(phrase) if signs is None else signs)
    if found is None or found[0].text.rstrip(AREA_TAILS) in own or found[0].text in own:
        return None, phrase
    if found[0].type == "place" and registry()[PART_OF_NAME].pattern.search(found[1]):
        return None, phrase
    subject, rest = found
    return subject, rest.removeprefix("的")


@lru_cache(maxsize=8192)
def _split(phrase: str, signs: int) -> tuple[Subject, str] | None:
    return next(names_in_front(phrase, signs), None)


def names_in_front(phrase: str, signs: int) -> Iterator[tuple[Subject, str]]:
    """The names in front of *phrase*, each with the rest: a longer one that a place leads, one by its kind, a place.

    In the order of trial: the first one is the subject. *signs* are those of the phrase or of a text that holds it.
    """
    if led := named_by_place(phrase):
        yield led
    for rule in rules_of_all(_PREFIXES, signs):
        match = rule.pattern.search(phrase)
        if match and _is_name(match["subject"], rule.id):
            kind = cast("SubjectType", rule.value)
            yield Subject(match["subject"], kind, rule.id), phrase[match.end("subject") :]
    place = place_at_front(phrase)
    if place and pattern_of(PLACE_FRONT).match(phrase[place:]) and not _lists_places(phrase[place:]):
        yield Subject(phrase[:place], "place", PLACE_FRONT), phrase[place:]
    if in_force(NAMES_OF_PLACES) and (places := _places(phrase)):
        yield places


def _lists_places(rest: str) -> bool:
    """Whether *rest* goes on with things of other places (沈阳化工新材料、盘锦精细化工平台)."""
    return any(place_at_front(item) for item in re.split("[、和]", rest)[1:])


@lru_cache(maxsize=8192)
def named_by_place(phrase: str) -> tuple[Subject, str] | None:
    """A name that begins with its place (青柯国际陆港开行班列), where what is left does or measures something."""
    place = place_at_front(phrase)
    match = pattern_of(PLACE_LED).match(phrase, place) if place else None
    if match is None or len(phrase) - match.end() < _SHORTEST_REST:
        return None
    name = phrase[: match.end()]
    return Subject(name, type_of_name(name), PLACE_LED), phrase[match.end() :]


def _is_name(words: str, rule_id: str) -> bool:
    """Whether *words* may name a subject: names and nouns alone, and no generic kind of place in front."""
    if words.count("《") != words.count("》"):
        return False
    cut = segmenter().lcut(words)
    if rule_id in _SURE:
        return rule_id != ORGANIZATION or tag_of(cut[0]) not in _LEADING
    tags = {tag_of(word) for word in cut}
    if "c" in tags and "v" in tags:
        return False
    if cut[0] in _not_places():
        return False
    if rule_id == TOWN:
        by_side = pattern_of("subject.side").fullmatch(cut[0]) is not None
        return tag_of(cut[0]) != "p" and all(
            tag_of(word)[0] not in _NO_NAME or len(word) == 1 or word in "、和" for word in cut[by_side:]
        )
    return tag_of(cut[0]) not in _LEADING


def is_name(words: str) -> bool:
    """Whether *words* may be the name of one place, work or body, and of no kind of them."""
    kind = type_of_name(words)
    if words in _not_places() or kind == "company":
        return kind == "company"
    return place_at_front(words) > 0 or _is_name(words, ROW if kind == "project" else TOWN)


@cache
def _not_places() -> frozenset[str]:
    return frozenset(lexicon("not_places"))


def _places(phrase: str) -> tuple[Subject, str] | None:
    """Names of places that the dictionary knows in front of a measure (泸州经济总量)."""
    if not any(tag == "ns" for _, tag in segmenter().words_in_front(phrase)):
        return None
    end, named = 0, False
    for word in segmenter().lcut(phrase[:_LONGEST_RUN]):
        known = tag_of(word) == "ns" and len(word) > 1 and word not in _not_places()
        if not (known or (named and (word in "、和" or (phrase[end - 1] in "、和" and len(word) == 2)))):
            break
        named = named or known
        end += len(word)
    text = phrase[:end].rstrip("、和")
    text = phrase[: with_area(phrase, len(text))] if text else ""
    rest = phrase[len(text) :]
    if not text or rest[:1] in ("", "、", "和", "级") or not ends_in_measure(rest):
        return None
    return Subject(text, "place", NAMES_OF_PLACES), rest


def names_subject(row: str) -> bool:
    """Whether the name of a table row is whose its values are (青柯镇), not what they measure (早稻面积)."""
    return registry()[ROW].pattern.search(row) is not None and not ends_in_measure(row)


def subject_of_row(row: str) -> Subject | None:
    """The subject that a row's name is, by the rule for its form."""
    if not names_subject(row):
        return None
    return Subject(row, type_of_name(row), ROW)


def type_of_name(name: str) -> SubjectType:
    """The type of a subject by how its name ends."""
    found = next((rule.value for rule in rules_of("type_of_name") if rule.search(name)), "organization")
    return cast("SubjectType", found)
