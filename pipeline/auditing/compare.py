"""What differs between two processed folders: rows gained, lost and changed, each with the text around.

Rows meet by their key, which depends on the source and on offsets alone. A row whose span moved meets the row of
the other side that shares most characters with it. Two issues with different bytes meet by their source path or
edition, and the rows of the first are moved to where their lines stand in the second.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from pipeline.auditing.folders import Folder, Row
from pipeline.auditing.shift import Shift
from schemas.datasets import DATASETS

Category = Literal["gained", "lost", "changed"]
CATEGORIES: Final[tuple[Category, ...]] = ("gained", "lost", "changed")
_AROUND: Final = 24
_LONGEST_SHOWN: Final = 120
Key = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class ColumnChange:
    """One column of a row that meets itself with another value."""

    column: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class Change:
    """A row that only one side has, or that differs. The text is that of the side that has the row, B's if both."""

    category: Category
    dataset: str
    issue_id: str
    row_id: str
    rule_id: str | None
    document: str | None
    char_start: int | None
    char_end: int | None
    before: str
    text: str
    after: str
    columns: tuple[ColumnChange, ...] = ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """All changes, and for each compared dataset how many rows A and B have."""

    rows: Mapping[str, tuple[int, int]]
    changes: tuple[Change, ...]
    left_out: tuple[str, ...]
    """Datasets that only one of the folders holds."""

    @property
    def same(self) -> bool:
        """Whether nothing changed."""
        return not self.changes

    def counts(self, attribute: Literal["dataset", "rule_id", "document"]) -> dict[str | None, Counter[str]]:
        """How many rows were gained, lost and changed, by dataset, rule or document, most first."""
        groups: dict[str | None, Counter[str]] = {}
        for change in self.changes:
            groups.setdefault(getattr(change, attribute), Counter())[change.category] += 1
        return dict(sorted(groups.items(), key=lambda item: (-item[1].total(), item[0] or "")))


def compared() -> list[str]:
    """The datasets that are compared: what rules make comes first; what follows from the rest is left out."""
    chosen = [dataset for dataset in DATASETS.values() if dataset.is_compared]
    return [dataset.name for dataset in sorted(chosen, key=lambda dataset: not dataset.is_mention)]


def compare(a: Folder, b: Folder) -> Comparison:
    """What changed from *a* to *b*, in the order of datasets, issues and text."""
    pairs = _issue_pairs(a, b)
    shifts = {pair: _shift(a, b, pair) for pair in pairs}
    shared = [name for name in compared() if name in a.datasets and name in b.datasets]
    counts: dict[str, tuple[int, int]] = {}
    changes: list[Change] = []
    for dataset in shared:
        sizes = [0, 0]
        for old_id, new_id in pairs:
            shift = shifts[old_id, new_id]
            olds = a.rows(dataset, old_id) if old_id else []
            news = b.rows(dataset, new_id) if new_id else []
            sizes[0] += len(olds)
            sizes[1] += len(news)
            moved = [shift.row(row) for row in olds] if shift else olds
            found = list(_meet(dataset, moved, news, whole_issue=shift is not None))
            if found:
                changes.extend(_described(dataset, found, a, b, old_id, new_id, shifted=shift is not None))
        counts[dataset] = (sizes[0], sizes[1])
    left_out = tuple(name for name in compared() if (name in a.datasets) != (name in b.datasets))
    return Comparison(counts, tuple(changes), left_out)


def _issue_pairs(a: Folder, b: Folder) -> list[tuple[str | None, str | None]]:
    """Issues that meet: the same bytes, else the same path, else the same edition; the rest stand alone."""
    pairs: list[tuple[str | None, str | None]] = [(key, key) for key in a.issues if key in b.issues]
    old = [key for key in a.issues if key not in b.issues]
    new = [key for key in b.issues if key not in a.issues]
    for column in ("source_path", "edition_key"):
        for key in list(old):
            value = a.issues[key].get(column)
            met = next((other for other in new if value is not None and b.issues[other].get(column) == value), None)
            if met is not None:
                pairs.append((key, met))
                old.remove(key)
                new.remove(met)
    return [*pairs, *((key, None) for key in old), *((None, key) for key in new)]


def _shift(a: Folder, b: Folder, pair: tuple[str | None, str | None]) -> Shift | None:
    old_id, new_id = pair
    if old_id is None or new_id is None or old_id == new_id:
        return None
    old, new = a.text(old_id), b.text(new_id)
    return Shift.between(old or "", new or "", new_id)


