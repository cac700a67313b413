"""gongbao: Chinese government gazettes → structured datasets.

>>> import pipeline
>>> targets = pipeline.load("targets", processed="processed")  # doctest: +SKIP
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import pandas as pd


def load(
    dataset: str, processed: str | Path = "processed", editions: Literal["one", "all"] = "one", *, quiet: bool = False
) -> pd.DataFrame:
    """A dataset as a pandas DataFrame with Arrow types; see :func:`pipeline.analysis.loading.load`."""
    from pipeline.analysis import loading

    return loading.load(dataset, processed, editions, quiet=quiet)


def left_out(processed: str | Path = "processed") -> pd.DataFrame:
    """The issues that :func:`load` leaves out and why; see :func:`pipeline.analysis.loading.left_out`."""
    from pipeline.analysis import loading

    return loading.left_out(processed)
