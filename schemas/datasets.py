"""The datasets: which fields each has, its key, and what its consumers must know of it.

Columns are named in the order in which they stand in the files. ``REQUIRED`` columns are never null. Store, loader,
comparison, explanation, rule registry, site, dictionary and reports iterate :data:`DATASETS` and ask each dataset:
none of them lists datasets itself. No Arrow is needed to look at a dataset; :mod:`schemas.arrow` makes its schema.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Final

from schemas.fields import FIELDS, INT, STRING, Field


@dataclass(frozen=True, slots=True)
class Dataset:
    """A dataset: its columns in file order, its key, what one row is, and how its consumers treat it."""

    name: str
    description: str
    columns: tuple[str, ...]
    key: tuple[str, ...]
    required: tuple[str, ...] = ()
    overrides: Mapping[str, Field] = field(default_factory=dict)
    spans_text: bool = False
    """Whether ``text`` equals the canonical text between ``char_start`` and ``char_end``."""

    letter: str | None = None
    """The letter in the ids of its rows (``<issue_id>/q/…``)."""
    label: str = ""
    """What one row is called on the site (``Person``); empty where the site shows none of them."""
    plural: str = ""
    """What several are called (``people``); empty where the site does not count them."""

    is_mention: bool = False
    """Whether extractors make its rows: :class:`schemas.rows.Extraction` has a field of this name, a record a row."""
    describes: str | None = None
    """The dataset that its rows describe further, one to one; a mark in the text is that row's."""
    rule_family: str | None = None
    """How the ids of the rules that make its rows begin (``quantity``)."""
    split_by: str | None = None
    """The column whose values tell its rows apart in counts and marks."""
    shown: tuple[str, ...] = ()
    """The columns that a table of its rows shows beside their context."""
    judged: tuple[str, ...] = ()
    """The columns that labels judge; none where no labels are made of its rows."""
    decides: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """What a rule column decides where its name does not say it (``indicator_rule``: the metric)."""

    is_compared: bool = True
    """Whether a comparison of two folders looks at it; what follows from the source and the other datasets is not."""
    meets_by: tuple[str, ...] = ()
    """The columns by which rows of two readings of an issue meet; the key's own where it tells rows apart."""
    in_baseline: bool = False
    """Whether a committed baseline holds it."""
    is_counted: bool = False
    """Whether the report of a run counts its rows."""

    def fields(self) -> tuple[Field, ...]:
        """The described columns, in file order."""
        return tuple(self.overrides.get(name) or FIELDS[name] for name in self.columns)

    @property
    def id_column(self) -> str | None:
        """The column with the row's own id; ``None`` where rows have none beside that of their issue."""
        last = self.key[-1]
        return last if last.endswith("_id") and last != "issue_id" else None

    @property
    def natural_key(self) -> tuple[str, ...]:
        """The columns by which a row is known within its issue; none where an issue has one row."""
        return self.meets_by or tuple(name for name in self.key if name != "issue_id")

    @property
    def has_rules(self) -> bool:
        """Whether each row names the rule that made it."""
        return "rule_id" in self.columns

    @property
    def decisions(self) -> Mapping[str, tuple[str, ...]]:
        """Its columns that name a rule, each with the columns that this rule decides.

        ``kind_rule`` decides ``kind``. ``rule_id`` decides that there is a row, and the judged columns that no other
        rule decides.
        """
        named = [name for name in self.columns if name.endswith("_rule")]
        found = {name: self.decides.get(name, (name.removesuffix("_rule"),)) for name in named}
        if self.has_rules:
            settled = {column for columns in found.values() for column in columns}
            found = {"rule_id": tuple(name for name in self.judged if name not in settled)} | found
        return found

    @property
    def has_marks(self) -> bool:
        """Whether each row is a mark of its own in the text."""
        return self.is_mention and self.describes is None


