"""How a gazette may be printed: paper, columns, type, heads and feet, rules of tables."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final, Literal

Rules = Literal["full", "three", "rows", "columns", "none"]
"""``columns``: around the head and between the columns, none between the rows, as statistical bulletins have it."""
Font = Literal["serif", "sans", "song"]
FAMILIES: Final[dict[Font, str]] = {"serif": "Noto Serif CJK SC", "sans": "WenQuanYi Zen Hei", "song": "AR PL UMing CN"}


@dataclass(frozen=True)
class Layout:
    """Lengths in points, ``leading`` in shares of the size, ``indent`` and ``gap`` (between paragraphs) in em.

    ``{n}`` in a foot is the page's number. ``figures``: statistical bulletins are printed so, not gazettes. ``outer`` puts heads and feet at the outer edge, alternating.
    ``wide`` lets titles and tables span both columns. ``spaced`` is the space between characters in points.
    """

    name: str
    width: float = 595.0
    height: float = 842.0
    margin: float = 72.0
    columns: int = 1
    size: float = 12.0
    leading: float = 1.75
    indent: float = 2.0
    gap: float = 0.0
    justify: bool = True
    head: str = "某县人民政府公报　2024年第3期"
    foot: str = "— {n} —"
    outer: bool = False
    rules: Rules = "full"
    font: Font = "serif"
    wide: bool = True
    repeat: bool = True
    spaced: float = 0.0
    turn: int = 0
    figures: bool = False


_PLAIN: Final = Layout("plain")
LAYOUTS: Final = (
    _PLAIN,
    replace(_PLAIN, name="blocks", indent=0.0, gap=0.8, justify=False, font="sans", size=10.5, head="", foot="{n}", repeat=False),
    replace(_PLAIN, name="large", size=16.0, leading=1.8, font="song", foot="第{n}页", outer=True),
    replace(_PLAIN, name="small-paper", width=420.0, height=595.0, margin=48.0, size=9.0, leading=1.5, head="公 报", foot="- {n} -", font="sans"),
    replace(_PLAIN, name="two-columns", columns=2, size=10.5, leading=1.6, outer=True, foot="· {n} ·", margin=56.0),
    replace(_PLAIN, name="two-narrow", columns=2, size=9.0, leading=1.45, wide=False, margin=50.0, font="sans", foot="{n}", justify=False),
    replace(_PLAIN, name="two-blocks", columns=2, size=10.0, leading=1.5, indent=0.0, gap=0.7, font="song", foot="第 {n} 页"),
    replace(_PLAIN, name="three-line", rules="three", font="song", size=11.0),
    replace(_PLAIN, name="across", rules="rows", size=11.0, foot="第{n}页", repeat=False),
    replace(_PLAIN, name="unruled", rules="none", size=10.5, font="sans"),
    replace(_PLAIN, name="unruled-figures", rules="none", size=11.0, figures=True),
    replace(_PLAIN, name="open", figures=True, rules="columns", size=11.0, foot="- {n} -"),
    replace(_PLAIN, name="landscape", width=842.0, height=595.0, font="sans", foot="{n}"),
    replace(_PLAIN, name="spaced", spaced=0.7, size=12.0, outer=True, head="公报 2024·3"),
    replace(_PLAIN, name="turned", turn=90, width=842.0, height=595.0),
)  # fmt: skip
