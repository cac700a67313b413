"""Schedules: runs that start by themselves, one at a time, and end in a report; what stops them stops cleanly."""

from __future__ import annotations

import datetime as dt
import inspect
import json
import os
import re
import signal
import sqlite3
import subprocess
import sys
import threading
import time
import urllib.request
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.testing import CliRunner

from pipeline.cli import app
from pipeline.fetching.fetch import Fetched
from pipeline.orchestration import server
from pipeline.orchestration.cache_folder import cache_folder
from pipeline.runs import report_page
from pipeline.runs.runner import Result
from pipeline.store.ledger import InputRecord, lock
from pipeline.store.store import Store
from tests.conftest import ROOT
from tests.operations import misbehaving
from tests.operations.made import text_of
from tests.operations.misbehaving import Handler, Site

NAME = "/gb/2024/01.txt"
LONGEST = 300.0


class Listing:
    """A listing whose server answers when it is told to."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.released = threading.Event()
        site.list(NAME)
        self._page = site.pages["/index.html"]
        site.pages["/index.html"] = self._patient
        site.pages[NAME] = misbehaving.plain(text_of("青河县", 1).encode())

    def _patient(self, handler: Handler) -> None:
        self.released.wait(LONGEST)
        self._page(handler)

    def asked(self) -> int:
        return self.site.count("/index.html")


class Served:
    """The command ``gongbao serve`` with a process group of its own, as from a terminal, and the API that it names."""

    def __init__(self, folder: Path, **environment: str) -> None:
        env = {**os.environ, "PYTHONPATH": str(ROOT), "PREFECT_RUNNER_POLL_FREQUENCY": "1", **environment}
        if "PREFECT_API_URL" not in environment:
            env.pop("PREFECT_API_URL", None)
        self._said = folder / f"said-{time.monotonic_ns()}"
        options = ["--interval", "8", "--workers", "1", "--name", "qinghe"]
        with self._said.open("wb") as said:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "pipeline", "serve", *options],
                cwd=folder, env=env, stdout=said, stderr=subprocess.STDOUT, start_new_session=True,
            )  # fmt: skip

    def said(self) -> str:
        return self._said.read_text(encoding="utf-8")

    def until(self, what: Callable[[], Any]) -> Any:
        """What comes of *what* once it is true."""
        end = time.monotonic() + LONGEST
        while time.monotonic() < end and self.process.poll() is None:
            found = what()
            if found:
                return found
            time.sleep(0.1)
        raise AssertionError(f"in vain; the command said:\n{self.said()}")

    def api(self) -> str:
        found = self.until(lambda: re.search(r"^serving qinghe at (\S+)", self.said(), re.MULTILINE))
        return f"{found.group(1)}/api"

    def ask(self, what: str, query: dict[str, Any]) -> list[dict[str, Any]]:
        """All that the API has of it, page by page."""
        found: list[dict[str, Any]] = []
        while True:
            data = json.dumps(query | {"offset": len(found)}).encode()
            request = urllib.request.Request(f"{self.api()}/{what}/filter", data, {"Content-Type": "application/json"})
            with urllib.request.urlopen(request, timeout=60) as response:
                page: list[dict[str, Any]] = json.load(response)
            if not page:
                return found
            found.extend(page)

    def states(self) -> Counter[str]:
        """How many runs of the deployment are in which state; those to come are left out."""
        begun = {"state": {"type": {"not_any_": ["SCHEDULED"]}}}
        query = {"sort": "ID_DESC", "deployments": {"name": {"any_": ["qinghe"]}}, "flow_runs": begun}
        runs = self.ask("flow_runs", query)
        return Counter(run["state_type"] for run in runs)


@pytest.fixture
def listing() -> Iterator[Listing]:
    with misbehaving.serve() as site:
        held = Listing(site)
        yield held
        held.released.set()


def test_runs_start_by_schedule_one_at_a_time_and_report(listing: Listing, tmp_path: Path) -> None:
    """With a server of the command's own: killed in the middle of a run, started again, run, stopped.

    There are more runs to come than a page of its API holds.
    """
    (tmp_path / "sources.toml").write_text(
        f'[[source]]\ngazette = "qinghe"\nindex = "{listing.site.url}/index.html"\nlinks = "/gb/"\ntimeout = {LONGEST}\n'
        "delay = 0\nretries = 0\n",
        encoding="utf-8",
    )
    cache = str(tmp_path / "cache")
    _copy_database(Path(cache))
    environment = {"GONGBAO_CACHE_DIR": cache, "PREFECT_SERVER_API_DEFAULT_LIMIT": "10"}
    killed = Served(tmp_path, **environment)
    killed.until(lambda: listing.asked() == 1)
    killed.process.kill()
    killed.process.wait()
    _ends(killed.process.pid)

    served = Served(tmp_path, **environment)
    served.until(lambda: listing.asked() == 2)
    states = served.states()
    assert (states["RUNNING"], states["CRASHED"]) == (1, 1), f"the run that was left behind holds no place: {states}"
    served.until(lambda: served.states()["CANCELLED"])
    assert (listing.asked(), served.states()["RUNNING"]) == (2, 1), "a run that became due meanwhile was not started"
    second = CliRunner().invoke(app, ["serve", "--interval", "3", "--name", "qinghe"], env={"GONGBAO_CACHE_DIR": cache})
    assert (second.exit_code, "has the name qinghe" in second.output) == (1, True)

    listing.released.set()
    served.until(lambda: served.states()["COMPLETED"])
    assert len(Store(tmp_path / "processed").committed()) == 1
    report = served.ask("artifacts", {"sort": "CREATED_DESC", "artifacts": {"key": {"any_": ["gazette-run"]}}})[-1]
    assert "fetched: new | 1" in report["data"] and "quantities, new" in report["data"]

    os.killpg(served.process.pid, signal.SIGINT)
    assert served.process.wait(LONGEST) == 0
    _ends(served.process.pid)
    assert not re.search("Traceback|Warning|Error", served.said()), served.said()


def _copy_database(cache: Path) -> None:
    """Take over Prefect's database where other tests made one: making it takes long."""
    made = server.home(cache_folder())
    if not (made / "ready").exists():
        return
    target = server.home(cache)
    with closing(sqlite3.connect(made / "prefect.db")) as old, closing(sqlite3.connect(target / "prefect.db")) as new:
        old.backup(new)
        for table in ("flow_run", "deployment", "artifact"):
            new.execute(f"DELETE FROM {table}")
        new.commit()
    (target / "ready").touch()


