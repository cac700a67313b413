"""The report of a run as a Markdown page: what is new, rows, problems, and what changed since last time. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final

from pipeline.fetching.fetched import Fetched
from pipeline.runs.runner import Result
from pipeline.store.ledger import InputRecord
from schemas.datasets import DATASETS

_MOST_LISTED: Final = 50
_SAFE: Final = str.maketrans(
    {"[": "［", "]": "］", "<": "&lt;", ">": "&gt;", "&": "&amp;"} | {mark: f"\\{mark}" for mark in "\\`*_!#"}
)
"""What gazettes, files and servers say is text, not Markdown nor HTML: brackets would end or begin a link."""


def page(
    result: Result,
    before: Mapping[str, InputRecord],
    output: Path,
    fetched: Sequence[Fetched] = (),
    address: str | None = None,
) -> str:
    """The page of one run into *output*; *before* are the records of the time before it, *fetched* what came of addresses.

    Links are to files, or to what lies below the *address* at which *output* is served.
    """
    place = (address or output.resolve().as_uri()).rstrip("/")
    after = {record.path: record for record in result.records}
    changed = [record for path, record in after.items() if _identity(record) != _identity(before.get(path))]
    made = sorted((record for record in changed if record.status == "done"), key=lambda record: record.source_path)
    parts = [
        "# Gazette run",
        _table(("", "count"), _summary(result, made, fetched)),
        _listed("New and remade issues", [_issue(record, before.get(record.path), place) for record in made]),
        _listed("Quarantined", [_quarantined(item, before.get(item.path)) for item in result.quarantined]),
        _listed(
            "Addresses that failed", [_safe(f"{item.url}: {item.reason}") for item in fetched if item.end == "failed"]
        ),
        _listed(
            "Listings to look at",
            [_safe(f"{item.url}: {item.reason}") for item in fetched if item.end in ("doubtful", "cut")],
        ),
        _listed("Files that were damaged", result.damaged),
        _listed("Out of the band of the last runs", result.drift),
        "## Rows\n\n" + _table(("dataset", "now", "change"), _rows(after, before)),
        _titled("Problems noticed", _table(("category", "now", "change"), _problems(after, before))),
        _listed("Removed issues", [f"`{issue}`" for issue in result.removed]),
        _listed("Sources that are gone", [_code(path) for path in result.missing]),
        f"## Data\n\nDatasets: [{_safe(str(output))}]({place}); a notebook reads them with "
        f'`pipeline.load("targets", "{output}")`.',
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def attention(result: Result, before: Mapping[str, InputRecord], fetched: Sequence[Fetched] = ()) -> str:
    """The findings of a run that need attention, in a few words; empty where there are none."""
    fresh = sum(_is_newly_quarantined(record, before.get(record.path)) for record in result.quarantined)
    failed = sum(item.end == "failed" for item in fetched)
    doubtful = sum(item.end == "doubtful" for item in fetched)
    counts = (
        (fresh, "newly quarantined"),
        (failed, "not fetched"),
        (doubtful, "listings doubtful"),
        (len(result.damaged), "files damaged"),
        (len(result.drift), "out of their band"),
        (result.set_aside, "lines of the ledger set aside"),
    )
    return ", ".join(f"{count} {what}" for count, what in counts if count)


def _is_newly_quarantined(record: InputRecord, before: InputRecord | None) -> bool:
    return before is None or (before.status, before.sha256) != (record.status, record.sha256)


def _identity(record: InputRecord | None) -> object:
    return record and (record.status, record.sha256, record.code_version, record.rules_version)


def _summary(result: Result, made: Sequence[InputRecord], fetched: Sequence[Fetched]) -> list[tuple[str, str]]:
    ends = Counter(item.end for item in fetched)
    return [
        *((f"fetched: {name}", str(count)) for name, count in sorted(ends.items())),
        ("inputs", str(len(result.records))),
        ("new or remade", str(len(made))),
        ("quarantined", str(len(result.quarantined))),
        ("removed", str(len(result.removed))),
        ("seconds", f"{result.seconds:.1f}"),
    ]


def _issue(record: InputRecord, before: InputRecord | None, place: str) -> str:
    title = _safe(record.title or "without title")
    link = f"[{title}]({place}/texts/{record.issue_id}.txt)"
    what = f"{link} ({_code(record.source_path)}): {record.rows.get('quantities', 0)} quantities"
    if before is None or before.status != "done":
        return f"{what}, new"
    return f"{what}, {record.rows.get('quantities', 0) - before.rows.get('quantities', 0):+d}"


def _quarantined(record: InputRecord, before: InputRecord | None) -> str:
    return f"{_code(record.source_path)}: {_safe(record.reason or '')}" + (
        " (new)" if _is_newly_quarantined(record, before) else ""
    )


def _rows(after: Mapping[str, InputRecord], before: Mapping[str, InputRecord]) -> list[tuple[str, str, str]]:
    now, then = _totals(after.values()), _totals(item for path, item in before.items() if path in after)
    return [(name, str(now[name]), f"{now[name] - then[name]:+d}") for name, one in DATASETS.items() if one.is_counted]


def _totals(records: Iterable[InputRecord]) -> Counter[str]:
    issues = {record.issue_id: record for record in records if record.status == "done"}
    totals: Counter[str] = Counter()
    for record in issues.values():
        totals.update(record.rows)
    return totals


def _problems(after: Mapping[str, InputRecord], before: Mapping[str, InputRecord]) -> list[tuple[str, str, str]]:
    now, then = _categories(after.values()), _categories(item for path, item in before.items() if path in after)
    names = sorted(now.keys() | then.keys(), key=lambda name: (-now[name], name))
    return [(name, str(now[name]), f"{now[name] - then[name]:+d}") for name in names]


def _categories(records: Iterable[InputRecord]) -> Counter[str]:
    issues = {record.issue_id: record for record in records if record.status == "done"}
    counts: Counter[str] = Counter()
    for record in issues.values():
        counts.update(record.problems)
    return counts


def _titled(title: str, table: str) -> str:
    """The table under its title; nothing where it has no rows."""
    return f"## {title}\n\n{table}" if table.count("\n") > 1 else ""


def _listed(title: str, lines: Sequence[str]) -> str:
    if not lines:
        return ""
    rest = [f"… and {len(lines) - _MOST_LISTED} more"] if len(lines) > _MOST_LISTED else []
    return f"## {title}\n\n" + "\n".join(f"- {_plain(line)}" for line in (*lines[:_MOST_LISTED], *rest))


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(map(_plain, line))} |" for line in lines)


def _safe(text: str) -> str:
    return text.translate(_SAFE)


def _code(text: str) -> str:
    return f"`{text.replace('`', chr(39))}`"


def _plain(text: str) -> str:
    """One line that ends no table cell."""
    return " ".join(text.split()).replace("|", "\\|")
