"""What stands in for libraries that Prefect's server loads and that a run gives nothing to do."""

from __future__ import annotations

import sys
from collections.abc import Generator
from types import ModuleType
from typing import Final

_BEHIND: Final = ("docket", "docket.dependencies", "docket.execution")
"""What works behind requests: marks late runs, starts scheduled ones, clears up."""


class _Idles(type):
    def __getattr__(cls, name: str) -> Idle:
        return Idle().attribute(name)


class Idle(metaclass=_Idles):
    """Whatever Prefect's server makes of the library that works behind its requests, by whatever name: it does nothing.

    The library loads two others, of which one speaks to a database that is not used, and looks for work many times a second.
    """

    def __init__(self, *_arguments: object, **_options: object) -> None:
        """As whatever it stands for."""

    def __call__(self, *_arguments: object, **_options: object) -> Idle:
        return self

    def __getattr__(self, name: str) -> Idle:
        return self.attribute(name)

    def __await__(self) -> Generator[None, None, Idle]:
        yield from ()
        return self

    async def __aenter__(self) -> Idle:
        return self

    async def __aexit__(self, *_error: object) -> None:
        """Nothing was begun."""

    def attribute(self, name: str) -> Idle:
        """Whatever is asked for, but for what Python and its libraries ask of any class."""
        if name.startswith("__"):
            raise AttributeError(name)
        return self

    async def run_forever(self) -> None:
        """There is nothing to do."""


def work_behind_nothing() -> None:
    """Let the library that works behind requests, where it is not loaded, be one that does nothing."""
    for name in _BEHIND:
        _stand_in(name).setdefault("__getattr__", lambda _name: Idle)


def leave_out(module: str, *names: str) -> None:
    """Let *module* be one whose *names* are nothing, where it is not loaded."""
    stand_in = _stand_in(module)
    for name in names:
        stand_in.setdefault(name, None)


def _stand_in(name: str) -> dict[str, object]:
    return vars(sys.modules.setdefault(name, ModuleType(name)))
