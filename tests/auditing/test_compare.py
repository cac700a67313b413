"""Two folders compared: what meets, what is gained, lost and changed, and what the command says of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from pipeline.auditing.baseline import write_baseline
from pipeline.auditing.compare import Comparison, compare
from pipeline.auditing.folders import Row, open_folder
from pipeline.auditing.shift import Shift
from pipeline.cli import app
from tests.auditing.folders import NOTICE, made

RUNNER = CliRunner()
Edit = Callable[[list[Row]], list[Row]]


def edited(folder: Path, dataset: str, edit: Edit) -> None:
    """Rewrite the rows of *dataset* below *folder*."""
    for path in (folder / dataset).glob("year=*/*.parquet"):
        table = pq.ParquetFile(path).read()
        pq.write_table(table.from_pylist(edit(table.to_pylist()), schema=table.schema), path)


def another_kind(rows: list[Row]) -> list[Row]:
    return [{**row, "kind": "fact"} if row["text"] == "4条" else row for row in rows]


def a_wider_span(rows: list[Row]) -> list[Row]:
    def wide(row: Row) -> Row:
        start, end = row["char_start"], row["char_end"] + 2
        identity = f"{row['issue_id']}/q/{start}-{end}"
        return {**row, "char_end": end, "quantity_id": identity, "text": row["text"] + "以上"}

    return [wide(row) if row["text"] == "5000亩" else row for row in rows]


EDITS: dict[str, tuple[Edit, list[tuple[str, str, list[str]]]]] = {
    "a column": (another_kind, [("changed", "4条", ["kind"])]),
    "a lost row": (lambda rows: [row for row in rows if row["text"] != "4条"], [("lost", "4条", [])]),
    "a span that moved": (a_wider_span, [("changed", "5000亩以上", ["quantity_id", "char_end", "text"])]),
    "nothing": (lambda rows: rows, []),
}


def seen(comparison: Comparison) -> list[tuple[str, str, list[str]]]:
    return [
        (change.category, change.text, [column.column for column in change.columns]) for change in comparison.changes
    ]


@pytest.fixture
def pair(tmp_path: Path) -> tuple[Path, Path]:
    return made(tmp_path / "a", NOTICE), made(tmp_path / "b", NOTICE)


@pytest.mark.parametrize("name", EDITS)
def test_changes(name: str, pair: tuple[Path, Path]) -> None:
    edit, expected = EDITS[name]
    edited(pair[1], "quantities", edit)
    comparison = compare(open_folder(pair[0]), open_folder(pair[1]))
    assert seen(comparison) == expected
    assert comparison.same is not bool(expected)


def test_the_other_way_round_loss_is_gain(pair: tuple[Path, Path]) -> None:
    edited(pair[0], "quantities", lambda rows: [row for row in rows if row["text"] != "4条"])
    (change,) = compare(open_folder(pair[0]), open_folder(pair[1])).changes
    assert (change.category, change.rule_id) == ("gained", "quantity.number")
    assert change.before.endswith("建成分拣线") and change.after.startswith("，培育")
    assert change.document == "关于印发《2024年林果产业行动方案》的通知"


def test_rows_of_another_reading_meet_where_their_lines_stand(tmp_path: Path) -> None:
    a = made(tmp_path / "a", NOTICE)
    b = made(tmp_path / "b", NOTICE.replace("一、主要目标", "一、到年底的主要目标").replace("分拣线4条", "分拣线6条"))
    changes = [change for change in compare(open_folder(a), open_folder(b)).changes if change.dataset == "quantities"]
    assert [(change.category, change.text) for change in changes] == [("changed", "6条"), ("changed", "1家")]
    assert [column.column for column in changes[0].columns] == [
        "text",
        "low",
        "high",
        "obs_low",
        "obs_high",
        "sentence",
    ]
    assert [column.column for column in changes[1].columns] == ["sentence"]


def test_offsets_follow_their_lines() -> None:
    shift = Shift.between("甲\n乙乙\n丙\n", "零\n甲\n乙\n丙\n", "x")
    assert [shift.of(offset) for offset in (0, 2, 3, 5)] == [2, 4, 5, 6]


@pytest.mark.parametrize(("edit", "code"), [("nothing", 0), ("a column", 1)])
def test_the_status_says_whether_anything_changed(edit: str, code: int, pair: tuple[Path, Path]) -> None:
    edited(pair[1], "quantities", EDITS[edit][0])
    plain = RUNNER.invoke(app, ["compare", str(pair[0]), str(pair[1])])
    data = RUNNER.invoke(app, ["compare", str(pair[0]), str(pair[1]), "--json"])
    assert (plain.exit_code, data.exit_code) == (code, code)
    assert json.loads(data.stdout)["same"] is (code == 0)
    assert ("[kind: target → fact]" in plain.output) is (code == 1)


def test_a_folder_without_issues_is_wrong_usage(tmp_path: Path) -> None:
    result = RUNNER.invoke(app, ["compare", str(tmp_path), str(tmp_path)])
    assert result.exit_code == 2 and "no committed issues" in result.output


def test_a_baseline_is_smaller_and_the_same(pair: tuple[Path, Path], tmp_path: Path) -> None:
    baseline = tmp_path / "baseline"
    assert RUNNER.invoke(app, ["compare", str(baseline), str(pair[0]), "--accept"]).exit_code == 0
    comparison = compare(open_folder(baseline), open_folder(pair[1]))
    assert comparison.same and comparison.rows["quantities"][0] > 3 and "clauses" in comparison.left_out
    edited(pair[1], "quantities", another_kind)
    assert RUNNER.invoke(app, ["compare", str(baseline), str(pair[1])]).exit_code == 1
    assert write_baseline(open_folder(pair[1]), baseline) > 0
    assert compare(open_folder(baseline), open_folder(pair[1])).same
