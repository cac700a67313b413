"""A process that begins as a copy of a command's: what it has of it, what not, and how it ends."""

from __future__ import annotations

import subprocess
import sys

import pytest

from pipeline.orchestration.copied import may_be_copied

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="processes are copied on Linux alone")

_BEGUN = """
import os, signal, socket, sys, tempfile, time
from pipeline.orchestration.copied import Copied, may_be_copied
from pipeline.orchestration.termination import end_beside_prefect, end_on_sigterm
end_on_sigterm("stopped")
assert may_be_copied()
end_beside_prefect()
said = tempfile.TemporaryFile()
own = socket.create_server(("127.0.0.1", 0))
loaded = ["before"]

def heard():
    said.seek(0)
    return said.read().decode()
"""


def _run(code: str) -> str:
    done = subprocess.run([sys.executable, "-c", _BEGUN + code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_copy_has_what_is_loaded_and_its_own_environment() -> None:
    code = """
def work(listening):
    print("to nobody", flush=True)
    print(loaded, os.environ["KIND"], open("/proc/self/comm").read().strip(), os.getpgrp() == os.getpid(), file=sys.stderr, flush=True)

assert Copied("a-copy", work, own, said, {"KIND": "server"}).wait(60) == 0
assert "KIND" not in os.environ
print(heard(), end="")
"""
    assert _run(code) == "['before'] server a-copy True\n"


def test_a_copy_holds_no_file_of_ours() -> None:
    """Nor, by that, a lock."""
    code = """
held = tempfile.TemporaryFile()

def work(listening):
    print(sorted(set(os.listdir("/proc/self/fd")) - {"0", "1", "2"}), file=sys.stderr)
    try:
        os.fstat(held.fileno())
    except OSError:
        print("closed", file=sys.stderr, flush=True)

Copied("a-copy", work, own, said, {}).wait(60)
print(heard().splitlines()[-1])
"""
    assert _run(code) == "closed\n"


def test_a_copy_goes_on_listening_where_we_did() -> None:
    """Whoever comes before it is ready waits for it."""
    code = """
def work(listening):
    with socket.socket(fileno=listening) as one, one.accept()[0] as caller:
        caller.sendall(b"here")

address = own.getsockname()
copy = Copied("a-copy", work, own, said, {})
own.close()
with socket.create_connection(address) as caller:
    print(caller.recv(4), copy.wait(60))
"""
    assert _run(code) == "b'here' 0\n"


def test_a_copy_that_fails_says_why() -> None:
    code = """
def work(listening):
    raise ValueError("no such thing")

copy = Copied("a-copy", work, own, said, {})
print(copy.wait(60), copy.poll(), heard().splitlines()[-1])
"""
    assert _run(code) == "1 1 ValueError: no such thing\n"


def test_a_copy_sees_that_we_end_and_can_be_killed() -> None:
    code = """
copies = [Copied("a-copy", lambda _listening: os._exit(7 if os.read(0, 1) == b"" else 8), own, said, {}) for _ in range(2)]
copies[1].kill()
assert copies[1].wait(60) == -signal.SIGKILL
try:
    copies[0].wait(0)
except TimeoutError:
    copies[0].stdin.close()
print(copies[0].wait(60))
copies[0].terminate()
"""
    assert _run(code) == "7\n"


def test_only_the_process_of_a_command_is_copied() -> None:
    assert not may_be_copied()
    plain = "from pipeline.orchestration.copied import may_be_copied; assert not may_be_copied()"
    subprocess.run([sys.executable, "-c", plain], check=True)
    for library in ("numpy", "prefect"):
        code = f"{_BEGUN}\nsys.modules['{library}'] = sys\nassert not may_be_copied()"
        subprocess.run([sys.executable, "-c", code], check=True)
