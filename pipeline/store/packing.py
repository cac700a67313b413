"""Many issues in one file: ``part-*.parquet`` per year and dataset, rows sorted by ``issue_id``.

Which part an issue lies in follows from its id and from how many issues its year has, so that the same
issues make the same bytes in whatever order they came. A part can be unpacked into the very files that it
was made of: its metadata keep those of each issue.

A change of layout is prepared in ``_tmp/``, written down in ``_ledger/switch.json``, and then carried out,
commit marks first removed and last put in place. :func:`recover` carries out what a kill interrupted. On an object
store the same holds with a copy in place of a rename: each step is idempotent.
"""

from __future__ import annotations

import io
import json
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from pipeline.store.parquet import to_parquet
from pipeline.store.store import COMMIT, PACKED, PART, SWITCH, Store, part_name, parts_list
from pipeline.store.sums import Sum, note, sum_of
from schemas.datasets import DATASETS

MOST_ISSUES: Final = 512
"""A year with more issues has several parts, by the first digits of their ids."""
_DIGITS: Final = "0123456789abcdef"
_OF_AN_ISSUE: Final = (b"source_sha256", b"code_version", b"rules_version")
_OF_SOME: Final = b"sidecar_sha256"
"""An issue of which a listing says something has this too."""
_ISSUES: Final = b"issues"
_ROW_GROUP: Final = 131_072

Place = tuple[str, str]
"""A year's folder and the name of a part in it."""


class PackError(Exception):
    """Issues made by different schemas cannot share a file."""


def pack(store: Store) -> list[Place]:
    """Bring every year into parts; the places that were written. Raises :class:`PackError` and :class:`OSError`."""
    recover(store)
    store.files.write(PACKED, b"")
    parts, singles, complete = store.parts(), store.singles(), store.complete()
    written: list[Place] = []
    for partition in sorted({partition for partition, _ in parts} | set(singles)):
        now = {name: issues for (year, name), issues in parts.items() if year == partition}
        alone = [issue for issue in singles.get(partition, ()) if issue in complete]
        wanted = _layout([*alone, *(issue for issues in now.values() for issue in issues)])
        changed = {name: issues for name, issues in wanted.items() if now.get(name) != issues}
        dropped = [name for name in now if name not in wanted]
        if changed or dropped:
            _repack(store, partition, now, alone, wanted, changed)
            written += [(partition, name) for name in changed]
    return written


def unpack(store: Store, issues: Collection[str] | None = None) -> list[Place]:
    """Give *issues* (by default all) files of their own again; the parts that they were taken from."""
    recover(store)
    unpacked: list[Place] = []
    for (partition, name), held in sorted(store.parts().items()):
        out = [issue for issue in held if issues is None or issue in issues]
        if not out:
            continue
        rest = [issue for issue in held if issue not in set(out)]
        switch = _Switch(store, partition)
        for dataset in DATASETS:
            path = part_name(dataset, partition, name)
            if not store.files.exists(path):  # lost: its issues are not complete, and are made anew
                continue
            table = _read(store, path)
            for issue_id, batch in _issues_of(table, out):
                switch.add(dataset, issue_id, to_parquet(batch))
            if rest:
                switch.add(dataset, name, _part([table], rest))
            switch.remove(dataset, name)
        parts = {part: ids for (year, part), ids in store.parts().items() if year == partition and part != name}
        switch.carry_out(parts | ({name: tuple(rest)} if rest else {}))
        unpacked.append((partition, name))
    return unpacked


def recover(store: Store) -> None:
    """Carry out the change of layout that a killed process had recorded."""
    if store.files.exists(SWITCH):
        _carry_out(store, json.loads(store.files.read(SWITCH)))


