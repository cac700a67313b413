"""The panel over five reports of one city: reported targets meet their outcomes, with the values printed."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

import pipeline
from checks import panel_page
from tests.analysis.five_years import YEARS, expected, write_reports

LEAST_MET = 0.95


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_reports(tmp_path_factory.mktemp("years") / "processed")


@pytest.fixture(scope="module")
def panel(folder: Path) -> pd.DataFrame:
    return pipeline.panel(folder)


def test_reported_targets_meet_what_is_reported(panel: pd.DataFrame) -> None:
    met = panel[panel["status"] == "met"].set_index(["metric_code", "time_period"])
    wanted = expected()
    right = [
        key
        for key, (target, outcome) in wanted.items()
        if key in met.index
        and met.loc[key, "target_low"] in (target, pytest.approx(target * 10_000))
        and met.loc[key, "outcome_low"] in (outcome, pytest.approx(outcome * 10_000))
    ]
    assert len(right) >= LEAST_MET * len(wanted)


def test_targets_of_the_last_year_wait_for_their_report(panel: pd.DataFrame) -> None:
    last = panel[panel["time_period"] == str(YEARS[-1])]
    assert len(last) >= 10 and set(last["status"]) == {"unmet"}
    assert last["nearest"].str.contains(f"time_period {YEARS[-2]}").mean() > 0.9


def test_one_metric_is_asked_for_by_its_code(folder: Path, panel: pd.DataFrame) -> None:
    prices = pipeline.panel(folder, metric="cpi")
    assert list(prices["time_period"]) == [str(year) for year in YEARS]
    assert list(prices["reached"])[:4] == [True, True, True, True]  # a ceiling: what is below is reached


def test_the_page_of_an_example(panel: pd.DataFrame, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(panel_page, "YEARS", YEARS)
    rows = [line for line in panel_page.page(panel_page.chosen(folder)).splitlines() if line.startswith("| cpi")]
    assert rows[0] == "| cpi | 2019 | ≈ 3 % | 2.8 % | -0.2 | yes |  |"
    assert rows[-1].endswith("| – | – | – | time_period 2022 |")


def test_without_a_folder_the_page_stays(capsys: pytest.CaptureFixture[str]) -> None:
    before = panel_page.PAGE.read_bytes()
    panel_page.main([])
    assert "left as it is" in capsys.readouterr().out and panel_page.PAGE.read_bytes() == before
