"""What the lines of a document are by themselves: captions, list entries, addressees, signatures, fixed forms."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from pipeline.segmentation.documents.contents import title_key
from pipeline.segmentation.documents.heads import Head
from pipeline.segmentation.lines.form import Form
from pipeline.segmentation.lines.lines import Line, cut_line
from pipeline.segmentation.lines.rules import pattern

_REFERENCE: Final = re.compile(r"[①-⑳](?<=[\u3400-\u9fff）》”].)")
_ADDRESSED: Final = pattern("line.addressed")
_SPOKEN: Final = pattern("line.address_spoken")
_STATEMENT: Final = pattern("line.statement")
_AMENDED: Final = pattern("line.amended")
_PASSES_ON: Final = pattern("line.passes_on")
_OPENING: Final = 8
_NEXT_ITEM: Final = pattern("line.next_item")


def fixed_kind(line: Form) -> str | None:
    """The clause type of a line whose form alone decides it, else ``None``."""
    if line.disclosure:
        return "disclosure"
    if line.seal:
        return "signature"
    if line.date_to_fill:
        return "date"
    if line.imprint:
        return "imprint"
    return "note" if line.note else None


def referred_signs(lines: Sequence[Line]) -> dict[str, int]:
    """The circled signs of footnotes that stand behind a word of the text, each with the line where it is first met."""
    found: dict[str, int] = {}
    for line in lines:
        for match in _REFERENCE.finditer(line.text):
            found.setdefault(match[0], line.index)
    return found


def names_addressees(lines: Sequence[Line]) -> bool:
    """Whether *lines*, which end on a colon, name those whom a letter addresses.

    A speech's address begins on a line of its own: the speaker's name over it is no addressee.
    """
    if _SPOKEN.search(lines[-1].form.compact) and not _SPOKEN.search(lines[0].form.compact):
        return False
    joined = "".join(line.form.compact for line in lines)
    return "。" not in joined and not _STATEMENT.search(joined) and bool(_ADDRESSED.search(joined))


def listed_titles(entry: str) -> list[str]:
    """The titles in an entry of a list of attachments: one, or several on one line (1.…　2.…)."""
    return [Form(title).item or title for title in _NEXT_ITEM.split(entry)]


def passes_on(lines: Sequence[Line], head: Head, stop: int) -> bool:
    """Whether a letter without a title brings another text with it, by its first paragraph (现将《…》印发给你们)."""
    if head.title:
        return False
    first = next((line for line in lines[head.stop : stop][:_OPENING] if line.text[-1] in "。"), None)
    return first is not None and bool(_PASSES_ON.search(first.form.compact))


def reprints(lines: Sequence[Line], head: Head, stop: int) -> bool:
    """Whether a decision that amends a text (关于修改《…》的决定) prints that text after itself."""
    title = _AMENDED.search("".join(lines[p].form.compact for p in head.title))
    key = title_key(title[1]) if title else ""
    return bool(key) and any(title_key(line.text) == key and line.titular for line in lines[head.stop : stop])


def signed_line(line: Line) -> tuple[Line, ...] | None:
    """The date that a line is (with where it was signed), after the body that signs where it stands on the line; else ``None``."""
    if line.form.is_date or line.form.given_at:
        return (line,)
    cut = line.form.signed if not line.tabular else None
    if cut is None:
        return None
    return cut_line(line, *cut)
