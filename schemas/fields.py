"""The field dictionary: every column's type, unit, meaning and allowed values, said once.

Parquet metadata, validation and the data dictionary page all come from here. Types are Arrow's, by name
(:mod:`schemas.arrow` has the types themselves), so that describing the data needs no Arrow; a column whose
meaning differs between datasets is described in :mod:`schemas.datasets` where it differs.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

STRING: Final = "string"
STRINGS: Final = "list<string>"
INT: Final = "int32"
INTS: Final = "list<int32>"
OFFSET: Final = "int64"
NUMBER: Final = "double"
FLAG: Final = "bool"
DATE: Final = "date32[day]"
FRAGMENTS: Final = "list<struct<start: int64 not null, end: int64 not null>>"


@dataclass(frozen=True, slots=True)
class Field:
    """One column: its Arrow type by name, what it means, and what it may hold."""

    name: str
    type: str
    description: str
    unit: str | None = None
    values: tuple[str, ...] = ()


CLAUSE_TYPES: Final = (
    "numbered", "paragraph", "title", "addressees", "signature", "date", "doc_number", "registration", "disclosure",
    "attachment_list", "attachment_label", "caption", "note", "contents", "imprint", "cell_item",
)  # fmt: skip
SEGMENT_TYPES: Final = ("masthead", "contents", "section", "document", "clause", "table", "furniture", "blank")
PROBLEM_CATEGORIES: Final = (
    "undecodable_bytes", "control_character", "page_quality", "contents_entry_without_document", "document_without_contents_entry",
    "missing_doc_number", "missing_signature", "numbering_gap", "numbering_repeat", "table_shape", "table_sum_mismatch", "lost_text",
    "serial_gap", "unsettled_name", "unsettled_number", "text_outside_document", "unlisted_attachment",
    "missing_attachment", "missing_date", "missing_title", "doubtful_title", "unsettled_place", "number_without_document", "unknown_unit",
    "unread_picture", "open_deadline",
)  # fmt: skip
SECTION_ROLES: Final = ("review", "situation", "plan", "goals", "list", "closing")
GENRES: Final = (
    "plan", "review_and_plan", "review", "bulletin", "accounts", "grants", "rules", "notice", "reply", "commendation",
    "personnel", "roster", "speech", "other",
)  # fmt: skip

_ALL: Final = (
    # ------------------------------------------------------------------ identity
    Field("issue_id", STRING, "Id of the gazette issue: the first 16 hexadecimal digits of the SHA-256 of its source."),
    Field("document_id", STRING, "Id of the document that the row belongs to: <issue_id>/d/<first offset>."),
    Field("clause_id", STRING, "Id of the clause that the row belongs to: <issue_id>/c/<first offset>; empty for rows of table cells that hold no numbered items."),
    Field("table_id", STRING, "Id of the table: <issue_id>/t/<first offset>."),
    Field("quantity_id", STRING, "Id of the quantity: <issue_id>/q/<start>-<end>."),
    Field("target_id", STRING, "Id of the target: <issue_id>/g/<start>-<end>."),
    Field("milestone_id", STRING, "Id of the milestone: <issue_id>/m/<start>-<end>."),
    Field("official_id", STRING, "Id of the mention: <issue_id>/o/<start>-<end>, with #2 … where rows share a span."),
    Field("responsibility_id", STRING, "Id of the mention: <issue_id>/r/<start>-<end>, with #2 … where rows share a span."),
    Field("citation_id", STRING, "Id of the citation: <issue_id>/x/<start>-<end>, with #2 … where rows share a span."),
    Field("unit_rule", STRING, "The rule that said the unit: printed, shared with a list, implied by a noun, read from a header …; unit.none where there is none."),
    Field("comparator_rule", STRING, "The rule that said the comparator; comparator.default where no word bounds the number."),
    Field("rule_id", STRING, "The rule that made the row; it stands in the rule registry (`gongbao rules`)."),
    # ------------------------------------------------------------------ where it stands
    Field("char_start", OFFSET, "First character, as a Python offset into the canonical text (processed/texts/<issue_id>.txt).", "characters"),
    Field("char_end", OFFSET, "End (exclusive), as a Python offset into the canonical text.", "characters"),
    Field("fragments", FRAGMENTS, "The pieces of a stretch that a page or column break cut; empty where it stands whole.", "characters"),
    Field("text", STRING, "The characters as printed: equal to canonical[char_start:char_end]."),
    Field("page", INT, "Page number in the source file, from 1; empty for sources without pages."),
    Field("page_start", INT, "First page of the stretch, from 1; empty for sources without pages."),
    Field("page_end", INT, "Last page of the stretch, from 1; empty for sources without pages."),
    Field("ordinal", INT, "Position among its siblings in the issue (documents, tables) or document (clauses), from 1."),
    Field("part", STRING, "Part of the document: notice, body, attachment-1, attachment-2 …"),
    Field("row", INT, "Table row, from 0, header rows counted."),
    Field("column", INT, "Table column, from 0."),
    Field("sentence", STRING, "The sentence or cell that the mention stands in, as read: the evidence."),
    Field("applies_to_rows", INTS, "The table rows that the mention answers for; empty outside tables."),
    # ------------------------------------------------------------------ issue
    Field("edition_key", STRING, "The edition's name for people: pinyin of the place with its level of government, year and number (xiangyin-xian-2023-01); where no number is known, the number or date and title of its documents. Never the same for two editions; one edition may have several issues (a PDF and its web page)."),
    Field("title", STRING, "Title as printed, without issuers and line breaks."),
    Field("publisher", STRING, "Who publishes the gazette, as printed."),
    Field("publication_date", DATE, "Date of publication as printed on the masthead."),
    Field("publication_year", INT, "Year of publication; where the masthead names none, that of the first document's signature, number or title."),
    Field("number", STRING, "Number of the issue within its year, as digits."),
    Field("number_last", STRING, "Last number of a combined issue (第3—4期 → 4); empty for others."),
    Field("number_total", INT, "Running number over all years (总第N期)."),
    Field("number_total_last", INT, "Last running number of a combined issue; empty for others."),
    Field("special", STRING, "What an issue beside the numbered ones is called (增刊, 特刊); empty for regular issues."),
    Field("source_path", STRING, "Path of the source, relative to the folder given on the command line."),
    Field("source_sha256", STRING, "SHA-256 of the source's bytes, in hexadecimal."),
    Field("media_type", STRING, "Media type of the source, found from its content."),
    Field("encoding", STRING, "Character encoding that a text source was decoded with; empty for other formats."),
    Field("page_count", INT, "Number of pages; empty for sources without pages."),
    Field("char_count", OFFSET, "Length of the canonical text.", "characters"),
    # ------------------------------------------------------------------ where and whose
    Field("place", STRING, "The place whose government or body publishes or issues: its name at the date (湘阴县); empty where no organ names one."),
    Field("place_code", STRING, "GB/T 2260 code of the place, valid at the document's date (430624); empty where the name has none or is of several places, for townships, zones and the nation."),
    Field("place_level", STRING, "Level of the place; empty where it does not follow from its name.", None, ("nation", "province", "prefecture", "county", "township")),
    Field("place_path", STRING, "Names from the province down to the place (湖南省/岳阳市/湘阴县); 中华人民共和国 for the nation; empty where it is not known."),
    # ------------------------------------------------------------------ document
    Field("section", STRING, "Section of the gazette, without its brackets (县政府文件)."),
    Field("subject_title", STRING, "Title of the plan, opinion or rules that a covering notice issues."),
    Field("doc_number", STRING, "Document number as printed, without blanks and line breaks (湘阴发〔2023〕1号)."),
    Field("doc_number_code", STRING, "Issuer's code in the document number (湘阴发)."),
    Field("doc_number_year", INT, "Year in the document number."),
    Field("doc_number_serial", INT, "Serial in the document number."),
    Field("registration_number", STRING, "Registration number of a normative document (XYDR-2023-01001)."),
    Field("issuers", STRINGS, "The issuing bodies in printed order."),
    Field("doc_type", STRING, "Type of the document by its title (通知, 意见, 办法, 决定, 报告, 令, 函 …)."),
    Field("recipients", STRINGS, "The addressees before the colon, in printed order."),
    Field("signed_date", DATE, "Date under the signature; for a speech or report the day it was given."),
    Field("effective_date", DATE, "Day from which the document is in force, by its closing provisions."),
    Field("adopted_date", DATE, "Day on which a law or regulation was first adopted, by the note under its title."),
    Field("adopted_by", STRING, "The body that adopted it, its term and session left out (某某市人民代表大会常务委员会)."),
    Field("history", STRINGS, "How it was adopted, approved and amended, as printed under its title, one note an entry without its brackets."),
    Field("validity", STRING, "Period of validity as printed (2年)."),
    Field("disclosure", STRING, "How the document is disclosed, as printed (公开发布, 主动公开, 依申请公开)."),
    Field("toc_title", STRING, "Title on the contents page."),
    Field("toc_page", INT, "Page number on the contents page."),
    Field("genre", STRING, "What kind of document it is, by its title, else by its body; it gives the default of kind.", None, GENRES),
    Field("genre_rule", STRING, "The rule that said the genre."),
    Field("plan_year", INT, "The year that a bare month in the document belongs to: that of its title, else of its signature, its number, the issue, else the stamp or dateline of its page; of a report without a date the latest year that it names."),
    Field("speaker", STRING, "Who gave the report or speech."),
    Field("report_year", INT, "The year that a report looks back on."),
    # ------------------------------------------------------------------ clause
    Field("section_role", STRING, "The part of a report or plan that the clause stands in: a look back, how things stand, what is planned, goals of a plan period, an appended list, the end of a speech.", None, SECTION_ROLES),
    Field("section_period", STRING, "The period that the part speaks of: 2025, or 2021/2025."),
    Field("section_rule", STRING, "The rule that said the part."),
    Field("parent_id", STRING, "Id of the clause that this one stands under."),
    Field("clause_type", STRING, "What the clause is.", None, CLAUSE_TYPES),
    Field("level", INT, "Depth by the document's own order of numbering systems, from 1; 0 for unnumbered clauses under no number."),
    Field("marker", STRING, "Number as printed with its punctuation (一、 （一） 1. ① 第一条)."),
    Field("heading", STRING, "The clause's own title where it has one (总量求突破)."),
    Field("path", STRING, "Markers from the top of the part to the clause (三/（一）/2)."),
    Field("subtree_end", OFFSET, "End (exclusive) of the clause's last descendant.", "characters"),
    # ------------------------------------------------------------------ table
    Field("caption", STRING, "Title of the table."),
    Field("unit_note", STRING, "Note that states the unit or units of the table's bare numbers (单位：万元), without brackets; empty where none is printed."),
    Field("unit_start", OFFSET, "Start of the unit note.", "characters"),
    Field("unit_end", OFFSET, "End (exclusive) of the unit note.", "characters"),
    Field("n_rows", INT, "Number of rows, header rows counted."),
    Field("n_columns", INT, "Number of columns."),
    Field("header_rows", INT, "Number of header rows."),
    Field("row_span", INT, "Rows that a merged cell takes."),
    Field("column_span", INT, "Columns that a merged cell takes."),
    Field("is_header", FLAG, "Whether the cell belongs to the header."),
    Field("header", STRINGS, "Column header texts above the cell, outermost first."),
    Field("row_label", STRING, "Text that names the row."),
    Field("row_group", STRINGS, "Names of the rows that the row stands under, outermost first: rows that head others, wholes before 其中 or an indent."),
    Field("part_of_row", INT, "Row of which this row is a part (其中：, #, a deeper indent); empty where it is none."),
    Field("inherits_row", INT, "Row whose cell an empty cell repeats (as above); empty where it repeats none."),
    # ------------------------------------------------------------------ quantity
    Field("low", NUMBER, "Lower end in the printed unit with 万, 亿, 千 multiplied out; equal to high for one value.", "column unit"),
    Field("high", NUMBER, "Upper end in the printed unit with 万, 亿, 千 multiplied out.", "column unit"),
    Field("unit", STRING, "Unit as printed, without scale (亩, 元, %, 百分点, 元/亩, 名次 for rankings); empty where none is implied."),
    Field("dimension", STRING, "What the unit measures (area, money, mass, count …); empty for a measure word that the unit file lacks."),
    Field("per", STRING, "What an amount is per (人, 月, 亩) where that is not in the unit."),
    Field("comparator", STRING, "Bound that the wording sets: 以上 >=, 超 >, 以内 <=, 低于 <, 左右 ~, none =.", None, (">=", ">", "<=", "<", "~", "=")),
    Field("kind", STRING, "target: a result to reach in a period; standard: a standing rule; fact: a past or existing state.", None, ("target", "standard", "fact")),
    Field("indicator", STRING, "What the number measures: a short noun phrase that stands on its own."),
    Field("subject", STRING, "Whose the value is, where that is narrower than or other than the issuing government's own area: a place, organisation, company, project or group, as named; empty for the area itself."),
    Field("subject_type", STRING, "What the subject is.", None, ("place", "organization", "company", "project", "group")),
    Field("subject_start", OFFSET, "First character of where the subject is printed; empty where no subject is named.", "characters"),
    Field("subject_end", OFFSET, "End (exclusive) of where the subject is printed.", "characters"),
    Field("subject_rule", STRING, "The rule that found the subject."),
    Field("metric", STRING, "The thing measured, without whose it is, without time words and without the change that `transformation` says (地区生产总值, 早稻面积)."),
    Field("indicator_confidence", NUMBER, "Share of rows like this one whose metric is right, 0 to 1 in steps of 0.001; by named features and committed weights, calibrated on labels."),
    Field("kind_confidence", NUMBER, "Share of rows like this one whose kind is right, 0 to 1 in steps of 0.001; by named features and committed weights, calibrated on labels."),
    Field("indicator_rule", STRING, "The rule that said what the number measures: a construction, of the rules (frame.…) or of the code (construction.…)."),
    Field("metric_key", STRING, "Key that brings the wordings of one metric together: the standard name of its indicator, else its words folded."),
    Field("metric_code", STRING, "Code of the indicator in the vocabulary of common indicators (lexicons/indicators.tsv) where the metric is one of its wordings."),
    Field("transformation", STRING, "What the value is of its metric: level, relative growth, change in its own unit or in points, share or rate, rank, limit of time, frequency.", None, ("level", "growth", "change", "share", "rank", "limit", "frequency")),
    Field("transformation_rule", STRING, "The rule that decided transformation and direction."),
    Field("direction", STRING, "Which way a growth or change goes; empty for all others.", None, ("up", "down")),
    Field("obs_low", NUMBER, "Lower end in the standard unit, shares and growth in %, negative where the direction is down; never above obs_high.", "column unit_std"),
    Field("obs_high", NUMBER, "Upper end in the standard unit, signed like obs_low.", "column unit_std"),
    Field("obs_comparator", STRING, "Comparator of the signed value: mirrored where the sign turns.", None, (">=", ">", "<=", "<", "~", "=")),
    Field("deadline", STRING, "Deadline that the sentence, its governing phrase or the column header states: 2025, 2023-12 or 2023-06-30."),
    Field("kind_rule", STRING, "The rule that decided the kind; a default by genre or part has an id of its own."),
    Field("time_period", STRING, "The period that the value is of: 2025, 2026-06, 2021/2025, 2026-01/2026-03; of a standing rule the days between which it holds, or the year whose rates the title sets; else empty for those and where no time is known."),
    Field("time_period_basis", STRING, "Where the period is said: in the sentence or its lead-in, in a heading, by the part of the report, by the document.", None, ("stated", "heading", "part", "document")),
    Field("time_period_rule", STRING, "The rule that said the period."),
    Field("stretch_rule", STRING, "The rule that decided whether the value is firm or striven for."),
    Field("stretch", FLAG, "Whether 力争, 争取, 力促 or 争创 governs the value."),
    Field("action", STRING, "Verb that brings the value about (新增, 培育, 完成), as printed."),
    Field("baseline_quantity_id", STRING, "The value that this one starts from (由5.3…增至10.9)."),
    Field("part_of_quantity_id", STRING, "The value that this one is a part of (118万亩，其中早稻39万亩)."),
    Field("group_id", STRING, "Shared by a firm value and its stretch value: the quantity id of the firm one."),
    # ------------------------------------------------------------------ target
    Field("indicator_key", STRING, "Key that brings the wordings of one indicator together; a function of the issue and the committed lexicons."),
    Field("scope", STRING, "Whom the target binds: 全县, 园区, a township …, as printed."),
    Field("target_year", INT, "Year of the target: the last year of its period, else of its deadline."),
    Field("same_as", STRING, "The target of the first printing of the same promise in the issue; null for the first."),
    Field("conflict_id", STRING, "Shared by the targets of one issue that name the same subject, metric, transformation and period with values that cannot both hold: the smallest of their target ids."),
    Field("deadline_date", DATE, "Last day of the deadline's period."),
    Field("low_std", NUMBER, "Lower end in the standard unit.", "column unit_std"),
    Field("high_std", NUMBER, "Upper end in the standard unit.", "column unit_std"),
    Field("unit_std", STRING, "Standard unit of the value: % for shares and growth, else that of the dimension, per something where `per` says so; an unknown measure word as it is."),
    Field("lead_agencies", STRINGS, "Agencies that lead (牵头, 主办)."),
    Field("responsible_agencies", STRINGS, "Agencies that answer (责任, 负责)."),
    Field("support_agencies", STRINGS, "Agencies that support (配合, 协办, 参与, 相关单位)."),
    Field("officials", STRINGS, "Names of the officials who answer for the target's clause or row."),
    Field("lead_agency_keys", STRINGS, "Keys of the agencies that lead, one for each name."),
    Field("responsible_agency_keys", STRINGS, "Keys of the agencies that answer, one for each name."),
    Field("support_agency_keys", STRINGS, "Keys of the agencies that support, one for each name."),
    Field("person_keys", STRINGS, "Keys of the officials who answer, one for each name."),
    Field("owner_rule", STRING, "Rule that decided whose agencies and officials answer; empty where none are named."),
    Field("clause_path", STRING, "Path of the target's clause (三/（一）/2)."),
    # ------------------------------------------------------------------ milestone
    Field("object", STRING, "What is to be done, as printed: the verb's object, else its subject."),
    Field("deadline_rule", STRING, "The rule that decided the deadline; it stands in the rule registry."),
    Field("object_rule", STRING, "The rule that found the object: that of the predicate, or of the clause before that the verb is said of; empty where the text leaves the object out."),
    # ------------------------------------------------------------------ official
    Field("name", STRING, "Name without blanks, repaired where OCR shuffled it; empty for an office in charge without a name."),
    Field("name_repaired", FLAG, "Whether the name differs from the printed characters by more than blanks."),
    Field("person_key", STRING, "Key that joins the mentions of one person within the issue."),
    Field("mention_type", STRING, "Why the person is named.", None, ("duty", "appointment", "signature", "contact", "staff", "mention")),
    Field("role", STRING, "Column header or phrase that says why the person is named (牵头县级领导, 任, 免)."),
    Field("organization", STRING, "Agency split from the position or printed with the name."),
    Field("position", STRING, "Office as printed (县国防动员办公室主任)."),
    # ------------------------------------------------------------------ responsibility
    Field("agency", STRING, "Agency as printed, without blanks and line breaks."),
    Field("agency_key", STRING, "Key that joins the wordings of one agency within the issue (县教育局, 教育局)."),
    Field("duty", STRING, "lead 牵头, responsible 责任, support 配合, member 成员单位.", None, ("lead", "responsible", "support", "member")),
    # ------------------------------------------------------------------ citation
    Field("citation_kind", STRING, "contents: a contents line; own: a document's own number; reference: a citation.", None, ("contents", "own", "reference")),
    Field("cited_document_id", STRING, "The cited document where it stands in the same issue."),
    # ------------------------------------------------------------------ segment and page
    Field("segment_type", STRING, "What the stretch is.", None, SEGMENT_TYPES),
    Field("furniture_text", STRING, "Characters of a running head or page number that the reader kept out of the canonical text."),
    Field("is_leaf", FLAG, "Whether the stretch is one of those that tile the text exactly."),
    Field("x0", NUMBER, "Left edge from the page's left.", "points"),
    Field("top", NUMBER, "Upper edge from the page's top.", "points"),
    Field("x1", NUMBER, "Right edge from the page's left.", "points"),
    Field("bottom", NUMBER, "Lower edge from the page's top.", "points"),
    Field("width", NUMBER, "Width of the page.", "points"),
    Field("height", NUMBER, "Height of the page.", "points"),
    Field("rotation", INT, "Rotation of the page, clockwise.", "degrees"),
    Field("method", STRING, "How the page was read.", None, ("text", "ocr")),
    Field("text_quality", NUMBER, "Share of the page's characters that read as text, 0 to 1."),
    Field("ocr_confidence", NUMBER, "Mean confidence of the recognised lines, 0 to 1."),
    # ------------------------------------------------------------------ problem
    Field("category", STRING, "What kind of problem.", None, PROBLEM_CATEGORIES),
    Field("severity", STRING, "How much it matters.", None, ("info", "warning", "error")),
    Field("message", STRING, "What was noticed, for people."),
)  # fmt: skip


def _index(fields: tuple[Field, ...]) -> dict[str, Field]:
    index: dict[str, Field] = {}
    for item in fields:
        known = index.setdefault(item.name, item)
        if known != item:
            raise ValueError(f"field {item.name!r} is described twice")
    return index


FIELDS: Final = _index(_ALL)
