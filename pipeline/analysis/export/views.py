"""What exports write: every dataset without lists, as tables of text, numbers and dates."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import quote

import pyarrow as pa

from pipeline.analysis.loading import Editions, Selection, flattened, select
from schemas.datasets import DATASETS


def views(processed: str | Path, editions: Editions) -> dict[str, pa.Table]:
    """Every dataset by name, flat: lists joined by 、, each row with its document's title, number and date."""
    chosen = select(processed, editions)
    return {name: flattened(chosen, name) for name in DATASETS}


def link_of(row: dict[str, object], row_id: str | None, site: str) -> str | None:
    """The address of a row in the audit site at *site*; ``None`` where the site has no place for it.

    A target is marked as its quantity there.
    """
    issue, document = row.get("issue_id"), row.get("document_id")
    if not issue:
        return None
    page = f"d{str(document).rpartition('/')[2]}" if document else "front"
    anchor = row.get("quantity_id") or (row.get(row_id) if row_id else None)
    return f"{site.rstrip('/')}/issues/{issue}/{page}.html" + (f"#{quote(str(anchor), safe='')}" if anchor else "")


def places_of(chosen: Selection) -> dict[str, dict[str, Any]]:
    """Where the rows of targets and quantities stand, by their ids: what :func:`link_of` asks for."""
    columns = ["issue_id", "document_id", "quantity_id"]
    quantities = {row["quantity_id"]: row for row in chosen.table("quantities").select(columns).to_pylist()}
    targets = chosen.table("targets").select(["target_id", *columns]).to_pylist()
    return {**quantities, **{row["target_id"]: row for row in targets}}
