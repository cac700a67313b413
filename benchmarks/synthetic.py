"""Synthetic gazette issues for measurements: varied places, numbers and styles, the same for the same seed.

python benchmarks/synthetic.py FOLDER --count 1000 --seed 1
"""

from __future__ import annotations

import argparse
import random
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


def issue(random_: random.Random, number: int) -> str:
    """One issue with two to six documents: plans, tables of tasks, appointments, rules."""
    place = random_.choice(_FIRST) + random_.choice(_SECOND) + random_.choice(_LEVELS)
    year = random_.randint(2015, 2025)
    documents = [
        random_.choice((_plan, _plan, _table, _appointments, _rules))(random_, place, year, serial)
        for serial in range(1, random_.randint(3, 7))
    ]
    contents = "\n".join(text.split("\n", 1)[0] for text in documents)
    head = f"{place}人民政府公报\n{year}年第{number % 12 + 1}期\n（总第{number + 20}期）\n\n目录\n{contents}\n\n"
    return head + "\n\n".join(documents) + "\n"


def _head(random_: random.Random, place: str, year: int, serial: int, subject: str) -> str:
    return (
        f"{place}人民政府办公室关于印发《{subject}》的通知\n{place[:2]}政办发〔{year}〕{serial}号\n\n"
        f"各乡镇人民政府、街道办事处，{place}直有关单位：\n现将《{subject}》印发给你们，请结合实际认真贯彻执行。\n\n"
        f"{place}人民政府办公室\n{year}年{random_.randint(1, 12)}月{random_.randint(1, 28)}日\n\n{subject}\n"
    )


def _target(random_: random.Random, year: int) -> str:
    name, unit, low, high = random_.choice(_MEASURES)
    value = f"{random_.randint(low, high)}{random_.choice(('', '', '.5'))}{unit}"
    when = random_.choice((f"到{year + 2}年，", f"{year}年底前，", "", "全年"))
    return f"{when}{name}{random_.choice(_BOUNDS).format(value)}"


def _plan(random_: random.Random, place: str, year: int, serial: int) -> str:
    text = _head(random_, place, year, serial, f"{place}{year}年重点工作实施方案")
    for chapter in _CHINESE[: random_.randint(2, 5)]:
        text += f"{chapter}、{random_.choice(('主要目标', '重点任务', '保障措施', '工作要求'))}\n"
        for item in _CHINESE[: random_.randint(2, 6)]:
            lead, *others = random_.sample(_AGENCIES, random_.randint(2, 4))
            text += (
                f"（{item}）{_target(random_, year)}。{_target(random_, year)}，同比增长{random_.randint(1, 15)}.{random_.randint(0, 9)}%。"
                f"（牵头单位：{lead}；责任单位：{'、'.join(others)}）\n"
            )
    return text


def _table(random_: random.Random, place: str, year: int, serial: int) -> str:
    text = _head(random_, place, year, serial, f"{place}{year}年目标任务分解表")
    text += "序号\t指标名称\t单位\t目标值\t牵头单位\t责任单位\n"
    for row in range(1, random_.randint(6, 25)):
        name, unit, low, high = random_.choice(_MEASURES)
        lead, other = random_.sample(_AGENCIES, 2)
        text += f"{row}\t{name}\t{unit}\t{random_.randint(low, high)}\t{lead}\t{other}\n"
    return text


def _appointments(random_: random.Random, place: str, year: int, serial: int) -> str:
    text = f"{place}人民政府关于任免干部职务的通知\n{place[:2]}政人〔{year}〕{serial}号\n\n各有关单位：\n经研究决定：\n"
    for _ in range(random_.randint(2, 9)):
        name = random_.choice(_SURNAMES) + "".join(random_.sample(_GIVEN, random_.randint(1, 2)))
        text += f"{random_.choice(('任命', '免去'))}{name}{random_.choice(('同志为', '的'))}{random_.choice(_AGENCIES)}副局长职务。\n"
    return text + f"\n{place}人民政府\n{year}年{random_.randint(1, 12)}月{random_.randint(1, 28)}日\n"


def _rules(random_: random.Random, place: str, year: int, serial: int) -> str:
    text = f"{place}城镇管理办法\n（{year}年{place}人民政府令第{serial}号公布）\n第一章 总则\n"
    for number in range(1, random_.randint(6, 20)):
        low = random_.randint(1, 9) * 100
        text += (
            f"第{_chinese(number)}条 违反本办法规定的，由{random_.choice(_AGENCIES)}责令限期改正，"
            f"逾期不改正的，处{low}元以上{low * 5}元以下罚款；对符合条件的，每户补助{low * 3}元。\n"
        )
    return text


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
