"""The records of a large ledger: a Parquet file sorted by path, of which a group of rows is read when one is asked for.

A million records as Python objects take gigabytes and a third of a minute to read. Here the file's bytes are kept as they
are, compressed, with the first path of each group of rows; what has changed since is laid over them. Each row holds the path
and the line that a journal has for the record, so that both say the same in the same words.
"""

from __future__ import annotations

import io
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping, ValuesView
from functools import cached_property, lru_cache
from heapq import merge
from itertools import islice
from typing import Final

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.storage import StorageError
from pipeline.storage.json_lines import lines, value_of
from pipeline.store.records import InputRecord, event_of, record_of_own

_GROUP: Final = 4096
"""Rows that are read together."""
_GROUPS_KEPT: Final = 4
_SCHEMA: Final = pa.schema(
    [pa.field("path", pa.binary(), nullable=False), pa.field("line", pa.binary(), nullable=False)]
)
_Row = tuple[bytes, bytes]


class Records(MutableMapping[str, InputRecord]):
    """The records of the snapshot *data* by path, in the order of their paths, with what is changed since.

    Raises :class:`StorageError` where *data* is no snapshot.
    """

    def __init__(self, data: bytes) -> None:
        try:
            self._file = pq.ParquetFile(pa.BufferReader(data), page_checksum_verification=True)
            if not self._file.schema_arrow.equals(_SCHEMA):
                raise pa.ArrowInvalid(f"its columns are {self._file.schema_arrow.names}")
        except (OSError, pa.ArrowException) as error:
            raise _damaged(error) from error
        metadata = self._file.metadata
        groups = map(metadata.row_group, range(metadata.num_row_groups))
        self._firsts: list[bytes] = [group.column(0).statistics.min for group in groups]
        self._count: int = metadata.num_rows
        self.changes: dict[str, InputRecord | None] = {}
        """The records that are new or changed since the snapshot; ``None`` for those that are dropped."""

    def __getitem__(self, path: str) -> InputRecord:
        if path in self.changes:
            record = self.changes[path]
            if record is None:
                raise KeyError(path)
            return record
        return _record(self._lines_beside(path)[_key(path)])

    def __contains__(self, path: object) -> bool:
        if not isinstance(path, str):
            return False
        return self.changes[path] is not None if path in self.changes else _key(path) in self._lines_beside(path)

    def __setitem__(self, path: str, record: InputRecord) -> None:
        self._count += path not in self
        self.changes[path] = record

    def __delitem__(self, path: str) -> None:
        if path not in self:
            raise KeyError(path)
        self._count -= 1
        self.changes[path] = None

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[str]:
        return (_path(key) for key, _ in self.rows())

    def values(self) -> ValuesView[InputRecord]:
        """The records, in the order of their paths, each made when it is asked for."""
        return _Values(self)

    def rows(self) -> Iterator[_Row]:
        """Every record's path and line, in the order of the paths."""
        changed = sorted((_key(path), record) for path, record in self.changes.items() if record is not None)
        kept = (row for row in self._kept() if not self.changes or _path(row[0]) not in self.changes)
        yield from merge(kept, ((key, lines([event_of(record)])) for key, record in changed), key=_first)

    def _kept(self) -> Iterator[_Row]:
        for group in range(len(self._firsts)):
            yield from self._group(group).items()

    def _lines_beside(self, path: str) -> Mapping[bytes, bytes]:
        """The lines of the group of rows in which *path* stands if it stands anywhere."""
        place = bisect_right(self._firsts, _key(path)) - 1
        return self._group(place) if place >= 0 else {}

    @cached_property
    def _group(self) -> Callable[[int], Mapping[bytes, bytes]]:
        return lru_cache(maxsize=_GROUPS_KEPT)(self._read)

    def _read(self, group: int) -> Mapping[bytes, bytes]:
        try:
            table = self._file.read_row_group(group)
        except (OSError, pa.ArrowException) as error:
            raise _damaged(error) from error
        return dict(zip(table["path"].to_pylist(), table["line"].to_pylist(), strict=True))


class _Values(ValuesView[InputRecord]):
    """Read a group of rows at a time, not a record by its path."""

    def __init__(self, records: Records) -> None:
        super().__init__(records)
        self._records = records

    def __iter__(self) -> Iterator[InputRecord]:
        return (_record(line) for _, line in self._records.rows())


def snapshot(rows: Iterable[_Row]) -> bytes:
    """The bytes of the snapshot of *rows*, which stand in the order of their paths."""
    sink, waiting = io.BytesIO(), iter(rows)
    with pq.ParquetWriter(sink, _SCHEMA, compression="zstd", write_page_checksum=True) as writer:
        while batch := list(islice(waiting, _GROUP)):
            paths, told = zip(*batch, strict=True)
            writer.write_table(pa.table([pa.array(paths, pa.binary()), pa.array(told, pa.binary())], schema=_SCHEMA))
    return sink.getvalue()


def rows_of(records: Mapping[str, InputRecord]) -> Iterator[_Row]:
    """The rows of *records*, in the order of their paths."""
    if isinstance(records, Records):
        return records.rows()
    return ((_key(path), lines([event_of(records[path])])) for path in sorted(records, key=_key))


def _first(row: _Row) -> bytes:
    return row[0]


def _record(line: bytes) -> InputRecord:
    return record_of_own(value_of(line))


def _key(path: str) -> bytes:
    return path.encode("utf-8", "surrogatepass")


def _path(key: bytes) -> str:
    return key.decode("utf-8", "surrogatepass")


def _damaged(error: Exception) -> StorageError:
    return StorageError(
        f"_ledger/inputs.parquet, the ledger's snapshot, is damaged ({error}); take it away, and the next run makes anew "
        "what it knew"
    )
