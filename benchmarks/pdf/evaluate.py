"""How well PDFs with a text layer are read, by producer and layout, as Markdown.

    python benchmarks/pdf/evaluate.py                           all producers that are installed, all layouts
    python benchmarks/pdf/evaluate.py --producers typst --layouts plain,two-columns --faults
    python benchmarks/pdf/evaluate.py --texts tests/gold/other/*.txt --rows

Without ``--texts`` invented gazettes are printed. ``--rows`` compares what the whole line makes of the PDF and of the text.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from blocks import Block, from_text  # noqa: E402
from invented import bulletin, invented  # noqa: E402
from layouts import LAYOUTS  # noqa: E402
from producers import PRODUCERS, Missing, produce  # noqa: E402
from scores import Score, score, score_rows, text_source  # noqa: E402

from pipeline.readers import read_bytes  # noqa: E402


def main(arguments: Sequence[str] | None = None) -> None:
    """Print, read, compare."""
    options = _options(arguments)
    sources = [(path.stem, from_text(path)) for path in options.texts]
    sources = sources or [(f"invented-{seed}", invented(seed, 28 if seed % 2 else 0)) for seed in range(options.seeds)]
    layouts = [layout for layout in LAYOUTS if not options.layouts or layout.name in options.layouts.split(",")]
    print(
        "| producer | layout | CER % | paragraphs % | cells % | blanks | quantities | officials | responsibilities | s |"
    )
    print("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |")
    whole = Score()
    for producer in options.producers.split(","):
        by_producer = Score()
        for layout in layouts:
            total, seconds = Score(), 0.0
            bulletins = [(f"bulletin-{seed}", bulletin(seed)) for seed in range(options.seeds)]
            for name, blocks in bulletins if layout.figures and not options.texts else sources:
                try:
                    data = _printed(producer, name, blocks, layout, options.keep)
                except Missing as error:
                    print(f"{producer}: {error}", file=sys.stderr)
                    break
                started = time.process_time()
                source = read_bytes(data, f"{name}.pdf")
                seconds += time.process_time() - started
                one = score(blocks, source)
                if options.rows:
                    score_rows(text_source(blocks), source, one)
                total.add(one)
                if options.faults:
                    for fault in one.faults:
                        print(f"  {producer} {layout.name} {name}: {fault}", file=sys.stderr)
            print(_row(producer, layout.name, total, seconds, options.rows), flush=True)
            by_producer.add(total)
        print(_row(f"**{producer}**", "all", by_producer, 0, options.rows))
        whole.add(by_producer)
    print(_row("**all**", "all", whole, 0, options.rows))


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--producers", default=",".join(PRODUCERS))
    parser.add_argument("--layouts", default="")
    parser.add_argument("--texts", nargs="*", type=Path, default=[])
    parser.add_argument("--seeds", type=int, default=2, help="how many gazettes are invented")
    parser.add_argument("--rows", action="store_true")
    parser.add_argument("--faults", action="store_true")
    parser.add_argument("--keep", type=Path, help="a folder for the PDFs, which are taken from there when they exist")
    return parser.parse_args(arguments)


def _printed(producer: str, name: str, blocks: Sequence[Block], layout: object, folder: Path | None) -> bytes:
    path = folder / f"{producer}-{layout.name}-{name}.pdf" if folder else None  # type: ignore[attr-defined]
    if path is not None and path.is_file():
        return path.read_bytes()
    data = produce(producer, blocks, layout)  # type: ignore[arg-type]
    if path is not None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return data


def _row(producer: str, layout: str, score_: Score, seconds: float, rows: bool) -> str:
    def share(part: int, of: int) -> str:
        return f"{100 * part / of:.2f}" if of else "–"

    measured = rows and score_.chars > 0  # a producer that is not installed has no rates
    rates = [f"{score_.f1(name):.3f}" if measured else "–" for name in ("quantities", "officials", "responsibilities")]
    fields = [producer, layout, share(score_.wrong_chars, score_.chars), share(score_.paragraphs_right, score_.paragraphs),
              share(score_.cells_right, score_.cells), str(score_.blanks_wrong), *rates, f"{seconds:.1f}" if seconds else ""]  # fmt: skip
    return f"| {' | '.join(fields)} |"


if __name__ == "__main__":
    main()
