"""Quantities of table cells: unit and scale from the cell, its header, its row's unit column or its row's name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from typing import Final

from extractors.language.folding import fold, squash
from extractors.language.passages import Passage
from extractors.numbers.numerals import SCALES, parse_number
from extractors.numbers.units import dimension_of, implied_unit, split_scale, unit_of
from extractors.quantities.candidates.candidate import Candidate
from extractors.quantities.candidates.comparators import DEFAULT
from extractors.quantities.candidates.grammar import NOUN
from extractors.quantities.candidates.prose import prose_candidates
from extractors.rules.registry import registry
from schemas.records import Cell, Table
from schemas.rows import Comparator
from schemas.spans import Reading

LABEL_COLUMN: Final = "exclusion.label_column"
HEADER: Final = "quantity.cell_header"
UNIT_COLUMN: Final = "quantity.cell_unit_column"
PLAIN: Final = "quantity.cell_plain"
_WITHOUT_UNIT: Final = ("quantity.scaled", "quantity.latin_scale")
PART: Final = re.compile(r"^其中[:：]?")
"""How the header of a column begins that is a part of the column to its left."""
_BRACKET: Final = re.compile(r"[（(][^（）()]*[）)]")
_NUMBER: Final = re.compile(
    r"(?P<sign>≥|>=|>|≤|<=|<|约)?(?P<low>[+-]?[0-9][0-9,]{0,20}(?:\.[0-9]{1,12})?)"
    r"(?:(?:—{1,2}|–|-|~|至)(?P<high>[0-9][0-9,]{0,20}(?:\.[0-9]{1,12})?))?(?P<scale>[万亿])?(?P<after>以上|以下|以内|左右)?(?:（[^（）0-9]{1,8}）)?"
)
_SAME_AS_ABOVE: Final = frozenset({"", "〃", "同上", "″", "”", '"', "''", "··"})
_YEAR_LIKE: Final = re.compile(r"(?:19|20)[0-9]{2}")
_SIGNS: Final[dict[str, Comparator]] = {
    "≥": ">=", ">=": ">=", ">": ">", "≤": "<=", "<=": "<=", "<": "<", "约": "~",
    "以上": ">=", "以下": "<=", "以内": "<=", "左右": "~",
}  # fmt: skip
SIGN: Final = "comparator.cell_sign"
_MEANS: Final[dict[str, str]] = {"个数": "个", "数量": "", "人数": "人", "户数": "户", "家数": "家"}


def cell_candidates(passage: Passage) -> tuple[Candidate, ...]:
    """The quantities of one data cell, in order; a header cell and a cell of / or — have none."""
    cell, table, text = passage.cell, passage.table, passage.text
    if cell is None or table is None or cell.is_header:
        return ()
    match = _NUMBER.fullmatch(text)
    if match is None or (match["scale"] and cell_unit(table, cell, plain=False) is None):
        return _named(passage, prose_candidates(text))
    if is_label(cell):
        return ()
    found = cell_unit(table, cell)
    if found is None:
        return ()
    return (_candidate(match, *found),)


def _named(passage: Passage, candidates: tuple[Candidate, ...]) -> tuple[Candidate, ...]:
    """Values printed with a scale alone (3.5亿) take the unit that the row's or column's name implies."""
    cell = passage.cell
    if cell is None or passage.table is None or all(candidate.unit for candidate in candidates):
        return candidates
    left = [other.reading.text for other in passage.table.rows()[cell.row] if other.column < cell.column]
    unit = implied_unit(squash("".join((*left, *cell.header, cell.row_label or "")))) or ""
    return tuple(
        replace(one, unit=unit, dimension=dimension_of(unit), unit_rule=NOUN)
        if unit and not one.unit and one.rule_id in _WITHOUT_UNIT else one
        for one in candidates
    )  # fmt: skip


def is_label(cell: Cell) -> bool:
    """Whether the bare number in *cell* names or dates something by its column's header (序号, 完成时限)."""
    last = squash(cell.header[-1]) if cell.header else ""
    bare = _BRACKET.sub("", last)
    if registry()[LABEL_COLUMN].pattern.search(bare):
        return printed_unit(last) is None
    return bare == "年" and _YEAR_LIKE.fullmatch(squash(cell.reading.text)) is not None


