"""Texts as blocks, from which pages are made and with which what was read is compared."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import Final, Literal, NamedTuple

from pipeline.readers.canonical.grids import MarkupCell, place
from pipeline.readers.canonical.text import CanonicalText, Grid
from schemas.records import SourceText

GOLD: Final = Path(__file__).resolve().parents[2] / "gold"
Kind = Literal["running", "heading", "middle", "right", "flush"]
_LEADER: Final = re.compile(r"(.*?)…{3,}(\d+)")


class Paragraph(NamedTuple):
    """A paragraph and how it is set."""

    kind: Kind
    text: str


class Table(NamedTuple):
    """A ruled table, row by row."""

    rows: list[list[MarkupCell]]


Block = Paragraph | Table


def gold(name: str) -> list[Block]:
    """A text of the gold (``other/B1``), its blocks parted by empty lines, set as their looks suggest."""
    blocks: list[Block] = []
    for part in (GOLD / f"{name}.txt").read_text(encoding="utf-8").split("\n\n"):
        lines = [line for line in part.split("\n") if line.strip()]
        if any("\t" in line for line in lines):
            blocks.append(Table([[MarkupCell(cell) for cell in line.split("\t")] for line in lines]))
        else:
            texts = [line.strip(" \u3000") for line in lines]
            blocks += [Paragraph("running", text) for text in texts if not re.fullmatch(r"[—-]\s*\d+\s*[—-]", text)]
    return [_set(blocks, index) for index in range(len(blocks))]


def _set(blocks: list[Block], index: int) -> Block:
    block = blocks[index]
    if isinstance(block, Table):
        return block
    following = blocks[index + 1] if index + 1 < len(blocks) else None
    date = r"\d{4}年\d{1,2}月\d{1,2}日"
    text = block.text
    kind: Kind = "running"
    if re.fullmatch(r"\S{2,30}〔\d{4}〕\d+号", text):
        kind = "middle"
    elif re.fullmatch(date, text):
        kind = "right"
    elif len(text) <= 30 and text[-1] not in "。：；，:;" and not re.match(r"[一二三四五六七八九十（(\d第]", text):
        kind = "right" if isinstance(following, Paragraph) and re.fullmatch(date, following.text) else "heading"
    elif text[-1] in "：:" and len(text) < 60:
        kind = "flush"
    return Paragraph(kind, text)


def leader(text: str) -> tuple[str, str] | None:
    """Title and page number of a line of a table of contents."""
    match = _LEADER.fullmatch(text)
    return (match[1], match[2]) if match else None


def grids(blocks: list[Block]) -> list[Grid]:
    """The tables with their cells in place."""
    return [place(block.rows) for block in blocks if isinstance(block, Table)]


def source(blocks: list[Block]) -> SourceText:
    """What a faultless reader would read."""
    canonical = CanonicalText()
    for block in blocks:
        if isinstance(block, Table):
            canonical.table(place(block.rows))
        else:
            canonical.paragraph(block.text)
    text, tables = canonical.finish()
    digest = hashlib.sha256(text.encode()).hexdigest()
    return SourceText(text, "a.txt", digest, "text/plain", "utf-8", tables=tables)


def squash(text: str) -> str:
    """*text* without blanks."""
    return re.sub(r"\s+", "", text)


def _cells(*rows: str) -> Table:
    """Rows whose cells are parted by ``|``; ``^2>3`` after a cell gives its row and column span."""
    made = []
    for row in rows:
        cells = []
        for cell in row.split("|"):
            text, _, spans = cell.partition("^")
            height, _, width = (spans or "1>1").partition(">")
            cells.append(MarkupCell(text, int(height or 1), int(width or 1)))
        made.append(cells)
    return Table(made)


INVENTED: Final[list[Block]] = [
    Paragraph("heading", "云漳市人民政府办公室"),
    Paragraph("heading", "关于印发《云漳市2024年产业项目推进方案》的通知"),
    Paragraph("middle", "云政办发〔2024〕17号"),
    Paragraph("flush", "各县（市、区）人民政府，市政府各部门、各直属机构："),
    Paragraph("running", "《云漳市2024年产业项目推进方案》已经市政府第38次常务会议研究同意，现印发给你们，请认真抓好贯彻落实。"),
    Paragraph("right", "云漳市人民政府办公室"),
    Paragraph("right", "2024年3月11日"),
    Paragraph("heading", "云漳市2024年产业项目推进方案"),
    Paragraph("running", "一、工作目标"),
    Paragraph(
        "running",
        "全年实施产业项目126个，总投资不低于840亿元，年度计划投资215.6亿元。力争规模以上工业增加值增长8.5%，其中高技术制造业增加值占比提高1.3个百分点。"
        "到2025年，培育产值过10亿元企业15家以上，新增国家级专精特新“小巨人”企业6家。",
    ),
    Paragraph("running", "二、重点任务"),
    Paragraph(
        "running",
        "（一）加快项目建设。建立“一个项目、一名领导、一套班子”机制，新开工项目6月底前全部开工，续建项目年度投资完成率达到95%以上。"
        "（牵头单位：市发展改革委；责任单位：市工信局、市自然资源局、市住建局）",
    ),
    Paragraph("running", "（二）强化要素保障。全年供应工业用地不少于3200亩，处置闲置土地1150亩，安排产业发展专项资金2.4亿元。（牵头单位：市自然资源局；配合单位：市财政局、市税务局）"),
    Paragraph("running", "1. 用电保障。新建110千伏变电站2座、35千伏变电站4座，企业平均停电时间下降到1.2小时以内。"),
    Paragraph("running", "三、组织领导"),
    Paragraph("running", "市政府成立产业项目推进领导小组，由市长秦怀远任组长，常务副市长陆知微任副组长，领导小组办公室设在市发展改革委，由梁永川兼任办公室主任。"),
    Paragraph("flush", "附件1"),
    Paragraph("heading", "2024年重点项目责任分工表"),
    _cells(
        "序号^2>1|项目名称^2>1|投资（亿元）^1>2|牵头领导^2>1|责任单位^2>1", "总投资|年度计划",
        "1|云漳新能源电池产业园一期|36.5|12.8|秦怀远|市工信局", "2|滨江智能装备制造基地|18.2|6.4|陆知微^2>1|市发展改革委、高新区管委会",
        "3|年产20万吨高端铝材项目|22.0|9.5|市商务局", "4|梅岭冷链物流中心|5.6|3.1|梁永川|梅岭县人民政府", "合计^1>2|82.3|31.8||",
    ),
    Paragraph("flush", "附件2"),
    Paragraph("heading", "分县区年度目标任务表"),
    _cells(
        "县区^3>1|经济指标^1>4|农业指标^1>2", "地区生产总值^1>2|固定资产投资^1>2|粮食面积（万亩）^2>1|生猪出栏（万头）^2>1",
        "总量（亿元）|增速（%）|总量（亿元）|增速（%）", "梅岭县|168.5|7.5|92.4|10.0|28.6|31.5", "青溪县|203.7|8.0|115.3|11.5|35.2|40.8",
        "东湖区|356.1|8.2|187.9|12.0|6.7|4.3", "高新区|142.9|10.5|98.6|15.0||", "全市合计|871.2|8.5|494.2|12.0|70.5|76.6",
    ),
    Paragraph("running", "注：各县区目标任务完成情况纳入年度综合考核，按季通报。"),
]  # fmt: skip
"""A notice with two ruled tables whose heads are merged over two and three rows."""
