"""Agreement of two label sets on the same texts: of spans, and column by column of the labels that meet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.evaluation.columns import quantity_agreement, row_agreement, stated_by
from pipeline.evaluation.gold import GoldSet, GoldText
from pipeline.evaluation.labels import AgencyLabel, Label, PersonLabel, QuantityLabel, RowLabel, dataset_of
from pipeline.evaluation.matching import pair
from pipeline.evaluation.mentions import Mention
from pipeline.evaluation.wilson import wilson

SPAN = "span"


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far two readings agree in one column: *alike* of *both*, with Cohen's kappa where values are a few names."""

    dataset: str
    column: str
    alike: int
    both: int
    kappa: float | None

    @property
    def share(self) -> float | None:
        """The share that is alike, ``None`` where nothing meets."""
        return round(self.alike / self.both, 4) if self.both else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """Its 95 % interval."""
        return wilson(self.alike, self.both)


def agreement(first: GoldSet, second: GoldSet) -> list[Agreement]:
    """The agreement of two sets on the texts and stretches that both label."""
    others = {text.source_sha256: text for text in second.texts}
    alike: Counter[tuple[str, str]] = Counter()
    both: Counter[tuple[str, str]] = Counter()
    values: dict[tuple[str, str], list[tuple[Any, Any]]] = {}
    for text in first.texts:
        other = others.get(text.source_sha256)
        if other is None:
            continue
        for dataset in sorted({dataset_of(label) for label in (*text.labels, *other.labels)}):
            own, its = _of(text, other, dataset), _of(other, text, dataset)
            pairing = pair(own, its)
            both[dataset, SPAN] += len(own) + len(its) - len(pairing.pairs)
            alike[dataset, SPAN] += len(pairing.pairs)
            for a, b in pairing.pairs:
                for column, same, said in _columns(a, b):
                    both[dataset, column] += 1
                    alike[dataset, column] += same
                    values.setdefault((dataset, column), []).append(said)
    return [Agreement(*key, alike[key], both[key], _kappa(values.get(key, ()))) for key in both]


def _of(text: GoldText, other: GoldText, dataset: str) -> list[Label]:
    return [label for label in text.labels if dataset_of(label) == dataset and other.covers(label.start, dataset)]


def _columns(a: Label, b: Label) -> Iterator[tuple[str, bool, tuple[Any, Any]]]:
    first, second = said_by(a), said_by(b)
    shared = {name: value for name, value in first.items() if name in second}
    if isinstance(a, QuantityLabel):
        agrees = quantity_agreement(a, Mention(b.start, b.end, second))
    else:
        agrees = row_agreement(shared, second)
    yield from ((name, agrees[name], (first[name], second[name])) for name in shared if name in agrees)


def said_by(label: Label) -> dict[str, Any]:
    """The columns that *label* gives."""
    if isinstance(label, RowLabel):
        return dict(label.stated)
    if isinstance(label, PersonLabel):
        return {"name": label.name, "role": label.role}
    if isinstance(label, AgencyLabel):
        return {"agency": label.agency, "duty": label.duty}
    return stated_by(label)


def _kappa(pairs: Sequence[tuple[Any, Any]]) -> float | None:
    """Cohen's kappa: agreement beyond that of chance; ``None`` where values are many, or all the same."""
    if not pairs or any(isinstance(value, list) for pair_ in pairs for value in pair_):
        return None
    first, second = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    if len(first | second) > 12 or len(first | second) < 2:
        return None
    observed = sum(a == b for a, b in pairs) / len(pairs)
    chance = sum(first[value] * second[value] for value in first) / len(pairs) ** 2
    return None if chance == 1 else round((observed - chance) / (1 - chance), 4)
