"""The store: one Parquet file per issue and dataset, whole at every moment, on a disk or an object store.

The file in ``issues`` is the commit mark of its issue: removed first, written last. Replacing an issue goes through
the same two steps, so that at any moment an issue is either committed as a whole or not at all. How a file comes to be
whole and to last is :mod:`pipeline.storage`'s.

Many issues of a year may lie together in ``part-*.parquet`` (:mod:`pipeline.store.packing`); which, stands in
``_ledger/parts/``. An issue is written or removed as a file of its own only: packed ones are unpacked before.

Looking at what is in the store stays cheap: nothing here needs Arrow but the list of a part that is lost.
"""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Collection, Iterable, Mapping
from pathlib import Path
from typing import Any, Final, TypeGuard

from pipeline import storage
from pipeline.store.sums import Sum, sum_of
from schemas.datasets import DATASETS

COMMIT: Final = "issues"
UNKNOWN_YEAR: Final = 0
PART: Final = "part-"
"""How the names of files with many issues begin."""

Step = Callable[[str], None]
"""Called with the name of each step before it is taken; a test stops the store there."""


def _no_step(_name: str) -> None:
    return None


SWITCH: Final = "_ledger/switch.json"
"""Where a change of layout is written down before it is carried out."""
PACKED: Final = "_ledger/packed"
"""The file that says that a run ends with packing what it made."""


class Store:
    """The datasets below one output folder, or below an address of an object store."""

    def __init__(self, folder: Path | str, step: Step = _no_step) -> None:
        self.folder = folder
        self.files = storage.at(folder)
        self._step = step

    def write(
        self,
        issue_id: str,
        year: int | None,
        files: Mapping[str, bytes],
        text: str,
        stands: Collection[str] | None = None,
    ) -> dict[str, Sum]:
        """Commit an issue: *files* holds the Parquet bytes of every dataset, *text* its canonical text; their sums.

        *stands* names the years' folders in which files of the issue stand (:meth:`standing`); without it they are
        looked for. Raises :class:`OSError` (a full disk, say) and then leaves the issue uncommitted, or as it was.
        """
        if set(files) != set(DATASETS):
            raise ValueError(f"an issue has the datasets {tuple(DATASETS)}, not {tuple(files)}")
        partition = f"year={year or UNKNOWN_YEAR}"
        before = self._partitions() if stands is None else sorted(stands)
        named = {text_name(issue_id): text.encode("utf-8")}
        named |= {part_name(name, partition, issue_id): files[name] for name in _commit_last(files)}
        staged = self.files.stage(named, self._before("stage"))
        try:
            self._remove_files([COMMIT], issue_id, before)
            self._remove_files(DATASETS, issue_id, [other for other in before if other != partition])
            mark = part_name(COMMIT, partition, issue_id)
            staged.publish([name for name in named if name != mark], self._before("rename"))
            staged.publish([mark], self._before("rename"))
        finally:
            staged.drop()
        return {name: sum_of(data) for name, data in named.items()}

    def remove(self, issue_id: str, stands: Collection[str] | None = None) -> bool:
        """Take an issue out, its commit mark first; says whether it was committed. *stands* as for :meth:`write`."""
        partitions = self._partitions() if stands is None else sorted(stands)
        was_committed = self._remove_files([COMMIT], issue_id, partitions)
        self._remove_files([name for name in DATASETS if name != COMMIT], issue_id, partitions)
        if self.files.exists(text_name(issue_id)):
            self._step("remove texts")
            self.files.remove([text_name(issue_id)])
        return was_committed

    def committed(self) -> set[str]:
        """Ids of the committed issues."""
        return self._issues(self._places(COMMIT))

    def complete(self) -> set[str]:
        """Ids of the issues of which every file stands, in one year's folders: nothing was lost or removed by hand."""
        places = self._places(COMMIT)
        for name in DATASETS:
            if places and name != COMMIT:
                places &= self._places(name)
        return self._issues(places) & self._texts()

    def standing(self, issues: Collection[str]) -> dict[str, list[str]]:
        """The years' folders in which files of *issues* stand, committed or not, from one look at every folder."""
        found: dict[str, set[str]] = {issue: set() for issue in issues}
        for name in DATASETS:
            for partition, file in self._places(name):
                if file in found:
                    found[file].add(partition)
        return {issue: sorted(partitions) for issue, partitions in found.items()}

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
        return {place: known[place] if place in known else self._read_issues(place) for place in here}

    def _listed(self, partition: str) -> dict[str, list[str]]:
        try:
            listed = json.loads(self.files.read(parts_list(partition)))
        except (FileNotFoundError, ValueError):
            return {}
        return listed if _is_list_of_parts(listed) else {}

    def _issues(self, places: set[tuple[str, str]]) -> set[str]:
        single = {name for _, name in places if not name.startswith(PART)}
        if len(single) == len(places):
            return single
        packed = (issues for place, issues in self.parts().items() if place in places)
        return single.union(*packed)

    def clear_temporary(self) -> None:
        """Remove what a killed run left; for the holder of the output folder's lock."""
        self.files.clear_temporary()

    def _before(self, verb: str) -> Callable[[str], None]:
        return lambda name: self._step(f"{verb} {name.partition('/')[0]}")

    def _remove_files(self, datasets: Iterable[str], issue_id: str, partitions: Collection[str]) -> bool:
        names = [part_name(dataset, partition, issue_id) for dataset in datasets for partition in partitions]
        standing = [name for name in names if self.files.exists(name)]
        for name in standing:
            self._step(f"remove {name.partition('/')[0]}")
            self.files.remove([name])
        return bool(standing)

    def _partitions(self) -> list[str]:
        return sorted({partition for name in DATASETS for partition in self.files.names(name)})

    def _places(self, name: str) -> set[tuple[str, str]]:
        """The files of a dataset by year's folder and name without suffix."""
        found: set[tuple[str, str]] = set()
        for path in self.files.find(name):
            partition, _, file = path.rpartition("/")
            if file.endswith(".parquet"):
                found.add((partition, file.removesuffix(".parquet")))
        return found

    def _texts(self) -> set[str]:
        return {name.removesuffix(".txt") for name in self.files.names("texts")}

    def _read_issues(self, place: tuple[str, str]) -> tuple[str, ...]:
        """The issues of a part whose list is lost."""
        import pyarrow.parquet as pq

        file = io.BytesIO(self.files.read(part_name(COMMIT, *place)))
        return tuple(sorted(pq.ParquetFile(file).read(["issue_id"]).column(0).to_pylist()))


def part_name(dataset: str, partition: str, part: str) -> str:
    """Where a part (or an issue's own file) of a dataset lies."""
    return f"{dataset}/{partition}/{part}.parquet"


def text_name(issue_id: str) -> str:
    """Where the canonical text of an issue lies."""
    return f"texts/{issue_id}.txt"


def parts_list(partition: str) -> str:
    """The file that lists the issues of a year's parts."""
    return f"_ledger/parts/{partition}.json"


def _is_list_of_parts(listed: Any) -> TypeGuard[dict[str, list[str]]]:
    return isinstance(listed, dict) and all(
        isinstance(issues, list) and all(isinstance(issue, str) for issue in issues) for issues in listed.values()
    )


def _commit_last(files: Mapping[str, bytes]) -> list[str]:
    return [name for name in DATASETS if name in files and name != COMMIT] + [COMMIT]
