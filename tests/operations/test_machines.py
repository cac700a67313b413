"""What machines read: JSON, metrics, drift; folders that move; caches that are shared; what an upgrade costs."""

from __future__ import annotations

import json
import shutil
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families
from typer.testing import CliRunner

from pipeline.cli import app
from pipeline.fetching.fetched import Fetched
from pipeline.readers import reader_cache
from pipeline.readers.discovery import Input
from pipeline.runs import drift, report_page, runner, summary
from pipeline.runs.outcomes import Made, Outcome
from pipeline.runs.plan import Seen, Task
from pipeline.runs.runner import Options, Result
from pipeline.store.ledger import Ledger
from tests.operations.made import engine, text_of, tree, write_raw


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Result]:
    """Six issues and an empty file, made."""
    ground = tmp_path_factory.mktemp("machines")
    write_raw(ground / "raw")
    (ground / "raw" / "empty.txt").write_text("")
    return ground, runner.run([ground / "raw"], ground / "out", engine=engine())


def _said(*arguments: object) -> object:
    result = CliRunner().invoke(app, list(map(str, arguments)))
    assert result.exit_code in (0, 3), result.output
    return json.loads(result.stdout)


def test_a_run_is_told_as_json_and_as_metrics(done: tuple[Path, Result], tmp_path: Path) -> None:
    ground, result = done
    told = summary.as_json(result)
    assert (told["made"], told["issues"], told["inputs"]) == (6, 6, 7)
    assert told["quarantined"] == [{"source_path": "empty.txt", "cause": "empty", "reason": "the file is empty"}]
    assert told["rows"]["issues"] == 6 and 0 < told["mean_confidence"] <= 1
    summary.write_metrics(result, tmp_path / "gongbao.prom")
    families = text_string_to_metric_families((tmp_path / "gongbao.prom").read_text())
    values = {(s.name, *s.labels.values()): s.value for family in families for s in family.samples}
    assert values["gongbao_issues_made",] == 6 and values["gongbao_quarantined",] == 1
    assert values["gongbao_rows", "targets"] == told["rows"]["targets"] > 0
    assert values["gongbao_last_success_timestamp_seconds",] > 1.7e9
    assert [path.name for path in tmp_path.iterdir()] == ["gongbao.prom"]
    again = _said("run", ground / "raw", "--out", ground / "out", "--json", "--metrics", tmp_path / "again.prom")
    assert again["made"] == 0 and again["exit"] == 3 and (tmp_path / "again.prom").exists()  # type: ignore[index]


def test_the_other_commands_speak_json(done: tuple[Path, Result], tmp_path: Path) -> None:
    ground, _ = done
    status = _said("status", ground / "out", "--json")
    assert status["states"] == {"up to date": 6, "quarantined": 1} and status["last_run"]["made"] >= 0  # type: ignore[index]
    verify = _said("verify", ground / "out", "--json")
    assert verify["damaged"] == [] and verify["files"] == 90  # type: ignore[index]
    foretold = _said("run", ground / "raw", "--out", tmp_path / "new", "--dry-run", "--json")
    assert len(foretold["made"]) == 7 and not (tmp_path / "new").exists()  # type: ignore[index]
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "1.txt").write_text(text_of("青河县", 1), encoding="utf-8")
    (tmp_path / "sources.toml").write_text('[[source]]\ngazette = "a"\nfolder = "in"\n', encoding="utf-8")
    fetched = _said("fetch", "--sources", tmp_path / "sources.toml", "--raw", tmp_path / "raw", "--json")
    assert fetched["counts"] == {"new": 1} and fetched["items"][0]["path"].startswith("a/")  # type: ignore[index]


def test_status_tells_what_an_upgrade_costs(done: tuple[Path, Result], monkeypatch: pytest.MonkeyPatch) -> None:
    ground, _ = done
    now = runner.versions()
    monkeypatch.setattr(sys.modules["pipeline.cli.status"], "versions", lambda: replace(now, code="other"))
    said = CliRunner().invoke(app, ["status", str(ground / "out")]).output
    assert "code changed" in said and "to make 6 issues anew takes about" in said


