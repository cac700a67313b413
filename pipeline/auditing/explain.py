"""Why a row is as it is, or what stands at an offset: the extractors run again on one issue, with every step said."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, Final

from extractors.language.passages import Passage
from extractors.quantities.candidates.find import explain_numbers
from extractors.rules.registry import Rule, registry, rules_of
from pipeline.auditing.audit import Audit
from pipeline.auditing.derivation import derivation, ownership
from pipeline.auditing.explanation import Explanation, Line, Part
from pipeline.auditing.numbers import excluding_rule, groups_of, rule_parts
from pipeline.auditing.plain import show
from pipeline.auditing.surroundings import positions, sentence, structure
from pipeline.auditing.trace import rival, said_so
from schemas.datasets import DATASETS
from schemas.spans import Span

Row = dict[str, Any]
_STRETCH_SIGNS: Final = "（）。；！？"
_AS_PRINTED: Final = frozenset({"official.unsettled_name", "official.name_line", "official.group_line"})
"""Rules that read the text before folding, because blanks separate the names."""


def explain_row(audit: Audit, dataset: str, row: Row, stored: Row | None = None) -> Explanation:
    """Why *row* of *dataset* is as it is; *stored* is the row as a folder holds it, to tell what changed since."""
    span = Span(row["char_start"], row["char_end"])
    passage = audit.passage_at(span)
    known = DATASETS[dataset]
    identity = row[known.key[-1]]
    parts = [Part("sentence", (("", sentence(audit.issue, passage, span)),))] if known.is_mention else []
    if "quantities" in (known.name, known.describes):
        parts += _quantity(audit, passage, row)
    elif known.has_rules:
        parts += _mention(audit, passage, dataset, row, span)
    parts.append(Part("decisions", tuple(_decisions(audit, dataset, row))))
    parts.append(structure(audit.issue, passage, span))
    parts.append(
        Part("row", tuple((name, show(row[name])) for name in known.columns if name not in ("text", "sentence")))
    )
    if stored is not None:
        parts.append(Part("in the folder, made by other rules", tuple(_differences(stored, row))))
    text = audit.issue.source.text[span.start : span.end] if known.is_mention else ""
    return Explanation(f"{dataset} {identity}", text, tuple(parts))


def _decisions(audit: Audit, dataset: str, row: Row) -> Iterator[Line]:
    """For every column that a rule decided: the rule, its words, and what else spoke and lost."""
    for trace in audit.traces(dataset, row):
        yield trace.column, said_so(trace)
        yield from (("  beside it", rival(claim)) for claim in trace.lost)


def _differences(stored: Row, row: Row) -> Iterator[Line]:
    for name, value in row.items():
        if name in stored and stored[name] != value:
            yield name, f"{show(stored[name])} there, {show(value)} now"


def _quantity(audit: Audit, passage: Passage | None, row: Row) -> Iterator[Part]:
    quantity = audit.quantities.get(row["quantity_id"])
    if quantity is None or passage is None:
        return
    yield from rule_parts(audit.reading(passage), *positions(passage, quantity.span))
    yield derivation(passage, quantity, audit.said(passage, quantity.span))
    yield ownership(audit.owners(passage.document), quantity, audit.targets.get(quantity.quantity_id))


def _mention(audit: Audit, passage: Passage | None, dataset: str, row: Row, span: Span) -> Iterator[Part]:
    rule = registry()[row["rule_id"]]
    lines: list[Line] = [("fired", rule.id), ("purpose", rule.purpose)]
    lines += _matches(rule, passage, span)
    yield Part("rule", tuple(lines))
    yield Part("competitors", tuple(_others(audit, passage, dataset, rule, span)))


def _texts(rule: Rule, passage: Passage) -> list[str]:
    """What *rule* is tried on, around a mention of *passage*."""
    if rule.subject == "header" and passage.cell is not None:
        return ["".join(passage.cell.header)]
    if rule.subject == "heading":
        return [*passage.headings, passage.table.caption or "" if passage.table else ""]
    return [passage.reading.text if rule.id in _AS_PRINTED else passage.text]


def _matches(rule: Rule, passage: Passage | None, span: Span) -> Iterator[Line]:
    if passage is None:
        return
    start, end = positions(passage, span)
    matches = [match for text in _texts(rule, passage) for match in rule.pattern.finditer(text)]
    if rule.subject != "heading" and not (rule.subject == "header" and matches):
        over = [match for match in matches if match.start() < end and start < match.end()]
        matches = over or _in_stretches(rule, passage, start, end) or [m for m in matches if m.end() <= start][-1:]
    for match in matches[:3]:
        captured = ", ".join(f"{name} “{value}”" for name, value in groups_of(match, match.string))
        yield "matched", match[0]
        if captured:
            yield "captured", captured


def _in_stretches(rule: Rule, passage: Passage, start: int, end: int) -> list[re.Match[str]]:
    """Matches of rules that read one stretch by itself: the mention, its label, its bracket, the column's header."""
    text = passage.text
    left = max(text.rfind(sign, 0, start) for sign in _STRETCH_SIGNS) + 1
    right = min((found for sign in _STRETCH_SIGNS if (found := text.find(sign, end)) >= 0), default=len(text))
    opening = text.rfind("（", 0, start) + 1
    closing = text.find("）", end)
    label = text[max(left, opening) : max(text.rfind("：", 0, start), 0)]
    header = "".join(passage.cell.header) if passage.cell is not None else ""
    stretches = (
        text[start:end],
        label,
        text[left:right],
        text[opening : closing if closing >= 0 else len(text)],
        header,
    )
    matches = (rule.pattern.search(stretch) for stretch in stretches if stretch)
    return [match for match in matches if match is not None][:1]


