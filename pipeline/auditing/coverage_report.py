"""Coverage as plain lines, and as plain data for JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from pipeline.auditing.coverage import UNEXPLAINED, Coverage
from pipeline.auditing.plain import marked, one_line, table


def to_data(parts: Mapping[str, Coverage]) -> dict[str, Any]:
    """Counts over all sources and every unexplained number, by source."""
    whole = pooled(parts)
    return {
        "numbers": len(whole.numbers),
        "unexplained": len(whole.unexplained),
        "share": round(whole.share, 5),
        "categories": dict(whole.counts().most_common()),
        "reasons": dict(whole.reasons().most_common()),
        "list": [
            {"source": source, "char_start": number.span.start, "char_end": number.span.end,
             "before": number.before, "text": number.text, "after": number.after}
            for source, part in parts.items() for number in part.unexplained
        ],
    }  # fmt: skip


def pooled(parts: Mapping[str, Coverage]) -> Coverage:
    """The numbers of all sources as one."""
    return Coverage(tuple(number for part in parts.values() for number in part.numbers))


def to_lines(parts: Mapping[str, Coverage], most: int, rules: bool) -> Iterator[str]:
    """Categories with their shares, the rules if asked for, and up to *most* unexplained numbers in context."""
    whole = pooled(parts)
    total = max(1, len(whole.numbers))
    counts = whole.counts()
    shown = [
        *((name, count) for name, count in counts.most_common() if name != UNEXPLAINED),
        (UNEXPLAINED, counts[UNEXPLAINED]),
    ]
    rows = [(name, count, f"{100 * count / total:.2f} %") for name, count in shown]
    yield from table(("number is", "numbers", "share"), [*rows, ("all", len(whole.numbers), "")], ("numbers", "share"))
    if rules:
        yield ""
        yield from table(("explained by", "numbers"), _reasons(whole.reasons()), ("numbers",))
    listed = [(source, number) for source, part in parts.items() for number in part.unexplained]
    if listed and most:
        yield ""
    for source, number in listed[:most]:
        yield f"{source}:{number.span.start}  {one_line(marked(number.before, number.text, number.after))}"
    if len(listed) > most:
        yield f"… and {len(listed) - most} more: --most {len(listed)}"


def _reasons(reasons: Counter[str]) -> list[tuple[str, int]]:
    return sorted(reasons.items(), key=lambda item: (-item[1], item[0]))
