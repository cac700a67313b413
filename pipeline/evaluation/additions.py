"""Adding to a label set: new labels are checked one by one and merged, each flaw said with its file and line."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, Final

from pipeline.evaluation.gold import ALL, LABELLED, GoldSet, GoldText, load_gold, records
from pipeline.evaluation.labels import GoldError, Label, dataset_of, identity, label_of

Span = tuple[int, int]
_LARGEST: Final = 200_000_000
"""Bytes that an archive of labels may unpack to."""


@dataclass(frozen=True, slots=True)
class Added:
    """What became of the labels of one text."""

    file: Path
    new: int
    replaced: int
    known: int


def unpacked(path: Path, folder: Path) -> Path:
    """The label set at *path*: itself, or, of an archive that the review page made, its files below *folder*."""
    if not zipfile.is_zipfile(path):
        return path
    with zipfile.ZipFile(path) as packed:
        if sum(item.file_size for item in packed.infolist()) > _LARGEST:
            raise GoldError(f"{path}: unpacks to more than {_LARGEST / 1e6:.0f} MB")
        for item in packed.infolist():
            name = PurePosixPath(item.filename).name
            if name and not item.is_dir():
                (folder / name).write_bytes(packed.read(item))
    return folder


def flaws(path: Path) -> list[str]:
    """Everything that keeps the label set at *path* from loading, one message a line; none where it loads."""
    found: list[str] = []
    for file in sorted(path.glob("*.jsonl")) if path.is_dir() else [path]:
        source = _text_beside(file)
        try:
            for number, record in records(file):
                found += _flaw(record, source, f"{file.name}, line {number}")
        except GoldError as error:
            found.append(str(error))
    if not found:
        try:
            load_gold(path)
        except GoldError as error:
            found.append(str(error))
    return found


def _flaw(record: Mapping[str, Any], source: str | None, where: str) -> list[str]:
    if "labelled_until" in record or source is None:
        return []
    try:
        label_of(record, source, where)
    except GoldError as error:
        return [str(error)]
    return []


def _text_beside(file: Path) -> str | None:
    name = file.name.removesuffix(".jsonl").removesuffix(".gold")
    beside = file.parent / f"{name}.txt"
    return beside.read_bytes().decode("utf-8-sig") if beside.is_file() else None


def add(incoming: GoldSet, folder: Path, *, replace: bool = False) -> list[Added]:
    """Merge *incoming* into the label set *folder*, text by text, known by their bytes; a new text comes with its file.

    A label on the span of another one is the same label where it says the same; where it does not, it takes the other's
    place if *replace*, and stops everything if not: nothing is written then.
    """
    there = {text.source_sha256: text for text in load_gold(folder).texts} if any(folder.glob("*.jsonl")) else {}
    plans = [_plan(text, there.get(text.source_sha256), folder, replace) for text in incoming.texts]
    folder.mkdir(parents=True, exist_ok=True)
    return [plan.carry_out() for plan in plans]


@dataclass(frozen=True, slots=True)
class _Plan:
    text: GoldText
    file: Path
    lines: Sequence[dict[str, Any]]
    slices: Mapping[str, Sequence[Span]]
    counts: tuple[int, int, int]
    is_new: bool

    def carry_out(self) -> Added:
        ordered = sorted(self.lines, key=lambda one: (int(one["start"]), int(one["end"])))
        self.file.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in ordered), encoding="utf-8")
        name = self.file.name.removesuffix(".jsonl").removesuffix(".gold")
        if self.is_new:
            (self.file.parent / f"{name}.txt").write_bytes(self.text.source.read_bytes())
            manifest = self.file.parent / "gold.toml"
            if manifest.is_file():
                with manifest.open("a", encoding="utf-8") as lines:
                    lines.write(f'"{name}" = "{name}.txt"\n')
        if self.slices:
            stored = self.file.parent / "slices.json"
            known = json.loads(stored.read_text(encoding="utf-8")) if stored.is_file() else {}
            known[name] = {dataset: [list(span) for span in part] for dataset, part in self.slices.items()}
            stored.write_text(json.dumps(known, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        return Added(self.file, *self.counts)


def _plan(text: GoldText, known: GoldText | None, folder: Path, replace: bool) -> _Plan:
    file = known.files[0] if known is not None else folder / f"{text.files[0].name.split('.')[0]}.gold.jsonl"
    if known is None and file.exists():
        raise GoldError(f"{file}: another text has this name; give the labels another file name")
    lines = {identity(label): record for _, _, label, record in _read(file, text.text)} if known is not None else {}
    elsewhere = {
        identity(label): record
        for own in (known.files[1:] if known else ())
        for _, _, label, record in _read(own, text.text)
    }
    new = replaced = same = 0
    for source in text.files:
        for name, number, label, record in _read(source, text.text):
            key = identity(label)
            before = lines.get(key) or elsewhere.get(key)
            if before == record:
                same += 1
                continue
            if before is not None and (not replace or key in elsewhere):
                said = _differing(before, record)
                raise GoldError(f"{name}, line {number}: {file.name} labels {record['text']!r} otherwise: {said}")
            new += before is None
            replaced += before is not None
            lines[key] = record
    return _Plan(text, file, list(lines.values()), _slices(text, known), (new, replaced, same), known is None)


def _read(file: Path, text: str) -> Iterator[tuple[str, int, Label, dict[str, Any]]]:
    for number, record in records(file):
        if "labelled_until" not in record:
            yield file.name, number, label_of(record, text, f"{file.name}, line {number}"), record


def _differing(before: Mapping[str, Any], after: Mapping[str, Any]) -> str:
    names = [name for name in {**before, **after} if before.get(name) != after.get(name)]
    return ", ".join(f"{name} {before.get(name)!r} there, {after.get(name)!r} here" for name in names)


def _slices(text: GoldText, known: GoldText | None) -> dict[str, list[Span]]:
    """The labelled stretches of both by dataset; none where the whole text is labelled in all that the labels are of."""
    found = {dataset: _joined([*_own(known, dataset), *_own(text, dataset)]) for dataset in _datasets(text, known)}
    whole = [(0, len(text.text))]
    usual = {ALL: whole} if all(found.get(name, whole) == whole for name in LABELLED) else {}
    others = {name: part for name, part in found.items() if name not in LABELLED}
    if usual and all(part == whole for part in others.values()):
        return {}
    return {**(usual or {name: found.get(name, []) for name in LABELLED}), **others}


def _datasets(text: GoldText, known: GoldText | None) -> list[str]:
    stated = {*text.of_dataset, *(known.of_dataset if known else ()), *map(dataset_of, text.labels)}
    return sorted({*LABELLED, *stated})


def _own(text: GoldText | None, dataset: str) -> Sequence[Span]:
    if text is None:
        return ()
    return text.of_dataset.get(dataset, text.stretches if dataset in LABELLED else ())


def _joined(spans: Sequence[Span]) -> list[Span]:
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined
