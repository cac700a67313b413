"""Modules that wait until they are asked for, and what stands in for libraries that a server gives nothing to do."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

from pipeline.orchestration.idle import Idle
from pipeline.orchestration.later import load_later

NAMES = ("waits_until_asked", "loads_at_once")


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Two modules that can be imported, of which the first is to wait."""
    for name in NAMES:
        (tmp_path / f"{name}.py").write_text("SEEN = __name__\n", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(sys, "meta_path", [*sys.meta_path])
    load_later(NAMES[0])
    yield
    for name in NAMES:
        sys.modules.pop(name, None)


@pytest.mark.usefixtures("made")
def test_a_module_is_loaded_when_it_is_asked_for_a_name() -> None:
    late, early = map(import_module, NAMES)
    assert "SEEN" in vars(early) and "SEEN" not in vars(late)
    assert import_module(NAMES[0]) is late and "SEEN" not in vars(late)
    assert getattr(late, "SEEN") == "waits_until_asked"  # noqa: B009
    with pytest.raises(AttributeError):
        getattr(late, "MISSING")  # noqa: B009


@pytest.mark.usefixtures("made")
def test_a_module_is_loaded_when_a_name_of_it_is_imported() -> None:
    scope: dict[str, object] = {}
    exec(f"from {NAMES[0]} import SEEN", scope)
    assert scope["SEEN"] == NAMES[0]


def test_whatever_is_idle_can_be_made_entered_called_and_awaited() -> None:
    async def used() -> object:
        async with Idle("name", url="memory://") as work, Idle(work) as worker:
            await work.add(print, key="key")("something")
            await asyncio.create_task(worker.run_forever())
            return work

    assert isinstance(asyncio.run(used()), Idle)
    assert isinstance(Idle.forever(delay=1), Idle)
    assert not hasattr(Idle, "__get_pydantic_core_schema__") and not hasattr(Idle(), "__len__")
