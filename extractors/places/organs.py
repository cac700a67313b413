"""The place that the name of an organ says: 湖南省湘阴县人民政府 → 湘阴县, 430624, 湖南省/岳阳市/湘阴县.

A name is read from its first character: the divisions that it begins with, each below the one before, then what the
table lacks (townships, zones, places unknown), the level alone (县教育局, of the gazette's place), or an organ of the
whole country. A name that several places bear (鼓楼区) is settled by what stands above it, by the gazette's place, or by
the words of the issue itself; what they leave open has no code and says so.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final, cast

from extractors.language.characters import as_read
from extractors.language.folding import squash
from extractors.places.divisions import NATION, Division, above, by_name, divisions, path_of, standing
from extractors.rules.prepared import alternation
from extractors.rules.registry import lexicon, registry, word_table
from schemas.records import Area, AreaLevel

Evidence = Callable[[], str]
"""The words of the issue, asked for only where a name is ambiguous."""

THE_NATION: Final = Area(NATION, None, "nation", NATION)
_PARTY: Final = re.compile("^(?:中国共产党|中共)")
_UNITS: Final = re.compile("(?:特别行政区|自治区|自治州|自治县|自治旗|地区|新区|[省市县区州盟旗])$")
_NOT_A_CITY: Final = ("场",)
"""What makes 市 the beginning of another word (东方市场监督管理局)."""
_SHORTEST: Final = 2
_TAIWAN: Final = "台湾省"
_GAZETTE: Final = re.compile("(?:公报|政报)")
_AGENCY: Final = re.compile("(?:局|委|办|厅|署|室|会|部|司|院|中心|长官|政府)$")


@dataclass(frozen=True, slots=True)
class Located:
    """What a name says of its place; ``doubt`` is why it could not be settled, for people."""

    area: Area | None = None
    doubt: str | None = None


@dataclass(frozen=True, slots=True)
class _Context:
    year: int | None
    home: Area | None
    evidence: Evidence


def _no_words() -> str:
    return ""


def locate(organ: str, year: int | None, home: Area | None = None, evidence: Evidence = _no_words) -> Located:
    """The place of *organ* in *year*. *home* is the gazette's place; *evidence* gives the issue's words.

    No area and no doubt means that the name says no place.
    """
    context = _Context(year, home, evidence)
    name = _PARTY.sub("", as_read(squash(organ)))
    national = _national().match(name)
    if national:
        return _below_the_nation(name[national.end() :], context)
    candidates, rest = _chain(name, year)
    if candidates:
        return _within(candidates, rest, context)
    return _without_divisions(name, context)


def locate_gazette(title: str, year: int | None, evidence: Evidence = _no_words) -> Located:
    """The place of a gazette by its *title*, which may name it short: 湘阴县人民政府公报, 昆明政报."""
    name = as_read(squash(title))
    located = locate(name, year, None, evidence)
    if located.area is None and located.doubt is None:
        candidates, rest = _chain(name, year, short=True)
        if candidates and _GAZETTE.fullmatch(rest):
            return _settled(candidates, _Context(year, None, evidence))
    return located


def locate_titled(title: str, year: int | None, evidence: Evidence = _no_words) -> Located:
    """The place whose own act a *title* without issuer names first (某川市住房补贴办法); an act about a place says none."""
    name = as_read(squash(title))
    candidates, rest = _chain(name, year)
    own = candidates and registry()["place.own_act"].pattern.search(rest)
    return _settled(candidates, _Context(year, None, evidence)) if own else Located()


def _within(candidates: Sequence[Division], rest: str, context: _Context) -> Located:
    """The place of a name that begins with one of *candidates*; *rest* is what follows them."""
    upper = _settled(candidates, context)
    if candidates[0].name == _TAIWAN and (uncoded := _of_taiwan(rest, context.year)):
        return Located(uncoded)
    for rule in ("place.zone", "place.township", "place.unlisted"):
        found = registry()[rule].pattern.match(rest)
        if found:
            return _part_of(upper.area, found["place"], rule)
    division = _chosen(candidates, context)
    branch = registry()["place.branch"].pattern.search(rest)
    if division is not None and branch:
        county = _county_named(branch["place"], division, context.year)
        return Located(_area(county, context.year)) if county else upper
    return upper


def _part_of(upper: Area | None, name: str, rule: str) -> Located:
    """A place that the table lacks, below *upper* where that is known."""
    path = f"{upper.path}/{name}" if upper and upper.path else None
    if rule == "place.township":
        return Located(Area(name, None, "township", path))
    kind = "is no division of its own" if rule == "place.zone" else "is not in the table of divisions"
    return Located(Area(name, None, _level_of(name) if rule == "place.unlisted" else None, path), f"{name} {kind}")


def _level_of(name: str) -> AreaLevel | None:
    """The level that the last word of an unknown place's name leaves no doubt about: 市 and 区 may be of several."""
    if name.endswith(("省", "自治区")):
        return "province"
    return (
        "prefecture" if name.endswith(("自治州", "地区", "盟")) else "county" if name.endswith(("县", "旗")) else None
    )


