"""Every rule of the registry: what its examples must match, what its counter-examples must not."""

from __future__ import annotations

import random
import re

import pytest

from extractors.rules.grams import Grams
from extractors.rules.prefilter import ANY_DIGIT, prefilter
from extractors.rules.registry import (
    Rule,
    RuleError,
    lexicon,
    parse_rules,
    registry,
    rules_for,
    rules_in,
    rules_of,
    signs_beside,
    signs_of,
    word_table,
)
from pipeline.auditing.rule_checks import as_read, folded

SEGMENTATION = "pipeline.segmentation"
RULES = (*registry().values(), *registry(SEGMENTATION).values(), *registry("pipeline.readers").values())
PROSE = "".join(f"{one.text}{'，。； '[number % 4]}" for number, rule in enumerate(RULES) for one in rule.examples[:1])
SOUND = """
[[rule]]
id = "a.b"
dataset = "quantities"
purpose = "p"
subject = "text"
pattern = 'x{{frag}}'
examples = [{ text = "x1", match = "x1" }, { text = "x2", match = "x2" }]
counter_examples = ["y", "z"]
[fragments]
frag = '[0-9]'
"""


def _package(rule: Rule) -> str:
    return rule.file.rpartition("/rules/")[0].replace("/", ".")


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_examples(rule: Rule) -> None:
    for example in rule.examples:
        text = as_read(rule, example.text)
        match = rule.search(text)
        assert match is not None, example
        assert folded(rule, example.text)[slice(*match.span())] == folded(rule, example.match)
        assert rule.may_match(signs_of(text, _package(rule))), example


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_counter_examples(rule: Rule) -> None:
    for text in rule.counter_examples:
        match = rule.search(as_read(rule, text))
        assert match is None, (text, match)


def test_packages_share_no_ids() -> None:
    assert len({rule.id for rule in RULES}) == len(RULES)


def test_a_rule_of_whole_lines_and_its_longest() -> None:
    whole = SOUND.replace('subject = "text"', 'subject = "line"\nwhole = true\nlongest = 2')
    (rule,) = parse_rules(whole, "whole.toml")
    assert rule.search("x1") and not rule.search("x1 ") and not rule.search("yx1")
    (rule,) = parse_rules(whole.replace("longest = 2", "longest = 1"), "whole.toml")
    assert not rule.search("x1")


def test_lexicons_of_segmentation_stand_beside_the_extractors() -> None:
    named = word_table("document_types", SEGMENTATION)
    assert (named["工作报告"], named["通知"]) == (("报告",), ("通知",))
    assert lexicon("surnames", SEGMENTATION) == lexicon("surnames")
    with pytest.raises(RuleError):
        lexicon("no_such_lexicon", SEGMENTATION)


def test_a_sound_file_is_read() -> None:
    (rule,) = parse_rules(SOUND, "sound.toml")
    assert (rule.id, rule.pattern.pattern) == ("a.b", "x(?:[0-9])")


def test_a_rule_says_what_code_may_do_with_it() -> None:
    extra = 'purpose = "p"\ngroup = "g"\nattributes = { explicit = true, role = "r" }'
    (rule,) = parse_rules(SOUND.replace('purpose = "p"', extra), "sound.toml")
    assert (rule.group, rule.flag("explicit"), rule.flag("honour"), rule.flag("role")) == ("g", True, False, False)
    assert (rule.word("role"), rule.word("action"), rule.word("explicit")) == ("r", None, None)


def test_rules_of_a_group_are_in_the_order_of_their_file() -> None:
    assert [rule.id for rule in rules_in("verb_of_leading")] == [
        "responsibility.text_lead_by", "responsibility.text_lead",
    ]  # fmt: skip
    with pytest.raises(RuleError):
        rules_in("unheard")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('subject = "text"', 'subject = "text"\nweight = 3'),
        ('purpose = "p"', ""),
        ("{{frag}}", "{{no_such_fragment}}"),
        ("{{frag}}", "("),
        ('["y", "z"]', '["y"]'),
        ('dataset = "quantities"', 'dataset = "unheard"'),
        ("'[0-9]'", "'{{frag}}'"),
        ('purpose = "p"', 'purpose = "p"\nattributes = { unheard = true }'),
        ('purpose = "p"', 'purpose = "p"\nattributes = { explicit = "yes" }'),
        ('purpose = "p"', 'purpose = "p"\nattributes = { role = true }'),
    ],
)
def test_a_flawed_file_is_refused(old: str, new: str) -> None:
    assert old in SOUND
    with pytest.raises(RuleError):
        parse_rules(SOUND.replace(old, new), "flawed.toml")


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_prefilters_lose_nothing(rule: Rule) -> None:
    for printed in (*(one.text for one in rule.examples), *rule.counter_examples, PROSE):
        text = as_read(rule, printed)
        found = [match.span() for match in re.finditer(rule.expression, text)]
        assert [match.span() for match in rule.finditer(text)] == found
        assert not found or rule.may_match(signs_of(text, _package(rule))), text


