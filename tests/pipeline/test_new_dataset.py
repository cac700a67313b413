"""A dataset that is described is known everywhere: no consumer has a list of its own that lacks it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

import pipeline
from extractors import extract as extracting
from extractors.rules.registry import rule_datasets
from pipeline.auditing.baseline import write_baseline
from pipeline.auditing.compare import compare
from pipeline.auditing.explain import Audit, explain_row
from pipeline.auditing.explanation import to_lines
from pipeline.auditing.folders import open_folder
from pipeline.auditing.issues import issue_of_text
from pipeline.auditing.registry import decisions_in, entries
from pipeline.cli import app
from pipeline.evaluation.decisions import merged
from pipeline.runs import report_page
from pipeline.runs.runner import Result
from pipeline.site import build_site
from pipeline.site.packed import unpacked
from pipeline.store.ledger import InputRecord
from pipeline.store.store import Store
from schemas import dictionary
from schemas import fields as field_dictionary
from schemas.datasets import DATASETS, Dataset
from schemas.fields import STRING, Field
from schemas.ids import IdMaker
from schemas.records import Document, Issue
from schemas.rows import Extraction, Place
from schemas.spans import Span
from tests.auditing.folders import NOTICE, made

WORD = "力争"
RULE = "stretch.cue"
PLEDGES = Dataset(
    "pledges",
    "One pledge.",
    ("issue_id", "pledge_id", "document_id", "clause_id", "char_start", "char_end", "text", "pledged", "rule_id"),
    ("issue_id", "pledge_id"),
    ("char_start", "char_end", "text", "rule_id"),
    {
        "pledge_id": Field("pledge_id", STRING, "Id of the pledge."),
        "pledged": Field("pledged", STRING, "What is pledged."),
    },
    spans_text=True,
    letter="z",
    label="Pledge",
    plural="pledges",
    is_mention=True,
    rule_family="stretch",
    shown=("pledged",),
    in_baseline=True,
    is_counted=True,
)


@dataclass(frozen=True, slots=True)
class Pledge:
    """One pledge: the word that makes it and the eight characters behind it."""

    pledge_id: str
    place: Place
    span: Span
    text: str
    pledged: str
    rule_id: str


@dataclass(frozen=True, slots=True)
class WithPledges(Extraction):
    """An extraction with a field more, as an engineer would add it to the record itself."""

    pledges: tuple[Pledge, ...] = ()


def _pledges(issue: Issue) -> tuple[Pledge, ...]:
    text, ids = issue.source.text, IdMaker(issue.issue_id)
    return tuple(
        Pledge(
            ids.over("z", found.start(), found.end()), Place(issue.documents[0].document_id),
            Span(found.start(), found.end()), WORD, text[found.end() : found.end() + 8], RULE,
        )
        for found in re.finditer(WORD, text)
    )  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A processed folder made while the dataset is known, which it stays for the test."""
    real = extracting.extract

    def extract(issue: Issue, documents: Sequence[Document] | None = None) -> WithPledges:
        extraction = real(issue, documents)
        known = {item.name: getattr(extraction, item.name) for item in fields(extraction)}
        return WithPledges(**known, pledges=_pledges(issue))

    monkeypatch.setitem(DATASETS, "pledges", PLEDGES)  # type: ignore[arg-type]
    monkeypatch.setattr("pipeline.process.extract", extract)
    monkeypatch.setattr("pipeline.auditing.audit.extract", extract)
    return made(tmp_path / "out", NOTICE)


def test_the_store_and_the_loader_know_it(folder: Path) -> None:
    (path,) = (folder / "pledges").glob("year=2024/*.parquet")
    store = Store(folder)
    assert store.complete() == {path.stem}
    frame = pipeline.load("pledges", folder)
    assert frame["pledged"].tolist() == ["带动农户7至8千"]
    assert pq.read_schema(path).field("pledged").metadata[b"description"] == b"What is pledged."
    path.unlink()
    assert store.complete() == set()
    assert store.remove(path.stem) and not list(folder.glob("*/*/*.parquet"))


