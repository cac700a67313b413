"""What notebooks call, on a small processed folder: loading, calendar, owners, conflicts, panel, DuckDB."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pandas as pd
import polars
import pyarrow as pa
import pytest

import pipeline
from pipeline.analysis.conflicts import interval
from pipeline.analysis.ics import to_ics
from pipeline.analysis.loading import to_pandas
from schemas.datasets import DATASETS
from tests.analysis.made import write_folder


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_folder(tmp_path_factory.mktemp("analysis") / "processed")


def test_dates_compare_with_strings_and_stamps_and_resample(folder: Path) -> None:
    targets = pipeline.load("targets", folder)
    late = targets[targets["deadline_date"] >= "2024-11-01"]
    assert set(late["deadline_date"]) == {pd.Timestamp("2024-12-31")}
    assert list(targets.resample("YE", on="deadline_date").size()) == [2, 3]


def test_lists_stay_lists_unless_flat(folder: Path) -> None:
    nested, flat = pipeline.load("targets", folder), pipeline.load("targets", folder, flat=True)
    assert list(nested["responsible_agencies"][0]) == ["县农业农村局", "财政局"]
    assert flat["responsible_agencies"][0] == "县农业农村局、财政局"
    assert flat["document_title"][0] == "关于印发《清溪县2023年重点工作方案》的通知"
    assert flat["signed_date"][0] == pd.Timestamp("2023-01-20") and flat["doc_number"][0] == "清政办发〔2023〕3号"
    assert len(flat) == len(nested) == 5


def test_pieces_of_a_cut_mention_are_flat_too(folder: Path) -> None:
    assert "fragments" in pipeline.load("quantities", folder, flat=True).columns


@pytest.mark.parametrize(
    ("as_of", "issues"),
    [("2023-12-30", 0), ("2023-12-31", 1), (dt.date(2025, 1, 1), 3), (dt.datetime(2023, 12, 31, 8), 1)],
)
def test_as_of_leaves_out_what_came_later_and_says_so(folder: Path, as_of: str | dt.date, issues: int) -> None:
    if not issues:
        with pytest.raises(ValueError, match="as_of lies before the first"):
            pipeline.load("issues", folder, as_of=as_of)
        return
    frame = pipeline.load("issues", folder, as_of=as_of)
    assert len(frame) == issues and len(frame.attrs["left_out"]) == 3 - issues
    assert all("published 2024-12-31, after" in one["reason"] for one in frame.attrs["left_out"])


def test_other_libraries_get_the_same_rows(folder: Path) -> None:
    table, frame = pipeline.load("targets", folder, library="arrow"), pipeline.load("targets", folder, library="polars")
    assert isinstance(table, pa.Table) and isinstance(frame, polars.DataFrame)
    assert table.num_rows == frame.height == 5 and frame["deadline_date"].dtype == polars.Date


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"dataset": "goals"}, "no dataset is named 'goals'; there are issues"),
        ({"dataset": "targets", "library": "dask"}, "library is 'pandas', 'polars' or 'arrow'"),
        ({"dataset": "targets", "editions": "two"}, "editions is 'one' or 'all'"),
        ({"dataset": "targets", "as_of": "June"}, "as_of is a date such as"),
    ],
)
def test_wrong_arguments_are_said_in_one_line(folder: Path, arguments: dict[str, str], message: str) -> None:
    with pytest.raises((KeyError, ValueError), match=message):
        pipeline.load(processed=folder, **arguments)


def test_an_empty_folder_says_what_to_do(tmp_path: Path) -> None:
    for call in (pipeline.calendar, pipeline.owners, pipeline.conflicts, pipeline.connect, pipeline.panel):
        with pytest.raises(FileNotFoundError, match="holds no committed issues; run: gongbao run"):
            call(tmp_path)


def test_the_calendar_is_by_due_date_with_owners(folder: Path) -> None:
    frame = pipeline.calendar(folder)
    assert frame["due"].is_monotonic_increasing and set(frame["kind"]) == {"target", "milestone"}
    first = frame.iloc[0]
    assert (str(first["due"].date()), first["what"], first["lead_agencies"]) == (
        "2023-06-30", "出台公共租赁住房管理办法", "县住房和城乡建设局",
    )  # fmt: skip
    assert set(frame[frame["kind"] == "target"]["value"]) >= {"≥ 18 家", "260,000 亩"}


def test_the_calendar_file_has_an_event_a_promise(folder: Path) -> None:
    frame = pipeline.calendar(folder)
    data = to_ics(frame)
    lines = data.split(b"\r\n")
    assert lines.count(b"BEGIN:VEVENT") == lines.count(b"END:VEVENT") == len(frame)
    assert max(map(len, lines)) <= 75 and data.decode().endswith("END:VCALENDAR\r\n")
    assert "DTSTART;VALUE=DATE:20230630" in data.decode() and data == to_ics(frame)


def test_a_line_break_in_a_gazette_begins_no_property() -> None:
    row = {"due": pd.Timestamp("2024-01-01"), "value": None, "row_id": "1", "what": "a\r\nBEGIN:VALARM", "sentence": "b;c",
           "document_title": None, "lead_agencies": "", "responsible_agencies": "", "officials": ""}  # fmt: skip
    lines = to_ics(pd.DataFrame([row])).decode().split("\r\n")
    assert "BEGIN:VALARM" not in lines and r"DESCRIPTION:b\;c" in lines


def test_owners_of_one_key_are_one(folder: Path) -> None:
    frame = pipeline.owners(folder)
    finance = frame[frame["owner_key"] == frame[frame["owner"] == "县财政局"]["owner_key"].iloc[0]]
    assert set(finance["owner"]) == {"县财政局", "财政局"} and set(finance["promises"]) == {8}
    assert set(frame[frame["owner"] == "县工业和信息化局"]["duty"]) == {"lead"}


def test_duckdb_has_a_described_view_a_dataset(folder: Path) -> None:
    connection = pipeline.connect(folder)
    views = dict(connection.execute("SELECT view_name, comment FROM duckdb_views() WHERE NOT internal").fetchall())
    assert {*DATASETS, "analysis_targets", "analysis_milestones"} <= views.keys()
    assert views["targets"] == DATASETS["targets"].description
    comments = dict(connection.execute(
        "SELECT column_name, comment FROM duckdb_columns() WHERE table_name = 'analysis_targets'").fetchall())  # fmt: skip
    assert comments["indicator"] and comments["document_title"]
    (count,) = connection.execute("SELECT count(*) FROM targets WHERE deadline_date >= DATE '2024-01-01'").fetchone()
    assert count == 3


@pytest.mark.parametrize(
    ("low", "high", "sign", "expected"),
    [
        (20, 20, ">=", (20, float("inf"))),
        (20, 20, "<=", (float("-inf"), 20)),
        (100, 100, "~", (98, 102)),
        (18, 20, "=", (18, 20)),
    ],
)
def test_what_a_comparator_allows(low: float, high: float, sign: str, expected: tuple[float, float]) -> None:
    assert interval({"obs_low": low, "obs_high": high, "obs_comparator": sign}) == expected


def test_null_dates_stay_null() -> None:
    frame = to_pandas(pa.table({"day": pa.array([dt.date(1949, 10, 1), None])}))
    assert frame["day"].dtype == "datetime64[s]" and frame["day"].isna().tolist() == [False, True]
