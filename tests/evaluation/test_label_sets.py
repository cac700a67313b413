"""Label sets: every flaw with its file and line, merging, agreement of two readings, and other tools and back."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from pipeline.cli import app
from pipeline.evaluation import load_gold
from pipeline.evaluation.agreement import agreement
from pipeline.evaluation.run import evaluate_set
from tests.evaluation.made import LABELS, TEXT, label, rows, span, write_set

RUNNER = CliRunner()
Change = dict[str, Any]


def _lines(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / "M1.gold.jsonl").read_text("utf-8").splitlines()]


def _rewritten(folder: Path, change: Callable[[list[dict[str, Any]]], list[dict[str, Any]]]) -> Path:
    made = change(_lines(folder))
    text = "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in made)
    (folder / "M1.gold.jsonl").write_text(text, encoding="utf-8")
    return folder


FLAWS: list[tuple[Change, str]] = [
    ({"kind": "wish"}, "kind is one of target, standard, fact, not 'wish'"),
    ({"kind": None}, "kind is one of target, standard, fact, not empty"),
    ({"cmp": "=="}, "cmp is one of >=, >, <=, <, ~, =, not '=='"),
    ({"deadline": "2023年"}, "deadline is YYYY, YYYY-MM, YYYY-MM-DD or null, not '2023年'"),
    ({"deadline": "2023-13"}, "deadline is YYYY"),
    ({"time_period": "2024/"}, "time_period is a partial date, two with / between, or null"),
    ({"transformation": "rate"}, "transformation is one of level, growth"),
    ({"low": "21万"}, "low is a number, not '21万'"),
    ({"low": 9e9}, "low 9000000000.0 is greater than high"),
    ({"indicator": " "}, "indicator is a text that says something"),
    ({"stretch": "no"}, "stretch is true or false"),
]


@pytest.mark.parametrize(("change", "said"), FLAWS)
def test_a_flaw_is_told_with_file_and_line(tmp_path: Path, change: Change, said: str) -> None:
    folder = _rewritten(write_set(tmp_path / "made"), lambda lines: [lines[0] | change, *lines[1:]])
    run = RUNNER.invoke(app, ["gold", "check", str(folder)])
    assert run.exit_code == 1 and f"M1.gold.jsonl, line 1: {said}" in run.output


def test_all_flaws_are_told_and_two_labels_on_a_span(tmp_path: Path) -> None:
    folder = _rewritten(
        write_set(tmp_path / "made"), lambda lines: [one | {"cmp": "=="} if one["t"] == "q" else one for one in lines]
    )
    run = RUNNER.invoke(app, ["gold", "check", str(folder)])
    assert run.output.count("cmp is one of") == sum(one["t"] == "q" for one in LABELS)
    again = _rewritten(write_set(tmp_path / "again"), lambda lines: [*lines, lines[0]])
    run = RUNNER.invoke(app, ["gold", "check", str(again)])
    assert f"M1.gold.jsonl, line {len(LABELS) + 1}: line 1 labels the same span" in run.output
    assert RUNNER.invoke(app, ["gold", "check", str(write_set(tmp_path / "sound"))]).exit_code == 0


def test_labels_are_added_replaced_and_refused(tmp_path: Path) -> None:
    there = _rewritten(write_set(tmp_path / "there"), lambda lines: lines[1:])
    comes = write_set(tmp_path / "comes")
    archive = tmp_path / "comes.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        for path in comes.iterdir():
            packed.write(path, path.name)
    run = RUNNER.invoke(app, ["gold", "add", str(archive), "--to", str(there)])
    assert run.exit_code == 0, run.output
    assert f"1 new, 0 replaced, {len(LABELS) - 1} known already" in run.output
    assert sorted(map(str, _lines(there))) == sorted(map(str, _lines(comes)))
    _rewritten(comes, lambda lines: [lines[0] | {"kind": "fact"}, *lines[1:]])
    refused = RUNNER.invoke(app, ["gold", "add", str(comes), "--to", str(there)])
    assert (
        refused.exit_code == 1 and "line 1" in refused.output and "kind 'target' there, 'fact' here" in refused.output
    )
    assert "fact" not in {
        one["kind"] for one in _lines(there) if one["start"] == LABELS[0]["start"] and one["t"] == "q"
    }
    assert RUNNER.invoke(app, ["gold", "add", str(comes), "--to", str(there), "--replace"]).exit_code == 0
    assert next(one for one in _lines(there) if one["start"] == LABELS[0]["start"])["kind"] == "fact"


def test_a_new_text_begins_or_joins_a_set(tmp_path: Path) -> None:
    for _ in range(2):
        run = RUNNER.invoke(app, ["gold", "add", str(write_set(tmp_path / "comes")), "--to", str(tmp_path / "new")])
        assert run.exit_code == 0, run.output
    assert len(load_gold(tmp_path / "new").texts[0].labels) == len(LABELS)


def test_labels_of_other_datasets_judge_their_own_stretches(tmp_path: Path) -> None:
    cited = label("x", "柳政发〔2024〕9号", citation_kind="own", doc_number="柳政发〔2024〕9号")
    folder = _rewritten(write_set(tmp_path / "made"), lambda lines: [*lines, cited])
    start, end = span("柳政发〔2024〕9号")
    whole = [[0, len(TEXT)]]
    (folder / "slices.json").write_text(json.dumps({"M1": {"*": whole, "citations": [[start, end]]}}), encoding="utf-8")
    citation = {"char_start": start, "char_end": end, "text": TEXT[start:end], "rule_id": "citation.number"}
    made = rows() | {"citations": [
        citation | {"citation_id": "1", "citation_kind": "reference", "doc_number": "柳政发〔2024〕 9号"},
        citation | {"citation_id": "2", "char_start": end + 30, "char_end": end + 35, "citation_kind": "own"},
    ]}  # fmt: skip
    part = evaluate_set(load_gold(folder), lambda _: made)
    (found,) = [one for one in part.findings if one.dataset == "citations"]
    assert (found.category, dict(found.expected), dict(found.found)) == (
        "different", {"citation_kind": "own"}, {"citation_kind": "reference"},
    )  # fmt: skip
    (decision,) = [one for one in part.decisions if one.dataset == "citations"]
    assert (decision.column, decision.decided, decision.right, decision.wrong) == ("rule_id", 1, 0, 1)


def test_second_edition_columns_are_judged_where_they_are_stated(tmp_path: Path) -> None:
    stated = {
        "metric": "小麦面积",
        "alternatives": ["小麦播种面积"],
        "subject": None,
        "transformation": "level",
        "time_period": "2024",
    }
    folder = _rewritten(write_set(tmp_path / "made"), lambda lines: [lines[0] | stated, *lines[1:]])
    made = rows()
    made["quantities"][0] |= {
        "metric": "小麦播种面积",
        "subject": None,
        "transformation": "growth",
        "time_period": None,
    }
    part = evaluate_set(load_gold(folder), lambda _: made)
    (found,) = [one for one in part.findings if "transformation" in one.expected]
    assert dict(found.expected) == {"comparator": ">=", "transformation": "level", "time_period": "2024"}


def test_agreement_of_two_readings(tmp_path: Path) -> None:
    first = load_gold(write_set(tmp_path / "first"))
    other = _rewritten(write_set(tmp_path / "other"), lambda lines: [lines[0] | {"kind": "fact"}, *lines[2:]])
    found = {(one.dataset, one.column): one for one in agreement(first, load_gold(other))}
    count = sum(one["t"] == "q" for one in LABELS)
    assert (found["quantities", "span"].alike, found["quantities", "span"].both) == (count - 1, count)
    kind = found["quantities", "kind"]
    assert (kind.alike, kind.both) == (count - 2, count - 1) and kind.kappa is not None and 0 < kind.kappa < 1
    run = RUNNER.invoke(app, ["gold", "agree", str(tmp_path / "first"), str(other)])
    assert run.exit_code == 0 and re.search(r"quantities +kind +5 +6", run.output)


ASTRAL = "𠮷安县秋播小麦21万亩以上，😀油菜5万亩。\r\n"


def _astral(folder: Path) -> Path:
    folder.mkdir()
    made = []
    for text, low in (("21万亩", 210000), ("5万亩", 50000)):
        start = ASTRAL.index(text)
        made.append({"t": "q", "start": start, "end": start + len(text), "text": text, "low": low, "high": low, "unit": "亩",
                     "cmp": "=", "kind": "target", "indicator": "面积", "deadline": None, "stretch": False})  # fmt: skip
    (folder / "A.gold.jsonl").write_text("".join(json.dumps(one) + "\n" for one in made), encoding="utf-8")
    (folder / "A.txt").write_bytes(ASTRAL.encode())
    return folder


@pytest.mark.parametrize("tool", ["label-studio", "doccano", "spacy"])
def test_labels_go_out_and_come_back_with_their_offsets(tmp_path: Path, tool: str) -> None:
    for name, folder in (("made", write_set(tmp_path / "made")), ("astral", _astral(tmp_path / "astral"))):
        file, back = tmp_path / f"{name}.{tool}", tmp_path / f"{name}-back"
        out = RUNNER.invoke(app, ["gold", "export", str(folder), "--format", tool, "--out", str(file)])
        assert out.exit_code == 0, out.output
        told = ["gold", "import", str(file), "--format", tool, "--out", str(back), "--like", str(folder)]
        came = RUNNER.invoke(app, told)
        assert came.exit_code == 0, came.output
        assert set(load_gold(back).texts[0].labels) == set(load_gold(folder).texts[0].labels)
        assert load_gold(back).texts[0].text == load_gold(folder).texts[0].text


def test_offsets_in_units_of_a_script_are_turned_back(tmp_path: Path) -> None:
    folder, file = _astral(tmp_path / "astral"), tmp_path / "a.json"
    RUNNER.invoke(app, ["gold", "export", str(folder), "--format", "label-studio", "--out", str(file)])
    tasks = json.loads(file.read_text("utf-8"))
    for result in tasks[0]["annotations"][0]["result"]:
        value = result["value"]
        for end in ("start", "end"):
            value[end] = len(ASTRAL[: value[end]].encode("utf-16-le")) // 2
    file.write_text(json.dumps(tasks), encoding="utf-8")
    told = [
        "gold",
        "import",
        str(file),
        "--format",
        "label-studio",
        "--out",
        str(tmp_path / "back"),
        "--like",
        str(folder),
    ]
    assert RUNNER.invoke(app, told).exit_code == 0
    assert load_gold(tmp_path / "back").texts[0].labels == load_gold(folder).texts[0].labels
    tasks[0]["data"]["text"] = ASTRAL.replace("\r\n", "\n")
    file.write_text(json.dumps(tasks), encoding="utf-8")
    run = RUNNER.invoke(app, told)
    assert run.exit_code == 1 and "differs from that of A at character" in run.output
