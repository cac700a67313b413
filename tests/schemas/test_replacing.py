"""Records with other values: the same as the standard library makes."""

from __future__ import annotations

import dataclasses

import pytest

from schemas.records import Clause
from schemas.replacing import replace
from schemas.spans import Reading, Span


def _clause() -> Clause:
    values = {one.name: f"<{one.name}>" for one in dataclasses.fields(Clause) if one.default is dataclasses.MISSING}
    return Clause(**values | {"reading": Reading.of("一、总则", 0, 4), "span": Span(0, 4)})  # type: ignore[arg-type]


@pytest.mark.parametrize("values", [{}, {"ordinal": 7}, {"subtree_end": 9, "heading": None}])
def test_it_is_what_the_standard_library_makes(values: dict[str, object]) -> None:
    clause = _clause()
    assert replace(clause, **values) == dataclasses.replace(clause, **values)  # type: ignore[arg-type]
    assert str(clause.ordinal) == "<ordinal>", "the record itself stays"


def test_a_name_that_is_no_field_is_refused() -> None:
    with pytest.raises(TypeError, match="Clause has no field colour"):
        replace(_clause(), colour="red")