def test_moving_the_sources_remakes_nothing(tmp_path: Path) -> None:
    raw, out = tmp_path / "raw", tmp_path / "out"
    write_raw(raw)
    shutil.copy(raw / "1.txt", raw / "copy.txt")
    runner.run([raw], out, engine=engine())
    before = tree(out)
    (tmp_path / "disk").mkdir()
    new = shutil.move(raw, tmp_path / "disk" / "raw_b")
    foretold = runner.preview([new], out)
    assert (foretold.made, foretold.replaced, foretold.unchanged) == ((), (), 7)
    result = runner.run([new], out, engine=engine())
    assert (result.made, result.missing, result.removed, len(result.records)) == (0, [], [], 7)
    assert tree(out) == before
    assert {Path(path).parent for path in Ledger(out).inputs} == {Path(new)}
    assert runner.run([new], out, Options(prune=True), engine=engine()).removed == []
    assert tree(out) == before
    assert "source gone" not in CliRunner().invoke(app, ["status", str(out)]).output


def test_what_was_copied_and_what_changed_on_the_way_is_told_apart(tmp_path: Path) -> None:
    raw, out = tmp_path / "raw", tmp_path / "out"
    write_raw(raw)
    runner.run([raw], out, engine=engine())
    shutil.copytree(raw, tmp_path / "copy")
    result = runner.run([tmp_path / "copy"], out, engine=engine())
    assert (result.made, len(Ledger(out).inputs)) == (0, 12), "the first stands: these are twins"
    shutil.rmtree(tmp_path / "copy")
    new = shutil.move(raw, tmp_path / "raw_b")
    (Path(new) / "1.txt").write_text(text_of("青河县", 1, "建设示范片8个。"), encoding="utf-8")
    assert runner.run([new], out, engine=engine()).made == 1


def test_a_cache_is_shared_by_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    page = (
        "<html><body><h1>关于粮食生产的通知</h1>"
        + "<p>到2025年，粮食播种面积达到10万亩以上。</p>" * 20
        + "</body></html>"
    )
    (raw / "1.html").write_text(page, encoding="utf-8")
    cache = str(tmp_path / "shared")
    runner.run([raw], tmp_path / "one", Options(cache=cache), engine=engine())
    monkeypatch.setattr(reader_cache.readers, "read", lambda *_: pytest.fail("read again"))
    assert runner.run([raw], tmp_path / "two", Options(cache=cache, prune=True), engine=engine()).made == 1
    assert tree(tmp_path / "one") == tree(tmp_path / "two")


def _tally(characters: int, **rows: int) -> drift.Tally:
    tally = drift.Tally()
    made = Made("i", "s", 2024, None, rows, {}, {}, {}, characters, {f"{name}.rule": n for name, n in rows.items()})
    tally.add(Outcome(Task(Seen(Input("/a", "/"), None, None), "new"), 1.0, made))
    return tally


@pytest.mark.parametrize(
    ("runs", "now", "told"),
    [
        ([400, 500, 450], 480, []),
        ([400, 500, 450], 150, ["targets", "targets.rule"]),
        ([400, 500, 450], 1200, ["targets", "targets.rule"]),
        ([400, 500, 450], 0, ["targets", "targets.rule"]),
        ([0, 0, 0], 300, ["targets", "targets.rule"]),
        ([4, 5, 4], 1, []),
        ([400, 500], 150, []),
    ],
)
def test_what_falls_out_of_its_band_is_told(runs: list[int], now: int, told: list[str]) -> None:
    before = [_tally(100_000, targets=count).told() for count in runs]
    assert [line.partition(":")[0] for line in _tally(100_000, targets=now).drift([{}, *before])] == told
    assert _tally(1_000, targets=now).drift(before) == [], "too little to tell"


def test_drift_and_doubtful_listings_need_attention() -> None:
    result = Result(drift=["targets: …"], damaged=["targets/x"], set_aside=2)
    said = report_page.attention(result, {}, [Fetched("a", "http://a/", "doubtful", reason="names 0 entries")])
    assert said == "1 listings doubtful, 1 files damaged, 1 out of their band, 2 lines of the ledger set aside"
    page = report_page.page(result, {}, Path("out"), [Fetched("a", "http://a/", "cut", reason="most_pages = 2")])
    assert "Out of the band" in page and r"most\_pages = 2" in page
