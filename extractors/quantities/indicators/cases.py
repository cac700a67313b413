"""Indicators of rules: limits of time, grants and fines, and the cases that they follow on."""

from __future__ import annotations

import re
from typing import Final

from extractors.quantities.description.sentences import BOUNDARIES
from extractors.quantities.indicators.reading import Reading, clause_before, clause_bounds, matches, sanction, tidy
from extractors.quantities.indicators.thresholds import threshold_case
from extractors.rules.registry import rules_of

_LONGEST_CORE_OF_A_CASE: Final = 4
_LONGEST_CORE_WITH_A_CASE: Final = 7
_LONGEST_SHARE: Final = 18
_LONGEST_CASE: Final = 20
_RECEIVER: Final = re.compile(r"(?:企业|单位|机构|主体|项目|[人者员户家村镇县区市院校厂社])$")
_NOTE: Final = re.compile(r"（[^（）]*）$")
_TITLE: Final = re.compile(r"“([^”]{2,20})”(?:荣誉)?称号")
_SHARE_OF: Final = {"%": "比例", "‰": "比例", "倍": "倍数"}


def time_limit(reading: Reading, index: int) -> str | None:
    """A limit of time: who has to do what within it (消费投诉须在7个工作日内办结 → 消费投诉办结时限)."""
    mention = reading.sentence.mentions[index]
    if not matches("indicator.time_unit", mention.candidate.unit):
        return None
    text, outline = reading.sentence.text, reading.sentence.outline
    following = reading.sentence.mentions[index + 1 : index + 2]
    limit = following[0].start if following else len(text)
    end = mention.end
    while end < limit and outline[end] not in BOUNDARIES:
        end += 1
    number_end = mention.candidate.end - reading.sentence.start
    if reading.sentence.window(mention).endswith("分") and (paid := _paid_over(reading, text[number_end:end])):
        return paid
    deed = _NOTE.sub("", text[number_end:end].rstrip("、和及并"))
    if following and end == limit and "、" in deed:  # what follows the sign belongs to the next number
        deed = deed[: deed.rindex("、")]
    match = matches("indicator.within", deed)
    if not match:
        return None
    core = reading.core(mention)
    since = matches("indicator.since", core)
    who = core if since is None else since["who"]
    if not who and mention.left:
        who = clause_before(reading, mention.left) or reading.limited
    who = "" if matches("indicator.aggravation", who) or matches("indicator.collective", who) else who
    reading.limited = who
    return tidy(f"{who}{_deed(match['deed'])}时限")


def _paid_over(reading: Reading, behind: str) -> str:
    """Over how long the grant before the number is paid (每亩补助1500元，分三年兑付 → …补助兑付年限)."""
    before = reading.previous()
    paid = next((m["deed"] for rule in rules_of("indicator.instalments") if (m := rule.pattern.match(behind))), "")
    return f"{before}{paid}年限" if paid and before else ""


def _deed(words: str) -> str:
    """A deed without those with whom it is done (与取得许可的单位签订合同 → 签订合同), where it is long."""
    match = matches("indicator.deed_with", words)
    return match["deed"] if match else words


def grant_alone(reading: Reading, index: int) -> str | None:
    """A grant whose receiver the clause before names (对…突击队予以通报表扬，奖励八千元)."""
    mention = reading.sentence.mentions[index]
    core = reading.core(mention)
    if not matches("indicator.grant_alone", core):
        return None
    titles = _TITLE.findall(reading.sentence.text[: mention.left])
    receiver = titles[-1] if titles else clause_before(reading, mention.left) or _case_before(reading, mention.left)
    if not receiver and index and reading.named[-1].strategy == "threshold":
        receiver = threshold_case(reading, index - 1)
    return receiver + core if receiver else None


def sanctioned(reading: Reading, index: int) -> str | None:
    """A fine or grant behind its amount, with the case that it follows on; both ends of a range alike."""
    mention = reading.sentence.mentions[index]
    if index and reading.sentence.mentions[index - 1].end == mention.start:
        return reading.named[index - 1].indicator
    tail = sanction(reading, index)
    if reading.kinds[index] != "standard" or not tail or mention.bare:
        return None
    core = reading.core(mention)
    case = _case_before(reading, mention.left) or (reading.case if reading.sentence.mentions[index].listed else "")
    case = case or (reading.case if core.startswith(("对", "个人", "单位")) else "")
    reading.case = case
    measure = _SHARE_OF.get(mention.candidate.unit)
    if measure and core and reading.sentence.window(mention).endswith(("的", "得", "额")):
        who, _, base = core.rpartition("按")
        who = who.removeprefix("对")
        return _share(who if _RECEIVER.search(who) or not case else case, base, tail, measure)
    if mention.candidate.unit == "倍" and case:
        core = ""
    if len(core) > _LONGEST_CORE_WITH_A_CASE:
        case = ""
    return tidy(case + core + tail) if case or core else None


def _share(who: str, base: str, tail: str, measure: str) -> str:
    """The share that a fine or grant has of its base; a long receiver stands without the base of its grant."""
    if "罚" in tail or "金" in tail:
        return tidy(f"{who}{tail}" if measure == _SHARE_OF["倍"] else f"{who}{tail}占{base}{measure}")
    return tidy(f"{who}{base if len(who) + len(base) <= _LONGEST_SHARE else ''}{tail}{measure}")


def conditional(reading: Reading, index: int) -> str | None:
    """A rule's consequence, with the case that it follows on (毁坏量水设施的，处…罚款)."""
    mention = reading.sentence.mentions[index]
    if reading.kinds[index] != "standard":
        return None
    core = reading.core(mention)
    tail = sanction(reading, index)
    case = _case_before(reading, mention.left) or (reading.case if mention.listed else "")
    reading.case = case
    grant = any(rule.pattern.search(core) for rule in rules_of("indicator.grant_tail"))
    if case and (tail or grant or len(core) <= _LONGEST_CORE_OF_A_CASE):
        return tidy(case + core + tail)
    if core and reading.around.list_subject and not mention.listed and not index:
        return reading.around.list_subject + core
    return core + tail if tail else None


def _case_before(reading: Reading, position: int) -> str:
    """The case that the words before *position* set apart; one that only worsens it gives way to the one before."""
    text = reading.sentence.text[:position]
    rules = rules_of("indicator.case")
    found = next((match for rule in rules if (match := rule.pattern.search(text))), None)
    while found and matches("indicator.aggravation", tidy(found["case"])):
        earlier = text[: found.start()]
        pieces = [piece for rule in rules_of("indicator.any_case") for piece in rule.pattern.finditer(earlier)]
        if not pieces:
            bounds = clause_bounds(reading, found.start("case"))
            return tidy(reading.sentence.text[slice(*bounds)])[-_LONGEST_CASE:] if bounds else ""
        found = pieces[-1]
    if not found:
        return ""
    start, end = found.span("case")
    joint = start + found["case"].rfind("的")
    number = any(joint < mention.start < end for mention in reading.sentence.mentions)
    return "" if number else _without_numbers(reading, start, end)[-_LONGEST_CASE:]


def _without_numbers(reading: Reading, start: int, end: int) -> str:
    pieces, position = [], start
    for mention in reading.sentence.mentions:
        if start <= mention.start < end:
            pieces.append(reading.sentence.text[position : mention.start])
            position = min(mention.end, end)
    return tidy("".join([*pieces, reading.sentence.text[position:end]]))
