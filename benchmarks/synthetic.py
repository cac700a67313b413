"""Synthetic gazette issues for measurements: varied places, numbers and styles, the same for the same seed.

    python -m benchmarks.synthetic FOLDER --count 1000 --seed 1

Six kinds of document (plans, tables of tasks, work reports, appointments, rules, lists of people), each place with a
style of its own: numbering, width of digits, commas in thousands, Chinese numerals, brackets of document numbers, notes
of owners, running heads with page numbers, encoding. Sizes vary as those of gazettes do: most are short, some long.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

_FIRST = "青白云临东南西北安永长新平清龙凤金石丰宁和兴昌广"
_SECOND = "河水山岭泽湖坪江阳川原溪林泉州城口桥湾塘"
_LEVELS = ("县", "市", "区", "自治县", "县", "市")
_AGENCIES = (
    "发展和改革局", "财政局", "农业农村局", "水利局", "教育局", "民政局", "自然资源局", "住房和城乡建设局", "交通运输局",
    "生态环境局", "商务局", "卫生健康局", "应急管理局", "市场监督管理局", "统计局", "林业局",
)  # fmt: skip
_MEASURES = (
    ("粮食播种面积", "万亩", 10, 300), ("地区生产总值", "亿元", 50, 2000), ("城镇新增就业", "人", 500, 20000),
    ("规模以上工业企业", "家", 5, 300), ("改造农村公路", "公里", 10, 500), ("新建高标准农田", "亩", 1000, 90000),
    ("一般公共预算收入", "亿元", 3, 200), ("污水处理率", "%", 80, 99), ("森林覆盖率", "%", 20, 80),
    ("接待游客", "万人次", 20, 900), ("植树造林", "公顷", 100, 9000), ("引进亿元以上项目", "个", 2, 60),
)  # fmt: skip
_BOUNDS = ("达到{}", "达到{}以上", "不低于{}", "稳定在{}左右", "突破{}", "力争达到{}")
_SURNAMES, _GIVEN = "王李张刘陈杨黄周吴徐孙马朱胡林郭何高罗郑", "伟芳娜敏静强磊军洋勇艳杰娟涛明超霞平刚桂"
_CHINESE = "一二三四五六七八九十"
_WIDE = str.maketrans("0123456789.", "０１２３４５６７８９．")
_SUBJECTS = (
    "重点工作", "粮食生产", "乡村振兴", "优化营商环境", "城镇老旧小区改造", "河湖长制", "安全生产", "招商引资", "文化旅游",
    "生活垃圾分类", "义务教育", "医疗保障", "农村公路", "节能减排",
)  # fmt: skip
_TALK = (
    "", "", "坚持稳中求进工作总基调，", "突出抓好产业发展，", "持续改善民生，", "加大财政投入力度，统筹各类资金，",
    "完善联农带农机制，健全利益联结，", "深入推进改革开放，加快培育新动能。", "强化督查考核，压实工作责任。",
)  # fmt: skip


@dataclass(frozen=True)
class Style:
    """How one place prints its gazette."""

    place: str
    year: int
    numbers: str
    """``plain``, ``commas``, ``wide`` or ``chinese``."""
    brackets: tuple[str, str]
    lead: str
    responsible: str
    joined: bool
    running_head: bool
    articles: bool


def style(random_: random.Random) -> Style:
    """A place and its style."""
    return Style(
        place=random_.choice(_FIRST) + random_.choice(_SECOND) + random_.choice(_LEVELS),
        year=random_.randint(2012, 2025),
        numbers=random_.choice(("plain", "plain", "plain", "commas", "wide", "chinese")),
        brackets=random_.choice((("〔", "〕"), ("〔", "〕"), ("[", "]"), ("（", "）"))),
        lead=random_.choice(("牵头单位", "责任单位", "牵头部门")),
        responsible=random_.choice(("责任单位", "配合单位", "参与单位")),
        joined=random_.random() < 0.3,
        running_head=random_.random() < 0.4,
        articles=random_.random() < 0.5,
    )


def issue(random_: random.Random, number: int, documents: int | None = None) -> str:
    """One issue with *documents* documents, by default from one up to some tens, mostly a few."""
    own = style(random_)
    count = documents or min(40, 1 + int(random_.expovariate(1 / 4)))
    texts = [random_.choice(_KINDS)(random_, own, serial) for serial in range(1, count + 1)]
    contents = "\n".join(text.split("\n", 1)[0] for text in texts)
    head = (
        f"{own.place}人民政府公报\n{own.year}年第{number % 12 + 1}期\n（总第{number + 20}期）\n\n目录\n{contents}\n\n"
    )
    whole = head + "\n\n".join(texts) + "\n"
    return _paged(whole, own) if own.running_head else whole


def _paged(text: str, own: Style) -> str:
    """*text* with a running head and a page number every forty lines."""
    lines: list[str] = []
    for at, line in enumerate(text.split("\n")):
        if at % 40 == 39:
            lines += [f"- {at // 40 + 1} -", f"{own.place}人民政府公报"]
        lines.append(line)
    return "\n".join(lines)


def _amount(random_: random.Random, own: Style, low: int, high: int, unit: str) -> str:
    value = random_.randint(low, high)
    tenths = random_.choice(("", "", f".{random_.randint(1, 9)}", f".{random_.randint(10, 99)}"))
    if unit in ("人", "家", "个", "亩"):
        tenths = ""
    if own.numbers == "commas":
        return f"{value:,}{tenths}"
    if own.numbers == "wide":
        return f"{value}{tenths}".translate(_WIDE)
    if own.numbers == "chinese" and value < 100 and random_.random() < 0.6:
        return _chinese(value)
    return f"{value}{tenths}"


def _head(random_: random.Random, own: Style, serial: int, subject: str) -> str:
    left, right = own.brackets
    title = random_.choice((f"关于印发《{subject}》的通知", f"印发《{subject}》的通知", f"关于{subject}的意见"))
    return (
        f"{own.place}人民政府办公室{title}\n{own.place[:2]}政办发{left}{own.year}{right}{serial}号\n\n"
        f"各乡镇人民政府、街道办事处，{own.place}直有关单位：\n现将《{subject}》印发给你们，请结合实际认真贯彻执行。\n\n"
        f"{own.place}人民政府办公室\n{own.year}年{random_.randint(1, 12)}月{random_.randint(1, 28)}日\n\n{subject}\n"
    )


def _owners(random_: random.Random, own: Style) -> str:
    lead, *others = random_.sample(_AGENCIES, random_.randint(2, 5))
    if own.joined:
        return f"（{lead}牵头，{'、'.join(others)}按职责分工负责）"
    return f"（{own.lead}：{lead}；{own.responsible}：{'、'.join(others)}）"


def _target(random_: random.Random, own: Style) -> str:
    name, unit, low, high = random_.choice(_MEASURES)
    value = _amount(random_, own, low, high, unit) + unit
    when = random_.choice((f"到{own.year + 2}年，", f"{own.year}年底前，", "", "全年", "6月底前，", "“十四五”期间，"))
    return f"{when}{random_.choice(('', '', '力争', '确保'))}{name}{random_.choice(_BOUNDS).format(value)}"


def _plan(random_: random.Random, own: Style, serial: int) -> str:
    text = _head(random_, own, serial, f"{own.place}{own.year}年{random_.choice(_SUBJECTS)}实施方案")
    for chapter in _CHINESE[: random_.randint(2, 6)]:
        text += f"{chapter}、{random_.choice(('主要目标', '重点任务', '保障措施', '工作要求', '实施步骤'))}\n"
        for number, item in enumerate(_CHINESE[: random_.randint(2, 7)], start=1):
            marker = f"（{item}）" if not own.articles else f"{number}．"
            growth = f"同比增长{random_.randint(1, 15)}.{random_.randint(0, 9)}%"
            text += f"{marker}{_target(random_, own)}。{random_.choice(_TALK)}{_target(random_, own)}，{growth}。{_owners(random_, own)}\n"
    return text


def _table(random_: random.Random, own: Style, serial: int) -> str:
    text = _head(random_, own, serial, f"{own.place}{own.year}年目标任务分解表")
    text += f"序号\t指标名称\t单位\t{own.year}年目标\t{own.lead}\t{own.responsible}\n"
    for row in range(1, random_.randint(6, 40)):
        name, unit, low, high = random_.choice(_MEASURES)
        lead, other = random_.sample(_AGENCIES, 2)
        text += f"{row}\t{name}\t{unit}\t{random_.choice(('', '≥'))}{_amount(random_, own, low, high, unit)}\t{lead}\t{other}\n"
    return text


def _report(random_: random.Random, own: Style, serial: int) -> str:
    text = f"政府工作报告\n——{own.year}年1月{random_.randint(3, 28)}日在{own.place}人民代表大会第{_chinese(serial % 9 + 1)}次会议上\n"
    text += (
        f"{own.place}人民政府代理{'县区'[serial % 2]}长　{_name(random_)}\n各位代表：\n一、{own.year - 1}年工作回顾\n"
    )
    for _ in range(random_.randint(4, 12)):
        name, unit, low, high = random_.choice(_MEASURES)
        value = _amount(random_, own, low, high, unit)
        text += f"{random_.choice(_TALK)}{name}完成{value}{unit}，比上年增长{random_.randint(1, 20)}.{random_.randint(0, 9)}%。\n"
    text += f"二、{own.year}年主要任务\n"
    for _ in range(random_.randint(3, 9)):
        text += f"{random_.choice(_TALK)}{_target(random_, own)}，{_target(random_, own)}。\n"
    return text


def _appointments(random_: random.Random, own: Style, serial: int) -> str:
    left, right = own.brackets
    text = f"{own.place}人民政府关于任免干部职务的通知\n{own.place[:2]}政人{left}{own.year}{right}{serial}号\n\n各有关单位：\n经研究决定：\n"
    for _ in range(random_.randint(2, 15)):
        post = f"{random_.choice(_AGENCIES)}{random_.choice(('局长', '副局长', '三级调研员'))}"
        text += f"{random_.choice(('任命', '免去', '聘任'))}{_name(random_)}{random_.choice(('同志为', '的'))}{post}职务。\n"
    return text + f"\n{own.place}人民政府\n{own.year}年{random_.randint(1, 12)}月{random_.randint(1, 28)}日\n"


def _rules(random_: random.Random, own: Style, serial: int) -> str:
    text = f"{own.place}{random_.choice(_SUBJECTS)}管理办法\n（{own.year}年{own.place}人民政府令第{serial}号公布）\n第一章 总则\n"
    for number in range(1, random_.randint(6, 30)):
        low = random_.randint(1, 9) * 100
        text += (
            f"第{_chinese(number)}条 违反本办法规定的，由{random_.choice(_AGENCIES)}责令限期改正，"
            f"逾期不改正的，处{low}元以上{low * 5}元以下罚款；对符合条件的，每户补助{low * 3}元，于{random_.randint(5, 60)}个工作日内办结。\n"
        )
    return text


def _members(random_: random.Random, own: Style, serial: int) -> str:
    text = f"{own.place}人民政府办公室关于成立{random_.choice(_SUBJECTS)}工作领导小组的通知\n"
    text += f"各乡镇人民政府：\n组  长：{_name(random_)}（{own.place}委副书记）\n副组长：{_name(random_)}（副县长）\n成  员："
    people = [f"{_name(random_)}（{random_.choice(_AGENCIES)}局长）" for _ in range(random_.randint(4, 20))]
    return text + "\n        ".join(people) + f"\n\n{own.place}人民政府办公室\n{own.year}年3月{serial % 28 + 1}日\n"


def _name(random_: random.Random) -> str:
    return random_.choice(_SURNAMES) + "".join(random_.sample(_GIVEN, random_.randint(1, 2)))


_KINDS: tuple[Callable[[random.Random, Style, int], str], ...] = (
    _plan, _plan, _table, _report, _appointments, _rules, _members,
)  # fmt: skip


def _chinese(number: int) -> str:
    tens, ones = divmod(number, 10)
    return ("" if not tens else ("" if tens == 1 else _CHINESE[tens - 1]) + "十") + (_CHINESE[ones - 1] if ones else "")


def write(folder: Path, count: int, seed: int) -> int:
    """*count* issues below *folder*, in several encodings; returns how many characters they have."""
    characters = 0
    for number in range(count):
        random_ = random.Random(f"{seed}/{number}")
        text = issue(random_, number)
        path = folder / f"place-{number % 40:02}" / f"{number:06}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode(random_.choice(("utf-8", "utf-8", "utf-8-sig", "gb18030"))))
        characters += len(text)
    return characters


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Write synthetic gazette issues.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    print(f"{write(chosen.folder, chosen.count, chosen.seed)} characters")
