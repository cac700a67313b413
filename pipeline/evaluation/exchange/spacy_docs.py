"""spaCy: a DocBin with a token a character, so that no offset moves, and the spans under the key ``sc``; and back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

from pipeline.evaluation.exchange.tasks import NOT_SAID, Record, Task, layer_of, letter_of_layer

KEY: Final = "sc"
"""The key under which spaCy's span categorizer looks for spans."""


def write(tasks: Iterable[Task], *, predictions: bool = False) -> bytes:
    """The tasks as a DocBin; what a span says stands in the document's user data, in the order of the spans."""
    import spacy
    from spacy.tokens import Doc, DocBin, Span

    del predictions
    vocab = spacy.blank("zh").vocab
    packed = DocBin(store_user_data=True)
    for task in tasks:
        doc = Doc(vocab, words=list(task.text), spaces=[False] * len(task.text))
        doc.spans[KEY] = [Span(doc, one["start"], one["end"], label=layer_of(one)) for one in task.records]
        doc.user_data["name"] = task.name
        doc.user_data["columns"] = [
            [one["start"], one["end"], one["t"], {key: value for key, value in one.items() if key not in NOT_SAID}]
            for one in task.records
        ]
        packed.add(doc)
    return bytes(packed.to_bytes())


def read(data: bytes, origin: str) -> Iterator[Task]:
    """The tasks of a DocBin: its spans by characters, whatever its tokens are."""
    import spacy
    from spacy.tokens import DocBin

    for number, doc in enumerate(DocBin().from_bytes(data).get_docs(spacy.blank("zh").vocab), 1):
        where = f"{origin}, document {number}"
        known: dict[tuple[int, int, str], list[dict[str, Any]]] = {}
        for start, end, letter, said in doc.user_data.get("columns") or ():
            known.setdefault((start, end, letter), []).append(said)
        found: list[Record] = []
        for span in doc.spans.get(KEY, ()):
            letter, named = letter_of_layer(span.label_, where)
            columns = (known.get((span.start_char, span.end_char, letter)) or [{}]).pop(0)
            found.append(
                {"t": letter, "start": span.start_char, "end": span.end_char, "text": span.text, **columns, **named}
            )
        yield Task(str(doc.user_data.get("name") or f"document-{number}"), doc.text, tuple(found), where)
