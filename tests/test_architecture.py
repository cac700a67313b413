"""The layers: who imports whom (imports inside functions too), who touches the disk, how long a module may be."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.conftest import ROOT

PACKAGES = ("schemas", "extractors", "pipeline")
MODULES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
ROOMS = (
    "schemas",
    "extractors.numbers", "extractors.rules", "extractors.language", "extractors.places", "extractors.agencies", "extractors.officials",
    "extractors.times", "extractors.quantities", "extractors.responsibilities", "extractors.targets", "extractors.milestones",
    "extractors.citations",
    "extractors.extract",
    "pipeline.versions", "pipeline.storage", "pipeline.readers", "pipeline.segmentation.lines",
    "pipeline.segmentation.tables", "pipeline.segmentation.documents", "pipeline.segmentation.clauses",
    "pipeline.segmentation", "pipeline.process",
    "pipeline.store", "pipeline.analysis", "pipeline.evaluation", "pipeline.auditing", "pipeline.site",
    "pipeline.fetching", "pipeline.runs", "pipeline.orchestration", "pipeline.cli", "pipeline.__main__",
)  # fmt: skip
"""From the ground up: a room imports its own modules and those of rooms before it, wherever the import stands."""

ORCHESTRATOR = {
    "prefect": {
        "pipeline/orchestration/flow.py",
        "pipeline/orchestration/recorded.py",
        "pipeline/orchestration/reduced.py",
        "pipeline/orchestration/schedules.py",
    }
}
MAY_TOUCH_THE_DISK = (
    "pipeline/analysis/export/",
    "pipeline/auditing/baseline.py", "pipeline/auditing/issues.py", "pipeline/auditing/trying.py", "pipeline/readers/", "pipeline/cli/",
    "pipeline/evaluation/", "pipeline/fetching/", "pipeline/storage/", "pipeline/store/", "pipeline/runs/",
    "pipeline/orchestration/", "pipeline/versions.py", "extractors/rules/prepared.py", "extractors/rules/registry.py",
)  # fmt: skip
"""The last three read our own files (sources, rules and lexicons) and keep what was compiled beside the byte code."""

PACKAGE_DATA = {"read_text", "read_bytes", "is_file", "iterdir"}
"""What :mod:`importlib.resources` offers too: extractors read their own lexicons with it."""
DISK_CALLS = {
    "open", "read_text", "read_bytes", "write_text", "write_bytes", "unlink", "mkdir", "rename", "replace_file",
    "rmtree", "fsync", "iterdir", "is_file", "is_dir", "exists", "stat", "rglob",
}  # fmt: skip
MOST_LINES = 400
MOST_MODULES_ON_TOP = 6


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _module(path: Path) -> str:
    name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
    return name.removesuffix(".__init__")


OURS = {_module(path) for path in MODULES}


@cache
def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def _imports(path: Path) -> tuple[str, ...]:
    """The modules that the file imports anywhere, in functions too."""
    return tuple(_imported(path))


def _imported(path: Path) -> Iterator[str]:
    for node in ast.walk(_tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{_name(path)}: relative import"
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                yield inner if inner in OURS else node.module or ""


def _calls(path: Path) -> Iterator[str]:
    for node in ast.walk(_tree(path)):
        if isinstance(node, ast.Call):
            function = node.func
            if isinstance(function, ast.Attribute):
                yield function.attr
            elif isinstance(function, ast.Name):
                yield function.id


def _floor(module: str) -> int | None:
    """The place of the module's room, ``None`` for the fronts of packages (``pipeline`` itself)."""
    return next((n for n, room in enumerate(ROOMS) if module == room or module.startswith(f"{room}.")), None)


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_imports_go_one_way(path: Path) -> None:
    own = _floor(_module(path))
    above = [name for name in _imports(path) if own is not None and (_floor(name) or 0) > own]
    assert above == []


def test_every_module_has_a_room() -> None:
    assert [name for name in OURS if _floor(name) is None and name not in PACKAGES] == []
    assert len(list((ROOT / "pipeline").glob("*.py"))) <= MOST_MODULES_ON_TOP


def test_no_module_imports_itself_by_way_of_others() -> None:
    """No circle of modules, imports inside functions and of types counted."""
    edges = {_module(path): {name for name in _imports(path) if name in OURS} for path in MODULES}
    settled: set[str] = set()

    def visit(module: str, way: tuple[str, ...]) -> None:
        assert module not in way, f"a circle: {' → '.join((*way[way.index(module) :], module))}"
        if module not in settled:
            for inner in sorted(edges[module] - {module}):
                visit(inner, (*way, module))
            settled.add(module)

    for module in sorted(edges):
        visit(module, ())


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_one_module_knows_the_orchestrator(path: Path) -> None:
    for library, modules in ORCHESTRATOR.items():
        if library in {name.split(".")[0] for name in _imports(path)}:
            assert _name(path) in modules


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_few_modules_touch_the_disk(path: Path) -> None:
    if _name(path).startswith(MAY_TOUCH_THE_DISK):
        return
    touched = set(_calls(path)) & DISK_CALLS
    if _name(path).startswith(
        ("schemas/", "extractors/", "pipeline/analysis/", "pipeline/segmentation/", "pipeline/site/")
    ) and "importlib.resources" in set(_imports(path)):
        touched -= PACKAGE_DATA
    assert touched == set()


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_modules_are_short_and_say_what_they_are_for(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= MOST_LINES
    assert not text.strip() or ast.get_docstring(_tree(path)), "a module says what it is for"
