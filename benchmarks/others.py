"""Extraction against Recognizers-Text and JioNLP on the same text in the same run, as Markdown.

    python -m benchmarks.others

All get the real issue: we the segmented issue, they its lines. Recognizers-Text finds numbers, percentages, currency and
dimensions of Chinese; JioNLP sums of money and times. Neither says what a number measures, of what kind it is, by when
and who is responsible; we do, and are measured with and without it. The others are read from ``$GONGBAO_OTHERS``
(``make bench`` sets it); without them, only we are measured.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from typing import Any

from benchmarks.measure import ROOT, median, table, timed
from benchmarks.stages import ISSUE

REPEATS = 3
Spans = list[tuple[int, int]]


def main() -> None:
    """Print the table; with ``once``, measure here and print JSON."""
    print(json.dumps(measure()) if sys.argv[1:] == ["once"] else report())


def report() -> str:
    """The table as Markdown."""
    command = [sys.executable, "-m", "benchmarks.others", "once"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    runs: list[dict[str, Any]] = [
        json.loads(subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True).stdout)
        for _ in range(REPEATS)
    ]
    ours = "gongbao: quantities described, targets, owners, officials, citations"
    rows = []
    for name, told in runs[0].items():
        ratio = median(run[name]["cpu"] / run[ours]["cpu"] for run in runs)
        cpu = median(run[name]["cpu"] for run in runs)
        rows.append((name, told["found"], told["exact"], told["touched"], f"{cpu:.2f}", f"{ratio:.2f}×"))
    header = ("what", "spans found", "of our quantities: same span", "touched", "processor s", "against all of ours")
    total = runs[0][ours]["found"]
    return f"{table(header, rows)}\n\nOur quantities: {total}. Medians of {REPEATS} processes; ratios within each.\n"


def measure() -> dict[str, dict[str, float]]:
    """Processor seconds of each, how many spans it finds, and how many of our quantities these are or touch."""
    from extractors.extract import extract
    from extractors.language.passages import shared_passages
    from extractors.quantities.candidates.find import find_candidates
    from pipeline.orchestration.workers import warm_up
    from pipeline.readers import read
    from pipeline.segmentation import segment

    warm_up()
    source = read(ISSUE)
    issue = segment(source)
    extraction, whole, _ = timed(lambda: extract(issue))
    ours = [(row.span.start, row.span.end) for row in extraction.quantities]
    passages_of = shared_passages()
    passages = [passage for document in issue.documents for passage in passages_of(document)]
    numbers, alone, _ = timed(lambda: sum(len(find_candidates(passage)) for passage in passages))
    told = {
        "gongbao: quantities described, targets, owners, officials, citations": _told(ours, ours, whole),
        "gongbao: numbers with units alone": {"cpu": alone, "found": numbers, "exact": "–", "touched": "–"},
    }
    for name, find in _others():
        find("粮食11.5万亩，增长6.5%，300万元，12公里。")  # loads what it loads
        spans, cpu, _ = timed(lambda find=find: list(_by_line(source.text, find)))
        told[name] = _told(spans, ours, cpu)
    return told


def _told(spans: Spans, ours: Spans, cpu: float) -> dict[str, Any]:
    there = set(spans)
    covered = bytearray(max((end for _, end in [*spans, *ours]), default=0))
    for start, end in spans:
        covered[start:end] = b"\x01" * (end - start)
    return {
        "cpu": cpu,
        "found": len(spans),
        "exact": sum(span in there for span in ours),
        "touched": sum(any(covered[start:end]) for start, end in ours),
    }


def _by_line(text: str, find: Callable[[str], Spans]) -> Iterator[tuple[int, int]]:
    start = 0
    for line in text.splitlines(keepends=True):
        if line.strip():
            yield from ((start + low, start + high) for low, high in find(line))
        start += len(line)


def _others() -> Iterator[tuple[str, Callable[[str], Spans]]]:
    folder = os.environ.get("GONGBAO_OTHERS")
    if not folder:
        return
    sys.path.append(folder)
    with contextlib.redirect_stdout(io.StringIO()):
        import jionlp
        from recognizers_number import NumberRecognizer
        from recognizers_number_with_unit import NumberWithUnitRecognizer
        from recognizers_text import Culture
    numbers, units = NumberRecognizer(Culture.Chinese), NumberWithUnitRecognizer(Culture.Chinese)
    models = {
        "numbers": numbers.get_number_model(),
        "percentages": numbers.get_percentage_model(),
        "currency": units.get_currency_model(),
        "dimensions": units.get_dimension_model(),
    }
    for name, model in models.items():
        yield f"Recognizers-Text: {name}", lambda line, model=model: _inclusive(model.parse(line))
    yield (
        "Recognizers-Text: all four",
        lambda line: sorted({span for model in models.values() for span in _inclusive(model.parse(line))}),
    )
    yield "JioNLP: money", lambda line: _offsets(jionlp.ner.extract_money(line, with_parsing=False))
    yield "JioNLP: times", lambda line: _offsets(jionlp.ner.extract_time(line, with_parsing=False))


def _inclusive(found: Any) -> Spans:
    return [(item.start, item.end + 1) for item in found]


def _offsets(found: Any) -> Spans:
    return [tuple(item["offset"]) for item in found or ()]


if __name__ == "__main__":
    main()
