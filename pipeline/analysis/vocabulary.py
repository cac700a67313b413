"""The vocabulary of indicators for analysts, and its page: ``python -m pipeline.analysis.vocabulary``."""

from __future__ import annotations

import sys
from typing import Final

import pandas as pd

from extractors.quantities.frames.vocabulary import vocabulary as indicators
from pipeline.analysis.loading import JOINT

_HEAD: Final = """# Vocabulary of indicators

Made from `extractors/lexicons/indicators.tsv` by `make docs`; not edited by hand. `pipeline.vocabulary()` loads it.

A row has a `metric_code` where its metric is the name or one of the wordings, signs and traditional characters aside,
and its unit is of the dimension of the unit given here. `pipeline.panel(metric="{code}")` asks by code. A new wording
is an entry in the last column; a new indicator is a line of the file.

| code | name | definition | unit | other wordings |
| --- | --- | --- | --- | --- |
"""


def vocabulary() -> pd.DataFrame:
    """One row an indicator: ``code``, ``name``, ``definition``, ``unit`` (empty where none is usual), ``wordings``.

    ``code`` is the ``metric_code`` of ``quantities`` and ``targets``; ``wordings`` are the other names, joined by 、.
    """
    rows = [(one.code, one.name, one.definition, one.unit, JOINT.join(one.wordings)) for one in indicators().values()]
    return pd.DataFrame(rows, columns=["code", "name", "definition", "unit", "wordings"])


def page() -> str:
    """The page as Markdown."""
    frame = vocabulary()
    lines = (f"| `{row[0]}` | {' | '.join(row[1:])} |\n" for row in frame.itertuples(index=False, name=None))
    return _HEAD.format(code=frame["code"].iloc[0]) + "".join(lines)


if __name__ == "__main__":
    sys.stdout.write(page())
