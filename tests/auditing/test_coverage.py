"""Coverage: what each number of a text is, and what is left over."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from extractors.officials import extract_officials
from extractors.responsibilities import extract_responsibilities
from pipeline.auditing.coverage import UNEXPLAINED, Coverage, coverage
from pipeline.auditing.issues import issue_of_file, issue_of_text
from pipeline.cli import app
from schemas.ids import IdMaker
from schemas.records import Issue
from tests.auditing.folders import NOTICE
from tests.conftest import REAL_ISSUE

RUNNER = CliRunner()
MOST_UNEXPLAINED = 0.01

NUMBERS = [
    ("新植核桃3.2万亩。", [("3.2", "quantity")]),
    ("1.完成投资3亿元。", [("1", "marker or serial number"), ("3", "quantity")]),
    ("到2025年底建成。", [("2025", "date")]),
    ("按照某政发〔2023〕14号执行。", [("2023", "document number"), ("14", "document number")]),
    ("创建4A级景区。", [("4", "named or numbered thing")]),
    ("进一步统一思想。", [("一", "part of a word"), ("一", "part of a word")]),
    ("加强百和镇建设。（牵头单位：百和镇人民政府）", [("百", "part of a name"), ("百", "part of a name")]),
    ("盘活百尔科技用地。", [("百", UNEXPLAINED)]),
]


def of(issue: Issue) -> Coverage:
    ids = IdMaker(issue.issue_id)
    return coverage(issue, extract_officials(issue, ids), extract_responsibilities(issue, ids))


@pytest.mark.parametrize(("text", "expected"), NUMBERS, ids=[text for text, _ in NUMBERS])
def test_what_numbers_are(text: str, expected: list[tuple[str, str]]) -> None:
    issue = issue_of_text(text)
    start = issue.source.text.index(text)
    found = [(one.text, one.category) for one in of(issue).numbers if start <= one.span.start < start + len(text)]
    assert [pair for pair in found if pair[0] not in ("万", "亿")] == expected


def test_every_digit_of_the_real_issue_is_counted_and_few_are_unexplained() -> None:
    issue = issue_of_file(REAL_ISSUE)
    found, text = of(issue), issue.source.text
    counted = {offset for number in found.numbers for offset in range(*number.span)}
    missed = [offset for offset, char in enumerate(text) if "0" <= char <= "9" and offset not in counted]
    assert not missed, [text[offset - 10 : offset + 10] for offset in missed[:5]]
    assert found.share < MOST_UNEXPLAINED, [number.text for number in found.unexplained]


def test_the_command(tmp_path: Path) -> None:
    file = tmp_path / "notice.txt"
    file.write_text(NOTICE.replace("分拣线4条", "百尔科技分拣线4条"), encoding="utf-8")
    result = RUNNER.invoke(app, ["coverage", str(file), "--rules"])
    assert result.exit_code == 0 and "⟦百⟧尔科技" in result.output and "exclusion.year" in result.output
    data = json.loads(RUNNER.invoke(app, ["coverage", str(file), "--json"]).stdout)
    assert data["unexplained"] == len(data["list"]) == 1
    assert sum(data["categories"].values()) == data["numbers"]
    assert RUNNER.invoke(app, ["coverage", str(file), "--at-most", "0.1"]).exit_code == 1
    assert RUNNER.invoke(app, ["coverage", str(file), "--at-most", "50"]).exit_code == 0
    assert RUNNER.invoke(app, ["coverage"]).exit_code == 2
