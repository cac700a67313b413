"""A small labelled text and rows for it, made by hand so that every figure differs from 0 and 1."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

TEXT = """柳堤县人民政府文件

关于做好秋冬种工作的通知
柳政发〔2024〕9号

一、目标任务。秋播小麦21万亩以上，力争油菜5万亩。（县农业农村局牵头，县财政局负责）
二、奖补。每亩补助60元，补助不超过3年。联系人：宁　桓。
三、基础。去年冬种面积19.5万亩，机收率88%。

乡镇\t面积（亩）\t责任人
桥头镇\t3000\t盛　夏

柳堤县人民政府
2024年9月3日
"""


def span(text: str, after: str = "") -> tuple[int, int]:
    """Where *text* stands behind *after*."""
    start = TEXT.index(text, TEXT.index(after))
    return start, start + len(text)


def label(sort: str, text: str, after: str = "", **values: Any) -> dict[str, Any]:
    """One label of *text* as a gold line holds it."""
    start, end = span(text, after)
    return {"t": sort, "text": text, "start": start, "end": end, **values}


def quantity(
    text: str, low: float, unit: str, cmp: str, kind: str, indicator: str, stretch: bool = False
) -> dict[str, Any]:
    """A label of a quantity with one value and no deadline."""
    return label(
        "q", text, low=low, high=low, unit=unit, cmp=cmp, kind=kind, indicator=indicator, deadline=None, stretch=stretch
    )


LABELS = [
    quantity("21万亩", 210_000, "亩", ">=", "target", "秋播小麦"),
    quantity("5万亩", 50_000, "亩", "=", "target", "秋播油菜", stretch=True),
    quantity("60元", 60, "元", "=", "standard", "每亩补助"),
    quantity("3年", 3, "年", "<=", "standard", "补助年限"),
    quantity("19.5万亩", 195_000, "亩", "=", "fact", "冬种面积"),
    quantity("88%", 88, "%", "=", "fact", "机收率"),
    quantity("3000", 3000, "亩", "=", "target", "桥头镇面积"),
    label("a", "县农业农村局", agency="县农业农村局", duty="lead"),
    label("a", "县财政局", agency="县财政局", duty="responsible"),
    label("p", "宁　桓", name="宁桓", role="联系人", org=None, position=None),
    label("p", "盛　夏", name="盛夏", role="责任人", org=None, position=None),
]
DOCUMENTS = [
    {
        "title": "关于做好秋冬种工作的通知",
        "doc_number": "柳政发〔2024〕9号",
        "issuers": ["柳堤县人民政府"],
        "signed_date": "2024-09-03",
        "clauses": [
            ["一、", 1, "目标任务。秋播小麦2"],
            ["二、", 1, "奖补。每亩补助60元"],
            ["三、", 1, "基础。去年冬种面积1"],
        ],
    }
]


def row(text: str, after: str = "", **values: Any) -> dict[str, Any]:
    """One row of a mention whose text is *text*."""
    start, end = span(text, after)
    return {"char_start": start, "char_end": end, "text": text, "rule_id": "made.rule", **values}


def quantity_row(text: str, low: float, unit: str, comparator: str, kind: str, indicator: str) -> dict[str, Any]:
    """A row of a quantity."""
    return row(
        text,
        quantity_id=text,
        low=low,
        high=low,
        unit=unit,
        comparator=comparator,
        kind=kind,
        indicator=indicator,
        deadline=None,
        stretch=False,
    )


def target_row(text: str, lead: list[str], responsible: list[str], officials: list[str]) -> dict[str, Any]:
    """A row of a target."""
    owners = {"lead_agencies": lead, "responsible_agencies": responsible, "support_agencies": []}
    return row(text, quantity_id=text, officials=officials, **owners)


def rows() -> dict[str, list[dict[str, Any]]]:
    """Rows that are right and wrong in many ways; a new copy at each call."""
    start, end = span("三、基础")
    return {
        "quantities": [
            quantity_row("21万亩", 210_000, "亩", ">", "target", "小麦"),
            quantity_row("5万亩", 50_000, "亩", "=", "target", "力争秋播油菜"),
            quantity_row("60元", 60, "元/亩", "=", "standard", "每亩补助"),
            quantity_row("19.5万亩", 195_000, "亩", "=", "target", "冬种面积"),
            quantity_row("88%", 88, "%", "=", "fact", "机收率"),
            quantity_row("3000", 3000, "亩", "=", "target", "桥头镇面积"),
            quantity_row("2024年", 2024, "年", "=", "fact", "年"),
        ],
        "targets": [
            target_row("21万亩", ["县农业农村局"], ["县财政局", "县水利局"], []),
            target_row("5万亩", ["县农业农村局"], ["县财政局"], []),
            target_row("19.5万亩", [], [], []),
            target_row("3000", [], [], ["盛夏"]),
        ],
        "officials": [
            row("宁　桓", name="宁桓", role="联系", mention_type="contact"),
            row("盛　夏", name="盛夏", role="牵头领导"),
            row("盛　夏", name="盛夏", role="责任人"),
            row("柳堤", name="柳堤", role=None),
        ],
        "responsibilities": [
            row("县农业农村局", agency="县农业农村局", duty="lead"),
            row("县财政局", agency="县财政局", duty="lead"),
        ],
        "documents": [
            {
                "document_id": "d",
                "char_start": 0,
                "char_end": len(TEXT),
                "title": "关于做好秋冬种工作的通知",
                "doc_number": "柳政发〔２０２４〕９号",
                "issuers": ["柳堤县人民政府"],
                "signed_date": None,
            }
        ],
        "clauses": [
            clause("一、", 1, "一、目标任务。秋播小麦21万亩以上"),
            clause("二、", 2, "二、奖补。每亩补助60元"),
            {**clause("三、", 1, "三、基础。去年冬种面积19.5万亩"), "char_start": start, "char_end": end},
        ],
    }


def clause(marker: str, level: int, text: str) -> dict[str, Any]:
    """A row of a numbered clause."""
    start, end = span(marker)
    return {
        "document_id": "d", "clause_type": "numbered", "table_id": None, "marker": marker, "level": level,
        "text": text, "char_start": start, "char_end": end,
    }  # fmt: skip


def write_set(folder: Path) -> Path:
    """The labelled text as a gold folder."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "M1.txt").write_bytes(TEXT.encode("utf-8"))
    lines = [json.dumps(item, ensure_ascii=False) + "\n" for item in LABELS]
    (folder / "M1.gold.jsonl").write_text("".join(lines), encoding="utf-8")
    (folder / "M1.docs.json").write_text(json.dumps(DOCUMENTS, ensure_ascii=False), encoding="utf-8")
    return folder
