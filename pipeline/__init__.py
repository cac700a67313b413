"""gongbao: Chinese government gazettes → structured datasets.

>>> import pipeline
>>> targets = pipeline.load("targets", processed="processed")  # doctest: +SKIP
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import pandas as pd


def load(dataset: str, processed: str | Path = "processed", editions: Literal["one", "all"] = "one") -> pd.DataFrame:
    """A dataset as a pandas DataFrame with Arrow types; see :func:`pipeline.analysis.loading.load`."""
    from pipeline.analysis import loading

    return loading.load(dataset, processed, editions)
