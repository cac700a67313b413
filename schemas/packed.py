"""Documents of a large issue, kept small: all that stands over them as it is, their clauses and tables packed.

A clause or a cell is some ten objects of Python; packed, those of a document take a tenth of that. What is asked for of
one document after another is unpacked for each and let go with it.
"""

from __future__ import annotations

import pickle
import zlib
from collections.abc import Iterator, Sequence
from typing import Final, overload

from schemas.records import Clause, Document, Table
from schemas.replacing import replace

_LEVEL: Final = 1
Body = tuple[tuple[Clause, ...], tuple[Table, ...]]


class Packed(Sequence[Document]):
    """The documents whose clauses and tables are *bodies* (of :func:`packed`); each look at one makes it anew.

    ``heads`` are the documents without them.
    """

    def __init__(self, heads: Sequence[Document], bodies: Sequence[bytes]) -> None:
        self.heads = tuple(heads)
        self._bodies = tuple(bodies)

    def __len__(self) -> int:
        return len(self.heads)

    @overload
    def __getitem__(self, place: int) -> Document: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Document]: ...
    def __getitem__(self, place: int | slice) -> Document | Sequence[Document]:
        if isinstance(place, slice):
            return Packed(self.heads[place], self._bodies[place])
        clauses, tables = pickle.loads(zlib.decompress(self._bodies[place]))
        return replace(self.heads[place], clauses=clauses, tables=tables)

    def __iter__(self) -> Iterator[Document]:
        return (self[place] for place in range(len(self)))


def packed(document: Document) -> bytes:
    """The clauses and tables of *document*."""
    body: Body = (document.clauses, document.tables)
    return zlib.compress(pickle.dumps(body, pickle.HIGHEST_PROTOCOL), _LEVEL)
