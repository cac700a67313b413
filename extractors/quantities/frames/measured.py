"""What each number of a sentence or cell measures: subject, metric, transformation and direction, with their rules."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from extractors.quantities.candidates.candidate import Candidate
from extractors.quantities.description.sentences import Mention, Sentence
from extractors.quantities.frames.naming import Name, named, named_cell
from extractors.quantities.frames.subject import Subject
from extractors.quantities.frames.transformation import Change, change_of_cell, changes_of

_TRADE: Final = re.compile(r"进出口|出口|进口|贸易额?|投资额$")


@dataclass(frozen=True, slots=True)
class Measured:
    """What a number measures; ``subject_start`` is where the subject stands in the sentence, if it does."""

    subject: Subject | None
    metric: str
    change: Change
    subject_start: int | None = None


def measured(
    sentence: Sentence, kinds: Sequence[str], phrases: Sequence[str], own: frozenset[str]
) -> tuple[Measured, ...]:
    """What each mention of *sentence* measures; *phrases* are what the words around say, *own* the issuer's names."""
    return tuple(
        _placed(sentence, mention, named(phrase, change, own), change)
        for mention, phrase, change in zip(sentence.mentions, phrases, changes_of(sentence, kinds), strict=True)
    )


def _placed(sentence: Sentence, mention: Mention, name: Name, change: Change) -> Measured:
    start = sentence.text.rfind(name.subject.text, 0, mention.end) if name.subject else -1
    metric = _with_counterpart(sentence.text[: mention.end], name.metric)
    return Measured(name.subject, metric, change, start if start >= 0 else None)


def _with_counterpart(before: str, metric: str) -> str:
    """*metric* with the word that makes its first name a counterpart of trade, no bearer (对东盟进出口)."""
    trade = _TRADE.search(metric)
    if trade is None or metric.startswith("对") or not trade.start():
        return metric
    partner = metric[: trade.start()]
    listed = re.search(rf"对(?:[^，。；、对]{{1,8}}、){{0,4}}{re.escape(partner)}", before)
    return f"对{metric}" if listed else metric


def measured_cell(
    candidate: Candidate, text: str, header: Sequence[str], row: str, column: str, phrase: str, kind: str,
    own: frozenset[str],
) -> Measured:  # fmt: skip
    """What a number alone in a cell measures, by the names of its *row* and *column*."""
    change = change_of_cell(candidate, text, header, row, kind)
    name = named_cell(row, column, phrase, change, own)
    return Measured(name.subject, name.metric, change)
