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
from pipeline.segmentation.lines.once import once, within
from pipeline.segmentation.lines.rules import Found, feature, pattern, reader

FINAL: Final = "。！？；：!?;:…"
"""Marks that end a paragraph or a list item in print."""
_LONGEST_TITLE_LINE: Final = 90
_LONGEST_PRINTED_FORM: Final = 120
"""A longer text is running text: features that state a limit below it are not there."""
_WORD: Final = re.compile(r"[^\W\d_]")
_STAMPED: Final = pattern("line.stamped")
_SIGNED: Final = pattern("date.signed")
_LONGEST_SIGNED: Final = 60
_LONGEST_REGISTRATION: Final = 40
_LONGEST_BODY: Final = 80
_ATTACHMENT_LABEL: Final = reader("attachment.label")
_ATTACHMENT_LIST: Final = reader("attachment.list")
_ATTACHMENT_SUB: Final = reader("attachment.sub")
_ATTACHMENT_TITLED: Final = reader("attachment.titled")
_LINE_ABOUT: Final = reader("line.about")
_DATELINE: Final = reader("line.dateline")
_SENTENCE: Final = reader("line.sentence")
_ENTRY: Final = reader("line.entry")
_MINUTES_FIELD: Final = reader("line.minutes_field")
_LINE_BODY: Final = reader("line.body")
_LINE_CONTENTS: Final = reader("line.contents")
_LINE_ENUMERATED: Final = reader("line.enumerated")
_LINE_ITEM: Final = reader("line.item")
_LINE_ORGAN: Final = reader("line.organ")
_LINE_SECTION_BRACKETED: Final = reader("line.section.bracketed")
_LINE_SECTION_DASHED: Final = reader("line.section.dashed")
_LINE_SECTION_ORNATE: Final = reader("line.section.ornate")
_LINE_SECTION_PLAIN: Final = reader("line.section.plain")
_LONGEST_SECTION: Final = max(
    one.longest for one in (_LINE_SECTION_BRACKETED, _LINE_SECTION_DASHED, _LINE_SECTION_ORNATE)
)
_NUMBER_REGISTRATION: Final = reader("number.registration")
_NUMBER_WORDS: Final = re.compile("[号號]")
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
        words = self.text.split()
        return self.text if words and len(words[0]) == len(self.text) else "".join(words)

    @once
    def read(self) -> str:
        """The text in simplified characters, one for one."""
        return as_read(self.text)

    @once
    def stripped(self) -> str:
        """The text without blanks around it."""
        return self.text.strip()

    @within(numbers.LONGEST)
    def doc_number(self) -> DocNumber | None:
        """The document number that the whole line is; of joint numbers the first."""
        return numbers.doc_number(self.compact) if _NUMBER_WORDS.search(self.text) else None

    order_title = feature("number.order_title", "compact")
    """The name of an order or announcement (某某省人民政府令)."""

    @property
    def announces(self) -> bool:
        """Whether the line ends like the name of an order or announcement."""
        return self.compact[-1:] in _ANNOUNCES

    @within(_LONGEST_REGISTRATION)
    def registration(self) -> str | None:
        """The registration number of a normative document that the whole line is."""
        plain = self.compact.strip("（）()")
        found = _NUMBER_REGISTRATION(plain) if len(plain) <= _LONGEST_REGISTRATION else None
        return found.value if found else None

    @once
    def date(self) -> dt.date | None:
        """The first full date in the text, in Arabic or Chinese numerals."""
        return numbers.date(self.compact)

    @within(numbers.LONGEST_DATE, otherwise=False)
    def is_date(self) -> bool:
        """Whether the text is a date and nothing else."""
        return numbers.is_date(self.compact)

    date_to_fill = feature("date.to_fill", "stripped")
    """A form's date to be filled in (　年　月　日)."""

    @within(_LONGEST_SIGNED)
    def signed(self) -> tuple[int, int] | None:
        """Of a body and the date on one line: where the body's name ends and where the date begins."""
        match = _SIGNED.fullmatch(self.text) if len(self.text) <= _LONGEST_SIGNED else None
        return (match.end("body"), match.start("date")) if match and Form(match["body"]).is_signatory else None

    given_at = feature("date.given_at", "compact")
    """The day on which and the office in which an act was signed (二零二五年三月三日於某局)."""

    speech = feature("date.speech", "compact")
    """When and where a speech was given (——2024年1月9日在…会议上)."""

    spoken = feature("date.spoken", "compact")
    """When and where the report over the line was given."""

    byline = feature("line.byline", "text")
    """Office and name of who gives a speech or signs an order, on a line of their own."""

    adopted = feature("line.adopted", "text")
    """How a law or a list was adopted."""

    opens_adoption = feature("line.adoption_opens", "text")
    """The first of several lines that say how a law was adopted."""

    disclosure = feature("line.disclosure", "compact")
    """How the document is disclosed (公开发布, 依申请公开)."""

    discloses = feature("title.disclosed", "compact")
    """How a document is disclosed, as the value of a page's field says it (主动公开)."""

    @within(12)
    def attachment(self) -> int | None:
        """The number of an attachment label (附件 → 0, 附件2 → 2)."""
        found = _ATTACHMENT_LABEL(self.stripped) if len(self.text) <= 12 else None
        return None if found is None else _attachment_number(found)

    @once
    def attachment_part(self) -> str:
        """What an attachment's label adds to its number: 附件1-2 → -2, else nothing."""
        found = _ATTACHMENT_SUB(self.stripped)
        return f"-{found.match['sub']}" if found else ""

    @within(_ATTACHMENT_TITLED.longest)
    def titled_attachment(self) -> tuple[int, str] | None:
        """Number and title of an attachment label with its title on the same line (附件2：…名单)."""
        found = _ATTACHMENT_TITLED(self.stripped)
        return (_attachment_number(found), found.match["title"]) if found else None

    @once
    def attachment_list(self) -> str | None:
        """What follows 附件： on its line (possibly nothing), where a list of attachments begins."""
        found = _ATTACHMENT_LIST(self.stripped)
        return found.value if found else None

    @within(_LONGEST_SECTION)
    def section(self) -> str | None:
        """The name of a section of the gazette, printed in brackets or with ornaments."""
        found = _LINE_SECTION_BRACKETED(self.stripped) or _LINE_SECTION_ORNATE(self.stripped) or _LINE_SECTION_DASHED(self.stripped)  # fmt: skip
        return "".join(found.value.split()) if found else None

    @within(20)
    def plain_section(self) -> Found | None:
        """The name of a section of the gazette without any ornament (县政府文件, 人事任免)."""
        return _LINE_SECTION_PLAIN(self.compact) if len(self.text) <= 20 else None

    imprint = feature("line.imprint", "stripped")
    """A line of the imprint (抄送, 印发)."""

    note = feature("line.note", "stripped")
    """A note to a table (注：…) or a footnote ([1]…)."""

    seal = feature("line.seal", "compact")
    """The place of a form's seal or signature (单位（盖章）：)."""

    chrome = feature("furniture.chrome", "stripped")
    """What belongs to the page of a website and not to its text: trail, buttons, footer."""

    button = feature("furniture.button", "compact")
    """A button of a web page."""

    trail_label = feature("furniture.trail_label", "compact")
    """The label of a page's trail (您的位置：)."""

    trail_step = feature("furniture.step", "stripped")
    """What stands between the steps of a trail (>)."""

    stamp = feature("furniture.stamp", "stripped")
    """The time at which a page was put up."""

    source = feature("furniture.source", "stripped")
    """Where a page was taken from."""

    photo = feature("furniture.photo", "stripped")
    """The caption of a press photograph."""

    foot = feature("furniture.foot", "compact")
    """What begins the foot of a page."""

    page_number = feature("furniture.page_number", "text")
    """A page number with dashes or words."""

    @within(15)
    def contents_heading(self) -> Found | None:
        """The heading of a contents page (目　录)."""
        return _LINE_CONTENTS(self.compact) if len(self.text) <= 15 else None

    letterhead = feature("line.letterhead", "compact")
    """The letterhead of an official document (某某市财政局文件)."""

    person = feature("line.person", "compact")
    """An official's office and name (县长 …)."""

    field = feature("line.field", "compact")
    """A field of a web page about its document (索引号：…)."""

    @within(_LONGEST_BODY)
    def organ(self) -> Found | None:
        """The name of an issuing body, or of several."""
        return _LINE_ORGAN(as_read(self.compact))

    @property
    def gives_acts(self) -> bool:
        """Whether the text names a body, or an office that gives acts in its own name (行政長官)."""
        return self.organ is not None or self.office_holder is not None

    office_holder = feature("line.office_holder", "compact")
    """An office by itself that gives acts in its own name."""

    @once
    def issuer(self) -> bool:
        """Whether the line is an issuing body, or the office of one that is named before."""
        return self.organ is not None or self.office is not None

    office = feature("line.office", "compact")
    """The office of a body that is named before it."""

    @within(_LONGEST_BODY, otherwise=False)
    def is_signatory(self) -> bool:
        """Whether the line names an issuing body, several of them, or an official with his office."""
        plain = _STAMPED.sub("", self.compact)
        if not plain or plain[-1] in FINAL or "，" in plain or self.given_at:
            return False
        return _LINE_BODY(plain) is not None or (self.person is not None and len(plain) <= _LONGEST_BODY)

    @once
    def about(self) -> bool:
        """Whether the line says what it is about (关于)."""
        return _LINE_ABOUT(self.read) is not None

    @property
    def opens_topic(self) -> bool:
        """Whether what it is about stands first on the line."""
        found = _LINE_ABOUT(self.read)
        return found is not None and found.match.start() == 0

    topic = feature("line.topic", "read")
    """Where the topic of a title begins (关于, 转发, 印发)."""

    @once
    def type(self) -> str | None:
        """The type of document that the text, as a title, ends on."""
        return numbers.document_type(self.compact)

    @once
    def enumerated(self) -> bool:
        """Whether the line begins with what looks like a clause's number."""
        return _LINE_ENUMERATED(self.text) is not None

    tabbed_heading = feature("line.tabbed_heading", "text")
    """The heading of a part of a law, its number and name parted by a tab: no row of a table."""

    caption = feature("line.caption", "text")
    """The caption of a table, or the unit of its numbers."""

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

    @within(_LONGEST_TITLE_LINE, otherwise=False)
    def may_be_title(self) -> bool:
        """Whether the line could be part of a title: short, without closing mark, no number, no label."""
        text = self.text
        if not _WORD.search(text) or len(text) > _LONGEST_TITLE_LINE or text[-1] in FINAL or text[-1] in "，,":
            return False
        if self.enumerated or self.is_date or self.disclosure or self.section or self.registration:
            return False
        if (
            self.attachment is not None
            or self.attachment_list is not None
            or _DATELINE(text)
            or _SENTENCE(text)
            or _ENTRY(text)
        ):
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
            or self.byline
            or _MINUTES_FIELD(self.compact)
        )


def _attachment_number(label: Found) -> int:
    printed = label.match["number"]
    return (numbers.integer(printed) or 0) if printed else 0


_OF_A_LONG_TEXT: Final = {
    name: one.otherwise
    for name, one in vars(Form).items()
    if isinstance(one, once) and one.longest <= _LONGEST_PRINTED_FORM
}


def form_of(text: str) -> Form:
    """The form of *text*; where it is so long that most features cannot be there, that is known without a look at each."""
    form = Form(text)
    if len(text) > _LONGEST_PRINTED_FORM and len(form.compact) > _LONGEST_PRINTED_FORM:
        form.__dict__.update(_OF_A_LONG_TEXT)
    return form
