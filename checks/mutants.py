"""Mutation check: ``python -m checks.mutants extractors/targets`` breaks a package in small ways and runs its tests.

mutmut makes the mutants (a flipped comparison, a changed constant, an argument left out), imports code and tests once,
and forks one process a mutant that runs the tests reaching the mutated function. A seeded sample keeps it short. The
report says for every function how many of its mutants were killed, and shows the change of each that survived.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import subprocess
import sys
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import chdir
from dataclasses import dataclass
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent
SAMPLE: Final = 200
SEED: Final = 20230101
LEAST: Final = 0.8
_PACKAGES: Final = ("schemas", "extractors", "pipeline")
_COPIED: Final = (*_PACKAGES, "tests", "raw", "docs", "checks")
_KILLED: Final = frozenset({"killed", "timeout", "segfault", "suspicious"})
"""A test failed, ran into the limit of time, or brought its process down."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one mutant: the mutant's name for mutmut, its function, and mutmut's word for the outcome."""

    mutant: str
    function: str
    status: str

    @property
    def killed(self) -> bool:
        return self.status in _KILLED


def paths_of_tests(package: str, table: dict[str, list[str]]) -> list[str]:
    """The test paths of *package*: those of the entry with the longest prefix. ``KeyError`` where there is none."""
    fitting = [prefix for prefix in table if package == prefix or package.startswith(f"{prefix}/")]
    if not fitting:
        raise KeyError(f"checks/mutants.toml names no tests for {package}")
    return table[max(fitting, key=len)]


def sample(names: Iterable[str], size: int, seed: int) -> list[str]:
    """At most *size* of *names*, the same for the same names and seed."""
    ordered = sorted(names)
    return ordered if len(ordered) <= size else sorted(random.Random(seed).sample(ordered, size))


def summary(verdicts: Sequence[Verdict]) -> Iterator[str]:
    """The report's lines: function by function, those with most survivors first, then the share killed."""
    by_function: dict[str, list[Verdict]] = defaultdict(list)
    for verdict in verdicts:
        by_function[verdict.function].append(verdict)
    survivors = {function: sum(not verdict.killed for verdict in group) for function, group in by_function.items()}
    for function in sorted(by_function, key=lambda name: (-survivors[name], name)):
        group = by_function[function]
        untested = sum(verdict.status == "no tests" for verdict in group)
        note = f"  ({untested} reached by no test)" if untested else ""
        yield f"{len(group) - survivors[function]:4}/{len(group):<4} {function}{note}"
    yield f"killed {share_killed(verdicts):.3f} of {len(verdicts)} mutants"


def share_killed(verdicts: Sequence[Verdict]) -> float:
    """Killed mutants as a share of all that were tried, 0 to 1; 1 where there is nothing to mutate."""
    return sum(verdict.killed for verdict in verdicts) / len(verdicts) if verdicts else 1.0


def _workspace(package: str, tests: Sequence[str]) -> Path:
    """A copy of the sources whose configuration mutates *package* alone; what an earlier run left is removed."""
    folder = ROOT / "build" / "mutants" / package.replace("/", ".").removesuffix(".py")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for name in _COPIED:
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for file in ("prefect.yaml", "sources.example.toml", "README.md"):
        shutil.copy2(ROOT / file, folder / file)
    settings = {
        "source_paths": list(_PACKAGES),
        "only_mutate": [package if package.endswith(".py") else f"{package}/*"],
        "also_copy": ["raw", "docs", "checks", "prefect.yaml", "sources.example.toml", "README.md"],
        "pytest_add_cli_args": ["-p", "no:cacheprovider", "-p", "no:randomly", "-m", "not soak"],
        "pytest_add_cli_args_test_selection": list(tests),
        "timeout_multiplier": 2.0,
        "timeout_constant": 2.0,
        "track_dependencies": False,
        "use_git_change_detection": False,
    }
    lines = [f"{key} = {json.dumps(value)}" for key, value in settings.items()]
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    (folder / "pyproject.toml").write_text(f"{project}\n[tool.mutmut]\n" + "\n".join(lines) + "\n", encoding="utf-8")
    return folder


