"""Scope: the area or unit that a target binds, as printed: 全县, 各乡镇, 园区, 新泉镇.

It is looked for in the indicator, then before the number in its own sentence, then in the name of its row; the
patterns are generic names of areas (…镇, …街道, …园区), never single places.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from extractors.language.folding import squash
from extractors.language.tokens import segmenter, tag_of
from extractors.rules.registry import rules_of
from schemas.records import Document
from schemas.rows import Quantity

_NAMED: Final = "scope.named"


@dataclass(frozen=True, slots=True)
class ScopeFinder:
    """Finds scopes in one document; ``rows`` holds the label of each table row."""

    rows: Mapping[tuple[str, int], str]

    @classmethod
    def of(cls, document: Document) -> ScopeFinder:
        """The finder of *document*."""
        rows = {
            (table.table_id, cell.row): squash(cell.row_label)
            for table in document.tables
            for cell in table.cells
            if cell.row_label
        }
        return cls(rows)

    def of_quantity(self, quantity: Quantity) -> str | None:
        """The scope of *quantity*, or ``None`` where nothing names one."""
        found = _named(quantity.indicator)
        if found is None and quantity.place.table_id is not None and quantity.place.row is not None:
            found = _named(self.rows.get((quantity.place.table_id, quantity.place.row), ""))
        return found or _named(_before(quantity))


def _before(quantity: Quantity) -> str:
    """The words of the sentence before the number, from the last semicolon on."""
    head = quantity.sentence.partition("".join(quantity.text.split()))[0]
    return head[max(head.rfind(sign) for sign in "；。：") + 1 :]


def _named(text: str) -> str | None:
    for rule in rules_of("scope"):
        match = rule.pattern.search(text) if "scope" in rule.pattern.groupindex else None
        if match and (rule.id != _NAMED or _is_name(match["scope"])):
            return match["scope"]
    return None


def _is_name(scope: str) -> bool:
    """Whether *scope* holds nouns alone: 推进重点片区, 明确县 and 县级示范镇 name no area."""
    return not any(tag_of(word)[0] in "vdpab" for word in segmenter().lcut(scope))