def _columns(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_AREA: Final = "place place_code place_level place_path"
_PLACE: Final = "document_id clause_id table_id row column"
_OWNERS: Final = ("lead_agencies", "responsible_agencies", "support_agencies", "officials")
_SPAN: Final = ("char_start", "char_end", "text")

_mention: Final = partial(Dataset, spans_text=True, is_mention=True, in_baseline=True, is_counted=True)

_DATASETS: Final = (
    Dataset(
        "issues",
        "One gazette issue.",
        _columns(
            "issue_id edition_key title publisher publication_date publication_year number number_last"
            f" number_total number_total_last special {_AREA} source_path source_sha256 media_type encoding page_count char_count"
        ),
        ("issue_id",),
        ("source_path", "source_sha256", "media_type", "char_count"),
        in_baseline=True,
    ),
    Dataset(
        "documents",
        "One official document.",
        _columns(
            "issue_id document_id ordinal section title subject_title doc_number doc_number_code doc_number_year"
            " doc_number_serial registration_number issuers doc_type recipients signed_date effective_date adopted_date"
            f" adopted_by history validity disclosure toc_title toc_page {_AREA}"
            " genre genre_rule speaker plan_year report_year char_start char_end"
        ),
        ("issue_id", "document_id"),
        ("ordinal", "issuers", "recipients", "history", "char_start", "char_end"),
        letter="d",
        in_baseline=True,
        is_counted=True,
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
        letter="c",
        plural="clauses",
        judged=("clause_type", "level", "marker", "heading"),
        decides={"section_rule": ("section_role", "section_period")},
        is_counted=True,
    ),
    Dataset(
        "tables",
        "One table.",
        _columns(
            "issue_id table_id document_id clause_id ordinal part caption unit_note unit_start unit_end n_rows n_columns"
            " header_rows char_start char_end page_start page_end"
        ),
        ("issue_id", "table_id"),
        ("document_id", "ordinal", "part", "n_rows", "n_columns", "header_rows", "char_start", "char_end"),
        {"clause_id": replace(FIELDS["clause_id"], description="Clause that the table belongs to: the caption or the paragraph before it.")},
        letter="t",
        plural="tables",
        is_counted=True,
    ),
    Dataset(
        "table_cells",
        "One table cell; a merged cell once, with its spans.",
        _columns(
            "issue_id table_id document_id row column row_span column_span is_header header row_label row_group"
            " part_of_row text inherits_row char_start char_end fragments"
        ),
        ("issue_id", "table_id", "row", "column"),
        ("row_span", "column_span", "is_header", "header", "row_group", "text", "char_start", "char_end"),
        spans_text=True,
    ),
    _mention(
        "quantities",
        "One measured quantity as printed.",
        _columns(
            f"issue_id quantity_id {_PLACE} char_start char_end fragments text low high unit unit_rule dimension per comparator comparator_rule"
            " kind kind_rule indicator indicator_key subject subject_type subject_start subject_end subject_rule metric metric_key metric_code indicator_rule indicator_confidence"
            " kind_confidence"
            " transformation transformation_rule direction unit_std obs_low obs_high obs_comparator"
            " deadline deadline_rule time_period time_period_basis time_period_rule stretch stretch_rule"
            " action baseline_quantity_id part_of_quantity_id group_id sentence rule_id"
        ),
        ("issue_id", "quantity_id"),
        (
            *_SPAN, "low", "high", "unit", "unit_rule", "comparator", "comparator_rule", "kind", "indicator", "indicator_key", "metric", "metric_key",
            "indicator_rule", "indicator_confidence", "kind_confidence", "transformation", "transformation_rule", "unit_std", "obs_low", "obs_high", "obs_comparator", "stretch",
            "sentence", "rule_id",
        ),
        letter="q",
        label="Quantity",
        plural="quantities",
        rule_family="quantity",
        split_by="kind",
        shown=("kind", "comparator", "low", "high", "unit", "indicator", "deadline"),
        judged=(
            "kind", "indicator", "metric", "subject", "low", "high", "unit", "comparator", "transformation", "direction",
            "deadline", "time_period", "stretch",
        ),
        decides={"indicator_rule": ("metric", "indicator"), "transformation_rule": ("transformation", "direction")},
    ),
    _mention(
        "targets",
        "One quantity of kind target, with its owners.",
        _columns(
            "issue_id target_id quantity_id document_id clause_id table_id row indicator indicator_key subject subject_type"
            " subject_start subject_end subject_rule metric metric_key metric_code indicator_rule indicator_confidence"
            " kind_confidence transformation transformation_rule direction scope target_year"
            " kind_rule deadline deadline_rule time_period time_period_basis time_period_rule deadline_date stretch_rule"
            " low high unit unit_rule low_std high_std unit_std obs_low obs_high obs_comparator comparator comparator_rule stretch lead_agencies"
            " responsible_agencies support_agencies officials lead_agency_keys responsible_agency_keys"
            " support_agency_keys person_keys owner_rule same_as conflict_id clause_path sentence char_start char_end text"
        ),
        ("issue_id", "target_id"),
        (
            *_SPAN, "quantity_id", "indicator", "indicator_key", "low", "high", "unit", "unit_rule", "comparator",
            "comparator_rule", "stretch",
            "lead_agencies", "responsible_agencies", "support_agencies", "officials", "lead_agency_keys",
            "responsible_agency_keys", "support_agency_keys", "person_keys", "sentence",
        ),
        letter="g",
        describes="quantities",
        judged=_OWNERS,
        decides={"owner_rule": _OWNERS},
    ),
    _mention(
        "milestones",
        "One thing to be done by a stated time that no quantity measures, with its owners.",
        _columns(
            f"issue_id milestone_id {_PLACE} char_start char_end fragments text action object subject deadline deadline_date"
            " time_period stretch lead_agencies responsible_agencies support_agencies officials lead_agency_keys"
            " responsible_agency_keys support_agency_keys person_keys owner_rule clause_path sentence rule_id"
            " deadline_rule object_rule"
        ),
        ("issue_id", "milestone_id"),
        (
            *_SPAN, "action", "object", "deadline", "time_period", "stretch", "lead_agencies", "responsible_agencies",
            "support_agencies", "officials", "sentence", "rule_id", "deadline_rule",
        ),
        {
            "subject": replace(FIELDS["subject"], description="Body that is to do it, as named before its verb or its time (县财政局6月底前出台…); empty where none is named there."),
            "time_period": replace(FIELDS["time_period"], description="Period in which it is to be done: that of the deadline."),
            "deadline": replace(FIELDS["deadline"], description="Partial date by which it is to be done, as stated: YYYY, YYYY-MM or YYYY-MM-DD."),
            "action": Field("action", STRING, "Verb as printed (完成, 启动, 建成投用); empty where the entry of a schedule or row has none."),
        },
        letter="m",
        label="Milestone",
        plural="milestones",
        rule_family="milestone",
        shown=("action", "object", "deadline", "lead_agencies", "responsible_agencies"),
        judged=("action", "object", "deadline", "stretch", *_OWNERS),
        decides={"object_rule": ("object",), "owner_rule": _OWNERS},
    ),
    _mention(
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
                "action", STRING, "What is done to the person: an appointment, a punishment, a commendation; empty where none is said.", None,
                ("appoint", "remove", "engage", "nominate", "lapse", "retire", "punish", "commend"),
            ),
            "effective_date": replace(FIELDS["effective_date"], description="Day from which the appointment counts, where stated."),
        },
        letter="o",
        label="Person",
        plural="people",
        rule_family="official",
        shown=("name", "mention_type", "role", "organization", "position"),
        judged=("name", "role"),
    ),
    _mention(
        "responsibilities",
        "One printed agency with one duty.",
        _columns(
            f"issue_id responsibility_id {_PLACE} applies_to_rows char_start char_end fragments text agency agency_key"
            " duty rule_id"
        ),
        ("issue_id", "responsibility_id"),
        (*_SPAN, "applies_to_rows", "agency", "agency_key", "duty", "rule_id"),
        letter="r",
        label="Agency",
        plural="agencies",
        rule_family="responsibility",
        shown=("agency", "duty", "agency_key"),
        judged=("agency", "duty"),
    ),
    _mention(
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
        letter="x",
        label="Citation",
        plural="citations",
        rule_family="citation",
        shown=("citation_kind", "title", "doc_number"),
        judged=("citation_kind", "title", "doc_number"),
    ),
    Dataset(
        "segments",
        "One stretch of the canonical text, or of a page, by what it is; the leaf stretches tile the text.",
        _columns(
            "issue_id segment_type is_leaf document_id clause_id table_id char_start char_end page x0 top x1 bottom furniture_text"
        ),
        ("issue_id",),
        ("segment_type", "is_leaf"),
        is_compared=False,
    ),
    Dataset(
        "pages",
        "One page of a paged source.",
        _columns("issue_id page width height rotation method text_quality ocr_confidence char_start char_end"),
        ("issue_id", "page"),
        ("method", "char_start", "char_end"),
        is_compared=False,
    ),
    Dataset(
        "problems",
        "One thing that a reader, segmenter or extractor noticed.",
        _columns("issue_id category severity message document_id char_start char_end page"),
        ("issue_id",),
        ("category", "severity", "message"),
        plural="problems",
        meets_by=("category", "char_start", "char_end", "page", "message"),
    ),
)  # fmt: skip

DATASETS: Final[Mapping[str, Dataset]] = {dataset.name: dataset for dataset in _DATASETS}
"""Every dataset by its name, in the order in which an issue's files are written."""


def marked() -> list[Dataset]:
    """The datasets whose rows are marks of their own in the text."""
    return [dataset for dataset in DATASETS.values() if dataset.has_marks]


def split_values(dataset: Dataset) -> tuple[str, ...]:
    """The values that tell the rows of *dataset* apart in counts and marks; none where nothing does."""
    columns = {column.name: column.values for column in dataset.fields()}
    return columns[dataset.split_by] if dataset.split_by else ()
