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
from schemas.spans import Reading

_LONGEST_HEADING: Final = 40
_LINE: Final = re.compile(r"[^\r\n]+")
_LONGEST_LINE: Final = 600
_MARKER: Final = re.compile("[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十0-9]{1,3}）|[0-9]{1,3}[.．、]")
_SENTENCE: Final = re.compile("[。；：:！？“”《》0-9]")


def _lines(passage: Passage, source: str) -> Iterator[Reading]:
    """The printed lines of a passage: rolls are read line by line, whatever a paragraph joins."""
    if not len(passage.reading):
        return
    start, end = passage.reading.whole()
    for line in _LINE.finditer(source, start, end):
        yield Reading.of(source, *line.span())


def lists_under_headings(clauses: Iterable[Passage], source: str) -> Iterator[NameList]:
    """Lines of nothing but names (with their agencies or offices) under a heading such as 先进个人（10名）."""
    role: str | None = None
    for passage in clauses:
        for line in _lines(passage, source):
            runs = _roll(line.text) if role is not None and not _MARKER.match(line.text) else ()
            if role is not None and runs:
                mention_type, action = kind_of_column(role, "姓名")
                yield NameList(passage.place, line, runs, role, mention_type, "official.name_line", action=action)
            elif (heading := _heading(line.text)) is not None:
                role = heading
            elif not _is_subheading(line.text):
                role = None


def _heading(line: str) -> str | None:
    text = squash(line) if len(line) <= 2 * _LONGEST_HEADING else line
    if len(text) > _LONGEST_HEADING or "，" in text or "。" in text:
        return None
    rule = registry()["official.roster_heading"]
    match = rule.search(text) if rule.may_match(text) else None
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


def group_lists(clauses: Iterable[Passage], source: str) -> Iterator[NameList]:
    """Lines of a leading group below its label: name, blank, office (钱学文　县发展改革局局长)."""
    role: str | None = None
    for passage in clauses:
        labels = [(names.reading.offsets[0], names.role) for names in labelled_lists(passage, source)]
        if role is None and not labels:
            continue
        for line in _lines(passage, source):
            inside = [label for offset, label in labels if line.whole().start <= offset < line.whole().end]
            runs = _roll(line.text) if role is not None and not inside and _begins_with_name(line.text) else ()
            if inside:
                role = inside[-1]
            elif role is not None and runs and _has_office(runs):
                yield NameList(passage.place, line, runs, role, "duty", "official.group_line")
            else:
                role = None


def _begins_with_name(line: str) -> bool:
    return registry()["official.group_line"].pattern.match(line) is not None


def _has_office(runs: tuple[tuple[Word, ...], ...]) -> bool:
    return any(is_office(word.text) for run in runs for word in run)


def leaders_with_work(passage: Passage, source: str) -> Iterator[Mention]:
    """A line that begins with name and office and says what the leader is in charge of."""
    match = registry()["official.leader_line"].pattern.match(passage.reading.text)
    if match is None:
        return
    name, position = squash(match["name"]), squash(match["position"])
    if shape(name) in (None, "bare") or not is_office(position):
        return
    start, end = match.span("name")
    yield Mention(
        passage.place, passage.reading.span(start, end), name, "duty", "official.leader_line", match["role"],
        organization_of(position), clean_position(position),
        fragments=passage.reading.fragments(source, start, end),
    )  # fmt: skip
