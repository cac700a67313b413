"""The one way of reading a processed folder: what is committed, issue by issue, in files of one or of many issues."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from pipeline import storage
from pipeline.store.ledger import Ledger
from pipeline.store.store import COMMIT, PART, SWITCH, part_name, text_name
from pipeline.store.sums import Sums, sum_of
from schemas.datasets import DATASETS

Place = tuple[str, str]
"""A year's folder and the name of a file in it, without its suffix."""


_LARGE: Final = 1_000_000
"""Bytes from which on a file is worth several threads."""


class DamagedError(ValueError):
    """A file of the store that cannot be read; the message names it, and what makes it anew."""


@dataclass(frozen=True, slots=True)
class Committed:
    """The files of the committed issues at one place."""

    files: storage.Storage
    places: tuple[Place, ...]
    """Where commit marks stand, in order."""
    _whole: dict[str, tuple[Place, pa.Table]] = field(default_factory=dict, compare=False, repr=False)
    """Of each dataset the file of many issues that was read last: issues are asked for in the order in which they lie."""

    _sums: list[Sums] = field(default_factory=list, compare=False, repr=False)
    """What was noted of the files, once it was read."""

    def tables(
        self, dataset: str, places: Sequence[Place], columns: Sequence[str] | None = None
    ) -> Iterator[tuple[Place, pa.Table]]:
        """The rows of these files of *dataset*, in their order."""
        names = [part_name(dataset, *place) for place in places]
        for place, name, data in zip(places, names, self.files.read_all(names), strict=True):
            yield place, self._read(name, data, columns)

    def _read(self, name: str, data: bytes, columns: Sequence[str] | None) -> pa.Table:
        try:
            if not self._is_as_written(name, data):
                raise OSError("other bytes than were written")
            file = pq.ParquetFile(pa.BufferReader(data), page_checksum_verification=True)
            return file.read(columns, use_threads=len(data) > _LARGE)
        except (pa.ArrowException, OSError) as error:
            here = self.files.location
            raise DamagedError(
                f"{storage.join(here, name)} is damaged ({str(error).splitlines()[0]}); to make it anew: "
                f"gongbao run PATH --out {here}; to check every file: gongbao verify {here}"
            ) from error

    def _is_as_written(self, name: str, data: bytes) -> bool:
        """Whether the bytes are those that were noted, if any were; what a run is replacing now is not noted yet."""
        if not self._sums:
            self._sums.append(Sums(self.files))
        found = sum_of(data)
        if self._sums[0].known.get(name, found) == found:
            return True
        issue = name.rpartition("/")[2].removesuffix(".parquet")
        if self.files.exists(SWITCH) or issue in Ledger(self.files).begun:
            return True
        self._sums[0] = Sums(self.files)
        return self._sums[0].known.get(name, found) == found

    def whole(self, dataset: str, place: Place, wanted: Sequence[str]) -> pa.Table:
        """Those of the *wanted* columns that a file has, of all its rows."""
        file = pq.ParquetFile(pa.BufferReader(self.files.read(part_name(dataset, *place))))
        return file.read([name for name in wanted if name in file.schema_arrow.names])

    def table(self, dataset: str, place: Place, issue_id: str) -> pa.Table:
        """The rows of one issue, which lies at *place*."""
        if not place[1].startswith(PART):
            return next(self.tables(dataset, [place]))[1]
        if self._whole.get(dataset, (None, None))[0] != place:
            self._whole[dataset] = next(self.tables(dataset, [place]))
        return only(self._whole[dataset][1], [issue_id])

    def text(self, issue_id: str) -> str | None:
        """The canonical text of an issue, ``None`` where the folder keeps none (a baseline)."""
        try:
            return self.files.read(text_name(issue_id)).decode("utf-8")
        except FileNotFoundError:
            return None

    def datasets(self) -> tuple[str, ...]:
        """The datasets that stand (a baseline holds some only)."""
        return tuple(name for name in DATASETS if self.files.names(name))


def committed(place: storage.Place) -> Committed:
    """What is committed at *place*: nothing, where nothing is."""
    files = storage.at(place)
    marks = (name.removesuffix(".parquet").rpartition("/") for name in files.find(COMMIT) if name.endswith(".parquet"))
    return Committed(files, tuple(sorted((year, name) for year, _, name in marks if year.startswith("year="))))


def only(table: pa.Table, issues: Collection[str]) -> pa.Table:
    """The rows of *issues*."""
    return table.filter(pc.is_in(table.column("issue_id"), pa.array(sorted(issues), pa.string())))
