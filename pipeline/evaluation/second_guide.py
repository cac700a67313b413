"""Labels of the second guide beside a set whose labels follow the first: which metrics it accepts, and why.

``second-guide.json`` in the folder of a set holds the sentences of the second guide that readings rest on, and the quantities
that a reader judged by it: label file, offset and text of the quantity, the metrics that count, the subject where the quantity
is of another than the issuer, wordings that look alike but lose what is measured, and the names of the sentences.

>>> accepted = Accepted(("修复时限", "修复期限"), None, ("期限",), ("case",))
>>> accepted.allows({"kind": "standard", "metric": "抢修期限"}), accepted.allows({"kind": "standard", "metric": "期限"})
(True, False)
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from pipeline.evaluation.labels import GoldError, Label, QuantityLabel
from pipeline.evaluation.matching import alike

FILE: Final = "second-guide.json"
_SUBJECT_ALIKE: Final = 0.7
_KEYS: Final = frozenset({"file", "start", "quantity", "metrics", "subject", "refused", "by"})
_OPTIONAL: Final = frozenset({"subject", "refused"})


@dataclass(frozen=True, slots=True)
class Accepted:
    """What the second guide accepts for one quantity; ``by`` names the sentences that say so."""

    metrics: tuple[str, ...]
    subject: str | None
    refused: tuple[str, ...]
    by: tuple[str, ...]

    def allows(self, row: Mapping[str, Any]) -> bool:
        """Whether *row* names the metric as the second guide would; of a standing rule no subject is asked."""
        found = row.get("metric")
        if found in self.refused or not any(alike(found, name) for name in self.metrics):
            return False
        asked = self.subject is not None and row.get("kind") != "standard"
        return not asked or alike(row.get("subject"), self.subject, _SUBJECT_ALIKE)


def load_accepted(folder: Path, file: str, labels: Sequence[Label]) -> dict[int, Accepted]:
    """The readings of the quantities that *file* (its name without endings) labels, by offset; none without a file of readings.

    Raises :class:`GoldError` where a reading speaks of no label of the file, lacks a metric, or names an unknown sentence.
    """
    path = folder / FILE
    if not path.is_file():
        return {}
    data = json.loads(path.read_text(encoding="utf-8"))
    if data.keys() != {"sentences", "quantities"}:
        raise GoldError(f"{path.name}: holds sentences and quantities")
    spans = {label.start: label.end - label.start for label in labels if isinstance(label, QuantityLabel)}
    return {
        int(record["start"]): _accepted(record, spans, data["sentences"], path.name)
        for record in data["quantities"]
        if record.get("file") == file
    }


def _accepted(record: Mapping[str, Any], spans: Mapping[int, int], sentences: Mapping[str, str], name: str) -> Accepted:
    where = f"{name}: {record.get('file')} at {record.get('start')}"
    wrong = (record.keys() ^ _KEYS) - _OPTIONAL
    if wrong:
        raise GoldError(f"{where}: unknown or missing keys {sorted(wrong)}")
    if spans.get(int(record["start"])) != len(record["quantity"]):
        raise GoldError(f"{where}: no label of {record['quantity']!r} is there")
    unknown = set(record["by"]) - sentences.keys()
    if unknown or not record["by"] or not record["metrics"]:
        raise GoldError(f"{where}: needs a metric and known sentences, not {sorted(unknown)}")
    return Accepted(
        tuple(record["metrics"]), record.get("subject"), tuple(record.get("refused", ())), tuple(record["by"])
    )
