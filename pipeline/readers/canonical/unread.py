"""Problems of a page or document whose pictures, or tables within cells, are not read as what they are."""

from __future__ import annotations

from collections.abc import Iterator

from schemas.records import Problem
from schemas.spans import Span

LITTLE = 200
"""Characters of a text that says little itself."""


def unread(text: str, pictures: int, tables_in_cells: int) -> Iterator[Problem]:
    """What is said of the *pictures* of a *text* and of the tables that its cells hold; nothing where there are none."""
    whole = Span(0, len(text))
    if pictures and len(text) <= LITTLE:
        message = (
            f"the page holds {len(text.strip())} characters of text: its content is probably in {pictures} pictures"
        )
        yield Problem("page_quality", "warning", message, whole)
    elif pictures:
        yield Problem("page_quality", "info", f"{pictures} pictures in the text are not read", whole)
    if tables_in_cells:
        message = f"{tables_in_cells} tables within cells of others are read as the text of their cells"
        yield Problem("table_shape", "warning", message, whole)
