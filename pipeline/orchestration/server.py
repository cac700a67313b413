"""The orchestrator's ephemeral server, as a child process that starts while we warm up and ends with us.

Prefect can start such a server itself, but only after it has imported all of the server into our own
process, and it leaves the server running when we are killed. Here the child imports the server while
this process loads the language side, and ends when the pipe to its standard input closes, which it
does however this process ends.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from ctypes import CDLL
from importlib.metadata import version
from pathlib import Path
from typing import IO, Final, TextIO

from pipeline.orchestration import database
from pipeline.orchestration.copied import Copied
from pipeline.orchestration.imports import collected_later, import_path
from pipeline.orchestration.reduced import read_settings, reduce_server
from pipeline.orchestration.termination import Terminated, start_tracker

_SETTINGS: Final = {
    "DO_NOT_TRACK": "1",
    "PREFECT_CLI_COLORS": "false",
    "PREFECT_LOGGING_LEVEL": "CRITICAL",
    "PREFECT_LOGGING_SERVER_LEVEL": "CRITICAL",
    "PREFECT_LOGGING_EXTRA_LOGGERS": "",
    "PREFECT_RESULTS_PERSIST_BY_DEFAULT": "false",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
}
_SERVER_SETTINGS: Final = {
    "PREFECT_API_BLOCKS_REGISTER_ON_START": "false",
    "PREFECT_MEMOIZE_BLOCK_AUTO_REGISTRATION": "false",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_SERVER_DOCKET_NAME": "gongbao",
    "PREFECT_SERVER_EVENTS_STREAM_OUT_ENABLED": "false",
    "PREFECT_SERVER_LOGS_STREAM_OUT_ENABLED": "false",
    "PREFECT_SERVER_SERVICES_CANCELLATION_CLEANUP_ENABLED": "false",
    "PREFECT_SERVER_SERVICES_EVENT_PERSISTER_ENABLED": "false",
    "PREFECT_SERVER_SERVICES_FOREMAN_ENABLED": "false",
    "PREFECT_SERVER_SERVICES_LATE_RUNS_ENABLED": "false",
    "PREFECT_SERVER_SERVICES_PAUSE_EXPIRATIONS_ENABLED": "false",
    "PREFECT_SERVER_SERVICES_SCHEDULER_ENABLED": "false",
    "PREFECT_SERVER_SERVICES_TRIGGERS_ENABLED": "false",
    "PREFECT_SERVER_UI_ENABLED": "false",
    "PREFECT__SERVER_EPHEMERAL": "1",
    "PY_KEY_VALUE_DISABLE_BEARTYPE": "1",
}
"""A server for the length of a run: no services but what records its states, no types checked in libraries while they run."""
_MIGRATED: Final = {"PREFECT_API_DATABASE_MIGRATE_ON_START": "false"}
_SCHEDULING: Final = {"PREFECT_SERVER_ANALYTICS_ENABLED": "false"}
"""A server that starts runs on a schedule has all of Prefect's services."""
PASSWORD: Final = "PREFECT_SERVER_API_AUTH_STRING"
"""Environment variable with the name and password (``admin:…``) that a server of our own asks for."""
_FIRST, _WHOLE = "first", "whole"
"""Of a server: it makes the database; it has every route that Prefect has."""
PROCESS: Final = "gongbao-server"
"""What lists of processes call a server that is a copy of the command's process."""
_HEAPS: Final = "MALLOC_ARENA_MAX"
"""Environment variable of the processes that we start: threads that seldom compute side by side need no heaps of their own."""
_MOST_HEAPS: Final = -8
"""The same as a parameter of ``mallopt`` (glibc's ``M_ARENA_MAX``)."""
_START_SECONDS: Final = 120.0
_STOP_SECONDS: Final = 5.0
_WATCH_SECONDS: Final = 0.5


class ServerError(Exception):
    """The orchestrator's server does not answer."""


