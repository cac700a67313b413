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
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final


class GoldError(ValueError):
    """A label file does not say what it must say."""


@dataclass(frozen=True, slots=True)
class QuantityLabel:
    """One measured quantity; ``low`` and ``high`` in the unit without its scale, as in the dataset."""

    start: int
    end: int
    low: float
    high: float
    unit: str
    comparator: str
    kind: str
    indicator: str
    deadline: str | None
    stretch: bool


@dataclass(frozen=True, slots=True)
class PersonLabel:
    """One printed mention of a named person."""

    start: int
    end: int
    name: str
    role: str | None


@dataclass(frozen=True, slots=True)
class AgencyLabel:
    """One printed agency with its duty."""

    start: int
    end: int
    agency: str
    duty: str


Label = QuantityLabel | PersonLabel | AgencyLabel
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
    labels: tuple[Label, ...]
    documents: tuple[DocumentLabel, ...] | None

    def covers(self, offset: int) -> bool:
        """Whether *offset* lies in a labelled stretch."""
        return any(start <= offset < end for start, end in self.stretches)


@dataclass(frozen=True, slots=True)
class GoldSet:
    """A set of labelled texts, scored as one."""

    name: str
    texts: tuple[GoldText, ...]


_LABEL_KEYS: Final[Mapping[str, frozenset[str]]] = {
    "q": frozenset({"low", "high", "unit", "cmp", "kind", "indicator", "deadline", "stretch"}),
    "p": frozenset({"name", "role", "org", "position"}),
    "a": frozenset({"agency", "duty"}),
}
_SHARED_KEYS: Final = frozenset({"t", "start", "end", "text"})
_OPTIONAL_KEYS: Final = frozenset({"deadline", "stretch", "org", "position"})
_DOCUMENT_KEYS: Final = frozenset({"title", "doc_number", "issuers", "signed_date", "clauses"})
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


def _slices(folder: Path) -> dict[str, list[tuple[int, int]]]:
    file = folder / "slices.json"
    if not file.is_file():
        return {}
    data = json.loads(file.read_text(encoding="utf-8"))
    return {name: [(int(start), int(end)) for start, end in stretches] for name, stretches in data.items()}


def _load_text(source: Path, files: Sequence[Path], slices: Mapping[str, list[tuple[int, int]]]) -> GoldText:
    data = source.read_bytes()
    text = data.decode("utf-8-sig")
    stretches: list[tuple[int, int]] = []
    labels: list[Label] = []
    documents: list[DocumentLabel] | None = None
    for file in files:
        name = _stem(file)
        stretches += slices.get(name, [(0, len(text))])
        labels += _labels(file, text)
        described = file.parent / f"{name}.docs.json"
        if described.is_file():
            documents = (documents or []) + _documents(described)
    return GoldText(
        name="+".join(_stem(file) for file in files),
        source=source,
        source_sha256=hashlib.sha256(data).hexdigest(),
        text=text,
        stretches=tuple(sorted(set(stretches))),
        labels=tuple(labels),
        documents=None if documents is None else tuple(documents),
    )


def _labels(file: Path, text: str) -> list[Label]:
    labels: list[Label] = []
    for number, line in enumerate(file.read_bytes().decode("utf-8").split("\n"), start=1):
        if line.strip():
            where = f"{file.name}, line {number}"
            try:
                record = json.loads(line)
            except json.JSONDecodeError as error:
                raise GoldError(f"{where}: {error}") from error
            labels.append(_label(record, text, where))
    return labels


def _label(record: Mapping[str, Any], text: str, where: str) -> Label:
    keys = _LABEL_KEYS.get(record.get("t", ""))
    if keys is None:
        raise GoldError(f"{where}: t is q, p or a, not {record.get('t')!r}")
    unknown = record.keys() - keys - _SHARED_KEYS
    missing = (keys | _SHARED_KEYS) - record.keys() - _OPTIONAL_KEYS
    if unknown or missing:
        raise GoldError(f"{where}: unknown keys {sorted(unknown)}, missing keys {sorted(missing)}")
    start, end = int(record["start"]), int(record["end"])
    if text[start:end] != record["text"] or start >= end:
        raise GoldError(f"{where}: {text[start:end]!r} stands at its offsets, not {record['text']!r}")
    if record["t"] == "a":
        return AgencyLabel(start, end, record["agency"], record["duty"])
    if record["t"] == "p":
        return PersonLabel(start, end, record["name"], record["role"])
    return QuantityLabel(
        start,
        end,
        float(record["low"]),
        float(record["high"]),
        record["unit"] or "",
        record["cmp"],
        record["kind"],
        record["indicator"],
        record.get("deadline"),
        bool(record.get("stretch")),
    )


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
