"""Content streams of pages read token by token with one pattern, which takes less time than pdfminer's reader.

What the pattern does not take (pictures within a stream, brackets within brackets, what is damaged) is left to pdfminer,
the whole stream: both give the same operators (ISO 32000-1, 7.8.2) in the same order.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final

from pdfminer.pdfinterp import PDFPageInterpreter
from pdfminer.pdftypes import PDFStream, stream_value
from pdfminer.psparser import KWD, LIT, PSKeyword, keyword_name

_ENDS: Final = rb"(?=[\x00\t\n\x0c\r ()<>\[\]{}/%]|$)"
_TOKEN: Final = re.compile(
    rb"[\x00\t\n\x0c\r ]*(?:"
    rb"(?P<whole>[+-]?\d+)" + _ENDS + rb"|(?P<real>[+-]?(?:\d+\.\d*|\.\d+))" + _ENDS + rb"|"
    rb"(?P<word>[A-Za-z'\"][A-Za-z0-9*'\"]*)" + _ENDS + rb"|"
    rb"\((?P<string>[^()\\\r]*(?:\\[^\r][^()\\\r]*)*)\)|"
    rb"<(?P<hex>(?:[0-9A-Fa-f]{2})*)>|"
    rb"/(?P<name>[A-Za-z0-9_.+-]+)" + _ENDS + rb"|"
    rb"(?P<mark><<|>>|\[|\])|(?P<end>$))"
)
_MOST_BYTES: Final = 1_000_000
"""A longer stream would take too much memory as a list of what it holds."""
_ESCAPED: Final = re.compile(rb"\\([0-7]{1,3}|.)", re.DOTALL)
_ESCAPES: Final = {
    b"b": b"\b",
    b"t": b"\t",
    b"n": b"\n",
    b"f": b"\f",
    b"r": b"\r",
    b"(": b"(",
    b")": b")",
    b"\\": b"\\",
}
_LEFT_TO_PDFMINER: Final = frozenset([b"BI", b"ID", b"EI"])
_CONSTANTS: Final = {b"true": True, b"false": False}
_SPECIAL: Final = str.maketrans({"*": "_a", '"': "_w", "'": "_q"})


class Interpreter(PDFPageInterpreter):
    """pdfminer's interpreter with this module's reading of streams."""

    def execute(self, streams: Sequence[object]) -> None:
        """Carry out the operators of *streams*; those that are being carried out already are left to pdfminer's guard."""
        found = [stream_value(stream) for stream in streams]
        known = {stream.objid for stream in found if stream.objid is not None}
        guarded = any(stream.objid is None for stream in found) or known & self.parent_stream_ids
        operators = None if guarded else read_objects(found)
        if operators is None:
            super().execute(streams)
            return
        self.stream_ids.clear()
        self.stream_ids.update(known)
        calls: dict[PSKeyword, tuple[Callable[..., None] | None, int]] = {}
        for item in operators:
            if not isinstance(item, PSKeyword):
                self.push(item)
                continue
            if item not in calls:
                calls[item] = self._operator(item)
            call, count = calls[item]
            if call is None:
                continue
            arguments = self.pop(count)
            if len(arguments) == count:
                call(*arguments)

    def _operator(self, keyword: PSKeyword) -> tuple[Callable[..., None] | None, int]:
        """What carries out *keyword*, and how many operands it takes."""
        call = getattr(self, f"do_{keyword_name(keyword).translate(_SPECIAL)}", None)
        return call, 0 if call is None else call.__code__.co_argcount - 1


def read_objects(streams: Sequence[PDFStream]) -> list[Any] | None:
    """The operands and operators of *streams* in order; ``None`` where they hold what :data:`_TOKEN` does not take."""
    try:
        data = [stream.get_data() for stream in streams]
        if sum(map(len, data)) > _MOST_BYTES:
            return None
        return [item for part in data for item in _objects(part)]
    except _OtherError:
        return None


class _OtherError(Exception):
    """Something that is left to pdfminer."""


def _objects(data: bytes) -> Iterator[Any]:
    position, match = 0, _TOKEN.match
    open_: list[tuple[bytes, list[Any]]] = []
    while True:
        token = match(data, position)
        if token is None:
            raise _OtherError
        position, kind = token.end(), token.lastgroup
        value: Any = token[token.lastindex or 0]
        if kind == "end":
            break
        if kind == "mark":
            if value in (b"[", b"<<"):
                open_.append((value, []))
                continue
            value = _closed(open_.pop() if open_ else (b"", []), value)
        else:
            value = _value(kind or "", value)
        if open_:
            if isinstance(value, PSKeyword):
                raise _OtherError
            open_[-1][1].append(value)
        else:
            yield value
    if open_:
        raise _OtherError


def _value(kind: str, printed: bytes) -> Any:
    if kind == "whole":
        return int(printed)
    if kind == "real":
        return float(printed)
    if kind == "word":
        if printed in _LEFT_TO_PDFMINER:
            raise _OtherError
        return _CONSTANTS.get(printed, KWD(printed))
    if kind == "string":
        return _ESCAPED.sub(_unescaped, printed) if b"\\" in printed else printed
    return bytes.fromhex(printed.decode("ascii")) if kind == "hex" else LIT(printed.decode("ascii"))


def _unescaped(match: re.Match[bytes]) -> bytes:
    code = match[1]
    if code[:1].isdigit() and code[:1] < b"8":
        if int(code, 8) > 255:
            raise _OtherError
        return bytes([int(code, 8)])
    return _ESCAPES.get(code, b"")


def _closed(opened: tuple[bytes, list[Any]], mark: bytes) -> Any:
    """An array or dictionary."""
    begun, items = opened
    if (begun, mark) == (b"[", b"]"):
        return items
    if (begun, mark) != (b"<<", b">>") or len(items) % 2:
        raise _OtherError
    return {getattr(key, "name", str(key)): value for key, value in zip(items[::2], items[1::2], strict=True)}
