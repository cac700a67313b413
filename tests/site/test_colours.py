"""The palette: text and underlines stand out as WCAG 2.2 AA asks, in both themes."""

from __future__ import annotations

import re

import pytest

from pipeline.site.marks import layers
from tests.conftest import ROOT

STYLES = (ROOT / "pipeline" / "site" / "static" / "site.css").read_text(encoding="utf-8")
COLOURS = {
    name: (light, dark)
    for name, light, dark in re.findall(r"--([a-z-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)", STYLES)
}
LAYERS = (*(layer for layer in layers() if f"{layer}-ground" in COLOURS), "other")
"""The layers with colours of their own, and that of all others."""
GROUNDS = ("ground", "raised", "band")
TEXT = 4.5
"""Least contrast of text (success criterion 1.4.3)."""
SIGN = 3.0
"""Least contrast of what is not text (1.4.11)."""


def _luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return sum(weight * channel for weight, channel in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(first: str, second: str) -> float:
    """Contrast ratio of two colours, 1 to 21."""
    darker, lighter = sorted((_luminance(first), _luminance(second)))
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_of_known_pairs() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


PAIRS = [
    *((ink, ground, TEXT) for ink in ("ink", "soft", "link", "good", "bad", "warn") for ground in GROUNDS),
    *((sign, ground, SIGN) for sign in ("edge", "focus", "bar") for ground in GROUNDS),
    *(("ink", f"{layer}-ground", TEXT) for layer in LAYERS),
    *((f"{layer}-line", f"{layer}-ground", SIGN) for layer in LAYERS),
    *((f"{layer}-line", ground, SIGN) for layer in LAYERS for ground in GROUNDS),
    ("structure-line", "structure-ground", TEXT),
    ("ink", "hit", TEXT),
    ("soft", "hit", TEXT),
    ("ground", "link", TEXT),
    ("ground", "ink", TEXT),
]


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("over", "under", "least"), PAIRS)
def test_contrast(over: str, under: str, least: float, theme: int) -> None:
    assert contrast(COLOURS[over][theme], COLOURS[under][theme]) >= least


def test_no_layer_rests_on_colour_alone() -> None:
    styles = {layer: re.search(rf"\.m\.{layer} {{[^}}]*}}", STYLES) for layer in LAYERS}
    styles["other"] = re.search(r"^\.m {[^}]*}", STYLES, re.MULTILINE)
    signs = {
        layer: re.sub(r"var\([^)]*\)|#\w+", "", match[0].split("{")[1]) for layer, match in styles.items() if match
    }
    assert len(set(signs.values())) == len(LAYERS)
