"""Which issues of a processed folder count: one an edition, and of what was published again the newest.

Issues belong together that have one edition key (a PDF and its web page) or that came from one address (a page that was
fetched again lies beside its first form, ``name.html`` and ``name.r2.html``; the ledger knows the paths). Of them that
form counts which keeps most of the structure; of several of that form the newest: the later revision, else what the
ledger saw later, else the larger id, which says nothing but is the same for everybody.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from pipeline.storage import Storage
from pipeline.store.committed import Place
from pipeline.store.ledger import Ledger

Found = tuple[Place, dict[str, Any]]
"""A row of ``issues`` with the file that it lies in."""

PREFERENCE: Final = (
    "text/html",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "text/markdown",
    "text/plain",
    "application/pdf",
)
"""Of several forms of an edition the first of these counts: formats that keep most of the structure come first, and a
scan last."""

_REVISION: Final = re.compile(r"\.r(?P<number>[0-9]{1,4})(?=\.[A-Za-z0-9]{1,5}$|$)")


@dataclass(frozen=True, slots=True)
class _Issue:
    row: dict[str, Any]
    place: Place
    paths: tuple[str, ...]
    """Where the ledger saw its bytes."""
    seen: int
    """Its place in the order in which the ledger first saw paths."""

    @property
    def issue_id(self) -> str:
        return str(self.row["issue_id"])

    @property
    def rank(self) -> int:
        kind = self.row["media_type"]
        return PREFERENCE.index(kind) if kind in PREFERENCE else len(PREFERENCE)

    @property
    def age(self) -> tuple[int, int, str]:
        """Larger is newer."""
        return max(map(_revision, self.paths or (str(self.row["source_path"]),))), self.seen, self.issue_id

    def names(self) -> list[str]:
        """What it shares with the issues that it belongs together with."""
        key = self.row["edition_key"]
        own = [f"edition {key}"] if key else [f"issue {self.issue_id}"]
        return [*own, *(f"address {_REVISION.sub('', path)}" for path in self.paths)]


def one_an_edition(rows: Sequence[Found], files: Storage) -> tuple[list[Found], list[dict[str, str]]]:
    """Of *rows* of ``issues``, each with the file that it lies in, those that count, and why others do not.

    *files* hold the ledger. What does not count is told by its id, source and reason, and the issue that ``stands``.
    """
    paths = _paths(files)
    order = {issue_id: number for number, issue_id in enumerate(paths)}
    issues = [
        _Issue(row, place, tuple(paths.get(str(row["issue_id"]), ())), order.get(str(row["issue_id"]), -1))
        for place, row in rows
    ]
    kept: list[Found] = []
    left_out: list[dict[str, str]] = []
    for group in _groups(issues):
        form = min(item.rank for item in group)
        best = max((item for item in group if item.rank == form), key=lambda item: item.age)
        kept.append((best.place, best.row))
        left_out += [_left_out(item, best) for item in group if item is not best]
    return kept, left_out


def _groups(issues: Sequence[_Issue]) -> list[list[_Issue]]:
    """The issues that belong together, in the order of the first of each."""
    group_of: dict[str, list[_Issue]] = {}
    for issue in issues:
        joined = [issue]
        for other in {id(group): group for name in issue.names() if (group := group_of.get(name))}.values():
            joined += other
        for member in joined:
            group_of |= dict.fromkeys(member.names(), joined)
    return list({id(group): group for group in group_of.values()}.values())


def _left_out(issue: _Issue, best: _Issue) -> dict[str, str]:
    other = f"another form of {issue.row['edition_key'] or 'it'} counts"
    return {
        "issue_id": issue.issue_id,
        "source_path": str(issue.row["source_path"]),
        "reason": "a newer revision counts" if issue.rank == best.rank else other,
        "stands": best.issue_id,
    }


def _revision(path: str) -> int:
    found = _REVISION.search(path)
    return int(found["number"]) if found else 1


def _paths(files: Storage) -> dict[str, list[str]]:
    """The paths of each issue, in the order in which the ledger first saw them; none where there is no ledger."""
    found: dict[str, list[str]] = {}
    for record in Ledger(files).inputs.values():
        if record.issue_id:
            found.setdefault(record.issue_id, []).append(record.path)
    return found