def _others(audit: Audit, passage: Passage | None, dataset: str, rule: Rule, span: Span) -> Iterator[Line]:
    """The other rules of the family that match over the same stretch, and whether they made a row there."""
    if passage is None:
        return
    start, end = positions(passage, span)
    found = []
    for other in rules_of(DATASETS[dataset].rule_family or rule.id):
        if other.id == rule.id or other.subject != "text" or other.id in _AS_PRINTED:
            continue
        match = next((m for m in audit.reading(passage).find(other) if m.start() < end and start < m.end()), None)
        if match is not None:
            found.append((other.id, match[0]))
    made = _made_over(audit, dataset, span) if found else {}
    for rule_id, words in found:
        row = made.get(rule_id)
        outcome = f"made {row[DATASETS[dataset].key[-1]]}" if row else f"lost: {rule.id} settled the stretch"
        yield rule_id, f"“{words}” {outcome}"


def _made_over(audit: Audit, dataset: str, span: Span) -> dict[str, Row]:
    """The rows of *dataset* over *span*, by the rule that made them."""
    return {row["rule_id"]: row for row in audit.over(dataset, span)}


def explain_offset(audit: Audit, offset: int) -> list[Explanation]:
    """What stands at *offset*: its rows, else its number and what excludes it, else the structure alone."""
    rows = audit.at(offset)
    if rows:
        return [explain_row(audit, dataset, row) for dataset, row in rows]
    span = Span(offset, offset + 1)
    passage = audit.passage_at(span)
    if passage is not None:
        position = passage.folded.position_of(offset)
        for start, end, rule in explain_numbers(passage):
            if start <= position < end:
                return [explain_number(audit, passage, start, end, rule)]
    where = Part("sentence", (("", sentence(audit.issue, passage, span)),))
    return [Explanation(f"offset {offset}: no row and no number", "", (where, structure(audit.issue, passage, span)))]


def explain_number(audit: Audit, passage: Passage, start: int, end: int, rule_id: str) -> Explanation:
    """Why the number at the folded positions ``[start, end)`` is no quantity."""
    issue, read, span = audit.issue, audit.reading(passage), passage.span(start, end)
    known = registry().get(rule_id)
    lines: list[Line] = [("explained by", rule_id or excluding_rule(read, start, end))]
    if known is not None:
        lines.append(("purpose", known.purpose))
    parts = (
        Part("sentence", (("", sentence(issue, passage, span)),)),
        Part("no quantity", tuple(lines)),
        *rule_parts(read, start, end),
        structure(issue, passage, span),
    )
    return Explanation(f"number at {span.start}", issue.source.text[span.start : span.end], parts)


def explain_all(audit: Audit, start: int = 0) -> list[Explanation]:
    """Every mention of an issue from *start* on in text order, and every number that is no quantity.

    For a short text given by hand, before which stands what was put over it.
    """
    found: list[tuple[int, Explanation]] = [
        (row["char_start"], explain_row(audit, dataset, row)) for dataset, row in audit.mentions()
    ]
    for document in audit.issue.documents:
        for clause in document.clauses:
            passage = audit.passage_at(clause.span) if len(clause.reading) else None
            if passage is None or clause.clause_type in ("title", "cell_item"):
                continue
            found += [
                (passage.span(start, end).start, explain_number(audit, passage, start, end, rule))
                for start, end, rule in explain_numbers(passage)
                if not rule.startswith("quantity.")
            ]
    return [one for place, one in sorted(found, key=lambda item: item[0]) if place >= start]


def beside(as_they_are: Sequence[Explanation], without: Sequence[Explanation], rule_id: str) -> Iterator[Explanation]:
    """Each explanation with what its row's columns would be without the rule *rule_id*."""
    others = {one.subject: one for one in without}
    for one in as_they_are:
        other = others.get(one.subject)
        if other is None:
            lines: tuple[Line, ...] = (("", "there would be no such row"),)
        else:
            then = {label: said for part in other.parts if part.title == "row" for label, said in part.lines}
            now = [line for part in one.parts if part.title == "row" for line in part.lines]
            lines = tuple(
                (label, f"{said} would be {then.get(label, show(None))}")
                for label, said in now
                if then.get(label) != said
            ) or (("", "nothing would change"),)
        yield Explanation(one.subject, one.text, (*one.parts, Part(f"without {rule_id}", lines)))
