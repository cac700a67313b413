"""Raw and processed on an object store: a local S3 server answers; the bytes are those of a run on a disk."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import pytest
from typer.testing import CliRunner

import pipeline
from pipeline import storage
from pipeline.cli import app
from pipeline.readers.discovery import discover
from pipeline.runs import runner
from pipeline.runs.runner import Options
from pipeline.storage import Locked, StorageError, lease
from pipeline.storage.objects import ObjectStorage
from pipeline.store import packing
from pipeline.store.ledger import Ledger
from pipeline.store.store import SWITCH, Store
from schemas.datasets import DATASETS
from tests.conftest import ROOT, command_environment
from tests.operations.made import engine, tree, write_raw

for _needed in (
    "moto",
    "s3fs",
):  # found, but not imported: that takes long, and only the worker with these tests needs it
    if find_spec(_needed) is None:
        pytest.skip(f"needs {_needed}", allow_module_level=True)

KEYS = {"AWS_ACCESS_KEY_ID": "key", "AWS_SECRET_ACCESS_KEY": "secret", "AWS_DEFAULT_REGION": "us-east-1"}


@dataclass(frozen=True)
class Bucket:
    """A bucket's address and what a process needs to reach it."""

    address: str
    environment: dict[str, str]


@pytest.fixture(autouse=True)
def quiet(caplog: pytest.LogCaptureFixture) -> None:
    """The server's log of every request hides what failed."""
    caplog.set_level("ERROR", "werkzeug")


@pytest.fixture(scope="module")
def server() -> Iterator[dict[str, str]]:
    """The environment in which S3 is a server of our own."""
    import s3fs
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    environment = {**KEYS, "AWS_ENDPOINT_URL": f"http://{host}:{port}"}
    with pytest.MonkeyPatch.context() as patch:
        for name, value in environment.items():
            patch.setenv(name, value)
        s3fs.S3FileSystem.clear_instance_cache()  # one that this process keeps speaks to the server before this one
        yield environment
    server.stop()


@pytest.fixture
def bucket(server: dict[str, str], request: pytest.FixtureRequest) -> Bucket:
    import s3fs

    name = "gazettes-" + hashlib.sha256(request.node.name.encode()).hexdigest()[:12]
    s3fs.S3FileSystem(skip_instance_cache=True).mkdir(name)
    return Bucket(f"s3://{name}", server)


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """As *local*, with one issue of each fate (as it was, replaced, gone, new, empty, a copy): a server takes its time."""
    return _ground(tmp_path_factory.mktemp("few"), leave_out=("3.txt", "4.txt", "5.txt"))


@pytest.fixture(scope="module")
def local(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """``before`` and ``after`` as raw folders, and what runs on a disk make of them one after the other."""
    return _ground(tmp_path_factory.mktemp("local"))


def _ground(folder: Path, leave_out: tuple[str, ...] = ()) -> Path:
    write_raw(folder / "before")
    write_raw(folder / "after", changed=True)
    for name in ("before", "after"):
        for file in leave_out:
            (folder / name / file).unlink()
        runner.run([folder / name], folder / f"made-{name}", engine=engine())
    return folder


def _upload(folder: Path, address: str) -> None:
    files = storage.at(address)
    files.remove(files.find(""))
    for path in folder.iterdir():
        files.write(path.name, path.read_bytes())


def _tree(address: str) -> dict[str, str]:
    files = storage.at(address)
    names = [name for name in files.find("") if not name.startswith("_")]
    return {name: hashlib.sha256(files.read(name)).hexdigest() for name in names}


def test_the_bytes_are_those_of_a_disk(few: Path, bucket: Bucket) -> None:
    """New, replaced, gone, copied and empty inputs; nothing to do; one table loaded."""
    raw, out = f"{bucket.address}/raw", f"{bucket.address}/out"
    for name in ("before", "after"):
        _upload(few / name, raw)
        result = runner.run([raw], out, Options(prune=True, yes=True), engine=engine())
        assert _tree(out) == tree(few / f"made-{name}")
        assert [record.source_path for record in result.quarantined] == (["8.txt"] if name == "after" else [])
        assert runner.run([raw], out, Options(prune=True, yes=True), engine=engine()).made == 0
    assert pipeline.load("targets", out).equals(pipeline.load("targets", few / "made-after"))


def test_the_command_line(few: Path, bucket: Bucket, prefect_api: str, tmp_path: Path) -> None:
    """Prefect, worker processes and all; then status, compact and what is not there."""
    raw, out = f"{bucket.address}/raw", f"{bucket.address}/out"
    _upload(few / "after", raw)
    environment = command_environment(prefect_api) | bucket.environment
    command = [sys.executable, "-m", "pipeline", "run", raw, "--out", out, "--workers", "2"]
    completed = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, check=False)
    assert completed.returncode == 3, completed.stderr
    assert _tree(out) == tree(few / "made-after")
    said = CliRunner().invoke(app, ["status", out])
    assert said.exit_code == 0
    counts = dict(line.rsplit(maxsplit=1) for line in said.output.splitlines()[:4])
    assert counts == {"inputs": "5", "quarantined": "1", "up to date": "4", "issues in the data": "3"}
    assert CliRunner().invoke(app, ["compact", out]).output == "wrote 1 part per dataset\n"
    assert pipeline.load("targets", out).equals(pipeline.load("targets", few / "made-after"))
    for arguments in (["run", f"{bucket.address}/none", "--out", out], ["status", f"{bucket.address}/none"]):
        assert CliRunner().invoke(app, arguments).exit_code == 2


