"""Invented gazettes: blocks made by dice, the same for the same seed, in the layouts that gazettes and bulletins print."""

from __future__ import annotations

import random
from typing import Final

from blocks import Block, Table, Text, table_of

_TOWNS: Final = ["石牌镇", "云坳乡", "白泥湖镇", "金龙街道", "岭背镇", "鹤鸣洲乡", "青柯镇", "枧田街乡"]
_NAMES: Final = ("张 奕", "欧阳鹤鸣", "李 明", "周怀瑾", "古丽娜尔", "沈 默", "陆 昉", "端木青")
_BUREAUS: Final = [
    "县农业农村局",
    "县水利局",
    "县自然资源局",
    "县住房城乡建设局",
    "县生态环境局",
    "县交通运输局",
    "县文化旅游广电体育局",
]
_TASKS: Final = (
    "新建和改造高标准农田{}万亩，配套建设灌排沟渠，统一登记上图入库",
    "完成农村公路提质改造{}公里、安防工程，年底前全部通过交工验收",
    "改造老旧小区{}个，惠及居民，同步完善水电气路和停车充电设施",
    "新增城镇就业{}人，零就业家庭动态清零",
    "推进污水处理厂{}座提标改造，出水水质稳定达到一级A标准",
    "栽植油茶{}亩",
)
_SENTENCES: Final = (
    "全县粮食播种面积稳定在{0}万亩以上，其中早稻{1}万亩，总产量不少于{2}万吨",
    "到2025年，城镇污水集中收集率达到{1}%以上，新建改建管网{0}公里，消除黑臭水体{3}处",
    "规模以上工业增加值增长{3}%左右，新增规模以上工业企业{1}家，其中亿元企业{3}家",
    "坚持项目为王，落实领导联点、专班推进、定期调度的工作机制，确保重点项目按期开工、如期竣工、早日达效",
    "各乡镇人民政府、街道办事处要加强组织领导，明确责任分工，细化工作措施，把各项任务落到实处",
    "县财政安排专项资金{0}万元，对达到标准的经营主体按每亩{1}元给予补助，同一主体最高不超过{2}元",
    "城镇新增就业{2}人，失业人员再就业{0}人，城镇调查失业率控制在5.5%以内",
    "力争全年接待游客{0}万人次、旅游综合收入{1}亿元，创建国家4A级旅游景区{3}家",
    "依托“互联网+监管”平台，推行 PDCA 闭环管理，数据每月25日前报送至 data@example.cn 邮箱",
)


def _sentence(dice: random.Random) -> str:
    numbers = dice.randint(20, 400), dice.randint(10, 99), dice.randint(1000, 9000), dice.randint(2, 9)
    return dice.choice(_SENTENCES).format(*numbers)


def _paragraph(dice: random.Random, least: int, most: int) -> str:
    return "；".join(_sentence(dice) for _ in range(dice.randint(least, most))) + "。"


def three_level_table(dice: random.Random) -> Table:
    """Crops by town under a head of three levels, the towns grouped by merged cells, a total over two columns."""
    rows = [
        ["片区", "乡镇", "目标任务（万亩）", "", "", "", "责任领导"],
        ["", "", "粮食", "", "", "油菜", ""],
        ["", "", "早稻", "晚稻", "产量\n（万吨）", "", ""],
    ]
    spans = {(0, 0): (3, 1), (0, 1): (3, 1), (0, 2): (1, 4), (0, 6): (3, 1), (1, 2): (1, 3), (1, 5): (2, 1)}
    for group, size in (("东片", 3), ("西片", 2), ("南片", 3)):
        spans[len(rows), 0] = (size, 1)
        for number in range(size):
            figures = [f"{dice.uniform(0.2, 9):.2f}" for _ in range(3)]
            if dice.random() < 0.2:
                figures[dice.randrange(3)] = ""
            row = [
                group if not number else "",
                dice.choice(_TOWNS),
                *figures,
                f"{dice.uniform(0.1, 3):.1f}",
                dice.choice(_NAMES),
            ]
            rows.append(row)
    spans[len(rows), 0] = (1, 2)
    rows.append(["合计", "", "39.00", "41.20", "58.6", "12.4", ""])
    return table_of(rows, 3, spans)


