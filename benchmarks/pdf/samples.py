"""Prints the samples that the tests read, with what was printed beside them.

python benchmarks/pdf/samples.py tests/readers/material/printed [layout]
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from blocks import Block, Text  # noqa: E402
from invented import bulletin, sample  # noqa: E402
from layouts import LAYOUTS  # noqa: E402
from producers import produce  # noqa: E402

PRINTED = (
    ("weasyprint", "two-columns"), ("chromium", "three-line"), ("libreoffice", "two-narrow"), ("libreoffice", "large"),
    ("typst", "across"), ("typst", "turned"), ("fpdf2", "two-blocks"), ("reportlab", "two-narrow"),
    ("weasyprint", "open"), ("typst", "open"), ("reportlab", "open"),
    ("reportlab", "unruled-figures"), ("fpdf2", "unruled-figures"),
)  # fmt: skip


def main(folder: Path, only: str = "") -> None:
    """Print every sample, or those of the layout *only*, and write its truth."""
    folder.mkdir(parents=True, exist_ok=True)
    layouts = {layout.name: layout for layout in LAYOUTS}
    for seed, (producer, name) in enumerate(PRINTED):
        if only and name != only:
            continue
        blocks = bulletin(seed) if layouts[name].figures else sample(seed)
        (folder / f"{producer}-{name}.pdf").write_bytes(produce(producer, blocks, layouts[name]))
        truth = json.dumps([_truth(block) for block in blocks], ensure_ascii=False, indent=0)
        (folder / f"{producer}-{name}.json").write_text(truth + "\n", encoding="utf-8")


def _truth(block: Block) -> object:
    """A paragraph as the list of its lines, a table as the cells that hold text: row, column, text."""
    if isinstance(block, Text):
        return list(block.lines)
    return {"cells": [[cell.row, cell.column, cell.text.replace("\n", "")] for cell in block.cells if cell.text]}


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:3])
