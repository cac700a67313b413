"""The data dictionary page, made from the field dictionary: ``python -m schemas.dictionary``."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from schemas.datasets import DATASETS, Dataset
from schemas.fields import Field
from schemas.reliability import measured_on, reliability

_INTRODUCTION = """\
# Data dictionary

Made from `schemas/` by `make docs`; not edited by hand.

Each dataset is a folder `processed/<dataset>/year=<YYYY>/` with one Parquet file per issue, written even when it has no
rows. The year comes from the folder; an issue whose year is unknown lies in `year=0`. `char_start` and `char_end` are
Python character offsets, half-open, into the canonical text `processed/texts/<issue_id>.txt`. Columns in **bold** are
the key; columns that are never empty are marked ●.

*Measured* is the share of values that are right, with its 95 % interval: F1 where a row can be missed or made up (a
quantity, an agency, a clause), else the share right of the rows found. Measured on {measured_on} (`make reliability`).
The set is small: an interval of one point says that nothing was wrong in it, and an empty field that nothing was measured.
Places, words and forms of other governments move these figures: audit a sample of your own before you rely on them.
"""


def page() -> str:
    """The whole page as Markdown."""
    return "\n".join(
        [
            _INTRODUCTION.format(measured_on=measured_on()),
            *(line for dataset in DATASETS.values() for line in _section(dataset)),
        ]
    )


def _section(dataset: Dataset) -> Iterator[str]:
    yield f"## {dataset.name}"
    yield ""
    yield dataset.description
    if dataset.spans_text:
        yield "`text` equals the canonical text between `char_start` and `char_end`."
    yield ""
    judged = any((dataset.name, column.name) in reliability() for column in dataset.fields())
    yield f"| column | type | unit | meaning |{' measured |' if judged else ''}"
    yield f"| --- | --- | --- | --- |{' --- |' if judged else ''}"
    for column in dataset.fields():
        yield _row(dataset, column) + (_measured(dataset, column) if judged else "")
    yield ""


def _row(dataset: Dataset, column: Field) -> str:
    is_key = column.name in dataset.key
    name = f"**`{column.name}`**" if is_key else f"`{column.name}`"
    mark = " ●" if is_key or column.name in dataset.required else ""
    values = f" One of: {', '.join(f'`{value}`' for value in column.values)}." if column.values else ""
    meaning = (column.description + values).replace("|", "\\|").replace("<", "&lt;")
    return f"| {name}{mark} | {_type(column)} | {column.unit or ''} | {meaning} |"


def _measured(dataset: Dataset, column: Field) -> str:
    found = reliability().get((dataset.name, column.name))
    return f" {found.value:.3f} ({found.low:.3f}–{found.high:.3f}) |" if found else " |"


def _type(column: Field) -> str:
    return column.type.replace("<", "&lt;")


if __name__ == "__main__":
    sys.stdout.write(page())
