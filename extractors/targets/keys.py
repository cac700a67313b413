"""Indicator keys: one spelling for the many wordings of one indicator.

粮食种植面积, 粮食播种面积 and 完成全县粮食面积 share a key, so that the same promise can be followed through several
documents. A key is a function of the wording and of the committed folding table alone.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Final

from extractors.language.characters import as_read
from extractors.quantities.indicators.indicator import leading_verb
from extractors.rules.registry import word_table

_SIGNS: Final = re.compile(r"[“”‘’《》（）()\[\]〔〕、，,·\s]")
_MINIMUM: Final = 2


@cache
def foldings() -> Mapping[str, str]:
    """Wordings and what they fold to (``lexicons/indicator_synonyms.tsv``); an empty right side drops the wording."""
    return {wording: folded for wording, (folded,) in word_table("indicator_synonyms").items()}


@cache
def _pattern() -> re.Pattern[str]:
    wordings = sorted(foldings(), key=lambda wording: (-len(wording), wording))
    return re.compile("|".join(re.escape(wording) for wording in wordings))


def indicator_key(indicator: str) -> str:
    """The key of an indicator: verbs of achieving, areas and synonyms folded; never empty for a text that is not."""
    plain = _SIGNS.sub("", as_read(indicator))
    verb = leading_verb(plain)
    if verb and len(plain) - len(verb) >= _MINIMUM:
        plain = plain[len(verb) :]
    table = foldings()
    folded = _pattern().sub(lambda match: table[match[0]], plain)
    return folded if len(folded) >= _MINIMUM else plain or indicator
