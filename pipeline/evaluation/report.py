"""An evaluation as plain data for JSON, and as one self-contained HTML page."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any, Final

from pipeline.evaluation.decisions import Decisions
from pipeline.evaluation.run import Evaluation, SetEvaluation
from pipeline.evaluation.tallies import FigureValue

CATEGORIES: Final = ("missed", "extra", "different")


def to_data(evaluation: Evaluation) -> dict[str, Any]:
    """Sets by name, each with figures, intervals, breakdowns and findings, as plain data."""
    return {"sets": {part.name: _set(part) for part in evaluation.sets}}


def to_json(evaluation: Evaluation) -> str:
    """:func:`to_data` as JSON text, Chinese unescaped, ending in a line break."""
    return json.dumps(to_data(evaluation), ensure_ascii=False, indent=1) + "\n"


def _set(part: SetEvaluation) -> dict[str, Any]:
    return {
        "texts": list(part.texts),
        "figures": part.figures,
        "intervals": part.intervals,
        "decisions": [decision_data(one) for one in part.decisions],
        "kinds": [asdict(kind) for kind in part.kinds],
        "documents": [asdict(document) for document in part.documents],
        "findings": [asdict(finding) for finding in part.findings],
    }


def decision_data(one: Decisions) -> dict[str, Any]:
    """One rule's decisions in one column as plain data; precision and interval are null without a judged one."""
    return asdict(one) | {"judged": one.judged, "precision": one.precision, "interval": one.interval}


def to_html(evaluation: Evaluation) -> str:
    """One page that needs no network and runs no script; all text of sources is escaped."""
    from jinja2 import Environment, PackageLoader

    environment = Environment(loader=PackageLoader("pipeline.evaluation", "."), autoescape=True)
    environment.filters["cell"] = show_value
    environment.filters["pairs"] = show_mapping
    environment.filters["interval"] = show_interval
    page = environment.get_template("report.html")
    return page.render(sets=evaluation.sets, categories=CATEGORIES, interval_of=interval_of)


def interval_of(part: SetEvaluation, figure: str) -> tuple[float, float] | None:
    """The interval of the number that a figure is judged by (F1, or the share)."""
    interval = part.intervals.get(figure)
    return interval["f1"] if isinstance(interval, dict) else interval


def show_value(value: FigureValue | str) -> str:
    """A value as a table shows it; – where there is none."""
    if value is None:
        return "–"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:.4f}" if isinstance(value, float) else str(value)


def show_interval(interval: tuple[float, float] | None) -> str:
    """An interval as a table shows it; – where there is none."""
    return "–" if interval is None else f"{interval[0]:.3f}–{interval[1]:.3f}"


def show_mapping(values: Mapping[str, Any]) -> str:
    """Columns and values in one line."""
    return ", ".join(f"{name} {_plain(value)}" for name, value in values.items())


def _plain(value: Any) -> str:
    if value is None:
        return "–"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "、".join(map(str, value)) if isinstance(value, list) else str(value)
