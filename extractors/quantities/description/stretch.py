"""Stretch: whether a value is one that the issuer strives for (力争 …) or one that it commits to.

力争 before a phrase with a subject or an object of its own governs up to the next semicolon or full stop, to the
next firm verb (确保), or to a predicate with a subject of its own. 力争 right before the value (580亿元，力争突破630亿元，…) governs that value alone. 争取 as the
verb of winning funds (争取上级补助资金) does not count.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from extractors.quantities.description.findings import Finding
from extractors.quantities.description.sentences import SEMICOLONS, Sentence
from extractors.rules.registry import rules_for, rules_of

NOT_STRETCHED: Final = "stretch.none"
"""The rule of a value before which no cue stands, or none whose stretch reaches it."""


def stretched(sentence: Sentence) -> tuple[bool, ...]:
    """For each mention of *sentence*, in order, whether it is a stretch value."""
    return tuple(found.value for found in stretch_findings(sentence))


def stretch_findings(sentence: Sentence) -> tuple[Finding[bool], ...]:
    """For each mention of *sentence*, in order, whether it is a stretch value, with the cue, or what ended its stretch."""
    text = sentence.outline
    found = [Finding(False, "no cue before it", "", NOT_STRETCHED)] * len(sentence.mentions)
    cues = sorted(
        (match.end(), match[0], rule.id)
        for rule in rules_for("stretch.cue", sentence.signs)
        for match in rule.finditer(text)
    )
    if not cues:
        return tuple(found)
    firm = sorted(
        (match.start(), match[0], rule.id) for rule in rules_of("stretch.firm") for match in rule.pattern.finditer(text)
    )
    starts = [mention.start for mention in sentence.mentions]
    for end, cue, rule_id in cues:
        scope = _scope_end(text, end, [start for start, _, _ in firm])
        covered = [index for index, position in enumerate(starts) if end <= position < scope]
        ended = next(
            (Finding(False, f"it ends what {cue} governs", word, rule) for at, word, rule in firm if at == scope), None
        )
        stop = next((sign for sign in [text.find(sign, scope + 1) for sign in SEMICOLONS] if sign >= 0), len(text))
        for index, position in enumerate(starts):
            if ended is not None and scope <= position < stop and not found[index].value:
                found[index] = ended
        if covered and (local := _local(sentence, end, covered[0])):
            for index in covered[1:]:
                found[index] = (
                    found[index] if found[index].value else Finding(False, f"{cue} governs one value", *local)
                )
            covered = covered[:1]
        for place, index in enumerate(covered):
            if subject := _own_subject(sentence, end, index):
                for behind in covered[place:]:
                    found[behind] = (
                        found[behind]
                        if found[behind].value
                        else Finding(False, f"it ends what {cue} governs", *subject)
                    )
                break
            found[index] = Finding(True, "governed by a cue", cue, rule_id)
    return tuple(found)


def _own_subject(sentence: Sentence, cue: int, index: int) -> tuple[str, str] | None:
    """The comma clause behind the cue's own that begins a predicate with a subject (…，外贸总额突破4亿元), and its rule."""
    mention = sentence.mentions[index]
    number = mention.candidate.start - sentence.start
    comma = sentence.outline.rfind("，", cue, number)
    if comma < 0:
        return None
    clause = sentence.text[comma + 1 : number]
    rule = next((rule for rule in rules_of("stretch.new_subject") if rule.pattern.search(clause)), None)
    return (clause, rule.id) if rule else None


def _scope_end(text: str, position: int, firm: Sequence[int]) -> int:
    ends = [found for sign in SEMICOLONS if (found := text.find(sign, position)) >= 0]
    ends += [start for start in firm if start >= position][:1]
    return min(ends, default=len(text))


def _local(sentence: Sentence, end: int, index: int) -> tuple[str, str] | None:
    """What stands between the cue and its first value where it governs that alone, and the rule: a mere predicate.

    The value repeats a firm one; behind a cue that touches it, the rule of predicates counts as well.
    """
    if index == 0:
        return None
    mention = sentence.mentions[index]
    between = sentence.text[end : mention.start]
    rules = rules_of("stretch.predicate")
    if not between:
        return ("", rules[0].id) if mention.right == mention.end else None
    rule = next((rule for rule in rules if rule.pattern.fullmatch(between)), None)
    return (between, rule.id) if rule else None