def test_an_object_that_changes_is_seen_whatever_its_time(bucket: Bucket) -> None:
    """Same size, same second: the store's tag tells. The whole bucket is the raw folder here."""
    files = storage.at(bucket.address)
    stamps = []
    for text in (b"one", b"two"):
        files.write("2024/a.txt", text)
        (item,) = discover([bucket.address])
        assert item.source_path == "2024/a.txt" and item.listed is not None
        stamps.append(item.listed)
    first, second = stamps
    assert not second.tells_no_change(first.size, first.changed_ns, first.tag)
    assert second.tells_no_change(second.size, None, second.tag)


@pytest.fixture
def memory() -> Iterator[str]:
    """The address of an object store in this process: quick, and its requests go the same way."""
    import fsspec

    yield "memory://gazettes"
    fsspec.filesystem("memory").store.clear()


def test_packing_makes_the_bytes_of_a_disk(local: Path, memory: str, tmp_path: Path) -> None:
    raw, out = f"{memory}/raw", f"{memory}/out"
    _upload(local / "before", raw)
    runner.run([raw], out, engine=engine())
    packing.pack(Store(out))
    _upload(local / "after", raw)
    runner.run([raw], out, Options(prune=True, yes=True), engine=engine())
    runner.run([local / "after"], tmp_path / "out", engine=engine())
    packing.pack(Store(tmp_path / "out"))
    assert _tree(out) == tree(tmp_path / "out")


class Stopped(BaseException):
    """The process is gone."""


STOPS = [(False, stop) for stop in range(2, 50, 7)] + [(True, stop) for stop in range(3, 100, 14)]


@pytest.mark.parametrize(("packed", "stop"), STOPS)
def test_a_run_stopped_at_any_request_is_mended_by_the_next(
    local: Path, memory: str, monkeypatch: pytest.MonkeyPatch, packed: bool, stop: int
) -> None:
    """One made anew, one replaced, stopped before one of the PUTs and DELETEs; no issue is ever committed in part."""
    raw, out = f"{memory}/raw", f"{memory}/out"
    for name in ("1.txt", "2.txt"):
        storage.at(raw).write(name, (local / "before" / name).read_bytes())
    runner.run([raw], out, engine=engine())
    if packed:
        packing.pack(Store(out))
    storage.at(raw).write("2.txt", (local / "after" / "2.txt").read_bytes())
    requests = iter(range(100_000))
    for name in ("write", "_remove", "create", "_rename"):
        original = getattr(ObjectStorage, name)

        def counted(self: ObjectStorage, *arguments: object, original: object = original) -> object:
            if next(requests) >= stop:
                raise Stopped
            return original(self, *arguments)  # type: ignore[operator]

        monkeypatch.setattr(ObjectStorage, name, counted)
    with pytest.raises(Stopped):
        runner.run([raw], out, Options(force=True, prune=True, yes=True), engine=engine())
    monkeypatch.undo()
    store = Store(out)
    store.files.remove([f"_ledger/leases/{name}" for name in store.files.names("_ledger/leases")])  # it ends by itself
    if not store.files.exists(SWITCH):
        assert store.committed() == store.complete()
    runner.run([raw], out, Options(prune=True, yes=True), engine=engine())
    assert len(store.complete()) == 2 and store.committed() == store.complete()
    packing.unpack(store)
    clean = tree(local / "made-before") | tree(local / "made-after")
    found = _tree(out)
    assert found == {name: clean[name] for name in found}
    assert len(found) == 2 * (len(DATASETS) + 1)
    assert not store.files.names("_tmp")


