"""What decides the output, as short digests: the code, the rules, the schemas.

A stored issue is stale when its ``code_version`` is not the present one. The digests are made from
our own files and from the versions of the libraries that read, cut or tag text or write Parquet;
nothing heavy is imported, so that a run with nothing to do stays quick.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from functools import cache
from importlib.metadata import PackageNotFoundError, entry_points, version
from importlib.resources import files
from pathlib import Path
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
    return _digest((path for path in _files(_RULES) if path.suffix != ".py"), ())


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


def _root() -> Path:
    return Path(str(files("pipeline"))).parent


def _files(names: Iterable[str]) -> list[Path]:
    found: list[Path] = []
    for name in names:
        path = _root() / name
        if path.is_file():
            found.append(path)
        elif not path.is_dir():
            raise FileNotFoundError(path)
        else:
            found.extend(item for item in path.rglob("*") if item.is_file() and _decides(item))
    return sorted(found)


def _decides(path: Path) -> bool:
    return "__pycache__" not in path.parts and not path.name.startswith(".") and path.suffix != ".pyc"


def _digest(paths: Iterable[Path], words: Iterable[str]) -> str:
    digest = hashlib.sha256()
    for path in paths:
        content = hashlib.sha256(path.read_bytes()).hexdigest()
        digest.update(f"{path.relative_to(_root()).as_posix()}\0{content}\n".encode())
    for word in words:
        digest.update(f"{word}\n".encode())
    return digest.hexdigest()[:_DIGITS]
