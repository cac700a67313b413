"""Labels and predictions on their way to other tools and back: a text with its records, offsets in characters."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from pipeline.evaluation.gold import GoldSet, records
from pipeline.evaluation.labels import GoldError, dataset_of_letter, letter_of
from schemas.datasets import DATASETS

Record = dict[str, Any]
"""A label as a line of a label file has it: t, start, end, text and what it says."""
NOT_SAID: Final = ("t", "start", "end", "text")


@dataclass(frozen=True, slots=True)
class Task:
    """One text with its records; *origin* names where they come from, for messages."""

    name: str
    text: str
    records: tuple[Record, ...]
    origin: str = field(default="", compare=False)


def tasks_of_gold(gold: GoldSet) -> Iterator[Task]:
    """The texts of a label set with its labels as they stand in its files."""
    for text in gold.texts:
        found = [record for file in text.files for _, record in records(file) if dataset_of_letter(record.get("t"))]
        yield Task(text.name, text.text, tuple(found), text.name)


def record_of_row(dataset: str, row: Mapping[str, Any], text: str) -> Record | None:
    """What a label would say that says the same as *row*; ``None`` where no label can (an office without a name)."""
    if row.get("char_start") is None or (dataset == "officials" and not row.get("name")):
        return None
    start, end = int(row["char_start"]), int(row["char_end"])
    said: Record = {"t": letter_of(dataset), "start": start, "end": end, "text": text[start:end]}
    if dataset == "officials":
        name = "".join(str(row["name"]).split())
        return said | {
            "name": name,
            "role": row["role"],
            "org": row.get("organization"),
            "position": row.get("position"),
        }
    columns = {"comparator": "cmp"} if dataset == "quantities" else {}
    return said | {columns.get(name, name): row.get(name) for name in DATASETS[dataset].judged}


def layer_of(record: Record) -> str:
    """What the record's span is called in other tools: a quantity by its kind, else its dataset's label."""
    dataset = DATASETS[dataset_of_letter(record["t"]) or ""]
    value = record.get(dataset.split_by) if dataset.split_by else None
    return str(value or dataset.label or dataset.name).lower()


def letter_of_layer(layer: str, where: str) -> tuple[str, Record]:
    """The letter that a layer's name stands for, with what the name says (a quantity's kind)."""
    for dataset in DATASETS.values():
        if not dataset.judged:
            continue
        if layer in ((dataset.label or dataset.name).lower(), dataset.name):
            return letter_of(dataset.name), {}
        values = next((one.values for one in dataset.fields() if one.name == dataset.split_by), ())
        if layer in values:
            return letter_of(dataset.name), {str(dataset.split_by): layer}
    raise GoldError(f"{where}: no dataset is labelled {layer!r}")


def placed(text: str, start: int, end: int, said: str | None, where: str) -> tuple[int, int]:
    """The characters that a tool's offsets mean: where it counts UTF-16 units, *said* stands at the converted ones."""
    if said is None or text[start:end] == said:
        return start, end
    units = text.encode("utf-16-le")
    low, high = (len(units[: 2 * at].decode("utf-16-le", "ignore")) for at in (start, end))
    if text[low:high] == said:
        return low, high
    raise GoldError(f"{where}: {text[start:end]!r} stands at its offsets, not {said!r}")


def known_text(name: str, text: str, sources: Mapping[str, str], where: str) -> str:
    """The text that a returned task is about; raises where the tool changed it, as no offset would hold."""
    source = sources.get(name)
    if source is not None and source != text:
        at = next(
            (i for i, (a, b) in enumerate(zip(source, text, strict=False)) if a != b), min(len(source), len(text))
        )
        raise GoldError(f"{where}: its text differs from that of {name} at character {at}")
    return text


def write_set(folder: Path, tasks: Iterable[Task]) -> list[Path]:
    """Write *tasks* as a label set below *folder*: labels, texts, and the table of sources."""
    folder.mkdir(parents=True, exist_ok=True)
    written, lines = [], ["[sources]"]
    for task in tasks:
        file = folder / f"{task.name}.gold.jsonl"
        ordered = sorted(task.records, key=lambda record: (record["start"], record["end"]))
        file.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in ordered), encoding="utf-8")
        (folder / f"{task.name}.txt").write_bytes(task.text.encode("utf-8"))
        lines.append(f'"{task.name}" = "{task.name}.txt"')
        written.append(file)
    (folder / "gold.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return written
