"""Processed folders made in memory from short texts, for the tests of audits."""

from __future__ import annotations

from pathlib import Path

from pipeline.process import process
from pipeline.readers import read_bytes
from pipeline.store.parquet import to_parquet
from pipeline.store.store import Store

NOTICE = """某川县人民政府办公室
关于印发《2024年林果产业行动方案》的通知

某川政办发〔2024〕6号

各乡镇人民政府，县直各单位：

一、主要目标

（一）面积目标。全年新植核桃3.2万亩，改造低产园5000亩以上，力争带动农户7至8千户。（牵头单位：县林草局；责任单位：县农业农村局、各乡镇人民政府）

（二）加工目标。6月底前建成分拣线4条，培育4A级景区1家。

某川县人民政府办公室
2024年3月5日
"""


def made(folder: Path, text: str, name: str = "notice.txt", year: int = 2024) -> Path:
    """*folder* with the issue that *text* makes, committed."""
    source = read_bytes(text.encode(), name)
    batches = process(source)
    files = {dataset: to_parquet(batch) for dataset, batch in batches.items()}
    issue = batches["issues"].to_pylist()[0]
    Store(folder).write(issue["issue_id"], issue["publication_year"] or year, files, source.text)
    return folder
