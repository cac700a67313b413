"""Prefect's database at the first start: its layout is kept, and is the one that Prefect's migrations make."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from pipeline.orchestration import database, server


def _prefect_s_newest() -> str | None:
    import prefect.server.database.orm_models as models
    from alembic.script import ScriptDirectory

    folder = Path(models.__file__).parent / "_migrations"
    chains = ScriptDirectory(str(folder), version_locations=[str(folder / "versions" / "sqlite")])
    return chains.get_current_head()


def _constraints(layout: str) -> list[str]:
    """Its lines in any order: migrations write the constraints of a table as they come."""
    return sorted(re.sub(r",\s*$", "", line).strip() for line in layout.splitlines())


def test_the_layout_kept_is_that_of_the_newest_migration(tmp_path: Path) -> None:
    assert database.is_migrated(tmp_path, made=False)
    made = database.layout(tmp_path / database.DATABASE)
    assert made == database.layout_file().read_text(encoding="utf-8")
    assert f"INSERT INTO alembic_version VALUES ('{_prefect_s_newest()}');" in made


def test_a_database_that_is_there_is_migrated_until_prefect_has_made_one(tmp_path: Path) -> None:
    (tmp_path / database.DATABASE).touch()
    assert not database.is_migrated(tmp_path, made=False)
    assert database.is_migrated(tmp_path, made=True)
    assert (tmp_path / database.DATABASE).stat().st_size == 0


def test_a_database_elsewhere_is_not_ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PREFECT_SERVER_DATABASE_CONNECTION_URL", "postgresql+asyncpg://db/prefect")
    assert not database.is_migrated(tmp_path, made=True)
    assert not (tmp_path / database.DATABASE).exists()


def test_a_version_without_a_layout_is_migrated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "version", lambda _name: "0.0")
    assert not database.is_migrated(tmp_path, made=False)
    assert not (tmp_path / database.DATABASE).exists()


def test_a_server_that_does_not_begin_says_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As where a package is missing that one of its packages needs on this Python alone."""
    (tmp_path / "broken" / "asyncpg").mkdir(parents=True)
    (tmp_path / "broken" / "asyncpg" / "__init__.py").write_text("import a_package_that_nobody_has\n", encoding="utf-8")
    plain = server.import_path()
    monkeypatch.setattr(server, "import_path", lambda: f"{tmp_path / 'broken'}{os.pathsep}{plain}")
    wanted = "ended with code 1: ModuleNotFoundError: No module named 'a_package_that_nobody_has'$"
    with server.ephemeral(tmp_path / "cache") as own, pytest.raises(server.ServerError, match=wanted):
        own.url()


@pytest.mark.soak
def test_migrations_make_the_layout_kept(tmp_path: Path) -> None:
    kept = database.layout_file().read_text(encoding="utf-8")
    assert _constraints(database.layout(database.migrated(tmp_path))) == _constraints(kept)
