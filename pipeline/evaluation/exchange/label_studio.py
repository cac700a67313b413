"""Label Studio: tasks with one labelled region a record, its columns as JSON in a text area of the region; and back.

The interface that goes with the tasks has ``<Labels name="label" toName="text">``, ``<Text name="text" value="$text"/>``
and ``<TextArea name="columns" toName="text" perRegion="true"/>``.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any, Final

from pipeline.evaluation.exchange.tasks import NOT_SAID, Record, Task, layer_of, letter_of_layer, placed
from pipeline.evaluation.labels import GoldError

_REGION: Final = "label"
_COLUMNS: Final = "columns"


def write(tasks: Iterable[Task], *, predictions: bool = False) -> bytes:
    """The tasks as Label Studio imports them; rows of a folder go out as predictions, labels as annotations."""
    return json.dumps([_task(task, predictions) for task in tasks], ensure_ascii=False, indent=1).encode("utf-8")


def _task(task: Task, predictions: bool) -> dict[str, Any]:
    results = [part for number, record in enumerate(task.records) for part in _region(f"{number}", record)]
    made = {"result": results, **({"model_version": "gongbao"} if predictions else {})}
    return {"data": {"text": task.text, "name": task.name}, "predictions" if predictions else "annotations": [made]}


def _region(number: str, record: Record) -> Iterator[dict[str, Any]]:
    place = {"start": record["start"], "end": record["end"], "text": record["text"]}
    shared = {"id": number, "to_name": "text"}
    yield {**shared, "from_name": _REGION, "type": "labels", "value": place | {"labels": [layer_of(record)]}}
    said = json.dumps({key: value for key, value in record.items() if key not in NOT_SAID}, ensure_ascii=False)
    value = {"start": place["start"], "end": place["end"], "text": [said]}
    yield {**shared, "from_name": _COLUMNS, "type": "textarea", "value": value}


def read(data: bytes, origin: str) -> Iterator[Task]:
    """The tasks of an export; each region's columns are those of its text area, its kind that of its label."""
    for number, item in enumerate(json.loads(data), 1):
        where = f"{origin}, task {number}"
        text, name = item["data"]["text"], str(item["data"].get("name") or f"task-{number}")
        made = (item.get("annotations") or item.get("predictions") or [{"result": []}])[-1]
        yield Task(name, text, tuple(_records(made["result"], text, where)), where)


def _records(results: Iterable[dict[str, Any]], text: str, where: str) -> Iterator[Record]:
    regions: dict[str, list[dict[str, Any]]] = {}
    for result in results:
        regions.setdefault(str(result.get("id")), []).append(result)
    for number, parts in regions.items():
        region = next((part["value"] for part in parts if part.get("type") == "labels"), None)
        if region is None:
            continue
        here = f"{where}, region {number}"
        start, end = placed(text, int(region["start"]), int(region["end"]), region.get("text"), here)
        letter, named = letter_of_layer(region["labels"][0], here)
        said = next((part["value"]["text"] for part in parts if part.get("type") == "textarea"), ["{}"])
        try:
            columns = json.loads(said[0] if isinstance(said, list) else said)
        except json.JSONDecodeError as error:
            raise GoldError(f"{here}: its columns are no JSON: {error}") from error
        yield {"t": letter, "start": start, "end": end, "text": text[start:end], **columns, **named}