def _meet(
    dataset: str, olds: Sequence[Row], news: Sequence[Row], *, whole_issue: bool
) -> Iterator[tuple[Row | None, Row | None]]:
    """The pairs of rows that differ, and the rows without a partner; *whole_issue*: the issue's own row differs anyway."""
    if dataset == "issues" and whole_issue:
        return
    left, right = _by_key(dataset, olds), _by_key(dataset, news)
    for key, row in left.items():
        if key in right and _columns(row, right[key]):
            yield row, right[key]
    lost = [row for key, row in left.items() if key not in right]
    gained = [row for key, row in right.items() if key not in left]
    moved = _moved(lost, gained)
    yield from moved
    paired_old, paired_new = {id(old) for old, _ in moved}, {id(new) for _, new in moved}
    yield from ((row, None) for row in lost if id(row) not in paired_old)
    yield from ((None, row) for row in gained if id(row) not in paired_new)


def _by_key(dataset: str, rows: Sequence[Row]) -> dict[Key, Row]:
    columns = DATASETS[dataset].natural_key
    found: dict[Key, Row] = {}
    repeats: Counter[Key] = Counter()
    for row in rows:
        key = tuple(row.get(column) for column in columns)
        repeats[key] += 1
        found[(*key, repeats[key])] = row
    return found


def _moved(lost: Sequence[Row], gained: Sequence[Row]) -> list[tuple[Row, Row]]:
    """Rows of both sides whose spans share characters, those that share most first, each once."""
    there = sorted((row for row in gained if row.get("char_start") is not None), key=lambda row: int(row["char_start"]))
    starts = [int(row["char_start"]) for row in there]
    longest = max((int(row["char_end"]) - int(row["char_start"]) for row in there), default=0)
    candidates: list[tuple[int, int, int, int]] = []
    for number, row in enumerate(lost):
        if row.get("char_start") is None:
            continue
        start, end = int(row["char_start"]), int(row["char_end"])
        for index in range(bisect_left(starts, start - longest), bisect_left(starts, end)):
            shared = min(end, int(there[index]["char_end"])) - max(start, starts[index])
            if shared > 0:
                candidates.append((-shared, abs(start - starts[index]), number, index))
    used_old: set[int] = set()
    used_new: set[int] = set()
    pairs: list[tuple[Row, Row]] = []
    for _, _, number, index in sorted(candidates):
        if number not in used_old and index not in used_new:
            used_old.add(number)
            used_new.add(index)
            pairs.append((lost[number], there[index]))
    return pairs


def _columns(old: Row, new: Row) -> tuple[ColumnChange, ...]:
    """The columns that both sides have and that differ."""
    return tuple(
        ColumnChange(name, old[name], value) for name, value in new.items() if name in old and old[name] != value
    )


def _described(
    dataset: str, found: Sequence[tuple[Row | None, Row | None]], a: Folder, b: Folder,
    old_id: str | None, new_id: str | None, *, shifted: bool,
) -> list[Change]:  # fmt: skip
    """Changes in text order. Where bytes differ, old rows stand at the new text's offsets."""
    new_text = b.text(new_id) if new_id else None
    old_text = new_text if shifted or new_text is not None else a.text(old_id) if old_id else None
    titles = _titles(a, old_id) | _titles(b, new_id)
    changes = [
        _change(dataset, old, new, (new_text if new is not None else old_text) or "", titles) for old, new in found
    ]
    return sorted(changes, key=lambda change: (change.char_start or 0, change.category, change.row_id))


def _titles(folder: Folder, issue_id: str | None) -> dict[str, str]:
    rows = folder.rows("documents", issue_id) if issue_id else []
    return {row["document_id"]: row["title"] or row["document_id"] for row in rows}


def _change(dataset: str, old: Row | None, new: Row | None, text: str, titles: Mapping[str, str]) -> Change:
    row = new if new is not None else old
    assert row is not None
    category: Category = "changed" if old is not None and new is not None else "lost" if new is None else "gained"
    start, end = row.get("char_start"), row.get("char_end")
    printed = text[start:end] if text and start is not None and end is not None else str(row.get("text") or "")
    return Change(
        category=category,
        dataset=dataset,
        issue_id=str(row["issue_id"]),
        row_id=row_id(dataset, row),
        rule_id=row.get("rule_id"),
        document=titles.get(row.get("document_id") or "", row.get("document_id")),
        char_start=start,
        char_end=end,
        before=text[max(0, start - _AROUND) : start] if start is not None else "",
        text=printed if len(printed) <= _LONGEST_SHOWN else printed[:_LONGEST_SHOWN] + "…",
        after=text[end : end + _AROUND] if end is not None else "",
        columns=_columns(old, new) if old is not None and new is not None else (),
    )


def row_id(dataset: str, row: Row) -> str:
    """The id by which a row is spoken of: its own, else what its key says."""
    keys = [name for name in DATASETS[dataset].key if name != "issue_id"] or ["issue_id"]
    return ":".join(str(row.get(name)) for name in keys)
