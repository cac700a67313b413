"""The numbers behind the charts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any, Final

from pipeline.auditing.registry import RuleEntry
from pipeline.site.issue import IssueView

DOCUMENTS: Final = 200
"""Documents shown."""
INDICATORS: Final = 30
"""Indicators shown of each document, and of all together."""


class ChartCounts:
    """Targets by document and by indicator; of the documents those with most targets are kept."""

    def __init__(self) -> None:
        self._documents: list[dict[str, Any]] = []
        self._indicators: Counter[str] = Counter()

    @classmethod
    def of(cls, views: Iterable[IssueView]) -> ChartCounts:
        """The targets of *views*."""
        counts = cls()
        for view in views:
            counts.look_through(view)
        return counts

    def look_through(self, view: IssueView) -> None:
        """Count the targets of one more issue."""
        targets = view.rows["targets"]
        self._indicators.update(str(row["indicator_key"]) for row in targets)
        for page in view.pages:
            keys = Counter(str(row["indicator_key"]) for row in targets if page.holds(int(row["char_start"])))
            if page.document is not None and keys:
                href = f"issues/{view.issue_id}/{page.name}.html"
                top = keys.most_common(INDICATORS)
                self._documents.append(
                    {"label": page.short_title, "href": href, "targets": keys.total(), "indicators": top}
                )
        self._keep_most()

    def add(self, other: ChartCounts) -> None:
        """Count the targets of issues behind these."""
        self._indicators.update(other._indicators)
        self._documents += other._documents
        self._keep_most()

    def _keep_most(self) -> None:
        self._documents.sort(key=lambda document: -int(document["targets"]))
        del self._documents[DOCUMENTS:]

    def data(self, rules: Sequence[RuleEntry]) -> dict[str, Any]:
        """The numbers behind all charts, each with the most first."""
        decided = sorted(((rule.rule.id, rule.decided) for rule in rules if rule.decided), key=lambda item: -item[1])
        return {
            "documents": self._documents,
            "indicators": self._indicators.most_common(INDICATORS),
            "rules": decided,
            "precision": [[rule.rule.id, rule.precision, rule.judged] for rule in rules if rule.judged],
        }
