"""A property that is worked out when it is first asked for, and kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar, overload

T = TypeVar("T")
S = TypeVar("S")


class once(Generic[S, T]):
    """Like :func:`functools.cached_property`, without the lock that Python 3.11 takes at each first look."""

    def __init__(self, read: Callable[[S], T]) -> None:
        self._read = read
        self._name = read.__name__
        self.__doc__ = read.__doc__

    @overload
    def __get__(self, owner: None, kind: type[Any]) -> once[S, T]: ...
    @overload
    def __get__(self, owner: S, kind: type[Any]) -> T: ...
    def __get__(self, owner: S | None, kind: type[Any]) -> T | once[S, T]:
        if owner is None:
            return self
        value = owner.__dict__[self._name] = self._read(owner)
        return value
