"""SIGTERM ends a run within seconds, whatever it is at, with exit status 143.

Whoever stops a service (systemd, ``timeout``) sends the signal to all processes of its group. The workers end by it; this
process must not take their end for a fault and start others, nor wait for task runs under way. So it ends at once: the
store is whole at every moment, the server that we started ends when our pipe to it closes, and workers end with us.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from typing import Any, Final

SIGTERM_EXIT: Final = 128 + signal.SIGTERM
_LEAKED: Final = "ignore:resource_tracker"


class Terminated(KeyboardInterrupt):
    """A SIGTERM where this process ends its others in order, as after a Ctrl-C."""


def start_tracker() -> None:
    """Start the process that clears up semaphores of ours: whatever starts it unblocks signals in its own thread.

    When we end at once it finds some to clear up; that is its work, and nothing to warn an operator of.
    """
    from multiprocessing import resource_tracker  # a run with nothing to do needs none of it

    sys.warnoptions.append(_LEAKED)
    try:
        resource_tracker.ensure_running()
    finally:
        sys.warnoptions.remove(_LEAKED)


class _End:
    """Says *message* and ends this process."""

    def __init__(self, message: str) -> None:
        self._said = f"gongbao: {message}\n".encode()

    def __call__(self, *_signal_and_frame: object) -> None:
        os.write(sys.__stderr__.fileno() if sys.__stderr__ else 2, self._said)
        os._exit(SIGTERM_EXIT)


def end_on_sigterm(message: str) -> None:
    """From now on a SIGTERM says *message* and ends this process; outside the main thread nothing changes."""
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, _End(message))
        if hasattr(signal, "pthread_sigmask"):  # whoever started us may have left it blocked
            signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM})


def is_command() -> bool:
    """Whether this is the process of a command that a SIGTERM ends (:func:`end_on_sigterm`), and its main thread asks."""
    return threading.current_thread() is threading.main_thread() and isinstance(signal.getsignal(signal.SIGTERM), _End)


def end_beside_prefect(computes: bool = True) -> None:
    """Where a SIGTERM ends this process (:func:`end_on_sigterm`), let it do so whatever Prefect makes of signals.

    Prefect handles them too, and would wait for its task runs. So the signal is blocked in this thread, and in those that it
    starts, and awaited in one of its own. To be called before anything of Prefect's starts. A process that *computes* may
    have others read a PDF, by semaphores; one that only plans has none.
    """
    if not is_command() or not hasattr(signal, "sigwait"):
        return
    end: Any = signal.getsignal(signal.SIGTERM)
    if computes:
        start_tracker()
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})

    def wait() -> None:
        signal.sigwait({signal.SIGTERM})
        end()

    threading.Thread(target=wait, name="sigterm", daemon=True).start()
