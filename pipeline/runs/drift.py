"""Whether a run's rows are as many as those of the runs before it, by the length of the text that they came from.

A site that was rebuilt, a scanner that was exchanged or a rule that went wrong shows as rows a character far from
what they were. The band is what the last runs spanned, twice as wide to both sides: gazettes differ from one another.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from pipeline.runs.outcomes import Outcome

_RUNS: Final = 10
_FEWEST_RUNS: Final = 3
_FEWEST_CHARACTERS: Final = 20_000
_FEWEST_ROWS: Final = 50
"""What fewer rows do, or do not, is chance."""
_WIDTH: Final = 2.0


@dataclass(slots=True)
class Tally:
    """What a run made, summed over its issues."""

    characters: int = 0
    rows: Counter[str] = field(default_factory=Counter)
    rules: Counter[str] = field(default_factory=Counter)
    confidence: float = 0.0
    rated: int = 0

    def add(self, *outcomes: Outcome) -> None:
        """Add what came of inputs."""
        for made in (outcome.made for outcome in outcomes if outcome.made):
            self.characters += made.characters
            self.rows.update(made.rows)
            self.rules.update(made.rules)
            self.confidence += made.confidence[0]
            self.rated += made.confidence[1]

    def told(self) -> dict[str, Any]:
        """What the entry of the run in the ledger says of it; nothing of a run that made too little to be compared."""
        if self.characters < _FEWEST_CHARACTERS:
            return {}
        return {"characters": self.characters, "rows": dict(self.rows), "rules": dict(self.rules)}

    def mean_confidence(self) -> float | None:
        """The mean confidence of what was made."""
        return round(self.confidence / self.rated, 3) if self.rated else None

    def drift(self, runs: Sequence[Mapping[str, Any]]) -> list[str]:
        """What this run made out of the band of the last of *runs*, a line each."""
        before = [run for run in runs if _is_told(run)][-_RUNS:]
        if self.characters < _FEWEST_CHARACTERS or len(before) < _FEWEST_RUNS:
            return []
        return [*self._out_of_band("rows", self.rows, before), *self._out_of_band("rules", self.rules, before)]

    def _out_of_band(self, kind: str, now: Counter[str], before: Sequence[Mapping[str, Any]]) -> Iterator[str]:
        names = sorted(now.keys() | {name for run in before for name in run[kind]})
        for name in names:
            rates = [run[kind].get(name, 0) / run["characters"] for run in before]
            low, high = min(rates) / _WIDTH, max(rates) * _WIDTH
            rate = now[name] / self.characters
            expected = max(rates) * self.characters
            if max(expected, now[name]) >= _FEWEST_ROWS and not low <= rate <= high:
                yield (
                    f"{name}: {1000 * rate:.2f} rows in 1000 characters, "
                    f"{1000 * min(rates):.2f} to {1000 * max(rates):.2f} in the runs before"
                )


def _is_told(run: Mapping[str, Any]) -> bool:
    return (
        isinstance(run.get("characters"), int)
        and run["characters"] > 0
        and isinstance(run.get("rows"), dict)
        and isinstance(run.get("rules"), dict)
    )
