"""The weights of the models of confidence, from the labelled gazettes under tests/gold: ``make weights``.

The held-out set is not read. A logistic model with a penalty on large weights is fitted by Newton steps; its slope is
then calibrated on predictions for texts that were left out (five folds, a text whole in one fold). All of it is a
function of the labels and of the code alone.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np

from extractors.language.passages import passages
from extractors.quantities.candidates.find import find_candidates
from extractors.quantities.description.said import DocumentView, Said, said_of
from extractors.quantities.description.sentences import Mention, Sentence
from extractors.quantities.frames.confidence import BIAS, indicator_features, kind_features
from extractors.quantities.frames.measured import CELL
from pipeline.evaluation.gold import GoldText, load_gold
from pipeline.evaluation.labels import QuantityLabel
from pipeline.evaluation.matching import alike, same_wording
from pipeline.readers import read
from pipeline.segmentation import segment

ROOT: Final = Path(__file__).resolve().parents[1]
SETS: Final = ("dev", "other", "xiangyin", "guided")
FOLDS: Final = 5
PENALTY: Final = 2.0
STEPS: Final = 30
SEEN: Final = {"indicator": 0.45, "kind": 1.9}
"""What is taken off the log odds, by column: rules were written with these labels in sight, so that the odds of an
error on other texts are greater (on texts labelled later, half as great again for the indicator, seven times for the kind)."""
GUIDED: Final = "standard"
"""The kind whose wording the first guide gave with its case (罚款 of whom for what): such labels do not judge the metric."""
FEWEST: Final = 4
"""Rows that a feature must hold for, to have a weight of its own."""

Example = tuple[str, tuple[str, ...], bool]
"""The text that a row is of, the row's features, and whether it is right."""
Judged = tuple[Said, Sentence, Mention, QuantityLabel]


def judged(gold: GoldText) -> Iterator[Judged]:
    """The quantities of one labelled text, each with its label."""
    labels = {(label.start, label.end): label for label in gold.labels if isinstance(label, QuantityLabel)}
    issue = segment(read(gold.source))
    for document in issue.documents:
        view = DocumentView.of(issue.source.text, document)
        for passage in passages(document):
            candidates = find_candidates(passage)
            for sentence, said in said_of(view, passage, candidates) if candidates else ():
                for mention, one in zip(sentence.mentions, said, strict=True):
                    span = passage.span(mention.candidate.start, mention.candidate.end)
                    label = labels.get((span.start, span.end))
                    if label is not None:
                        yield one, sentence, mention, label


def indicator_example(name: str, row: Judged) -> Example:
    """What the model of ``indicator`` learns from one row."""
    said, sentence, mention, label = row
    found = said.measured
    subject = found.subject.text if found.subject else ""
    change = {"up": "增长", "down": "下降", None: ""}[found.change.direction]
    names = (found.metric, subject + found.metric, found.metric + change, subject + found.metric + change)
    cell = found.rule_id == CELL
    features = indicator_features(None if cell else sentence, mention, said.kind.value, found)
    if label.metric is not None:
        return name, features, any(alike(found.metric, each) for each in (label.metric, *label.alternatives))
    return name, features, any(same_wording(each, label.indicator) for each in names)


def kind_example(name: str, row: Judged) -> Example:
    """What the model of ``kind`` learns from one row."""
    said, _, _, label = row
    return name, kind_features(said.kind, said.measured, said.weighed), said.kind.value == label.kind


def fitted(matrix: Any, right: Any, penalty: float = PENALTY) -> Any:
    """The weights of a logistic model with a penalty on all but the bias (the first column), by Newton's method."""
    weights = np.zeros(matrix.shape[1])
    ridge = np.full(matrix.shape[1], penalty)
    ridge[0] = 1e-6
    for _ in range(STEPS):
        chance = 1 / (1 + np.exp(-(matrix @ weights)))
        slope = matrix.T @ (chance - right) + ridge * weights
        curve = (matrix * (chance * (1 - chance))[:, None]).T @ matrix + np.diag(ridge)
        weights = weights - np.linalg.solve(curve, slope)
    return weights


def weights_of(examples: Sequence[Example]) -> dict[str, float]:
    """The calibrated weight of each feature that enough *examples* have."""
    counts: dict[str, int] = {}
    for _, features, _ in examples:
        for feature in set(features):
            counts[feature] = counts.get(feature, 0) + 1
    names = [BIAS, *sorted(feature for feature, count in counts.items() if count >= FEWEST)]
    matrix = np.array([[name == BIAS or name in set(features) for name in names] for _, features, _ in examples], float)
    right = np.array([good for _, _, good in examples], float)
    texts = sorted({name for name, _, _ in examples})
    fold = np.array([texts.index(name) % FOLDS for name, _, _ in examples])
    left_out = np.zeros(len(examples))
    for number in range(FOLDS):
        held = fold == number
        left_out[held] = matrix[held] @ fitted(matrix[~held], right[~held])
    offset, slope = fitted(np.column_stack([np.ones(len(examples)), left_out]), right, 1e-6)
    weights = slope * fitted(matrix, right)
    weights[0] += offset
    return {name: round(float(weight), 3) for name, weight in zip(names, weights, strict=True) if round(weight, 3)}


def main() -> None:
    """Write ``extractors/lexicons/*_weights.tsv``."""
    rows: list[tuple[str, Judged]] = []
    digest = hashlib.sha256()
    for folder in SETS:
        for path in sorted((ROOT / "tests" / "gold" / folder).glob("*.jsonl")):
            digest.update(path.read_bytes())
        for gold in load_gold(ROOT / "tests" / "gold" / folder).texts:
            rows.extend((f"{folder}/{gold.name}", row) for row in judged(gold))
    judging = [row for row in rows if row[1][3].metric is not None or row[1][0].kind.value != GUIDED]
    used = {"indicator": judging, "kind": rows}
    makers: dict[str, Callable[[str, Judged], Example]] = {"indicator": indicator_example, "kind": kind_example}
    for column, maker in makers.items():
        weights = weights_of([maker(name, row) for name, row in used[column]])
        weights[BIAS] = round(weights.get(BIAS, 0.0) - SEEN[column], 3)
        head = (
            f"# Weights of the features of {column}_confidence, made by `make weights` from {len(used[column])} labelled quantities\n"
            f"# of tests/gold/{{{','.join(SETS)}}}; SHA-256 of the labels: {digest.hexdigest()}\n"
        )
        weights = {name: weights[name] for name in (BIAS, *sorted(weights.keys() - {BIAS}))}
        lines = "".join(f"{name}\t{weight}\n" for name, weight in weights.items())
        (ROOT / "extractors" / "lexicons" / f"{column}_weights.tsv").write_text(head + lines, encoding="utf-8")
        print(column, len(weights), "weights from", len(used[column]), "rows")


if __name__ == "__main__":
    main()
