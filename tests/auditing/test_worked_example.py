"""The worked audit of the manual, run: every command of it, every line that it shows (… stands for any words or lines)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipeline.auditing.knockout import without
from pipeline.cli import app
from tests.auditing.folders import made
from tests.conftest import ROOT

PAGE = (ROOT / "docs" / "auditing.md").read_text(encoding="utf-8")
WORKED = PAGE[PAGE.index("## A worked audit") : PAGE.index("## The committed baseline")]
_FILE = re.compile(r"<!-- file (\S+) -->\n```\w+\n(.*?)```", re.DOTALL)
_BLOCK = re.compile(r"(?:<!-- without (\S+) -->\n)?```console\n(.*?)```", re.DOTALL)


def _commands() -> Iterator[tuple[str | None, list[str], list[str]]]:
    """The rule that is not written yet, the words of a command, and the lines that it shows."""
    for rule_id, block in _BLOCK.findall(WORKED):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, *shown = part.splitlines()
            yield rule_id or None, command.split()[1:], shown


def _run(words: list[str], text: str) -> str:
    if words[0] == "run":  # the same rows without an orchestrator
        made(Path(words[-1]), text, words[1])
        return ""
    return CliRunner().invoke(app, words).output


def _as_pattern(shown: list[str]) -> str:
    """A pattern of the lines: a line of … stands for any lines, … in a line for any words, a line number for any."""
    return "".join(r"(?:.*\n)*?" if line == "…" else _line(line.rstrip()) + r"\s*\n" for line in shown)


def _line(shown: str) -> str:
    words = ".*".join(re.escape(part) for part in shown.split("…"))
    return re.sub(r"(\\\.toml:)\d+", r"\1\\d+", words)


def test_the_worked_audit_is_as_the_manual_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name, text in _FILE.findall(WORKED):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    text = (tmp_path / "notice.txt").read_text(encoding="utf-8")
    (tmp_path / "gold" / "notice.txt").write_text(text, encoding="utf-8")
    ran = 0
    for rule_id, words, shown in _commands():
        if rule_id is None:
            said = _run(words, text)
        else:
            with without(rule_id):
                said = _run(words, text)
        assert re.fullmatch(_as_pattern(shown), said), f"gongbao {' '.join(words)} says\n{said}"
        ran += 1
    assert ran == 8