def test_a_second_run_is_refused(bucket: Bucket) -> None:
    files = storage.at(bucket.address)
    with files.lock():
        with pytest.raises(Locked, match=rf"process {os.getpid()} on .* is writing to {bucket.address}; .* lease ends"):
            storage.at(bucket.address).lock().__enter__()
        Ledger(files).begin(["0" * 16])
    with storage.at(bucket.address).lock():
        pass
    assert files.names("_ledger/leases") == []


def test_a_store_that_keeps_no_two_runs_apart_is_refused(memory: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def overwrites(self: ObjectStorage, name: str, data: bytes) -> bool:
        self.write(name, data)
        return True

    monkeypatch.setattr(ObjectStorage, "create", overwrites)
    with pytest.raises(StorageError, match="two runs could not be kept apart"):
        storage.at(memory).lock().__enter__()
    assert storage.at(memory).names("_ledger/leases") == []


def test_the_lease_of_a_killed_run_ends(bucket: Bucket, monkeypatch: pytest.MonkeyPatch) -> None:
    files, later = storage.at(bucket.address), storage.at(bucket.address)
    held = files.lock()
    held.__enter__()
    monkeypatch.setattr(lease, "SECONDS", 0.0)
    with later.lock():
        assert files.names("_ledger/leases") == ["000000002"]
        monkeypatch.setattr(lease, "SECONDS", 120.0)
        with pytest.raises(Locked):
            storage.at(bucket.address).lock().__enter__()


def test_a_run_whose_lease_was_taken_writes_no_more_records(bucket: Bucket, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether it notices at its renewal or by the object that is there already."""
    monkeypatch.setattr(lease, "SECONDS", 0.3)
    slept, other = storage.at(bucket.address), storage.at(bucket.address)
    assert isinstance(slept, ObjectStorage) and isinstance(other, ObjectStorage)
    with slept.lock():
        ledger = Ledger(slept)
        ledger.begin(["0" * 16])
        Ledger(other).begin(["1" * 16])
        with pytest.raises(StorageError, match="another run writes to"):
            ledger.begin(["2" * 16])
        assert slept._lease is not None
        other.write("_ledger/leases/000000009", b"{}")
        end = time.monotonic() + 60
        while not slept._lease._lost and time.monotonic() < end:
            time.sleep(0.02)
        with pytest.raises(StorageError, match=r"took .* over"):
            ledger.begin(["3" * 16])
    assert Ledger(other).begun == {"0" * 16, "1" * 16}


def test_a_ledger_in_pieces_is_rewritten(local: Path, memory: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.storage.objects._MOST_PIECES", 3)
    runner.run([local / "before"], memory, engine=engine())
    files = storage.at(memory)
    assert files.names("_ledger/inputs.jsonl.d") == []
    assert len(files.read("_ledger/inputs.jsonl").splitlines()) == 6
    before = Ledger(memory).inputs
    runner.run([local / "before"], memory, Options(force=True), engine=engine())
    assert set(Ledger(memory).inputs) == set(before)


def test_pieces_left_by_a_kill_change_nothing(memory: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A rewrite that was stopped before it removed the pieces."""
    files = storage.at(memory)
    ledger = Ledger(files)
    ledger.begin(["0" * 16])
    ledger.settle()
    ledger.begin(["1" * 16])
    monkeypatch.setattr(files, "is_scattered", lambda _name: True)
    monkeypatch.setattr(files, "remove", lambda _names: None)
    ledger.compact()
    assert len(files.names("_ledger/inputs.jsonl.d")) == 3
    assert Ledger(memory).begun == {"1" * 16}


def test_records_name_addresses_and_data_files_do_not(local: Path, memory: str) -> None:
    raw, out = f"{memory}/raw", f"{memory}/out"
    _upload(local / "before", raw)
    runner.run([raw], out, engine=engine())
    assert set(Ledger(out).inputs) == {f"{raw}/{number}.txt" for number in range(1, 7)}
    files = storage.at(out)
    assert all(b"memory://" not in files.read(f"{name}/{path}") for name in DATASETS for path in files.find(name))


def test_an_address_that_nothing_speaks_to_is_said_in_one_line(tmp_path: Path) -> None:
    said = CliRunner().invoke(app, ["run", "nowhere://raw", "--out", str(tmp_path)])
    assert said.exit_code == 1
    assert said.output.startswith("gongbao: cannot open nowhere://") and len(said.output.splitlines()) == 1
