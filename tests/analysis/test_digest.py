"""The page for readers: every promise stands in it, its evidence beside it, and nothing of a gazette runs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

import pipeline
from pipeline.analysis.digest import digest
from pipeline.cli import app
from tests.analysis.made import write_folder
from tests.auditing.folders import made
from tests.site.made import HOSTILE

RUNNER = CliRunner()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_folder(tmp_path_factory.mktemp("digest") / "processed")


def test_every_dated_promise_and_owner_is_on_the_page(folder: Path) -> None:
    page = digest(folder)
    due = pipeline.calendar(folder)
    assert all(f'<span lang="zh-Hans">{what}</span>' in page for what in due["what"])
    assert "县工业和信息化局" in page and "2023-06" in page and "≥ 18 家" in page
    assert f"{(due['kind'] == 'target').sum()} targets" in page
    assert page.count("<details>") == len(due)


def test_lines_link_to_the_audit_site(folder: Path) -> None:
    links = re.findall(r'<a href="(audit/issues/[^"]+)">evidence</a>', digest(folder, site="audit"))
    assert len(links) == len(pipeline.calendar(folder)) and all("%2F" in link for link in links)


def test_a_hostile_gazette_stays_text(tmp_path: Path) -> None:
    page = digest(made(tmp_path / "processed", HOSTILE))
    assert "<script" not in page and "<img" not in page


def test_the_command(folder: Path, tmp_path: Path) -> None:
    done = RUNNER.invoke(app, ["report", str(tmp_path / "out.html"), "--processed", str(folder)])
    assert done.exit_code == 0 and (tmp_path / "out.html").read_text(encoding="utf-8").startswith("<!doctype html>")
    empty = RUNNER.invoke(app, ["report", str(tmp_path / "out.html"), "--processed", str(tmp_path)])
    assert empty.exit_code == 2 and "holds no committed issues" in empty.output
