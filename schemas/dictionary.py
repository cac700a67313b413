"""The data dictionary page, made from the field dictionary: ``python -m schemas.dictionary``."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from schemas.datasets import DATASETS, Dataset
from schemas.fields import Field

_INTRODUCTION = """\
# Data dictionary

Made from `schemas/` by `make docs`; not edited by hand.

Each dataset is a folder `processed/<dataset>/year=<YYYY>/` with one Parquet file per issue, written even when it has no
rows. The year comes from the folder; an issue whose year is unknown lies in `year=0`. `char_start` and `char_end` are
Python character offsets, half-open, into the canonical text `processed/texts/<issue_id>.txt`. Columns in **bold** are
the key; columns that are never empty are marked ●.
"""


def page() -> str:
    """The whole page as Markdown."""
    return "\n".join([_INTRODUCTION, *(line for dataset in DATASETS.values() for line in _section(dataset))])


def _section(dataset: Dataset) -> Iterator[str]:
    yield f"## {dataset.name}"
    yield ""
    yield dataset.description
    if dataset.spans_text:
        yield "`text` equals the canonical text between `char_start` and `char_end`."
    yield ""
    yield "| column | type | unit | meaning |"
    yield "| --- | --- | --- | --- |"
    for column in dataset.fields():
        yield _row(dataset, column)
    yield ""


def _row(dataset: Dataset, column: Field) -> str:
    is_key = column.name in dataset.key
    name = f"**`{column.name}`**" if is_key else f"`{column.name}`"
    mark = " ●" if is_key or column.name in dataset.required else ""
    values = f" One of: {', '.join(f'`{value}`' for value in column.values)}." if column.values else ""
    meaning = (column.description + values).replace("|", "\\|").replace("<", "&lt;")
    return f"| {name}{mark} | {_type(column)} | {column.unit or ''} | {meaning} |"


def _type(column: Field) -> str:
    return column.type.replace("<", "&lt;")


if __name__ == "__main__":
    sys.stdout.write(page())
