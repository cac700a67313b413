"""JSON, HTML and terminal output, floors, and the command."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from rich.console import Console
from typer.testing import CliRunner

from pipeline.cli import app
from pipeline.evaluation import Evaluation, evaluate, load_gold
from pipeline.evaluation.floors import breaches, floors_of, load_floors, update_floors
from pipeline.evaluation.report import to_html, to_json
from pipeline.evaluation.run import evaluate_set
from pipeline.evaluation.sources import NotProcessedError
from pipeline.evaluation.terminal import print_evaluation
from tests.evaluation.made import rows, write_set


def _evaluation(folder: Path, **columns: Any) -> Evaluation:
    made = rows()
    made["quantities"][0] |= columns
    return Evaluation((evaluate_set(load_gold(write_set(folder / "made")), lambda _: made),))


def _processed(folder: Path, source_sha256: str) -> Path:
    """A processed folder with the made rows, as Parquet files of the columns that are judged."""
    tables = rows() | {"issues": [{"issue_id": "0123", "source_sha256": source_sha256}]}
    for name, part in tables.items():
        path = folder / name / "year=2024" / "0123.parquet"
        path.parent.mkdir(parents=True)
        pq.write_table(pa.Table.from_pylist(part), path)
    return folder


def test_json_holds_figures_intervals_and_findings(tmp_path: Path) -> None:
    evaluation = _evaluation(tmp_path)
    data = json.loads(to_json(evaluation))["sets"]["made"]
    assert data["figures"] == evaluation.sets[0].figures
    assert set(data["intervals"]["agency"]) == {"p", "r", "f1"}
    assert {finding["text"] for finding in data["findings"]} >= {"3年", "2024年"}


def test_html_shows_source_text_as_text(tmp_path: Path) -> None:
    page = to_html(_evaluation(tmp_path, indicator="<script>alert(1)</script>"))
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script" not in page
    assert "http" not in page
    assert "quantity_value_unit_cmp" in page


def test_terminal_output_is_not_wrapped(tmp_path: Path) -> None:
    out = StringIO()
    print_evaluation(_evaluation(tmp_path), Console(file=out, width=400, no_color=True), misses=1, rules=True)
    lines = out.getvalue().splitlines()
    (agency,) = [line.split() for line in lines if line.startswith("agency_duty")]
    assert agency[:2] == ["agency_duty", "0.5000"]
    assert sum(line.startswith("different") for line in lines) == 5
    assert any(line.startswith("made.rule") for line in lines)


def test_floors_are_a_margin_below_and_breached_when_a_figure_falls(tmp_path: Path) -> None:
    evaluation, file = _evaluation(tmp_path), tmp_path / "floors.json"
    update_floors(file, evaluation)
    floors = load_floors(file)
    assert floors["made"]["agency_duty"] == 0.495
    assert floors["made"]["targets_one_to_one"] is True
    assert floors["made"]["rows_without_span"] == 0
    assert breaches(evaluation, floors) == []
    worse = _evaluation(tmp_path, char_start=None, char_end=None)
    fallen = {breach.figure for breach in breaches(worse, floors)}
    assert {"rows_without_span", "quantity_span", "kind_accuracy"} <= fallen


def test_a_figure_that_is_gone_breaches_its_floor(tmp_path: Path) -> None:
    evaluation = _evaluation(tmp_path)
    (breach,) = breaches(evaluation, {"made": {"no_such_figure": 0.1}})
    assert str(breach) == "made: no_such_figure is None, its floor 0.1"


def test_updating_keeps_the_floors_of_other_sets(tmp_path: Path) -> None:
    file = tmp_path / "floors.json"
    file.write_text('{"another": {"agency": 0.9}}', encoding="utf-8")
    evaluation = _evaluation(tmp_path)
    update_floors(file, evaluation)
    assert load_floors(file) == {"another": {"agency": 0.9}, "made": floors_of(evaluation.sets[0])}


def test_a_processed_folder_gives_the_same_figures(tmp_path: Path) -> None:
    gold = load_gold(write_set(tmp_path / "made"))
    folder = _processed(tmp_path / "processed", gold.texts[0].source_sha256)
    assert evaluate([gold], folder).sets[0].figures == _evaluation(tmp_path).sets[0].figures


def test_a_processed_folder_without_the_issue_is_refused(tmp_path: Path) -> None:
    gold = load_gold(write_set(tmp_path / "made"))
    with pytest.raises(NotProcessedError, match="run it first"):
        evaluate([gold], _processed(tmp_path / "processed", "0" * 64))


def test_the_command(tmp_path: Path) -> None:
    folder = write_set(tmp_path / "made")
    processed = _processed(tmp_path / "processed", load_gold(folder).texts[0].source_sha256)
    told = ["evaluate", "--gold", str(folder), "--processed", str(processed)]
    run = CliRunner().invoke(
        app, [*told, "--misses", "2", "--json", str(tmp_path / "e.json"), "--html", str(tmp_path / "e.html")]
    )
    assert run.exit_code == 0, run.output
    assert "quantity_span" in run.output and "[3年]" in run.output
    assert json.loads((tmp_path / "e.json").read_text(encoding="utf-8"))["sets"]["made"]["texts"] == ["M1"]
    assert "<mark>3年</mark>" in (tmp_path / "e.html").read_text(encoding="utf-8")


def test_the_command_updates_and_checks_floors(tmp_path: Path) -> None:
    folder = write_set(tmp_path / "made")
    processed = _processed(tmp_path / "processed", load_gold(folder).texts[0].source_sha256)
    told = ["evaluate", "--gold", str(folder), "--processed", str(processed)]
    assert CliRunner().invoke(app, [*told, "--update-floors"]).exit_code == 0
    floors = tmp_path / "floors.json"
    assert CliRunner().invoke(app, [*told, "--floors", str(floors)]).exit_code == 0
    data = json.loads(floors.read_text(encoding="utf-8"))
    data["made"]["agency_duty"] = 0.75
    floors.write_text(json.dumps(data), encoding="utf-8")
    fallen = CliRunner().invoke(app, [*told, "--floors", str(floors)])
    assert fallen.exit_code == 1
    assert "made: agency_duty is 0.5, its floor 0.75" in fallen.output


def test_the_command_says_what_is_wrong_with_labels(tmp_path: Path) -> None:
    folder = write_set(tmp_path / "made")
    (folder / "M1.gold.jsonl").write_text('{"t": "z"}', encoding="utf-8")
    run = CliRunner().invoke(app, ["evaluate", "--gold", str(folder)])
    assert run.exit_code == 2
    assert "t is q, p or a" in run.output


def test_without_a_processed_folder_the_source_is_processed_in_memory(tmp_path: Path) -> None:
    figures = evaluate([load_gold(write_set(tmp_path / "made"))]).sets[0].figures
    span, documents = figures["quantity_span"], figures["document"]
    assert isinstance(span, dict) and isinstance(documents, dict)
    assert (span["gold"], documents["gold"], documents["f1"]) == (7, 1, 1.0)
    assert figures["rows_whose_span_is_not_their_text"] == 0
