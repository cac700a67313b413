"""Labelled gazettes: sets of label files, the texts that they label, and the stretches that they cover.

A set is a folder (or one file) of ``NAME.jsonl`` or ``NAME.gold.jsonl`` with one label a line. Beside
them may stand ``gold.toml`` (the source of each file), ``slices.json`` (labelled stretches; without an
entry the whole text is labelled) and ``NAME.docs.json`` (documents and clauses). Files of one source are
scored together. Loading is strict: an unknown key, or a label whose text does not stand at its offsets,
stops it.
"""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from pipeline.evaluation.labels import GoldError, Label, dataset_of, identity, label_of
from pipeline.evaluation.second_guide import Accepted, load_accepted

LABELLED: Final = ("quantities", "officials", "responsibilities")
"""The datasets that every set labels; of the others, stretches are said by dataset."""
END: Final = "end"
"""The ``t`` of a line that says up to where a text is labelled (``labelled_until``)."""
ClauseLabel = tuple[str, int, str]
"""Marker as printed, level from 1, first ten characters after the marker."""


@dataclass(frozen=True, slots=True)
class DocumentLabel:
    """One document. ``stated`` holds the columns that the label gives; others are not scored."""

    stated: Mapping[str, Any]
    clauses: tuple[ClauseLabel, ...]


@dataclass(frozen=True, slots=True)
class GoldText:
    """All labels of one source in one set."""

    name: str
    source: Path
    source_sha256: str
    text: str
    stretches: tuple[tuple[int, int], ...]
    """What is labelled of the datasets that every set labels (:data:`LABELLED`)."""
    labels: tuple[Label, ...]
    documents: tuple[DocumentLabel, ...] | None
    of_dataset: Mapping[str, tuple[tuple[int, int], ...]] = field(default_factory=dict)
    """What is labelled of the other datasets, each by itself."""
    files: tuple[Path, ...] = ()
    """The label files."""
    accepted: Mapping[int, Accepted] = field(default_factory=dict)
    """What the second guide accepts, by the offset of the quantity, where a reader judged labels of the first by it."""

    def covers(self, offset: int, dataset: str = LABELLED[0]) -> bool:
        """Whether *offset* lies in a stretch that is labelled with regard to *dataset*."""
        stretches = self.of_dataset.get(dataset, self.stretches if dataset in LABELLED else ())
        return any(start <= offset < end for start, end in stretches)

    def judges(self, dataset: str) -> bool:
        """Whether anything is labelled with regard to *dataset*."""
        return dataset in LABELLED or dataset in self.of_dataset


@dataclass(frozen=True, slots=True)
class GoldSet:
    """A set of labelled texts, scored as one."""

    name: str
    texts: tuple[GoldText, ...]


_DOCUMENT_KEYS: Final = frozenset(
    {"title", "doc_number", "issuers", "signed_date", "adopted_date", "doc_type", "speaker", "clauses"}
)
"""What a label of a document may state (:mod:`pipeline.evaluation.documents` judges it)."""
Slices = Mapping[str, list[tuple[int, int]]]
ALL: Final = "*"
"""Stands for the datasets that every set labels."""
_SUFFIXES: Final = (".gold.jsonl", ".jsonl")


def load_gold(path: Path) -> GoldSet:
    """The labelled texts of a folder or of one label file. Raises :class:`GoldError` on any flaw."""
    folder = path if path.is_dir() else path.parent
    files = sorted(folder.glob("*.jsonl")) if path.is_dir() else [path]
    if not files or not all(file.is_file() for file in files):
        raise GoldError(f"{path}: no label files (*.jsonl)")
    sources = _sources(folder)
    by_source: dict[Path, list[Path]] = {}
    for file in files:
        name = _stem(file)
        source = sources.get(name, folder / f"{name}.txt").resolve()
        if not source.is_file():
            raise GoldError(f"{file}: its source text {source.name} is not there (name it in gold.toml)")
        by_source.setdefault(source, []).append(file)
    slices = _slices(folder)
    texts = tuple(_load_text(source, group, slices) for source, group in by_source.items())
    return GoldSet(folder.name if path.is_dir() else f"{folder.name}/{_stem(path)}", texts)


