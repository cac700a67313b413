"""A value of a quantity's column together with what it was read from: what audits show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

Value = TypeVar("Value", covariant=True)


@dataclass(frozen=True, slots=True)
class Finding(Generic[Value]):
    """``value`` as it was read in ``source`` (words around the number, a heading, a column's header).

    ``words`` are the words that decided, ``rule_id`` the rule that found them, both empty where the value is
    what counts in the absence of words.
    """

    value: Value
    source: str
    words: str = ""
    rule_id: str = ""
