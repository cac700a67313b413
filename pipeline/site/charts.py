"""The numbers behind the charts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any, Final

from pipeline.auditing.registry import RuleEntry
from pipeline.site.issue import IssueView

INDICATORS: Final = 30
"""Indicators shown of each document, and of all together."""


def chart_data(views: Sequence[IssueView], rules: Sequence[RuleEntry]) -> dict[str, Any]:
    """Targets by document and by indicator, rows by rule, precision by rule, each with the most first."""
    documents = [
        {
            "label": page.short_title,
            "href": f"issues/{view.issue_id}/{page.name}.html",
            "indicators": _top(view, page.holds),
        }
        | {"targets": sum(page.holds(int(row["char_start"])) for row in view.rows["targets"])}
        for view in views
        for page in view.pages
        if page.document is not None
    ]
    every: Counter[str] = Counter()
    for view in views:
        every.update(str(row["indicator_key"]) for row in view.rows["targets"])
    return {
        "documents": documents,
        "indicators": every.most_common(INDICATORS),
        "rules": sorted(
            ([rule.rule.id, rule.decided] for rule in rules if rule.decided), key=lambda item: -int(item[1])
        ),
        "precision": [[rule.rule.id, rule.precision, rule.judged] for rule in rules if rule.judged],
    }


def _top(view: IssueView, holds: Callable[[int], bool]) -> list[tuple[str, int]]:
    keys = Counter(str(row["indicator_key"]) for row in view.rows["targets"] if holds(int(row["char_start"])))
    return keys.most_common(INDICATORS)