def _stem(file: Path) -> str:
    for suffix in _SUFFIXES:
        if file.name.endswith(suffix):
            return file.name.removesuffix(suffix)
    raise GoldError(f"{file}: a label file's name ends in .jsonl")


def _sources(folder: Path) -> dict[str, Path]:
    manifest = folder / "gold.toml"
    if not manifest.is_file():
        return {}
    data = tomllib.loads(manifest.read_text(encoding="utf-8"))
    if data.keys() != {"sources"}:
        raise GoldError(f"{manifest}: holds one table, [sources]")
    return {name: folder / relative for name, relative in data["sources"].items()}


def _slices(folder: Path) -> dict[str, Slices]:
    """The labelled stretches by file: a list for all datasets that every set labels, or one by dataset."""
    file = folder / "slices.json"
    if not file.is_file():
        return {}
    data = json.loads(file.read_text(encoding="utf-8"))
    return {
        name: {dataset: [(int(start), int(end)) for start, end in part] for dataset, part in by_dataset.items()}
        for name, stretches in data.items()
        for by_dataset in [stretches if isinstance(stretches, dict) else {ALL: stretches}]
    }


def _load_text(source: Path, files: Sequence[Path], slices: Mapping[str, Slices]) -> GoldText:
    data = source.read_bytes()
    text = data.decode("utf-8-sig")
    stretches: dict[str, list[tuple[int, int]]] = {}
    labels: list[Label] = []
    accepted: dict[int, Accepted] = {}
    documents: list[DocumentLabel] | None = None
    for file in files:
        name = _stem(file)
        own = [label for _, label in read_labels(file, text)]
        whole = (0, _labelled_until(file) or len(text))
        for dataset, part in slices.get(name, {ALL: [whole]}).items():
            stretches.setdefault(dataset, []).extend(part)
        if name not in slices:
            for dataset in {dataset_of(label) for label in own} - set(LABELLED):
                stretches.setdefault(dataset, []).append(whole)
        labels += own
        accepted |= load_accepted(file.parent, name, own)
        described = file.parent / f"{name}.docs.json"
        if described.is_file():
            documents = (documents or []) + _documents(described)
    return GoldText(
        name="+".join(_stem(file) for file in files),
        source=source,
        source_sha256=hashlib.sha256(data).hexdigest(),
        text=text,
        stretches=tuple(sorted(set(stretches.pop(ALL, [])))),
        labels=tuple(labels),
        documents=None if documents is None else tuple(documents),
        of_dataset={dataset: tuple(sorted(set(part))) for dataset, part in sorted(stretches.items())},
        files=tuple(files),
        accepted=accepted,
    )


def read_labels(file: Path, text: str) -> list[tuple[int, Label]]:
    """The labels of *file* about *text*, each with the number of its line; two on one span stop the load."""
    found: list[tuple[int, Label]] = []
    seen: dict[tuple[object, ...], int] = {}
    for number, record in records(file):
        if record.get("t") == END:
            continue
        label = label_of(record, text, f"{file.name}, line {number}")
        first = seen.setdefault(identity(label), number)
        if first != number:
            raise GoldError(f"{file.name}, line {number}: line {first} labels the same span {record['text']!r}")
        found.append((number, label))
    return found


def records(file: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """The objects of a label file, each with the number of its line."""
    for number, line in enumerate(file.read_bytes().decode("utf-8").split("\n"), start=1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except json.JSONDecodeError as error:
            raise GoldError(f"{file.name}, line {number}: {error}") from error
        if not isinstance(record, dict):
            raise GoldError(f"{file.name}, line {number}: a label is an object, not {record!r}")
        yield number, record


def _labelled_until(file: Path) -> int | None:
    return next((int(record["labelled_until"]) for _, record in records(file) if record.get("t") == END), None)


def _documents(file: Path) -> list[DocumentLabel]:
    documents: list[DocumentLabel] = []
    for record in json.loads(file.read_text(encoding="utf-8")):
        unknown = record.keys() - _DOCUMENT_KEYS
        if unknown:
            raise GoldError(f"{file.name}: unknown keys {sorted(unknown)}")
        clauses = tuple((str(marker), int(level), str(opening)) for marker, level, opening in record.get("clauses", []))
        stated = {key: value for key, value in record.items() if key != "clauses"}
        documents.append(DocumentLabel(stated, clauses))
    return documents
