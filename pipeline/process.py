"""One issue from its source to record batches: no disk, no server, usable from a notebook.

>>> from pipeline.process import process
>>> from pipeline.readers import read
>>> batches = process(read("raw/xiangyin/2023-01.txt"))  # doctest: +SKIP
>>> batches["targets"].num_rows  # doctest: +SKIP
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

import pyarrow as pa

from extractors.extract import Part, extract, extract_in_parts
from extractors.targets.repeats import Relation, Relations
from pipeline.segmentation import segment
from pipeline.versions import code_version, rules_version
from schemas.batches import Keys, to_batch
from schemas.columns import to_array
from schemas.datasets import DATASETS
from schemas.records import PART, Issue, SourceText
from schemas.tabulate import rows_in

_RELATED: Final = "targets"
"""The dataset whose rows say what they are to rows of the whole issue."""
_OF_THE_FIRST: Final = frozenset({"issues", "pages"})
_OF_THE_LAST: Final = frozenset({"problems"})


def process(source: SourceText) -> dict[str, pa.RecordBatch]:
    """Every dataset's rows of one issue, in the order of :data:`schemas.datasets.DATASETS`, empty ones too.

    Raises :class:`schemas.batches.SchemaError` where a record does not fit its dataset.
    """
    found: dict[str, list[pa.RecordBatch]] = {name: [] for name in DATASETS}
    for name, batch in batches_of(source):
        found[name].append(batch)
    return {name: parts[0] if len(parts) == 1 else pa.concat_batches(parts) for name, parts in found.items()}


def batches_of(source: SourceText) -> Iterator[tuple[str, pa.RecordBatch]]:
    """The same rows batch by batch, each with the name of its dataset, at least one of each; those of a dataset in order.

    An issue is one part, with a batch of each dataset; of a text of more than :data:`schemas.records.PART` characters no
    more than a part of its rows is held at once. Raises :class:`schemas.batches.SchemaError`, for a key that two parts
    have at the end.
    """
    issue = segment(source, pack=True)
    metadata = {"sidecar_sha256": source.sidecar_sha256} if source.sidecar_sha256 else {}
    metadata |= {
        "source_sha256": source.source_sha256,
        "code_version": code_version(),
        "rules_version": rules_version(),
    }
    if len(source.text) > PART:
        yield from _in_parts(issue, metadata)
        return
    extraction = extract(issue)
    for name in DATASETS:
        yield name, to_batch(name, rows_in(name, issue, extraction), metadata)


def _in_parts(issue: Issue, metadata: Mapping[str, str]) -> Iterator[tuple[str, pa.RecordBatch]]:
    relations, keys, targets = Relations(), Keys(), list[pa.Buffer]()
    given = 0
    for number, part in enumerate(extract_in_parts(issue, relations)):
        here, given = _part_of(issue, part, given)
        for name in DATASETS:
            if (name in _OF_THE_FIRST and number) or (name in _OF_THE_LAST and not part.is_last):
                continue
            batch = to_batch(name, rows_in(name, here, part.found), metadata)
            keys.note(name, batch)
            if name == _RELATED:
                targets.append(_packed(batch))
            else:
                yield name, batch
    keys.check()
    settled = relations.settled()
    for buffer in targets:
        yield _RELATED, _related(pa.ipc.open_stream(buffer).read_next_batch(), settled)


def _part_of(issue: Issue, part: Part, given: int) -> tuple[Issue, int]:
    """The issue as if it had only what stands in *part*, of its segments those from *given* on; and where the next begin."""
    end = given
    segments = issue.segments
    while end < len(segments) and (part.is_last or (segments[end].span or (0,))[0] < part.documents[-1].span.end):
        end += 1
    source = issue.source if part.is_last else replace(issue.source, furniture=())
    return replace(issue, source=source, documents=part.documents, segments=segments[given:end]), end


def _packed(batch: pa.RecordBatch) -> pa.Buffer:
    """*batch* in a tenth of its memory."""
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, batch.schema, options=pa.ipc.IpcWriteOptions(compression="zstd")) as stream:
        stream.write_batch(batch)
    return sink.getvalue()


def _related(batch: pa.RecordBatch, relations: Mapping[str, Relation]) -> pa.RecordBatch:
    """The targets of *batch* with what each is to the others of the issue."""
    alone = Relation()
    told = [relations.get(one, alone) for one in batch.column("target_id").to_pylist()]
    columns = dict(zip(batch.schema.names, batch.columns, strict=True))
    for name in Relation._fields:
        columns[name] = to_array([getattr(one, name) for one in told], batch.schema.field(name).type)
    return pa.RecordBatch.from_arrays(list(columns.values()), schema=batch.schema)
