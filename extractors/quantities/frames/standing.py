"""Standing rules: thresholds, limits of time, fines and grants, with the cases that they follow on.

对抛荒一年以上的耕地，取消补贴 → 取消补贴的耕地抛荒时间; 毁坏量水设施的，处…罚款 → 毁坏量水设施罚款. What the constructions of
``rules/frames.toml`` name goes before all of these.
"""

from __future__ import annotations

import re
from typing import Final

from extractors.numbers.units import TERMS
from extractors.quantities.candidates.candidate import Candidate
from extractors.quantities.description.sentences import BOUNDARIES
from extractors.quantities.frames.bearers import completed
from extractors.quantities.frames.frame import Frame, made
from extractors.quantities.frames.view import View
from extractors.quantities.frames.words import (
    changes,
    first_found,
    first_match,
    is_bare,
    is_deed,
    leading_verb,
    matches,
    tidy,
)
from extractors.rules.registry import pattern_of, rules_of

THRESHOLD: Final = "construction.threshold"
CASE: Final = "case"
_CONDITIONAL: Final = "construction.conditional"
_TAILS: Final = {**dict.fromkeys(sorted(TERMS), "时间"), "area": "面积"}
"""What a threshold of a dimension is called where its own words do not say."""
_REACH: Final = 60
_LONGEST_MEASURE: Final = 12
_LONGEST_CORE_OF_A_CASE: Final = 4
_LONGEST_CORE_WITH_A_CASE: Final = 7
_LONGEST_SHARE: Final = 18
_LONGEST_CASE: Final = 20
_BOUNDS: Final = ("以上", "以下", "及以上", "及以下")
_WITHIN: Final = ("内", "以内", "之内")
_NOTE: Final = re.compile(r"（[^（）]*）$")
_SHARE_OF: Final = {"%": "比例", "‰": "比例", "倍": "倍数"}


def threshold(view: View) -> Frame | None:
    """What a number inside a rule's case measures, with the consequence that the case has."""
    candidate, last = view.candidate, view.last
    if candidate.unit == "":
        return None
    if view.mention.bare and last is not None and last.rule_id == THRESHOLD:
        return last
    if candidate.comparator == "=" and not pattern_of("phrase.condition").search(view.window):
        return None
    behind = view.rest[:_REACH]
    if candidate.dimension in TERMS and behind.startswith(_WITHIN):
        return None
    match = first_match("indicator.threshold", behind)
    if match is None:
        return None
    start = candidate.end - view.sentence.start + match.start("then")
    consequence = _consequence(match["then"], _up_to_next(view, start, match["then"]))
    core = pattern_of("phrase.case_word").sub("", view.core or view.window.lstrip("，、"))
    core = _threshold_before(view) or view.previous() or core if changes(core) else core
    core = core or _threshold_before(view) or (view.around.topic if view.around.in_row else "")
    if not core or not consequence:
        return None
    core = core.rpartition("对")[2] or core
    noun = _up_to_next(view, candidate.end - view.sentence.start + match.start("noun"), match["noun"] or "")
    noun = tidy(noun) if noun == match["noun"] else ""  # 五株以上二十株以下的: the next bound is no noun
    measure = measure_of(core, candidate, noun)
    return made(THRESHOLD, "{consequence}的{measure}", consequence=consequence, measure=measure, core=core)


def _threshold_before(view: View) -> str:
    """What the last threshold of the sentence measures, of the number's own dimension where there is one."""
    seen = [
        (mention.candidate.dimension, frame.said("core"))
        for mention, frame in zip(view.sentence.mentions[: view.index], view.before, strict=True)
        if frame.rule_id == THRESHOLD
    ]
    alike = [core for dimension, core in seen if dimension == view.candidate.dimension]
    return alike[-1] if alike else seen[-1][1] if seen else ""


def measure_of(core: str, candidate: Candidate, noun: str = "") -> str:
    """*core* with the *noun* behind its number, where it is short, and the measure that its number's unit implies."""
    tail = _TAILS.get(candidate.dimension or "", "次数" if candidate.unit == "次" else "")
    if len(core) + len(noun) <= _LONGEST_MEASURE and not core.endswith(tail or "额"):
        core += noun
    return core if not tail or core.endswith((tail, "期限", "周期", "时长")) else core + tail


def _up_to_next(view: View, start: int, words: str) -> str:
    """*words*, which begin at *start*, up to the next number."""
    following = view.sentence.mentions[view.index + 1 : view.index + 2]
    return words[: max(0, following[0].start - start)] if following else words


def threshold_case(view: View, index: int) -> str:
    """The case that the threshold at *index* sets apart, with its number (年营业收入首次突破10亿元)."""
    sentence = view.sentence
    first = index
    while sentence.mentions[first].bare and first:
        first -= 1
    opening, mention = sentence.mentions[first], sentence.mentions[index]
    front = sentence.text[opening.left : opening.candidate.start - sentence.start]
    start, end = mention.candidate.start - sentence.start, mention.candidate.end - sentence.start
    behind = sentence.text[end : end + _REACH]
    bound = next((words for words in _BOUNDS if behind.startswith(words)), "")
    front = pattern_of("phrase.case_word").sub("", front.lstrip("，、")) or _threshold_before(view)
    return front + sentence.text[start:end] + bound