@pytest.mark.parametrize(
    ("pattern", "begins", "holds"),
    [
        ("abc", None, ["bc"]),  # the matcher looks ahead for a character by itself
        ("(?<![0-9])[1-3]年", "123", ["1年 2年 3年"]),
        ("甲?(?:乙|丙丁)", "甲乙丙", ["乙 丙丁"]),
        ("(?:甲|[^乙])丙", None, ["丙"]),
        ("(?:甲|)", None, []),
        ("(?=.*目标)[一二三]+", "一二三", ["目标"]),
        ("(?i:甲)乙", None, ["乙"]),
        ("(?i)甲乙", None, []),
        ("(?<=甲)乙", "乙", ["乙"]),
        (r"(?<!甲)\d乙|近\d[乙\d]", f"近{ANY_DIGIT}", ["乙 近"]),
        ("(?!甲)(?:乙丙){2,}", "乙", ["乙丙"]),
        ("(?:乙丙)*丁", "乙丁", ["丁"]),
        ("(?:重大)?项目(?:建设|开工)", "重项", ["项目"]),
        ("给予.{0,9}(?:补助|奖励[金款])", None, ["给予", "补助 奖励"]),
        ("每[人户](?!均).+元", None, ["每人 每户", "元"]),
        (
            "[甲乙][丙丁]{1,9}戊",
            None,
            ["丙 丁", "甲丙 甲丁 乙丙 乙丁", "丙戊 丁戊"],
        ),  # where a run begins, and where it ends
        ("甲(?P<n>[乙丙]{2,9}.[丁戊])己", None, ["甲乙 甲丙", "丁 戊", "丁己 戊己"]),
    ],
)
def test_what_a_pattern_asks_of_a_text(pattern: str, begins: str | None, holds: list[str]) -> None:
    found = prefilter(pattern)
    assert found.begins == (begins if begins is None else frozenset(begins))
    assert {" ".join(sorted(one)) for one in found.holds} == {" ".join(sorted(one.split())) for one in holds}


@pytest.mark.parametrize(
    ("pattern", "before", "behind"),
    [
        ("甲乙⟨[^⟩]*⟩的", "乙", "的"),
        ("(?:^|[，。])(?:共|累计)?⟨[^⟩]*⟩(?:[个家](?!甲)|项目|$)", ["", *"，。共计"], ["", *"个家项"]),
        ("(?:甲⟨|乙{1,3}⟨)[^⟩]*⟩", "甲乙", None),
        ("(?:甲⟨|乙)丙", None, None),  # one of the branches reads no number
        ("(?:甲|丙⟨)?乙⟨", "乙", None),
        ("[^，]{0,4}⟨[^⟩]*⟩[^，]", None, None),
        ("乙?⟨[^⟩]*元⟩丙?", None, None),  # anything may stand beside it
        ("乙⟨", "乙", None),
        ("(?=甲)(?<=乙)丙(?!丁)⟨[^⟩]*⟩(?=的)了", "丙", "了"),
        ("(?i:k)⟨[^⟩]*⟩", None, None),
        ("没有数", None, None),
    ],
)
def test_what_stands_beside_a_marked_number(
    pattern: str, before: str | list[str] | None, behind: str | list[str] | None
) -> None:
    assert prefilter(pattern).beside == tuple(None if one is None else frozenset(one) for one in (before, behind))


def test_rules_are_tried_beside_what_their_matches_stand_beside() -> None:
    read = 0
    for rule in registry().values():
        for text in (example.text for example in rule.examples if example.text.count("⟨") == 1):
            before, _, rest = text.partition("⟨")
            if rule.search(text) is not None and "⟩" in rest:
                read += 1
                assert signs_beside(before[-1:], rest.partition("⟩")[2][:1]) & rule.bit, (rule.id, text)
    assert read > 100 and not signs_beside("", "") & registry()["frame.amount.served"].bit


@pytest.mark.parametrize("seed", range(20))
def test_short_texts_are_looked_at_as_long_ones_are(seed: int) -> None:
    chance = random.Random(seed)
    words = ["".join(chance.choices("甲乙丙丁", k=chance.choice((1, 2)))) for _ in range(6)]
    holds = [[frozenset(chance.sample(words, k=2)) for _ in range(chance.randrange(4))] for _ in range(9)]
    grams = Grams(holds)
    for length in range(40):
        text, over = "".join(chance.choices("甲乙丙丁戊己", k=length)), chance.choice(("", "丙", "戊甲"))
        assert grams._of_many([text]) == [grams._of_short(text)]
        for bit, sets in zip(grams.bits, holds, strict=True):
            held = all(any(word in text or set(over) & set(word) for word in wanted) for wanted in sets)
            assert bool(grams.of(text, over) & bit) == held, (text, over, sets)


def test_texts_looked_at_together_hold_what_each_holds_alone() -> None:
    holds = [[frozenset({"甲乙", "丙"})], [frozenset({"丁戊"}), frozenset({"己"})], [frozenset({"丁甲"})]]
    texts = [
        "",
        "甲",
        "丁",
        "甲乙",
        "乙",
        "\0丙",
        "丁\0戊己",
        "𠮷丁戊己",
        "𠮷",
        "丁戊",
        "己" * 30,
        "甲" * 40 + "乙",
    ] * 9
    together = Grams(holds)
    together.look_at(texts)
    assert [together.of(text) for text in texts] == [Grams(holds).of(text) for text in texts]


def test_rules_for_a_text_are_those_that_may_match_it() -> None:
    rules = rules_of("kind.context")
    for text in (example.text for rule in rules for example in rule.examples):
        tried = rules_for("kind.context", signs_of(text))
        assert {rule.id for rule in rules if rule.search(text)} <= {rule.id for rule in tried}
        assert tuple(rule for rule in rules if rule in tried) == tried and len(tried) < len(rules) / 2
