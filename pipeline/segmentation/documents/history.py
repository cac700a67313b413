"""How a law or a regulation came about: the acts printed under its title, each with its date and its body.

*2014年8月22日 某市第十四届人民代表大会常务委员会第五次会议通过* adopts; *…令第91号发布* publishes; what approves or amends
belongs to the history alone. The body that adopts a text is its issuer, else the one that publishes it.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from pipeline.segmentation.lines import numbers
from pipeline.segmentation.lines.form import Form
from pipeline.segmentation.lines.lines import Line
from pipeline.segmentation.lines.numbers import DocNumber
from pipeline.segmentation.lines.rules import pattern

_ACT: Final = pattern("history.act")
_ADOPTS: Final = pattern("history.adopts")
_PUBLISHES: Final = pattern("history.publishes")
_IN_FORCE: Final = pattern("history.in_force")
_SAME_DAY: Final = pattern("history.same_day")
_SESSION: Final = pattern("history.session")
_BODY: Final = pattern("history.body")
_ORDER: Final = pattern("history.order")
_STATE: Final = pattern("history.state")
_BASIS: Final = re.compile("《.*》")
_MOST_LINES: Final = 8
"""Lines that one note of acts is printed on at most."""


@dataclass(frozen=True, slots=True)
class History:
    """The acts of a text as printed, and what they settle; empty where it prints none.

    ``body`` is the one that adopted the text, or published it; ``number`` and ``signed_date`` are those of the order
    by which ``body`` itself publishes it.
    """

    acts: tuple[str, ...] = ()
    adopted_date: dt.date | None = None
    adopted_by: str | None = None
    effective_date: dt.date | None = None
    body: str | None = None
    number: DocNumber | None = None
    signed_date: dt.date | None = None


@dataclass(frozen=True, slots=True)
class _Act:
    date: dt.date | None
    words: str
    lead: str | None

    @property
    def adopts(self) -> bool:
        return self.lead is None and _ADOPTS.search(_BASIS.sub("", self.words)) is not None

    @property
    def publishes(self) -> bool:
        return self.lead is None and _PUBLISHES.search(self.words) is not None

    @property
    def body(self) -> str | None:
        found = _BODY.search(_SESSION.sub("", self.words))
        return _STATE.sub("", found["value"]) if found else None

    @property
    def order(self) -> DocNumber | None:
        found = _ORDER.search(self.words)
        return numbers.doc_number(found["value"] or found["worded"]) if found else None

    @property
    def in_force(self) -> dt.date | None:
        """The day from which the text is in force, where the act says it."""
        return self.date if _IN_FORCE.search(self.words) or _SAME_DAY.search(self.words) else None


def read_history(printed: Iterable[str]) -> History:
    """The history that the *printed* notes under a title tell, one a string."""
    notes = tuple(_joined("".join(text.split()).strip("（）()") for text in printed))
    acts = [act for note in notes for act in _acts(note)]
    adopted = next((act for act in acts if act.adopts), None)
    published = next((act for act in acts if act.publishes), None)
    body = next((act.body for act in (adopted, published) if act and act.body), None)
    own = published if published and published.body == body else None
    return History(
        acts=notes,
        adopted_date=adopted.date if adopted else None,
        adopted_by=adopted.body if adopted else None,
        effective_date=next((act.in_force for act in acts if act.in_force), None),
        body=body,
        number=own.order if own else None,
        signed_date=own.date if own else None,
    )


def _joined(notes: Iterable[str]) -> Iterator[str]:
    """The notes, each with what follows it that says no more than from when (並自即日生效)."""
    last = ""
    for note in notes:
        if last and _SAME_DAY.fullmatch(note):
            last += note
            continue
        if last:
            yield last
        last = note
    if last:
        yield last


def _acts(note: str) -> Iterator[_Act]:
    for match in _ACT.finditer(note):
        yield _Act(numbers.date(match["date"]), match["rest"].rstrip("；;，,、）)"), match["lead"])


def note_end(lines: Sequence[Line], position: int, stop: int) -> int | None:
    """The end of the note of acts that begins at *position*, on one line or several; ``None`` where none does."""
    first = lines[position].form
    if first.adopted:
        return position + 1
    if not first.opens_adoption:
        return None
    joined = ""
    for end in range(position, min(stop, position + _MOST_LINES)):
        if lines[end].tabular or (end > position and lines[end].gap > 1):
            return None
        joined += lines[end].text
        if Form(joined).adopted:
            return end + 1
    return None
