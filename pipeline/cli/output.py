"""What the subcommands share: tables, an option, and the one line that says what went wrong."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer

MetricsFile = Annotated[
    Path | None,
    typer.Option(
        help="File for metrics of each run in Prometheus' text format.",
        dir_okay=False,
        metavar="FILE",
        show_default=False,
    ),
]
"""The option ``--metrics`` of what runs."""


def plain_table(rows: Sequence[tuple[str, str]]) -> str:
    """Two columns, the second flush right."""
    left = max(len(label) for label, _ in rows)
    right = max(len(value) for _, value in rows)
    return "\n".join(f"{label:<{left}}  {value:>{right}}" for label, value in rows)


def plural(count: int, noun: str) -> str:
    """``1 issue``, ``2 issues``."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def check_folder(place: str) -> None:
    """End with wrong usage where *place* is no folder and nothing stands at that address."""
    from pipeline.storage import at, is_remote

    try:
        found = bool(at(place).names("")) if is_remote(place) else os.path.isdir(place)
    except OSError as error:
        fail(str(error.strerror or error))
    if not found:
        fail(f"there is no folder {place}", code=2)


def tell_json(told: Mapping[str, Any]) -> None:
    """One JSON object on standard output."""
    typer.echo(json.dumps(told, ensure_ascii=False, indent=1))


def fail(message: str, code: int = 1) -> NoReturn:
    """Say *message* and end with *code*."""
    from pipeline.readers.discovery import shown

    typer.echo(f"gongbao: {shown(message)}", err=True)
    raise typer.Exit(code)
