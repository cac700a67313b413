"""Records with other values in some of their fields."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields
from functools import cache
from operator import attrgetter
from typing import Any, TypeVar

T = TypeVar("T")


def replace(record: T, **values: Any) -> T:
    """*record* with other *values*, like :func:`dataclasses.replace`, for records of several fields, all of ``__init__``.

    Several times as quick where a record has many fields: those of a kind of record are looked up once. Raises
    :class:`TypeError` for a name that is no field.
    """
    kind: Any = type(record)
    places, read = _fields(kind)
    now = list(read(record))
    for name, value in values.items():
        if name not in places:
            raise TypeError(f"{kind.__name__} has no field {name}")
        now[places[name]] = value
    made: T = kind(*now)
    return made


@cache
def _fields(kind: type[Any]) -> tuple[Mapping[str, int], Callable[[Any], tuple[Any, ...]]]:
    """Where each field stands among the arguments of ``__init__``, and what reads them all in that order."""
    names = [one.name for one in fields(kind)]
    return {name: place for place, name in enumerate(names)}, attrgetter(*names)