def _mutants(folder: Path, package: str) -> dict[str, str]:
    """Every mutant of *package* by mutmut's name for it, with the function that it is a mutant of."""
    from mutmut.mutation.file_mutation import mutate_file_contents
    from mutmut.utils.format_utils import get_mutant_name, orig_function_and_class_names_from_key

    found: dict[str, str] = {}
    with chdir(folder):
        path = Path(package)
        for file in [path] if path.suffix else sorted(path.rglob("*.py")):
            for inner in mutate_file_contents(str(file), file.read_text(encoding="utf-8"), None).mutant_names:
                name = get_mutant_name(file, inner)
                function, owner = orig_function_and_class_names_from_key(name)
                found[name] = f"{file}: {f'{owner}.' if owner else ''}{function}"
    return found


def _run(folder: Path, names: Sequence[str], jobs: int) -> None:
    """Let mutmut try the mutants; its verdicts stay in the workspace. ``SystemExit`` where the tests fail unmutated."""
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    command = [str(Path(sys.executable).parent / "mutmut"), "run", "--max-children", str(jobs), *names]
    log = folder / "mutmut.log"
    with log.open("wb") as output:
        done = subprocess.run(command, cwd=folder, env=environment, stdout=output, stderr=output, check=False)
    if done.returncode:
        raise SystemExit(
            f"mutmut failed; the end of {log}:\n{log.read_text(encoding='utf-8', errors='replace')[-3000:]}"
        )


def _verdicts(folder: Path, chosen: dict[str, str]) -> list[Verdict]:
    from mutmut.stats import status_by_exit_code

    codes: dict[str, int | None] = {}
    for meta in (folder / "mutants").rglob("*.py.meta"):
        codes.update(json.loads(meta.read_text(encoding="utf-8"))["exit_code_by_key"])
    return [Verdict(name, function, status_by_exit_code[codes.get(name)]) for name, function in chosen.items()]


def _changes(folder: Path, verdicts: Iterable[Verdict]) -> Iterator[str]:
    from mutmut.mutation.diff_apply import find_mutant, get_diff_for_mutant

    with chdir(folder):
        for verdict in verdicts:
            if not verdict.killed:
                change = get_diff_for_mutant(verdict.mutant, path=find_mutant(verdict.mutant).path)
                yield f"{verdict.function} ({verdict.status})\n{change}"


def main(arguments: Sequence[str] | None = None) -> int:
    """The command: 0 where at least the share asked for is killed, 1 where fewer."""
    parser = argparse.ArgumentParser(prog="python -m checks.mutants", description=__doc__.splitlines()[0])
    parser.add_argument("package", help="folder or module from the root: extractors/targets")
    parser.add_argument("--sample", type=int, default=SAMPLE, help=f"mutants tried (default {SAMPLE})")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--least", type=float, default=LEAST, help=f"share to be killed (default {LEAST})")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    given = parser.parse_args(arguments)
    package = given.package.strip("/")
    if not (ROOT / package).exists():
        parser.error(f"there is no {package} here")
    table = tomllib.loads((ROOT / "checks" / "mutants.toml").read_text(encoding="utf-8"))["tests"]
    folder = _workspace(package, paths_of_tests(package, table))
    every = _mutants(folder, package)
    chosen = {name: every[name] for name in sample(every, given.sample, given.seed)}
    print(f"{package}: {len(chosen)} of {len(every)} mutants, seed {given.seed}", flush=True)
    _run(folder, list(chosen), given.jobs)
    verdicts = _verdicts(folder, chosen)
    print("\n".join(summary(verdicts)))
    survivors = folder / "survivors.txt"
    survivors.write_text("\n".join(_changes(folder, verdicts)), encoding="utf-8")
    print(f"what survived: {survivors.relative_to(ROOT)}")
    return 0 if share_killed(verdicts) >= given.least else 1


if __name__ == "__main__":
    sys.exit(main())
