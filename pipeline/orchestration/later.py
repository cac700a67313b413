"""Modules that are loaded when something of them is first asked for.

A library may load, when it is loaded, what most programs ask nothing of. ``importlib.util.LazyLoader`` of the standard library
loads a module at any look at it, also at Python's own when it is imported a second time; here only a name asked for does.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType
from typing import Any


def load_later(*names: str) -> None:
    """Have the modules of these *names*, from now on, loaded when something of them is first asked for, not when they are imported.

    For modules of which other modules ask nothing when they are loaded.
    """
    sys.meta_path.insert(0, _Finder(names))


class _Finder(MetaPathFinder):
    def __init__(self, names: Sequence[str]) -> None:
        self._names = names

    def find_spec(self, name: str, path: Sequence[str] | None, target: ModuleType | None = None) -> ModuleSpec | None:
        """What Python finds by that name, with a loader that waits; None for other names."""
        spec = PathFinder.find_spec(name, path, target) if name in self._names else None
        if spec and spec.loader:
            spec.loader = _Later(spec.loader)
        return spec


class _Later(Loader):
    def __init__(self, loader: Loader) -> None:
        self._loader = loader

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        """As its own loader makes it."""
        return self._loader.create_module(spec)

    def exec_module(self, module: ModuleType) -> None:
        """Leave the module empty until it is asked for a name."""

        def missing(name: str) -> Any:
            if name.startswith("__"):  # Python itself asks
                raise AttributeError(name)
            vars(module).pop("__getattr__", None)
            self._loader.exec_module(module)
            return getattr(module, name)

        vars(module)["__getattr__"] = missing
