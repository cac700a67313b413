"""The files in ``deploy/``: what they name exists, and what they run are commands that we have."""

from __future__ import annotations

import configparser
import contextlib
import os
import re
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipeline.cli import app
from pipeline.cli.commands import named
from pipeline.orchestration import server, serving
from pipeline.orchestration.server import ServerError
from pipeline.runs import report_page, runner
from pipeline.runs.runner import Result
from pipeline.store.ledger import InputRecord
from tests.conftest import ROOT
from tests.operations.made import engine, tree, write_raw

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


BASE = "docker.io/library/python:3.11-slim"
IMAGE = "gongbao-test"
BUILD_OPTIONS = "GONGBAO_BUILD_OPTIONS"
"""What the build needs here beside the file: folders with an index of packages and certificates (``-v …``), say."""


def _answers(*command: str, seconds: float = 20) -> bool:
    try:
        return subprocess.run(command, capture_output=True, timeout=seconds, check=False).returncode == 0
    except subprocess.TimeoutExpired:
        return False


def _builder() -> str | None:
    """A builder of containers that answers and has, or can get, the image that ours begins with."""
    for name in filter(shutil.which, ("podman", "docker", "buildah")):
        inspect = ("inspect", "--type", "image") if name == "buildah" else ("image", "inspect")
        if _answers(name, "info") and (_answers(name, *inspect, BASE) or _answers(name, "pull", BASE, seconds=300)):
            return name
    return None


@contextlib.contextmanager
def _running(builder: str, folder: Path) -> Iterator[list[str]]:
    """The beginning of a command inside the image, which sees *folder* as ``/srv``."""
    if builder != "buildah":
        yield [builder, "run", "--rm", "-v", f"{folder}:/srv", IMAGE]
        return
    name = subprocess.run(["buildah", "from", "--pull-never", IMAGE], capture_output=True, text=True, check=True)
    try:
        yield ["buildah", "run", "-v", f"{folder}:/srv", name.stdout.strip(), "--", "gongbao"]
    finally:
        subprocess.run(["buildah", "rm", name.stdout.strip()], capture_output=True, check=False)


@pytest.mark.soak
def test_the_container_is_built_and_runs(tmp_path: Path) -> None:
    """The user of the image makes the bytes that we make."""
    builder = _builder()
    if builder is None:
        pytest.skip("no builder of containers answers here, or it cannot get the image that ours begins with")
    options = shlex.split(os.environ.get(BUILD_OPTIONS, ""))
    subprocess.run([builder, "build", *options, "-f", DEPLOY / "Containerfile", "-t", IMAGE, ROOT], check=True)
    write_raw(tmp_path / "raw")
    tmp_path.chmod(0o777)
    with _running(builder, tmp_path) as command:
        said = subprocess.run([*command, "schema"], capture_output=True, text=True, check=True)
        assert "targets" in said.stdout
        run = [*command, "run", "/srv/raw", "--out", "/srv/out", "--cache", "/srv/cache", "--quiet", "--workers", "2"]
        done = subprocess.run(run, capture_output=True, text=True, check=False)
        assert (done.returncode, done.stderr) == (0, "")
    assert os.geteuid() not in {path.stat().st_uid for path in (tmp_path / "out").iterdir()}
    runner.run([tmp_path / "raw"], tmp_path / "here", engine=engine())
    assert tree(tmp_path / "out") == tree(tmp_path / "here")


def test_a_port_can_be_chosen_or_is_refused_in_one_line() -> None:
    with server._listening(None) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(ServerError, match=f"port {port} cannot be had: .*in use"):
            server._listening(port)
    with server._listening(port) as again:
        assert again.getsockname() == ("127.0.0.1", port)


def test_nobody_takes_the_port_before_the_server_listens(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is handed a socket that listens: two runs that begin at once never have the same port."""
    with server._listening(None) as free:
        port = free.getsockname()[1]

    def begin(*_arguments: object, pass_fds: list[int], **_options: object) -> None:
        assert len(pass_fds) == 1
        server._listening(port)

    monkeypatch.setattr(subprocess, "Popen", begin)
    with pytest.raises(ServerError, match=f"port {port} cannot be had"), server.ephemeral(tmp_path, port=port):
        pass
    server._listening(port).close()  # and where no server began, nobody keeps it


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
