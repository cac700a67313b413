"""The period that a value is of: from its sentence, its lead-in or deadline, a heading, its part, else its document.

Standing rules have none, but the days between which their sentence says that they hold and the year of a title that
sets the rates of one year. In a part that looks back on several years, a stock is one of the last year (粮食产量达到 …),
a flow or a growth over all of them (累计新增 …, 年均增长 …), and what something rose from (由 … 提高到) of the year before.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final, Literal

from extractors.language.folding import squash
from extractors.numbers.numerals import parse_number
from extractors.quantities.description.findings import Finding
from extractors.quantities.description.in_list import does, has_words, items_before
from extractors.quantities.description.lead_ins import END_OF_PERIOD, OF_PERIOD
from extractors.quantities.description.lead_ins import RULE as LEAD_IN
from extractors.quantities.description.opened import RULE as OPENED
from extractors.quantities.description.sentences import Mention, Sentence
from extractors.quantities.description.told import DAYS, Earlier, foreign, own_day, told, told_year
from extractors.rules.registry import registry, rules_of
from extractors.times.periods import PeriodMention, last_year, periods
from schemas.making import quickly_made
from schemas.records import Cell, Clause, Document
from schemas.rows import QuantityKind, Transformation

Basis = Literal["stated", "heading", "part", "document"]
_CONTEXT: Final = 60
BY_HEADING: Final = ("part.heading.", "part.relation.")
_CLAUSE_SIGNS: Final = "，。；："
_YEAR_END: Final = "period.year_end"
"""What a fact says of the end of a year is said of the year: 2023年末常住人口500万人."""
_FLOW: Final = "time_period.flow"
_STATE: Final = "time_period.state"
_STOCK: Final = "time_period.stock"
_GROWTH: Final = "time_period.growth"
_VERBS: Final = ("time_period.total", "time_period.held", _STATE, _FLOW, _GROWTH)
_OF_THE_LAST: Final = frozenset({_STATE, "time_period.total"})
_CHANGED: Final = frozenset({"growth", "change"})
_PLAN_PERIOD: Final = "deadline.plan_period"
_PLANS: Final = frozenset({"plan", "review_and_plan"})
_YEARS: Final = "period.years"
_MONTHS: Final = frozenset({"period.months", "period.first_half", "period.quarter"})
"""Parts of a year on which a bulletin goes on to report."""
_FARTHEST: Final = 400
"""Characters before a number in which the time of what happened is looked for."""
_OF_GENRE: Final = "part.genre.review"
"""The rule of a part that is the whole document, by its genre."""
_COMPARED: Final = "time_period.base.compared"
_MONTHS_OF: Final = {"deadline.quarter": 3, "deadline.half_year": 6, "deadline.second_half": 6}
"""The months of the parts of a year that a deadline names."""
_ENDS: Final = ("前", "底", "末", "止")
_RATES: Final = frozenset({"money", "multiple"})


@quickly_made
@dataclass(frozen=True, slots=True)
class TimePeriod:
    """A period, what says so, and the rule."""

    value: str
    basis: Basis
    rule_id: str


def time_period(
    sentence: Sentence,
    mention: Mention,
    kind: QuantityKind,
    deadline: Finding[str] | None,
    clause: Clause | None,
    document: Document,
    transformation: Transformation,
    earlier: Earlier,
    opened: str | None = None,
) -> TimePeriod | None:
    """The period of *mention*, ``None`` where no time is known; *earlier* are the words of its passage before the sentence.

    *opened* is the year that an earlier sentence, of the paragraph or before it, opened with.
    """
    changed = transformation in _CHANGED
    if kind == "standard":
        return _in_force(sentence, mention, document, earlier)
    part = clause.section_period if clause else None
    before = earlier.words + sentence.text[: mention.start]
    if deadline is not None and clause is not None and _ends_part(deadline, clause, before):
        found = TimePeriod(part or "", "part", clause.section_rule or "")
        return _narrowed(found, sentence, mention, looks_back=False, changed=changed)
    if deadline is not None:
        found = TimePeriod(_years_to(deadline, changed=changed), "stated", deadline.rule_id)
        return _narrowed(found, sentence, mention, looks_back=False, changed=changed) if "/" in found.value else found
    looks_back = clause is not None and clause.section_role in ("review", "situation")
    this_year = _this_year(part, document, looks_back=looks_back)
    bare_year = int(part[:4]) if part else told_year(kind, before[-_FARTHEST:], earlier.signs)
    stated = _stated(sentence, mention, this_year, bare_year)
    if stated is not None and part and clause and looks_back and _over_the_term(stated.value, part, before):
        return TimePeriod(part, "part", clause.section_rule or "")
    base = _base_of(sentence, mention) if stated is None and kind == "fact" and part is None else None
    if base is not None and (named := _base_named(base)):
        return named
    if stated is not None and kind == "fact" and stated.rule_id == _YEAR_END:
        return TimePeriod(stated.value[:4], "stated", stated.rule_id)
    if stated is not None and stated.rule_id == DAYS and _base_of(sentence, mention) is not None:
        return None
    if stated is not None:
        value = own_day(stated, sentence, mention) or _up_to_now(stated, sentence, document)
        found = TimePeriod(value, "stated", stated.rule_id)
        return _narrowed(found, sentence, mention, looks_back=kind == "fact", changed=changed)
    if _is_yearly_mean(sentence.text[: mention.start]) or (kind == "fact" and _is_handling(sentence, mention)):
        return None
    if part is not None and clause is not None and clause.section_rule is not None:
        basis: Basis = "heading" if clause.section_rule.startswith(BY_HEADING) else "part"
        if kind == "fact" or not looks_back:
            found = (
                _whole_year(sentence, mention, part)
                or _part_of_year(earlier, part, document)
                or _told_in_another_year(kind, earlier, this_year, sentence, mention, clause)
                or TimePeriod(part, basis, clause.section_rule)
            )
            return _narrowed(found, sentence, mention, looks_back=looks_back, changed=changed)
    of_state = any(rule.search(sentence.text[: mention.start]) for rule in rules_of("time_period.existing"))
    own = _of_document(kind, document)
    day = None if own is not None or of_state else told(kind, earlier, this_year, sentence, mention)
    if day is not None:
        return TimePeriod(day, "stated", "time_period.told")
    if own is None and opened is not None and kind == "fact" and not of_state:
        found = TimePeriod(opened, "stated", OPENED)
        return _narrowed(found, sentence, mention, looks_back=True, changed=changed)
    return own


def _ends_part(deadline: Finding[str], clause: Clause, before: str) -> bool:
    """Whether a lead-in's deadline is the last of the years of its part (“十五五”时期主要目标): they say more than it.

    A year by which the words *before* say that goals are reached says the more.
    """
    part = clause.section_period or ""
    by_year = (match["year"] for rule in rules_of("kind.ahead") for match in rule.finditer(before))
    return (
        deadline.value not in by_year
        and deadline.rule_id in (LEAD_IN, OF_PERIOD)
        and bool(clause.section_rule)
        and part.endswith(f"/{deadline.value}")
    )


def _over_the_term(stated: str, part: str, before: str) -> bool:
    """Whether a yearly growth behind the last year of a term is one over all of it (2021年收入5万元，年均增长6%)."""
    ends = "/" in part and stated == part.rpartition("/")[2]
    return ends and any(rule.search(before) for rule in rules_of("time_period.yearly_growth"))


def _whole_year(sentence: Sentence, mention: Mention, part: str) -> TimePeriod | None:
    """The year of the months *part*, where the sentence turns to all of it (预计全年增长6% in a report on half a year)."""
    if "-" not in part or part[:4] != f"{last_year(part)}":
        return None
    whole = (rule for rule in rules_of("time_period.whole_year") if rule.search(sentence.text[: mention.start]))
    return next((TimePeriod(part[:4], "stated", rule.id) for rule in whole), None)


def _part_of_year(earlier: Earlier, part: str, document: Document) -> TimePeriod | None:
    """The months of the year *part* that a paragraph of a bulletin named last: its next sentences go on with them."""
    if document.genre != "bulletin" or not part[:4].isdecimal() or last_year(part) != int(part[:4]):
        return None
    year = int(part[:4])
    named = [
        item
        for item in periods(earlier.words, year, year, earlier.signs)
        if item.rule_id in _MONTHS and not foreign(earlier.words, item) and item.last_year == year
    ]
    if not named or any(rule.search(earlier.words[named[-1].end :]) for rule in rules_of("time_period.whole_year")):
        return None
    return TimePeriod(named[-1].value, "stated", "time_period.told")


def _told_in_another_year(
    kind: QuantityKind, earlier: Earlier, this_year: int | None, sentence: Sentence, mention: Mention, clause: Clause
) -> TimePeriod | None:
    """The day that a report of its year tells of, where that is of another year: an accident that it looks into."""
    if clause.section_rule != _OF_GENRE or not clause.section_period:
        return None
    day = told(kind, earlier, this_year, sentence, mention)
    if day is None or day[:4] == clause.section_period[:4]:
        return None
    return TimePeriod(day, "stated", "time_period.told")


def _is_handling(sentence: Sentence, mention: Mention) -> bool:
    """Whether a number tells what was done to those who answer for an accident: its day is not that of the accident."""
    return any(rule.search(_around(sentence, mention)) for rule in rules_of("time_period.handled"))


def _is_yearly_mean(words: str) -> bool:
    return any(rule.search(words) for rule in rules_of("time_period.yearly_mean"))


def _in_force(sentence: Sentence, mention: Mention, document: Document, earlier: Earlier) -> TimePeriod | None:
    """The days between which a rule holds, else the year whose rates the document's title says that it sets."""
    words = (earlier.words.rstrip("。").rpartition("。")[2] + sentence.text[: mention.start])[-_FARTHEST:]
    days = registry()[DAYS]
    may_name = days.may_match(earlier.signs) and days.search(words)
    named = [item for item in periods(words, None, signs=earlier.signs) if item.rule_id == DAYS] if may_name else ()
    if named:
        return TimePeriod(named[-1].value, "stated", "time_period.in_force")
    titles = _titles(document)
    if mention.candidate.dimension not in _RATES or not any(
        rule.search(titles) for rule in rules_of("time_period.yearly_standard")
    ):
        return None
    years_named = periods(squash(titles), None)
    return TimePeriod(years_named[-1].value, "document", "time_period.yearly_standard") if years_named else None


