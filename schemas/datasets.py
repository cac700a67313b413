"""The datasets: which fields each has, its key, and its Arrow schema.

Columns are named in the order in which they stand in the files. ``REQUIRED`` columns are never null.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

import pyarrow as pa

from schemas.fields import FIELDS, INT, STRING, Field


@dataclass(frozen=True, slots=True)
class Dataset:
    """A dataset: its columns in file order, its key, and what one row is."""

    name: str
    description: str
    columns: tuple[str, ...]
    key: tuple[str, ...]
    required: tuple[str, ...] = ()
    overrides: Mapping[str, Field] = field(default_factory=dict)
    spans_text: bool = False
    """Whether ``text`` equals the canonical text between ``char_start`` and ``char_end``."""

    def fields(self) -> tuple[Field, ...]:
        """The described columns, in file order."""
        return tuple(self.overrides.get(name) or FIELDS[name] for name in self.columns)

    def schema(self, metadata: Mapping[str, str] | None = None) -> pa.Schema:
        """The Arrow schema, each column with its description, unit and allowed values as metadata."""
        never_null = {*self.key, *self.required}
        columns = [
            pa.field(item.name, item.type, nullable=item.name not in never_null, metadata=_metadata(item))
            for item in self.fields()
        ]
        described = {"dataset": self.name, "description": self.description, **(metadata or {})}
        return pa.schema(columns, metadata=described)


def _metadata(item: Field) -> dict[str, str]:
    described = {"description": item.description}
    if item.unit:
        described["unit"] = item.unit
    if item.values:
        described["values"] = "|".join(item.values)
    return described


def _columns(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_PLACE: Final = "document_id clause_id table_id row column"
_SPAN: Final = ("char_start", "char_end", "text")

_DATASETS: Final = (
    Dataset(
        "issues",
        "One gazette issue.",
        _columns(
            "issue_id edition_key title publisher publication_date publication_year number number_total"
            " source_path source_sha256 media_type encoding page_count char_count"
        ),
        ("issue_id",),
        ("source_path", "source_sha256", "media_type", "char_count"),
    ),
    Dataset(
        "documents",
        "One official document.",
        _columns(
            "issue_id document_id ordinal section title subject_title doc_number doc_number_code doc_number_year"
            " doc_number_serial registration_number issuers doc_type recipients signed_date effective_date validity"
            " disclosure toc_title toc_page genre genre_rule plan_year report_year char_start char_end"
        ),
        ("issue_id", "document_id"),
        ("ordinal", "issuers", "recipients", "char_start", "char_end"),
    ),
    Dataset(
        "clauses",
        "One numbered clause, or unnumbered paragraph, title or signature line, or numbered item in a table cell.",
        _columns(
            "issue_id clause_id document_id parent_id ordinal part clause_type level marker number path heading text"
            " char_start char_end subtree_end fragments page_start page_end table_id row column"
            " section_role section_period section_rule"
        ),
        ("issue_id", "clause_id"),
        ("document_id", "ordinal", "part", "clause_type", "level", "path", "text", "char_start", "char_end", "subtree_end"),
        {
            "number": replace(FIELDS["number"], type=INT, description="Value of the marker's last numeral (（三） → 3, 1.2 → 2)."),
            "text": replace(FIELDS["text"], description="The clause's own reading text, marker and heading included, breaks removed; its children's text is theirs."),
            "table_id": replace(FIELDS["table_id"], description="Table that a numbered cell item stands in."),
        },
    ),
    Dataset(
        "tables",
        "One table.",
        _columns(
            "issue_id table_id document_id clause_id ordinal part caption n_rows n_columns header_rows"
            " char_start char_end page_start page_end"
        ),
        ("issue_id", "table_id"),
        ("document_id", "ordinal", "part", "n_rows", "n_columns", "header_rows", "char_start", "char_end"),
        {"clause_id": replace(FIELDS["clause_id"], description="Clause that the table belongs to: the caption or the paragraph before it.")},
    ),
    Dataset(
        "table_cells",
        "One table cell; a merged cell once, with its spans.",
        _columns(
            "issue_id table_id document_id row column row_span column_span is_header header row_label text"
            " inherits_row char_start char_end fragments"
        ),
        ("issue_id", "table_id", "row", "column"),
        ("row_span", "column_span", "is_header", "header", "text", "char_start", "char_end"),
        {},
        True,
    ),
    Dataset(
        "quantities",
        "One measured quantity as printed.",
        _columns(
            f"issue_id quantity_id {_PLACE} char_start char_end fragments text low high unit dimension per comparator"
            " kind indicator deadline stretch action baseline_quantity_id part_of_quantity_id group_id sentence rule_id"
        ),
        ("issue_id", "quantity_id"),
        (*_SPAN, "low", "high", "unit", "comparator", "kind", "indicator", "stretch", "sentence", "rule_id"),
        {},
        True,
    ),
    Dataset(
        "targets",
        "One quantity of kind target, with its owners.",
        _columns(
            "issue_id target_id quantity_id document_id clause_id table_id row indicator indicator_key scope target_year"
            " deadline deadline_date low high unit low_std high_std unit_std comparator stretch lead_agencies"
            " responsible_agencies support_agencies officials clause_path sentence char_start char_end text"
        ),
        ("issue_id", "target_id"),
        (
            *_SPAN, "quantity_id", "indicator", "indicator_key", "low", "high", "unit", "comparator", "stretch",
            "lead_agencies", "responsible_agencies", "support_agencies", "officials", "sentence",
        ),
        {},
        True,
    ),
    Dataset(
        "officials",
        "One printed mention of a named person, or of an office in charge.",
        _columns(
            f"issue_id official_id {_PLACE} applies_to_rows char_start char_end fragments text name name_repaired"
            " person_key mention_type role organization position action effective_date rule_id"
        ),
        ("issue_id", "official_id"),
        (*_SPAN, "applies_to_rows", "name_repaired", "mention_type", "rule_id"),
        {
            "action": Field(
                "action", STRING, "What an appointment does; empty for other mentions.", None,
                ("appoint", "remove", "engage", "nominate", "lapse", "retire"),
            ),
            "effective_date": replace(FIELDS["effective_date"], description="Day from which the appointment counts, where stated."),
        },
        True,
    ),
    Dataset(
        "responsibilities",
        "One printed agency with one duty.",
        _columns(
            f"issue_id responsibility_id {_PLACE} applies_to_rows char_start char_end fragments text agency agency_key"
            " duty rule_id"
        ),
        ("issue_id", "responsibility_id"),
        (*_SPAN, "applies_to_rows", "agency", "agency_key", "duty", "rule_id"),
        {},
        True,
    ),
    Dataset(
        "citations",
        "One printed document number or cited title.",
        _columns(
            "issue_id citation_id document_id clause_id citation_kind char_start char_end text title doc_number"
            " cited_document_id rule_id"
        ),
        ("issue_id", "citation_id"),
        (*_SPAN, "citation_kind", "rule_id"),
        {
            "title": replace(FIELDS["title"], description="Cited title without its brackets and line breaks."),
            "doc_number": replace(FIELDS["doc_number"], description="Cited document number, without blanks and line breaks."),
        },
        True,
    ),
    Dataset(
        "segments",
        "One stretch of the canonical text, or of a page, by what it is; the leaf stretches tile the text.",
        _columns(
            "issue_id segment_type is_leaf document_id clause_id table_id char_start char_end page x0 top x1 bottom furniture_text"
        ),
        ("issue_id",),
        ("segment_type", "is_leaf"),
    ),
    Dataset(
        "pages",
        "One page of a paged source.",
        _columns("issue_id page width height rotation method text_quality ocr_confidence char_start char_end"),
        ("issue_id", "page"),
        ("method", "char_start", "char_end"),
    ),
    Dataset(
        "problems",
        "One thing that a reader, segmenter or extractor noticed.",
        _columns("issue_id category severity message document_id char_start char_end page"),
        ("issue_id",),
        ("category", "severity", "message"),
    ),
)  # fmt: skip

DATASETS: Final[Mapping[str, Dataset]] = {dataset.name: dataset for dataset in _DATASETS}
