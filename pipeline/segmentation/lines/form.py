"""What a printed text is by its form: every line is read here once, and the steps ask what was read.

:class:`Form` says of one line, or of the lines of a title read as one, whether it is a date, the number of a document,
an organ, a label, a field of a web page. Nothing here looks at what stands around the line.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Final

from extractors.language.characters import as_read
from pipeline.segmentation.lines import numbers
from pipeline.segmentation.lines.numbers import DocNumber
from pipeline.segmentation.lines.once import once
from pipeline.segmentation.lines.rules import Found, pattern, reader

FINAL: Final = "。！？；：!?;:…"
"""Marks that end a paragraph or a list item in print."""
_LONGEST_TITLE_LINE: Final = 90
_WORD: Final = re.compile(r"[^\W\d_]")
_STAMPED: Final = pattern("line.stamped")
_SIGNED: Final = pattern("date.signed")
_LONGEST_SIGNED: Final = 60
_ATTACHMENT_LABEL: Final = reader("attachment.label")
_ATTACHMENT_LIST: Final = reader("attachment.list")
_ATTACHMENT_SUB: Final = reader("attachment.sub")
_ATTACHMENT_TITLED: Final = reader("attachment.titled")
_DATE_SPEECH: Final = reader("date.speech")
_DATE_SPOKEN: Final = reader("date.spoken")
_DATE_TO_FILL: Final = reader("date.to_fill")
_FURNITURE_CHROME: Final = reader("furniture.chrome")
_FURNITURE_BUTTON: Final = reader("furniture.button")
_FURNITURE_TRAIL_LABEL: Final = reader("furniture.trail_label")
_FURNITURE_STEP: Final = reader("furniture.step")
_FURNITURE_STAMP: Final = reader("furniture.stamp")
_FURNITURE_SOURCE: Final = reader("furniture.source")
_FURNITURE_PHOTO: Final = reader("furniture.photo")
_FURNITURE_FOOT: Final = reader("furniture.foot")
_FURNITURE_PAGE_NUMBER: Final = reader("furniture.page_number")
_LINE_ABOUT: Final = reader("line.about")
_DATELINE: Final = reader("line.dateline")
_SENTENCE: Final = reader("line.sentence")
_LINE_ADOPTED: Final = reader("line.adopted")
_LINE_ADOPTION_OPENS: Final = reader("line.adoption_opens")
_LINE_BODY: Final = reader("line.body")
_LINE_CAPTION: Final = reader("line.caption")
_LINE_CONTENTS: Final = reader("line.contents")
_LINE_DISCLOSURE: Final = reader("line.disclosure")
_LINE_ENUMERATED: Final = reader("line.enumerated")
_LINE_FIELD: Final = reader("line.field")
_LINE_IMPRINT: Final = reader("line.imprint")
_LINE_ITEM: Final = reader("line.item")
_LINE_LETTERHEAD: Final = reader("line.letterhead")
_LINE_NOTE: Final = reader("line.note")
_LINE_OFFICE: Final = reader("line.office")
_LINE_OFFICE_HOLDER: Final = reader("line.office_holder")
_LINE_ORGAN: Final = reader("line.organ")
_LINE_PERSON: Final = reader("line.person")
_LINE_SEAL: Final = reader("line.seal")
_LINE_SECTION_BRACKETED: Final = reader("line.section.bracketed")
_LINE_SECTION_DASHED: Final = reader("line.section.dashed")
_LINE_SECTION_ORNATE: Final = reader("line.section.ornate")
_LINE_SECTION_PLAIN: Final = reader("line.section.plain")
_LINE_TABBED_HEADING: Final = reader("line.tabbed_heading")
_LINE_TOPIC: Final = reader("line.topic")
_NUMBER_ORDER_TITLE: Final = reader("number.order_title")
_NUMBER_REGISTRATION: Final = reader("number.registration")
_TITLE_DISCLOSED: Final = reader("title.disclosed")
_NUMBER_WORDS: Final = frozenset("号號")
_ANNOUNCES: Final = frozenset("令公告")


@dataclass(frozen=True)
class Form:
    """The features of a printed *text*, each read when it is first asked for, and once.

    A feature that a rule decides is a :class:`Found` with the rule's id, or ``None``.
    """

    text: str

    @once
    def compact(self) -> str:
        """The text without blanks."""
        return "".join(self.text.split())

    @once
    def read(self) -> str:
        """The text in simplified characters, one for one."""
        return as_read(self.text)

    @once
    def stripped(self) -> str:
        """The text without blanks around it."""
        return self.text.strip()

    @once
    def doc_number(self) -> DocNumber | None:
        """The document number that the whole line is; of joint numbers the first."""
        return None if _NUMBER_WORDS.isdisjoint(self.text) else numbers.doc_number(self.compact)

    @once
    def order_title(self) -> Found | None:
        """The name of an order or announcement (某某省人民政府令)."""
        return _NUMBER_ORDER_TITLE(self.compact)

    @property
    def announces(self) -> bool:
        """Whether the line ends like the name of an order or announcement."""
        return self.compact[-1:] in _ANNOUNCES

    @once
    def registration(self) -> str | None:
        """The registration number of a normative document that the whole line is."""
        plain = self.compact.strip("（）()")
        found = _NUMBER_REGISTRATION(plain) if len(plain) <= 40 else None
        return found.value if found else None

    @once
    def date(self) -> dt.date | None:
        """The first full date in the text, in Arabic or Chinese numerals."""
        return numbers.date(self.compact)

    @once
    def is_date(self) -> bool:
        """Whether the text is a date and nothing else."""
        return numbers.is_date(self.compact)

    @once
    def date_to_fill(self) -> Found | None:
        """A form's date to be filled in (　年　月　日)."""
        return _DATE_TO_FILL(self.stripped)

    @once
    def signed(self) -> tuple[int, int] | None:
        """Of a body and the date on one line: where the body's name ends and where the date begins."""
        match = _SIGNED.fullmatch(self.text) if len(self.text) <= _LONGEST_SIGNED else None
        return (match.end("body"), match.start("date")) if match and Form(match["body"]).is_signatory else None

    @once
    def speech(self) -> Found | None:
        """When and where a speech was given (——2024年1月9日在…会议上)."""
        return _DATE_SPEECH(self.compact)

    @once
    def spoken(self) -> Found | None:
        """When and where the report over the line was given."""
        return _DATE_SPOKEN(self.compact)

    @once
    def adopted(self) -> Found | None:
        """How a law or a list was adopted."""
        return _LINE_ADOPTED(self.text)

    @once
    def opens_adoption(self) -> Found | None:
        """The first of several lines that say how a law was adopted."""
        return _LINE_ADOPTION_OPENS(self.text)

    @once
    def disclosure(self) -> Found | None:
        """How the document is disclosed (公开发布, 依申请公开)."""
        return _LINE_DISCLOSURE(self.compact)

    @once
    def discloses(self) -> Found | None:
        """How a document is disclosed, as the value of a page's field says it (主动公开)."""
        return _TITLE_DISCLOSED(self.compact)

    @once
    def attachment(self) -> int | None:
        """The number of an attachment label (附件 → 0, 附件2 → 2)."""
        found = _ATTACHMENT_LABEL(self.stripped) if len(self.text) <= 12 else None
        return None if found is None else _attachment_number(found)

    @once
    def attachment_part(self) -> str:
        """What an attachment's label adds to its number: 附件1-2 → -2, else nothing."""
        found = _ATTACHMENT_SUB(self.stripped)
        return f"-{found.match['sub']}" if found else ""

    @once
    def titled_attachment(self) -> tuple[int, str] | None:
        """Number and title of an attachment label with its title on the same line (附件2：…名单)."""
        found = _ATTACHMENT_TITLED(self.stripped)
        return (_attachment_number(found), found.match["title"]) if found else None

    @once
    def attachment_list(self) -> str | None:
        """What follows 附件： on its line (possibly nothing), where a list of attachments begins."""
        found = _ATTACHMENT_LIST(self.stripped)
        return found.value if found else None

    @once
    def section(self) -> str | None:
        """The name of a section of the gazette, printed in brackets or with ornaments."""
        found = _LINE_SECTION_BRACKETED(self.stripped) or _LINE_SECTION_ORNATE(self.stripped) or _LINE_SECTION_DASHED(self.stripped)  # fmt: skip
        return "".join(found.value.split()) if found else None

    @once
    def plain_section(self) -> Found | None:
        """The name of a section of the gazette without any ornament (县政府文件, 人事任免)."""
        return _LINE_SECTION_PLAIN(self.compact) if len(self.text) <= 20 else None

    @once
    def imprint(self) -> Found | None:
        """A line of the imprint (抄送, 印发)."""
        return _LINE_IMPRINT(self.stripped)

    @once
    def note(self) -> Found | None:
        """A note to a table (注：…) or a footnote ([1]…)."""
        return _LINE_NOTE(self.stripped)

    @once
    def seal(self) -> Found | None:
        """The place of a form's seal or signature (单位（盖章）：)."""
        return _LINE_SEAL(self.compact)

    @once
    def chrome(self) -> Found | None:
        """What belongs to the page of a website and not to its text: trail, buttons, footer."""
        return _FURNITURE_CHROME(self.stripped)

    @once
    def button(self) -> Found | None:
        """A button of a web page."""
        return _FURNITURE_BUTTON(self.compact)

    @once
    def trail_label(self) -> Found | None:
        """The label of a page's trail (您的位置：)."""
        return _FURNITURE_TRAIL_LABEL(self.compact)

    @once
    def trail_step(self) -> Found | None:
        """What stands between the steps of a trail (>)."""
        return _FURNITURE_STEP(self.stripped)

    @once
    def stamp(self) -> Found | None:
        """The time at which a page was put up."""
        return _FURNITURE_STAMP(self.stripped)

    @once
    def source(self) -> Found | None:
        """Where a page was taken from."""
        return _FURNITURE_SOURCE(self.stripped)

    @once
    def photo(self) -> Found | None:
        """The caption of a press photograph."""
        return _FURNITURE_PHOTO(self.stripped)

    @once
    def foot(self) -> Found | None:
        """What begins the foot of a page."""
        return _FURNITURE_FOOT(self.compact)

    @once
    def page_number(self) -> Found | None:
        """A page number with dashes or words."""
        return _FURNITURE_PAGE_NUMBER(self.text)

    @once
    def contents_heading(self) -> Found | None:
        """The heading of a contents page (目　录)."""
        return _LINE_CONTENTS(self.compact) if len(self.text) < 16 else None

    @once
    def letterhead(self) -> Found | None:
        """The letterhead of an official document (某某市财政局文件)."""
        return _LINE_LETTERHEAD(self.compact)

    @once
    def person(self) -> Found | None:
        """An official's office and name (县长 …)."""
        return _LINE_PERSON(self.compact)

    @once
    def field(self) -> Found | None:
        """A field of a web page about its document (索引号：…)."""
        return _LINE_FIELD(self.compact)

    @once
    def organ(self) -> Found | None:
        """The name of an issuing body, or of several."""
        return _LINE_ORGAN(as_read(self.compact))

    @property
    def gives_acts(self) -> bool:
        """Whether the text names a body, or an office that gives acts in its own name (行政長官)."""
        return self.organ is not None or self.office_holder is not None

    @once
    def office_holder(self) -> Found | None:
        """An office by itself that gives acts in its own name."""
        return _LINE_OFFICE_HOLDER(self.compact)

    @once
    def issuer(self) -> bool:
        """Whether the line is an issuing body, or the office of one that is named before."""
        return self.organ is not None or self.office is not None

    @once
    def office(self) -> Found | None:
        """The office of a body that is named before it."""
        return _LINE_OFFICE(self.compact)

    @once
    def is_signatory(self) -> bool:
        """Whether the line names an issuing body, several of them, or an official with his office."""
        plain = _STAMPED.sub("", self.compact)
        if not plain or plain[-1] in FINAL or "，" in plain:
            return False
        return _LINE_BODY(plain) is not None or (self.person is not None and len(plain) <= 80)

    @once
    def about(self) -> bool:
        """Whether the line says what it is about (关于)."""
        return _LINE_ABOUT(self.read) is not None

    @property
    def opens_topic(self) -> bool:
        """Whether what it is about stands first on the line."""
        found = _LINE_ABOUT(self.read)
        return found is not None and found.match.start() == 0

    @once
    def topic(self) -> Found | None:
        """Where the topic of a title begins (关于, 转发, 印发)."""
        return _LINE_TOPIC(self.read)

    @once
    def type(self) -> str | None:
        """The type of document that the text, as a title, ends on."""
        return numbers.document_type(self.compact)

    @once
    def enumerated(self) -> bool:
        """Whether the line begins with what looks like a clause's number."""
        return _LINE_ENUMERATED(self.text) is not None

    @once
    def tabbed_heading(self) -> Found | None:
        """The heading of a part of a law, its number and name parted by a tab: no row of a table."""
        return _LINE_TABBED_HEADING(self.text)

    @once
    def caption(self) -> Found | None:
        """The caption of a table, or the unit of its numbers."""
        return _LINE_CAPTION(self.text)

    @once
    def item(self) -> str | None:
        """An entry of a numbered list without its number."""
        found = _LINE_ITEM(self.text)
        return found.match[1] if found else None

    @once
    def begins_head(self) -> bool:
        """Whether the line could be the first of a head: its issuer, topic, number, or an order's name."""
        plain = self.compact
        return (
            self.organ is not None
            or self.about
            or self.doc_number is not None
            or self.registration is not None
            or self.order_title is not None
            or (len(plain) <= _LONGEST_TITLE_LINE and plain[-1] not in FINAL and self.type is not None)
        )

    @once
    def may_be_title(self) -> bool:
        """Whether the line could be part of a title: short, without closing mark, no number, no label."""
        text = self.text
        if not _WORD.search(text) or len(text) > _LONGEST_TITLE_LINE or text[-1] in FINAL or text[-1] in "，,":
            return False
        if self.enumerated or self.is_date or self.disclosure or self.section or self.registration:
            return False
        if self.attachment is not None or self.attachment_list is not None or _DATELINE(text) or _SENTENCE(text):
            return False
        return not (
            self.letterhead
            or self.field
            or self.imprint
            or self.note
            or self.contents_heading
            or self.adopted
            or self.opens_adoption
            or self.doc_number
        )


def _attachment_number(label: Found) -> int:
    printed = label.match["number"]
    return (numbers.integer(printed) or 0) if printed else 0
