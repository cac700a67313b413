"""One issue as the site shows it: its rows, and the pages into which its text is cut."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from pipeline.auditing.folders import Folder
from pipeline.site.blocks import Structure
from pipeline.site.judged import IssueJudgement
from pipeline.site.marks import Mark, MarkIndex, Row, clause_mark, mark_of
from schemas.datasets import DATASETS, marked, split_values

FRONT: Final = "front"


@dataclass(frozen=True, slots=True)
class Page:
    """A part of an issue with a page of its own: a document, or all that stands outside of documents."""

    name: str
    title: str
    document: Row | None
    stretches: tuple[tuple[int, int], ...]

    @property
    def short_title(self) -> str:
        """The subject's title where there is one: that of a covering notice says 关于印发 first."""
        return str((self.document or {}).get("subject_title") or self.title)

    def holds(self, offset: int) -> bool:
        """Whether the character at *offset* is shown on this page."""
        return any(start <= offset < end for start, end in self.stretches)


@dataclass(frozen=True, slots=True)
class Listed:
    """What a list of documents shows of an issue: its row, and its pages, each with its counts."""

    row: Row
    pages: tuple[tuple[Page, Counter[str]], ...]


@dataclass(frozen=True)
class IssueView:
    """The rows of one issue by dataset, its text, and its labels' verdicts; read as they are asked for."""

    row: Row
    folder: Folder
    judgement: IssueJudgement

    @cached_property
    def text(self) -> str:
        """The canonical text."""
        return self.folder.text(self.issue_id) or ""

    @cached_property
    def rows(self) -> Mapping[str, list[Row]]:
        """The rows by dataset."""
        return _Rows(self.folder, self.issue_id)

    @property
    def issue_id(self) -> str:
        """The issue's id."""
        return str(self.row["issue_id"])

    @cached_property
    def pages(self) -> tuple[Page, ...]:
        """The pages, which tile the text."""
        return tuple(_pages(self.rows["documents"], int(self.row["char_count"])))

    @cached_property
    def structure(self) -> Structure:
        """What the blocks of its pages are made from."""
        cells: dict[str, list[Row]] = {}
        for cell in self.rows["table_cells"]:
            cells.setdefault(str(cell["table_id"]), []).append(cell)
        leaves = [row for row in self.rows["segments"] if row["is_leaf"] and row["char_start"] is not None]
        return Structure(
            sorted(leaves, key=lambda row: int(row["char_start"])),
            {str(row["clause_id"]): row for row in self.rows["clauses"]},
            self.rows["tables"],
            cells,
        )

    @cached_property
    def marks(self) -> tuple[Mark, ...]:
        """The marks of the whole issue."""
        marks = [mark_of(dataset, row) for dataset in marked() for row in self.rows[dataset.name]]
        marks += [mark for row in self.rows["clauses"] if (mark := clause_mark(self.text, row)) is not None]
        marks += [
            Mark("labels", "missed", {"dataset": item.dataset, **item.expected, "text": item.text,
                                      "char_start": item.start, "char_end": item.end}, ((item.start, item.end),))
            for item in self.judgement.missed()
        ]  # fmt: skip
        return tuple(marks)

    def index(self, page: Page) -> MarkIndex:
        """The marks of one page."""
        return self._indexes[page.name]

    @cached_property
    def _indexes(self) -> dict[str, MarkIndex]:
        """The marks of every page, by its name."""
        held: dict[str, list[Mark]] = {page.name: [] for page in self.pages}
        for mark in self.marks:
            if (page := self._page_holding(mark.start)) is not None:
                held[page.name].append(mark)
        return {name: MarkIndex.of(marks) for name, marks in held.items()}

    @cached_property
    def _stretches(self) -> list[tuple[int, int, Page]]:
        """The stretches of the pages, which tile the text, in its order."""
        return sorted(
            ((start, end, page) for page in self.pages for start, end in page.stretches),
            key=lambda stretch: stretch[:2],
        )

    def _page_holding(self, offset: int) -> Page | None:
        place = bisect_right(self._stretches, offset, key=lambda stretch: stretch[0]) - 1
        if place < 0:
            return None
        _, end, page = self._stretches[place]
        return page if offset < end else None

    def page_at(self, offset: int | None) -> Page:
        """The page on which the character at *offset* stands; the front page where there is none."""
        return (None if offset is None else self._page_holding(offset)) or self.pages[0]

    def counts(self, page: Page) -> Counter[str]:
        """How many rows of each dataset, and quantities of each kind, begin on a page."""
        return self._counts[page.name]

    @property
    def listed(self) -> Listed:
        """What lists of documents show of it."""
        return Listed(self.row, tuple((page, self.counts(page)) for page in self.pages))

    @cached_property
    def _counts(self) -> dict[str, Counter[str]]:
        counts: dict[str, Counter[str]] = {page.name: Counter() for page in self.pages}
        for dataset in (one for one in DATASETS.values() if one.plural):
            for row in self.rows[dataset.name]:
                page = None if row["char_start"] is None else self._page_holding(int(row["char_start"]))
                if page is not None:
                    counts[page.name][dataset.name] += 1
                    if dataset.split_by:
                        counts[page.name][str(row[dataset.split_by])] += 1
        return counts


def counted() -> list[tuple[str, str]]:
    """What the site counts, with its name for people: marks first, where a column splits them by its values."""
    named: list[tuple[str, str]] = []
    for dataset in sorted(DATASETS.values(), key=lambda dataset: not dataset.has_marks):
        values = split_values(dataset)
        if values:
            named += [(value, f"{value}s") for value in values]
        elif dataset.plural:
            named.append((dataset.name, dataset.plural))
    return named


class _Rows(dict[str, list[Row]]):
    """Rows by dataset, each dataset read when it is first asked for."""

    def __init__(self, folder: Folder, issue_id: str) -> None:
        super().__init__()
        self._folder, self._issue_id = folder, issue_id

    def __missing__(self, dataset: str) -> list[Row]:
        rows: list[Row] = list(self._folder.rows(dataset, self._issue_id))
        self[dataset] = rows
        return rows


def open_issue(folder: Folder, issue_id: str, judgement: IssueJudgement | None) -> IssueView:
    """One issue of a processed folder."""
    return IssueView(folder.issues[issue_id], folder, judgement or IssueJudgement())


def _pages(documents: Sequence[Row], length: int) -> Iterator[Page]:
    """The page of what no document holds, then one page a document."""
    ordered = sorted(documents, key=lambda row: int(row["char_start"]))
    spans = [(int(row["char_start"]), int(row["char_end"])) for row in ordered]
    outside: list[tuple[int, int]] = []
    at = 0
    for start, end in (*spans, (length, length)):
        if start > at:
            outside.append((at, start))
        at = max(at, end)
    yield Page(FRONT, "Outside of documents", None, tuple(outside))
    for row, span in zip(ordered, spans, strict=True):
        title = str(row["title"] or row["subject_title"] or row["doc_number"] or "Document without a title")
        yield Page(f"d{span[0]}", title, row, (span,))
