"""Typed blocks → the tree of clauses."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, cast

from pipeline.segmentation.clauses.blocks import Block
from pipeline.segmentation.lines.lines import squash
from pipeline.segmentation.lines.markers import CHAPTER_KINDS, Marker, inline_items, stretches
from pipeline.segmentation.lines.rules import pattern
from schemas.making import quickly_made
from schemas.records import Clause, ClauseType, Problem
from schemas.replacing import replace
from schemas.spans import Reading

_TRIM: Final = "、.．。，,:： \u3000"
_HEADING: Final = re.compile(
    r"\s*(?:(?P<run>[^。；：！？]{2,60})[。](?=.)|(?P<colon>[^，。；：、！？]{2,14})[：:](?=.))", re.DOTALL
)
_BRACKET_HEADING: Final = re.compile(r"\s*[（(【〔\[]([^（()）【】]{2,20})[）)】〕\]]")
_LONGEST_HEADING: Final = 60
_LABEL: Final = 14
"""Characters of the longest heading that is a mere label (发展目标。), of whose own line nothing else is said."""
_CASE: Final = "的"
"""What closes a line that names a case (申请停止发放的。), and no label."""
_OWNER_NOTE: Final = pattern("clause.owner_note")
_LEADS: Final = pattern("clause.leads")
_CLOSING: Final = pattern("clause.closing")
_FORCE: Final = pattern("clause.force")
_ATTENDANCE: Final = pattern("clause.attendance")
"""Closing formulas and provisions, and who attended: they belong to the whole text and not to its last item."""


_CUSTOM: Final = {
    kind: rank
    for rank, kinds in enumerate((("han",), ("han_paren",), ("dot", "comma"), ("paren", "close"), ("circled",)), 1)
    for kind in kinds
}
"""The order in which systems customarily stand under one another (GB/T 9704: 一、（一）1. （1）)."""


@quickly_made
@dataclass(frozen=True, slots=True)
class Draft:
    """A clause before it has its place in the tree."""

    kind: str
    part: str
    reading: Reading
    marker: Marker | None
    opening: str | None = None
    """The whole paragraph, where its items are cut off."""


def drafts(source: str, blocks: Sequence[Block]) -> Iterator[Draft]:
    """The clauses of *blocks* (tables left out) in text order, paragraphs cut at their inline items."""
    for block in blocks:
        if block.kind == "table":
            continue
        reading = Reading.join(source, [line.span for line in block.lines])
        if block.kind not in ("numbered", "paragraph"):
            yield Draft(block.kind, block.part, reading, None)
            continue
        items = inline_items(reading.text, block.marker)
        cuts = [(position, marker) for position, marker in items if position > 0]
        first_end = cuts[0][0] if cuts else len(reading)
        first_marker = block.marker or (items[0][1] if items and items[0][0] == 0 else None)
        yield Draft("numbered" if first_marker else "paragraph", block.part, _trim(reading, 0, first_end), first_marker, reading.text if cuts else None)  # fmt: skip
        for start, end, marker in stretches(cuts, len(reading)):
            yield Draft("numbered", block.part, _trim(reading, start, end), marker)


def _trim(reading: Reading, start: int, end: int) -> Reading:
    while end > start and reading.text[end - 1].isspace():
        end -= 1
    return reading.slice(start, end)


def system_ranks(markers: Sequence[Marker]) -> dict[str, int]:
    """The rank (from 1) of every numbering system of a part, by which stands under which in print.

    A system that is met while others run stands under the innermost of them; contradictions are
    settled for the order that is printed first. Chapters and articles stand above all others. Where an
    extract begins within a series (3. before 二、), the customary order of systems is taken.
    """
    below: dict[str, set[str]] = {}
    order: list[str] = []
    stack: list[str] = []
    cut: set[str] = set()
    twins = not _twins_nest(markers)
    for marker in markers:
        kind = _system(marker)
        if twins and kind == "comma":
            kind = "dot"
        if kind in stack:
            del stack[stack.index(kind) + 1 :]
            continue
        if kind in CHAPTER_KINDS:
            while stack and (
                stack[-1] not in CHAPTER_KINDS or CHAPTER_KINDS.index(stack[-1]) > CHAPTER_KINDS.index(kind)
            ):
                stack.pop()
        if kind not in below:
            while stack and stack[-1] in cut and _CUSTOM.get(kind, 0) < _CUSTOM.get(stack[-1], 0):
                stack.pop()
            below[kind] = set()
            order.append(kind)
            if marker.number > 1:
                cut.add(kind)
        if stack and not _reaches(below, kind, stack[-1]):
            below[stack[-1]].add(kind)
        stack.append(kind)
    ranks = dict.fromkeys(order, 1)
    for _ in order:
        for above in order:
            for kind in below[above]:
                ranks[kind] = max(ranks[kind], ranks[above] + 1)
    if twins and "dot" in ranks:
        ranks["comma"] = ranks["dot"]
    return ranks


def _twins_nest(markers: Sequence[Marker]) -> bool:
    """Whether 1. and 1、 stand under one another: one of them goes on counting behind the other's series.

    Where neither does, they are one system that a typist spelt in two ways.
    """
    reached: dict[str, int] = {}
    for marker in markers:
        if marker.kind in ("dot", "comma"):
            if len(reached) == 2 and marker.number == reached[marker.kind] + 1 and next(iter(reached)) == marker.kind:
                return True
            reached.pop(marker.kind, None)
            reached[marker.kind] = marker.number
        elif marker.kind in ("han", "han_paren", *CHAPTER_KINDS):
            reached.clear()
    return False


def _system(marker: Marker) -> str:
    return f"decimal{len(marker.parts)}" if marker.kind == "decimal" else marker.kind


def _reaches(below: dict[str, set[str]], start: str, goal: str) -> bool:
    seen, todo = {start}, [start]
    while todo:
        kind = todo.pop()
        if kind == goal:
            return True
        fresh = below[kind] - seen
        seen |= fresh
        todo.extend(sorted(fresh))
    return False


class Tree:
    """Builds the clauses of one document, part by part."""

    def __init__(self, issue_id: str, document_id: str) -> None:
        self.issue_id, self.document_id = issue_id, document_id
        self.problems: list[Problem] = []
        self._made = 0

    def build(self, found: Sequence[Draft]) -> list[Clause]:
        """The clauses of the drafts *found*, parents and paths set, in text order."""
        parts: dict[str, list[Draft]] = {}
        for draft in found:
            parts.setdefault(draft.part, []).append(draft)
        clauses = [clause for part in parts.values() for clause in self._part(part)]
        clauses.sort(key=lambda clause: (clause.span.start, clause.span.end))
        return clauses

    def _part(self, found: Sequence[Draft]) -> list[Clause]:
        ranks = system_ranks([draft.marker for draft in found if draft.marker])
        clauses: list[Clause] = []
        stack: list[Clause] = []
        last: dict[tuple[str, str | None], int] = {}
        running: dict[str, int] = {}
        for draft in found:
            marker = draft.marker
            if marker:
                rank = ranks[_system(marker)]
                while stack and stack[-1].level >= rank:
                    stack.pop()
            elif draft.kind not in ("paragraph", "note", "caption") or _closes(draft, stack):
                stack = []
            elif draft.kind == "paragraph":
                _leave_items(stack)
            clause = self._clause(draft, stack, ranks)
            clauses.append(clause)
            if marker:
                self._check(marker, clause, last, running)
                stack.append(clause)
        return _close(clauses)

    def _clause(self, draft: Draft, stack: Sequence[Clause], ranks: dict[str, int]) -> Clause:
        marker, parent = draft.marker, stack[-1] if stack else None
        self._made += 1
        span = draft.reading.whole()
        own = path_label(marker) if marker else None
        path = "/".join([*([parent.path] if parent else []), *([own] if own else [])])
        return Clause(
            clause_id=f"{self.issue_id}/c/{span.start}",
            document_id=self.document_id,
            parent_id=parent.clause_id if parent else None,
            ordinal=self._made,
            part=draft.part,
            clause_type=cast(ClauseType, draft.kind),
            level=ranks[_system(marker)] if marker else parent.level if parent else 0,
            marker=marker.text.strip() if marker else None,
            number=marker.number if marker else None,
            path=path,
            heading=_heading(draft) if marker else None,
            reading=draft.reading,
            span=span,
            subtree_end=span.end,
        )

    def _check(
        self, marker: Marker, clause: Clause, last: dict[tuple[str, str | None], int], running: dict[str, int]
    ) -> None:
        """Record a number that does not follow: neither its elder sibling nor the running count of its system."""
        if "之" in marker.text:
            return  # 第九条之一 stands between two numbers.
        system = _system(marker)
        key = (f"{system}{marker.parts[:-1]}", clause.parent_id)
        before, count = last.get(key), running.get(system, 0)
        number = marker.number
        last[key], running[system] = number, number
        follows = number == count + 1 or (before is not None and number == before + 1)
        if follows or (number == 1 and before is None):
            return
        elder = count if before is None else before
        category = "numbering_gap" if number > elder else "numbering_repeat"
        self.problems.append(
            Problem(
                category, "info", f"{marker.text.strip()} follows number {elder}", clause.span, None, self.document_id
            )
        )


def _leave_items(stack: list[Clause]) -> None:
    """Cut the *stack* back to its article after a finished item: a further paragraph (款) is the article's own."""
    articles = [n for n, clause in enumerate(stack) if (clause.marker or "").endswith(("条", "條"))]
    if articles and articles[-1] < len(stack) - 1 and stack[-1].reading.text[-1:] == "。":
        del stack[articles[-1] + 1 :]