def _ends(group: int) -> None:
    """Nothing of the process group stays."""
    end = time.monotonic() + LONGEST
    while time.monotonic() < end:
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return
        time.sleep(0.1)
    raise AssertionError("processes stayed behind")


WRONG = {
    "--cron or --interval": ([], 2),
    "cron": (["--cron", "at six"], 2),
    "there is no time zone Xiangyin": (["--cron", "0 6 * * *", "--timezone", "Xiangyin"], 2),
    "cannot read nowhere.toml": (["--interval", "60", "--sources", "nowhere.toml"], 2),
    "names no [[source]]": (["--interval", "60", "--sources", "empty.toml"], 2),
    "no Prefect server answers at PREFECT_API_URL=http://127.0.0.1:9/api": (["--interval", "60"], 1),
}


@pytest.mark.parametrize("reason", WRONG)
def test_what_cannot_be_served_is_said_in_one_line(
    reason: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "empty.toml").write_text("", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PREFECT_API_URL", "http://127.0.0.1:9/api")
    if reason == "cron":
        monkeypatch.setattr(server, "answers", lambda *_, **__: True)
    options, code = WRONG[reason]
    result = CliRunner().invoke(app, ["serve", *options])
    assert (result.exit_code, reason in result.output, "Traceback" in result.output) == (code, True, False)


def test_the_flow_says_in_one_line_what_stopped_it(tmp_path: Path) -> None:
    from pipeline.orchestration import schedules

    (tmp_path / "raw").mkdir()
    with lock(tmp_path / "out"):
        state = schedules.keep_up.fn(None, str(tmp_path / "raw"), str(tmp_path / "out"))
    assert state.is_failed() and "another run" in state.message


def test_the_deployment_file_fits_the_flow() -> None:
    """What ``prefect deploy`` reads names a flow that is there, its parameters, and the same limit as ``serve``."""
    from prefect.flows import load_flow_from_entrypoint

    from pipeline.orchestration import schedules

    (entry,) = yaml.safe_load((ROOT / "prefect.yaml").read_text(encoding="utf-8"))["deployments"]
    flow = load_flow_from_entrypoint(entry["entrypoint"])
    assert flow.name == schedules.FLOW_NAME
    inspect.signature(flow.fn).bind(**entry["parameters"])
    served = schedules.deployment("x", entry["parameters"], "0 6 * * *", None, "Asia/Shanghai")
    assert entry["schedules"] == [{"cron": "0 6 * * *", "timezone": served.schedules[0].schedule.timezone}]
    assert served.concurrency_options is not None
    assert entry["concurrency_limit"] == {
        "limit": served.concurrency_limit,
        "collision_strategy": served.concurrency_options.collision_strategy.value,
    }
    assert entry["description"] == schedules.DESCRIPTION


def _record(path: str, **values: Any) -> InputRecord:
    plain: dict[str, Any] = {
        "path": f"/raw/{path}", "source_path": path, "size": 1, "changed_ns": 1, "sha256": path, "status": "done",
        "code_version": "1", "rules_version": "1", "seconds": 0.1, "issue_id": path, "title": "公报[一]",
    }  # fmt: skip
    return InputRecord(**{**plain, **values})


def test_the_report_says_what_changed(tmp_path: Path) -> None:
    before = _record("a.txt", rows={"quantities": 3}, problems={"serial_gap": 2})
    after = _record("a.txt", rows={"quantities": 5}, problems={"serial_gap": 1}, code_version="2")
    new = _record("b.txt", rows={"quantities": 2})
    same = _record("c.txt", rows={"quantities": 7})
    bad = _record("d.txt", status="quarantined", issue_id=None, reason="the file | is\nempty")
    result = Result([after, new, same, bad], made=2, removed=["old"], missing=["gone.txt"])
    fetched = [Fetched("g", "http://a/1", "new", "p"), Fetched("g", "http://a/2", "failed", reason="status 404")]
    page = report_page.page(result, {before.path: before, same.path: same}, tmp_path, fetched)
    for line in (
        "| fetched: failed | 1 |", "- http://a/2: status 404", "| new or remade | 2 |",
        f"- [公报［一］]({(tmp_path / 'texts' / 'a.txt.txt').as_uri()}) (`a.txt`): 5 quantities, +2",
        "(`b.txt`): 2 quantities, new", "- `d.txt`: the file \\| is empty (new)", "| quantities | 14 | +4 |",
        "| serial_gap | 1 | -1 |", "- `old`", "- `gone.txt`",
    ):  # fmt: skip
        assert line in page
    assert "c.txt" not in page
    assert report_page.attention(result, {}, fetched) == "1 newly quarantined, 1 not fetched"
    assert report_page.attention(result, {bad.path: bad}) == ""


def test_the_automation_of_the_operations_page_is_one(tmp_path: Path) -> None:
    """Prefect's own models read it, and it names our flow and its states."""
    from prefect.events.schemas.automations import AutomationCore

    from pipeline.orchestration import schedules

    page = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    (block,) = re.findall(r"^```yaml\n(name: .*?)^```", page, re.MULTILINE | re.DOTALL)
    automation = AutomationCore.model_validate(yaml.safe_load(block.replace("BLOCK-ID", str(uuid.uuid4()))))
    trigger: Any = automation.trigger
    assert trigger.expect == {f"prefect.flow-run.{name}" for name in ("Failed", "Crashed", schedules.ATTENTION)}
    assert trigger.match_related.root["prefect.resource.name"] == schedules.FLOW_NAME


def test_an_interval_is_a_schedule_too() -> None:
    from pipeline.orchestration import schedules

    served = schedules.deployment("x", {}, None, dt.timedelta(seconds=90))
    assert served.schedules[0].schedule.interval == dt.timedelta(seconds=90)
