"""Indicator keys: one spelling for the many wordings of one indicator.

粮食种植面积, 粮食播种面积 and 完成全县粮食面积 share a key, so that the same promise can be followed through several
documents. A key is a function of the wording and of the committed folding table alone.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from itertools import accumulate
from typing import Final

from extractors.language.characters import as_read
from extractors.quantities.frames.vocabulary import Indicator
from extractors.quantities.frames.words import leading_verb, words_of
from extractors.rules.registry import word_table

_SIGNS: Final = re.compile(r"[“”‘’《》（）()\[\]〔〕、，,·\s]")
_MINIMUM: Final = 2
_FLOW: Final = "新净"
"""How verbs begin that tell a flow from its stock (新增, 净增): they stay in the key."""
_LIST_SIGNS: Final = tuple("和或与及并")


@cache
def foldings() -> Mapping[str, str]:
    """Wordings and what they fold to (``lexicons/indicator_synonyms.tsv``); an empty right side drops the wording."""
    return {wording: folded for wording, (folded,) in word_table("indicator_synonyms").items()}


@cache
def _pattern() -> re.Pattern[str]:
    wordings = sorted(foldings(), key=lambda wording: (-len(wording), wording))
    return re.compile("|".join(re.escape(wording) for wording in wordings))


@lru_cache(maxsize=8192)
def indicator_key(indicator: str) -> str:
    """The key of an indicator: verbs of achieving, areas and synonyms folded; never empty for a text that is not.

    Foldings apply to whole words: 增加 → 增长 leaves 工业增加值 as it is.
    """
    plain = _SIGNS.sub("", as_read(indicator))
    verb = leading_verb(plain)
    rest = plain[len(verb) :]
    if verb and verb[0] not in _FLOW and len(rest) >= _MINIMUM and not rest.startswith(_LIST_SIGNS):
        plain = rest
    folded = _folded(plain) if _pattern().search(plain) else plain
    return folded if len(folded) >= _MINIMUM else plain or indicator


def _folded(plain: str) -> str:
    table, edges = foldings(), _edges(plain)
    return _pattern().sub(
        lambda match: table[match[0]] if match.start() in edges and match.end() in edges else match[0], plain
    )


def metric_key(metric: str, indicator: Indicator | None) -> str:
    """The key of a metric: the standard name of the *indicator* that it is, else its words folded."""
    return indicator.name if indicator is not None else indicator_key(metric)


def _edges(text: str) -> frozenset[int]:
    """Where the words of *text* begin and end."""
    return frozenset(accumulate(map(len, words_of(text)), initial=0))
