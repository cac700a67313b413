"""Quantities of table cells: unit and scale from the cell, its header, its row's unit column or its row's name."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cache, lru_cache
from itertools import pairwise
from typing import Final

from extractors.language.folding import fold, squash
from extractors.language.passages import Passage
from extractors.numbers.numerals import SCALES, parse_number
from extractors.numbers.units import dimension_of, implied_unit, split_scale, unit_of, unit_table
from extractors.quantities.candidates.candidate import Candidate
from extractors.quantities.candidates.comparators import DEFAULT
from extractors.quantities.candidates.grammar import NOUN
from extractors.quantities.candidates.prose import prose_candidates
from extractors.quantities.candidates.unit_notes import UNIT_NOTE, find_unit_note
from extractors.rules.force import in_force
from extractors.rules.registry import registry
from schemas.records import Cell, Table
from schemas.rows import Comparator
from schemas.spans import Reading

LABEL_COLUMN: Final = "exclusion.label_column"
CLASS_LABEL: Final = "exclusion.class_label"
CODE_COLUMN: Final = "exclusion.code_column"
HEADER: Final = "quantity.cell_header"
UNIT_COLUMN: Final = "quantity.cell_unit_column"
PLAIN: Final = "quantity.cell_plain"
_WITHOUT_UNIT: Final = ("quantity.scaled", "quantity.latin_scale")
PART: Final = re.compile(r"^其中[:：]?")
"""How the header of a column begins that is a part of the column to its left."""
_RATIOS: Final = frozenset({"%", "‰", "个百分点", "百分点", "倍"})
_RATIO_RULES: Final = (("quantity.cell_permille", "‰"), ("quantity.cell_ratio", "%"))
_CURRENCIES: Final = ("money_usd", "money_hkd", "money_eur", "money_jpy", "money_gbp")
_BRACKET: Final = re.compile(r"[（(][^（）()]*[）)]")
_OPENING, _CLOSING = "（(", "）)"
_NUMBER: Final = re.compile(
    r"(?P<sign>≥|>=|>|≤|<=|<|约)?(?P<low>[+-]?[0-9][0-9,]{0,20}(?:\.[0-9]{1,12})?)"
    r"(?:(?:—{1,2}|–|-|~|至)(?P<high>[0-9][0-9,]{0,20}(?:\.[0-9]{1,12})?))?(?P<scale>[万亿])?(?P<after>以上|以下|以内|左右)?(?:（[^（）0-9]{1,8}）)?"
    r"(?:[①-⑳⁰¹²³⁴-⁹*※△▲#]{1,3}|[\[〔【][0-9]{1,2}[\]〕】]|（注?[0-9]{1,2}）)?"
)
"""A number alone in its cell; the mark of a note may stand behind it."""
_MARKED: Final = re.compile(r"[（(△▲▽▼↓↑]{0,2}[+-]?[0-9]+(?:[.,，][0-9]+)*[）)]?(?:[（(][^（）()]*[）)])?$")
"""A figure with a mark before it, brackets around it or another figure behind it in brackets."""
_SAME_AS_ABOVE: Final = frozenset({"", "〃", "同上", "″", "”", '"', "''", "··"})
_YEAR_LIKE: Final = re.compile(r"(?:19|20)[0-9]{2}")
_SIGNS: Final[dict[str, Comparator]] = {
    "≥": ">=", ">=": ">=", ">": ">", "≤": "<=", "<=": "<=", "<": "<", "约": "~",
    "以上": ">=", "以下": "<=", "以内": "<=", "左右": "~",
}  # fmt: skip
SIGN: Final = "comparator.cell_sign"
_MEANS: Final[dict[str, str]] = {
    "个数": "个",
    "数量": "",
    "人数": "人",
    "户数": "户",
    "家数": "家",
    "分值": "分",
    "得分": "分",
}


def cell_candidates(passage: Passage) -> tuple[Candidate, ...]:
    """The quantities of one data cell, in order; a header cell and a cell of / or — have none."""
    cell, table, text = passage.cell, passage.table, passage.text
    if cell is None or table is None or cell.is_header:
        return ()
    if _names_class(table, cell):
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


def _names_class(table: Table, cell: Cell) -> bool:
    """Whether the cell names its row by a class (60周岁及以上), and figures stand beside it."""
    text = squash(cell.reading.text)
    if cell.row_label != text or not registry()[CLASS_LABEL].pattern.search(text):
        return False
    beside = (other for other in table.rows()[cell.row] if other.column > cell.column)
    return any(_NUMBER.fullmatch(squash(other.reading.text)) for other in beside)


def _named(passage: Passage, candidates: tuple[Candidate, ...]) -> tuple[Candidate, ...]:
    """Values printed with a scale alone (3.5亿) take the unit that the row's or column's name implies."""
    cell = passage.cell
    if cell is None or passage.table is None or all(candidate.unit for candidate in candidates):
        return candidates
    left = [other.reading.text for other in passage.table.rows()[cell.row] if other.column < cell.column]
    unit = implied_unit(squash("".join((*left, *cell.header, cell.row_label or "")))) or ""
    return tuple(
        replace(one, unit=unit, dimension=dimension_of(unit), unit_rule=NOUN)
        if unit and not one.unit and one.rule_id in _WITHOUT_UNIT and in_force(NOUN) else one
        for one in candidates
    )  # fmt: skip


def is_label(cell: Cell) -> bool:
    """Whether the bare number in *cell* names or dates something by its column's header (序号, 完成时限)."""
    last = squash(cell.header[-1]) if cell.header else ""
    bare = _BRACKET.sub("", last)
    if registry()[LABEL_COLUMN].pattern.search(bare):
        return printed_unit(last) is None
    if any(registry()[CODE_COLUMN].pattern.search(squash(header)) for header in cell.header):
        return True
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
    name = squash("".join(cell.header))
    headers = [printed_unit(header) for header in reversed(_unbroken(cell.header))]
    if found := next((unit for unit in headers if unit), None):
        return *found, HEADER
    ratio = ratio_of(cell.header)
    if found := _column_unit(table, cell):
        return (*found, UNIT_COLUMN) if ratio is None or found[1] in _RATIOS else (1, *ratio)
    if cell.header and PART.match(squash(cell.header[-1])):
        found = next((unit for header in reversed(whole_header(table, cell)) if (unit := printed_unit(header))), None)
        if found:
            return *found, HEADER
    if ratio is not None:
        return 1, *ratio
    label = squash(cell.row_label or "")
    if found := printed_unit(label):
        return *found, HEADER
    if (ratio := ratio_of((label,))) and not _meant(name):
        return 1, *ratio
    stated = _stated(table, cell, name, label)
    if stated is not None and cell.column not in _running_columns(table):
        return stated
    if not plain or not registry()[PLAIN].pattern.search(name):
        return None
    return 1, _implied(name) or _named_unit(label) or "", PLAIN


