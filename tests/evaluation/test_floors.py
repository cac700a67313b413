"""The accuracy of the line on every labelled set must not fall below its committed floors."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.evaluation import Evaluation, evaluate, load_gold
from pipeline.evaluation.floors import breaches, load_floors

ROOT = Path(__file__).parents[1] / "gold"
FLOORS = load_floors(ROOT / "floors.json")


@pytest.fixture(scope="module")
def evaluation() -> Evaluation:
    """All sets in one run, so that a source that several share is processed once."""
    return evaluate([load_gold(ROOT / name) for name in FLOORS])


def test_every_set_has_floors() -> None:
    assert set(FLOORS) == {
        path.parent.name for form in ("*.docs.json", "slices.json") for path in ROOT.glob(f"*/{form}")
    }


@pytest.mark.parametrize("name", FLOORS)
def test_no_figure_falls(evaluation: Evaluation, name: str) -> None:
    assert [str(breach) for breach in breaches(evaluation, {name: FLOORS[name]})] == []
