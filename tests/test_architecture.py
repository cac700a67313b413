"""The layers: who imports whom, who touches the disk, how long a module may be."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT

PACKAGES = ("schemas", "extractors", "pipeline")
MODULES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
MAY_IMPORT = {
    "schemas": {"schemas"},
    "extractors": {"schemas", "extractors"},
    "pipeline": {"schemas", "extractors", "pipeline"},
}
ORCHESTRATOR = {"prefect": {"pipeline/flows.py", "pipeline/schedules.py"}}
MAY_TOUCH_THE_DISK = (
    "pipeline/auditing/baseline.py", "pipeline/auditing/issues.py", "pipeline/readers/", "pipeline/cli/",
    "pipeline/evaluation/", "pipeline/fetching/", "pipeline/journal.py", "pipeline/packing.py", "pipeline/running.py",
    "pipeline/schedules.py", "pipeline/server.py", "pipeline/storage/", "pipeline/store.py", "pipeline/versions.py",
    "extractors/rules.py",
)  # fmt: skip
"""The last two read our own files: sources, rules and lexicons."""

PACKAGE_DATA = {"read_text", "read_bytes", "is_file", "iterdir"}
"""What :mod:`importlib.resources` offers too: extractors read their own lexicons with it."""
DISK_CALLS = {
    "open", "read_text", "read_bytes", "write_text", "write_bytes", "unlink", "mkdir", "rename", "replace_file",
    "rmtree", "fsync", "iterdir", "is_file", "is_dir", "exists", "stat", "rglob",
}  # fmt: skip
MOST_LINES = 400


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{_name(path)}: relative import"
            yield node.module or ""


def _calls(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            function = node.func
            if isinstance(function, ast.Attribute):
                yield function.attr
            elif isinstance(function, ast.Name):
                yield function.id


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_imports_go_one_way(path: Path) -> None:
    package = path.relative_to(ROOT).parts[0]
    ours = {name.split(".")[0] for name in _imports(path)} & set(PACKAGES)
    assert ours <= MAY_IMPORT[package]


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
        ("extractors/", "pipeline/segmentation/", "pipeline/site/")
    ) and "importlib.resources" in set(_imports(path)):
        touched -= PACKAGE_DATA
    assert touched == set()


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_modules_are_short_and_say_what_they_are_for(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= MOST_LINES
    assert not text.strip() or ast.get_docstring(ast.parse(text)), "a module says what it is for"
