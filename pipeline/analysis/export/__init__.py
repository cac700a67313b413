"""Exports: the datasets as a workbook, CSV files, a database or a data package."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from pipeline.analysis.export import database, package, workbook
from pipeline.analysis.ics import to_ics
from pipeline.analysis.loading import Editions
from pipeline.analysis.promises import calendar

__all__ = ["FORMATS", "export"]


def _ics(processed: str | Path, out: Path, editions: Editions, site: str | None) -> list[Path]:
    out.write_bytes(to_ics(calendar(processed, editions)))
    return [out]


Writer = Callable[[str | Path, Path, Editions, str | None], list[Path]]
FORMATS: Final[Mapping[str, Writer]] = {
    "xlsx": workbook.write,
    "csv": package.write_csv,
    "duckdb": database.write_duckdb,
    "sqlite": database.write_sqlite,
    "datapackage": package.write_package,
    "ics": _ics,
}
"""What writes each format to a path, with the files that it wrote."""
FOLDERS: Final = frozenset({"csv", "datapackage"})
"""Formats whose path is a folder."""


def export(
    processed: str | Path, out: str | Path, kind: str, editions: Editions = "one", site: str | None = None
) -> list[Path]:
    """Write the issues below *processed* to *out* in the format *kind*; returns the files written.

    *site* is the address or folder of an audit site: rows of a workbook link to their place in it.

    Raises :class:`ValueError` for an unknown format, and a file where that writes a folder or the other way round, and as :func:`pipeline.analysis.loading.load` does.
    """
    if kind not in FORMATS:
        raise ValueError(f"no format is named {kind!r}; there are {', '.join(FORMATS)}")
    path = Path(out)
    if path.is_dir() is not (kind in FOLDERS) and path.exists():
        raise ValueError(
            f"{out} is a {'folder' if path.is_dir() else 'file'}; {kind} wants a {'folder' if kind in FOLDERS else 'file'}"
        )
    path.parent.mkdir(parents=True, exist_ok=True)
    address = site if site is None or "://" in site else f"external:{os.path.relpath(site, path.parent)}"
    return FORMATS[kind](processed, path, editions, address)
