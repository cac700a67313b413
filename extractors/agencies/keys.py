"""Keys that join the wordings of one agency within the jurisdiction of an issue.

县教育局 and 教育局, 县卫健局 and 卫生健康局 share a key in the gazette of a county. The level prefix is
dropped only where it is the issue's own (a county's gazette names 市生态环境局 too, which is another
agency), and short names are written out by the committed lexicon ``agency_aliases.txt`` alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from extractors.language.characters import as_read
from extractors.language.folding import squash
from extractors.rules.prepared import alternation
from extractors.rules.registry import lexicon, pattern_of, registry
from schemas.records import Issue


@dataclass(frozen=True, slots=True)
class Jurisdiction:
    """Whose gazette it is: ``names`` are its wordings (某某市某某县, 某某县, 某某), ``level`` its last character (县)."""

    names: tuple[str, ...] = ()
    level: str | None = None


def jurisdiction_of(issue: Issue) -> Jurisdiction:
    """The place whose government or committee issues most documents of *issue*, else that of its publisher."""
    counts: dict[tuple[str, str, str], int] = {}
    issuers = [name for document in issue.heads for name in document.issuers]
    for name in [*issuers, issue.masthead.publisher or "", issue.masthead.title or ""]:
        match = pattern_of("agency.jurisdiction").match(as_read(squash(name)))
        if match:
            found = (match["full"], match["short"], match["level"])
            counts[found] = counts.get(found, 0) + 1
    if not counts:
        return Jurisdiction()
    full, short, level = max(counts, key=lambda found: counts[found])
    return Jurisdiction(tuple(dict.fromkeys((full, short))), level)


@cache
def _aliases() -> tuple[re.Pattern[str], dict[str, str]]:
    canonical: dict[str, str] = {}
    for line in lexicon("agency_aliases"):
        full, *short = line.split()
        canonical.update({word: full for word in (full, *short)})
    return re.compile(alternation(canonical)), canonical


def agency_key(agency: str, jurisdiction: Jurisdiction) -> str:
    """The key of *agency* (as printed, without blanks) in *jurisdiction*.

    An office without any prefix takes the level of the jurisdiction (教育局 → 县教育局); towns,
    companies, collectives (各乡镇) and agencies of other places keep their own name.
    """
    name = as_read(agency).translate(str.maketrans("()", "（）"))
    base, own = _without_prefix(name, jurisdiction)
    if own is None or not pattern_of("agency.with_level").search(base):
        return name
    return own + _written_out(base)


def _without_prefix(name: str, jurisdiction: Jurisdiction) -> tuple[str, str | None]:
    level = jurisdiction.level
    national = pattern_of("agency.national").match(name)
    if national:
        return name[national.end() :], national[0] if level else ""
    if level is None:
        return name, ""
    for place in jurisdiction.names:
        if name.startswith(place) and len(name) > len(place) + 1:
            return name[len(place) :], level
    if _aliases()[0].match(name):
        return name, level
    if name[0] == level and len(name) > 2:
        return name[1:], level
    if pattern_of("agency.of_other_level").match(name) or pattern_of("agency.without_level").search(name):
        return name, None
    return name, level


def _written_out(base: str) -> str:
    pattern, canonical = _aliases()
    core = base
    for rule_id in ("agency.short_office", "agency.short_commission"):
        core = pattern_of(rule_id).sub(registry()[rule_id].value or "", core)
    core = pattern_of("agency.of_committee").sub("", core)
    match = pattern.match(core)
    return canonical[match[0]] + core[match.end() :] if match else core
