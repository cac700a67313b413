"""The lines of one document → typed blocks: titles, addressees, paragraphs, signature, attachments, tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from pipeline.segmentation.clauses.addressees import addressees_at
from pipeline.segmentation.clauses.line_kinds import (
    fixed_kind,
    listed_titles,
    passes_on,
    referred_signs,
    reprints,
    signed_line,
)
from pipeline.segmentation.clauses.paragraphs import Joiner, wrap_width
from pipeline.segmentation.clauses.signatures import signature_at
from pipeline.segmentation.clauses.table_lines import begins_table, is_of_table
from pipeline.segmentation.documents.contents import alike, title_key
from pipeline.segmentation.documents.heads import Head
from pipeline.segmentation.documents.history import note_end
from pipeline.segmentation.documents.metadata import states_field
from pipeline.segmentation.documents.plan_contents import plan_contents_end
from pipeline.segmentation.lines.form import Form
from pipeline.segmentation.lines.lines import Line
from pipeline.segmentation.lines.markers import Marker
from pipeline.segmentation.lines.rules import pattern
from schemas.making import quickly_made

_COVER: Final = pattern("line.cover")
_TABLE_LABEL: Final = pattern("attachment.table")
_FULL_TEXT: Final = pattern("line.full_text")
_TITLE_LINES: Final = 5


@quickly_made
@dataclass(frozen=True, slots=True)
class Block:
    """A typed stretch of a document: its lines and the part that it belongs to.

    ``kind`` is a clause type or ``table``; ``marker`` is set for paragraphs that begin with a number.
    """

    kind: str
    lines: tuple[Line, ...]
    part: str
    marker: Marker | None = None

    @property
    def text(self) -> str:
        """What its lines print."""
        return "".join(line.text for line in self.lines)


def document_blocks(lines: Sequence[Line], head: Head, stop: int) -> list[Block]:
    """The blocks of the document with *head* over the printed lines ``[head.first, stop)``, in text order."""
    covers = any(_COVER.search(lines[p].text) for p in head.title) or (
        head.number is not None and head.number.orders is not None and not head.title
    )
    covers = covers or reprints(lines, head, stop) or passes_on(lines, head, stop)
    return _Walk(lines, head, stop, covers).run()


def _left_kind(line: Line) -> str:
    """What a line of a head is that no part of the head has taken."""
    return "date" if line.form.is_date else "note" if line.form.adopted else "title"


class _Walk:
    """One pass over a document's lines."""

    def __init__(self, lines: Sequence[Line], head: Head, stop: int, covers: bool) -> None:
        self.lines, self.head, self.stop = lines, head, stop
        self.covers = covers
        self.part = "notice" if covers else "body"
        self.blocks: list[Block] = []
        self.listed: list[str] = []
        self.labels = 0
        text = [line for line in lines[head.stop : stop] if not line.tabular]
        self.width = wrap_width(text)
        self.indents = sum(line.indented for line in text) >= 0.25 * max(1, len(text))
        self.joiner = Joiner(self.width, self.indents)
        self.addressed = self.signed = False
        self.anchor = head.stop
        self.signs = referred_signs(lines[head.first : stop])

    def run(self) -> list[Block]:
        self._head()
        position = self.head.stop
        while position < self.stop:
            position = self._step(position)
        self._flush()
        return self.blocks

    def _put(self, kind: str, lines: Sequence[Line], marker: Marker | None = None) -> None:
        self.blocks.append(Block(kind, tuple(lines), self.part, marker))

    def _head(self) -> None:
        head = self.head
        title = (*head.issuers, *head.title)
        number = [p for p in head.number_at if p not in title]
        rows = [
            ("registration", [head.registration_at] if head.registration_at is not None else []),
            ("title", list(title)),
            ("doc_number", number),
        ]
        used = {p for _, positions in rows for p in positions}
        left = [p for p in range(head.first, head.stop) if p not in used]
        rows += [(_left_kind(self.lines[p]), [p]) for p in left]
        for kind, positions in sorted((row for row in rows if row[1]), key=lambda row: row[1][0]):
            self._put(kind, [self.lines[p] for p in positions])

    def _flush(self) -> None:
        self.joiner.flush()
        for paragraph in self.joiner.done:
            self._put("numbered" if paragraph.marker else "paragraph", paragraph.lines, paragraph.marker)
        self.joiner.done = []

    def _restart(self, part: str) -> None:
        self._flush()
        self.part = part
        self.joiner = Joiner(self.width, self.indents)

    def _step(self, position: int) -> int:
        line = self.lines[position]
        if line.tabular:
            return self._table(position)
        for handler in (
            self._contents,
            self._history,
            self._label,
            self._list,
            self._fixed,
            self._addressees,
            self._signature,
            self._titles,
        ):
            after = handler(position)
            if after is not None:
                return after
        self.joiner.add(line)
        return position + 1

    def _table(self, position: int) -> int:
        self._flush()
        end = position
        given = self.lines[position].table
        while (
            end < self.stop and self.lines[end].table == given and (self.lines[end].tabular or self._is_of_table(end))
        ):
            end += 1
            if (
                given is None
                and end + 1 < self.stop
                and begins_table(self.lines[position:end], *self.lines[end : end + 2])
            ):
                break
        self._put("table", self.lines[position:end])
        return end

    def _contents(self, position: int) -> int | None:
        """The contents page of a plan, and its title where it stands again below."""
        if not self.lines[position].form.contents_heading:
            return None
        titles = [title_key("".join(line.text for line in b.lines)) for b in self.blocks if b.kind == "title"]
        end = plan_contents_end(self.lines, position, self.stop, titles)
        self._flush()
        for line in self.lines[position:end]:
            self._put("contents", [line])
        if end < self.stop and title_key(self.lines[end].text) in titles:
            self._put("title", [self.lines[end]])
            end += 1
        return end

    def _history(self, position: int) -> int | None:
        """A note right under a title that says how the text was adopted, on one line or several."""
        last = self.blocks[-1] if self.blocks and self.joiner.current is None else None
        if last is None or not (last.kind == "title" or (last.kind == "note" and Form(last.text).adopted)):
            return None
        end = note_end(self.lines, position, self.stop)
        if end is not None:
            self._put("note", self.lines[position:end])
        return end

    def _is_of_table(self, position: int) -> bool:
        return position + 1 < self.stop and is_of_table(*self.lines[position - 1 : position + 2])

    def _label(self, position: int) -> int | None:
        """An attachment's label, with its title on the same line or on the next ones."""
        line = self.lines[position]
        number = line.form.attachment
        if number is not None:
            if line.text.rstrip()[-1] in ":：" and (
                self._lists_items(position) or not self._begins_attachment(position)
            ):
                return None
            self._attachment(number, position)
            self._put("attachment_label", [line])
            return self._take_title(position + 1)
        titled = line.form.titled_attachment
        if titled is None:
            return None
        follows = self.lines[position + 1] if position + 1 < self.stop else None
        tabular = follows is not None and follows.tabular
        if tabular and _TABLE_LABEL.search(line.text):
            self._flush()
            self._put("caption", [line])
            return position + 1
        if not tabular and not self.listed and self._lists(position):
            return None
        if not tabular and not self._begins_attachment(position):
            return None
        self._attachment(titled[0], position)
        self._put("attachment_label", [line])
        return position + 1

    def _begins_attachment(self, position: int) -> bool:
        """Whether a label here opens an attachment: it was listed before, or the document is signed."""
        return bool(self.listed) or self.signed or not self._date_ahead(position)

    def _lists_items(self, position: int) -> bool:
        """Whether a bare 附件： stands over the list of what is attached."""
        follows = self.lines[position + 1] if position + 1 < self.stop else None
        return not self.listed and follows is not None and bool(follows.form.item) and follows.text[-1] not in "。；："

    def _lists(self, position: int) -> bool:
        """Whether 附件：… names what a label or the same title further down opens, or closes the document."""
        rest = self.lines[position + 1 : self.stop]
        item = self.lines[position].form.attachment_list
        if item is None or not rest:
            return item is not None
        return bool(Form(item).item) or any(line.form.attachment is not None for line in rest[:3000])

    def _date_ahead(self, position: int) -> bool:
        return any(line.form.is_date for line in self.lines[position + 1 : min(self.stop, position + 30)])

    def _attachment(self, number: int, position: int) -> None:
        self.labels = number or self.labels + 1
        self.addressed, self.anchor = True, position
        self._restart(f"attachment-{self.labels}{self.lines[position].form.attachment_part}")

    def _take_title(self, position: int) -> int:
        """The title lines from *position* on, as one block; the position after them."""
        end = position
        while (
            end < self.stop
            and end - position < _TITLE_LINES
            and self.lines[end].titular
            and self._titular(end, position)
        ):
            end += 1
        if end < self.stop and signed_line(self.lines[end]) and end > position + 1:
            # The bodies between a title and its date sign it.
            while end > position + 1 and self.lines[end - 1].form.organ:
                end -= 1
        if end > position:
            self._put("title", self.lines[position:end])
        return end

    def _titular(self, end: int, start: int) -> bool:
        line = self.lines[end]
        if len(line.text) > 60 or line.form.caption or (end > start and "，" in line.text):
            return False
        return end == start or line.gap <= 1

    def _list(self, position: int) -> int | None:
        """The list of attachments under a notice or plan: 附件：1. … 2. …"""
        opening = self.lines[position].form.attachment_list
        if opening is None or self.listed:
            return None
        self._flush()
        items: list[list[Line]] = [[self.lines[position]]]
        titles = [opening] if opening else []
        end = position + 1
        while end < self.stop:
            line = self.lines[end]
            item = line.form.item
            if item and not line.tabular and line.text[-1] not in "。；：":
                items.append([line])
                titles.append(item)
            elif (
                line.gap == 0 and titles and line.titular and not line.form.is_signatory and not self._opens_part(line)
            ):
                items[-1].append(line)
                titles[-1] += line.text
            else:
                break
            end += 1
        for item_lines in items:
            self._put("attachment_list", item_lines)
        self.listed = [title_key(title) for entry in titles for title in listed_titles(entry)]
        return end

    def _opens_part(self, line: Line) -> bool:
        return line.form.attachment is not None or line.tabular

    def _fixed(self, position: int) -> int | None:
        line = self.lines[position]
        kind = fixed_kind(line.form) or self._placed_kind(position, line)
        if kind is None:
            return None
        if kind == "doc_number" and self.anchor > self.head.stop:
            self.addressed, self.anchor = (
                False,
                position + 1,
            )  # A letter printed as an attachment has its own addressees.
        self._flush()
        self._put(kind, [line])
        return position + 1

    def _placed_kind(self, position: int, line: Line) -> str | None:
        """The clause type of a line that its place decides."""
        footnoted = self.signs.get(line.text[0])
        if self._states_field(position) or (footnoted is not None and footnoted < line.index):
            return "note"
        if line.form.caption and position + 1 < self.stop and self.lines[position + 1].tabular:
            return "caption"
        if not self.addressed and line.form.speech:
            return "date"
        if line.form.registration:
            return "registration"
        if (self.head.number is None or self.anchor > self.head.stop) and line.form.doc_number:
            return "doc_number"
        return "signature" if position - self.head.stop <= 2 and line.form.person else None

    def _states_field(self, position: int) -> bool:
        """Whether the line is a field of a web page right under the head."""
        under_head = not self.blocks or self.blocks[-1].kind in ("title", "doc_number", "registration", "note")
        return under_head and self.joiner.current is None and states_field(self.lines, position)

    def _addressees(self, position: int) -> int | None:
        found = None if self.addressed else addressees_at(self.lines, position, self.anchor, self.stop)
        if found is None:
            return None
        self.addressed = True
        self._flush()
        self._put("addressees", found.lines)
        if found.rest is not None:
            self.joiner.add(found.rest)
        return found.end

    def _signature(self, position: int) -> int | None:
        """Issuers' names over a date or beside it; also a date alone, or names alone at the end."""
        ended = self.joiner.current is not None and self.joiner.current.tail[-1] in "。！？）)"
        first = None if self.part.startswith("attachment") else not self.signed
        found = signature_at(self.lines, position, self.stop, first=first, ended=ended)
        if found is None:
            return None
        self._flush()
        for line in found.bodies:
            self._put("signature", [line])
        if found.date is not None:
            self._put("date", [found.date])
        self.signed = True
        after = found.end
        while after < self.stop and (self.lines[after].form.disclosure or self.lines[after].form.imprint):
            self._put("disclosure" if self.lines[after].form.disclosure else "imprint", [self.lines[after]])
            after += 1
        if self.covers and after < self.stop and _FULL_TEXT.fullmatch(self.lines[after].form.compact):
            self._put("paragraph", [self.lines[after]])
            after += 1
        if self.part == "notice" and self.covers and after < self.stop and self.lines[after].titular:
            self._restart("body")
            return self._take_title(after)
        return after

    def _titles(self, position: int) -> int | None:
        """A listed attachment without a label, or the caption of a table."""
        line = self.lines[position]
        if not line.titular or (self.joiner.current and not self.joiner.current.is_complete and line.gap == 0):
            return None
        for count in range(1, 4):
            group = self.lines[position : position + count]
            key = title_key("".join(item.text for item in group))
            if key and any(alike(key, title) for title in self.listed):
                number = next(n for n, title in enumerate(self.listed, 1) if alike(key, title))
                if f"attachment-{number}" == self.part:
                    break
                self._attachment(number, position)
                self._put("title", group)
                return position + count
        follows = self.lines[position + 1] if position + 1 < self.stop else None
        current = self.joiner.current
        if (
            follows is not None
            and follows.tabular
            and len(line.text) <= 50
            and (current is None or current.is_complete)
        ):
            self._flush()
            self._put("caption", [line])
            return position + 1
        return None
