"""What decides the output, as short digests: the code, the rules, the schemas.

A stored issue is stale when its ``code_version`` is not the present one. The digests are made from
our own files and from the versions of the libraries that read, cut or tag text or write Parquet;
nothing heavy is imported, so that a run with nothing to do stays quick.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.metadata import PackageNotFoundError, entry_points, version
from typing import Final

READER_GROUP: Final = "gongbao.readers"
"""Entry point group by which third parties register readers."""

LIMIT_PREFIX: Final = "GONGBAO_MAX_"
"""Environment variables by which the readers' limits are set."""

READER_LIBRARIES: Final = (
    "lxml", "onnxruntime", "opencv-python-headless", "pdfminer.six", "pdfplumber", "pillow", "pypdfium2", "python-docx",
    "rapidocr",
)  # fmt: skip
"""What reads: parsers, and what recognises pages."""

LIBRARIES: Final = (*READER_LIBRARIES, "jieba", "opencc", "pyarrow", "pypinyin", "spacy")
_DECIDING: Final = (
    "schemas",
    "extractors",
    "pipeline/readers",
    "pipeline/segmentation",
    "pipeline/store/parquet.py",
    "pipeline/process.py",
    "pipeline/versions.py",
)
"""What decides the output: not the command line, the flow, the ledger."""

_RULES: Final = ("extractors", "pipeline/readers", "pipeline/segmentation")
_DIGITS: Final = 16


def release() -> str:
    """The version of the installed project; ``absent`` where it runs without being installed."""
    return _version("gongbao")


@cache
def code_version() -> str:
    """Digest of our sources, lexicons and rules, and of the libraries and third-party readers in use."""
    libraries = [f"{name}={_version(name)}" for name in LIBRARIES]
    return _digest(_files(_DECIDING), [*libraries, *_foreign_readers()])


@cache
def rules_version() -> str:
    """Digest of the rules and lexicons: the data files beside the extractors, the readers and the segmenter."""
    return _digest((name for name in _files(_RULES) if not name.endswith(".py")), ())


@cache
def reader_version() -> str:
    """Digest of what decides a reader's result: the readers, ours and others', their libraries and their limits."""
    libraries = [f"{name}={_version(name)}" for name in READER_LIBRARIES]
    limits = sorted(f"{name}={value}" for name, value in os.environ.items() if name.startswith(LIMIT_PREFIX))
    return _digest(_files(("pipeline/readers",)), [*libraries, *_foreign_readers(), *limits])


def _version(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:
        return "absent"


def _foreign_readers() -> list[str]:
    points = entry_points(group=READER_GROUP)
    return sorted(f"{point.name}={point.value}@{point.dist.version if point.dist else ''}" for point in points)


def _root() -> str:
    return os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


def _files(names: Iterable[str]) -> list[str]:
    """The files below the places *names*, and those themselves, by their paths from the root, in the order of their parts."""
    found: list[str] = []
    for name in names:
        path = os.path.join(_root(), name)
        if os.path.isfile(path):
            found.append(name)
        elif not os.path.isdir(path):
            raise FileNotFoundError(path)
        else:
            found.extend(_below(path, name))
    return sorted(found, key=lambda name: name.split("/"))


def _below(folder: str, name: str) -> Iterator[str]:
    with os.scandir(folder) as entries:
        for entry in entries:
            inside = f"{name}/{entry.name}"
            if entry.is_dir(follow_symlinks=False):
                if entry.name != "__pycache__":
                    yield from _below(entry.path, inside)
            elif not entry.name.startswith(".") and not entry.name.endswith(".pyc") and entry.is_file():
                yield inside


def _digest(names: Iterable[str], words: Iterable[str]) -> str:
    digest = hashlib.sha256()
    for name in names:
        digest.update(f"{name}\0{_digest_of(name)}\n".encode())
    for word in words:
        digest.update(f"{word}\n".encode())
    return digest.hexdigest()[:_DIGITS]


@cache
def _digest_of(name: str) -> str:
    """Digest of the file *name* of ours, read once for all versions."""
    with open(os.path.join(_root(), name), "rb") as file:
        return hashlib.sha256(file.read()).hexdigest()