def _years_to(deadline: Finding[str], *, changed: bool) -> str:
    """The years of a plan that a deadline names (“十五五”时期年均增长5% → 2026/2030); its end alone is one of a change.

    A quarter or half of a year is all of it (三季度 → 2026-07/2026-09), where not only its end is meant.
    """
    months = _MONTHS_OF.get(deadline.rule_id, 0)
    if months and not deadline.words.endswith(_ENDS):
        return f"{deadline.value[:4]}-{int(deadline.value[5:]) - months + 1:02d}/{deadline.value}"
    named = deadline.rule_id == _PLAN_PERIOD and (changed or END_OF_PERIOD not in deadline.words)
    spanned = named or deadline.rule_id == OF_PERIOD
    return f"{int(deadline.value) - 4}/{deadline.value}" if spanned else deadline.value


def _of_document(kind: QuantityKind, document: Document) -> TimePeriod | None:
    """The year that a document reports on or plans; that in which a plan is issued is not the one that it is for."""
    year = document.report_year if kind == "fact" else document.plan_year if document.genre in _PLANS else None
    if kind != "fact" and document.genre == "plan" and not periods(squash(_titles(document)), document.plan_year):
        return None
    return None if year is None else TimePeriod(f"{year}", "document", "time_period.document")


def _titles(document: Document) -> str:
    return f"{document.subject_title or ''} {document.title or ''}"


