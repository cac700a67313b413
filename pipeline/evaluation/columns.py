"""Whether a column of a row says what its label says: one comparison a column, for quantities and for all other rows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from pipeline.evaluation.labels import SECOND_EDITION, QuantityLabel
from pipeline.evaluation.matching import alike, same_value, same_wording, squash, unit_key
from pipeline.evaluation.mentions import Mention

_FIRST_EDITION: Final = ("low", "high", "unit", "comparator", "kind", "indicator", "deadline", "stretch")
_SUBJECT_ALIKE: Final = 0.7


def stated_by(label: QuantityLabel) -> dict[str, Any]:
    """The columns that *label* judges, with what it says; a metric stands for the indicator, whose part it is."""
    columns = [name for name in _FIRST_EDITION if name != "indicator" or "metric" not in label.stated]
    columns += [name for name in SECOND_EDITION if name in label.stated]
    if label.kind == "standard" and "subject" in columns:
        columns.remove("subject")  # whose a standing rule's number is, is a matter of taste
    return {name: getattr(label, name) for name in columns}


def quantity_agreement(label: QuantityLabel, row: Mention) -> dict[str, bool]:
    """For every column that *label* judges whether *row* agrees."""
    return {column: _same(column, label, row.get(column)) for column in stated_by(label)}


def _same(column: str, label: QuantityLabel, found: Any) -> bool:
    wanted = getattr(label, column)
    if column in ("low", "high"):
        return same_value(found, float(wanted))
    if column == "unit":
        return unit_key(found) == unit_key(wanted)
    if column == "indicator":
        return same_wording(found, wanted)
    if column == "metric":
        return any(alike(found, name) for name in (wanted, *label.alternatives))
    if column == "subject":
        return (not found and not wanted) or alike(found, wanted, _SUBJECT_ALIKE)
    if column == "stretch":
        return bool(found) is bool(wanted)
    return bool((found or None) == wanted)


def row_agreement(stated: Mapping[str, Any], row: Mapping[str, Any]) -> dict[str, bool]:
    """For every *stated* column whether *row* says the same: lists in any order, text without blanks."""
    return {column: comparable(row.get(column)) == comparable(wanted) for column, wanted in stated.items()}


def comparable(value: Any) -> Any:
    """*value* as it is compared."""
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, list | tuple):
        return sorted(squash(str(item)) for item in value)
    return squash(str(value)) or None
