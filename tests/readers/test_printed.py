"""PDFs that different programs printed, in layouts of gazettes (benchmarks/pdf/samples.py makes them)."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipeline.readers import read_bytes
from schemas.records import SourceText

PRINTED = Path(__file__).parent / "material" / "printed"
SAMPLES = sorted(path.stem for path in PRINTED.glob("*.pdf"))


def squash(text: str) -> str:
    """*text* without blanks, which typesetters drop and add at line ends."""
    return "".join(text.split())


def paragraphs(source: SourceText) -> list[str]:
    found, at = [], 0
    for line in source.text.split("\n"):
        if line and not any(table.span.start <= at < table.span.end for table in source.tables):
            found.append(squash(line))
        at += len(line) + 1
    return found


def test_there_are_samples_of_several_producers() -> None:
    assert len({name.split("-")[0] for name in SAMPLES}) >= 5


@pytest.mark.parametrize("name", SAMPLES)
def test_printed_pages_are_read_as_they_were_written(name: str) -> None:
    truth = json.loads((PRINTED / f"{name}.json").read_text(encoding="utf-8"))
    source = read_bytes((PRINTED / f"{name}.pdf").read_bytes(), f"{name}.pdf")
    found = paragraphs(source)
    expected: list[str] = []
    for block in truth:
        if isinstance(block, list):  # a title may be read line by line
            whole = squash("".join(block))
            expected += [whole] if whole in found else [squash(line) for line in block]
    assert found == expected
    tables = [{(row, column): squash(text) for row, column, text in b["cells"]} for b in truth if isinstance(b, dict)]
    assert [
        {(c.row, c.column): squash(source.text[slice(*c.span)]) for c in table.cells if c.span.start < c.span.end}
        for table in source.tables
    ] == tables
    assert source.furniture and all(page.text_quality is not None and page.text_quality > 0.95 for page in source.pages)
