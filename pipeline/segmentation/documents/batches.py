"""Short acts printed one after the other under one head: each that has a title and a signature of its own is a document."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from typing import Final

from pipeline.segmentation.documents.heads import Head, title_parts
from pipeline.segmentation.lines.form import Form
from pipeline.segmentation.lines.lines import Line
from pipeline.segmentation.lines.rules import pattern

_ACT: Final = pattern("title.act")
_COVER: Final = pattern("line.cover")


def apart(lines: Sequence[Line], heads: Sequence[Head]) -> list[Head]:
    """*heads*, in order, and those of the acts of the same type that follow each signed one before the next head."""
    found: list[Head] = []
    for head, after in itertools.zip_longest(heads, heads[1:]):
        found.append(head)
        stop = after.first if after else len(lines)
        title = _joined(lines, head.title)
        if _ACT.search(title) and not _COVER.search(title):
            found += _followers(lines, head, stop, Form(title).type)
    return found


def _followers(lines: Sequence[Line], head: Head, stop: int, kind: str | None) -> Iterator[Head]:
    """Heads of the acts of type *kind* below *head*; an attachment, and what it holds, ends the search."""
    signed = False
    position = head.stop
    while position < stop:
        form = lines[position].form
        if form.attachment is not None or form.attachment_list is not None or form.titled_attachment:
            return
        if form.is_date or form.signed:
            signed = True
        elif signed and lines[position].titular and not (form.person or form.organ):
            end = _run_end(lines, position, stop)
            title = title_parts(lines, position, end)
            if title and _of_kind(lines, title[1], kind) and _is_signed(lines, title[1][-1] + 1, stop):
                issuers, titled = title
                yield Head((*issuers, *titled)[0], titled[-1] + 1, titled, issuers)
                signed = False
            position = end
            continue
        position += 1


def _run_end(lines: Sequence[Line], position: int, stop: int) -> int:
    end = position
    while end < stop and lines[end].titular:
        end += 1
    return end


def _of_kind(lines: Sequence[Line], title: Sequence[int], kind: str | None) -> bool:
    joined = _joined(lines, title)
    return Form(joined).type == kind and bool(_ACT.search(joined))


def _is_signed(lines: Sequence[Line], position: int, stop: int) -> bool:
    """Whether a date closes the text that begins at *position*."""
    return any(line.form.is_date or line.form.signed for line in lines[position + 1 : stop])


def _joined(lines: Sequence[Line], positions: Sequence[int]) -> str:
    return "".join(lines[p].form.compact for p in positions)
