"""The part of a report or plan that each clause stands in, in one walk down the text.

A heading that speaks of a time or a role begins a part that holds until a heading of its own rank or above; a child
inherits it unless it says otherwise, and turns from looking back to planning only by naming a time. Where no heading
speaks, the opening words of paragraphs move the part on (过去五年 …, 我们也清醒认识到 …, 今年是 …).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Final

from extractors.language.folding import fold
from extractors.rules.registry import rules_of
from pipeline.segmentation.parts.signals import Part, heading_part, opening_part, part_of_genre, since_then
from pipeline.segmentation.parts.years import Years
from schemas.records import Clause, Document
from schemas.spans import Reading

_WITHOUT_PARTS: Final = frozenset({"rules", "grants", "personnel", "roster"})
_SPOKEN: Final = frozenset({"review_and_plan", "review", "speech"})
_REPORT: Final = re.compile(r"(?:报告|说明)$")
_SYSTEMS: Final = (
    re.compile(r"第.+[编篇部章]|[^（(]部分"),
    re.compile(r"第.+节"),
    re.compile(r"[一二三四五六七八九十]+[、.．]?$"),
    re.compile(r"[（(]?[一二三四五六七八九十]+[）)]"),
    re.compile(r"\d+[.．、]?$"),
    re.compile(r"[（(]?\d+[）)]|[①-⑳]"),
)
"""The systems of numbering that hold parts, from the outermost; 一是, 第一， and the like begin none."""
_INLINE: Final = len(_SYSTEMS)
_FREE_HEADING: Final = -1
"""The rank of a heading without a number: it stands over all that have one."""
_LONGEST_HEADING: Final = 60
_LONGEST_FREE_HEADING: Final = 40
_NOT_A_HEADING: Final = re.compile(r"[。；！？：:，]$|^[—－●·]")
_HEADED: Final = frozenset({"numbered", "paragraph", "title", "attachment_label"})
_OWN_TITLE: Final = frozenset({"notice", "body"})
_SURE: Final = frozenset({"list", "closing"})
_ASIDES: Final = frozenset({"part.opening.review", "part.opening.situation"})
_TOP: Final = 2
"""The rank of 一、 and its like."""
_LABEL: Final = "part.label.goals"
_IN_WORDS: Final = "part.heading.plan_words"
_AHEAD: Final = "part.heading.ahead"
_READ: Final = 260


@dataclass(slots=True)
class _State:
    """Where the walk stands: the base part, the parts of the headings above, and a turn that holds for a while."""

    base: Part | None
    frames: list[tuple[int, Part]] = field(default_factory=list)
    aside: Part | None = None
    """A look back inside a plan: it holds for its paragraph, and up to the next heading where *lasting*."""
    lasting: bool = False
    outermost: int | None = None
    """The outermost rank of the numbered headings of a text that reports and plans: each may turn what the words over
    all of them say."""

    @property
    def part(self) -> Part | None:
        return self.aside or (self.frames[-1][1] if self.frames else self.base)

    def end_aside(self) -> None:
        """A paragraph begins: an aside goes on only where no time stands over it."""
        if not self.lasting:
            self.aside = None

    def label(self, named: Part) -> None:
        """Begin the goals under a line that only labels them, inside the part that holds and of its time if need be."""
        over = self.part
        period = named.period or (over.period if over else None)
        begun = _begun(replace(named, role="goals", period=period, rule_id=_LABEL), over, loose=False)
        if begun is not None:
            self.frames.append((_FREE_HEADING, begun))

    def end_label(self, rank: int) -> None:
        """A heading of *rank* begins: what a line labelled ends at the next line, and at a heading over it."""
        if not self.frames or self.frames[-1][0] != _FREE_HEADING or self.frames[-1][1].rule_id != _LABEL:
            return
        over = self.frames[-2][0] if len(self.frames) > 1 else _FREE_HEADING
        if rank <= max(over, _TOP):
            self.frames.pop()

    def settle(self, part: Part) -> None:
        """Put *part* in the place of the one that holds."""
        self.aside = None
        if self.frames:
            self.frames[-1] = (self.frames[-1][0], part)
        else:
            self.base = part


def walk(document: Document, years: Years) -> list[Part | None]:
    """The part of each clause of *document*, ``None`` where it stands in none."""
    if document.genre in _WITHOUT_PARTS:
        return [None] * len(document.clauses)
    spoken = document.genre in _SPOKEN or bool(_REPORT.search(document.title or ""))
    state = _begin(document, "body", years)
    own = "body"
    found: list[Part | None] = []
    for index, clause in enumerate(document.clauses):
        if clause.part != own:
            own, state = clause.part, _begin(document, clause.part, years)
        found.append(_step(state, document.clauses, index, years, spoken=spoken))
    return found


def _begin(document: Document, own: str, years: Years) -> _State:
    """Where the walk through the part *own* of *document* begins."""
    ranks = (_rank_of(clause.marker) for clause in document.clauses if clause.marker and clause.part == own)
    outermost = min(ranks, default=None) if document.genre == "review_and_plan" else None
    return _State(part_of_genre(document.genre, years), outermost=outermost)


def _step(state: _State, clauses: Sequence[Clause], index: int, years: Years, *, spoken: bool) -> Part | None:
    clause = clauses[index]
    if clause.clause_type not in _HEADED or (clause.clause_type == "title" and clause.part in _OWN_TITLE):
        return state.part
    rank = None if clause.marker is None else _rank_of(clause.marker)
    if rank == _INLINE:
        return state.part
    if clause.clause_type == "paragraph" and not spoken and len(clause.reading) >= _READ:
        state.end_aside()  # A long paragraph is no heading, and only in a report do opening words move the part on.
        return state.part
    text = fold(clause.reading).text[:_READ]
    if rank is None:
        rank = _rank(clause, text)
    if rank is not None:
        heading = _heading(clause, text)
        named = heading_part(heading, years, spoken=spoken)
        if heading:
            state.end_label(rank)
        if rank == _FREE_HEADING and named and not named.timed and _labels(heading):
            state.label(named)
            return state.part
        if _enter(state, clauses, index, rank, named, spoken=spoken):
            return state.part
    if rank is None:
        state.end_aside()
    opened = opening_part(text.partition("。")[2] if clause.marker else text, years) if spoken else None
    if opened is None and spoken and not clause.marker:
        opened = since_then(state.part, text, years)
    return state.part if opened is None else _open(state, opened)


@lru_cache(maxsize=1024)
def _rank_of(marker: str) -> int:
    """The rank of the heading that has *marker*."""
    stripped = marker.strip()
    return next((rank for rank, system in enumerate(_SYSTEMS) if system.match(stripped)), _INLINE)


def _rank(clause: Clause, text: str) -> int | None:
    """The rank of the heading without a number that *clause* is, ``None`` for a paragraph."""
    if clause.clause_type in ("title", "attachment_label"):
        return _FREE_HEADING
    if len(text) <= _LONGEST_FREE_HEADING and len(clause.reading) < _READ and not _NOT_A_HEADING.search(text):
        return _FREE_HEADING
    return None


def _heading(clause: Clause, text: str) -> str:
    if clause.heading is not None:
        return fold(Reading.of(clause.heading, 0, len(clause.heading))).text[:_LONGEST_HEADING]
    body = _body(clause, text)
    if any(rule.search(body[:_LONGEST_HEADING]) for rule in rules_of("part.no_heading")):
        return ""
    return body[:_LONGEST_HEADING] if "。" not in body[:_LONGEST_HEADING] else body[: body.index("。")]


def _body(clause: Clause, text: str) -> str:
    """The words behind the marker and the heading's sign."""
    marker = "".join((clause.marker or "").split())
    return text[len(marker) :] if marker and text.startswith(marker) else text