def prepare_environment(cache: Path) -> None:
    """Set what Prefect reads from the environment when imported: our home, no telemetry, no logs, no persistence; one heap a process."""
    os.environ["PREFECT_HOME"] = str(home(cache))
    os.environ["PREFECT_PROFILES_PATH"] = str(home(cache) / "profiles.toml")
    os.environ.update(_SETTINGS)
    os.environ.setdefault(_HEAPS, "1")
    if PASSWORD in os.environ:  # a server of our own asks us, too
        os.environ.setdefault("PREFECT_API_AUTH_STRING", os.environ[PASSWORD])


def keep_one_heap() -> None:
    """Let the threads of this process, and of its copies, share one heap, as those that we start do; where the C library can."""
    with suppress(AttributeError, OSError):
        CDLL(None).mallopt(_MOST_HEAPS, 1)


def home(cache: Path) -> Path:
    """Prefect's home: below our own cache folder, one for each version as the database's layout changes with it."""
    folder = cache / f"prefect-{version('prefect')}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return folder
    except OSError:
        folder = Path(tempfile.gettempdir()) / f"gongbao-prefect-{os.getuid()}"
        folder.mkdir(exist_ok=True)
        return folder


class Server:
    """A server that is starting; :meth:`url` waits until it answers."""

    def __init__(
        self, process: subprocess.Popen[bytes] | Copied, port: int, said: IO[bytes], made: Callable[[], None]
    ) -> None:
        self._process = process
        self._said = said
        self._url = f"http://127.0.0.1:{port}/api"
        self._made = made

    def url(self) -> str:
        """Address of the API, once it answers; raises :class:`ServerError` when it does not."""
        end = time.monotonic() + _START_SECONDS
        while time.monotonic() < end:
            if self._process.poll() is not None:
                raise ServerError(
                    f"the embedded Prefect server ended with code {self._process.returncode}{self._why()}"
                )
            if answers(self._url):
                self._made()
                return self._url
            time.sleep(0.05)
        raise ServerError(f"the embedded Prefect server did not answer within {_START_SECONDS:.0f} s{self._why()}")

    def _why(self) -> str:
        """The last that it said, if it said anything."""
        self._said.seek(0)
        lines = self._said.read().decode("utf-8", "replace").split("\n")
        return next((f": {line.strip()}" for line in reversed(lines) if line.strip()), "")


def answers(url: str, timeout: float = 2.0) -> bool:
    """Whether a Prefect API answers at *url*."""
    opener = (
        urllib.request.build_opener(urllib.request.ProxyHandler({}))
        if "//127.0.0.1" in url
        else urllib.request.build_opener()
    )
    try:
        with opener.open(f"{url.rstrip('/')}/health", timeout=timeout) as response:
            return bool(response.status == 200)
    except (urllib.error.URLError, OSError, ValueError):
        return False


@contextmanager
def ephemeral(cache: Path, scheduling: bool = False, port: int | None = None, copied: bool = False) -> Iterator[Server]:
    """A server of our own for the length of the block, one that starts runs on a schedule where *scheduling* is set.

    It listens on this machine alone, at *port* or at any that is free. Where it is *copied* from this process, which has loaded
    Prefect and may be copied (:mod:`pipeline.orchestration.copied`), it begins with what is loaded.

    Of two first runs at once, the second waits until the first has made the database, and no longer; it says so.
    """
    ready = home(cache) / "ready"
    with (home(cache) / "first.lock").open("a+", encoding="utf-8") as lock:
        if not ready.exists():
            _wait_for_the_first(lock)
        settings = _SCHEDULING if scheduling else _SERVER_SETTINGS
        if database.is_migrated(home(cache), made=ready.exists()):
            ready.touch()
            settings = settings | _MIGRATED
        first = not ready.exists()

        def made() -> None:
            ready.touch()
            fcntl.flock(lock, fcntl.LOCK_UN)

        if not first:
            fcntl.flock(lock, fcntl.LOCK_UN)
        kind = [_FIRST] * first + [_WHOLE] * scheduling
        with tempfile.TemporaryFile() as said:
            with _listening(port) as own:
                port = own.getsockname()[1]
                process = _copy(own, first, settings, said) if copied else _start(own, kind, settings, said)
            try:
                yield Server(process, port, said, made)
            finally:
                _stop(process)


