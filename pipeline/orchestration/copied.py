"""A process that begins as a copy of this one, with what it has loaded: half of what Prefect's server would load is here.

Only the process of a command may be copied: its threads and libraries are known, where a notebook's are not.
"""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import sys
import time
import traceback
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import IO, Final, NoReturn

from pipeline.orchestration.termination import is_command

_NOT_COPIED: Final = ("numpy", "prefect", "pyarrow", "spacy")
"""Libraries with threads of their own, and Prefect, which has none until something runs."""
_PAUSE: Final = 0.01
_SOCKET: Final = 3
"""The file descriptor behind those of standard input, output and errors."""


def may_be_copied() -> bool:
    """Whether this process, before it has loaded Prefect, may be copied once it has."""
    return sys.platform == "linux" and is_command() and not any(name in sys.modules for name in _NOT_COPIED)


class Copied:
    """A copy of this process that does *work*; as much of :class:`subprocess.Popen` as is used.

    Its standard input is :attr:`stdin`, what it says goes to *said*; *work* is told the file descriptor of *own*. It has
    *environment* beside ours, and none of our other files, whose locks it would hold.
    """

    def __init__(
        self,
        name: str,
        work: Callable[[int], None],
        own: socket.socket,
        said: IO[bytes],
        environment: Mapping[str, str],
    ) -> None:
        ours, stdin = os.pipe()
        self.returncode: int | None = None
        self.pid = os.fork()
        if not self.pid:
            _work(name, work, (ours, said.fileno(), own.fileno()), environment)
        os.close(ours)
        self.stdin: IO[bytes] = os.fdopen(stdin, "wb", buffering=0)

    def poll(self) -> int | None:
        """Its exit status, once it has ended."""
        if self.returncode is None:
            ended, status = os.waitpid(self.pid, os.WNOHANG)
            if ended:
                self.returncode = os.waitstatus_to_exitcode(status)
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """Its exit status, when it has ended; raises :class:`TimeoutError`."""
        until = time.monotonic() + timeout if timeout is not None else None
        while (status := self.poll()) is None:
            if until is not None and time.monotonic() > until:
                raise TimeoutError
            time.sleep(_PAUSE)
        return status

    def terminate(self) -> None:
        """Send it a SIGTERM."""
        self._send(signal.SIGTERM)

    def kill(self) -> None:
        """Send it a SIGKILL."""
        self._send(signal.SIGKILL)

    def _send(self, number: signal.Signals) -> None:
        if self.poll() is None:
            os.kill(self.pid, number)


def _work(
    name: str, work: Callable[[int], None], files: tuple[int, int, int], environment: Mapping[str, str]
) -> NoReturn:
    """In the copy: become a process of its own, do the work, and end."""
    status = 1
    try:
        os.setpgid(0, 0)  # a Ctrl-C is for the process that was copied
        nowhere = os.open(os.devnull, os.O_WRONLY)
        for number, other in enumerate((files[0], nowhere, *files[1:])):
            os.dup2(other, number)
        os.closerange(_SOCKET + 1, os.sysconf("SC_OPEN_MAX"))
        # a thread of ours may have held the locks of what stood here
        sys.stdout, sys.stderr = (os.fdopen(number, "w", encoding="utf-8", closefd=False) for number in (1, 2))
        with contextlib.suppress(OSError):
            Path("/proc/self/comm").write_text(name)
        os.environ.update(environment)
        work(_SOCKET)
        status = 0
    except BaseException:
        traceback.print_exc()
        sys.stderr.flush()
    finally:
        os._exit(status)
