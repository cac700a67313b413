"""The checks of the code: dead definitions, the import graph, the sample and the summary of the mutation check."""

from __future__ import annotations

from pathlib import Path

import pytest

from checks.dead_code import PACKAGES, dead_definitions
from checks.import_graph import import_graph, reduced
from checks.mutants import Verdict, paths_of_tests, sample, share_killed, summary
from checks.words_in_code import MOST, by_module, han_in_literals
from tests.conftest import ROOT


def test_nothing_in_the_packages_is_dead() -> None:
    assert list(dead_definitions(ROOT, PACKAGES)) == []


def test_a_dead_definition_is_found(tmp_path: Path) -> None:
    (tmp_path / "schemas").mkdir()
    text = '"""A module."""\n\n\ndef used() -> int:\n    return 1\n\n\ndef left() -> int:\n    return used()\n'
    (tmp_path / "schemas" / "one.py").write_text(text, encoding="utf-8")
    assert list(dead_definitions(tmp_path, ["schemas"])) == ["schemas/one.py:8: unused function left"]


def test_the_language_is_data_and_not_code() -> None:
    assert sum(by_module(ROOT, ("extractors", "pipeline")).values()) <= MOST


def test_words_in_literals_are_counted_and_docstrings_are_not() -> None:
    text = '"""文档。"""\n\nRULE = "牵头|负责"\n"""说明。"""\n\n\ndef f() -> str:\n    """函数。"""\n    return f"单位{RULE}"\n'
    assert han_in_literals(text) == 6


def test_the_graph_has_imports_inside_functions(tmp_path: Path) -> None:
    for name, text in {
        "schemas/rows.py": "",
        "extractors/rules/registry.py": "import schemas.rows",
        "extractors/targets/owners.py": "def f():\n    from extractors.rules import registry\n    import schemas.rows",
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    graph = import_graph(tmp_path)
    assert graph["extractors.targets"] == {"extractors.rules", "schemas"}
    assert reduced(graph) == {
        "extractors.rules": {"schemas"}, "extractors.targets": {"extractors.rules"}, "schemas": set(),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("package", "expected"),
    [
        ("extractors", ["a"]),
        ("extractors/targets", ["b"]),
        ("extractors/targets/owners.py", ["b"]),
        ("extractors/targetsmith", ["a"]),
    ],
)
def test_the_longest_prefix_names_the_tests(package: str, expected: list[str]) -> None:
    assert paths_of_tests(package, {"extractors": ["a"], "extractors/targets": ["b"]}) == expected


def test_a_package_without_tests_is_refused() -> None:
    with pytest.raises(KeyError, match="no tests for pipeline/cli"):
        paths_of_tests("pipeline/cli", {"extractors": ["a"]})


def test_the_sample_depends_on_names_and_seed_alone() -> None:
    names = [f"m{n}" for n in range(1000)]
    assert sample(names, 200, 1) == sample(reversed(names), 200, 1) != sample(names, 200, 2)
    assert len(set(sample(names, 200, 1))) == 200 and sample(names[:3], 200, 1) == ["m0", "m1", "m2"]


def test_the_summary_counts_by_function() -> None:
    verdicts = [Verdict("1", "f", "killed"), Verdict("2", "g", "survived"), Verdict("3", "g", "no tests"),
                Verdict("4", "f", "timeout")]  # fmt: skip
    assert share_killed(verdicts) == 0.5
    assert [line.split() for line in summary(verdicts)] == [
        ["0/2", "g", "(1", "reached", "by", "no", "test)"],
        ["2/2", "f"],
        ["killed", "0.500", "of", "4", "mutants"],
    ]