def _start(
    own: socket.socket, kind: Sequence[str], settings: Mapping[str, str], said: IO[bytes]
) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "pipeline.orchestration.server", str(own.fileno()), *kind],
        pass_fds=[own.fileno()],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=said,
        process_group=0,  # a Ctrl-C is for us; the server ends after us
        env={**os.environ, **settings, "PYTHONPATH": import_path()},
    )


def _copy(own: socket.socket, first: bool, settings: Mapping[str, str], said: IO[bytes]) -> Copied:
    def serve(listening: int) -> None:
        read_settings()  # Prefect has read those of this process
        _serve(listening, first, whole=False)

    return Copied(PROCESS, serve, own, said, settings)


def _wait_for_the_first(lock: TextIO) -> None:
    """Hold the right to make the database; whoever waits says for whom."""
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        lock.seek(0)
        process = lock.read().strip() or "unknown"
        sys.stderr.write(f"waiting for process {process}, which makes Prefect's database for the first time\n")
        fcntl.flock(lock, fcntl.LOCK_EX)
    lock.truncate(0)
    lock.write(f"{os.getpid()}\n")
    lock.flush()


@contextmanager
def only_one(name: str, cache: Path) -> Iterator[None]:
    """Hold the right to serve the deployment *name* from our own database; raises :class:`ServerError`."""
    with (home(cache) / f"serve-{hashlib.sha256(name.encode()).hexdigest()[:16]}.lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise ServerError(f"another gongbao serve has the name {name}; choose another --name") from error
        yield


def stop_only_this_process() -> None:
    """Make a Ctrl-C a signal to this process alone: a :class:`KeyboardInterrupt` until handled otherwise.

    A terminal sends it to all our processes at once; here this one ends the others in order, which inherit that
    they do not receive the signal. A SIGTERM that comes from elsewhere is a :class:`Terminated`. Outside the main thread,
    which alone may handle signals, nothing changes.
    """
    if threading.current_thread() is not threading.main_thread():
        return
    start_tracker()
    asked = threading.Event()

    def stop(_signal: int, _frame: object) -> None:
        raise KeyboardInterrupt if asked.is_set() else Terminated

    signal.signal(signal.SIGTERM, stop)
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})

    def forward() -> None:
        while True:
            signal.sigwait({signal.SIGINT})
            asked.set()
            os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=forward, daemon=True).start()


def end_with_parent(process: int) -> None:
    """End this process when *process*, which started it, has ended, however that came."""

    def watch() -> None:
        while os.getppid() == process:
            time.sleep(_WATCH_SECONDS)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def _stop(process: subprocess.Popen[bytes] | Copied) -> None:
    if process.stdin:
        process.stdin.close()
    process.terminate()
    try:
        process.wait(_STOP_SECONDS)
    except (subprocess.TimeoutExpired, TimeoutError):
        process.kill()
        process.wait()


def _listening(wanted: int | None) -> socket.socket:
    """A socket at the port *wanted*, or at one that is free. It listens before the server has it, so that nobody takes the port."""
    try:
        return socket.create_server(("127.0.0.1", wanted or 0))
    except OSError as error:
        raise ServerError(f"port {wanted} cannot be had: {os.strerror(error.errno or 0)}") from error


def _serve(listening: int, first: bool, whole: bool) -> None:
    """Serve at the socket whose file descriptor is *listening*, until standard input closes.

    Migrations make the database in 34,000 calls, each handed to a thread and back; on one core that takes half the
    time that it takes on several, where the two wait for each other to wake.
    """
    if first and hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})

    def end_with_parent() -> None:
        while os.read(0, 1):  # not by sys.stdin, whose lock would be in the way of an end for other reasons
            pass
        os._exit(0)

    threading.Thread(target=end_with_parent, daemon=True).start()
    with collected_later():
        if not whole:
            reduce_server()
        import uvicorn

        application = "prefect.server.api.server:create_app"
        config = uvicorn.Config(application, factory=True, log_level="critical")
        config.load()
    uvicorn.Server(config).run([socket.socket(fileno=listening)])


if __name__ == "__main__":
    _serve(int(sys.argv[1]), _FIRST in sys.argv, _WHOLE in sys.argv)
