"""Record batch → the bytes of a Parquet file, the same for the same rows on every run."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.parquet as pq


def to_parquet(batch: pa.RecordBatch) -> bytes:
    """*batch* as a whole Parquet file, its schema metadata included; one row group, fixed settings."""
    sink = pa.BufferOutputStream()
    table = pa.Table.from_batches([batch])
    with pq.ParquetWriter(
        sink,
        table.schema,
        version="2.6",
        compression="zstd",
        use_dictionary=True,
        write_statistics=True,
        write_page_checksum=True,
    ) as writer:
        writer.write_table(table, row_group_size=max(1, table.num_rows))
    data: bytes = sink.getvalue().to_pybytes()
    return data