def _without_divisions(name: str, context: _Context) -> Located:
    home = context.home
    if uncoded := _of_taiwan(name, context.year):
        return Located(uncoded)
    relative = registry()["place.relative"].pattern.match(name)
    if relative and home is not None:
        return Located(_at_level(home, relative["level"], context.year))
    for rule in ("place.zone", "place.township", "place.unlisted"):
        found = registry()[rule].pattern.match(name)
        if found:
            return _part_of(home if rule == "place.township" else None, found["place"], rule)
    candidates, rest = _chain(name, context.year, short=True)
    if candidates and registry()["place.short_agency"].pattern.match(rest):
        return _settled(candidates, context)
    return Located(home if home is not None and _AGENCY.search(name) else None)


def _of_taiwan(organ: str, year: int | None) -> Area | None:
    """The county or city of Taiwan that the name of an *organ* begins with; the standard has no codes for them."""
    name = next((place for place in _taiwan() if organ.startswith(place)), None)
    if name is None:
        return None
    province = standing(by_name()[_TAIWAN], year)[0]
    return Area(name, None, cast(AreaLevel, _taiwan()[name]), f"{path_of(province, year)}/{name}")


def _at_level(home: Area, level: str, year: int | None) -> Area | None:
    """*home*, or the division above it, whose name ends with *level*."""
    if home.name.endswith(level) or home.code is None:
        return home if home.name.endswith(level) else None
    own = _of_area(home, year)
    found = next((item for item in reversed(above(own, year)) if item.name.endswith(level)), None) if own else None
    return _area(found, year) if found else None


def _below_the_nation(rest: str, context: _Context) -> Located:
    """An organ of the nation, or its branch in a place that *rest* begins with."""
    candidates, behind = _chain(rest, context.year, short=True)
    if candidates:
        return _within(candidates, behind, context)
    if registry()["place.national_branch"].pattern.match(rest):
        return Located(None, f"a branch of the nation's in a place unknown: {rest}")
    return Located(THE_NATION)


def _chain(name: str, year: int | None, short: bool = False) -> tuple[tuple[Division, ...], str]:
    """The divisions that *name* begins with, each below the one before: those of the last name, and what follows.

    *short*: the name may begin with a division's short name (长沙海关).
    """
    current: tuple[Division, ...] = ()
    at = 0
    names = _names()
    while True:
        for end in range(min(len(name), at + _longest()), at + 1, -1):
            found = names.get(name[at:end], ()) or (_short_names().get(name[at:end], ()) if short and not at else ())
            below = [item for item in found if not current or any(item.is_under(one) for one in current)]
            if below and not (name[end - 1] == "市" and name[end : end + 1] in _NOT_A_CITY):
                current, at = standing(tuple(below), year) or tuple(below), end
                break
        else:
            return current, name[at:]


def _settled(candidates: Sequence[Division], context: _Context) -> Located:
    division = _chosen(candidates, context)
    if division is not None:
        return Located(_area(division, context.year))
    name = candidates[0].name
    levels = {item.level for item in candidates}
    level = levels.pop() if len(levels) == 1 else None
    if not standing(tuple(candidates), context.year):
        return Located(Area(name, None, level), f"no division was called {name} in {context.year}")
    codes = "、".join(sorted({path_of(item, context.year) for item in candidates}))
    return Located(Area(name, None, level), f"{name} may be {codes}")