def _candidate(match: re.Match[str], scale: int, unit: str, rule_id: str) -> Candidate:
    low = parse_number(match["low"].lstrip("+")) or Decimal(0)
    high = (parse_number(match["high"]) or low) if match["high"] else low
    factor = scale * (SCALES[match["scale"]] if match["scale"] else 1)
    start, end = (
        match.start("low"),
        match.end("scale") if match["scale"] else match.end("high" if match["high"] else "low"),
    )
    comparator: Comparator = _SIGNS.get(match["sign"] or match["after"] or "", "=")
    outer_end = match.end("after") if match["after"] else end
    dimension = dimension_of(unit) if unit else None
    return Candidate(
        start, end, 0, outer_end, low * factor, high * factor, unit, dimension, None, comparator, False, rule_id,
        rule_id, DEFAULT if comparator == "=" else SIGN,
    )  # fmt: skip


def cell_unit(table: Table, cell: Cell, *, plain: bool = True) -> tuple[int, str, str] | None:
    """Scale, unit and rule of a bare number in *cell*, or ``None`` where nothing says that it measures.

    Without *plain*, only a printed unit counts, not what the column's name implies.
    """
    headers = [printed_unit(header) for header in reversed(cell.header)]
    found = next((unit for unit in headers if unit), None)
    if found is None and (found := _column_unit(table, cell)):
        return *found, UNIT_COLUMN
    if found is None and cell.header and PART.match(squash(cell.header[-1])):
        found = next((unit for header in reversed(whole_header(table, cell)) if (unit := printed_unit(header))), None)
    found = found or printed_unit(cell.row_label or "") or printed_unit(table.caption or "")
    if found:
        return *found, HEADER
    name = squash("".join(cell.header))
    if not plain or not registry()[PLAIN].pattern.search(name):
        return None
    return 1, _implied(name) or implied_unit(squash(cell.row_label or "")) or "", PLAIN


def whole_header(table: Table, cell: Cell) -> tuple[str, ...]:
    """The header path of the column of which that of *cell*, headed 其中：…, is a part: the nearest to the left."""
    paths = {
        other.column: other.header
        for other in table.cells
        if other.column < cell.column and other.header and not PART.match(squash(other.header[-1]))
    }
    return paths[max(paths)] if paths else ()


def _implied(name: str) -> str | None:
    return next((unit for word, unit in _MEANS.items() if name.endswith(word)), None) or implied_unit(name)


def printed_unit(header: str) -> tuple[int, str] | None:
    """Scale and unit that a header prints: 面积（万亩） → (10000, 亩); 单位：万元; 增幅%; 金额/万元."""
    match = registry()[HEADER].pattern.search(squash(fold(Reading.of(header, 0, len(header))).text))
    return split_scale(next(group for group in match.groups() if group)) if match else None


def _column_unit(table: Table, cell: Cell) -> tuple[int, str] | None:
    for printed in _unit_columns(table):
        scale, unit = split_scale(printed.get(cell.row, ""))
        if unit_of(unit) is not None or ("/" in unit and dimension_of(unit) is not None):
            return scale, unit
    return None


@lru_cache(maxsize=4)
def _unit_columns(table: Table) -> tuple[Mapping[int, str], ...]:
    """The columns of units: by row, what it prints, or what stands above where it repeats that."""
    rule = registry()[UNIT_COLUMN]
    columns = []
    for column in [
        one.column for one in table.cells if one.is_header and rule.pattern.search(squash(one.reading.text))
    ]:
        printed = {
            one.row: squash(one.reading.text) for one in table.cells if one.column == column and not one.is_header
        }
        for row in range(table.header_rows, max([table.n_rows, *(cell.row + 1 for cell in table.cells)])):
            if printed.get(row, "") in _SAME_AS_ABOVE:
                printed[row] = printed.get(row - 1, "")
        columns.append(printed)
    return tuple(columns)
