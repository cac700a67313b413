"""How many issues a task run takes."""

from __future__ import annotations

import subprocess
import sys

import pytest

from pipeline.orchestration.flow import Pace
from pipeline.readers.discovery import Input
from pipeline.runs.outcomes import Outcome
from pipeline.runs.plan import Seen, Task
from tests.conftest import ROOT, command_environment

TASK = Task(Seen(Input("/raw/a.txt", "/raw"), None, None), "new")

BATCHES = {
    "nothing is known yet": ([], 1000, 2, 1),
    "quick issues go together, ten seconds' worth": ([0.2, 0.2], 1000, 2, 50),
    "slow ones go alone": ([11.0], 1000, 2, 1),
    "no more than a hundred": ([0.001], 10_000, 2, 100),
    "near the end every worker has a part of its share": ([1.0], 18, 2, 6),
    "and no less than two seconds' worth": ([0.1], 45, 2, 20),
    "but never more than its share": ([0.1], 12, 2, 6),
    "a worker that is alone shares with nobody": ([0.1], 40, 1, 40),
    "at least one": ([0.1], 1, 8, 1),
    "no time at all": ([0.0], 4000, 2, 100),
}


@pytest.mark.parametrize("name", BATCHES)
def test_batches_follow_the_pace(name: str) -> None:
    seconds, left, workers, expected = BATCHES[name]
    pace = Pace()
    pace.note([Outcome(TASK, one) for one in seconds])
    assert pace.batch(left, workers) == expected


def test_the_process_that_plans_loads_nothing_that_computes() -> None:
    said = subprocess.run(
        [sys.executable, "-c", "import sys, pipeline.orchestration.flow; print({'pyarrow', 'jieba', 'spacy'} & {*sys.modules})"],
        capture_output=True, text=True, check=True, cwd=ROOT, env=command_environment(),
    )  # fmt: skip
    assert said.stdout == "set()\n"
