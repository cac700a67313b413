"""Confidence: the share of rows like this one that are right, by a small logistic model over named features.

A feature is a name that holds or does not. The weights of a column are a data file (``lexicons/<column>_weights.tsv``), made by
``make weights`` from the labelled gazettes under ``tests/gold``; their exact sum is rounded to three decimals, so that
two runs give the same figures.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from extractors.language.tokens import tag_of
from extractors.quantities.description.kind import Evidence, Kind
from extractors.quantities.description.sentences import Mention, Sentence
from extractors.quantities.frames.measured import Measured
from extractors.quantities.frames.measures import ends_in_measure
from extractors.quantities.frames.transformation import group_of
from extractors.quantities.frames.vocabulary import indicator_of
from extractors.quantities.frames.words import words_of
from extractors.rules.registry import word_table

BIAS: Final = "bias"
_LENGTHS: Final = ((2, "1-2"), (4, "3-4"), (8, "5-8"), (12, "9-12"), (16, "13-16"), (24, "17-24"))
_SIGNS: Final = {
    "的": "的", "、": "、", "等": "等", "对": "对", "按": "按", "和": "和", "或": "或", "每": "每", "其": "其", "为": "为",
}  # fmt: skip
_UNEVEN: Final = re.compile(r"[，。；：（）“”⟨⟩]")
_MARGINS: Final = ((0, "none"), (3, "1-3"), (6, "4-6"), (10, "7-10"), (20, "11-20"))
_MOST_VOICES: Final = 3
_WINDOW: Final = ((0, "none"), (4, "1-4"), (10, "5-10"), (20, "11-20"))


@dataclass(frozen=True, slots=True)
class Model:
    """The weights of one column, by feature; a feature without a weight weighs nothing."""

    weights: Mapping[str, float]

    def score(self, features: Iterable[str]) -> float:
        """The share of rows with these *features* that are right, 0 to 1 in steps of 0.001."""
        known = self.weights
        total = math.fsum([known[feature] for feature in {BIAS, *features} if feature in known])
        return round(1 / (1 + math.exp(-total)), 3)

    def heaviest(self, features: Iterable[str], most: int = 5) -> list[tuple[str, float]]:
        """The *most* features that weigh most, with their weights."""
        known = [(feature, self.weights[feature]) for feature in sorted(set(features)) if feature in self.weights]
        return sorted(known, key=lambda pair: -abs(pair[1]))[:most]


@cache
def model(column: str) -> Model:
    """The weights of *column* (``indicator`` or ``kind``)."""
    return Model({name: float(weight) for name, (weight,) in word_table(f"{column}_weights").items()})


def indicator_features(sentence: Sentence | None, mention: Mention, kind: str, found: Measured) -> tuple[str, ...]:
    """What is known of the name of what *mention* measures; *sentence* is ``None`` for a number alone in a cell."""
    return tuple(_indicator_features(sentence, mention, kind, found))


def _indicator_features(sentence: Sentence | None, mention: Mention, kind: str, found: Measured) -> Iterator[str]:
    metric, candidate, rule = found.metric, mention.candidate, found.rule_id
    group = group_of(candidate, "")
    yield f"rule:{rule}"
    yield f"kind:{kind}"
    yield f"kind:{kind}/rule:{rule}"
    yield f"unit:{group}"
    yield f"transformation:{found.change.transformation}"
    yield f"length:{_step(len(metric), _LENGTHS)}"
    words = words_of(metric)
    yield f"first:{tag_of(words[0])[0] if words else 'none'}"
    yield f"last:{tag_of(words[-1])[0] if words else 'none'}"
    if indicator_of(metric, candidate.unit, found.change.transformation):
        yield "vocabulary"
    if ends_in_measure(metric):
        yield f"measure/unit:{group}"
    yield from (f"sign:{name}" for sign, name in _SIGNS.items() if sign in metric)
    if _UNEVEN.search(metric):
        yield "sign:punctuation"
    if any(char.isdigit() for char in metric):
        yield "sign:digit"
    if found.subject is not None:
        yield f"subject:{found.subject.rule_id}"
    if sentence is None:
        yield "zone:cell"
        return
    window = sentence.window(mention)
    yield f"uncovered:{_step(sum(char not in metric for char in window), _WINDOW)}"
    behind = sentence.after(mention)
    if behind:
        yield "behind:covered" if behind[-2:] in metric else "behind:uncovered"
    if metric in window or metric in window + behind:
        yield "zone:window"
    elif metric in sentence.text:
        yield "zone:sentence"
    else:
        yield "zone:composed"


def kind_features(kind: Kind, found: Measured, weighed: Sequence[Evidence] = ()) -> tuple[str, ...]:
    """What is known of a quantity's *kind*: the rule that decided, what it read, what kind of value it is.

    Of the evidence that was *weighed*, how much speaks for the kind more than for the next, and how many pieces do.
    """
    rule = kind.rule_id or "none"
    sums: dict[str, int] = {}
    for weight, one in weighed:
        sums[one.value] = sums.get(one.value, 0) + weight
    against = max((total for value, total in sums.items() if value != kind.value), default=0)
    voices = sum(one.value == kind.value for _, one in weighed)
    return (
        f"margin:{_step(sums.get(kind.value, 0) - against, _MARGINS)}",
        f"{'opposed' if against else 'unopposed'}/kind:{kind.value}",
        f"voices:{min(voices, _MOST_VOICES)}/kind:{kind.value}",
        f"rule:{rule}",
        f"kind:{kind.value}",
        f"family:{'.'.join(rule.split('.')[:2])}/kind:{kind.value}",
        f"transformation:{found.change.transformation}/kind:{kind.value}",
        f"metric_rule:{found.rule_id.split('.')[0]}/kind:{kind.value}",
    )


def _step(value: int, steps: Iterable[tuple[int, str]]) -> str:
    return next((name for most, name in steps if value <= most), "more")
