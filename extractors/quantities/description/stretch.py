"""Stretch: whether a value is one that the issuer strives for (力争 …) or one that it commits to.

力争 before a phrase with a subject or an object of its own governs up to the next semicolon or full stop, to the
next firm verb (确保), or to a predicate with a subject of its own. 力争 right before the value (580亿元，力争突破630亿元，…) governs that value alone. 争取 as the
verb of winning funds (争取上级补助资金) does not count.
"""

from __future__ import annotations

from collections.abc import Sequence

from extractors.quantities.description.sentences import SEMICOLONS, Sentence
from extractors.rules.registry import rules_of


def stretched(sentence: Sentence) -> tuple[bool, ...]:
    """For each mention of *sentence*, in order, whether it is a stretch value."""
    text = sentence.outline
    cues = sorted(
        (match.start(), match.end()) for rule in rules_of("stretch.cue") for match in rule.pattern.finditer(text)
    )
    if not cues:
        return (False,) * len(sentence.mentions)
    firm = sorted(match.start() for rule in rules_of("stretch.firm") for match in rule.pattern.finditer(text))
    starts = [mention.start for mention in sentence.mentions]
    flags = [False] * len(starts)
    for _, end in cues:
        covered = [index for index, position in enumerate(starts) if end <= position < _scope_end(text, end, firm)]
        if covered and _is_local(sentence, end, covered[0]):
            covered = covered[:1]
        for index in covered:
            if _own_subject(sentence, end, index):
                break
            flags[index] = True
    return tuple(flags)


def _own_subject(sentence: Sentence, cue: int, index: int) -> bool:
    """Whether a comma clause behind the cue's own begins a predicate with a subject of its own (…，外贸总额突破4亿元)."""
    mention = sentence.mentions[index]
    number = mention.candidate.start - sentence.start
    comma = sentence.outline.rfind("，", cue, number)
    clause = sentence.text[comma + 1 : number]
    return comma >= 0 and any(rule.pattern.search(clause) for rule in rules_of("stretch.new_subject"))


def _scope_end(text: str, position: int, firm: Sequence[int]) -> int:
    ends = [found for sign in SEMICOLONS if (found := text.find(sign, position)) >= 0]
    ends += [start for start in firm if start >= position][:1]
    return min(ends, default=len(text))


def _is_local(sentence: Sentence, end: int, index: int) -> bool:
    """Whether nothing but a predicate stands between the cue and its first value, and the value repeats a firm one."""
    if index == 0:
        return False
    mention = sentence.mentions[index]
    between = sentence.text[end : mention.start]
    if not between:
        return mention.right == mention.end
    return any(rule.pattern.fullmatch(between) for rule in rules_of("stretch.predicate"))
