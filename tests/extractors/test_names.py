"""Names: their shapes, and lists that OCR shuffled, settled by the roster of an issue."""

from __future__ import annotations

from collections import Counter

import pytest

from extractors.officials.names import is_name_in_prose, shape
from extractors.officials.positions import organization_of
from extractors.officials.roster import settle
from tests.extractors.test_officials import run

SHAPES = [
    ("张奕", "surname"), ("李镇江", "surname"), ("欧阳鹤鸣", "compound"), ("申屠岱", "compound"), ("桑杰才让", "transliterated"),
    ("阿依努尔·艾山", "transliterated"), ("古丽娜尔", "transliterated"), ("郁杉", "surname"), ("财政局", None), ("副县长", None),
    ("同上", None), ("各乡镇", None), ("县交通", None), ("洋河镇", None), ("张", None), ("张奕平奇", None), ("负责人", None),
]  # fmt: skip

ROSTER = {
    "张奕": 9, "黄平": 9, "罗奇": 8, "刘勇": 5, "陈忠": 3, "焦洪桥": 6, "徐春光": 4, "胡锦平": 3, "胡锦涛": 3, "袁敏哲": 2, "廖昱": 6,
    "胡建龙": 2, "罗明": 2, "李镇江": 6, "陶娜": 2,
}  # fmt: skip

LISTS = [
    ("张 黄 奕平", ["张奕", "黄平"]),
    ("黄 刘 平勇", ["黄平", "刘勇"]),
    ("罗陈 奇忠", ["罗奇", "陈忠"]),
    ("黄罗平奇", ["黄平", "罗奇"]),
    ("黄 罗 平 奇", ["黄平", "罗奇"]),
    ("张奕平奇 黄罗奇", ["张奕", "黄平", "罗奇"]),
    ("黄罗焦 奇洪桥", ["罗奇", "焦洪桥"]),
    ("徐 春光", ["徐春光"]),
    ("张 奕春光 徐 春光 胡 锦平", ["张奕", "徐春光", "胡锦平"]),
    ("胡锦涛平", ["胡锦平"]),
    ("刘念 袁敏 廖哲 廖昱", ["刘念", "袁敏哲", "廖昱"]),
    ("罗明 胡建 廖龙 廖昱", ["罗明", "胡建龙", "廖昱"]),
    ("李镇江 陶 娜", ["李镇江", "陶娜"]),
    # clear print is left alone, whoever else the roster knows
    ("张奕 黄平", ["张奕", "黄平"]),
    ("王晓明 赵立", ["王晓明", "赵立"]),
    ("周 旭东 何川", ["周旭东", "何川"]),
    ("张 立春 王 明", ["张立春", "王明"]),
    ("欧阳 静", ["欧阳静"]),
    ("司马 长风", ["司马长风"]),
    ("张奕 李黄平", ["张奕", "李黄平"]),
]  # fmt: skip


@pytest.mark.parametrize(("word", "expected"), SHAPES)
def test_shape(word: str, expected: str | None) -> None:
    assert shape(word) == expected


@pytest.mark.parametrize(("printed", "names"), LISTS)
def test_lists_settled_by_the_roster(printed: str, names: list[str]) -> None:
    items = settle(printed.split(), ROSTER)
    assert [item.name for item in items] == names
    assert not any(item.unsettled for item in items)
    characters = printed.replace(" ", "")
    for item in items:
        stretch = characters[item.start : item.end]
        assert stretch == item.name or (item.repaired and not Counter(item.name) - Counter(stretch))


@pytest.mark.parametrize("printed", ["张 黄 奕平", "罗 陈 奇忠"])
def test_without_evidence_a_shuffled_list_stays_as_printed(printed: str) -> None:
    (item,) = settle(printed.split(), {})
    whole = printed.replace(" ", "")
    assert (item.name, item.unsettled, item.repaired) == (whole, True, False)
    assert (item.start, item.end) == (0, len(whole))