def _layout(issues: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """The parts that *issues* of one year belong into."""
    digits = 0
    while len(issues) > MOST_ISSUES * len(_DIGITS) ** digits:
        digits += 1
    parts: dict[str, list[str]] = {}
    for issue in sorted(issues):
        parts.setdefault(f"{PART}{issue[:digits] or '0'}", []).append(issue)
    return {name: tuple(held) for name, held in parts.items()}


def _repack(
    store: Store,
    partition: str,
    now: dict[str, tuple[str, ...]],
    alone: Sequence[str],
    wanted: dict[str, tuple[str, ...]],
    changed: dict[str, tuple[str, ...]],
) -> None:
    held_by = {issue: name for name, issues in now.items() for issue in issues} | {issue: issue for issue in alone}
    switch = _Switch(store, partition)
    for dataset in DATASETS:
        for name, issues in changed.items():
            files = sorted({held_by[issue] for issue in issues})
            tables = [_read(store, part_name(dataset, partition, file)) for file in files]
            switch.add(dataset, name, _part(tables, issues))
        for name in {*alone, *(held_by[issue] for issues in changed.values() for issue in issues)} | set(now) - set(
            wanted
        ):
            switch.remove(dataset, name)
    switch.carry_out(wanted)


def _part(tables: Sequence[pa.Table], issues: Sequence[str]) -> bytes:
    """One file of the rows of *issues*, in the order of their ids, of each in its own order."""
    origins: dict[str, dict[str, str]] = {}
    for table in tables:
        origins |= _origins(table)
    bare = [table.replace_schema_metadata(None) for table in tables]
    if any(table.schema != bare[0].schema for table in bare):
        raise PackError("the issues were made by different schemas; bring them up to date first: gongbao run")
    rows = pa.concat_tables(bare)
    rows = rows.filter(pc.is_in(rows.column("issue_id"), pa.array(issues, pa.string())))
    order = pc.sort_indices(rows.column("issue_id"))  # stable: rows of one issue stay in their order
    metadata = dict(tables[0].schema.metadata)  # in the order of a single issue's
    metadata.pop(_OF_SOME, None)
    for key in _OF_AN_ISSUE:
        metadata[key] = " ".join(sorted({origins[issue][key.decode()] for issue in issues})).encode()
    metadata[_ISSUES] = json.dumps({issue: origins[issue] for issue in issues}, sort_keys=True).encode()
    return _to_parquet(rows.take(order).cast(tables[0].schema.with_metadata(metadata)))


def _read(store: Store, name: str) -> pa.Table:
    """A file's rows with the schema that it was written with: Parquet renames the elements of lists."""
    table = pq.ParquetFile(io.BytesIO(store.files.read(name))).read()
    fields = [
        field.with_type(pa.list_(field.type.value_type)) if pa.types.is_list(field.type) else field
        for field in table.schema
    ]
    return table.cast(pa.schema(fields, table.schema.metadata))


def _to_parquet(table: pa.Table) -> bytes:
    sink = pa.BufferOutputStream()
    with pq.ParquetWriter(sink, table.schema, version="2.6", compression="zstd", write_page_checksum=True) as writer:
        writer.write_table(table.combine_chunks(), row_group_size=_ROW_GROUP)
    data: bytes = sink.getvalue().to_pybytes()
    return data


def _origins(table: pa.Table) -> dict[str, dict[str, str]]:
    """The metadata of each issue in a file of one issue or of many."""
    metadata = table.schema.metadata
    if _ISSUES in metadata:
        listed: dict[str, dict[str, str]] = json.loads(metadata[_ISSUES])
        return listed
    told = {key.decode(): metadata[key].decode() for key in (_OF_SOME, *_OF_AN_ISSUE) if key in metadata}
    return {told["source_sha256"][:16]: told}


def _issues_of(table: pa.Table, issues: Sequence[str]) -> Iterator[tuple[str, pa.RecordBatch]]:
    """The record batch of every issue of a part, as it was before it was packed."""
    origins = _origins(table)
    common = {key: value for key, value in table.schema.metadata.items() if key != _ISSUES}
    for issue in issues:
        own = {key.encode(): value.encode() for key, value in origins[issue].items()}
        schema = table.schema.with_metadata(common | own)
        rows = table.filter(pc.equal(table.column("issue_id"), issue)).replace_schema_metadata(schema.metadata)
        batches = rows.combine_chunks().to_batches()
        yield issue, batches[0] if batches else pa.RecordBatch.from_pylist([], schema=schema)


@dataclass(slots=True)
class _Switch:
    """A change of one year's layout that is being prepared."""

    store: Store
    partition: str
    _adds: list[tuple[str, str]] = field(default_factory=list)
    _removes: list[str] = field(default_factory=list)
    _sums: dict[str, Sum] = field(default_factory=dict)

    def add(self, dataset: str, name: str, data: bytes) -> None:
        staged = f"_tmp/switch.{self.partition}.{dataset}.{name}"
        self.store.files.hide(staged, data)
        final = part_name(dataset, self.partition, name)
        self._adds.append((staged, final))
        self._sums[final] = sum_of(data)

    def remove(self, dataset: str, name: str) -> None:
        self._removes.append(part_name(dataset, self.partition, name))

    def carry_out(self, parts: dict[str, tuple[str, ...]]) -> None:
        change = {"partition": self.partition, "add": self._adds, "remove": self._removes, "parts": parts} | {
            "sums": self._sums
        }
        self.store.files.write(SWITCH, json.dumps(change, sort_keys=True).encode())
        recover(self.store)


def _carry_out(store: Store, change: dict[str, Any]) -> None:
    """Carry out the recorded change, from the step at which it stopped."""
    staged = {final: temporary for temporary, final in change["add"]}
    waiting = {f"_tmp/{name}" for name in store.files.names("_tmp")}
    for marks in (True, False):
        store.files.remove(
            [
                name
                for name in change["remove"]
                if _is_commit(name) == marks and (name not in staged or staged[name] in waiting)
            ]
        )
    for marks in (False, True):
        store.files.rename(
            [
                (temporary, final)
                for final, temporary in staged.items()
                if _is_commit(final) == marks and temporary in waiting
            ]
        )
    store.files.write(parts_list(change["partition"]), json.dumps(change["parts"], sort_keys=True).encode())
    note(store.files, change.get("sums", {}))
    store.files.remove([SWITCH])


def _is_commit(name: str) -> bool:
    return name.startswith(f"{COMMIT}/")