def _consequence(words: str, first: str) -> str:
    """The consequence in short: what is granted is enjoyed (享受…补助), a duty stands with 须.

    Any other is read in *first* alone, the *words* before the next number.
    """
    for rule in rules_of("indicator.consequence_of_case"):
        match = rule.pattern.search(words if rule.value else first or words)
        if match:
            return (rule.value or "") + tidy(match["what"])
    return ""


def in_circumstances(view: View) -> Frame | None:
    """A bound in a list of circumstances whose lead-in says what follows on them."""
    then = view.around.list_consequence
    if not then or view.candidate.comparator == "=":
        return None
    core, consequence = pattern_of("phrase.condition_end").sub("", view.core), _consequence(then, then)
    if not core or not consequence:
        return None
    measure = measure_of(core, view.candidate)
    return made("construction.in_circumstances", "{consequence}的{measure}", "lead_in", consequence=consequence, measure=measure)  # fmt: skip


def provided(view: View) -> Frame | None:
    """What must be provided or set aside at a rate that stands before its verb (按每百户30平方米的标准配建养老设施)."""
    match = first_match("indicator.provided", view.sentence.text[view.mention.end :])
    core = view.core.rpartition("按")[2].removeprefix("照")
    if match is None or not core:
        return None
    rate = "比例" if view.is_share() else ""
    return made(
        "construction.provided",
        "{core}{deed}{what}{rate}",
        core=core,
        deed=match["deed"],
        what=match["what"],
        rate=rate,
    )


def attribute(view: View) -> Frame | None:
    """A measure that a thing must have (设置容量不少于120升的收集容器), or how long it must last (签订1年以上劳动合同)."""
    core = view.core
    verb = leading_verb(core) or (core if is_deed(core) else "")
    if not verb or view.candidate.comparator == "=":
        return None
    measure = core[len(verb) :]
    if measure and is_bare(measure) and (match := pattern_of("phrase.attribute_behind").match(view.rest)):
        return made("construction.attribute", "{noun}{measure}", noun=match["noun"], measure=measure)
    if (
        not measure
        and view.candidate.dimension in TERMS
        and (match := pattern_of("phrase.noun_behind").match(view.rest))
    ):
        return made("construction.attribute", "{noun}期限", noun=match["noun"])
    return None


def time_limit(view: View) -> Frame | None:
    """A limit of time: who has to do what within it (消费投诉须在7个工作日内办结 → 消费投诉办结期限)."""
    if not matches("indicator.time_unit", view.candidate.unit):
        return None
    behind = _to_boundary(view)
    if behind in _WITHIN:
        behind += _next_clause(view, len(behind))
    if view.window.endswith("分") and (paid := _paid_over(view, behind)):
        return paid
    deed = _NOTE.sub("", behind.rstrip("、和及并"))
    following = view.sentence.mentions[view.index + 1 : view.index + 2]
    if following and following[0].start == view.mention.end + len(behind) and "、" in deed:
        deed = deed[: deed.rindex("、")]  # what follows the sign belongs to the next number
    match = matches("indicator.within", deed)
    if not match:
        return None
    since = matches("indicator.since", view.core)
    who = view.core if since is None else since["who"]
    if not who and view.mention.left:
        who = view.clauses.clause_before(view.mention.left) or _limited_before(view)
    who = "" if matches("indicator.aggravation", who) or matches("indicator.collective", who) else who
    said = matches("indicator.deed_with", match["deed"])
    return made("construction.time_limit", "{who}{deed}期限", who=who, deed=said["deed"] if said else match["deed"])


def _limited_before(view: View) -> str:
    """Whom or what the limit right before binds: 诉求24小时内响应、7日内办结."""
    return (view.last.said("who") or view.last.said("object")) if view.last is not None else ""


def _to_boundary(view: View) -> str:
    """The words behind the number's own characters, up to the next boundary or number."""
    sentence, end = view.sentence, view.mention.end
    following = sentence.mentions[view.index + 1 : view.index + 2]
    limit = following[0].start if following else len(sentence.text)
    while end < limit and sentence.outline[end] not in BOUNDARIES:
        end += 1
    return sentence.text[view.candidate.end - sentence.start : end]


def _next_clause(view: View, length: int) -> str:
    """The comma clause right behind a limit of time of *length* characters that says no deed: 十日内，审查材料."""
    start = view.candidate.end - view.sentence.start + length
    outline = view.sentence.outline
    following = view.sentence.mentions[view.index + 1 : view.index + 2]
    if outline[start : start + 1] != "，" or not matches("indicator.since", view.core):
        return ""
    limit = following[0].start if following else len(outline)
    end = next((at for at in range(start + 1, limit) if outline[at] in BOUNDARIES), limit)
    return view.sentence.text[start + 1 : end]


def _paid_over(view: View, behind: str) -> Frame | None:
    """Over how long the grant before the number is paid (每亩补助1500元，分三年兑付 → …补助兑付年限)."""
    before, paid = view.previous(), first_match("indicator.instalments", behind)
    if not before or paid is None:
        return None
    return made("construction.time_limit", "{grant}{deed}年限", grant=before, deed=paid["deed"])


