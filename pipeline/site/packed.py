"""Data files that only some readers open, packed: compressed JSON as text in a script, which the page unpacks.

A page opened from a file may neither fetch nor read bytes; what a script assigns it may unpack with the browser's own
``DecompressionStream`` (``static/texts.js``).
"""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Iterable, Mapping
from typing import Any, Final

_LEVEL: Final = 6
_RAW: Final = -15
"""Deflate without a header (``deflate-raw``)."""


def pack(value: Any) -> str:
    """*value* as JSON, compressed, in Base64."""
    deflate = zlib.compressobj(_LEVEL, zlib.DEFLATED, _RAW)
    data = json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=str).encode("utf-8")
    return base64.b64encode(deflate.compress(data) + deflate.flush()).decode("ascii")


def assign_packed(name: str, value: Any) -> str:
    """A script that assigns *value*, packed, to the global *name*."""
    return f'globalThis.{name} = "{pack(value)}";\n'


def unpacked(script: str) -> Any:
    """What :func:`assign_packed` was given."""
    text = script[script.index('"') + 1 : script.rindex('"')]
    return json.loads(zlib.decompress(base64.b64decode(text), _RAW))


def numbered(explained: Mapping[str, Iterable[Mapping[str, Any]]]) -> dict[str, Any]:
    """Parts of explanations by row, each text said once: ``strings``, and parts and lines as numbers of strings.

    Most of an explanation (the purpose of its rule, the headings above it) is that of its neighbours, too.
    """
    strings: dict[str, int] = {}

    def number(text: str) -> int:
        return strings.setdefault(text, len(strings))

    rows = {
        row_id: [
            [number(part["title"]), *(number(line[key]) for line in part["lines"] for key in ("label", "text"))]
            for part in parts
        ]
        for row_id, parts in explained.items()
    }
    return {"strings": list(strings), "rows": rows}
