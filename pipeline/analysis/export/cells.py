"""Text for spreadsheets: what a program would take for a formula, or refuse, is made harmless."""

from __future__ import annotations

from typing import Final

import pyarrow as pa

_FORMULA_SIGNS: Final = frozenset("=+-@\t\r\n＝＋－＠")
"""Signs with which spreadsheets begin a formula, or which they strip before they look (full-width forms included)."""
LONGEST_CELL: Final = 32_767
"""Characters that a cell of a workbook holds."""
_CUT: Final = " …"


def harmless(text: str) -> str:
    """*text* so that no spreadsheet evaluates it: behind an apostrophe where it begins like a formula.

    A sign alone (the comparator ``=``) is no formula.
    """
    begins = text[:1] in _FORMULA_SIGNS and len(text.strip()) > 1
    return f"'{text}" if begins and not _is_number(text) else text


def fitting(text: str) -> str:
    """*text* as long as a cell may be, without characters that XML lacks; an ellipsis says where it was cut."""
    clean = "".join(
        char if char in "\t\n" or (char >= " " and not 0xD800 <= ord(char) <= 0xDFFF) else " " for char in text
    )
    return clean if len(clean) <= LONGEST_CELL else clean[: LONGEST_CELL - len(_CUT)] + _CUT


def harmless_table(table: pa.Table) -> pa.Table:
    """*table* with every text made :func:`harmless`."""
    for number, column in enumerate(table.schema):
        if pa.types.is_string(column.type):
            texts = [None if text is None else harmless(text) for text in table.column(number).to_pylist()]
            table = table.set_column(number, column.name, pa.array(texts, pa.string()))
    return table


def _is_number(text: str) -> bool:
    return text[1:].replace(".", "", 1).replace("%", "", 1).isdigit() and text[0] in "+-"