@lru_cache(maxsize=1024)
def ratio_of(names: tuple[str, ...]) -> tuple[str, str] | None:
    """The unit and rule of numbers that a name says to be ratios or rates though it prints no unit (增速, 占比, 出生率)."""
    for name in reversed(names):
        bare = _BRACKET.sub("", squash(name))
        for rule_id, unit in _RATIO_RULES:
            if registry()[rule_id].pattern.search(bare):
                return unit, rule_id
    return None


def _stated(table: Table, cell: Cell, name: str, label: str) -> tuple[int, str, str] | None:
    """The unit that the table's note or caption states, unless the row's or column's name implies another quantity."""
    note = find_unit_note(table.unit_note) if table.unit_note else None
    units = note.units if note else ()
    rule_id = UNIT_NOTE
    if not units and (said := _corner_unit(table) or printed_unit(table.caption or "")):
        units, rule_id = (said,), HEADER
    levels = [unit for unit in units if unit[1] not in _RATIOS] or list(units)
    if not levels:
        return None
    rates = all("/" in unit for _, unit in levels)  # 元/吨 of 居民 are no heads
    implied = _named_unit(name) or (None if rates else _named_unit(label))
    if not implied:
        return *_by_place(table, cell, levels), rule_id
    fitting = [unit for unit in levels if unit[1] == implied]
    fitting += [unit for unit in levels if dimension_of(unit[1]) in _money(dimension_of(implied))]
    # Heads counted in a table of money, and the like: what the nearer name says wins.
    return (*fitting[0], rule_id) if fitting else (1, implied, PLAIN)


