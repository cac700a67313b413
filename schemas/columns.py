"""Values of Python → Arrow arrays, laid out by hand.

``pyarrow.array`` imports pandas to know its series, and with it half a second passes before a first issue: the flow,
its workers and a notebook that calls ``process`` have no need of it. Here a column is laid out as Arrow's format says:
a bit for each value that is there, offsets, values.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from itertools import accumulate, chain
from typing import Any, Final

import numpy as np
import pyarrow as pa

_OFFSET: Final = "int32"
_NUMBERS: Final[Mapping[pa.DataType, str]] = {
    pa.int32(): "int32", pa.int64(): "int64", pa.float64(): "float64", pa.date32(): "int32",
}  # fmt: skip
_EPOCH: Final = 719163
"""The ordinal of 1970-01-01, from which dates are counted."""


def to_array(values: Sequence[Any], kind: pa.DataType) -> pa.Array:
    """The *values*, ``None`` where there is none, as an array of the type *kind*, one of :data:`schemas.arrow.TYPES`.

    Raises :class:`TypeError`, :class:`ValueError` or :class:`OverflowError` for a value that is not of that type.
    """
    return _laid_out(values, kind) if values else _empty(kind)


@cache
def _empty(kind: pa.DataType) -> pa.Array:
    return _laid_out((), kind)


def _laid_out(values: Sequence[Any], kind: pa.DataType) -> pa.Array:
    if pa.types.is_list(kind):
        return _lists(values, kind)
    if pa.types.is_struct(kind):
        return _records(values, kind)
    if kind == pa.string():
        return _texts(values)
    if kind == pa.bool_():
        return pa.Array.from_buffers(kind, len(values), [_there(values), _bits([_flag(value) for value in values])])
    return pa.Array.from_buffers(kind, len(values), [_there(values), _numbers(values, kind)])


def _texts(values: Sequence[str | None]) -> pa.Array:
    texts = [*map(str.encode, ["" if value is None else value for value in values])]
    buffers = [_there(values), _offsets(texts), pa.py_buffer(b"".join(texts))]
    return pa.Array.from_buffers(pa.string(), len(values), buffers)


def _lists(values: Sequence[Sequence[Any] | None], kind: pa.DataType) -> pa.Array:
    held = [() if value is None else value for value in values]
    items = to_array(list(chain.from_iterable(held)), kind.value_type)
    return pa.Array.from_buffers(kind, len(values), [_there(values), _offsets(held)], children=[items])


def _records(values: Sequence[Mapping[str, Any]], kind: pa.DataType) -> pa.Array:
    fields = [kind.field(place) for place in range(kind.num_fields)]
    children = [to_array([value[field.name] for value in values], field.type) for field in fields]
    return pa.Array.from_buffers(kind, len(values), [None], children=children)


def _numbers(values: Sequence[Any], kind: pa.DataType) -> pa.Buffer:
    read: Callable[[Any], int | float] = _days if kind == pa.date32() else float if kind == pa.float64() else _whole
    return pa.py_buffer(
        np.fromiter((0 if value is None else read(value) for value in values), _NUMBERS[kind], len(values))
    )


def _offsets(held: Sequence[Sequence[Any]]) -> pa.Buffer:
    return pa.py_buffer(np.fromiter(accumulate(map(len, held), initial=0), _OFFSET, len(held) + 1))


def _there(values: Sequence[Any]) -> pa.Buffer | None:
    return _bits([value is not None for value in values]) if None in values else None


def _bits(flags: Sequence[bool]) -> pa.Buffer:
    return pa.py_buffer(np.packbits(np.array(flags, bool), bitorder="little"))


def _days(value: Any) -> int:
    return int(value.toordinal()) - _EPOCH


def _whole(value: Any) -> int:
    if not isinstance(value, int):
        raise TypeError(f"{value!r} is no whole number")
    return value


def _flag(value: Any) -> bool:
    if value is not None and not isinstance(value, bool):
        raise TypeError(f"{value!r} is neither true nor false")
    return bool(value)
