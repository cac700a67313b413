"""All measurements, one after the other, into docs/benchmarks.md; ``make bench`` calls this. Takes a quarter of an hour."""

from __future__ import annotations

import argparse
import os
import platform
import tempfile
from importlib.metadata import version
from pathlib import Path

from benchmarks import against, others, scale, stages, throughput
from benchmarks.measure import ROOT

PAGE = ROOT / "docs" / "benchmarks.md"
LIBRARIES = ("pandas", "prefect", "pyarrow", "spacy")


def main() -> None:
    """Measure and write the page."""
    parser = argparse.ArgumentParser(description="Measure everything and write docs/benchmarks.md.")
    parser.add_argument("--count", type=int, default=1000, help="How many synthetic issues.")
    parser.add_argument("--against", metavar="REV", help="Only hold segmenting and extracting against this revision.")
    parser.add_argument("--rounds", type=int, default=against.ROUNDS, help="Rounds over the texts for --against.")
    parser.add_argument("--unseen", action="store_true", help="With --against: texts that a process has not seen.")
    parser.add_argument("--quick", action="store_true", help="With --against: the real issue alone.")
    chosen = parser.parse_args()
    if chosen.rounds < 1:
        parser.error("--rounds: at least 1")
    if chosen.unseen and chosen.quick:
        parser.error("--unseen: the real issue alone, which --quick reads, leaves no text that was not seen")
    if (chosen.unseen or chosen.quick) and not chosen.against:
        parser.error("--unseen and --quick go with --against REV")
    if chosen.against:
        report, sound = against.compare(chosen.against, chosen.rounds, quick=chosen.quick, unseen=chosen.unseen)
        print(report)
        raise SystemExit(0 if sound else 1)
    with tempfile.TemporaryDirectory(prefix="gongbao-bench-") as made:
        folder = Path(made)
        parts = {
            "Stages of the line": (stages.report(), "benchmarks.stages"),
            "Against other libraries": (others.report(), "benchmarks.others"),
            "Throughput": (throughput.report(folder, chosen.count), f"benchmarks.throughput --count {chosen.count}"),
            "What grows with the number of issues": (scale.report(folder / "2 workers"), "benchmarks.scale FOLDER"),
        }
    PAGE.write_text(page(parts, PAGE.read_text(encoding="utf-8")), encoding="utf-8")
    print(PAGE.relative_to(ROOT))


def page(parts: dict[str, tuple[str, str]], former: str = "") -> str:
    """The page of these sections, each with its Markdown and the module that made it, and of the others of the *former* page."""
    used = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    head = (
        "# Benchmarks\n\n"
        f"Made by `make bench` on {os.cpu_count()} cores ({platform.machine()}), Python {platform.python_version()}, {used}; "
        f"load of the machine at the end: {os.getloadavg()[1]:.1f}.\n"
        "Wall times move with what else the machine does; processor times and the ratios within one table hold better.\n"
    )
    sections = [f"## {title}\n\n`python -m {command}`\n\n{text.strip()}\n" for title, (text, command) in parts.items()]
    written = [one for one in former.split("\n## ")[1:] if one.partition("\n")[0] not in parts]
    return "\n".join((head, *(f"## {one.rstrip()}\n" for one in written), *sections))


if __name__ == "__main__":
    main()
