"""What Prefect's server, reduced to what a run calls and ended with the run, knows of it afterwards."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

import pytest

from pipeline.orchestration import database, server
from tests.conftest import ROOT, Gongbao, command_environment

TEXT = "沛县人民政府公报\n2024年第1期\n沛县人民政府\n关于粮食生产的通知\n一、2024年，播种面积稳定在{}万亩以上。\n"


def _recorded(cache: Path) -> tuple[list[str], list[str]]:
    """The states of the last flow run, and of its task runs."""
    with closing(sqlite3.connect(server.home(cache) / database.DATABASE)) as connection:
        identity, state = connection.execute(
            "SELECT id, state_name FROM flow_run ORDER BY created DESC LIMIT 1"
        ).fetchone()
        tasks = connection.execute("SELECT state_name FROM task_run WHERE flow_run_id = ?", (identity,))
        return [state], sorted(name for (name,) in tasks)


@pytest.mark.parametrize(("workers", "fewest"), [(1, 1 + 4 + 1), (2, 1 + 2)], ids=range(2))
def test_every_state_is_recorded_before_the_server_ends(
    workers: int, fewest: int, gongbao: Gongbao, tmp_path: Path
) -> None:
    """A task run to discover, one for each batch; alone in a process, the first issue's has three of its own.

    How many batches there are depends on the pace of the first issue.
    """
    for number in range(3):
        (tmp_path / "raw").mkdir(exist_ok=True)
        (tmp_path / "raw" / f"{number}.txt").write_text(TEXT.format(number), encoding="utf-8")
    completed = gongbao(
        "run", tmp_path / "raw", "--out", tmp_path / "out", "--workers", workers, GONGBAO_CACHE_DIR=str(tmp_path)
    )
    assert completed.returncode == 0, completed.stderr
    flows, tasks = _recorded(tmp_path)
    assert flows == ["Completed"]
    assert set(tasks) == {"Completed"} and len(tasks) >= fewest


def test_the_reduced_server_has_the_routes_that_are_used_and_builds_late() -> None:
    """A next Prefect that names its routes or groups otherwise, loads libraries elsewhere, or builds all at once, shows here."""
    code = """
import sys
from pipeline.orchestration import reduced
reduced.reduce_server()
from prefect.server.api.server import API_ROUTERS, create_app
create_app()
groups = {router.prefix: router.routes for router in API_ROUTERS}
for prefix, used in reduced.USED.items():
    made = {f"{method} {route.path.removeprefix(prefix)}" for route in groups[prefix] for method in getattr(route, "methods", ())}
    assert made == set(used), (prefix, made)
unused = {"beartype", "cryptography.fernet", "redis"}.intersection(sys.modules)
assert all(sys.modules[name].__spec__ is None for name in unused), unused
from prefect.server.schemas.core import Deployment
assert not Deployment.__pydantic_complete__
"""
    _succeeds(code, server._SERVER_SETTINGS)


def _succeeds(code: str, settings: Mapping[str, str] | None = None) -> None:
    said = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code],
        cwd=ROOT,
        env={**command_environment(), **(settings or {})},
        capture_output=True,
        text=True,
        check=False,
    )
    assert said.returncode == 0, said.stderr


def test_a_command_loads_of_prefect_what_it_calls_and_the_rest_when_it_is_asked_for() -> None:
    code = """
from pipeline.orchestration import reduced
reduced.load_client()
from pipeline.orchestration import flow
import logging
import prefect.blocks.core
import prefect.blocks.webhook as sending
from prefect.logging import configuration
assert "Webhook" not in vars(sending)
assert configuration.PROCESS_LOGGING_CONFIG == {}
assert not logging.getLogger("prefect.flow_runs").isEnabledFor(logging.ERROR)
assert logging.getLogger("prefect._internal.concurrency").isEnabledFor(logging.ERROR)
from prefect.blocks.webhook import Webhook
assert issubclass(Webhook, prefect.blocks.core.Block) and sending.Webhook is Webhook
"""
    _succeeds(code)
