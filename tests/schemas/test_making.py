"""Records that are made quickly are the frozen data classes that they would be without."""

from __future__ import annotations

import copy
import inspect
import pickle
from dataclasses import FrozenInstanceError, asdict, dataclass, field, replace
from typing import Any

import pytest

from schemas.making import quickly_made


@dataclass(frozen=True, slots=True)
class Plain:
    kind: str
    new: int = 3
    made: list[int] = field(default_factory=list)


@quickly_made
@dataclass(frozen=True, slots=True)
class Quick:
    kind: str
    new: int = 3
    made: list[int] = field(default_factory=list)


@quickly_made
@dataclass(frozen=True, slots=True, order=True)
class Checked:
    number: int

    def __post_init__(self) -> None:
        if self.number < 0:
            raise ValueError("less than nothing")


CALLS: tuple[tuple[tuple[Any, ...], dict[str, Any]], ...] = (
    (("a",), {}),
    (("a", 4), {}),
    (("a", 4, [5]), {}),
    ((), {"kind": "b"}),
    (("a",), {"made": [1], "new": 2}),
)


@pytest.mark.parametrize(("given", "named"), CALLS)
def test_it_holds_what_a_plain_one_holds(given: tuple[Any, ...], named: dict[str, Any]) -> None:
    quick, plain = Quick(*given, **named), Plain(*given, **named)
    assert asdict(quick) == asdict(plain)
    assert repr(quick) == repr(plain).replace("Plain", "Quick")
    assert type(quick) is Quick
    for other in (pickle.loads(pickle.dumps(quick)), copy.copy(quick), copy.deepcopy(quick), replace(quick)):
        assert other == quick
        assert type(other) is Quick


@pytest.mark.parametrize(
    ("given", "named"), [((), {}), (("a", 1, [], 2), {}), (("a",), {"kind": "b"}), (("a",), {"other": 1})]
)
def test_it_refuses_what_a_plain_one_refuses(given: tuple[Any, ...], named: dict[str, Any]) -> None:
    for kind in (Quick, Plain):
        with pytest.raises(TypeError):
            kind(*given, **named)


def test_it_is_frozen_and_has_no_other_fields() -> None:
    quick = Quick("a")
    with pytest.raises(FrozenInstanceError):
        quick.kind = "b"  # type: ignore[misc]
    with pytest.raises((FrozenInstanceError, AttributeError, TypeError)):
        quick.other = "b"  # type: ignore[attr-defined]
    assert not hasattr(quick, "__dict__")


def test_each_has_a_list_of_its_own_and_is_checked() -> None:
    assert Quick("a").made is not Quick("a").made
    assert replace(Quick("a"), new=7).new == 7
    assert Checked(1) < Checked(2)
    assert hash(Checked(1)) == hash(Checked(1))
    with pytest.raises(ValueError, match="nothing"):
        Checked(-1)


def test_its_signature_names_the_fields() -> None:
    assert list(inspect.signature(Quick).parameters) == ["kind", "new", "made"]


@pytest.mark.parametrize("options", [{"frozen": True}, {"frozen": True, "slots": True, "kw_only": True}])
def test_other_classes_are_refused(options: dict[str, bool]) -> None:
    class Other:
        number: int

    with pytest.raises(TypeError, match="Other"):
        quickly_made(dataclass(**options)(Other))