def task_table(dice: random.Random, count: int) -> Table:
    """Numbered tasks with prose cells of several lines, two names side by side, deadlines and agencies."""
    rows = [["序号", "工作任务", "完成时限", "牵头领导", "牵头单位", "配合单位"]]
    for number in range(1, count + 1):
        names = "　".join(dice.sample(_NAMES, dice.choice((1, 1, 2)))).replace("　", " ")
        task = dice.choice(_TASKS).format(dice.randint(3, 500))
        others = "、".join(dice.sample(_BUREAUS, dice.randint(1, 3)))
        rows.append([str(number), task, f"{dice.randint(3, 12)}月底", names, dice.choice(_BUREAUS), others])
    return table_of(rows, 1, {})


def figures_table(dice: random.Random, count: int) -> Table:
    """Short figures in many rows, with a head of two levels."""
    rows = [["指　标", "计量单位", "2023年", "", "2024年", ""], ["", "", "实绩", "增长（%）", "目标", "增长（%）"]]
    spans = {(0, 0): (2, 1), (0, 1): (2, 1), (0, 2): (1, 2), (0, 4): (1, 2)}
    names = [
        "地区生产总值",
        "固定资产投资",
        "社会消费品零售总额",
        "一般公共预算收入",
        "粮食总产量",
        "森林覆盖率",
        "城镇化率",
        "外贸进出口总额",
    ]
    for number in range(count):
        base = dice.uniform(10, 900)
        rows.append([f"{names[number % len(names)]}{'' if number < len(names) else number // len(names) + 1}",
                     dice.choice(("亿元", "万吨", "%", "万人")), f"{base:.1f}", f"{dice.uniform(-3, 9):.1f}",
                     f"{base * 1.07:.1f}", dice.choice(("7以上", "8左右", "", "6.5"))])  # fmt: skip
    return table_of(rows, 2, spans)


_PRODUCTS: Final = (
    ("粮食", "万吨"), ("其中：夏粮", "万吨"), ("秋粮", "万吨"), ("油料", "万吨"), ("蔬菜及食用菌", "万吨"), ("肉类总产量", "万吨"),
    ("其中：猪肉", "万吨"), ("禽蛋", "万吨"), ("小麦粉", "吨"), ("鲜、冷藏肉", "吨"), ("精制食用植物油", "吨"), ("服装", "万件"),
    ("规模以上工业企业每百元营业收入中的成本", "元"), ("化学药品原药", "吨"), ("水泥", "万吨"), ("发电量", "亿千瓦时"),
    ("货物运输周转量", "亿吨公里"), ("#铁路", "亿吨公里"), ("公路", "亿吨公里"), ("旅客运输总量", "万人次"), ("卫生技术人员", "人"),
)  # fmt: skip


def open_table(dice: random.Random, count: int, units: bool) -> Table:
    """Figures as a statistical bulletin prints them: names, amounts, growth; some cells empty, some names long."""
    heads = ["产品名称", *(["单位"] if units else []), "绝对数", "比上年增长（%）"]
    rows = [heads]
    for number in range(count):
        name, unit = _PRODUCTS[number % len(_PRODUCTS)]
        amount = f"{dice.uniform(0.1, 4000):.{dice.choice((0, 1, 2))}f}"
        growth = "" if dice.random() < 0.08 else f"{dice.uniform(-30, 60):.1f}"
        rows.append([name, *([unit] if units else []), amount, growth])
    return table_of(rows, 1, {})


def grouped_table(dice: random.Random, count: int) -> Table:
    """Figures under heads of two levels."""
    rows = [
        ["地区", "地区生产总值", "", "固定资产投资", ""],
        ["", "总量（亿元）", "增长（%）", "总量（亿元）", "增长（%）"],
    ]
    spans = {(0, 0): (2, 1), (0, 1): (1, 2), (0, 3): (1, 2)}
    for number in range(count):
        figures = [f"{dice.uniform(10, 900):.1f}" if n % 2 == 0 else f"{dice.uniform(-5, 12):.1f}" for n in range(4)]
        rows.append([_TOWNS[number % len(_TOWNS)], *figures])
    return table_of(rows, 2, spans)