def _this_year(part: str | None, document: Document, *, looks_back: bool) -> int | None:
    """The year that the words around call 今年: that after a look back of a report, else the document's."""
    if document.genre == "review_and_plan" and document.report_year is not None:
        return document.report_year + 1
    return document.plan_year or (last_year(part) + looks_back if part else None)


def _stated(sentence: Sentence, mention: Mention, this_year: int | None, bare_year: int | None) -> PeriodMention | None:
    """The last period before the number that is its own: no comparison, source or beginning."""
    before = sentence.text[: mention.start]
    for item in reversed(periods(before, this_year, bare_year, sentence.signs)):
        between = before[item.end :]
        if foreign(before, item) or _starts_a_change(between) or _of_another(item, between) or _of_event(before, item):
            continue
        return item
    return None


def _up_to_now(stated: PeriodMention, sentence: Sentence, document: Document) -> str:
    """The years from one named as a beginning (1999年以来) to that in which the document was signed."""
    begins = any(rule.search(sentence.text[stated.end :]) for rule in rules_of("time_period.since_then"))
    now = document.signed_date.year if document.signed_date else document.plan_year
    later = begins and stated.value.isdecimal() and now is not None and now > int(stated.value)
    return f"{stated.value}/{now}" if later else stated.value


def _starts_a_change(behind: str) -> bool:
    """Whether the words *behind* a time make it what a change starts from."""
    return any(rule.search(behind) for rule in rules_of("time_period.start_of_change"))


def _of_another(item: PeriodMention, between: str) -> bool:
    """Whether what stands between a time and a number ties the time to another value."""
    if any(rule.search(between) for rule in rules_of("time_period.changed")):
        return True
    if "-" in item.value and any(rule.search(between) for rule in rules_of("time_period.whole_year")):
        return True
    return "/" not in item.value and _is_yearly_mean(between)


def _of_event(before: str, item: PeriodMention) -> bool:
    """Whether a time is that of a founding or a comparison, which says nothing of the values behind it."""
    marked = f"{before[: item.start]}⟨{before[item.start : item.end]}⟩{before[item.end :]}"
    return any(rule.search(marked) for rule in rules_of("time_period.of_event"))


