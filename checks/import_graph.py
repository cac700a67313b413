"""The import graph of the rooms: ``python -m checks.import_graph`` prints docs/import-graph.md from the imports.

A room is a package, or a module, directly below ``extractors`` or ``pipeline``; ``schemas`` is one room. Imports inside
functions count. An arrow that a longer way implies is left out, so that the drawing shows the order of the rooms.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent
PACKAGES: Final = ("schemas", "extractors", "pipeline")
_PAGE: Final = """# Import graph

Made from the imports by `make docs`; do not edit. An arrow says *imports*; arrows that a longer way implies are left
out. All of them point down: tests/test_architecture.py holds the order of the rooms, and that there is no circle.

```mermaid
{graph}
```
"""
_FRONTS: Final = frozenset({"extractors", "pipeline", "pipeline.__main__"})
"""Not drawn: what only passes names on."""

Graph = Mapping[str, frozenset[str]]


def room_of(module: str) -> str:
    """The room of a dotted module name: ``schemas``, or its first two parts."""
    parts = module.split(".")
    return parts[0] if parts[0] == "schemas" else ".".join(parts[:2])


def imported_modules(source: str) -> Iterator[str]:
    """The dotted names that *source* imports anywhere, those of ``from`` imports with the name imported."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def import_graph(root: Path) -> Graph:
    """Room → the other rooms that its modules import, for the packages below *root*."""
    graph: dict[str, set[str]] = {}
    for package in PACKAGES:
        for path in sorted((root / package).rglob("*.py")):
            module = ".".join(path.relative_to(root).with_suffix("").parts).removesuffix(".__init__")
            edges = graph.setdefault(room_of(module), set())
            edges.update(room_of(name) for name in imported_modules(path.read_text(encoding="utf-8")))
    rooms = graph.keys() - _FRONTS
    return {room: frozenset((graph[room] & rooms) - {room}) for room in sorted(rooms)}


def reduced(graph: Graph) -> Graph:
    """*graph* without the arrows that a longer way implies. The graph has no circle."""

    def reach(room: str) -> set[str]:
        return {room}.union(*(reach(inner) for inner in graph[room]))

    reachable = {room: reach(room) for room in graph}
    return {
        room: frozenset(end for end in ends if not any(end in reachable[other] for other in ends - {end}))
        for room, ends in graph.items()
    }


def mermaid(graph: Graph) -> str:
    """The drawing: a box a room, the packages as frames."""
    lines = ["flowchart TD"]
    for package in reversed(PACKAGES):
        lines.append(f"  subgraph {package}_[{package}]")
        lines.extend(f'    {_node(room)}["{room}"]' for room in graph if room.split(".")[0] == package)
        lines.append("  end")
    lines.extend(f"  {_node(room)} --> {_node(end)}" for room, ends in graph.items() for end in sorted(ends))
    return "\n".join(lines)


def _node(room: str) -> str:
    return room.replace(".", "_")


if __name__ == "__main__":
    print(_PAGE.format(graph=mermaid(reduced(import_graph(ROOT)))), end="")
