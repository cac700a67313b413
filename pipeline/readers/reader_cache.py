"""What readers made of binary sources, kept in ``_cache/`` of the output folder.

When rules change, every issue is extracted anew, but no page is recognised anew: an entry holds a
:class:`~schemas.records.SourceText` under the digest of the source's bytes and the version of the
readers. Decoding a text file is quicker than reading an entry, so that text is not kept. An entry that
is damaged, or of another shape than the records have now, counts as none.
"""

from __future__ import annotations

import contextlib
import dataclasses
import hashlib
import json
import types
import typing
import zlib
from collections.abc import Collection
from functools import cache
from pathlib import Path
from typing import Any, Final

from pipeline import readers
from pipeline.readers.discovery import digest, relative
from pipeline.storage import Place, Storage, at
from pipeline.versions import reader_version
from schemas.records import SourceText

FOLDER: Final = "_cache"
_MARK: Final = b"gongbao source 1 "
_SUFFIX: Final = ".source"
_NOT_KEPT: Final = ("text/plain", "text/markdown")
_LEVEL: Final = 6


def read(path: Path | str, root: Path | str, output: Place) -> SourceText:
    """The file's canonical text, from the cache below *output* where it has been read before.

    Raises what :func:`pipeline.readers.read` raises; a cache that cannot be written to is no error.
    """
    sha256 = digest(path)
    files = at(output)
    known = _kept(files, _entry(sha256)) if sha256 else None
    if known is not None and known.source_sha256 == sha256:
        return dataclasses.replace(known, source_path=relative(str(path), str(root)))
    source = readers.read(path, root)
    if source.media_type not in _NOT_KEPT:
        with contextlib.suppress(OSError):  # the issue itself can still be written, or says that it cannot
            files.write(_entry(source.source_sha256), to_bytes(source))
    return source


def clear(output: Place, in_use: Collection[str]) -> None:
    """Drop the entries of other reader versions, and of sources whose SHA-256 is not *in_use*."""
    current = f".{reader_version()}{_SUFFIX}"
    files = at(output)
    files.remove(
        [
            f"{FOLDER}/{name}"
            for name in files.find(FOLDER)
            if not name.endswith(current) or name.rpartition("/")[2].removesuffix(current) not in in_use
        ]
    )


def to_bytes(source: SourceText) -> bytes:
    """*source* in a form that is the same for equal sources, with a digest over it; its path is left out."""
    plain = dataclasses.asdict(dataclasses.replace(source, source_path=""))
    body = zlib.compress(json.dumps(plain, sort_keys=True, separators=(",", ":")).encode("ascii"), _LEVEL)
    return _MARK + hashlib.sha256(body).hexdigest().encode("ascii") + b"\n" + body


def from_bytes(data: bytes) -> SourceText | None:
    """The source that :func:`to_bytes` wrote; ``None`` where *data* is damaged or of another shape."""
    head, _, body = data.partition(b"\n")
    if head != _MARK + hashlib.sha256(body).hexdigest().encode("ascii"):
        return None
    try:
        built = _build(SourceText, json.loads(zlib.decompress(body)))
    except (ValueError, TypeError, zlib.error):
        return None
    assert isinstance(built, SourceText)
    return built


def _entry(sha256: str) -> str:
    return f"{FOLDER}/{sha256[:2]}/{sha256}.{reader_version()}{_SUFFIX}"


def _kept(files: Storage, name: str) -> SourceText | None:
    try:
        return from_bytes(files.read(name))
    except OSError:
        return None


def _build(kind: Any, value: Any) -> Any:
    """The JSON *value* as the annotated type *kind*; raises :class:`TypeError` or :class:`ValueError` where it is not one."""
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin in (typing.Union, types.UnionType):
        chosen = [item for item in arguments if item is not type(None)]
        return None if value is None and len(chosen) < len(arguments) else _build(chosen[0], value)
    if origin is typing.Literal:
        if value not in arguments:
            raise ValueError(f"{value!r} is none of {arguments}")
        return value
    if origin is tuple:
        kinds = [arguments[0]] * len(value) if arguments[-1] is Ellipsis else arguments
        return tuple(_build(item, part) for item, part in zip(kinds, value, strict=True))
    if dataclasses.is_dataclass(kind):
        hints = _hints(typing.cast("type", kind))
        if value.keys() != hints.keys():
            raise ValueError(f"{kind} has the fields {sorted(hints)}, not {sorted(value)}")
        return typing.cast("type", kind)(**{name: _build(hints[name], part) for name, part in value.items()})
    if hasattr(kind, "_fields"):
        return kind(*(_build(hint, part) for hint, part in zip(_hints(kind).values(), value, strict=True)))
    if not isinstance(value, kind) and not (kind is float and isinstance(value, int)):
        raise TypeError(f"{value!r} is no {kind}")
    return value


@cache
def _hints(kind: type) -> dict[str, Any]:
    return typing.get_type_hints(kind)
