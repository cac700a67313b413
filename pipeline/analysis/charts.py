"""Pictures for notebooks and pages: Altair charts whose Chinese labels show on machines without Chinese fonts.

Pictures are PNG, drawn where the notebook runs with the font that the extra ``analysis`` brings (Noto Sans CJK), so that
whoever opens the notebook needs no font.
"""

from __future__ import annotations

from importlib.resources import as_file, files
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import pandas as pd

_FONT: Final = "Noto Sans CJK SC"
_FONT_PACKAGE: Final = "noto_cjk_sans_otc"
_WIDTH: Final = 640
_ROW: Final = 22
_SCALE: Final = 1.5
_COLOURS: Final = {
    "target": "#8a5a00", "milestone": "#1b6ca8", "reached": "#2f7d4f", "missed": "#b3362b",
}  # fmt: skip
_SPAN: Final = "#e3c68c"


def readable() -> Any:
    """Let Altair draw in notebooks as PNG, in a font that has Chinese characters; returns the module ``altair``.

    Raises :class:`ModuleNotFoundError` without the extra ``analysis``.
    """
    try:
        import altair
        import vl_convert
    except ModuleNotFoundError:
        raise ModuleNotFoundError("pictures need Altair: pip install 'gongbao[analysis]'") from None
    with as_file(files(_FONT_PACKAGE)) as folder:
        vl_convert.register_font_directory(str(folder))
    if "gongbao" not in altair.theme.names():
        altair.theme.register("gongbao", enable=True)(_theme)
    altair.theme.enable("gongbao")
    altair.renderers.enable("png", scale_factor=_SCALE)
    return altair


def _theme() -> Any:
    import altair

    return altair.theme.ThemeConfig(
        {"config": {"font": _FONT, "title": {"anchor": "start"}, "axis": {"labelLimit": 260}}}
    )


def calendar_chart(calendar: pd.DataFrame) -> Any:
    """How many targets and milestones of :func:`pipeline.calendar` are due in each month."""
    alt = readable()
    months = calendar.assign(month=calendar["due"].dt.strftime("%Y-%m"))
    counts = months.groupby(["month", "kind"], as_index=False).size()
    return (
        alt.Chart(_plain(counts), title="到期的目标与任务 — due a month", width=_WIDTH, height=220)
        .mark_bar()
        .encode(
            x=alt.X("month:O", title=None),
            y=alt.Y("size:Q", title="promises", axis=alt.Axis(tickMinStep=1)),
            color=_colour(alt, "kind", ("target", "milestone")),
        )
    )


def owners_chart(owners: pd.DataFrame, most: int = 15) -> Any:
    """The owners of :func:`pipeline.owners` with most promises, by their first wording."""
    alt = readable()
    first = owners[owners["owner_type"] == "agency"].drop_duplicates(["place", "owner_key"]).head(most)
    return (
        alt.Chart(_plain(first), title="责任单位 — promises an owner", width=_WIDTH - 180, height=_ROW * len(first))
        .mark_bar(color=_COLOURS["milestone"])
        .encode(x=alt.X("promises:Q", axis=alt.Axis(tickMinStep=1)), y=alt.Y("owner:N", sort="-x", title=None))
    )


def panel_chart(panel: pd.DataFrame, columns: int = 2) -> Any:
    """A small chart a metric: each year's target as a tick, or a bar where it is a range, the outcome as a point.

    *panel* is of :func:`pipeline.panel`, one place and subject; periods of several years are left out. A point is green
    where the target is reached, red where not.
    """
    alt = readable()
    years = panel[panel["time_period"].str.fullmatch(r"\d{4}")].copy()
    years["result"] = years["reached"].map({True: "reached", False: "missed"})
    years["code"] = years["metric_code"].fillna(years["metric_key"])
    charts = []
    for _, rows in years.groupby(["code", "transformation", "unit"], sort=False):
        first = rows.iloc[0]
        title = f"{first['metric']} ({first['transformation']}, {first['unit']})"
        base = alt.Chart(_plain(rows), title=title, width=_WIDTH // columns - 40, height=150)
        x = alt.X("time_period:O", title=None, axis=alt.Axis(labelAngle=0))
        height = alt.Y(
            "target_low:Q", title=None, scale=alt.Scale(zero=False, padding=10), axis=alt.Axis(format="~s", tickCount=5)
        )
        colour = _colour(alt, "result", ("reached", "missed"))
        span = base.mark_bar(color=_SPAN, width=20).encode(x=x, y=height, y2="target_high:Q")
        bound = base.mark_tick(color=_COLOURS["target"], thickness=3, width=20).encode(x=x, y=height)
        outcome = base.mark_point(filled=True, size=60, opacity=1).encode(x=x, y="outcome_low:Q", color=colour)
        charts.append(span + bound + outcome.transform_filter("isValid(datum.outcome_low)"))
    return alt.concat(*charts, columns=columns)


def save(chart: Any, path: str | Path) -> Path:
    """Draw *chart* into the PNG file *path*."""
    chart.save(str(path), format="png", scale_factor=_SCALE)
    return Path(path)


def _colour(alt: Any, column: str, values: tuple[str, ...]) -> Any:
    scale = alt.Scale(domain=list(values), range=[_COLOURS[value] for value in values])
    return alt.Color(f"{column}:N", title=None, scale=scale, legend=alt.Legend(orient="bottom"))


def _plain(frame: pd.DataFrame) -> pd.DataFrame:
    """*frame* with the types that Altair knows."""
    plain = frame.astype(object).where(frame.notna(), None)
    return plain.infer_objects()
