"""Labels and column headers: which duty they give (牵头单位 → lead)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Final, cast

from extractors.rules.registry import pattern_of, rules_in
from schemas.rows import Duty

_LONGEST: Final = 24


@lru_cache(maxsize=4096)
def duty_of_label(label: str) -> tuple[Duty, str] | None:
    """Duty and rule of a label or header (folded, without blanks and colon); ``None`` where it names no agencies.

    各相关单位 and the like are entries of a list, not its label.
    """
    if not 2 <= len(label) <= _LONGEST or pattern_of("duty.no_label").search(label):
        return None
    found = next((rule for rule in rules_in("label_of_duty") if rule.pattern.search(label)), None)
    return (cast(Duty, found.value), found.id) if found else None


def duty_of_header(header: Sequence[str]) -> tuple[Duty, str] | None:
    """Duty of a column by its path of headers, the innermost that says one."""
    for text in reversed(header):
        found = duty_of_label("".join(text.split()).replace("(", "（").replace(")", "）"))
        if found:
            return found
    return None