def _narrowed(
    found: TimePeriod, sentence: Sentence, mention: Mention, *, looks_back: bool, changed: bool
) -> TimePeriod:
    """The part of the period *found* that a value is of: its last year, all of it, or the year before it."""
    value = found.value
    base = _base(found, sentence, mention)
    if base is not None:
        return base
    if "-" in value and any(rule.search(_around(sentence, mention)) for rule in rules_of("time_period.aim_of_year")):
        return replace(found, value=value[:4], rule_id="time_period.aim_of_year")
    if "-" in value or "/" not in value:
        return found
    verb = _by_its_verb(found, sentence, mention)
    if not looks_back:
        reached = verb.rule_id == _STATE and not changed
        return verb if reached else found
    if changed and verb.rule_id in (_STATE, _STOCK):
        return replace(verb, value=value, rule_id=_GROWTH)
    return verb


def _base_of(sentence: Sentence, mention: Mention) -> tuple[str, str] | None:
    """The rule by which *mention* is what something rose from, and the words that say so."""
    around = _around(sentence, mention)
    return next(((rule.id, match[0]) for rule in rules_of("time_period.base") if (match := rule.search(around))), None)


def _base(found: TimePeriod, sentence: Sentence, mention: Mention) -> TimePeriod | None:
    """The time of what something rose from: the one named with it, the first of named years, else the year before."""
    base = _base_of(sentence, mention)
    if base is None:
        return None
    rule_id, _ = base
    if named := _base_named(base):
        return named
    if "-" in found.value:
        return replace(found, value=_a_year_before(found.value), rule_id=rule_id) if rule_id == _COMPARED else None
    first = int(found.value[:4])
    return replace(found, value=f"{first if found.rule_id == _YEARS else first - 1}", rule_id=rule_id)


def _base_named(base: tuple[str, str]) -> TimePeriod | None:
    """The time that is named with what something rose from (从2017年的⟨96亿元⟩提高)."""
    rule_id, words = base
    named = [item for item in periods(words.partition("⟨")[0], None) if item.start <= len("由")]
    value = named[0].value[:4] if named and named[0].rule_id == _YEAR_END else named[0].value if named else ""
    return TimePeriod(value, "stated", rule_id) if value else None


def _a_year_before(months: str) -> str:
    """The same *months* of the year before (2023-01/2023-06 → 2022-01/2022-06)."""
    return "/".join(f"{int(end[:4]) - 1}{end[4:]}" for end in months.split("/"))


def _by_its_verb(found: TimePeriod, sentence: Sentence, mention: Mention) -> TimePeriod:
    """The part of several years that a value is of, by the verb of its item in the list of its clause."""
    value = found.value
    start = mention.candidate.start - sentence.start
    clause = max(sentence.outline.rfind(sign, 0, start) for sign in _CLAUSE_SIGNS) + 1
    last = last_year(value)
    items = items_before(sentence, clause, start)
    for place, item in enumerate(items):
        if run := next((match for rule in rules_of("time_period.run") if (match := rule.search(item))), None):
            years = int(parse_number(run["count"]) or 1)
            first = max(last - years + 1, int(value[:4]))
            return replace(found, value=f"{first}/{last}", rule_id="time_period.run")
        verb = next((rule.id for prefix in _VERBS for rule in rules_of(prefix) if rule.search(item)), None)
        if verb is None:
            continue
        goes_on = verb == _FLOW or (verb not in _OF_THE_LAST and not has_words(items[0]))
        if verb not in _OF_THE_LAST and (not place or goes_on):
            return replace(found, rule_id=verb)
        return replace(found, value=f"{last}", rule_id=_STATE if verb == _STATE and not place else _STOCK)
    if items[0] != "⟨" and does(items[-1]):
        return replace(found, rule_id=_FLOW)
    behind = f"⟨{sentence.text[start : mention.end]}⟩{sentence.text[mention.end : mention.end + _CONTEXT]}"
    if any(rule.search(behind) for rule in rules_of("time_period.done")):
        return replace(found, rule_id="time_period.done")
    return replace(found, value=f"{last}", rule_id=_STOCK)


def _around(sentence: Sentence, mention: Mention) -> str:
    before = sentence.text[max(0, mention.start - _CONTEXT) : mention.start]
    after = sentence.text[mention.end : mention.end + _CONTEXT]
    return f"{before}⟨{sentence.text[mention.start : mention.end]}⟩{after}"


def named_period(
    cell: Cell, kind: QuantityKind, deadline: Finding[str] | None, document: Document
) -> TimePeriod | None:
    """The period of a number alone in a cell: that of its deadline or its column's header, else of its document."""
    if kind == "standard":
        return None
    if deadline is not None:
        return TimePeriod(deadline.value, "stated", deadline.rule_id)
    for part in reversed(cell.header):
        # 比上年增长: the year that a value is compared with is not the one that it is of.
        found = [item for item in periods(part, document.plan_year) if not foreign(part, item)]
        if found:
            return TimePeriod(found[-1].value, "heading", found[-1].rule_id)
    return _of_document(kind, document)
