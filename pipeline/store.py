"""The store: one Parquet file per issue and dataset, whole at every moment.

A file is written under a temporary name in ``_tmp/``, synced, and renamed. The file in ``issues`` is
the commit mark of its issue: removed first, written last. Replacing an issue goes through the same
two steps, so that at any moment an issue is either committed as a whole or not at all.

Many issues of a year may lie together in ``part-*.parquet`` (:mod:`pipeline.packing`); which, stands in
``_ledger/parts/``. An issue is written or removed as a file of its own only: packed ones are unpacked before.

The datasets are named here and not taken from :mod:`schemas.datasets`, which needs Arrow: looking at
what is in the store must stay cheap. A test holds the two together.
"""

from __future__ import annotations

import json
import os
import socket
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

DATASET_NAMES: Final = (
    "issues", "documents", "clauses", "tables", "table_cells", "quantities", "targets", "officials",
    "responsibilities", "citations", "segments", "pages", "problems",
)  # fmt: skip
COMMIT: Final = "issues"
UNKNOWN_YEAR: Final = 0
PART: Final = "part-"
"""How the names of files with many issues begin."""

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
                make_folder(final.parent)
                temporary.replace(final)
                sync_folder(final.parent)
        finally:
            for temporary, _ in staged:
                temporary.unlink(missing_ok=True)

    def remove(self, issue_id: str) -> bool:
        """Take an issue out, its commit mark first; says whether it was committed."""
        was_committed = self._remove_files(COMMIT, issue_id)
        for name in DATASET_NAMES:
            self._remove_files(name, issue_id)
        if self.text_path(issue_id).exists():
            self._step("remove texts")
            self.text_path(issue_id).unlink(missing_ok=True)
        return was_committed

    def committed(self) -> set[str]:
        """Ids of the committed issues."""
        return self._issues(self._places(COMMIT))

    def complete(self) -> set[str]:
        """Ids of the issues of which every file stands, in one year's folders: nothing was lost or removed by hand."""
        texts = {name.removesuffix(".txt") for name in _names(self.folder / "texts")}
        return self._issues(set.intersection(*(self._places(name) for name in DATASET_NAMES))) & texts

    def singles(self) -> dict[str, list[str]]:
        """The committed issues that have files of their own, in order, by year's folder."""
        found: dict[str, list[str]] = {}
        for partition, name in sorted(self._places(COMMIT)):
            if not name.startswith(PART):
                found.setdefault(partition, []).append(name)
        return found

    def parts(self) -> dict[tuple[str, str], tuple[str, ...]]:
        """The issues of every committed part, by year's folder and the part's name without its suffix."""
        here = {place for place in self._places(COMMIT) if place[1].startswith(PART)}
        known: dict[tuple[str, str], tuple[str, ...]] = {}
        for partition in {partition for partition, _ in here}:
            known |= {(partition, name): tuple(issues) for name, issues in self._listed(partition).items()}
        return {
            place: known[place] if place in known else _read_issues(self.part_path(COMMIT, *place)) for place in here
        }

    def part_path(self, dataset: str, partition: str, part: str) -> Path:
        """Where a part (or an issue's own file) of a dataset lies."""
        return self.folder / dataset / partition / f"{part}.parquet"

    @property
    def switch_path(self) -> Path:
        """Where a change of layout is written down before it is carried out."""
        return self.folder / "_ledger" / "switch.json"

    @property
    def packed_path(self) -> Path:
        """The file that says that a run ends with packing what it made."""
        return self.folder / "_ledger" / "packed"

    def parts_list(self, partition: str) -> Path:
        """The file that lists the issues of a year's parts."""
        return self.folder / "_ledger" / "parts" / f"{partition}.json"

    def _listed(self, partition: str) -> dict[str, list[str]]:
        try:
            listed: dict[str, list[str]] = json.loads(self.parts_list(partition).read_bytes())
        except (FileNotFoundError, ValueError):
            return {}
        return listed

    def _issues(self, places: set[tuple[str, str]]) -> set[str]:
        single = {name for _, name in places if not name.startswith(PART)}
        if len(single) == len(places):
            return single
        packed = (issues for place, issues in self.parts().items() if place in places)
        return single.union(*packed)

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
        make_folder(folder)
        path = folder / f"{name}.{socket.gethostname()}.{os.getpid()}.part"
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
                    sync_folder(path.parent)

    def _remove_files(self, name: str, issue_id: str) -> bool:
        copies = self._copies(name, issue_id)
        for path in copies:
            self._step(f"remove {name}")
            path.unlink(missing_ok=True)
            sync_folder(path.parent)
        return bool(copies)

    def _copies(self, name: str, issue_id: str) -> list[Path]:
        candidates = [folder / f"{issue_id}.parquet" for folder in _entries(self.folder / name)]
        return [path for path in candidates if path.exists()]

    def _places(self, name: str) -> set[tuple[str, str]]:
        """The files of a dataset by year's folder and name without suffix."""
        return {
            (partition, file.removesuffix(".parquet"))
            for partition in _names(self.folder / name)
            for file in _names(self.folder / name / partition)
            if file.endswith(".parquet")
        }


def _read_issues(path: Path) -> tuple[str, ...]:
    """The issues of a part whose list is lost."""
    import pyarrow.parquet as pq

    return tuple(sorted(pq.ParquetFile(path).read(["issue_id"]).column(0).to_pylist()))


def _commit_last(files: Mapping[str, bytes]) -> list[str]:
    return [name for name in DATASET_NAMES if name in files and name != COMMIT] + [COMMIT]


def _entries(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir())
    except (FileNotFoundError, NotADirectoryError):
        return []


def _names(folder: Path) -> list[str]:
    try:
        return os.listdir(folder)
    except (FileNotFoundError, NotADirectoryError):
        return []


def make_folder(folder: Path) -> None:
    """Make *folder* and its parents, durably."""
    if folder.is_dir():
        return
    folder.mkdir(parents=True, exist_ok=True)
    sync_folder(folder.parent)


def sync_folder(folder: Path) -> None:
    """Make renames and removals in *folder* durable (POSIX; elsewhere folders cannot be opened)."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
