"""The accuracy of the line on every labelled set must not fall below its committed floors."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.evaluation import Evaluation, load_gold
from pipeline.evaluation.floors import breaches, load_floors
from pipeline.evaluation.gold import GoldText
from pipeline.evaluation.mentions import IssueRows
from pipeline.evaluation.run import evaluate_set
from pipeline.evaluation.sources import from_processed, from_sources
from tests.conftest import REAL_ISSUE

ROOT = Path(__file__).parents[1] / "gold"
FLOORS = load_floors(ROOT / "floors.json")


@pytest.fixture(scope="module")
def evaluation(real_folder: Path) -> Evaluation:
    """All sets in one run, so that a source that several share is processed once, and the real issue once for all tests."""
    real, other = from_processed(real_folder), from_sources()

    def rows_of(gold: GoldText) -> IssueRows:
        return (real if gold.source.resolve() == REAL_ISSUE else other)(gold)

    return Evaluation(tuple(evaluate_set(load_gold(ROOT / name), rows_of) for name in FLOORS))


def test_every_set_has_floors() -> None:
    assert set(FLOORS) == {
        path.parent.name for form in ("*.docs.json", "slices.json") for path in ROOT.glob(f"*/{form}")
    }


@pytest.mark.parametrize("name", FLOORS)
def test_no_figure_falls(evaluation: Evaluation, name: str) -> None:
    assert [str(breach) for breach in breaches(evaluation, {name: FLOORS[name]})] == []
