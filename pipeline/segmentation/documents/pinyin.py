"""How Chinese characters are spelt in Latin letters without tones, as pypinyin spells them.

Its dictionary of 47,000 phrases takes a fifth of a second to load and 55 MB to hold. Most phrases are spelt as their
characters are by themselves; those that are not are few, and are kept with the characters. A text that holds none of
them is spelt character by character, wherever its phrases would begin; only one that does needs the dictionary.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.metadata import version
from typing import Final

from extractors.language.characters import as_read
from extractors.rules.prepared import kept

_SHORTEST: Final = 2
"""Characters of a phrase."""


def pinyin(text: str) -> str:
    """*text* in Latin letters, its syllables joined; what is no Chinese character is left out."""
    read = as_read(text)
    syllables, phrases, longest = _readings()
    for start in range(len(read)):
        for end in range(start + _SHORTEST, min(len(read), start + longest) + 1):
            if read[start:end] in phrases:
                return _with_phrases(read)
    return "".join([syllables.get(character, "") for character in read])


@cache
def _readings() -> tuple[Mapping[str, str], frozenset[str], int]:
    """The syllable of each character by itself, the phrases that are spelt otherwise, and the length of the longest."""
    characters, syllables, phrases = kept("pinyin", version("pypinyin").encode(), _read)
    told = frozenset(phrases.split("\n"))
    return dict(zip(characters, syllables.split("\n"), strict=True)), told, max(map(len, told))


def _read() -> tuple[str, str, str]:
    from pypinyin import Style
    from pypinyin.constants import PHRASES_DICT, PINYIN_DICT
    from pypinyin.style import convert

    plain = cache(lambda syllable: convert(syllable, Style.NORMAL, strict=True))
    alone = {chr(code): plain(syllables.partition(",")[0]) for code, syllables in PINYIN_DICT.items()}
    spelt = {phrase: "".join(plain(syllables[0]) for syllables in each) for phrase, each in PHRASES_DICT.items()}
    odd = [phrase for phrase in spelt if spelt[phrase] != "".join(alone.get(character, "") for character in phrase)]
    return "".join(alone), "\n".join(alone.values()), "\n".join(odd)


def _with_phrases(text: str) -> str:
    from pypinyin import Style, lazy_pinyin  # where the text holds no such phrase, nothing of it is loaded

    return "".join(lazy_pinyin(text, style=Style.NORMAL, errors="ignore"))
