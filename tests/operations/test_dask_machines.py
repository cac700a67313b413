"""A Dask cluster over two machines, as far as one machine has them: each worker in a network and mount namespace of its own.

They see neither our loopback, where Prefect's API is, nor our raw folder: inputs and data lie on an S3 server.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from pipeline import storage
from pipeline.runs import runner
from tests.conftest import ROOT, command_environment
from tests.operations.made import engine, text_of, tree

pytestmark = pytest.mark.soak
_NEEDED = ("distributed", "moto", "s3fs")
KEYS = {"AWS_ACCESS_KEY_ID": "key", "AWS_SECRET_ACCESS_KEY": "secret", "AWS_DEFAULT_REGION": "us-east-1"}
HERE = "10.231.1.1"
"""This machine, as the first of the others sees it; the second has a way to it."""
_ISSUES = 16


@contextmanager
def machine(number: int) -> Iterator[str]:
    """A network namespace with a wire to this machine; its name."""
    name, near, far = f"gongbao{number}", f"gb{number}a", f"gb{number}b"
    commands = (
        f"ip netns add {name}",
        f"ip link add {near} type veth peer name {far} netns {name}",
        f"ip addr add 10.231.{number}.1/24 dev {near}",
        f"ip link set {near} up",
        f"ip -n {name} addr add 10.231.{number}.2/24 dev {far}",
        f"ip -n {name} link set {far} up",
        f"ip -n {name} link set lo up",
        f"ip -n {name} route add default via 10.231.{number}.1",
    )
    try:
        for command in commands:
            subprocess.run(command.split(), check=True, capture_output=True)
        yield name
    finally:
        subprocess.run(["ip", "netns", "del", name], check=False, capture_output=True)


@contextmanager
def started(command: list[str], environment: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(command, cwd="/", env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()


def _free_port() -> int:
    with socket.create_server((HERE, 0)) as probe:
        return int(probe.getsockname()[1])


def test_two_machines_that_share_nothing_but_a_store(
    prefect_api: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if any(find_spec(name) is None for name in _NEEDED) or os.geteuid() or not shutil.which("ip"):
        pytest.skip("needs Dask, an S3 server and the right to make network namespaces")
    import s3fs
    from moto.server import ThreadedMotoServer

    raw = tmp_path / "raw"
    raw.mkdir()
    for number in range(1, _ISSUES + 1):
        (raw / f"{number:02}.txt").write_text(text_of(f"第{number}乡", number), encoding="utf-8")
    runner.run([raw], tmp_path / "clean", engine=engine())
    with ExitStack() as stack:
        machines = [stack.enter_context(machine(number)) for number in (1, 2)]
        store = ThreadedMotoServer(ip_address=HERE, port=0, verbose=False)
        store.start()
        stack.callback(store.stop)
        host, port = store.get_host_and_port()
        keys = {**KEYS, "AWS_ENDPOINT_URL": f"http://{host}:{port}"}
        for name, value in keys.items():
            monkeypatch.setenv(name, value)
        s3fs.S3FileSystem(skip_instance_cache=True).mkdir("machines")
        for file in raw.iterdir():
            storage.at("s3://machines/raw").write(file.name, file.read_bytes())
        environment = command_environment(prefect_api) | keys
        scheduler = f"tcp://{HERE}:{_free_port()}"
        beginning = [sys.executable, "-m", "distributed.cli.dask_scheduler", "--host", scheduler, "--no-dashboard"]
        stack.enter_context(started(beginning, environment))
        for name in machines:
            alone = (
                f"mount -t tmpfs none {tmp_path} && exec {sys.executable} -m distributed.cli.dask_worker {scheduler}"
            )
            command = [
                "ip",
                "netns",
                "exec",
                name,
                "sh",
                "-c",
                f"{alone} --nthreads 1 --no-dashboard --death-timeout 120",
            ]
            stack.enter_context(started(command, environment))
        _wait_for_workers(scheduler, len(machines))
        run = [sys.executable, "-m", "pipeline", "run", "s3://machines/raw", "--out", "s3://machines/out", "--quiet"]
        done = subprocess.run(
            [*run, "--runner", "dask", "--scheduler", scheduler],
            cwd=ROOT, env=environment, capture_output=True, text=True, timeout=300, check=False,
        )  # fmt: skip
        assert (done.returncode, done.stderr) == (0, "")
        made = storage.at("s3://machines/out")
        for name in made.find(""):
            if not name.startswith("_"):
                path = tmp_path / "made" / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(made.read(name))
    assert tree(tmp_path / "made") == tree(tmp_path / "clean")


def _wait_for_workers(scheduler: str, count: int) -> None:
    """No client is made before the scheduler listens: what is left of one that met nobody may hang the next."""
    import distributed

    where, end = urlsplit(scheduler), time.monotonic() + 120
    while True:
        try:
            socket.create_connection((where.hostname or "", where.port or 0), timeout=5).close()
            break
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.1)
    with distributed.Client(scheduler, timeout="60s") as client:
        client.wait_for_workers(count, timeout=120)
