"""What is loaded once for all workers."""

from __future__ import annotations

import pytest

from extractors.rules.registry import RuleError, registry
from pipeline.orchestration import preload
from tests.conftest import ROOT


def test_all_patterns_are_there_before_workers_are_made() -> None:
    for package in preload._WITH_RULES:
        assert all("pattern" in vars(rule) for rule in registry(package).values())
    folders = {path.parent.relative_to(ROOT) for path in ROOT.glob("*/**/rules/*.toml") if "tests" not in path.parts}
    with_rules = {".".join(folder.parent.parts) for folder in folders}
    assert {*preload._WITH_RULES} <= with_rules
    for other in with_rules - {*preload._WITH_RULES}:
        with pytest.raises(RuleError):
            registry(other)


def test_what_patterns_were_made_from_is_given_up() -> None:
    """Whoever asks again has them compiled: the same but for what only speeds them up."""
    for package in preload._WITH_RULES:
        for rule in list(registry(package).values())[:5]:
            assert not rule.prepared._entries
            again = rule.prepared.compiled(rule.expression)
            assert (again.pattern, again.groupindex) == (rule.pattern.pattern, rule.pattern.groupindex)
