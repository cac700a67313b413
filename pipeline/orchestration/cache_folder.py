"""The folder for what we may keep between runs and can always make again."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

_VARIABLE: Final = "GONGBAO_CACHE_DIR"


def cache_folder() -> Path:
    """Our own cache folder: ``$GONGBAO_CACHE_DIR``, else ``gongbao`` in the user's cache folder."""
    named = os.environ.get(_VARIABLE)
    if named:
        return Path(named)
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "gongbao"