def _closes(draft: Draft, stack: Sequence[Clause]) -> bool:
    """Whether a paragraph ends the series of items over it: what stands under a mere title is that clause's text."""
    text = squash(draft.reading.text)
    if _CLOSING.fullmatch(text):
        return True
    last = stack[-1] if stack else None
    if last is None or (last.marker or "").startswith("第") or last.reading.text.endswith(last.heading or "\0"):
        return False
    return bool(_FORCE.fullmatch(text) or _ATTENDANCE.fullmatch(text))


def path_label(marker: Marker) -> str:
    """The number of *marker* as a path spells it: without the sign behind it (一、 → 一; （一） as printed)."""
    text = squash(marker.text)
    if marker.kind in ("han_paren", "paren") and not text.isnumeric():
        text = f"（{text.strip('（()）〔〕［］[]【】')}）"
    if marker.kind in ("dot", "comma", "close") and not text[0].isdecimal() and text[0].isascii():
        return str(marker.number)  # l. is a 1. that recognition took for a letter.
    if marker.kind not in ("han", "dot", "comma", "close", "decimal", "first_is", "letter", "ordinal"):
        return text
    return text.strip(_TRIM + "）是要")


def _heading(draft: Draft) -> str | None:
    """The clause's own title: the whole line where it is only one, else its opening sentence."""
    marker = draft.marker
    rest = draft.reading.text[len(marker.text) :].strip() if marker else ""
    if not rest or not marker:
        return None
    if marker.kind == "article":
        match = _BRACKET_HEADING.match(rest)
        return squash(match[1]) if match else None
    if marker.kind in CHAPTER_KINDS and len(rest) <= _LONGEST_HEADING:
        return squash(rest)
    if draft.opening and rest[-1] in "：:":
        rest = draft.opening[len(marker.text) :].strip()
    if len(rest) <= _LONGEST_HEADING and not re.search(r"[。；：！？]", rest[:-1]) and rest[-1] not in "；：，！":
        plain = _OWNER_NOTE.sub("", rest.rstrip("。"))
        ended = rest[-1] == "。" and (marker.kind == "circled" or len(plain) > 30 or bool(re.search(r"\d", plain)))
        return None if ended else plain
    match = _HEADING.match(rest)
    if not match:
        return None
    if match["colon"]:
        lead = match["colon"].strip()
        return None if _LEADS.search(lead) else lead
    run = match["run"].strip()
    after = rest[match.end() :].lstrip()
    is_note_only = after[:1] in "（(［[〔" and after.rstrip("。")[-1:] in "）)］]〕" and len(after) < 160
    return None if is_note_only or run.count("，") > 1 or (re.search(r"\d", run) and "，" in run) else run


