"""How each column of a quantity was derived, by what the pure functions of the extractors say of its passage."""

from __future__ import annotations

from collections.abc import Iterator

from extractors.language.passages import Passage
from extractors.quantities.candidates.comparators import comparator_around
from extractors.quantities.description.findings import Finding
from extractors.quantities.description.said import Said
from extractors.quantities.description.sentences import Mention, Sentence
from extractors.quantities.frames.confidence import indicator_features, kind_features, model
from extractors.quantities.frames.measured import CELL
from extractors.rules.registry import rules_of
from extractors.targets.owners import OwnersFinding, OwnersIndex
from pipeline.auditing.explanation import Line, Part
from pipeline.auditing.plain import one_line, show
from schemas.rows import Official, Quantity, Target


def derivation(passage: Passage, quantity: Quantity, found: tuple[Sentence, Mention, Said] | None) -> Part:
    """The columns of *quantity*, each with what it was read from; *found* is what is said of its number."""
    return Part("derived", tuple(_lines(passage, *found, quantity)) if found else ())


def _lines(passage: Passage, sentence: Sentence, mention: Mention, said: Said, quantity: Quantity) -> Iterator[Line]:
    candidate = mention.candidate
    value = show(quantity.low) if quantity.low == quantity.high else f"{show(quantity.low)} to {show(quantity.high)}"
    yield "value", f"{value}, from “{passage.text[candidate.start : candidate.end]}”, scales multiplied out"
    yield "unit", _unit(passage, quantity)
    yield "comparator", _comparator(passage, mention, quantity)
    yield "kind", _finding(said.kind)
    yield "indicator", f"{quantity.indicator}{_by(said.measured.rule_id)}"
    yield from _measured(sentence, mention, said, quantity)
    yield "deadline", _finding(said.deadline) if said.deadline else _no_deadline(quantity)
    yield "stretch", _stretch(sentence, mention, quantity)
    if quantity.per:
        yield "per", f"{quantity.per}, from 每… before it"
    for label, other in (
        ("baseline of", quantity.baseline_quantity_id),
        ("part of", quantity.part_of_quantity_id),
        ("in group with", quantity.group_id),
    ):
        if other:
            yield label, other


def _measured(sentence: Sentence, mention: Mention, said: Said, quantity: Quantity) -> Iterator[Line]:
    """Metric, subject, transformation, and how sure they are: rules, proposals, the features that weigh most."""
    found = said.measured
    yield "metric", f"{found.metric}{_by(found.rule_id)}"
    if found.frame is not None:
        for proposal in found.frame.proposals:
            yield "proposed", f"{proposal.slot} “{proposal.text}” from {proposal.zone}: {proposal.operation}"
    if found.subject is not None:
        yield "subject", f"{found.subject.text}, {found.subject.type}{_by(found.subject.rule_id)}"
    way = f", {found.change.direction}" if found.change.direction else ""
    yield "transformation", f"{found.change.transformation}{way}{_by(found.change.rule_id)}"
    for column, value, features in (
        ("indicator", quantity.indicator_confidence,
         indicator_features(None if found.rule_id == CELL else sentence, mention, said.kind.value, found)),
        ("kind", quantity.kind_confidence, kind_features(said.kind, found, said.weighed)),
    ):  # fmt: skip
        heaviest = ", ".join(f"{name} {weight:+.3f}" for name, weight in model(column).heaviest(features))
        yield f"{column} confidence", f"{value:.3f}; {heaviest}"


def _unit(passage: Passage, quantity: Quantity) -> str:
    shown = quantity.unit or "none"
    rule = quantity.rule_id
    cell = passage.cell
    printed = "".join(quantity.text.split())
    if quantity.unit and quantity.unit in printed:
        how = "printed behind the number"
    elif rule.startswith("quantity.cell") and cell is not None:
        where = {"quantity.cell_header": " / ".join(cell.header), "quantity.cell_row": cell.row_label or ""}
        how = f"by {rule}" + (f" from “{where[rule]}”" if where.get(rule) else "")
    else:
        how = "implied by the words or by the rule" if quantity.unit else "nothing says one"
    return f"{shown}, {how}; dimension {show(quantity.dimension)}"


def _comparator(passage: Passage, mention: Mention, quantity: Quantity) -> str:
    candidate = mention.candidate
    before = passage.text[candidate.outer_start : candidate.start]
    after = passage.text[candidate.end : candidate.outer_end]
    words = [f"“{word}”" for word in (before, after) if word]
    bound = comparator_around(
        passage.text, candidate.start, candidate.end, approximate=False, is_range=candidate.low != candidate.high
    )
    if words:
        return f"{quantity.comparator}, from {' and '.join(words)}{_by(', '.join(bound.rules))}"
    if quantity.comparator == "=":
        return "=, as no comparator word stands around it"
    reason = "a rank is reached from above" if candidate.is_ranking else "shared with its list, or printed inside it"
    return f"{quantity.comparator}, {reason}"


def _finding(finding: Finding[str]) -> str:
    words = f" “{one_line(finding.words)}”" if finding.words else ""
    return f"{finding.value}, from {finding.source}{words}{_by(finding.rule_id)}"


def _by(rule: str) -> str:
    return f" by {rule}" if rule else ""


def _no_deadline(quantity: Quantity) -> str:
    return "none: only targets have one" if quantity.kind != "target" else "none: no time governs it"


def _stretch(sentence: Sentence, mention: Mention, quantity: Quantity) -> str:
    cues = [
        (match.end(), match[0], rule.id)
        for rule in rules_of("stretch.cue")
        for match in rule.pattern.finditer(sentence.outline[: mention.start])
    ]
    if not cues:
        return "no, as no 力争 or the like stands before it"
    _, word, rule_id = max(cues)
    return f"{show(quantity.stretch)}, {'governed' if quantity.stretch else 'not governed'} by “{word}” ({rule_id})"


def ownership(index: OwnersIndex, quantity: Quantity, target: Target | None) -> Part:
    """Who answers for *quantity*, from which note or row, and what else its target's row holds."""
    found = index.finding(quantity)
    lines = [("found in", found.source), *_owner_lines(found)]
    if target is not None:
        lines += [
            ("indicator key", target.quantity.indicator_key),
            ("scope", show(target.scope)),
            ("target year", show(target.target_year)),
            (
                "in standard units",
                f"{show(target.low_std)} to {show(target.high_std)} {target.quantity.unit_std or ''}".rstrip(),
            ),
        ]
    return Part("owners", tuple(lines))


def _owner_lines(found: OwnersFinding) -> Iterator[Line]:
    for mention in found.mentions:
        if isinstance(mention, Official):
            yield "official", f"{mention.name}  {mention.role or ''}  {mention.official_id}  {mention.rule_id}"
        else:
            yield mention.duty, f"{mention.agency}  {mention.responsibility_id}  {mention.rule_id}"
