"""A property that is worked out when it is first asked for, and kept."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any, Generic, TypeVar, overload

T = TypeVar("T")
S = TypeVar("S")


class once(Generic[S, T]):
    """Like :func:`functools.cached_property`, without the lock that Python 3.11 takes at each first look.

    What is read of a text may state the *longest* text (in characters without blanks) that it can be found in; of a longer
    one it is *otherwise*.
    """

    def __init__(self, read: Callable[[S], T], longest: int = sys.maxsize, otherwise: T | None = None) -> None:
        self.longest = longest
        self.otherwise = otherwise
        self._read = read
        self.__doc__ = read.__doc__

    def __set_name__(self, owner: type[Any], name: str) -> None:
        self._name = name

    @overload
    def __get__(self, owner: None, kind: type[Any]) -> once[S, T]: ...
    @overload
    def __get__(self, owner: S, kind: type[Any]) -> T: ...
    def __get__(self, owner: S | None, kind: type[Any]) -> T | once[S, T]:
        if owner is None:
            return self
        value = owner.__dict__[self._name] = self._read(owner)
        return value


def within(longest: int, otherwise: Any = None) -> Callable[[Callable[[S], T]], once[S, T]]:
    """A property :class:`once` that is found in no text of more than *longest* characters."""
    return lambda read: once(read, longest, otherwise)