def test_the_comparison_and_the_baseline_know_it(folder: Path, tmp_path: Path) -> None:
    other = made(tmp_path / "other", NOTICE.replace("带动农户", "引导农户"))
    comparison = compare(open_folder(folder), open_folder(other))
    (change,) = [change for change in comparison.changes if change.dataset == "pledges"]
    assert [(one.column, one.before, one.after) for one in change.columns] == [
        ("pledged", "带动农户7至8千", "引导农户7至8千")
    ]
    assert comparison.rows["pledges"] == (1, 1)
    write_baseline(open_folder(folder), tmp_path / "baseline")
    kept = compare(open_folder(tmp_path / "baseline"), open_folder(folder))
    assert kept.same and kept.rows["pledges"] == (1, 1)


def test_explanations_and_the_registry_know_it(folder: Path) -> None:
    audit = Audit.of(issue_of_text("力争新建茶园3万亩。"))
    (row,) = audit.rows["pledges"]
    assert audit.find(row["pledge_id"]) == ("pledges", row)
    assert ("pledges", row) in audit.at(row["char_start"])
    said = "\n".join(to_lines(explain_row(audit, "pledges", row)))
    assert f"fired: {RULE}" in said and "pledged: 新建茶园3万亩。" in said
    counts = decisions_in(open_folder(folder))
    assert counts["pledges", "rule_id", RULE] == 1
    (entry,) = (entry for entry in entries(merged(counts, ())) if entry.rule.id == RULE)
    assert {one.decided for one in entry.decisions if one.dataset == "pledges"} == {1}
    assert "pledges" in rule_datasets()


def test_the_site_knows_it(folder: Path) -> None:
    site = {path: data.decode("utf-8", "replace") for path, data in build_site(open_folder(folder))}
    assert '<li class="pledges"><b>1</b> pledges</li>' in site["index.html"]
    (page,) = [text for path, text in site.items() if path.startswith("issues/") and WORD in text and ".html" in path]
    assert '<input type="checkbox" value="pledge" checked>' in page
    assert re.search(rf'class="m pledge"[^>]*>{WORD}<', page)
    assert ".m.pledge" in site["static/layers.css"]
    schema: Mapping[str, Any] = json.loads(site["data/schema.js"].partition(" = ")[2].strip().removesuffix(";"))
    assert schema["keys"]["pledges"] == "pledge_id"
    assert schema["columns"]["pledges"]["pledged"]["about"] == "What is pledged."
    assert "带动农户7至8千" in str(unpacked(site[f"rules/{RULE}.js"]))


def test_the_dictionary_the_command_and_the_report_know_it(folder: Path) -> None:
    assert "## pledges\n\nOne pledge.\n" in dictionary.page()
    listed = CliRunner().invoke(app, ["schema", "pledges"]).output
    assert "What is pledged." in listed
    record = InputRecord(
        path="/a.txt", source_path="a.txt", size=1, changed_ns=1, sha256="a", status="done", code_version="1",
        rules_version="1", seconds=0.1, issue_id="a", rows={"pledges": 3},
    )  # fmt: skip
    assert "| pledges | 3 | +3 |" in report_page.page(Result([record], made=1), {}, folder)


def test_no_letter_label_or_family_is_given_twice() -> None:
    for attribute in ("letter", "label", "plural", "rule_family"):
        given = [value for one in DATASETS.values() if (value := getattr(one, attribute))]
        assert len(given) == len(set(given)), attribute
    for one in DATASETS.values():
        named = {*one.shown, *one.judged, *one.meets_by, *([one.split_by] if one.split_by else [])}
        assert named <= set(one.columns), one.name
        assert one.describes is None or one.describes in DATASETS
        assert not one.has_marks or (one.label and one.plural and one.letter), one.name
    assert {item.type for item in field_dictionary.FIELDS.values()} <= _types()


def _types() -> set[str]:
    from schemas.arrow import TYPES

    assert {name: str(kind).replace("element: ", "").replace("item: ", "") for name, kind in TYPES.items()} == {
        name: name for name in TYPES
    }
    return set(TYPES)
