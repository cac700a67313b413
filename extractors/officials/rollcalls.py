"""Names in lines of their own: under a heading that lists people, or below the label of a leading group."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from extractors.language.characters import as_read
from extractors.language.folding import squash
from extractors.language.passages import Passage
from extractors.officials.acts import act_of_role, act_of_verb
from extractors.officials.lists import people_of, runs_of
from extractors.officials.mentions import Mention, NameList, Word
from extractors.officials.names import is_name_in_prose, is_office_or_agency, shape
from extractors.officials.positions import clean_position, is_office, organization_of
from extractors.officials.prose import open_label
from extractors.officials.roster import settle
from extractors.officials.tables import kind_of_column
from extractors.rules.registry import lexicon, pattern_of, registry, signs_of
from schemas.rows import AppointmentAction, MentionType
from schemas.spans import Reading

_DATE: Final = "date"
_LONGEST_HEADING: Final = 40
_LINE: Final = re.compile(r"[^\r\n]+")
_LONGEST_LINE: Final = 600
_LONGEST_LEAD_IN: Final = 100
_MOST_WORDS: Final = 4
_LONGEST_NAME: Final = 4
_INDENT: Final = 4
"""Blanks before a line that goes on with the list above it; a paragraph begins with two."""
_OFFICE_IN_BRACKETS: Final = re.compile("[（(][^（）()]{2,40}[）)][、，；。]?$")
_HOUSE: Final = re.compile("[ \\u3000]*([^：:，。；、0-9]{2,30})[：:]")
_SENTENCE: Final = re.compile("[。；：:！？“”《》]|(?<![第0-9])[0-9]")
"""What no line of a roll has: marks of a sentence, and digits outside an ordinal (第2中学校长)."""


def _lines(passage: Passage, source: str) -> Iterator[Reading]:
    """The printed lines of a passage: rolls are read line by line, whatever a paragraph joins."""
    if not len(passage.reading):
        return
    start, end = passage.reading.whole()
    for line in _LINE.finditer(source, start, end):
        yield Reading.of(source, *line.span())


def lists_under_headings(clauses: Iterable[Passage], source: str, title: str | None = None) -> Iterator[NameList]:
    """Lines of nothing but names (with their agencies or offices) under a heading such as 先进个人（10名）.

    A lead-in (对下列同志予以通报表扬：) opens a roll too; what its people are, the document's *title* may say.
    """
    role: str | None = None
    for passage in clauses:
        if passage.clause is not None and passage.clause.clause_type == _DATE:
            role = None
            continue
        for line in _lines(passage, source):
            house = _house(line.text) if role is not None else None
            runs = (
                _roll(line.text, house) if role is not None and not pattern_of("roll.marker").match(line.text) else ()
            )
            if role is not None and runs:
                mention_type, action = _kind_of_roll(role)
                position = house if house and is_office(house) else None
                organization = organization_of(position) if position else house
                yield NameList(
                    passage.place, line, runs, role, mention_type, "official.name_line",
                    organization=organization, position=position, action=action,
                )  # fmt: skip
            elif (heading := _heading(line.text) or _lead_in(line.text, title)) is not None:
                role = act_of_verb(heading).role if heading in lexicon("roll_acts") else heading
            elif not (_is_subheading(line.text) or _is_office_alone(line.text)):
                role = None


def lists_below_labels(passages: Iterable[Passage], source: str) -> Iterator[NameList]:
    """The lines of people below a line that ends with a label (责任编辑：): one of names, or several that tell offices."""
    label: tuple[str, MentionType, str] | None = None
    first = True
    for passage in passages:
        for line in _lines(passage, source) if label is not None else ():
            runs = _roll(line.text)
            if label is not None and runs and (first or _tells_offices(line.text, runs)):
                role, kind, rule_id = label
                yield NameList(passage.place, line, runs, role, kind, rule_id)
                first = False
            else:
                label = None
                break
        opened = open_label(passage) if passage.text.endswith("：") else None
        label, first = (opened, True) if opened else (label, first)


def _heading(line: str) -> str | None:
    text = squash(line) if len(line) <= 2 * _LONGEST_HEADING else line
    if len(text) > _LONGEST_HEADING or "，" in text or "。" in text:
        return None
    rule = registry()["official.roster_heading"]
    match = rule.search(text) if rule.may_match(signs_of(text)) else None
    return match["role"] if match else None


def _lead_in(line: str, title: str | None) -> str | None:
    match = registry()["official.roll_lead_in"].pattern.search(squash(line[-_LONGEST_LEAD_IN:]))
    if match is None:
        return None
    said = match["role"].strip("“”").removesuffix("荣誉")
    return said if said in lexicon("roll_acts") else (_heading(title) if title else None) or said


def _kind_of_roll(role: str) -> tuple[MentionType, AppointmentAction | None]:
    act = act_of_role(role)
    return ("appointment", act.action) if act else kind_of_column(role, in_roll=True)


def _house(line: str) -> str | None:
    """The agency, place or office before the colon of a line that goes on with its people (县财政局：李丽　张敏)."""
    match = _HOUSE.match(line)
    house = squash(match[1]) if match else ""
    return house if is_office_or_agency(house) or is_office(house) else None


def _is_subheading(text: str) -> bool:
    return len(text) <= _LONGEST_HEADING and not _SENTENCE.search(text.replace("：", "", 1))


def _roll(
    text: str, house: str | None = None, start: int = 0, *, labelled: bool = False
) -> tuple[tuple[Word, ...], ...]:
    """The words from *start* of a line that is a roll of names, without a *house* and its colon; empty if it is none.

    Behind a label (*labelled*) a word of a name's length will do, whatever its surname.
    """
    start = text.index("：" if "：" in text else ":") + 1 if house else start
    if len(text) > _LONGEST_LINE or _SENTENCE.search(text[start:].rstrip("。；")):
        return ()
    runs = runs_of(text, start)
    people = [found for run in runs for found in people_of(run)]
    words = [word for found in people for word in found.words]
    unlike = (None,) if labelled else (None, "bare")
    well = [word for word in words if len(word.text) == 1 or shape(word.text) not in unlike]
    others = [word for run in runs for word in run if not is_office_or_agency(word.text)]
    return runs if words and len(well) == len(words) and len(others) <= 2 * len(words) else ()


def _is_office_alone(text: str) -> bool:
    """Whether a line goes on with the offices of the line before it and names nobody."""
    if _SENTENCE.search(text):
        return False
    words = [word for run in runs_of(text) for word in run]
    return (
        0 < len(words) <= _MOST_WORDS
        and is_office(words[-1].text)
        and all(is_office_or_agency(word.text) for word in words)
    )


def group_lists(
    clauses: Iterable[Passage], labelled_in: Iterable[Sequence[NameList]], source: str
) -> Iterator[NameList]:
    """Lines of a leading group below its label: name, blank, office (钱学文　县发展改革局局长), or names alone.

    *labelled_in* are the lists behind labels in each of the *clauses*.
    Names without offices are believed where the lines around them print a second label.
    """
    role: str | None = None
    block: list[_GroupLine] = []
    labelled, posted = 0, False
    for passage, behind_labels in zip(clauses, labelled_in, strict=True):
        labels = [(names.reading.offsets[0], names.role) for names in behind_labels]
        if role is None and not labels and not pattern_of("roll.post").match(passage.text):
            continue
        for line in _lines(passage, source):
            inside = [label for offset, label in labels if line.whole().start <= offset < line.whole().end]
            alone = pattern_of("roll.post_alone").match(as_read(squash(line.text))) if not inside else None
            label = registry()["official.blank_label"].pattern.match(line.text) if not inside and not alone else None
            start = label.end() if label is not None else 0
            labelled += bool(inside or alone or label)
            posted = alone is not None or (posted and not inside and label is None)
            if alone is not None:
                role = alone[0]
                continue
            if label is not None:
                role = squash(label["role"])
            runs = _roll(line.text, start=start, labelled=label is not None) if role and not inside else ()
            tells = bool(runs) and _tells_offices(line.text[start:], runs)
            if inside:
                role = inside[-1]
            elif role is not None and runs and (tells or _is_names_alone(runs)):
                names = NameList(passage.place, line, runs, role, "duty", "official.group_line")
                block.append(_GroupLine(names, tells or _is_indented(source, line)))
            elif not (
                _is_office_alone(line.text)
                or pattern_of("roll.rule").match(line.text)
                or (posted and _is_word(line.text))
            ):
                yield from _believed(block, labelled)
                role, block, labelled, posted = None, [], 0, False
    yield from _believed(block, labelled)


def _is_word(line: str) -> bool:
    """Whether a line is as long as a name: one that is read as none ends no roll of names."""
    return len(squash(line)) <= _LONGEST_NAME


@dataclass(frozen=True, slots=True)
class _GroupLine:
    """A line of a leading group: its people, and whether it goes on with the line above.

    It goes on (``tells``) where it tells offices, or stands indented under the names of the line above.
    """

    names: NameList
    tells: bool


def _is_indented(source: str, line: Reading) -> bool:
    """Whether blanks stand before the first word of the printed line: it goes on with what the line above began."""
    start, end = line.whole()
    printed = source[source.rfind("\n", 0, start) + 1 : end]
    return len(printed) - len(printed.lstrip()) >= _INDENT


def _believed(block: Sequence[_GroupLine], labelled: int) -> Iterator[NameList]:
    """The lines of a *block* that are a group's: all where it has several labels (*labelled* counts them)."""
    yield from (line.names for line in block if line.tells or labelled > 1)


def _is_names_alone(runs: tuple[tuple[Word, ...], ...]) -> bool:
    """Whether the words of a line are names in clear print and nothing else."""
    found = [people for run in runs for people in people_of(run)]
    items = [item.name for people in found for item in settle([word.text for word in people.words], {})]
    return all(people.before is people.after is None for people in found) and all(map(is_name_in_prose, items))


def _tells_offices(line: str, runs: tuple[tuple[Word, ...], ...]) -> bool:
    """Whether the people of a line have offices or houses: in brackets, behind the names, or before the last name."""
    words = [word.text for run in runs for word in run]
    if _OFFICE_IN_BRACKETS.search(line):
        return not any(is_office_or_agency(word) for word in words)
    if registry()["official.group_line"].pattern.match(line) and any(is_office(word) for word in words):
        return True
    first, last = words[0], words[-1]
    house = organization_of(first) is not None if is_office(first) else is_office_or_agency(first)
    return house and not is_office_or_agency(last)


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
