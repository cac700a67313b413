"""Times that frame what stands behind their sentence: topics, the items of a list in the paragraph, the doers who follow.

今年，我们将抓好三件事。一是…；二是…。 and 我市今年将补齐短板。在供水方面，…。在防洪方面，…。 say the time once. So does a limit that
opens a sentence for those behind it that name another doer and what that completes (6月底前，各镇淘汰旧锅炉。市环保局完成验收。).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Final

from extractors.milestones.says import said, says
from extractors.milestones.times import NEXT_YEAR, GoverningTime, governing_times, last_year
from extractors.quantities.description.deadline import is_of_part, last_day
from extractors.rules.registry import signs_of

_STOP: Final = "。"
_SOON: Final = dt.timedelta(days=45)
_LONGEST_HEAD: Final = 60
"""Characters of a sentence that leads in the items of a list behind it."""


def topic_opens(words: str, signs: int) -> bool:
    """Whether *words*, in a text of these *signs*, open with the field that they speak of (在供水方面，…)."""
    return said("milestone.member.topic", words, signs)


def _frames_topics(sentence: str, before: str, time: GoverningTime) -> bool:
    """Whether *time*, the only one of its *sentence* with the words *before* it, is that of the sentences on other topics behind.

    It opens the sentence, or stands behind who is meant as a whole; a mere year has a word of will behind it.
    """
    if not says("milestone.frame.before", before):
        return False
    return is_of_part(time.date) or says("milestone.frame.will", sentence[len(before) :])


def frame_of(
    sentence: str, start: int, times: Sequence[GoverningTime], time: GoverningTime | None = None
) -> tuple[GoverningTime, str] | None:
    """The only one of *times*, *time* if told, and its *sentence*, which begins at *start*, where it frames what follows."""
    if len(times) != 1 or times[0].begins or times[0] is not (time or times[0]):
        return None
    return (times[0], sentence) if _frames_topics(sentence, sentence[: times[0].start - start], times[0]) else None


def follows(words: str, sentence: str, time: GoverningTime, signs: int) -> bool:
    """Whether the sentence *words* has the *time* of the *sentence* before, which it frames: by its topic, or as what another doer completes."""
    if topic_opens(words, signs):
        return True
    limit = is_of_part(time.date) and time.leads and not time.begins and says("milestone.frame.limit", sentence)
    return limit and says("milestone.member.doer", words)


def next_year_of(text: str, times: Sequence[GoverningTime]) -> GoverningTime | None:
    """The last of *times*, those of a sentence of *text*, where it names the next year as such (明年)."""
    return times[-1] if times and NEXT_YEAR in text[times[-1].start : times[-1].end] else None


def comes_in_next_year(
    text: str, start: int, times: Sequence[GoverningTime], coming: GoverningTime, signed: dt.date | None
) -> bool:
    """Whether the bare *times* of the sentence of *text* that begins at *start* are of the next year, which the one before names (计划明年开工。力争上半年完成招标。).

    Either that year opens its sentence, or they are over, or nearly so, in the year of the paper *signed*.
    """
    if not times or says("milestone.year_told", text[start : times[0].end]):
        return False
    last = last_day(times[0].date)
    return coming.leads or (signed is not None and last is not None and last <= signed + _SOON)


def date_of_items(head: str, year: int | None, signed: dt.date | None) -> str | None:
    """The date of the items that stand behind *head* in its paragraph (…。今年重点办三件事。), if its last sentence sets one."""
    sentence = head.rstrip("。，,：: \n").rpartition(_STOP)[2]
    if len(sentence) > _LONGEST_HEAD:
        return None
    own = year if year is not None else last_year(head)
    times: Sequence[GoverningTime] = governing_times(sentence, own, signs_of(sentence), signed)
    if len(times) != 1 or times[0].begins or not says("milestone.frame.before", sentence[: times[0].start]):
        return None
    behind = sentence[times[0].end :].strip("，, ")
    leads = not behind or is_of_part(times[0].date) or says("milestone.frame.will", behind)
    return times[0].date if leads else None
