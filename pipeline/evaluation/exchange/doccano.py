"""doccano: a JSON line a text with its spans; what the spans say travels beside them, by their offsets; and back."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from pipeline.evaluation.exchange.tasks import NOT_SAID, Record, Task, layer_of, letter_of_layer
from pipeline.evaluation.labels import GoldError


def write(tasks: Iterable[Task], *, predictions: bool = False) -> bytes:
    """The tasks as lines that doccano imports for sequence labelling; it keeps further keys as they are."""
    del predictions  # doccano has no place of their own for them
    lines = [
        {
            "id": number,
            "text": task.text,
            "label": [[record["start"], record["end"], layer_of(record)] for record in task.records],
            "name": task.name,
            "columns": [
                [r["start"], r["end"], r["t"], {k: v for k, v in r.items() if k not in NOT_SAID}] for r in task.records
            ],
        }
        for number, task in enumerate(tasks, 1)
    ]
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines).encode("utf-8")


def read(data: bytes, origin: str) -> Iterator[Task]:
    """The tasks of an export. A span that is new has what its label says, one that moved or went has nothing."""
    for number, line in enumerate(data.decode("utf-8").splitlines(), 1):
        if not line.strip():
            continue
        where = f"{origin}, line {number}"
        try:
            item = json.loads(line)
        except json.JSONDecodeError as error:
            raise GoldError(f"{where}: {error}") from error
        text = item.get("text") or item.get("data") or ""
        known: dict[tuple[int, int, str], list[dict[str, object]]] = {}
        for start, end, letter, said in item.get("columns") or ():
            known.setdefault((start, end, letter), []).append(said)
        found: list[Record] = []
        for start, end, layer in item.get("label") or item.get("labels") or ():
            letter, named = letter_of_layer(layer, where)
            said = (known.get((start, end, letter)) or [{}]).pop(0)
            found.append({"t": letter, "start": start, "end": end, "text": text[start:end], **said, **named})
        yield Task(str(item.get("name") or f"line-{number}"), text, tuple(found), where)
