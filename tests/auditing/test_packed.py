"""A folder that ``gongbao compact`` packed is audited as one of single files is: every command says the same."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipeline.analysis.loading import load
from pipeline.auditing.folders import open_folder
from pipeline.cli import app
from pipeline.store import packing
from pipeline.store.store import Store
from schemas.datasets import DATASETS
from tests.auditing.folders import NOTICE, made

GOLD_TEXT = NOTICE.replace("某川", "东岭")
VALUES = {"3.2万亩": (32000.0, "亩"), "5000亩以上": (5000.0, "亩")}


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """``plain`` and ``packed`` with the same three issues, and labels of one of them in ``gold``."""
    folder = tmp_path_factory.mktemp("packed")
    made(folder / "plain", NOTICE, "a.txt")
    made(folder / "plain", GOLD_TEXT, "one.txt")
    made(folder / "plain", NOTICE.replace("核桃3.2", "油茶4.1"), "c.txt")
    shutil.copytree(folder / "plain", folder / "packed")
    packing.pack(Store(folder / "packed"))
    assert not list((folder / "packed").glob("targets/*/[0-9a-f]*.parquet"))
    (folder / "gold").mkdir()
    (folder / "gold" / "one.txt").write_bytes(GOLD_TEXT.encode())
    labels = [
        {
            "t": "q", "start": (start := GOLD_TEXT.index(text)), "end": start + len(text), "text": text, "low": value,
            "high": value, "unit": unit, "cmp": ">=" if "以上" in text else "=", "kind": "target", "indicator": "面积",
        }
        for text, (value, unit) in VALUES.items()
    ]  # fmt: skip
    (folder / "gold" / "one.jsonl").write_text("".join(json.dumps(label) + "\n" for label in labels), encoding="utf-8")
    return folder


def _said(*arguments: object) -> str:
    result = CliRunner().invoke(app, list(map(str, arguments)), env={"COLUMNS": "200"})
    assert result.exit_code == 0, result.output
    return result.output


COMMANDS = {
    "rules": ["rules", "--processed", "{}"],
    "one rule": ["rules", "show", "responsibility.note_lead", "--processed", "{}"],
    "explain": ["explain", "{row}", "--processed", "{}"],
    "evaluate": ["evaluate", "--gold", "{gold}", "--processed", "{}", "--rules", "--misses", "9"],
    "coverage": ["coverage", "--processed", "{}", "--rules"],
}


@pytest.mark.parametrize("command", COMMANDS)
def test_commands_say_the_same(ground: Path, command: str) -> None:
    row = load("quantities", ground / "plain", editions="all")["quantity_id"].iloc[1]
    said = []
    for name in ("plain", "packed"):
        folder = ground / name
        words = {"{}": folder, "{row}": row, "{gold}": ground / "gold"}
        said.append(_said(*(words.get(word, word) for word in COMMANDS[command])).replace(str(folder), "FOLDER"))
    assert said[0] == said[1]
    assert len(said[0].splitlines()) > 5


def test_nothing_changed_between_the_two(ground: Path, tmp_path: Path) -> None:
    assert "changed" in _said("compare", ground / "plain", ground / "packed")
    for name in ("plain", "packed"):
        _said("compare", tmp_path / f"baseline-{name}", ground / name, "--accept")
    trees = [
        {
            path.relative_to(tmp_path / f"baseline-{name}"): path.read_bytes()
            for path in tmp_path.rglob(f"*{name}/*/*/*")
        }
        for name in ("plain", "packed")
    ]
    assert trees[0] == trees[1] and len(trees[0]) > 3


def test_the_audit_site_is_the_same(ground: Path, tmp_path: Path) -> None:
    for name in ("plain", "packed"):
        _said("audit", "--processed", ground / name, "--out", tmp_path / name)
    pages = [
        {
            path.relative_to(tmp_path / name): path.read_bytes()
            for path in (tmp_path / name).rglob("*")
            if path.is_file()
        }
        for name in ("plain", "packed")
    ]
    assert pages[0] == pages[1] and len(pages[0]) > 10


def test_an_issue_of_many_has_its_own_rows_only(ground: Path) -> None:
    plain, packed = open_folder(ground / "plain"), open_folder(ground / "packed")
    assert list(plain.issues) == list(packed.issues) and len(plain.issues) == 3
    for issue_id in plain.issues:
        for dataset in DATASETS:
            assert plain.rows(dataset, issue_id) == packed.rows(dataset, issue_id)