def _close(clauses: Sequence[Clause]) -> list[Clause]:
    """The clauses with the end of their subtrees, a parent's the furthest of its children's."""
    ends = {clause.clause_id: clause.span.end for clause in clauses}
    for clause in reversed(clauses):
        if clause.parent_id is not None:
            ends[clause.parent_id] = max(ends[clause.parent_id], ends[clause.clause_id])
    parents = {clause.parent_id for clause in clauses if clause.marker}
    over_text = {clause.parent_id for clause in clauses}
    return [
        _closed(
            clause,
            ends[clause.clause_id],
            clause.clause_id in (over_text if _is_label(clause.heading or "") else parents),
        )
        for clause in clauses
    ]


def _is_label(heading: str) -> bool:
    return len(heading) <= _LABEL and "，" not in heading and not heading.endswith(_CASE)


def _closed(clause: Clause, end: int, is_over: bool) -> Clause:
    """*clause* whose subtree has its *end*.

    A whole line that ends on a full stop is a heading only where it *is_over* clauses of its own, a label over any text.
    """
    heading = clause.heading
    if heading is not None and not is_over and clause.reading.text.endswith(f"{heading}。"):
        heading = None
    if end == clause.subtree_end and heading == clause.heading:
        return clause
    return replace(clause, subtree_end=end, heading=heading)
