"""Exports: what other programs read is what the folder holds, and nothing in it is a formula."""

from __future__ import annotations

import asyncio
import csv
import datetime as dt
import json
import sqlite3
from pathlib import Path

import duckdb
import openpyxl
import pytest
from typer.testing import CliRunner

import pipeline
from pipeline.analysis.export import FORMATS
from pipeline.analysis.export.cells import LONGEST_CELL, fitting, harmless
from pipeline.cli import app
from schemas.datasets import DATASETS
from tests.analysis.made import write_folder

RUNNER = CliRunner()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_folder(tmp_path_factory.mktemp("export") / "processed")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('=HYPERLINK("http://evil.example")', '\'=HYPERLINK("http://evil.example")'),
        ("+cmd|'/c calc'!A1", "'+cmd|'/c calc'!A1"),
        ("-1+1", "'-1+1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("＝1+1", "'＝1+1"),
        ("-2.8%", "-2.8%"),
        ("=", "="),
        (">=", ">="),
        ("县财政局", "县财政局"),
        ("", ""),
    ],
)
def test_what_begins_like_a_formula_is_text(text: str, expected: str) -> None:
    assert harmless(text) == expected


def test_a_cell_is_as_long_as_it_may_be_and_says_that_it_was_cut() -> None:
    assert fitting("字" * 40_000) == "字" * (LONGEST_CELL - 2) + " …" and fitting("a\x00b") == "a b"


