"""Trying a change of rules: the texts at hand made before and after, in a folder of their own."""

from __future__ import annotations

import multiprocessing
import os
import shutil
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pipeline.evaluation import GoldSet
from pipeline.process import process
from pipeline.readers import ReaderError, read
from pipeline.store.parquet import to_parquet
from pipeline.store.store import Store
from pipeline.versions import code_version

BEFORE: Final = "before"
AFTER: Final = "after"
_STAMP: Final = "code_version"


@dataclass(frozen=True, slots=True)
class Workbench:
    """The folder in which a change is tried: ``before`` holds the rows to compare with, ``after`` those of now."""

    path: Path

    @property
    def has_before(self) -> bool:
        """Whether there is something to compare with."""
        return (self.path / BEFORE / "issues").is_dir()

    def made_by(self, side: str) -> str | None:
        """The version of the code that made a side; ``None`` where it does not stand whole."""
        stamp = self.path / side / _STAMP
        return stamp.read_text(encoding="utf-8") if stamp.is_file() else None

    def make(self, side: str, sources: Iterable[Path]) -> list[str]:
        """Process *sources* anew into *side*, on all cores; the messages of those that cannot be read."""
        folder = self.path / side
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        ordered = sorted(sources, key=lambda path: -path.stat().st_size)
        # a fork shares the dictionaries that this process has loaded
        context = multiprocessing.get_context("fork")
        with ProcessPoolExecutor(min(len(ordered), os.cpu_count() or 1), mp_context=context) as pool:
            said = list(pool.map(_make, [folder] * len(ordered), ordered))
        (folder / _STAMP).write_text(code_version(), encoding="utf-8")
        return [message for message in said if message]

    def keep(self) -> None:
        """Make the rows of now those to compare with."""
        shutil.rmtree(self.path / BEFORE, ignore_errors=True)
        (self.path / AFTER).rename(self.path / BEFORE)


def _make(folder: Path, path: Path) -> str:
    try:
        source = read(path)
    except ReaderError as error:
        return str(error)
    batches = process(source)
    issue = batches["issues"].to_pylist()[0]
    files = {name: to_parquet(batch) for name, batch in batches.items()}
    Store(folder).write(str(issue["issue_id"]), issue["publication_year"], files, source.text)
    return ""


def sources_of(raw: Sequence[Path], sets: Sequence[GoldSet]) -> list[Path]:
    """The files below *raw* and the texts of the label *sets*, each once."""
    files = [file for path in raw for file in (sorted(path.rglob("*")) if path.is_dir() else [path]) if file.is_file()]
    texts = [text.source for gold in sets for text in gold.texts]
    return list(dict.fromkeys(path.resolve() for path in (*files, *texts) if not path.name.startswith(".")))
