"""Whether a rule holds that has no pattern of its own to match: the name of a way in which code decides."""

from __future__ import annotations

from typing import Final

from extractors.rules.registry import registry

NEVER: Final = "(?!)"
"""The expression of a rule that an audit took away."""


def in_force(rule_id: str) -> bool:
    """Whether the rule *rule_id* holds: code that decides by it asks, so that an audit may take it away."""
    rule = registry().get(rule_id)
    return rule is None or rule.expression != NEVER
