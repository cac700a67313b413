"""Frozen records made quickly.

``__init__`` of a frozen data class stores each field by ``object.__setattr__``, which costs as much as several plain
assignments; an issue makes a hundred thousand such records. A record made here is filled while it is still of a class of
the same layout that is not frozen, and then given its own class: it takes a third of the time and is as frozen.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import MISSING, Field, fields
from typing import Any, Final, TypeVar

T = TypeVar("T")
_UNSAID: Final = object()
"""Stands for a field that is not given and whose value is made anew for each record."""


@contextmanager
def without_collector() -> Iterator[None]:
    """Python's collector of cyclic garbage rests in the block, for work whose records never point back at one another.

    There it would look through a hundred thousand new records again and again and find nothing to free.
    """
    resting = not gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if not resting:
            gc.enable()


def quickly_made(kind: type[T]) -> type[T]:
    """*kind*, a frozen data class with slots and without bases. Raises :class:`TypeError` for any other."""
    known: tuple[Field[Any], ...] = fields(kind)  # type: ignore[arg-type]  # fields() itself says what is no data class
    names = [one.name for one in known]
    if (
        kind.__mro__ != (kind, object)
        or kind.__dict__.get("__slots__") != tuple(names)
        or any(one.kw_only for one in known)
    ):
        raise TypeError(f"{kind.__name__} is no plain data class with slots")
    scope: dict[str, Any] = {"_open_": type(kind.__name__, (), {"__slots__": tuple(names)}), "_new_": object.__new__}
    parameters = ", ".join(["_kind_", *(_parameter(one, scope) for one in known)])
    lines = ["_made_ = _new_(_open_)", *(_stored(one, scope) for one in known), "_made_.__class__ = _kind_"]
    lines += ["_made_.__post_init__()"] * hasattr(kind, "__post_init__")
    exec(f"def __new__({parameters}):\n " + "\n ".join([*lines, "return _made_"]), scope)
    own: Any = kind
    own.__new__ = scope["__new__"]
    own.__new__.__annotations__ = dict(own.__init__.__annotations__)
    own.__reduce__ = lambda self: (type(self), tuple([getattr(self, name) for name in names]))
    del own.__init__
    return kind


def _parameter(one: Field[Any], scope: dict[str, Any]) -> str:
    if one.default_factory is not MISSING:
        scope.update({"_unsaid_": _UNSAID, f"_make_{one.name}": one.default_factory})
        return f"{one.name}=_unsaid_"
    if one.default is not MISSING:
        scope[f"_default_{one.name}"] = one.default
        return f"{one.name}=_default_{one.name}"
    return one.name


def _stored(one: Field[Any], scope: Mapping[str, Any]) -> str:
    made = f"_make_{one.name}() if {one.name} is _unsaid_ else " if f"_make_{one.name}" in scope else ""
    return f"_made_.{one.name} = {made}{one.name}"