@lru_cache(maxsize=4)
def _corner_unit(table: Table) -> tuple[int, str] | None:
    """The unit behind the head of the words that name the rows (项目（万元）): words measure nothing, their figures do."""
    labels = {cell.row_label for cell in table.cells if cell.row_label}
    heads = {
        cell.header[-1]
        for cell in table.cells
        if cell.header and squash(cell.reading.text) in labels and not _NUMBER.fullmatch(squash(cell.reading.text))
    }
    return next((unit for head in sorted(heads) if (unit := printed_unit(head))), None)


def _by_place(table: Table, cell: Cell, units: Sequence[tuple[int, str]]) -> tuple[int, str]:
    """The unit of a column whose name implies none: that at its place where a note lists one a column (公顷、公斤/公顷、吨).

    Else the one that no other column's name implies, else the first.
    """
    if len(units) == 1:
        return units[0]
    heads = _heads_of_figures(table)
    columns = [column for column, header in sorted(heads.items()) if ratio_of(header) is None]
    if len(columns) == len(units) and cell.column in columns:
        return units[columns.index(cell.column)]
    taken = {dimension_of(unit) for header in heads.values() if (unit := _named_unit(squash("".join(header))))}
    return next((unit for unit in units if dimension_of(unit[1]) not in taken), units[0])


def _heads_of_figures(table: Table) -> dict[int, tuple[str, ...]]:
    """The headers of the columns that hold figures, by column."""
    return {one.column: one.header for one in table.cells if one.header and _NUMBER.fullmatch(squash(one.reading.text))}


def guessed_columns(table: Table) -> tuple[int, ...]:
    """The columns of figures whose unit a note of several units (单位：万元、人) leaves open.

    Neither header nor row names one, the columns are not as many as the units, and more than one unit is left over.
    """
    note = find_unit_note(table.unit_note) if table.unit_note else None
    units = [unit for unit in (note.units if note else ()) if unit[1] not in _RATIOS]
    if len(units) < 2:
        return ()
    heads = _heads_of_figures(table)
    columns = [column for column, header in heads.items() if ratio_of(header) is None]
    if len(columns) == len(units):
        return ()
    named = {column: _named_unit(squash("".join(heads[column]))) for column in columns}
    taken = {dimension_of(unit) for unit in named.values() if unit}
    if sum(dimension_of(unit) not in taken for _, unit in units) == 1:
        return ()
    bare = {c for c in columns if not named[c] and not any(map(printed_unit, heads[c]))}
    return tuple(sorted({
        cell.column
        for cell in table.cells
        if cell.column in bare and not cell.is_header and _NUMBER.fullmatch(squash(cell.reading.text))
        and not (printed_unit(label := squash(cell.row_label or "")) or _named_unit(label) or ratio_of((label,)))
    }))  # fmt: skip


def unread_figures(table: Table) -> tuple[Cell, ...]:
    """The cells in columns of figures that print one which is read as none: （4.2）, △3, 12（其中6）.

    Brackets and arrows stand for less, for a part or for a note: the table alone does not say which.
    """
    marked = [cell for cell in table.cells if not cell.is_header and _MARKED.match(squash(cell.reading.text))]
    columns = {cell.column for cell in marked}
    of_figures = {
        cell.column
        for cell in table.cells
        if cell.column in columns and _NUMBER.fullmatch(squash(cell.reading.text)) and _is_figure(table, cell)
    }
    figures = (cell for cell in marked if cell.column in of_figures and _is_figure(table, cell))
    return tuple(cell for cell in figures if not _reads(table, cell))


def _is_figure(table: Table, cell: Cell) -> bool:
    """Whether a number alone in *cell* measures something as far as its column and row say."""
    return not cell.is_header and not is_label(cell) and not _names_class(table, cell)


def _reads(table: Table, cell: Cell) -> bool:
    text = squash(cell.reading.text)
    return bool(_NUMBER.fullmatch(text) or prose_candidates(fold(cell.reading).text)) or cell_unit(table, cell) is None


