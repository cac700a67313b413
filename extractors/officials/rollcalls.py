"""Names in lines of their own: under a heading that lists people, or below the label of a leading group."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from extractors.folding import squash
from extractors.officials.lists import people_of, runs_of
from extractors.officials.mentions import Mention, NameList, Word
from extractors.officials.names import shape
from extractors.officials.positions import clean_position, is_office, organization_of
from extractors.officials.prose import labelled_lists
from extractors.officials.tables import kind_of_column
from extractors.passages import Passage
from extractors.rules import registry

_LONGEST_HEADING: Final = 40
_LONGEST_LINE: Final = 600
_SENTENCE: Final = re.compile("[。；：:！？“”《》0-9]")


def lists_under_headings(clauses: Iterable[Passage]) -> Iterator[NameList]:
    """Lines of nothing but names (with their agencies or offices) under a heading such as 先进个人（10名）."""
    role: str | None = None
    for passage in clauses:
        text = passage.reading.text
        heading = _heading(passage)
        if heading is not None:
            role = heading
        elif role is not None and (runs := _roll(text)):
            mention_type, action = kind_of_column(role, "姓名")
            yield NameList(
                passage.place, passage.reading, runs, role, mention_type, "official.name_line", action=action
            )
        elif role is not None and not _is_subheading(text):
            role = None


def _heading(passage: Passage) -> str | None:
    text = squash(passage.reading.text)
    if len(text) > _LONGEST_HEADING or "，" in text or "。" in text:
        return None
    match = registry()["official.roster_heading"].pattern.search(text)
    return match["role"] if match else None


def _is_subheading(text: str) -> bool:
    return len(text) <= _LONGEST_HEADING and not _SENTENCE.search(text.replace("：", "", 1))


def _roll(text: str) -> tuple[tuple[Word, ...], ...]:
    """The words of a line that is a roll of names; empty where it is anything else."""
    if len(text) > _LONGEST_LINE or _SENTENCE.search(text):
        return ()
    runs = runs_of(text)
    people = [found for run in runs for found in people_of(run)]
    words = [word for found in people for word in found.words]
    well = [word for word in words if len(word.text) == 1 or shape(word.text) not in (None, "bare")]
    others = sum(len(run) for run in runs) - len(words)
    return runs if words and len(well) == len(words) and others <= len(words) else ()


def group_lines(clauses: Iterable[Passage], source: str) -> Iterator[Mention]:
    """Lines of a leading group below its label: name, blank, office (钱学文　县发展改革局局长)."""
    role: str | None = None
    for passage in clauses:
        labels = list(labelled_lists(passage))
        if labels:
            role = labels[-1].role
            continue
        found = list(_group_line(passage, role, source)) if role is not None else []
        yield from found
        if not found:
            role = None


def _group_line(passage: Passage, role: str | None, source: str) -> Iterator[Mention]:
    match = registry()["official.group_line"].pattern.search(passage.reading.text)
    if match is None:
        return
    name, position = "".join(match["name"].split()), "".join(match["position"].split())
    if shape(name) in (None, "bare") or not is_office(position):
        return
    start, end = match.span("name")
    yield Mention(
        passage.place, passage.reading.span(start, end), name, "duty", "official.group_line", role,
        organization_of(position), clean_position(position),
        fragments=passage.reading.fragments(source, start, end),
    )  # fmt: skip
