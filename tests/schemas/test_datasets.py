"""The schemas: every field described and used, records and datasets alike, pages up to date."""

from __future__ import annotations

import inspect
from dataclasses import fields, is_dataclass
from typing import get_args, get_type_hints

import pyarrow as pa
import pytest

from schemas import rows
from schemas.batches import SchemaError, to_batch
from schemas.datasets import DATASETS
from schemas.dictionary import page
from schemas.fields import FIELDS
from tests.conftest import ROOT

RECORDS = {name: get_args(kind)[0] for name, kind in get_type_hints(rows.Extraction).items() if name != "problems"}
"""The record of each dataset of mentions."""
SPREAD = {
    "span": {"char_start", "char_end"},
    "place": {"document_id", "clause_id", "table_id", "row", "column"},
}
"""Fields of records that become several columns."""

PROBLEM = {
    "issue_id": "i", "category": "numbering_gap", "severity": "warning", "message": "5 then 7",
    "document_id": None, "char_start": None, "char_end": None, "page": None,
}  # fmt: skip
TABLE = {
    "issue_id": "i", "table_id": "t", "document_id": "d", "clause_id": None, "ordinal": 1, "part": "body", "caption": None,
    "unit_note": None, "unit_start": None, "unit_end": None, "n_rows": 1, "n_columns": 1, "header_rows": 0, "char_start": 0, "char_end": 1, "page_start": None, "page_end": None,
}  # fmt: skip


def test_every_field_is_used_and_described() -> None:
    used = {column for dataset in DATASETS.values() for column in dataset.columns}
    assert used == set(FIELDS)
    for dataset in DATASETS.values():
        assert len(set(dataset.columns)) == len(dataset.columns)
        assert dataset.description.endswith(".")
        assert set(dataset.required) | set(dataset.key) <= set(dataset.columns)
        assert set(dataset.overrides) <= set(dataset.columns)
        for item in dataset.fields():
            assert item.description.endswith((".", "…")), item.name


@pytest.mark.parametrize("name", RECORDS)
def test_records_fit_their_dataset(name: str) -> None:
    own: set[str] = {"issue_id"}
    within: set[str] = set()
    for item in fields(RECORDS[name]):
        record = get_type_hints(RECORDS[name])[item.name]
        if is_dataclass(record) and item.name not in SPREAD:
            within |= columns_of(record)
        else:
            own |= SPREAD.get(item.name, {item.name})
    columns = set(DATASETS[name].columns)
    assert columns - own - within == set()
    assert own - columns - SPREAD["place"] == set()


def columns_of(record: type) -> set[str]:
    """The columns that the fields of *record* stand for."""
    return {column for item in fields(record) for column in SPREAD.get(item.name, {item.name})}


def test_the_datasets_of_mentions_are_those_of_an_extraction() -> None:
    assert set(RECORDS) == {name for name, dataset in DATASETS.items() if dataset.is_mention}


def test_every_record_of_the_rows_is_checked() -> None:
    spanned = {
        kind
        for _, kind in inspect.getmembers(rows, inspect.isclass)
        if kind.__module__ == rows.__name__ and "span" in columns_or_parts(kind)
    }
    assert spanned == set(RECORDS.values())


def columns_or_parts(kind: type) -> set[str]:
    """The fields of *kind* and of the records within it."""
    if not is_dataclass(kind):
        return set()
    names = {item.name for item in fields(kind)}
    within = (hint for hint in get_type_hints(kind).values() if isinstance(hint, type) and is_dataclass(hint))
    return names.union(*({item.name for item in fields(hint)} for hint in within))


@pytest.mark.parametrize("name", DATASETS)
def test_a_dataset_without_rows_has_its_types(name: str) -> None:
    batch = to_batch(name, [])
    assert batch.num_rows == 0
    assert batch.schema.names == list(DATASETS[name].columns)
    assert not any(pa.types.is_null(field.type) for field in batch.schema)


@pytest.mark.parametrize(
    ("dataset", "rows_", "words"),
    [
        ("problems", [{**PROBLEM, "category": "unheard_of"}], "unheard_of"),
        ("problems", [{**PROBLEM, "message": None}], "message is null"),
        ("problems", [{key: value for key, value in PROBLEM.items() if key != "page"}], r"lacks \['page'\]"),
        ("problems", [{**PROBLEM, "extra": 1}], r"unknown \['extra'\]"),
        ("tables", [TABLE, TABLE], "stands 2 times"),
    ],
)
def test_what_does_not_fit_is_refused(dataset: str, rows_: list[dict[str, object]], words: str) -> None:
    with pytest.raises(SchemaError, match=words):
        to_batch(dataset, rows_)


def test_what_fits_is_taken() -> None:
    assert to_batch("problems", [PROBLEM, PROBLEM]).num_rows == 2
    assert to_batch("tables", [TABLE]).num_rows == 1


def test_the_data_dictionary_page_is_up_to_date() -> None:
    assert (ROOT / "docs" / "data-dictionary.md").read_text(encoding="utf-8") == page(), "make docs"