def names_against_note(table: Table) -> tuple[str, ...]:
    """The names of rows and columns whose noun implies another quantity than the table's note states: the noun wins."""
    note = find_unit_note(table.unit_note) if table.unit_note else None
    if note is None or all(unit in _RATIOS for _, unit in note.units):
        return ()
    figures = (one for one in table.cells if not one.is_header and _NUMBER.fullmatch(squash(one.reading.text)))
    against = (one for one in figures if (found := cell_unit(table, one)) and found[1] and found[2] == PLAIN)
    names = ((squash("".join(one.header)), squash(one.row_label or "")) for one in against)
    return tuple(dict.fromkeys(header if _named_unit(header) else label for header, label in names))


def _named_unit(name: str) -> str | None:
    """The unit that the noun at the end of *name* implies: 就业人数, 旅游收入; a noun within it names something else."""
    found = _meant(name)
    if found is not None:
        return found
    ending = next((noun for noun in _nouns() if name.endswith(noun)), None)
    return unit_table().by_noun[ending] if ending else None


@cache
def _nouns() -> tuple[str, ...]:
    return tuple(sorted(unit_table().by_noun, key=lambda noun: (-len(noun), noun)))


def _money(dimension: str | None) -> tuple[str | None, ...]:
    """The dimension, and for money that of every currency."""
    return (dimension, *_CURRENCIES) if dimension == "money" else (dimension,)


def whole_header(table: Table, cell: Cell) -> tuple[str, ...]:
    """The header path of the column of which that of *cell*, headed 其中：…, is a part: the nearest to the left."""
    paths = {
        other.column: other.header
        for other in table.cells
        if other.column < cell.column and other.header and not PART.match(squash(other.header[-1]))
    }
    return paths[max(paths)] if paths else ()


def _implied(name: str) -> str | None:
    return _meant(name) or implied_unit(name)


def _meant(name: str) -> str | None:
    """The unit that the word at the end of a column's name says: 分值, whatever its rows are scored for."""
    return next((unit for word, unit in _MEANS.items() if name.endswith(word)), None)


@lru_cache(maxsize=1024)
def printed_unit(header: str) -> tuple[int, str] | None:
    """Scale and unit that a header prints last: 面积（万亩） → (10000, 亩); 单位：万元; 增幅%; 金额/万元."""
    found = list(registry()[HEADER].pattern.finditer(squash(fold(Reading.of(header, 0, len(header))).text)))
    return split_scale(next(group for group in found[-1].groups() if group)) if found else None


def _unbroken(path: tuple[str, ...]) -> tuple[str, ...]:
    """The header path, texts that a break within brackets cut put together: 面积（千 over 公顷）."""
    joined: list[str] = []
    for text in path:
        if joined and _opened(joined[-1]):
            joined[-1] += text
        else:
            joined.append(text)
    return tuple(joined)


def _opened(text: str) -> bool:
    return max(text.rfind(sign) for sign in _OPENING) > max(text.rfind(sign) for sign in _CLOSING)


def _column_unit(table: Table, cell: Cell) -> tuple[int, str] | None:
    for printed in _unit_columns(table):
        scale, unit = split_scale(printed.get(cell.row, ""))
        if unit_of(unit) is not None or ("/" in unit and dimension_of(unit) is not None):
            return scale, unit
    return None


@lru_cache(maxsize=4)
def _running_columns(table: Table) -> frozenset[int]:
    """The columns without a head that count their rows or name years: their numbers measure nothing."""
    texts: dict[int, list[str]] = {}
    for cell in table.cells:
        if not cell.is_header and not cell.header:
            texts.setdefault(cell.column, []).append(squash(cell.reading.text))
    return frozenset(column for column, printed in texts.items() if _runs([text for text in printed if text]))


def _runs(texts: Sequence[str]) -> bool:
    if all(_YEAR_LIKE.fullmatch(text) for text in texts):
        return True
    numbers = [int(text) for text in texts if text.isascii() and text.isdigit()]
    return len(numbers) == len(texts) and all(b == a + 1 for a, b in pairwise(numbers))


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
