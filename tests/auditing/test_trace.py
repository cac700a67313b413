"""Traces: every decision names its rule, its words and its rivals, and the rule named is the one that decided."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from typer.testing import CliRunner

from extractors.rules.registry import registry
from pipeline.auditing.audit import Audit
from pipeline.auditing.choice import ChoiceError, rows_where
from pipeline.auditing.explain import beside, explain_row
from pipeline.auditing.explanation import to_lines
from pipeline.auditing.folders import open_folder
from pipeline.auditing.knockout import without
from pipeline.auditing.overlaps import with_overlaps
from pipeline.cli import app
from pipeline.evaluation.decisions import Decisions
from pipeline.readers import read_bytes
from pipeline.segmentation import segment
from schemas.datasets import DATASETS
from schemas.records import Issue
from tests.auditing.folders import NOTICE, made

RUNNER = CliRunner()
TEXT = (
    "关于印发《青柯县2024年工作要点》的通知\n\n各乡镇人民政府：\n\n"
    "到2025年，粮食播种面积稳定在30万亩以上，力争油菜面积突破5万亩，外贸进出口总额增长8%左右。"
    "2022年，完成税收12亿元，增长6.5%。对新建加工厂的企业每家补助20万元。"
    "武广高铁开通运营，累计发送旅客64万人次。株洲入境游客增长12%，洞庭湖总磷浓度下降11%。"
    "东风镇常住人口3.2万人，三次产业比重为5:40:55。15个工作日内办结，每季度通报1次。\n"
)
BY_DEFAULT = ("default", "none")
"""How the ids of rules end that are named where no other speaks."""
BY_CODE = ("construction.", "unit.printed", "unit.in_words", "subject.carried", "transformation.time.limit")
"""Rules that name a way in which code decides: no pattern of theirs can be taken away. To become fewer."""
FIXED = frozenset({"heading", "header", "label", "line", "compact", "cell"})
"""Subjects of rules that are read off the structure: which of them applies is no matter of words in the sentence."""


@cache
def _issue() -> Issue:
    return segment(read_bytes(TEXT.encode(), "text.txt"))


@cache
def _audit() -> Audit:
    return Audit.of(_issue())


def _decisions() -> list[tuple[str, str, str]]:
    """Row, rule column and rule of every decision that words of the text made."""
    rules = registry()
    return sorted(
        {
            (row["quantity_id"], column, row[column])
            for row in _audit().rows["quantities"]
            for column in DATASETS["quantities"].decisions
            if row[column] in rules and rules[row[column]].subject not in FIXED
            if row[column].rpartition(".")[2] not in BY_DEFAULT and not row[column].startswith(BY_CODE)
        }
    )


def test_a_rule_that_is_taken_away_decides_no_longer() -> None:
    """The truth of explanations: without the named rule the row is gone, or its column is decided otherwise."""
    decisions = _decisions()
    assert len({rule for _, _, rule in decisions}) >= 12
    for rule_id in sorted({rule for _, _, rule in decisions}):
        with without(rule_id):
            rows = {row["quantity_id"]: row for row in Audit.of(_issue()).rows["quantities"]}
        for row_id, column, rule in decisions:
            if rule == rule_id and row_id in rows:
                assert rows[row_id][column] != rule_id, f"{column} of {row_id} names {rule_id} without it"
    assert Audit.of(_issue()).rows == _audit().rows, "and everything is as it was"


def test_evidence_for_a_kind_is_told_with_its_weights() -> None:
    row = next(row for row in _audit().rows["quantities"] if row["text"] == "12亿元")
    (kind,) = [one for one in _audit().traces("quantities", row) if one.column == "kind_rule"]
    assert (kind.value, kind.rule.id) == (row["kind"], row["kind_rule"]) and kind.weight is not None
    assert all(claim.weight is not None and claim.fate for claim in kind.lost)
    assert kind.conflicts == any(claim.value != row["kind"] for claim in kind.lost) and kind.overlaps


@pytest.mark.parametrize(
    ("text", "rule_id"),
    [("5万亩", "stretch.cue"), ("8%", "stretch.new_subject"), ("30万亩", "stretch.none")],
)
def test_stretch_names_what_decided(text: str, rule_id: str) -> None:
    row = next(row for row in _audit().rows["quantities"] if row["text"] == text)
    assert row["stretch_rule"] == rule_id


def test_the_explanation_says_where_rules_are_written_and_what_lost() -> None:
    row = next(row for row in _audit().rows["quantities"] if row["text"] == "12亿元")
    said = "\n".join(to_lines(explain_row(_audit(), "quantities", row)))
    assert "decisions\n" in said and "extractors/rules/kinds.toml:" in said and "weight" in said


def test_what_a_row_would_be_without_a_rule() -> None:
    row = next(row for row in _audit().rows["quantities"] if row["text"] == "5万亩")
    with without("stretch.cue"):
        other = Audit.of(_issue())
        then = explain_row(other, *(other.find(row["quantity_id"]) or ("", {})))
    (found,) = beside([explain_row(_audit(), "quantities", row)], [then], "stretch.cue")
    assert "stretch: yes would be no" in "\n".join(to_lines(found))


def test_overlaps_and_conflicts_are_counted(tmp_path: Path) -> None:
    folder = open_folder(made(tmp_path / "processed", NOTICE))
    asked = [
        Decisions("quantities", "rule_id", "quantity.range", 1),
        Decisions("quantities", "kind_rule", "kind.none", 0),
    ]
    range_, none = with_overlaps(asked, folder, ())
    assert (range_.overlaps, range_.conflicts) == (1, 1)
    assert (none.overlaps, none.conflicts) == (0, 0)


def test_rows_are_chosen_by_a_condition(tmp_path: Path) -> None:
    path = made(tmp_path / "processed", NOTICE)
    folder = open_folder(path)
    chosen = rows_where(folder, "quantities", "rule_id = 'quantity.range' and low > 1000", 5)
    assert len(chosen) == 1
    with pytest.raises(ChoiceError, match="no such column"):
        rows_where(folder, "quantities", "colour = 'red'", 5)
    with pytest.raises(ChoiceError, match="rows with ids"):
        rows_where(folder, "segments", "1", 5)
    run = RUNNER.invoke(app, ["explain", "--processed", str(path), "--where", "unit = '亩'"])
    assert run.exit_code == 0 and run.output.count("\nsentence\n") == 2
    many = RUNNER.invoke(app, ["explain", *chosen, f"{chosen[0].partition('/')[0]}/q/9-9", "--processed", str(path)])
    assert many.exit_code == 2 and "have a row" in many.output
