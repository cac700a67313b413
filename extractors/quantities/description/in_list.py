"""The items of the list in a clause that stand before a number, and what they say."""

from __future__ import annotations

from extractors.language.tokens import segmenter, tag_of
from extractors.quantities.description.sentences import Sentence
from extractors.rules.registry import rules_of


def items_before(sentence: Sentence, clause: int, start: int) -> list[str]:
    """The item of the list in which the number at *start* stands, and those before it in its clause, nearest first.

    Each ends with ⟨; the blanked marks of its numbers stay in it.
    """
    cuts = [clause, *(at + 1 for at in range(clause, start) if sentence.outline[at] == "、")]
    ends = [*(cut - 1 for cut in cuts[1:]), start]
    return [f"{sentence.text[cut:end]}⟨" for cut, end in zip(cuts, ends, strict=True)][::-1]


def does(item: str) -> bool:
    """Whether *item* begins with what is done to something (开挖疏浚沟渠⟨, 筹集住房⟨)."""
    first, *rest = segmenter().lcut(item.removesuffix("⟨").lstrip("，、 "))[:2] or [""]
    does = tag_of(first) == "v" and len(first) > 1 and bool(rest)
    return does and not any(rule.search(item) for rule in rules_of("time_period.size"))


def has_words(item: str) -> bool:
    """Whether *item* names anything: it may be blanked marks of numbers alone."""
    return any("\u4e00" <= char <= "\u9fff" for char in item)