def bulletin(seed: int) -> list[Block]:
    """A statistical bulletin: paragraphs of figures between tables, one of which goes on over a page."""
    dice = random.Random(1000 + seed)
    tables = [
        open_table(dice, 9, False),
        open_table(dice, 12, True),
        grouped_table(dice, 8),
        open_table(dice, 60, True),
    ]
    blocks: list[Block] = [
        Text("title", ("2023年清澜县国民经济和社会发展统计公报",)),
        Text("centre", ("清澜县统计局",)),
    ]
    for number, table in enumerate(tables, 1):
        blocks += [
            Text("body", (f"{'一二三四'[number - 1]}、{_paragraph(dice, 2, 4)}",)),
            Text("centre", (f"表{number}　2023年清澜县主要指标及增速",)),
            table,
            Text("body", (_paragraph(dice, 2, 3),)),
        ]
    return blocks


def invented(seed: int, long_rows: int = 0) -> list[Block]:
    """A gazette with two documents and tables of every kind; *long_rows* adds a table over pages."""
    dice = random.Random(seed)
    place = dice.choice(("沅溪", "白麓", "清澜")) + "县"
    blocks: list[Block] = [
        Text("title", (f"{place}人民政府公报",)),
        Text("centre", (f"2024年第{seed % 9 + 1}期（总第{seed + 30}期）",)),
    ]
    tables = [three_level_table(dice), task_table(dice, 6), figures_table(dice, 9)]
    if long_rows:
        tables = [task_table(dice, long_rows), figures_table(dice, 2 * long_rows), three_level_table(dice)]
    for ordinal, subject in enumerate(("农业农村重点工作实施方案", "经济运行和民生实事责任分解方案"), 1):
        blocks += [
            Text("title", (f"{place}人民政府办公室", f"关于印发《{place}2024年{subject}》的通知")),
            Text("centre", (f"{place[:2]}政办发〔2024〕{ordinal + 3}号",)),
            Text("body", ("各乡镇人民政府、街道办事处，县直及驻县各单位：",)),
            Text("body", (f"《{place}2024年{subject}》已经县人民政府同意，现印发给你们，请结合实际认真贯彻执行。",)),
            Text("right", (f"{place}人民政府办公室",)),
            Text("right", (f"2024年{ordinal + 1}月{ordinal + 7}日",)),
            Text("centre", ("（此件公开发布）",)),
            Text("title", (f"{place}2024年{subject}",)),
            Text("body", (_paragraph(dice, 2, 3),)),
        ]
        for chapter, name in enumerate(("总体要求", "重点任务", "保障措施")):
            blocks.append(Text("body", ("一二三"[chapter] + "、" + name,)))
            for section in range(dice.randint(2, 3)):
                blocks.append(Text("body", (f"（{'一二三四'[section]}）" + _paragraph(dice, 2, 4),)))
                for item in range(dice.randint(0, 3)):
                    blocks.append(Text("body", (f"{item + 1}.{_paragraph(dice, 1, 2)}",)))
        blocks.append(Text("body", (f"附件{ordinal}",)))
        for table in tables[ordinal - 1 : ordinal] if ordinal == 1 else tables[1:]:
            blocks += [
                Text("centre", ("任务分解表（单位：见表头）",)),
                table,
                Text("body", ("注：" + _sentence(dice) + "。",)),
            ]
    return blocks


def sample(seed: int) -> list[Block]:
    """A short piece of a gazette with one table of every kind, on two pages or three."""
    dice = random.Random(seed)
    return [
        Text("title", ("清澜县人民政府办公室", "关于印发《清澜县2024年重点工作责任分解方案》的通知")),
        Text("centre", ("清澜政办发〔2024〕6号",)),
        Text("body", ("各乡镇人民政府、街道办事处，县直及驻县各单位：",)),
        *(
            Text("body", (f"{mark}{_paragraph(dice, 2, 3)}",))
            for mark in ("", "一、", "（一）", "1.", "2.", "（二）", "（三）", "1.")
        ),
        Text("right", ("清澜县人民政府办公室",)),
        Text("right", ("2024年3月9日",)),
        three_level_table(dice),
        Text("body", (f"注：{_sentence(dice)}。",)),
        task_table(dice, 9),
        Text("body", (f"二、{_paragraph(dice, 2, 3)}",)),
        figures_table(dice, 6),
        *(Text("body", (f"{mark}{_paragraph(dice, 1, 3)}",)) for mark in ("", "三、", "（一）", "（二）")),
    ]
