"""Record batches → the bytes of a Parquet file, the same for the same rows on every run."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.parquet as pq


class _Pieces:
    """A file that is only written to; what is written lies where it is, and is not moved as the file grows."""

    closed = False

    def __init__(self) -> None:
        self.written: list[bytes] = []
        self._size = 0

    def write(self, data: bytes) -> int:
        piece = bytes(data)
        self.written.append(piece)
        self._size += len(piece)
        return len(piece)

    def tell(self) -> int:
        return self._size

    def flush(self) -> None:
        """All is there already."""

    def close(self) -> None:
        self.closed = True


class ParquetBytes:
    """A Parquet file in memory, written batch by batch; schema metadata included, fixed settings."""

    def __init__(self, schema: pa.Schema) -> None:
        self._pieces = _Pieces()
        self._is_empty = True
        self._writer = pq.ParquetWriter(
            self._pieces,
            schema,
            version="2.6",
            compression="zstd",
            use_dictionary=True,
            write_statistics=True,
            write_page_checksum=True,
        )

    def add(self, batch: pa.RecordBatch) -> None:
        """The rows of *batch* as a row group; one without rows is written where it is the first."""
        if batch.num_rows or self._is_empty:
            self._writer.write_table(pa.Table.from_batches([batch]), row_group_size=max(1, batch.num_rows))
            self._is_empty = False

    def finish(self) -> bytes:
        """The whole file; nothing can be added any more."""
        self._writer.close()
        return b"".join(self._pieces.written)


def to_parquet(batch: pa.RecordBatch) -> bytes:
    """*batch* as a whole Parquet file of one row group."""
    file = ParquetBytes(batch.schema)
    file.add(batch)
    return file.finish()
