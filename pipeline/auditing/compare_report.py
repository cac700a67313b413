"""A comparison as plain lines, and as plain data for JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Any, Final

from pipeline.auditing.compare import CATEGORIES, Change, ColumnChange, Comparison
from pipeline.auditing.plain import marked, one_line, show, table

_NUMBERS: Final = ("A", "B", *CATEGORIES)
_LONGEST_VALUE: Final = 60


def to_data(comparison: Comparison) -> dict[str, Any]:
    """Counts by dataset, rule and document, and every change."""
    by_dataset = comparison.counts("dataset")
    return {
        "same": comparison.same,
        "left_out": list(comparison.left_out),
        "datasets": {
            name: {"rows_a": old, "rows_b": new, **_counted(by_dataset.get(name, Counter()))}
            for name, (old, new) in comparison.rows.items()
        },
        "rules": _named(comparison.counts("rule_id")),
        "documents": _named(comparison.counts("document")),
        "changes": [asdict(change) for change in comparison.changes],
    }


def _named(groups: Mapping[str | None, Counter[str]]) -> dict[str, dict[str, int]]:
    return {name: _counted(counts) for name, counts in groups.items() if name is not None}


def _counted(counts: Counter[str]) -> dict[str, int]:
    return {category: counts[category] for category in CATEGORIES}


def to_lines(comparison: Comparison, most: int) -> Iterator[str]:
    """The comparison as text: tables of counts, then up to *most* changes, one a line."""
    by_dataset = comparison.counts("dataset")
    rows = [
        (name, old, new, *_counted(by_dataset.get(name, Counter())).values())
        for name, (old, new) in comparison.rows.items()
    ]
    yield from table(("dataset", *_NUMBERS), rows, _NUMBERS)
    if comparison.left_out:
        yield f"not compared, as one side lacks them: {', '.join(comparison.left_out)}"
    if comparison.same:
        yield "\nnothing changed"
        return
    for title, groups in (("rule", comparison.counts("rule_id")), ("document", comparison.counts("document"))):
        named = [(name, *counts.values()) for name, counts in _named(groups).items()]
        if named:
            yield ""
            yield from table((title, *CATEGORIES), named, CATEGORIES)
    yield ""
    yield from (line(change) for change in comparison.changes[:most])
    if len(comparison.changes) > most:
        yield f"… and {len(comparison.changes) - most} more changes: --most {len(comparison.changes)}"


def line(change: Change) -> str:
    """One change in one line: what, where, the text around, and the columns that differ."""
    context = one_line(marked(change.before, change.text, change.after))
    parts = [f"{change.category:7}", change.dataset, change.rule_id or "", change.row_id, context]
    return "  ".join([*filter(None, parts), *map(_column, change.columns)])


def _column(change: ColumnChange) -> str:
    return f"[{change.column}: {_short(change.before)} → {_short(change.after)}]"


def _short(value: object) -> str:
    text = show(value)
    return text if len(text) <= _LONGEST_VALUE else text[:_LONGEST_VALUE] + "…"
