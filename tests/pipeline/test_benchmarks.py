"""What the benchmarks say of measured times, and what they leave on their page."""

from __future__ import annotations

import pytest

from benchmarks.__main__ import main, page
from benchmarks.against import Round, held

QUICK = {"segment": 0.2, "extract": 1.0}
SLOW = {"segment": 0.2, "extract": 1.2}


@pytest.mark.parametrize(
    ("rounds", "sound"),
    [
        ([([QUICK], [QUICK])] * 3, True),
        ([([QUICK], [SLOW])] * 3, False),
        ([([QUICK], [SLOW]), ([QUICK], [QUICK]), ([QUICK], [SLOW])], True),
        ([([SLOW, SLOW], [QUICK, SLOW])] * 2, True),
    ],
    ids=["the same", "slower", "slower in some rounds", "faster"],
)
def test_a_stage_that_takes_over_a_tenth_more_is_not_let_pass(rounds: list[Round], sound: bool) -> None:
    assert held(rounds)[1] is sound


def test_times_are_those_of_the_least_round_of_each_text() -> None:
    rows, _ = held([([QUICK, SLOW], [SLOW, QUICK]), ([SLOW, QUICK], [QUICK, QUICK])])
    assert rows[1].startswith("| extract | 2.00 | 2.00 | 1.00×")


def test_what_is_written_on_the_page_by_hand_stays() -> None:
    former = "# Benchmarks\n\nOld.\n\n## Against others\n\nBy hand.\n\n### More\n\nToo.\n\n## Stages\n\nOld stages.\n"
    made = page({"Stages": ("New stages.", "benchmarks.stages")}, former)
    assert "## Against others\n\nBy hand.\n\n### More\n\nToo.\n" in made
    assert "New stages." in made and "Old" not in made


@pytest.mark.parametrize(
    ("asked", "reason"),
    [
        (["--against", "HEAD", "--rounds", "0"], "at least 1"),
        (["--against", "HEAD", "--quick", "--unseen"], "leaves no text"),
        (["--quick"], "go with --against"),
    ],
)
def test_what_cannot_be_measured_is_told_at_once(
    asked: list[str], reason: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["benchmarks", *asked])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 2 and reason in capsys.readouterr().err
