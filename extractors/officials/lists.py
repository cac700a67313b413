"""Lists of people: a cell or the value of a label cut into words, and the names among them settled.

Words are cut at blanks and separators; what ends as an agency or an office is set apart
(``发改局 范文灿``), and a run of the rest is settled by the roster (:mod:`extractors.officials.roster`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import Final

from extractors.language.characters import as_read
from extractors.language.tokens import segmenter
from extractors.officials.mentions import Mention, NameList, Word
from extractors.officials.names import (
    DOTS,
    HAN,
    compound_surnames,
    is_name_in_prose,
    is_office_or_agency,
    is_two_words,
    is_verbal,
    shape,
    surname_length,
)
from extractors.officials.positions import clean_position, is_office, organization_of
from extractors.officials.roster import Settled, settle
from extractors.places.divisions import by_name
from extractors.rules.registry import lexicon, pattern_of
from schemas.making import quickly_made
from schemas.spans import Reading

_SKIPPED: Final = re.compile(r"<[^<>]{0,20}>|（[^（）\n]{0,80}）|\([^()\n]{0,80}\)|[0-9０-９\-—]+")
_HARD: Final = "、，,；;/／|。：:\t"
_WORD: Final = re.compile(rf"(?:第[0-9０-９]{{1,3}}(?={HAN})|{HAN}|[{DOTS}])+")
"""A word of a list; an ordinal belongs to the name that it stands in (第3届运动会组委会主任)."""
_NOTE: Final = re.compile(r"[ \u3000]*[（(]([^（）()\n]{1,60})[）)]")
_SHORTEST_HOUSE: Final = 3
_SHORTEST_OFFICE: Final = 2
_WORD_OF_TWO: Final = 2
_LONGEST_NAME: Final = 6
_LONGEST_PRINTED_NAME: Final = 3
_LONGEST_WORD_OF_NAMES: Final = 16
_LONGEST_COUNT: Final = 4
_LONGEST_LIST: Final = 600
"""Characters of a list that are read; a longer cell holds no list of people."""


def runs_of(text: str, start: int = 0, end: int | None = None) -> tuple[tuple[Word, ...], ...]:
    """The words of ``text[start:end]``, in runs between hard separators."""
    end = min(len(text) if end is None else end, start + _LONGEST_LIST)
    runs: list[tuple[Word, ...]] = []
    run: list[Word] = []
    position = start
    while position < end:
        skipped = _SKIPPED.match(text, position, end)
        word = _WORD.match(text, position, end) if skipped is None else None
        if word is not None:
            run.append(Word(word[0], word.start(), word.end()))
            position = word.end()
            continue
        if (skipped is not None and skipped[0][0] != "（" and skipped[0][0] != "(") or text[position] in _HARD:
            if run:
                runs.append(tuple(run))
            run = []
        position = _after(text, skipped, end) if skipped is not None else position + 1
    if run:
        runs.append(tuple(run))
    return tuple(runs)


def reads_as_prose(text: str) -> bool:
    """Whether a cell holds sentences rather than people: a full stop, an amount, or long words that are no office."""
    if len(text) > _LONGEST_LIST or pattern_of("name.prose_in_list").search(text):
        return True
    words = [word[0] for word in _WORD.finditer(_SKIPPED.sub(" ", text))]
    long = [word for word in words if len(word) > _LONGEST_NAME and not is_office_or_agency(word) and "·" not in word]
    return any(not _house_at_front(word) for word in long)


def _after(text: str, skipped: re.Match[str], end: int) -> int:
    """Where reading goes on after digits or a note: a word that counts or dates (1970年生) goes with its number."""
    counted = (
        _WORD.match(text, skipped.end(), end) if skipped[0].isdigit() and len(skipped[0]) <= _LONGEST_COUNT else None
    )
    return counted.end() if counted is not None else skipped.end()


@quickly_made
@dataclass(frozen=True, slots=True)
class People:
    """Words of a run that are names, and what is printed right before and after them (agency or office)."""

    words: tuple[Word, ...]
    before: Word | None = None
    after: Word | None = None


def people_of(run: tuple[Word, ...]) -> Iterator[People]:
    """The stretches of a run that may be names; where each name follows its office (科长 李丽 科员 张敏), none is behind it."""
    names: list[Word] = []
    before: Word | None = None
    words = [_without_comrade(part) for printed in run for part in _house_and_name(printed)]
    leading = len(words) > 1 and is_office(words[0].text) and not _is_other(words[-1].text)
    for stripped in words:
        if _is_other(stripped.text):
            if names:
                yield People(tuple(names), before, None if leading else stripped)
                before, names = None, []
            else:
                before = stripped
        elif stripped.text:
            names.append(stripped)
    if names:
        yield People(tuple(names), before)


def _house_and_name(word: Word) -> Iterator[Word]:
    """*word*, in two where an agency or office and a name are printed as one (县财政局赵晓东, 赵晓东副县长)."""
    cut = _name_at_front(word.text) or _house_at_front(word.text)
    if cut:
        yield Word(word.text[:cut], word.start, word.start + cut)
        yield Word(word.text[cut:], word.start + cut, word.end)
    else:
        yield word


def _house_at_front(text: str) -> int:
    """Where the agency or office in front of a name ends; 0 where none stands there."""
    if len(text) < _SHORTEST_OFFICE + 2 or shape(text) is not None or is_office_or_agency(text):
        return 0
    for size in (3, 2):
        house = text[:-size]
        known = is_office_or_agency(house) if len(house) >= _SHORTEST_HOUSE else is_office(house)
        if len(house) >= _SHORTEST_OFFICE and known and _is_sure(text[-size:]):
            return len(house)
    return 0


def _name_at_front(text: str) -> int:
    """Where the name of three characters in front of an office ends; a place (张家港市长) or part of a word is none."""
    name, office = text[:_LONGEST_PRINTED_NAME], text[_LONGEST_PRINTED_NAME:]
    if not is_office(office) or not _is_sure(name) or shape(text) is not None:
        return 0
    words = segmenter().lcut(text)
    begun = len(words[0]) == _WORD_OF_TWO and words[0] not in compound_surnames()
    if begun or _LONGEST_PRINTED_NAME not in accumulate(map(len, words)):
        return 0  # 海关总署副署长, 成立了以…为组长
    area = name[-1] in lexicon("area_characters") or any(
        name + tail in by_name() for tail in lexicon("area_characters")
    )
    return 0 if area else len(name)


def _known_names(word: Word, roster: Mapping[str, int]) -> list[Word]:
    """*word*, cut where it is known names one after the other: a blank at which a narrow cell breaks is not printed."""
    if not _LONGEST_PRINTED_NAME < len(word.text) <= _LONGEST_WORD_OF_NAMES or shape(word.text) is not None:
        return [word]
    # The only way to cut the text up to each place, or None where there are several.
    ways: dict[int, tuple[int, ...] | None] = {0: ()}
    for end in range(2, len(word.text) + 1):
        starts = [at for at in range(max(0, end - 4), end - 1) if at in ways and roster.get(word.text[at:end])]
        if starts:
            way = ways[starts[0]]
            ways[end] = (*way, end) if len(starts) == 1 and way is not None else None
    cuts = ways.get(len(word.text))
    if not cuts or is_office_or_agency(word.text):
        return [word]
    return [
        Word(word.text[at:end], word.start + at, word.start + end) for at, end in zip((0, *cuts), cuts, strict=False)
    ]


def _is_sure(name: str) -> bool:
    return is_name_in_prose(name) and not is_verbal(name) and name[-1] not in lexicon("occupation_tails")


def _without_comrade(word: Word) -> Word:
    tail = pattern_of("name.courtesy").search(as_read(word.text))
    cut = len(tail[0]) if tail else 0
    return Word(word.text[: len(word.text) - cut], word.start, word.end - cut)


def _is_other(word: str) -> bool:
    """Whether a word of a list is an agency, an office or anything else that is no piece of a name."""
    if len(word) == 1 or word in compound_surnames():
        return False
    return shape(word) is None and (is_office_or_agency(word) or len(word) > 4 or _is_plain(word))


def _is_plain(word: str) -> bool:
    return len(word) <= 4 and not surname_length(word) and shape(word) is None


def clear_names(names: NameList) -> Counter[str]:
    """The names in clear print of a list: the evidence that the roster is built from."""
    return Counter(name for run in names.runs for people in people_of(run) for name in _clear(people.words))


def _clear(words: tuple[Word, ...]) -> list[str]:
    texts = [word.text for word in words]
    if len(texts) in (2, 3) and all(len(text) == 1 for text in texts):
        joined = "".join(texts)
        return [joined] if shape(joined) == "surname" else []
    if len(texts) == 2 and texts[0] in compound_surnames() and len(texts[1]) == 1:
        return ["".join(texts)]
    if any(shape(text) in (None, "bare") for text in texts):
        return texts if len(texts) == 1 and shape(texts[0]) else []
    return texts


def mentions_of(names: NameList, roster: Mapping[str, int], source: str) -> Iterator[Mention]:
    """The mentions of one list, in text order; an office in charge where the list names nobody."""
    found: list[Mention] = []
    for run in names.runs:
        people = list(people_of(tuple(part for word in run for part in _known_names(word, roster))))
        if people:
            for stretch in people:
                found.extend(_settled(names, stretch, roster, source))
        elif found and found[-1].position and names.position is None and _is_office_run(run):
            # 宋立本　县委副书记、县长: the second office of the person before it.
            found[-1] = replace(found[-1], position=f"{found[-1].position}、{run[0].text}")
    if not found and names.mention_type == "duty":
        for run in names.runs:
            found.extend(_office(names, run))
    yield from found


def _is_office_run(run: tuple[Word, ...]) -> bool:
    return len(run) == 1 and is_office(run[0].text)


def _settled(names: NameList, people: People, roster: Mapping[str, int], source: str) -> Iterator[Mention]:
    offsets = [place for word in people.words for place in range(word.start, word.end)]
    items = settle([word.text for word in people.words], roster)
    for item in items:
        if not _acceptable(item):
            continue
        first, last = _stretch(item, items)
        start, end = offsets[first], offsets[last - 1] + 1
        position, organization = names.position, names.organization
        if position is None:
            position, agency = _printed_with(names.reading, end, people, len(items) == 1)
            organization = organization or agency
        yield Mention(
            names.place,
            names.reading.span(start, end),
            item.name,
            names.mention_type,
            "official.unsettled_name" if item.unsettled or shape(item.name) is None else names.rule_id,
            names.role,
            organization,
            position,
            names.action,
            None,
            names.applies_to_rows,
            names.reading.fragments(source, start, end),
            item.repaired,
            names.reading.offsets[names.runs[0][0].start],
        )


def _stretch(item: Settled, items: tuple[Settled, ...]) -> tuple[int, int]:
    """Where a name is printed; shuffled names that overlap share one stretch."""
    start, end = item.start, item.end
    for _ in items:
        for other in items:
            if item.repaired and other.start < end and start < other.end:
                start, end = min(start, other.start), max(end, other.end)
    return start, end


def _acceptable(item: Settled) -> bool:
    """Whether a word may stand as a name: by its shape, or as printed where it begins like one but is too long."""
    if item.repaired or item.unsettled or shape(item.name) is not None:
        return True
    word = item.name
    return len(word) == 4 and surname_length(word) > 0 and not is_office_or_agency(word) and not is_two_words(word)


def _printed_with(reading: Reading, end: int, people: People, alone: bool) -> tuple[str | None, str | None]:
    """Office and agency printed with a name: in a bracket after it, as the next word, or as the word before."""
    note = _NOTE.match(reading.text, end)
    texts = ["".join(note[1].split())] if note is not None else []
    texts += [word.text for word in (people.after, people.before) if word is not None and alone]
    for text in texts:
        if is_office(text):
            position = clean_position(text)
            return position, organization_of(position)
    if texts and note is not None and is_office_or_agency(texts[0]):
        return None, texts[0]
    agency = people.before.text if people.before is not None and alone else None
    return None, agency


def _office(names: NameList, run: tuple[Word, ...]) -> Iterator[Mention]:
    """An office in charge that stands where a name is due (相关副县长)."""
    text = "".join(word.text for word in run)
    if not is_office(text) or len(text) > 30:
        return
    span = names.reading.span(run[0].start, run[-1].end)
    yield Mention(
        names.place, span, None, "duty", "official.office_in_charge", names.role, organization_of(text), text,
        applies_to_rows=names.applies_to_rows,
    )  # fmt: skip