def test_two_covers_of_equal_weight_stay_as_printed() -> None:
    roster = {"张奕": 3, "黄平": 3, "张平": 3, "黄奕": 3}
    assert [item.unsettled for item in settle(["张", "黄", "奕平"], roster)] == [True]


def test_shuffled_names_share_the_printed_stretch() -> None:
    text = "项目\t责任领导\n甲\t周旭\n乙\t何川\n丙\t周 何 旭川\n"
    rows = run(text)
    assert [(row.text, row.name, row.name_repaired) for row in rows] == [
        ("周旭", "周旭", False),
        ("何川", "何川", False),
        ("周 何 旭川", "周旭", True),
        ("周 何 旭川", "何川", True),
    ]


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("刘志强", True),
        ("方案", False),
        ("雷锋", False),
        ("习近平", False),
        ("向雷锋", False),
        ("成员", False),
        ("高新区", False),
    ],
)
def test_names_in_prose(word: str, expected: bool) -> None:
    assert is_name_in_prose(word) is expected


@pytest.mark.parametrize(
    ("position", "organization"),
    [
        ("县文旅广体局副局长", "县文旅广体局"), ("市水文中心监测科副科长", "市水文中心"), ("国网桐埠供电公司抢修班班长", "国网桐埠供电公司"),
        ("市城市管理综合行政执法大队大队长", "市城市管理综合行政执法大队"), ("县委统战部长", "县委统战部"), ("青柯村党支部书记", "青柯村"),
        ("县长", None), ("分管工业工作的副县长", None), ("县人民政府分管农业工作的副县长", "县人民政府"), ("县委副书记、县长", "县委"),
        ("县公路建设和养护中心公路所所长", "县公路建设和养护中心公路所"), ("市水利局二级调研员", "市水利局"),
    ],
)  # fmt: skip
def test_organization(position: str, organization: str | None) -> None:
    assert organization_of(position) == organization


def test_variants_of_one_person_share_a_key_where_the_issue_bears_it_out() -> None:
    text = "事项\t牵头领导\n甲\t张奕 徐春光 胡锦涛\n乙\t张奕 徐春光 胡锦平\n丙\t胡锦平\n丁\t王立 赵方\n戊\t王立 赵芳\n"
    keys = {row.name: row.person_key for row in run(text)}
    assert keys["胡锦涛"] == keys["胡锦平"] == "胡锦平"
    assert keys["赵方"] != keys["赵芳"]


def test_names_of_other_lengths_and_of_one_list_are_other_people() -> None:
    text = "事项\t牵头领导\n甲\t张奕 徐春光 胡锦\n乙\t张奕 徐春光 胡锦平\n丙\t张奕 徐春光 王立本 王立平\n"
    keys = {row.name: row.person_key for row in run(text)}
    assert keys == {name: name for name in ("张奕", "徐春光", "胡锦", "胡锦平", "王立本", "王立平")}


@pytest.mark.parametrize(
    ("known", "printed", "names"),
    [
        # a narrow cell breaks at the blank, which the page does not print
        (["李晓明", "何川"], "李晓明何川", ["李晓明", "何川"]),
        (["何川", "孙倩", "周旭"], "孙倩周旭何川", ["孙倩", "周旭", "何川"]),
        # a name that is seen nowhere else, or two ways to cut: nothing is made up
        (["李晓明"], "李晓明何川", []),
        (["周旭", "东方白", "周旭东", "方白"], "周旭东方白", []),
        # an agency is no row of names
        (["何川"], "何川财政局", []),
    ],
)
def test_names_printed_without_blank_are_cut_by_the_roster(known: list[str], printed: str, names: list[str]) -> None:
    text = "项目\t责任领导\n" + "".join(f"第{n}项\t{name}\n" for n, name in enumerate(known)) + f"末项\t{printed}\n"
    rows = run(text)
    last = text.rindex("\t") + 1
    assert [(row.text, row.name) for row in rows if row.span.start >= last] == [(name, name) for name in names]
