"""A SIGTERM ends the command at once, before anything of Prefect's is loaded and after."""

from __future__ import annotations

import subprocess
import sys

import pytest

PHASES = {
    "while it plans": "",
    "while it makes issues": "end_beside_prefect(); signal.signal(signal.SIGTERM, lambda *_: None);",
}


@pytest.mark.parametrize("phase", PHASES)
def test_a_sigterm_is_said_and_ends_the_process(phase: str) -> None:
    code = (
        "import os, signal, time\n"
        "from pipeline.orchestration.termination import end_beside_prefect, end_on_sigterm\n"
        f"end_on_sigterm('stopped'); {PHASES[phase]}\n"
        "os.kill(os.getpid(), signal.SIGTERM); time.sleep(60)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (143, "gongbao: stopped\n")


def test_signals_that_are_not_ours_stay_as_they_are() -> None:
    code = (
        "import signal, threading\n"
        "from pipeline.orchestration.termination import end_beside_prefect\n"
        "end_beside_prefect()\n"
        "assert signal.getsignal(signal.SIGTERM) == signal.SIG_DFL and threading.active_count() == 1"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
