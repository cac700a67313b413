"""The files that every site ships as they are: stylesheet, scripts, and two libraries with their licences."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from typing import Final

from pipeline.site.marks import layers

_NO_MARK: Final = "color: inherit; background: none; font-weight: inherit; text-decoration: none; outline: none;"


def layers_style() -> str:
    """The rule of the stylesheet by which a layer that is switched off looks like the text around it."""
    hidden = ",\n".join(f'.text[data-off~="{layer}"] .m.{layer}' for layer in layers())
    return f"{hidden} {{ {_NO_MARK} }}\n"


def static_files() -> Iterator[tuple[str, bytes]]:
    """Path below the site and bytes of each, in the order of their names."""
    for folder in ("static", "static/vendor"):
        for item in sorted((files("pipeline.site") / folder).iterdir(), key=lambda item: item.name):
            if item.is_file():
                yield f"{folder}/{item.name}", item.read_bytes()
