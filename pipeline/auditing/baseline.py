"""A baseline: the rows of a processed folder, small enough to be committed, for :mod:`pipeline.auditing.compare`.

It is a processed folder without texts, with the datasets that hold extracted rows alone, and without the columns
that repeat the source (the evidence sentences) or follow from others.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.auditing.folders import Folder
from schemas.datasets import DATASETS

_LEFT_OUT: Final = frozenset({"sentence", "dimension", "clause_path"})
_LEVEL: Final = 19


def write_baseline(folder: Folder, path: Path) -> int:
    """Write the rows of *folder* as the baseline at *path*, in place of what it holds; returns its size in bytes."""
    size = 0
    for dataset in (name for name, one in DATASETS.items() if one.in_baseline):
        for old in sorted((path / dataset).glob("year=*/*.parquet")):
            old.unlink()
        for issue_id in folder.issues:
            target = path / dataset / f"year={folder.year(issue_id)}" / f"{issue_id}.parquet"
            target.parent.mkdir(parents=True, exist_ok=True)
            _write(pa.concat_tables(folder.tables(dataset, issue_id)), target)
            size += target.stat().st_size
    return size


def _write(table: pa.Table, target: Path) -> None:
    kept = [name for name in table.column_names if name not in _LEFT_OUT]
    described = table.select(kept)
    bare = described.cast(pa.schema([field.remove_metadata() for field in described.schema]))
    pq.write_table(bare, target, compression="zstd", compression_level=_LEVEL, write_statistics=False)