def grant_alone(view: View) -> Frame | None:
    """A grant whose receiver the clause before names (对…突击队予以通报表扬，奖励八千元)."""
    core = view.core
    if not matches("indicator.grant_alone", core):
        return None
    titles = pattern_of("phrase.title_of_honour").findall(view.sentence.text[: view.mention.left])
    receiver = titles[-1] if titles else view.clauses.clause_before(view.mention.left)
    receiver = receiver or _case_before(view, view.mention.left)
    if not receiver and view.last is not None and view.last.rule_id == THRESHOLD:
        receiver = threshold_case(view, view.index - 1)
    return made("construction.grant_alone", "{receiver}{core}", "sentence", receiver=receiver, core=core) if receiver else None  # fmt: skip


def sanctioned(view: View) -> Frame | None:
    """A fine or grant behind its amount, with the case that it follows on; both ends of a range alike."""
    mention = view.mention
    if view.last is not None and _second_end(view):
        return view.last
    tail = view.sanction()
    if view.kind != "standard" or not tail or mention.bare:
        return None
    core = view.core
    case = _case_before(view, mention.left)
    if not case and view.last is not None and (mention.listed or core.startswith(("对", "个人", "单位"))):
        case = view.last.said(CASE)
    measure = _SHARE_OF.get(view.candidate.unit)
    if measure and core and view.window.endswith(("的", "得", "额")):
        return _share_of_grant(core, case, tail, measure)
    core = "" if view.candidate.unit == "倍" and case else core
    shown = "" if len(core) > _LONGEST_CORE_WITH_A_CASE else case
    if not shown and not core:
        return None
    return made("construction.sanctioned", "{shown}{core}{grant}", shown=shown, core=core, grant=tail, case=case)


def _second_end(view: View) -> bool:
    """Whether nothing parts the number from one of its dimension: both are ends of a range (24小时最高30元 is none)."""
    before = view.sentence.mentions[view.index - 1]
    return before.end == view.mention.start and before.candidate.dimension == view.candidate.dimension


def _share_of_grant(core: str, case: str, tail: str, measure: str) -> Frame:
    """The share that a fine or grant has of its base; a long receiver stands without the base of its grant."""
    who, _, base = core.rpartition("按")
    who = who.removeprefix("对")
    who = who if pattern_of("phrase.receiver").search(who) or not case else case
    if "罚" in tail or "金" in tail:
        template = "{who}{grant}" if measure == _SHARE_OF["倍"] else "{who}{grant}占{base}{measure}"
    else:
        template = "{who}{base}{grant}{measure}" if len(who) + len(base) <= _LONGEST_SHARE else "{who}{grant}{measure}"
    return made("construction.sanctioned", template, who=who, base=base, grant=tail, measure=measure, case=case)


def conditional(view: View) -> Frame | None:
    """A rule's consequence, with the case that it follows on (毁坏量水设施的，处…罚款)."""
    core, mention, tail = view.core, view.mention, view.sanction()
    case = _case_before(view, mention.left) or (view.last.said(CASE) if view.last and mention.listed else "")
    if pattern_of("phrase.rate_alone").fullmatch(core):
        return None
    grant = first_found("indicator.grant_tail", core)
    if case and (tail or grant or len(core) <= _LONGEST_CORE_OF_A_CASE):
        return completed(view, made(_CONDITIONAL, "{case}{core}{grant}", case=case, core=core, grant=tail))
    if core and view.around.list_subject and not mention.listed and not view.index:
        who = view.around.list_subject
        return completed(view, made(_CONDITIONAL, "{who}{core}", "lead_in", who=who, core=core))
    return completed(view, made(_CONDITIONAL, "{core}{grant}", core=core, grant=tail)) if tail else None


def _case_before(view: View, position: int) -> str:
    """The case that the words before *position* set apart; one that only worsens it gives way to the one before."""
    text = view.sentence.text[:position]
    found = first_found("indicator.case", text)
    while found and matches("indicator.aggravation", tidy(found["case"])):
        earlier = text[: found.start()]
        pieces = [piece for rule in rules_of("indicator.any_case") for piece in rule.pattern.finditer(earlier)]
        if not pieces:
            bounds = view.clauses.bounds_before(found.start("case"))
            return tidy(view.sentence.text[slice(*bounds)])[-_LONGEST_CASE:] if bounds else ""
        found = pieces[-1]
    if not found:
        return ""
    start, end = found.span("case")
    joint = start + found["case"].rfind("的")
    number = any(joint < mention.start < end for mention in view.sentence.mentions)
    return "" if number else _without_numbers(view, start, end)[-_LONGEST_CASE:]


def _without_numbers(view: View, start: int, end: int) -> str:
    pieces, position = [], start
    for mention in view.sentence.mentions:
        if start <= mention.start < end:
            pieces.append(view.sentence.text[position : mention.start])
            position = min(mention.end, end)
    return tidy("".join([*pieces, view.sentence.text[position:end]]))
