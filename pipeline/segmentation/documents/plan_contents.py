"""The contents page that a plan prints over its own chapters: 目录, the chapters, and then the text with the same words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from pipeline.segmentation.documents.contents import title_key
from pipeline.segmentation.lines.form import FINAL
from pipeline.segmentation.lines.lines import Line

_PAGE: Final = re.compile(r"(?:[\s.．…·⋯・―—\-]+|[（(]\s*)\d{1,4}\s*[）)]?$")
_LONGEST: Final = 60
_MOST_LINES: Final = 300


def plan_contents_end(lines: Sequence[Line], position: int, stop: int, titles: Sequence[str]) -> int:
    """The position after the contents whose heading stands at *position*.

    They end before the line that says their first entry again, or the plan's own title (*titles*, as keys).
    Without either they are believed where the entries carry page numbers.
    """
    reach = min(stop, position + 1 + _MOST_LINES)
    first = ""
    paged = True
    for at in range(position + 1, reach):
        line = lines[at]
        key = title_key(_PAGE.sub("", line.text))
        if first and (key == first or key in titles):
            return at
        if len(line.text) > _LONGEST or line.text[-1] in FINAL:
            return at if paged and first else position + 1
        first = first or key
        paged = paged and bool(_PAGE.search(line.text))
    return reach if paged and first else position + 1