def _chosen(candidates: Sequence[Division], context: _Context) -> Division | None:
    """The one division that is meant, where one is."""
    found = standing(tuple(candidates), context.year)
    if len(found) > 1 and context.home is not None:
        found = _near(found, context.home, context.year) or found
    if len(found) > 1:
        found = _by_words(found, context.evidence(), context.year) or found
    return found[0] if len(found) == 1 else None


def _near(candidates: Sequence[Division], home: Area, year: int | None) -> tuple[Division, ...]:
    """Those of *candidates* that are *home*, lie below it, or lie beside it."""
    own = _of_area(home, year)
    if own is None:
        return ()
    around = [own, *reversed(above(own, year))]
    for place in around:
        found = tuple(item for item in candidates if item == place or item.is_under(place))
        if found:
            return found
    return ()


def _by_words(candidates: Sequence[Division], words: str, year: int | None) -> tuple[Division, ...]:
    """The candidates for which the issue's words speak: the name behind that of its prefecture or province, else
    these alone, else the neighbours in the same prefecture."""
    tests: tuple[Callable[[Division], float], ...] = (
        lambda item: any(f"{upper.name}{item.name}" in words for upper in above(item, year)),
        lambda item: any(upper.name in words for upper in above(item, year) if upper.level == "prefecture"),
        lambda item: any(upper.name in words for upper in above(item, year)),
        lambda item: sum(name in words for name in _neighbours(item, year)),
    )
    for test in tests:
        scores = [test(item) for item in candidates]
        best = max(scores)
        found = tuple(item for item, score in zip(candidates, scores, strict=True) if score == best)
        if best and len(found) == 1:
            return found
    return ()


def _neighbours(division: Division, year: int | None) -> list[str]:
    stem = division.code[:4]
    return [
        item.name
        for item in divisions()
        if item.code.startswith(stem) and item.name != division.name and item.level == "county" and item.stands_in(year)
    ]


def _county_named(short: str, prefecture: Division, year: int | None) -> Division | None:
    """The county below *prefecture* that is called *short*, without its level."""
    found = [
        item
        for item in divisions()
        if item.is_under(prefecture) and item.stands_in(year) and _UNITS.sub("", item.name) == short
    ]
    return found[0] if len(found) == 1 else None


def _area(division: Division, year: int | None) -> Area:
    return Area(division.name, division.code, division.level, path_of(division, year))


def _of_area(area: Area, year: int | None) -> Division | None:
    found = [item for item in standing(by_name().get(area.name, ()), year) if item.code == area.code]
    return found[0] if found else None


@cache
def _taiwan() -> Mapping[str, str]:
    return {name: columns[0] for name, columns in word_table("taiwan_divisions").items()}


@cache
def _national() -> re.Pattern[str]:
    return re.compile(alternation(lexicon("national_organs")) + "(?:[一-鿿]{0,12}?总局|统计局|行政局)?")


@cache
def _names() -> Mapping[str, tuple[Division, ...]]:
    """Divisions by full name, by the short name of a province, and by that of an autonomous area (恩施州)."""
    people = re.compile(f"(?:{alternation(lexicon('ethnic_names'))}族?)+自治(?=[州县区旗]$)")
    found: dict[str, list[Division]] = {name: list(items) for name, items in by_name().items()}
    for division in divisions():
        short = people.sub("", division.name)
        if division.level == "province":
            bare = _UNITS.sub("", short)
            short = bare if len(bare) >= _SHORTEST else _UNITS.sub("", division.name)
        if short != division.name and len(short) > _SHORTEST - (division.level == "province"):
            found.setdefault(short, []).append(division)
    return {name: tuple(items) for name, items in found.items()}


@cache
def _short_names() -> Mapping[str, tuple[Division, ...]]:
    """Prefectures by their names without their level."""
    found: dict[str, list[Division]] = {}
    for division in divisions():
        short = _UNITS.sub("", division.name)
        if division.level == "prefecture" and len(short) >= _SHORTEST:
            found.setdefault(short, []).append(division)
    return {name: tuple(items) for name, items in found.items()}


@cache
def _longest() -> int:
    return max(map(len, _names()))
