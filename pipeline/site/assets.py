"""The files that every site ships as they are: stylesheet, scripts, and two libraries with their licences."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files


def static_files() -> Iterator[tuple[str, bytes]]:
    """Path below the site and bytes of each, in the order of their names."""
    for folder in ("static", "static/vendor"):
        for item in sorted((files("pipeline.site") / folder).iterdir(), key=lambda item: item.name):
            if item.is_file():
                yield f"{folder}/{item.name}", item.read_bytes()
