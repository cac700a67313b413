"""One issue from its source to record batches: no disk, no server, usable from a notebook.

>>> from pipeline.process import process
>>> from pipeline.readers import read
>>> batches = process(read("raw/xiangyin/2023-01.txt"))  # doctest: +SKIP
>>> batches["targets"].num_rows  # doctest: +SKIP
"""

from __future__ import annotations

import pyarrow as pa

from extractors.extract import extract
from pipeline.segmentation import segment
from pipeline.versions import code_version, rules_version
from schemas.batches import to_batch
from schemas.datasets import DATASETS
from schemas.records import SourceText
from schemas.tabulate import rows_in


def process(source: SourceText) -> dict[str, pa.RecordBatch]:
    """Every dataset's rows of one issue, in the order of :data:`schemas.datasets.DATASETS`, empty ones too.

    Raises :class:`schemas.batches.SchemaError` where a record does not fit its dataset.
    """
    issue = segment(source)
    extraction = extract(issue)
    metadata = {"sidecar_sha256": source.sidecar_sha256} if source.sidecar_sha256 else {}
    metadata |= {
        "source_sha256": source.source_sha256,
        "code_version": code_version(),
        "rules_version": rules_version(),
    }
    return {name: to_batch(name, rows_in(name, issue, extraction), metadata) for name in DATASETS}
