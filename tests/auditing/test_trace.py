"""Traces: every decision names its rule, its words and its rivals, and the rule named is the one that decided."""

from __future__ import annotations

import json
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
from pipeline.auditing.trace import ColumnTrace
from pipeline.cli import app
from pipeline.evaluation import load_gold
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
    "东风镇常住人口3.2万人，三次产业比重为5:40:55。15个工作日内办结，每季度通报1次。"
    "建成标准化果园15.6万、3.8万平方公里，游客接待突破420万。全年新增就业岗位2.9万余个，新增技能人才超过30%、20%。"
    "青柯公司投资3亿元，下降5%。支持企业研发，对其研发费用给予补助，最高50万元；奖补资金不超过30万元。"
    "其中税收占80%，比上年提高2个百分点。（责任单位：县农业农村局）\n"
)
BY_DEFAULT = ("default", "none")
"""How the ids of rules end that are named where no other speaks."""
BY_CODE = frozenset({"construction.topic", "construction.cell", "unit.printed", "unit.in_words"})
"""Rules that name what is left where nothing else is (a topic, the names of a cell) or what the number itself prints."""
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
            if row[column].rpartition(".")[2] not in BY_DEFAULT and row[column] not in BY_CODE
        }
    )


def test_a_rule_that_is_taken_away_decides_no_longer() -> None:
    """The truth of explanations: without the named rule the row is gone, or its column is decided otherwise."""
    decisions = _decisions()
    assert len({rule for _, _, rule in decisions}) >= 40
    ways = {"construction.direct", "construction.distributed", "comparator.inside", "comparator.shared", "unit.shared"}
    assert ways <= {rule for _, _, rule in decisions}, "ways in which code decides can be taken away as well"
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
    range_, none, *excluded = with_overlaps(asked, folder, ())
    assert excluded and all(one.decided and not one.judged for one in excluded), "no label says"
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


def _traces(text: str, body: str = TEXT) -> dict[str, ColumnTrace]:
    audit = _audit() if body == TEXT else Audit.of(segment(read_bytes(body.encode(), "text.txt")))
    row = next(row for row in audit.rows["quantities"] if row["text"] == text)
    return {one.column: one for one in audit.traces("quantities", row)}


@pytest.mark.parametrize(
    ("text", "column", "words"),
    [
        ("30万亩", "comparator_rule", "以上"),
        ("8%", "comparator_rule", "左右"),
        ("30万亩", "unit_rule", "亩"),
        ("30万亩", "deadline_rule", "2025年"),
        ("12亿元", "time_period_rule", "2022年"),
        ("6.5%", "transformation_rule", "增长"),
        ("5万亩", "stretch_rule", "力争"),
        ("20万元", "indicator_rule", "补助⟨20万元⟩"),
        ("3.2万人", "subject_rule", "东风镇"),
    ],
)
def test_every_column_names_the_words_that_decided(text: str, column: str, words: str) -> None:
    assert _traces(text)[column].words.strip("，。；").endswith(words)


def test_a_rule_without_words_says_so() -> None:
    """Every decision has its words, or says that none stand there."""
    for row in _audit().rows["quantities"]:
        for one in _audit().traces("quantities", row):
            assert one.words or one.source, f"{one.column} of {row['text']} by {one.rule.id}"


def test_rivals_are_rules_that_are_asked_for_the_same() -> None:
    """What only helps another rule (cleaning a name, telling what a number reaches) is no rival."""
    helpers = ("frame.clean", "frame.merit", "transformation.reached", "comparator.multiple_narrows", "subject.clean")
    lost = {
        claim.rule_id
        for row in _audit().rows["quantities"]
        for one in _audit().traces("quantities", row)
        if one.column != "kind_rule"
        for claim in one.lost
    }
    assert lost and not any(rule.startswith(helpers) for rule in lost)


def test_the_first_rival_of_a_frame_decides_without_it() -> None:
    body = "关于印发《青柯县扶持办法》的通知\n\n对新建加工厂的企业，奖补资金不超过30万元。\n"
    asked = _traces("30万元", body)["indicator_rule"]
    assert asked.lost
    with without(asked.rule.id):
        then = _traces("30万元", body)["indicator_rule"]
    assert then.rule.id == asked.lost[0].rule_id


def test_a_cue_whose_stretch_ended_is_told_beside_what_ended_it() -> None:
    stretch = _traces("8%")["stretch_rule"]
    assert "力争" in stretch.source and [(one.rule_id, one.words) for one in stretch.lost] == [("stretch.cue", "力争")]
    assert stretch.conflicts


def test_the_lead_in_of_a_deadline_is_told() -> None:
    body = "青柯县粮食规划\n\n到2027年，主要目标是：\n\n（一）粮食播种面积达到30万亩。\n"
    assert _traces("30万亩", body)["deadline_rule"].words == "2027年，主要目标是："


def test_documents_and_clauses_name_their_words() -> None:
    audit = Audit.of(
        segment(read_bytes("青柯县2024年工作总结\n\n一、2024年工作回顾\n\n完成税收12亿元。\n".encode(), "text.txt"))
    )
    (document,) = audit.rows["documents"]
    (genre,) = audit.traces("documents", document)
    assert genre.words and genre.words in document["title"] and genre.source == "the title"
    parts = [one for row in audit.rows["clauses"] for one in audit.traces("clauses", row)]
    assert parts and all(one.words and one.source for one in parts)


def test_an_exclusion_is_judged_by_the_labels_that_it_hides(tmp_path: Path) -> None:
    """A number that an exclusion holds is right where no label stands, wrong where one does."""
    text = "青柯县2024年工作要点\n\n到2025年，连续三年获评优秀，建设果园30万亩。\n"
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    at = text.index("2025年")
    label = {"t": "q", "start": at, "end": at + 5, "text": "2025年", "low": 2025, "high": 2025, "unit": "年", "cmp": "=",
             "kind": "target", "indicator": "果园", "deadline": None, "stretch": False}  # fmt: skip
    (tmp_path / "a.jsonl").write_text(json.dumps(label, ensure_ascii=False) + "\n", encoding="utf-8")
    (year,) = [one for one in with_overlaps([], None, [load_gold(tmp_path)]) if one.rule_id == "exclusion.year"]
    assert (year.dataset, year.decided, year.right, year.wrong) == ("exclusions", 2, 1, 1)
    assert year.wrong_rows == (f"{tmp_path / 'a.txt'}:{at}",)
    run = RUNNER.invoke(app, ["rules", "show", "exclusion.year", "--gold", str(tmp_path)])
    assert run.exit_code == 0 and f"a.txt:{at}" in run.output
    table = RUNNER.invoke(app, ["rules", "--gold", str(tmp_path), "--never"])
    assert (
        "exclusion.year" not in table.output and "agency.tail" not in table.output and "quantity.range" in table.output
    )
