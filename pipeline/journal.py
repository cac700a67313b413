"""Reading of journals: files of one JSON object a line, appended to, whose last line a kill may have cut short."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any


def events(path: Path) -> Iterator[dict[str, Any]]:
    """The events of a journal, oldest first; none where there is no file. A line that was cut short is passed over."""
    try:
        lines = path.read_bytes().split(b"\n")
    except FileNotFoundError:
        return
    for line in lines:
        try:
            event = json.loads(line)
        except ValueError:
            continue  # the empty end, or a line that a kill cut short
        if isinstance(event, dict):
            yield event
