"""The sidecar of a raw file: what a listing or landing page says of it, ``01.pdf.listing.json`` beside ``01.pdf``.

Its title and day are evidence where the text itself says nothing; they come to segmentation as the fields that a web
page states about its document. Its address and the time of fetching are for people and decide nothing, so that only
title and day count for the digest, which is part of the ledger and of the Parquet metadata.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Final

from pipeline.readers import discovery
from pipeline.storage import is_remote
from schemas.records import LISTED_DAY, LISTED_TITLE, SourceText

SUFFIX: Final = discovery.SIDECAR


@dataclass(frozen=True, slots=True)
class Listed:
    """What a listing says of a file; ``date`` is a day in ISO format, ``page`` where it is said, ``url`` the file's own address."""

    title: str | None = None
    date: str | None = None
    url: str | None = None
    page: str | None = None

    @property
    def evidence(self) -> tuple[tuple[str, str], ...]:
        """The fields that may decide something."""
        return tuple((label, value) for label, value in ((LISTED_TITLE, self.title), (LISTED_DAY, self.date)) if value)

    @property
    def sha256(self) -> str | None:
        """The digest of what may decide something; ``None`` where nothing does."""
        if not self.evidence:
            return None
        return hashlib.sha256(json.dumps(self.evidence, ensure_ascii=False).encode()).hexdigest()


def read(path: str) -> Listed:
    """What stands beside the raw file at *path*; nothing where there is no sidecar, or it is none."""
    try:
        data = discovery.fetch(path + SUFFIX) if is_remote(path) else Path(path + SUFFIX).read_bytes()
        told = json.loads(data)
        title, date = told.get("title"), told.get("date")
        if not isinstance(title, str | None) or not isinstance(date, str | None):
            return Listed()
        return Listed(title, dt.date.fromisoformat(date).isoformat() if date else None)
    except (OSError, ValueError, AttributeError):
        return Listed()


def write(path: Path, listed: Listed) -> None:
    """Put *listed* beside the raw file at *path*, where it says something else than what stands there."""
    if not listed.evidence or read(str(path)).evidence == listed.evidence:
        return
    beside = path.with_name(path.name + SUFFIX)
    beside.parent.mkdir(parents=True, exist_ok=True)
    now = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
    told = {name: value for name, value in asdict(listed).items() if value} | {"fetched": now}
    temporary = beside.with_name(f".{beside.name}.part")
    try:
        temporary.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        temporary.replace(beside)
    except OSError:
        with suppress(OSError):
            os.unlink(temporary)
        raise


def applied(source: SourceText, path: str) -> SourceText:
    """*source* with what stands beside its raw file at *path*, after what it says itself."""
    listed = read(path)
    if not listed.evidence:
        return source
    return replace(source, metadata=(*source.metadata, *listed.evidence), sidecar_sha256=listed.sha256)
