"""What a Chinese personal name looks like: surnames, compound surnames, transliterated names.

A name has two to four characters (more where it is transliterated or dotted). The shape alone makes
nobody a person: callers add the evidence of a column, a label, a title or an act.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Final, Literal

from extractors.language.characters import as_read
from extractors.language.tokens import known_tag, tag_of
from extractors.rules.registry import lexicon, pattern_of

Shape = Literal["surname", "compound", "transliterated", "bare"]
"""How a word is a name: by its surname, by a compound surname, by its characters, or only by its length."""

HAN: Final = r"[\u3400-\u4dbf\u4e00-\u9fff]"
DOTS: Final = "·•・‧∙．"
_HAN_ONLY: Final = re.compile(HAN + "+")
_DOTTED: Final = re.compile(rf"{HAN}{{1,8}}(?:[{DOTS}]{HAN}{{1,8}}){{1,3}}")
_LISTED: Final = re.compile("(?P<name>[^、，（）]+)(?:（[^（）]*）)?")
_TRANSLITERATED_SHARE: Final = 0.75
_LONGEST_TRANSLITERATED: Final = 7
_SHAPES_KEPT: Final = 20_000
_DOUBLE_SURNAME: Final = 4


@cache
def surnames() -> frozenset[str]:
    """Surnames of one character."""
    return frozenset(lexicon("surnames"))


@cache
def compound_surnames() -> frozenset[str]:
    """Surnames of two and more characters."""
    return frozenset(lexicon("compound_surnames"))


@cache
def _transliterated() -> frozenset[str]:
    return frozenset(lexicon("transliterated"))


@cache
def _transliterated_names() -> frozenset[str]:
    return frozenset(lexicon("transliterated_names"))


@cache
def public_figures() -> frozenset[str]:
    """Historical and national figures, who are no rows in prose and no candidates of a repair."""
    return frozenset(lexicon("public_figures"))


@cache
def _not_names() -> frozenset[str]:
    return frozenset(lexicon("not_names"))


def surname_length(word: str) -> int:
    """Characters of *word*'s surname: 2 for a compound one, 1, or 0 where it begins with none."""
    if word[:2] in compound_surnames() and len(word) > 2:
        return 2
    return 1 if word[:1] in surnames() else 0


def is_transliterated(word: str) -> bool:
    """Whether *word* reads as a transliterated name (桑杰才让, 阿依努尔·艾山)."""
    if _DOTTED.fullmatch(word) or word in _transliterated_names():
        return True
    if not 3 <= len(word) <= _LONGEST_TRANSLITERATED:
        return False
    known = [char in _transliterated() for char in word]
    return known[0] and sum(known) >= _TRANSLITERATED_SHARE * len(word)


@lru_cache(maxsize=_SHAPES_KEPT)
def shape(word: str) -> Shape | None:
    """The name shape of *word* (no blanks, either script), or ``None`` where it cannot be a name at all."""
    word = as_read(word)
    if _DOTTED.fullmatch(word) or word in _transliterated_names():
        return "transliterated"
    if not 2 <= len(word) <= _LONGEST_TRANSLITERATED or not _HAN_ONLY.fullmatch(word):
        return None
    if word in _not_names() or pattern_of("name.impossible").search(word) or _is_office_or_agency(word):
        return None
    length = surname_length(word)
    if (length == 2 and len(word) <= 4) or _has_two_surnames(word):
        return "compound"
    if length and len(word) <= 3:
        return "surname"
    if is_transliterated(word):
        return "transliterated"
    return "bare" if len(word) <= 3 and not _is_common_word(word) else None


def _has_two_surnames(word: str) -> bool:
    """Whether four characters are the husband's surname, one's own and a given name (叶刘美仪); no words (安全生产)."""
    if len(word) != _DOUBLE_SURNAME or not all(char in surnames() for char in word[:2]):
        return False
    return not any(_is_common_word(word[at : at + size]) for size in (2, 3, 4) for at in range(len(word) - size + 1))


def _is_office_or_agency(word: str) -> bool:
    tail = pattern_of("name.office_or_agency").search(word)
    if tail is None:
        return False
    # 李登科: a soft ending of one character after a surname may still be a given name.
    soft = len(tail[0]) == 1 and pattern_of("name.soft_tail").search(word) is not None
    return not (soft and len(word) <= 3 and surname_length(word))


def is_office_or_agency(word: str) -> bool:
    """Whether *word* ends as an office, an agency, a company or a place does."""
    return pattern_of("name.office_or_agency").search(as_read(word)) is not None


def _is_common_word(word: str) -> bool:
    return bool(known_tag(word)) and not tag_of(word).startswith("nr")


def split_names(text: str, start: int, end: int) -> list[tuple[str, int, int]]:
    """The names in ``text[start:end]``, a list cut at 、，和及, with their places; notes in brackets are left out.

    A conjunction cuts only what is no name as a whole (孟庆和).
    """
    found: list[tuple[str, int, int]] = []
    for piece in _LISTED.finditer(text, start, end):
        first, last = piece.span("name")
        word = piece["name"]
        cut = pattern_of("name.conjunction").search(word) if shape(word) is None else None
        if cut is None:
            found.append((word, first, last))
        else:
            found.append((word[: cut.start()], first, first + cut.start()))
            found.append((word[cut.end() :], first + cut.end(), last))
    return [_without_address(*name) for name in found]


def _without_address(name: str, start: int, end: int) -> tuple[str, int, int]:
    """*name* without the title or form of address behind it (李建华教授)."""
    address = pattern_of("name.form_of_address").search(name)
    return (name, start, end) if address is None else (name[: address.start()], start, end - len(address[0]))


def is_two_words(word: str) -> bool:
    """Whether four characters are two words of the dictionary (全面实现), and so no name."""
    return all(known_tag(half) and not tag_of(half).startswith("nr") for half in (word[:2], word[2:]))


def is_verbal(word: str) -> bool:
    """Whether *word* may be a surname that is also a function word and the word after it (应主动, 向社会)."""
    return word[:1] in lexicon("function_words") and len(word) == 3 and _is_common_word(word[1:])


def begins_with_word(name: str) -> bool:
    """Whether the first two of three characters are a word of the dictionary (单位主管: 单位 is one, 单 a surname)."""
    return len(name) > 2 and _is_common_word(name[:2])


def is_name_in_prose(word: str) -> bool:
    """Whether *word* may be a person in running prose: a name's shape, no public figure, no common word."""
    if any(figure in word for figure in public_figures()):
        return False
    kind = shape(word)
    if kind is None or kind == "bare":
        return False
    return not _is_common_word(word)
