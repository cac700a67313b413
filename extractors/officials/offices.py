"""Offices in charge without a name: 由县委书记任组长, 县政府办协管副主任、县财政局主要负责人任副召集人."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from extractors.language.passages import Passage
from extractors.officials.mentions import Mention
from extractors.officials.names import is_name_in_prose
from extractors.officials.positions import is_office, organization_of
from extractors.rules.registry import pattern_of, registry, signs_of

_TAIL: Final = 50
"""Characters at the end of a wording that decide whether it is an office."""


def offices_of(passage: Passage, source: str) -> Iterator[Mention]:
    """The unnamed offices in charge of one passage, in text order.

    A post held by one (组长) takes the whole wording as one office (县委副书记、县长); a post held by
    several (副组长, 成员) is cut at the separators after which an office is complete.
    """
    text = passage.text
    if not pattern_of("office.in_group_word").search(text):
        return
    rule = registry()["official.office_in_charge"]
    for match in rule.finditer(text) if rule.may_match(signs_of(text)) else ():
        start, end = _sentence_part(text, *match.span("offices"))
        pieces = (
            _pieces(text, start, end) if pattern_of("office.held_by_many").search(match["role"]) else [(start, end)]
        )
        for first, last in pieces:
            office = text[first:last]
            if (
                not is_office(office[-_TAIL:])
                or pattern_of("office.of_group_itself").match(office)
                or is_name_in_prose(office)
            ):
                continue
            yield Mention(
                passage.place, passage.span(first, last), None, "duty", "official.office_in_charge", match["role"],
                organization_of(office), office, fragments=passage.fragments(source, first, last),
            )  # fmt: skip


def _sentence_part(text: str, start: int, end: int) -> tuple[int, int]:
    """The stretch without what stands before the preposition of the agent, and without leading parts that name no office."""
    for agent in pattern_of("office.agent").finditer(text, start, end):
        start = agent.end()
    comma = text.find("，", start, end)
    while comma >= 0 and not is_office(text[start:comma][-_TAIL:]):
        start, comma = comma + 1, text.find("，", comma + 1, end)
    return start, end


def _pieces(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The complete offices of a list: an item that is no office (县住建局、) belongs to the one that ends the group."""
    pieces: list[tuple[int, int]] = []
    first = start
    for separator in pattern_of("office.listed").finditer(text, start, end):
        if is_office(text[first : separator.start()][-_TAIL:]):
            pieces.append((first, separator.start()))
            first = separator.end()
    pieces.append((first, end))
    return [(first, last) for first, last in pieces if first < last]
