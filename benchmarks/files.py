"""Processor time and peak memory of reading each file, beside bare pdfplumber and, where it is installed, PyMuPDF.

``python -m benchmarks.files FILE.pdf …``: each reader in a process of its own, its imports not counted in the time.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from importlib.util import find_spec
from typing import Final

_READERS: Final = {
    "gongbao": ("from pipeline.readers import read; import pipeline.readers.pdf.document", "read(file)"),
    "pdfplumber": (
        "import pdfplumber",
        "[(page.extract_text(), page.extract_tables()) for page in pdfplumber.open(file).pages]",
    ),
    "fitz": ("import fitz", "[(page.get_text(), page.find_tables()) for page in fitz.open(file)]"),
}
_SCRIPT: Final = """
import resource, sys, time
from pathlib import Path
file = Path(sys.argv[1])
{imports}
begin = time.process_time()
{action}
memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
print(f"{{time.process_time() - begin:.2f}} s, {{memory}} MB")
"""


def measure(file: str, reader: str) -> str:
    """Processor seconds and peak memory of *reader* on *file*, or how it failed."""
    imports, action = _READERS[reader]
    script = _SCRIPT.format(imports=imports, action=action)
    done = subprocess.run([sys.executable, "-c", script, file], capture_output=True, text=True, check=False)
    return done.stdout.strip() or (done.stderr.strip().splitlines() or ["failed"])[-1]


def main() -> None:
    """Print a row a file."""
    parser = argparse.ArgumentParser(description="Measure the readers on files.")
    parser.add_argument("files", nargs="+", metavar="FILE.pdf")
    files = parser.parse_args().files
    readers = [name for name in _READERS if name == "gongbao" or find_spec(name)]
    print("| file | " + " | ".join(readers) + " |\n| --- |" + " --- |" * len(readers))
    for file in files:
        print(f"| {file} | " + " | ".join(measure(file, reader) for reader in readers) + " |", flush=True)


if __name__ == "__main__":
    main()
