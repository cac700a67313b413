"""Dead definitions: ``python -m checks.dead_code`` lists what nothing in the packages uses, found by vulture.

A use in a test is none: what only tests call is dead. Not reported are the columns of the field dictionary (a frozen
record's fields go to the datasets by name) and the names below, which libraries and templates call.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from vulture import Vulture

from schemas.fields import FIELDS

ROOT: Final = Path(__file__).resolve().parent.parent
PACKAGES: Final = ("schemas", "extractors", "pipeline")
CONFIDENCE: Final = 60
CALLED_BY_OTHERS: Final = {
    "jieba calls these methods of its tokenizer": {"get_DAG", "calc", "dictionary"},
    "pdfminer calls these methods of a device": {
        "begin_page", "end_page", "begin_figure", "end_figure", "render_image", "render_char", "paint_path", "evenodd",
    },
    "RapidOCR reads this of its detector": {"limit_side_len"},
    "notebooks draw with these": {"calendar_chart", "owners_chart", "panel_chart"},
    "pickle calls this": {"__reduce__"},
    "Arrow asks this of a file that it writes": {"tell"},
    "Prefect calls this of a task runner": {"duplicate"},
    "Prefect's server begins its work behind requests with this": {"run_forever"},
    "typer calls these subcommands": {"agree", "bring_back", "_gongbao"},
    "the command line finds these by the names of their modules": {"explain", "inspect", "try_", "verify"},
    "templates read these attributes": {"inherits", "href", "globals"},
    "Python calls this for names that a module lacks": {"__getattr__"},
}  # fmt: skip


def dead_definitions(root: Path, packages: Sequence[str]) -> Iterator[str]:
    """``file:line: what`` of each definition under *packages* (folders below *root*) that none of them uses."""
    allowed = set(FIELDS).union(*CALLED_BY_OTHERS.values())
    finder = Vulture()
    finder.scavenge([str(root / package) for package in packages])
    for item in finder.get_unused_code(min_confidence=CONFIDENCE):
        if item.name not in allowed:
            yield f"{Path(item.filename).relative_to(root)}:{item.first_lineno}: unused {item.typ} {item.name}"


def main() -> int:
    """The command: 1 where something is dead."""
    found = list(dead_definitions(ROOT, PACKAGES))
    print("\n".join(found) if found else "no dead definitions")
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
