"""The numbers that exclusions keep from being quantities, as decisions of their rules: no row tells of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from extractors.language.passages import passages
from extractors.quantities.candidates.find import explain_numbers
from pipeline.auditing.audit import Audit
from pipeline.evaluation import GoldText
from pipeline.evaluation.decisions import Decisions
from pipeline.evaluation.labels import QuantityLabel

EXCLUSIONS: Final = "exclusions"
NUMBER: Final = "number"
"""What stands for the column: an exclusion decides of a number that it measures nothing."""


def held(audit: Audit, golds: list[GoldText]) -> dict[str, Decisions]:
    """By exclusion, how often it held a number of an issue, and how often that was right by the labels *golds* of it.

    Right is a number of a labelled stretch over which no quantity is labelled; a wrong one is named FILE:OFFSET.
    """
    found: dict[str, Decisions] = {}
    for rule_id, start, others in _numbers(audit):
        one = found.get(rule_id) or Decisions(EXCLUSIONS, NUMBER, rule_id, overlaps=0, conflicts=0)
        said = [_labelled(gold, start) for gold in golds if gold.covers(start)]
        found[rule_id] = replace(
            one,
            decided=one.decided + 1,
            right=one.right + said.count(False),
            wrong=one.wrong + said.count(True),
            overlaps=(one.overlaps or 0) + bool(others),
            wrong_rows=(*one.wrong_rows, *(f"{golds[0].source}:{start}" for _ in range(said.count(True)))),
        )
    return found


def _numbers(audit: Audit) -> Iterator[tuple[str, int, set[str]]]:
    """Every number that an exclusion holds: the rule, its offset, and the other exclusions that hold it too."""
    for document in audit.issue.documents:
        for passage in passages(document):
            stretches = audit.reading(passage).stretches
            for start, end, rule_id in explain_numbers(passage):
                if rule_id.startswith("exclusion."):
                    over = {one.rule_id for one in stretches if one.start < end and start < one.end}
                    yield rule_id, passage.span(start, end).start, over - {rule_id}


def _labelled(gold: GoldText, offset: int) -> bool:
    return any(isinstance(one, QuantityLabel) and one.start <= offset < one.end for one in gold.labels)
