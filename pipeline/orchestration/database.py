"""Prefect's database at the first start: made from the layout kept beside this module, not by a hundred migrations.

``prefect-<version>.sql`` is what the migrations of that version leave of an empty database. For another version of
Prefect there is none, and its server makes the database itself. ``python -m pipeline.orchestration.database`` keeps that of the
version in use.
"""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from importlib.metadata import version
from pathlib import Path
from typing import Final

DATABASE: Final = "prefect.db"
_ELSEWHERE: Final = ("PREFECT_API_DATABASE_CONNECTION_URL", "PREFECT_SERVER_DATABASE_CONNECTION_URL")
_REVISION: Final = "alembic_version"


def layout_file() -> Path:
    """Where the layout for the version in use is kept, if there is one."""
    return Path(__file__).with_name(f"prefect-{version('prefect')}.sql")


def is_migrated(home: Path, made: bool) -> bool:
    """Whether the database below *home* is the one in use and needs no migration.

    *made* says that Prefect has made one there before. Where none is, and its layout is known, it is made.
    """
    if any(name in os.environ for name in _ELSEWHERE):
        return False
    database, kept = home / DATABASE, layout_file()
    if database.exists():
        return made
    if kept.exists():
        _make(database, kept.read_text(encoding="utf-8"))
    return kept.exists()


def _make(database: Path, layout: str) -> None:
    part = database.with_suffix(f".{os.getpid()}.part")
    part.unlink(missing_ok=True)
    with closing(sqlite3.connect(part)) as connection:
        connection.executescript(f"BEGIN;\n{layout}\nCOMMIT;")
        connection.execute("PRAGMA journal_mode=WAL")  # as Prefect has it
    part.replace(database)


def layout(database: Path) -> str:
    """The statements that make an empty *database* like this one, by kind and name, and its revision."""
    with closing(sqlite3.connect(database)) as connection:
        return "\n".join([*_statements(connection), ""])


def _statements(connection: sqlite3.Connection) -> Iterator[str]:
    made = "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY type = 'table' DESC, type, name"
    yield from (f"{sql};" for (sql,) in connection.execute(made))
    yield from (
        f"INSERT INTO {_REVISION} VALUES ('{name}');" for (name,) in connection.execute(f"SELECT * FROM {_REVISION}")
    )


def migrated(folder: Path) -> Path:
    """A database in *folder* that Prefect's own migrations make."""
    environment = {**os.environ, "PREFECT_HOME": str(folder), "PREFECT_PROFILES_PATH": str(folder / "profiles.toml")}
    command = [sys.executable, "-m", "prefect", "server", "database", "upgrade", "-y"]
    subprocess.run(command, env=environment, check=True, capture_output=True)
    return folder / DATABASE


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as temporary:
        layout_file().write_text(layout(migrated(Path(temporary))), encoding="utf-8")