def _labels(heading: str) -> bool:
    """Whether a line without a number is nothing but the label of the goals under it (主要目标)."""
    return any(rule.search(heading) for rule in rules_of(_LABEL))


def _enter(
    state: _State, clauses: Sequence[Clause], index: int, rank: int, named: Part | None, *, spoken: bool
) -> bool:
    """Leave the parts that end at a heading of *rank*, and begin the one that it *named*; whether one begins."""
    if rank == _FREE_HEADING and not (named and (named.timed or named.role in _SURE or named.rule_id == _AHEAD)):
        return False  # A line without a number that says nothing, or only 措施 or 任务, is no sign.
    state.aside = None
    left: Part | None = None
    while state.frames and state.frames[-1][0] >= rank:
        popped = state.frames.pop()[1]
        left = left or popped
    over = state.part if rank > _FREE_HEADING else None
    if named is not None and named.rule_id == _IN_WORDS and over is not None and over.side == "past":
        named = None  # A word of planning in a heading turns no look back: 落实重大任务，项目建设提速.
    loose = not state.frames and rank == state.outermost
    begun = _begun(named, over, loose=loose)
    if spoken and named is None and left is not None and (over is None or not over.timed or loose):
        begun = _following(left, clauses, index)
    if begun is not None:
        state.frames.append((rank, begun))
    return named is not None and begun is not None


def _begun(named: Part | None, over: Part | None, *, loose: bool) -> Part | None:
    """The part that a heading begins inside the part *over* it: one without a time neither turns it nor dates it.

    One that says what comes next turns it all the same, and so does one of the outermost that is *loose*: over which
    no heading but only the words before all of them say a time.
    """
    if named is None or over is None or named.timed:
        return named
    holds = over.timed and not loose and named.rule_id != _AHEAD
    if over.side == "end" or (holds and (named.side != over.side or named.role in (over.role, "plan", "goals"))):
        return None
    return replace(named, period=over.period, timed=over.timed) if named.side == over.side else named


def _following(left: Part, clauses: Sequence[Clause], index: int) -> Part | None:
    """The part of a heading that says nothing, behind the part that its sibling before it began."""
    label = "after plan" if left.side == "coming" else _leaning(clauses, index)
    rule = next((rule for rule in rules_of("part.order") if rule.pattern.search(label)), None)
    if rule is None:
        return Part(left.role, left.period, left.rule_id, left.timed) if left.side == "past" else None
    period = left.period if left.side == "coming" else None
    return Part("plan", period, rule.id, timed=False)


def _leaning(clauses: Sequence[Clause], index: int) -> str:
    """Whether the text under a heading wants more than it reports."""
    end = clauses[index].subtree_end
    text = "".join(c.reading.text for c in clauses[index : index + 40] if c.span.start < end)
    wants, reports = (
        sum(1 for rule in rules_of(p) for _ in rule.finditer(text)) for p in ("part.wants", "part.reports")
    )
    return "wants" if wants > reports else "reports"


def _open(state: _State, opened: Part) -> Part:
    """Go on with what the opening words of a paragraph say; a look back inside a plan is an aside."""
    over = state.frames[-1][1] if state.frames else state.base
    if over is None or over.side != "coming" or opened.side != "past":
        state.settle(opened)
    elif opened.rule_id in _ASIDES:
        state.aside, state.lasting = opened, not over.timed
    return opened
