"""The store: one Parquet file per issue and dataset, whole at every moment.

A file is written under a temporary name in ``_tmp/``, synced, and renamed. The file in ``issues`` is
the commit mark of its issue: removed first, written last. Replacing an issue goes through the same
two steps, so that at any moment an issue is either committed as a whole or not at all.

The datasets are named here and not taken from :mod:`schemas.datasets`, which needs Arrow: looking at
what is in the store must stay cheap. A test holds the two together.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Final

DATASET_NAMES: Final = (
    "issues", "documents", "clauses", "tables", "table_cells", "quantities", "targets", "officials",
    "responsibilities", "citations", "segments", "pages", "problems",
)  # fmt: skip
COMMIT: Final = "issues"
UNKNOWN_YEAR: Final = 0

Step = Callable[[str], None]
"""Called with the name of each step before it is taken; a test stops the store there."""


def _no_step(_name: str) -> None:
    return None


class Store:
    """The datasets below one output folder."""

    def __init__(self, folder: Path, step: Step = _no_step) -> None:
        self.folder = folder
        self._step = step

    def write(self, issue_id: str, year: int | None, files: Mapping[str, bytes], text: str) -> None:
        """Commit an issue: *files* holds the Parquet bytes of every dataset, *text* its canonical text.

        Raises :class:`OSError` (a full disk, say) and then leaves the issue uncommitted, or as it was.
        """
        if set(files) != set(DATASET_NAMES):
            raise ValueError(f"an issue has the datasets {DATASET_NAMES}, not {tuple(files)}")
        partition = f"year={year or UNKNOWN_YEAR}"
        staged: list[tuple[Path, Path]] = []
        try:
            staged.append((self._stage(f"{issue_id}.txt", text.encode("utf-8")), self.text_path(issue_id)))
            for name in _commit_last(files):
                temporary = self._stage(f"{issue_id}.{name}", files[name])
                staged.append((temporary, self.folder / name / partition / f"{issue_id}.parquet"))
            self._remove_files(COMMIT, issue_id)
            self._remove_other_years(issue_id, partition)
            for temporary, final in staged:
                self._step(f"rename {final.parent.parent.name if final.suffix == '.parquet' else 'texts'}")
                _make_folder(final.parent)
                temporary.replace(final)
                _sync_folder(final.parent)
        finally:
            for temporary, _ in staged:
                temporary.unlink(missing_ok=True)

    def remove(self, issue_id: str) -> None:
        """Take an issue out, its commit mark first; an issue that is not there is no error."""
        self._remove_files(COMMIT, issue_id)
        for name in DATASET_NAMES:
            self._remove_files(name, issue_id)
        self._step("remove texts")
        self.text_path(issue_id).unlink(missing_ok=True)

    def committed(self) -> set[str]:
        """Ids of the committed issues."""
        return {path.stem for path in self._parquet_files(COMMIT)}

    def complete(self) -> set[str]:
        """Ids of the issues of which every file stands, in one year's folders: nothing was lost or removed by hand."""
        places = [{(path.stem, path.parent.name) for path in self._parquet_files(name)} for name in DATASET_NAMES]
        texts = {path.stem for path in _entries(self.folder / "texts") if path.suffix == ".txt"}
        return {issue_id for issue_id, _ in set.intersection(*places)} & texts

    def text_path(self, issue_id: str) -> Path:
        """Where the canonical text of an issue stands."""
        return self.folder / "texts" / f"{issue_id}.txt"

    def clear_temporary(self) -> None:
        """Drop what a run that was killed left behind; for the holder of the output folder's lock."""
        for path in _entries(self.folder / "_tmp"):
            path.unlink(missing_ok=True)

    def _stage(self, name: str, data: bytes) -> Path:
        self._step(f"stage {name}")
        folder = self.folder / "_tmp"
        _make_folder(folder)
        path = folder / f"{name}.{os.getpid()}.part"
        try:
            with path.open("wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
        except OSError:
            path.unlink(missing_ok=True)
            raise
        return path

    def _remove_other_years(self, issue_id: str, partition: str) -> None:
        for name in DATASET_NAMES:
            for path in self._copies(name, issue_id):
                if path.parent.name != partition:
                    self._step(f"remove {name}")
                    path.unlink(missing_ok=True)
                    _sync_folder(path.parent)

    def _remove_files(self, name: str, issue_id: str) -> None:
        for path in self._copies(name, issue_id):
            self._step(f"remove {name}")
            path.unlink(missing_ok=True)
            _sync_folder(path.parent)

    def _copies(self, name: str, issue_id: str) -> list[Path]:
        candidates = [folder / f"{issue_id}.parquet" for folder in _entries(self.folder / name)]
        return [path for path in candidates if path.exists()]

    def _parquet_files(self, name: str) -> Iterable[Path]:
        for folder in _entries(self.folder / name):
            yield from (path for path in _entries(folder) if path.suffix == ".parquet")


def _commit_last(files: Mapping[str, bytes]) -> list[str]:
    return [name for name in DATASET_NAMES if name in files and name != COMMIT] + [COMMIT]


def _entries(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir())
    except (FileNotFoundError, NotADirectoryError):
        return []


def _make_folder(folder: Path) -> None:
    if folder.is_dir():
        return
    folder.mkdir(parents=True, exist_ok=True)
    _sync_folder(folder.parent)


def _sync_folder(folder: Path) -> None:
    """Make renames and removals in *folder* durable (POSIX; elsewhere folders cannot be opened)."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
