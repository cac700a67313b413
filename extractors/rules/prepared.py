"""What is made once and kept beside the byte code of our modules: compiled patterns, the dictionary of words.

Compiling the rules takes seconds, more than a small issue does. What Python's compiler gives its matcher for a pattern,
and what :mod:`extractors.rules.prefilter` reads off it, is a function of the pattern, of the Python version and of the
code of the prefilter alone; it is kept in ``__pycache__`` under these. A pattern that is not in there is compiled; where
nothing can be written nothing is kept.
"""

from __future__ import annotations

import hashlib
import marshal
import os
import re
import sys
import tempfile
from array import array
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path
from re import _compiler as compiler  # type: ignore[attr-defined]  # no public name; there since Python 3.11
from re import _constants as ops  # type: ignore[attr-defined]
from typing import Any, Final, TypeVar

from extractors.rules import prefilter as prefilters
from extractors.rules.prefilter import ANY_DIGIT, Characters, Prefilter, prefilter

_FOLDER: Final = Path(__file__).parent / "__pycache__"
_PLAIN_INFO: Final = 4
"""Length of the block of a compiled pattern that says no more than how long a match may be."""
T = TypeVar("T")
Entry = tuple[
    int,
    bytes,
    int,
    dict[str, int],
    tuple[str | None, ...],
    str | None,
    tuple[tuple[str, ...], ...],
    tuple[tuple[str, ...] | None, ...],
]
"""Flags, code, groups and their names as the matcher takes them; the prefilter's ``begins``, ``holds`` and ``beside``."""


class Prepared:
    """The *entries* of the patterns of one package."""

    def __init__(self, entries: Mapping[str, Entry]) -> None:
        self._entries = entries

    def compiled(self, pattern: str) -> re.Pattern[str]:
        """*pattern* compiled."""
        entry = self._entries.get(pattern)
        if entry is not None:
            flags, code, groups, names, indices = entry[:5]
            with suppress(RuntimeError, TypeError):  # code that this matcher does not take
                made: re.Pattern[str] = compiler._sre.compile(
                    pattern, flags, array("I", code).tolist(), groups, names, indices
                )
                return made
        return re.compile(pattern)

    def forget(self) -> None:
        """Give up what is kept: each rule has compiled its pattern, and whoever asks again compiles it anew."""
        self._entries = {}

    def prefilter(self, pattern: str) -> Prefilter:
        """What *pattern* asks of a text."""
        entry = self._entries.get(pattern)
        if entry is None:
            return prefilter(pattern)
        begins, holds, (before, behind) = entry[5:]
        beside = (None if before is None else frozenset(before), None if behind is None else frozenset(behind))
        return Prefilter(None if begins is None else frozenset(begins), tuple(map(frozenset, holds)), beside)


def prepared(package: str, patterns: Iterable[str]) -> Prepared:
    """The *patterns* of *package*, compiled before or now. Raises :class:`re.error` for one that is none."""
    path, stamp = _path(f"{package}.patterns"), _stamp()
    known: Mapping[str, Entry] = _read(path, stamp) or {}
    entries = {pattern: known.get(pattern) or _entry(pattern) for pattern in patterns}
    if entries.keys() - known.keys():
        _write(path, stamp, entries)
    return Prepared(entries)


def compiled(pattern: str) -> re.Pattern[str]:
    """*pattern* compiled as those of rules are: tried only where a match can begin."""
    return Prepared({pattern: _entry(pattern)}).compiled(pattern)


def alternation(words: Iterable[str]) -> str:
    """A regular expression that matches any of *words*, longer ones first, single characters as a class."""
    ordered = sorted(set(words), key=lambda word: (-len(word), word))
    parts = [re.escape(word) for word in ordered if len(word) > 1]
    characters = "".join(re.escape(word) for word in ordered if len(word) == 1)
    return "(?:" + "|".join([*parts, f"[{characters}]"] if characters else parts) + ")"


def kept(name: str, source: bytes, make: Callable[[], T]) -> T:
    """What *make* makes of *source* (plain values in tuples, lists and dictionaries), made before or now."""
    path, stamp = _path(name), hashlib.sha256(sys.version.encode() + source).digest()
    found: T | None = _read(path, stamp)
    if found is None:
        found = make()
        _write(path, stamp, found)
    return found


def _path(name: str) -> Path:
    return _FOLDER / f"{name}.{sys.implementation.cache_tag}.prepared"


def _entry(pattern: str) -> Entry:
    tree = compiler._parser.parse(pattern)
    flags = tree.state.flags
    asked = prefilter(pattern)
    code = array("I", _looking_ahead(compiler._code(tree, flags & ~re.DEBUG), asked.begins, flags))
    names = tree.state.groupdict
    indices: list[str | None] = [None] * tree.state.groups
    for name, index in names.items():
        indices[index] = name
    begins = None if asked.begins is None else "".join(sorted(asked.begins))
    holds = tuple(tuple(sorted(one)) for one in asked.holds)
    beside = tuple(None if one is None else tuple(sorted(one)) for one in asked.beside)
    return flags, code.tobytes(), tree.state.groups - 1, names, tuple(indices), begins, holds, beside


def _looking_ahead(code: list[int], begins: Characters | None, flags: int) -> list[int]:
    """*code* that tells the matcher to try it only where one of *begins* stands.

    The compiler says so of a pattern that begins with a plain character or class; here it is said of those that begin
    with a look-behind, a repeat or alternatives as well. The block that says it is the first: its name, its length,
    what it holds, the least and the greatest length of a match, and the class.
    """
    name, length, holds, least, greatest, *rest = code
    if begins is None or (name, length, holds) != (ops.INFO, _PLAIN_INFO, 0):
        return code
    own: list[int] = []
    charset: list[tuple[Any, Any]] = [(ops.LITERAL, ord(character)) for character in sorted(begins)]
    if ANY_DIGIT in begins:
        charset += [(ops.RANGE, (ord("0"), ord("9"))), (ops.CATEGORY, ops.CATEGORY_DIGIT)]
    compiler._compile_charset(compiler._optimize_charset(charset)[0], flags, own)
    return [name, length + len(own), ops.SRE_INFO_CHARSET, least, greatest, *own, *rest]


@cache
def _stamp() -> bytes:
    """What the entries depend on beside their patterns."""
    code = Path(prefilters.__file__).read_bytes() + Path(__file__).read_bytes()
    return hashlib.sha256(f"{sys.version} {compiler._sre.MAGIC} {array('I').itemsize}".encode() + code).digest()


def _read(path: Path, stamp: bytes) -> Any:
    with suppress(OSError, ValueError, EOFError, TypeError):
        data = memoryview(path.read_bytes())
        if data[:32] == stamp and hashlib.sha256(data[64:]).digest() == data[32:64]:
            return marshal.loads(data[64:])
    return None


def _write(path: Path, stamp: bytes, made: Any) -> None:
    body = marshal.dumps(made)
    with suppress(OSError):
        path.parent.mkdir(exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(stamp + hashlib.sha256(body).digest() + body)
            os.chmod(name, 0o644)
            Path(name).replace(path)
        except OSError:
            Path(name).unlink()
            raise
