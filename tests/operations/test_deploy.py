"""The files in ``deploy/``: what they name exists, and what they run are commands that we have."""

from __future__ import annotations

import configparser
import contextlib
import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipeline.cli import app
from pipeline.cli.commands import named
from pipeline.orchestration import server, serving
from pipeline.orchestration.server import ServerError
from pipeline.runs import report_page
from pipeline.runs.runner import Result
from pipeline.store.ledger import InputRecord
from tests.conftest import ROOT

DEPLOY = ROOT / "deploy"


def _unit(name: str) -> configparser.RawConfigParser:
    unit = configparser.RawConfigParser(strict=False, interpolation=None)
    unit.optionxform = str  # type: ignore[assignment, method-assign]
    unit.read(DEPLOY / name, encoding="utf-8")
    return unit


def test_the_service_runs_commands_that_we_have() -> None:
    lines = [
        line.partition("=")[2]
        for line in (DEPLOY / "gongbao.service").read_text().splitlines()
        if line.startswith("ExecStart=")
    ]
    assert [shlex.split(line)[1] for line in lines] == ["fetch", "run"]
    for line in lines:
        _, command, *arguments = shlex.split(line)
        found = named(command)
        options = {option for parameter in found.params for option in parameter.opts}
        assert {argument for argument in arguments if argument.startswith("--")} <= options
    unit = _unit("gongbao.service")
    assert unit["Service"]["KillMode"] == "control-group" and unit["Service"]["SuccessExitStatus"] == "3"


def test_the_timer_starts_the_service() -> None:
    assert _unit("gongbao.timer")["Timer"]["Persistent"] == "true"
    assert (DEPLOY / "gongbao.timer").stem == (DEPLOY / "gongbao.service").stem


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd here")
@pytest.mark.parametrize("name", ["gongbao.service", "gongbao.timer"])
def test_systemd_takes_them(name: str) -> None:
    checked = subprocess.run(
        ["systemd-analyze", "verify", str(DEPLOY / name)], capture_output=True, text=True, check=False
    )
    said = [line for line in checked.stderr.splitlines() if "is not executable" not in line and name in line]
    assert said == []


def test_the_container_copies_what_there_is_and_runs_as_nobody_special() -> None:
    text = (DEPLOY / "Containerfile").read_text()
    stages = re.split(r"^FROM ", text, flags=re.MULTILINE)[1:]
    assert len(stages) == 2 and "\nUSER gongbao\n" in stages[1] and 'ENTRYPOINT ["gongbao"]' in stages[1]
    copied = [word for line in re.findall(r"^COPY (?!--from)(.+)$", text, re.MULTILINE) for word in line.split()[:-1]]
    assert copied and all((ROOT / name).exists() for name in copied)
    assert all(package in copied for package in ("schemas", "extractors", "pipeline"))


def _builder() -> str | None:
    """A builder of containers that answers."""
    for name in filter(shutil.which, ("podman", "docker")):
        with contextlib.suppress(subprocess.TimeoutExpired):
            if subprocess.run([name, "info"], capture_output=True, timeout=20, check=False).returncode == 0:
                return name
    return None


@pytest.mark.soak
def test_the_container_is_built_and_runs() -> None:
    builder = _builder()
    if builder is None:
        pytest.skip("no builder of containers answers here")
    subprocess.run([builder, "build", "-f", DEPLOY / "Containerfile", "-t", "gongbao-test", ROOT], check=True)
    said = subprocess.run(
        [builder, "run", "--rm", "gongbao-test", "schema"], capture_output=True, text=True, check=True
    )
    assert "targets" in said.stdout


def test_a_port_can_be_chosen_or_is_refused_in_one_line() -> None:
    free = server._free_port(None)
    assert server._free_port(free) == free
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(ServerError, match=f"port {taken.getsockname()[1]} cannot be had"):
            server._free_port(taken.getsockname()[1])


def test_who_may_see_the_pages_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(server.PASSWORD, raising=False)
    assert "no password" in serving._who_may_see_it()
    monkeypatch.setenv(server.PASSWORD, "admin:word")
    said = serving._who_may_see_it()
    assert "ask for the name and password" in said and "word" not in said.replace("password", "")


def test_wrong_addresses_and_ports_are_wrong_usage(monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = CliRunner().invoke(app, ["serve", "--interval", "60", "--address", "file:///x"])
    assert wrong.exit_code == 2 and "no web address" in wrong.output
    monkeypatch.setenv("PREFECT_API_URL", "http://127.0.0.1:1/api")
    assert CliRunner().invoke(app, ["serve", "--interval", "60", "--port", "4200"]).exit_code == 2


HOSTILE = InputRecord(
    path="/raw/a|`x`.txt", source_path="a|`x`.txt", size=1, changed_ns=1, sha256="a", status="done", code_version="c",
    rules_version="r", seconds=0.1, issue_id="0" * 16, title="通知](javascript:alert(1)) <script>x</script> *a*\n# b",
)  # fmt: skip


def test_a_report_links_to_the_address_and_escapes_what_gazettes_say() -> None:
    page = report_page.page(Result([HOSTILE], made=1), {}, Path("out"), address="https://gazettes.example.org/data/")
    assert f"(https://gazettes.example.org/data/texts/{'0' * 16}.txt)" in page and "file://" not in page
    assert "<script>" not in page and "](javascript" not in page and "\n# b" not in page and "\\*a\\*" in page
    assert "`a\\|'x'.txt`" in page