def test_the_workbook_has_dates_filters_definitions_and_no_formula(folder: Path, tmp_path: Path) -> None:
    (path,) = pipeline.export(folder, tmp_path / "out.xlsx", "xlsx", site="https://audit.example/site/")
    book = openpyxl.load_workbook(path)
    assert {"targets", "milestones", "calendar", "conflicts", "definitions"} <= set(book.sheetnames)
    assert not [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    assert {"owners", "panel"} <= set(book.sheetnames)
    assert [book["panel"].cell(1, column).value for column in (1, 2)] == ["evidence", "place"]
    assert book["panel"]["A2"].hyperlink is not None and book["owners"]["A2"].hyperlink is not None
    sheet = book["targets"]
    names = [cell.value for cell in sheet[1]]
    assert sheet.freeze_panes == "A2" and sheet.auto_filter.ref and names[0] == "evidence"
    due = sheet.cell(2, names.index("deadline_date") + 1)
    assert due.value == dt.datetime(2023, 12, 31) and due.is_date
    quantity = sheet.cell(2, names.index("quantity_id") + 1).value
    link = sheet["A2"].hyperlink
    assert link.target.startswith(f"https://audit.example/site/issues/{quantity[:16]}/d0.html")
    assert quantity.replace("/", "%2F") in f"{link.target}#{link.location}"
    titles = [row[0] for row in book["documents"].iter_rows(min_col=names.index("issue_id"), values_only=True)]
    assert titles
    meanings = {(row[0], row[1]): row[2] for row in book["definitions"].iter_rows(min_row=2, values_only=True)}
    shown = {(sheet.title, cell.value) for sheet in book for cell in sheet[1] if sheet.title != "definitions"}
    assert {one for one in shown if one[1] != "evidence"} == meanings.keys() and all(meanings.values())


def test_csv_opens_in_excel_and_evaluates_nothing(folder: Path, tmp_path: Path) -> None:
    pipeline.export(folder, tmp_path / "csv", "csv")
    data = (tmp_path / "csv" / "quantities.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    for path in (tmp_path / "csv").glob("*.csv"):
        with path.open(encoding="utf-8-sig", newline="") as lines:
            for row in csv.reader(lines):
                assert not [value for value in row if value[:1] in ("=", "@") and value[1:]]
    assert {path.stem for path in (tmp_path / "csv").glob("*.csv")} == set(DATASETS)


def test_sqlite_has_the_rows_and_descriptions_for_datasette(folder: Path, tmp_path: Path) -> None:
    path, metadata = pipeline.export(folder, tmp_path / "gazettes.db", "sqlite")
    connection = sqlite3.connect(path)
    rows = connection.execute("SELECT deadline_date, lead_agencies FROM targets ORDER BY target_id").fetchall()
    assert len(rows) == 5 and ("2023-12-31", "县工业和信息化局") in rows
    tables = json.loads(metadata.read_text(encoding="utf-8"))["databases"]["gazettes"]["tables"]
    assert tables["targets"]["columns"]["indicator"] and tables.keys() == DATASETS.keys()


def test_a_duckdb_file_keeps_lists_and_comments(folder: Path, tmp_path: Path) -> None:
    (path,) = pipeline.export(folder, tmp_path / "gazettes.duckdb", "duckdb")
    with duckdb.connect(str(path), read_only=True) as connection:
        (agencies,) = connection.execute(
            "SELECT responsible_agencies FROM targets WHERE len(responsible_agencies) > 1"
        ).fetchone()
        assert agencies == ["县农业农村局", "财政局"]
        comments = connection.execute("SELECT count(comment) FROM duckdb_columns() WHERE table_name = 'targets'")
        assert comments.fetchone()[0] >= len(DATASETS["targets"].columns)


def test_the_data_package_describes_its_files(folder: Path, tmp_path: Path) -> None:
    pipeline.export(folder, tmp_path / "package", "datapackage")
    package = json.loads((tmp_path / "package" / "datapackage.json").read_text(encoding="utf-8"))
    assert len(package["resources"]) == len(DATASETS)
    for resource in package["resources"]:
        with (tmp_path / "package" / resource["path"]).open(encoding="utf-8", newline="") as lines:
            header = next(csv.reader(lines))
        assert header == [field["name"] for field in resource["schema"]["fields"]]
        assert set(resource["schema"].get("primaryKey", [])) <= set(header)


def test_the_data_package_is_valid(folder: Path, tmp_path: Path) -> None:
    import frictionless  # takes long to import: only where it is used

    pipeline.export(folder, tmp_path / "package", "datapackage")
    report = frictionless.validate(str(tmp_path / "package" / "datapackage.json"))
    faults = [error.message for task in report.tasks for error in task.errors]
    assert report.valid and faults == [] and len(report.tasks) == len(DATASETS)


def test_datasette_shows_rows_and_what_columns_mean(folder: Path, tmp_path: Path) -> None:
    from datasette.app import Datasette  # takes long to import

    path, metadata = pipeline.export(folder, tmp_path / "gazettes.db", "sqlite")
    served = Datasette([str(path)], metadata=json.loads(metadata.read_text(encoding="utf-8")))

    async def get(address: str) -> str:
        return str((await served.client.get(address)).text)

    page = asyncio.run(get("/gazettes/milestones"))
    assert DATASETS["milestones"].description in page and "出台公共租赁住房管理办法" in page
    rows = json.loads(asyncio.run(get("/gazettes/targets.json?_shape=array&_sort=target_id")))
    assert len(rows) == 5 and {row["comparator"] for row in rows} == {">=", "="}


def test_the_same_folder_gives_the_same_files(folder: Path, tmp_path: Path) -> None:
    for kind, name in (("csv", "a"), ("xlsx", "a.xlsx"), ("ics", "a.ics"), ("datapackage", "p")):
        first = [path.read_bytes() for path in pipeline.export(folder, tmp_path / "1" / name, kind)]
        assert first == [path.read_bytes() for path in pipeline.export(folder, tmp_path / "2" / name, kind)], kind


def test_the_command_writes_and_refuses_in_one_line(folder: Path, tmp_path: Path) -> None:
    done = RUNNER.invoke(app, ["export", str(tmp_path / "c.ics"), "--format", "ics", "--processed", str(folder)])
    assert done.exit_code == 0 and "1 file" in done.output
    wrong = RUNNER.invoke(app, ["export", str(tmp_path / "c"), "--format", "pdf", "--processed", str(folder)])
    assert wrong.exit_code == 2 and f"there are {', '.join(FORMATS)}" in wrong.output
    empty = RUNNER.invoke(app, ["export", str(tmp_path / "c.xlsx"), "--processed", str(tmp_path)])
    assert empty.exit_code == 2 and "holds no committed issues" in empty.output
    for out, kind, wanted in (
        (tmp_path, "xlsx", "xlsx wants a file"),
        (tmp_path / "c.ics", "csv", "csv wants a folder"),
    ):
        other = RUNNER.invoke(app, ["export", str(out), "--format", kind, "--processed", str(folder)])
        assert other.exit_code == 2 and wanted in " ".join(other.output.split())


def test_a_damaged_file_is_no_folder_of_an_earlier_version(tmp_path: Path) -> None:
    damaged = write_folder(tmp_path / "processed")
    file = next(damaged.glob("quantities/*/*.parquet"))
    file.write_bytes(file.read_bytes()[:-9] + bytes(9))
    for command in (["export", str(tmp_path / "a.xlsx")], ["report", str(tmp_path / "a.html")]):
        done = RUNNER.invoke(app, [*command, "--processed", str(damaged)])
        assert done.exit_code == 2 and "is damaged" in done.output
