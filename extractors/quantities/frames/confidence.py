"""Confidence: the share of rows like this one that are right, by a small logistic model over named features.

A feature is a name that holds or does not. The weights of a column are a data file (``lexicons/<column>_weights.tsv``), made by
``make weights`` from the labelled gazettes under ``tests/gold``; their exact sum is rounded to three decimals, so that
two runs give the same figures.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
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
_SIGNS: Final = "的、等对按和或每其为"
_UNEVEN: Final = re.compile(r"[，。；：（）“”⟨⟩]")
_MARGINS: Final = ((0, "none"), (3, "1-3"), (6, "4-6"), (10, "7-10"), (20, "11-20"))
_MOST_VOICES: Final = 3
_WINDOW: Final = ((0, "none"), (4, "1-4"), (10, "5-10"), (20, "11-20"))


@dataclass(frozen=True)
class Model:
    """The weights of one column, by feature; a feature without a weight weighs nothing."""

    weights: Mapping[str, float]

    def score(self, features: Iterable[str]) -> float:
        """The share of rows with these *features* that are right, 0 to 1 in steps of 0.001."""
        return self._scored(tuple(features))

    @cached_property
    def _scored(self) -> Callable[[tuple[str, ...]], float]:
        """:meth:`score`, which remembers what it was asked last: many numbers are known by the same."""
        known = self.weights

        @lru_cache(maxsize=8192)
        def scored(features: tuple[str, ...]) -> float:
            total = math.fsum([known[feature] for feature in {BIAS, *features} if feature in known])
            return round(1 / (1 + math.exp(-total)), 3)

        return scored

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
    metric, candidate, transformation = found.metric, mention.candidate, found.change.transformation
    group = group_of(candidate, "")
    common = "vocabulary" if indicator_of(metric, candidate.unit, transformation) else ""
    measure = f"measure/unit:{group}" if ends_in_measure(metric) else ""
    subject = f"subject:{found.subject.rule_id}" if found.subject is not None else ""
    zone = _zone_features(sentence, mention, metric) if sentence is not None else ("zone:cell",)
    known = (common, measure, subject)
    return (
        *_rule_features(found.rule_id, kind, group, transformation),
        *_name_features(metric),
        *filter(None, known),
        *zone,
    )


@lru_cache(maxsize=4096)
def _rule_features(rule: str, kind: str, group: str, transformation: str) -> tuple[str, ...]:
    """What is known by how a name was found, and of what kind and unit its number is."""
    return (
        f"rule:{rule}",
        f"kind:{kind}",
        f"kind:{kind}/rule:{rule}",
        f"unit:{group}",
        f"transformation:{transformation}",
    )


@lru_cache(maxsize=8192)
def _name_features(metric: str) -> tuple[str, ...]:
    """What is known of a name by itself."""
    words = words_of(metric)
    found = [
        f"length:{_step(len(metric), _LENGTHS)}",
        f"first:{tag_of(words[0])[0] if words else 'none'}",
        f"last:{tag_of(words[-1])[0] if words else 'none'}",
        *(f"sign:{sign}" for sign in _SIGNS if sign in metric),
    ]
    if _UNEVEN.search(metric):
        found.append("sign:punctuation")
    if any(map(str.isdigit, metric)):
        found.append("sign:digit")
    return tuple(found)


def _zone_features(sentence: Sentence, mention: Mention, metric: str) -> tuple[str, ...]:
    """What is known of a name by where its words stand around the number."""
    window, behind = sentence.window(mention), sentence.after(mention)
    uncovered = f"uncovered:{_step(len(window) - sum(map(metric.__contains__, window)), _WINDOW)}"
    if metric in window or metric in window + behind:
        zone = "zone:window"
    else:
        zone = "zone:sentence" if metric in sentence.text else "zone:composed"
    if not behind:
        return uncovered, zone
    return uncovered, "behind:covered" if behind[-2:] in metric else "behind:uncovered", zone


def kind_features(kind: Kind, found: Measured, weighed: Sequence[Evidence] = ()) -> tuple[str, ...]:
    """What is known of a quantity's *kind*: the rule that decided, what it read, what kind of value it is.

    Of the evidence that was *weighed*, how much speaks for the kind more than for the next, and how many pieces do.
    """
    sums: dict[str, int] = {}
    for weight, one in weighed:
        sums[one.value] = sums.get(one.value, 0) + weight
    against = max((total for value, total in sums.items() if value != kind.value), default=0)
    voices = sum(one.value == kind.value for _, one in weighed)
    margin = _step(sums.get(kind.value, 0) - against, _MARGINS)
    return _weighed_features(
        kind.value, kind.rule_id or "none", margin, against > 0, min(voices, _MOST_VOICES),
        found.change.transformation, found.rule_id.partition(".")[0],
    )  # fmt: skip


@lru_cache(maxsize=8192)
def _weighed_features(
    kind: str, rule: str, margin: str, opposed: bool, voices: int, transformation: str, metric_rule: str
) -> tuple[str, ...]:
    return (
        f"margin:{margin}",
        f"{'opposed' if opposed else 'unopposed'}/kind:{kind}",
        f"voices:{voices}/kind:{kind}",
        f"rule:{rule}",
        f"kind:{kind}",
        f"family:{'.'.join(rule.split('.')[:2])}/kind:{kind}",
        f"transformation:{transformation}/kind:{kind}",
        f"metric_rule:{metric_rule}/kind:{kind}",
    )


@lru_cache(maxsize=1024)
def _step(value: int, steps: tuple[tuple[int, str], ...]) -> str:
    return next((name for most, name in steps if value <= most), "more")
