"""Time and memory of reading PDFs with a text layer, against bare pdfplumber on the same file in the same run.

    python benchmarks/pdf/speed.py                      an invented gazette, printed by reportlab
    python benchmarks/pdf/speed.py a.pdf b.pdf --rounds 5

Bare pdfplumber is ``extract_words`` and ``find_tables`` on every page. Rounds alternate, the least of each is taken.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import resource
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

import pdfplumber  # noqa: E402
from invented import invented  # noqa: E402
from layouts import LAYOUTS  # noqa: E402
from producers import produce  # noqa: E402

from pipeline.readers.base import RawFile  # noqa: E402
from pipeline.readers.pdf.document import read_pdf  # noqa: E402


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args(arguments)
    files = {path.name: path.read_bytes() for path in options.files} or {"invented": long_gazette(200)}
    print(
        "| file | pages | ours s (CPU) | pdfplumber s (CPU) | ratio wall (CPU) | two processes s (CPU of the busier) | faster wall (CPU) |"
    )
    print("| --- | --- | --- | --- | --- | --- | --- |")
    for name, data in files.items():
        print(compare(name, data, options.rounds), flush=True)
    if not options.files:
        memory()


def compare(name: str, data: bytes, rounds: int) -> str:
    """The line of one file."""
    raw = RawFile(data, name, hashlib.sha256(data).hexdigest())
    with pdfplumber.open(io.BytesIO(data)) as document:
        count = len(document.pages)
    tasks: list[Callable[[], object]] = [partial(read_pdf, raw, 1), partial(bare, data), partial(read_pdf, raw, 2)]
    best = [(1e9, 1e9)] * len(tasks)
    for _ in range(rounds):
        best = [min(least, timed(task)) for least, task in zip(best, tasks, strict=True)]
    (ours, our_cpu), (theirs, their_cpu), (two, two_cpu) = best
    return (
        f"| {name} | {count} | {ours:.2f} ({our_cpu:.2f}) | {theirs:.2f} ({their_cpu:.2f}) "
        f"| {ours / theirs:.2f} ({our_cpu / their_cpu:.2f}) | {two:.2f} ({two_cpu:.2f}) | {ours / two:.2f} ({our_cpu / two_cpu:.2f}) |"
    )


def bare(data: bytes) -> None:
    """What a plain use of pdfplumber does with every page."""
    with pdfplumber.open(io.BytesIO(data)) as document:
        for page in document.pages:
            page.extract_words()
            page.find_tables()
            page.close()


def timed(task: Callable[[], object]) -> tuple[float, float]:
    """Wall seconds, and the processor seconds of this process or of its child, whichever took more."""
    wall, own, child = time.monotonic(), time.process_time(), children()
    task()
    return time.monotonic() - wall, max(time.process_time() - own, children() - child)


def children() -> float:
    """Processor seconds of the children that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def long_gazette(pages: int) -> bytes:
    """A gazette of about as many pages, text and ruled tables mixed."""
    blocks = [block for seed in range(max(1, pages // 8)) for block in invented(seed, 28 if seed % 2 else 0)]
    return produce("reportlab", blocks, LAYOUTS[0])


def memory() -> None:
    """The most memory of a process that reads ever longer files."""
    for pages in (100, 500):
        data = long_gazette(pages)
        with ProcessPoolExecutor(1, get_context("spawn")) as pool:
            count, before, after = pool.submit(peak, data).result()
        print(f"{count} pages: {before:.0f} MB before reading, {after:.0f} MB at most")


def peak(data: bytes) -> tuple[int, float, float]:
    """How many pages a file has, and the most megabytes that this process took before and after reading it."""
    before = most_memory()
    source = read_pdf(RawFile(data, "long", hashlib.sha256(data).hexdigest()), 1)
    return len(source.pages), before, most_memory()


def most_memory() -> float:
    """The most megabytes that this process took so far (Linux)."""
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) / 1024


if __name__ == "__main__":
    main()
