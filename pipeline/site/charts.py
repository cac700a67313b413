"""The numbers behind the charts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from pipeline.auditing.registry import RuleEntry
from pipeline.site.issue import IssueView

DOCUMENTS: Final = 200
"""Documents shown."""
INDICATORS: Final = 30
"""Indicators shown of each document, and of all together."""


@dataclass(frozen=True, slots=True)
class ChartCounts:
    """Targets by document and by indicator."""

    documents: Sequence[Mapping[str, Any]]
    indicators: Sequence[tuple[str, int]]

    @classmethod
    def of(cls, views: Iterable[IssueView]) -> ChartCounts:
        """Count the targets of *views*, issue by issue; of the documents those with most targets are kept."""
        documents: list[dict[str, Any]] = []
        every: Counter[str] = Counter()
        for view in views:
            every.update(str(row["indicator_key"]) for row in view.rows["targets"])
            for page in view.pages:
                keys = Counter(
                    str(row["indicator_key"]) for row in view.rows["targets"] if page.holds(int(row["char_start"]))
                )
                if page.document is not None and keys:
                    href = f"issues/{view.issue_id}/{page.name}.html"
                    top = keys.most_common(INDICATORS)
                    documents.append(
                        {"label": page.short_title, "href": href, "targets": keys.total(), "indicators": top}
                    )
        documents.sort(key=lambda document: -int(document["targets"]))
        return cls(documents[:DOCUMENTS], every.most_common(INDICATORS))

    def data(self, rules: Sequence[RuleEntry]) -> dict[str, Any]:
        """The numbers behind all charts, each with the most first."""
        decided = sorted(((rule.rule.id, rule.decided) for rule in rules if rule.decided), key=lambda item: -item[1])
        return {
            "documents": self.documents,
            "indicators": self.indicators,
            "rules": decided,
            "precision": [[rule.rule.id, rule.precision, rule.judged] for rule in rules if rule.judged],
        }
