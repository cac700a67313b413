"""The page docs/panel.md: what the State Council planned from 2012 to 2018 beside what the next report says.

``python -m checks.panel_page PROCESSED`` reads a processed folder of the Council's reports (gongbao run FOLDER --out
PROCESSED) and writes the page and its picture: figures and years, no text. Without a folder it says so and leaves the
page as it is.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pipeline.analysis.panel import panel

if TYPE_CHECKING:
    import pandas as pd

ROOT: Final = Path(__file__).resolve().parent.parent
PAGE: Final = ROOT / "docs" / "panel.md"
PICTURE: Final = ROOT / "docs" / "pictures" / "panel.png"
METRICS: Final = {"gdp": "growth", "cpi": "growth", "new_urban_jobs": "level", "deficit_ratio": "share"}
"""Codes of the vocabulary, each with what the page shows of it."""
YEARS: Final = range(2012, 2019)
_HEAD: Final = """# Targets and outcomes, an example

Made by `python -m checks.panel_page PROCESSED` from the State Council's reports on the work of the government of
{first} to {last}: `pipeline.panel(PROCESSED, metric=[{metrics}])`.
A line is the target, a bar its range, a point what a later report says of that year. Where none of these reports says
it, there is no point, and the table says what comes nearest.

![Targets as lines, outcomes as points, a small chart a metric]({picture})

{met} of {count} targets meet an outcome.

| metric | year | target | outcome | difference | reached | nothing reported: nearest |
| --- | --- | --- | --- | --- | --- | --- |
"""


def chosen(processed: str | Path) -> pd.DataFrame:
    """The rows of the page: one a metric and year, in the order of :data:`METRICS`."""
    frame = panel(processed, metric=METRICS)
    kept = frame[
        frame["time_period"].isin([str(year) for year in YEARS])
        & (frame["transformation"] == frame["metric_code"].map(METRICS))
        & frame["subject"].isna()
    ]
    order = {code: number for number, code in enumerate(METRICS)}
    return kept.assign(order=kept["metric_code"].map(order)).sort_values(["order", "time_period"], ignore_index=True)


def page(frame: pd.DataFrame) -> str:
    """The page as Markdown."""
    head = _HEAD.format(
        first=YEARS[0], last=YEARS[-1], metrics=", ".join(f'"{code}"' for code in METRICS), picture="pictures/panel.png",
        met=int((frame["status"] == "met").sum()), count=len(frame),
    )  # fmt: skip
    return head + "".join(f"| {' | '.join(row)} |\n" for row in _rows(frame))


def _rows(frame: pd.DataFrame) -> Iterator[tuple[str, ...]]:
    for row in frame.astype(object).where(frame.notna(), None).to_dict("records"):
        met = row["status"] == "met"
        nearest = (row["nearest"] or "").partition(": ")[2]
        yield (
            row["metric_code"], row["time_period"],
            f"{_sign(row['target_comparator'])}{_value(row['target_low'], row['target_high'], row['unit'])}",
            f"{_sign(row['outcome_comparator'])}{_value(row['outcome_low'], row['outcome_high'], row['unit'])}" if met else "–",
            f"{row['difference']:+,.10g}" if met else "–",
            ("yes" if row["reached"] else "no") if met else "–",
            "" if met else nearest,
        )  # fmt: skip


def _value(low: float, high: float, unit: str) -> str:
    return f"{low:,.10g}{'' if low == high else f'–{high:,.10g}'} {unit}"


def _sign(comparator: str) -> str:
    return {">=": "≥ ", ">": "&gt; ", "<=": "≤ ", "<": "&lt; ", "~": "≈ "}.get(comparator, "")


def main(arguments: list[str]) -> None:
    """Write page and picture from the folder that *arguments* name."""
    if not arguments:
        print("docs/panel.md is left as it is: name a processed folder of the reports of the State Council")
        return
    from pipeline.analysis.charts import panel_chart, save

    frame = chosen(arguments[0])
    PICTURE.parent.mkdir(exist_ok=True)
    save(panel_chart(frame), PICTURE)
    PAGE.write_text(page(frame), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
