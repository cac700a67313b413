"""Texts with tables of figures → values: units from notes, captions and heads, titles in rows, codes, two sides."""

from __future__ import annotations

import pytest

from pipeline.process import process
from tests.segmentation.support import source_of

HEAD = "某市统计局关于2023年统计数据的公告\n\n某统发〔2024〕3号\n\n现将有关数据公告如下。\n\n"

CASES: dict[str, tuple[str, list[str]]] = {
    "a note between the title and the table": (
        "收入支出总表\n\n单位：万元\n\n项目\t决算数\n财政拨款收入\t2,940.05\n其他收入\t6.20\n",
        ["财政拨款收入决算数=29400500元", "其他收入决算数=62000元"],
    ),
    "a note in the title": (
        "表3 主要产品产量（单位：万吨）\n产品\t产量\n原煤\t12.5\n水泥\t3\n",
        ["原煤产量=125000吨", "水泥产量=30000吨"],
    ),
    "a note at the right edge, in a row of the table": (
        "\t\t\t单位：亿元\n指标\t绝对数\t比上年增长（±%）\t占比\n地区生产总值\t812.5\t-1.6\t100\n第一产业\t90\t3.2\t11.1\n",
        ["地区生产总值=81250000000元", "地区生产总值比上年增长=-1.6%", "地区生产总值占比=100%",
         "第一产业=9000000000元", "第一产业比上年增长=3.2%", "第一产业占比=11.1%"],
    ),
    "a note in the corner": (
        "项目 单位：万元\t预算数\t决算数\n教育支出\t10\t9.5\n卫生支出\t8\t7\n",
        ["教育支出预算数=100000元", "教育支出决算数=95000元", "卫生支出预算数=80000元", "卫生支出决算数=70000元"],
    ),
    "a note of two units": (
        "表2 农作物（单位：公顷、吨）\n作物\t播种面积\t总产量\n稻谷\t120\t900\n玉米\t30\t180\n",
        ["稻谷播种面积=120公顷", "稻谷总产量=900吨", "玉米播种面积=30公顷", "玉米总产量=180吨"],
    ),
    "a nearer unit contradicts": (
        "表4 企业情况（单位：万元）\n指标\t2022年\t2023年\n企业数（家）\t12\t15\n营业收入\t300\t320\n从业人数\t400\t410\n",
        ["企业数2022年=12家", "企业数2023年=15家", "营业收入2022年=3000000元", "营业收入2023年=3200000元",
         "从业人数2022年=400人", "从业人数2023年=410人"],
    ),
    "a title over all columns": (
        "2023年主要经济指标\t\t\n指标\t单位\t数值\n用电量\t亿千瓦时\t3.5\n",
        ["用电量=350000000千瓦时"],
    ),
    "codes and serials measure nothing": (
        "支出决算表\n\n单位：万元\n\n类\t款\t项\t科目名称\t合计\n201\t06\t01\t行政运行\t15.1\n201\t06\t02\t管理事务\t1\n",
        ["行政运行合计=151000元", "管理事务合计=10000元"],
    ),
    "one note over each of several tables, under titles that fill a line": (
        "表6 2019—2023年全市生产总值构成及其增速情况一览\n\n单位：亿元、%\n\n行业\t本年\t占比\n第一产业\t88.6\t12.4\n第二产业\t301.5\t42.1\n\n"
        "表7 2019—2023年全市农林牧渔业增加值情况一览\n\n单位：亿元、%\n\n行业\t本年\t占比\n种植业\t40.2\t50\n渔业\t3.5\t4.4\n",
        ["第一产业=8860000000元", "第一产业占比=12.4%", "第二产业=30150000000元", "第二产业占比=42.1%",
         "种植业=4020000000元", "种植业占比=50%", "渔业=350000000元", "渔业占比=4.4%"],
    ),
    "points for what is a rate": (
        "考核评分表\n\n考核指标\t分值\n任务完成率\t20\n机制健全\t10\n",
        ["任务完成率分值=20分", "机制健全分值=10分"],
    ),
    "two sides": (
        "收支总表（单位：万元）\n收入\t\t支出\t\n项目\t决算数\t项目\t决算数\n财政拨款\t9\t教育支出\t5\n其他收入\t1\t卫生支出\t4\n",
        ["财政拨款收入决算数=90000元", "教育支出决算数=50000元", "其他收入决算数=10000元", "卫生支出决算数=40000元"],
    ),
    "two sides, the left one shorter and its names sparse": (
        "收支总表（单位：万元）\n收入\t\t支出\t\n项目\t决算数\t项目\t决算数\n财政拨款\t9\t农业支出\t5\n\t\t教育支出\t1\n"
        "\t\t卫生支出\t1\n\t\t交通支出\t1\n其他收入\t\t住房支出\t1\n",
        ["财政拨款收入决算数=90000元", "农业支出决算数=50000元", "教育支出决算数=10000元", "卫生支出决算数=10000元",
         "交通支出决算数=10000元", "住房支出决算数=10000元"],
    ),
    "codes name no row where words do": (
        "支出决算表\n\n单位：万元\n\n科目编码\t科目名称\t决算数\n301\t工资福利支出\t15.1\n30101\t基本工资\t15.1\n",
        ["工资福利支出决算数=151000元", "基本工资决算数=151000元"],
    ),
    "figures without names": (
        "经费表\n\n单位：万元\n\n预算数\t决算数\n2.5\t0.5\n",
        ["预算数=25000元", "决算数=5000元"],
    ),
    "classes of ages": (
        "表2 人口（单位：万人）\n指标\t年末数\t比重（%）\n常住人口\t80\t100\n其中：0-15岁（含不满16周岁）\t20\t25\n60周岁及以上\t60\t75\n",
        ["常住人口=800000人", "常住人口比重=100%", "常住人口0-15岁=200000人",
         "常住人口0-15岁比重=25%", "常住人口60周岁及以上=600000人", "常住人口60周岁及以上比重=75%"],
    ),
    "a column of changes beside a named level": (
        "表3 产品（单位：万吨）\n产品\t产量\t同比增长（%）\n小麦\t3\t-2\n玉米\t5\t1.5\n",
        ["小麦产量=30000吨", "小麦产量同比增长=-2%", "玉米产量=50000吨", "玉米产量同比增长=1.5%"],
    ),
    "an empty column between the heads and the figures": (
        "表5 粮食产量（单位：万吨）\n品种\t产量\t增速\n小麦\t\t12\t3.5\n玉米\t\t9\t-2\n大豆\t\t1\t0.4\n",
        ["小麦产量=120000吨", "小麦产量增速=3.5%", "玉米产量=90000吨", "玉米产量增速=-2%", "大豆产量=10000吨", "大豆产量增速=0.4%"],
    ),
    "a unit behind the head of the names": (
        "产量情况表\n项目（万吨）\t2022年\t2023年\n总计\t12\t15\n水泥\t3\t4\n",
        ["总计2022年=120000吨", "总计2023年=150000吨", "水泥2022年=30000吨", "水泥2023年=40000吨"],
    ),
    "a note in the corner beside one head": (
        "产量情况表\n单位：万吨\t绝对数\n水泥\t3\n玻璃\t4\n", ["水泥=30000吨", "玻璃=40000吨"],
    ),
    "names of groups on lines of their own, names without a value, and signs for none": (
        "产量情况（万吨）\n指标\t绝对数\n按类型分\n建材\t9\n水泥\t\n　玻璃\t2\n按地区分组\n#城区\t…\n乡村\t5\n",
        ["建材=90000吨", "玻璃=20000吨", "乡村=50000吨"],
    ),
    "a name of a group between numbered rows": (
        "人数表（单位：人）\n序号\t名称\t数量\t其中：新增\n1\t城区\t60\t8.5\n2\t城郊\t52\t7.5\n乡　村\n3\t南湾\t30\t-\n4\t北湾\t39\t6\n",
        ["城区=60人", "城区新增数量=8.5人", "城郊=52人", "城郊新增数量=7.5人", "南湾=30人", "北湾=39人", "北湾新增数量=6人"],
    ),
    "a short name among longer ones beside an empty remark": (
        "投资（亿元）\n序号\t名称\t数量\t备注\n1\t科学技术项目\t2\t初步数\n2\t文化项目\t19\t\n3\t卫生健康项目\t4\t新增项\n"
        "4\t公共安全项目\t5\t\n5\t住房保障项目\t3\t初步数\n6\t城乡社区项目\t9\t新增项\n",
        ["科学技术项目=200000000元", "文化项目=1900000000元", "卫生健康项目=400000000元", "公共安全项目=500000000元",
         "住房保障项目=300000000元", "城乡社区项目=900000000元"],
    ),
    "marks": (
        "考核细则\n序号\t项目\t分值\n1\t组织体系\t5\n2\t督查督办\t4\n",
        ["组织体系分值=5分", "督查督办分值=4分"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_values(case: str) -> None:
    rows, expected = CASES[case]
    found = process(source_of(HEAD + rows))["quantities"].to_pylist()
    cells = [row for row in found if row["table_id"]]
    assert [f"{row['indicator']}={row['low']:.12g}{row['unit']}" for row in cells] == expected


def test_a_unit_that_a_break_within_its_brackets_cut() -> None:
    rows = "面积表\n地区\t面积（千\t增速\n\t公顷）\t（%）\n东河\t12.5\t3.1\n西岭\t9.8\t-1.6\n"
    found = process(source_of(HEAD + rows))["quantities"].to_pylist()
    values = [(row["low"], row["unit"]) for row in found if row["table_id"]]
    assert values == [(12500, "公顷"), (3.1, "%"), (9800, "公顷"), (-1.6, "%")]


PARTS = (
    "表1 年末人口（单位：万人）\n指标\t年末数\t比重（%）\n常住人口\t80.5\t\n其中：城镇\t30.1\t37.4\n乡村\t50.4\t62.6\n"
    "其中：男性\t40\t49.7\n女性\t40.5\t50.3\n其中：妇女干部\t1\t\n户籍人口\t90\t\n"
)


def test_parts_are_tied_to_their_wholes() -> None:
    """城镇 and 乡村 make up the whole; then it is parted anew; what exceeds it is no part."""
    found = process(source_of(HEAD + PARTS))
    names = {row["quantity_id"]: row["indicator"] for row in found["quantities"].to_pylist() if row["column"] == 1}
    tied = [
        (row["indicator"], names[row["part_of_quantity_id"]])
        for row in found["quantities"].to_pylist()
        if row["part_of_quantity_id"]
    ]
    assert tied == [
        ("常住人口城镇", "常住人口"), ("常住人口乡村", "常住人口"),
        ("常住人口男性", "常住人口"), ("常住人口女性", "常住人口"),
        ("女性妇女干部", "常住人口女性"),
    ]  # fmt: skip
    cells = [row for row in found["table_cells"].to_pylist() if row["column"] == 1]
    assert [row["part_of_row"] for row in cells] == [None, None, 1, 1, 1, 1, 5, None]
    assert cells[6]["row_group"] == ["常住人口", "女性"]


INDENTED = "表1 收入（单位：元）\n项目\t金额\n工资\t90\n\u3000基本\t50\n\u3000补助\t30\n\u3000\u3000夜班\t5\n租金\t9\n"


def test_indents_of_the_stub_make_parts() -> None:
    cells = process(source_of(HEAD + INDENTED))["table_cells"].to_pylist()
    assert [row["part_of_row"] for row in cells if row["column"] == 1] == [None, None, 1, 1, 3, None]


BESIDE_MARKS: dict[str, tuple[str, list[int | None]]] = {
    "names below the name behind the mark": (
        "粮食\t9\n\u3000其中：夏粮\t4\n\u3000\u3000\u3000\u3000秋粮\t5\n油料\t3\n", [None, 1, 1, None],
    ),
    "a mark below a mark": (
        "粮食\t9\n其中：谷物\t8\n\u3000\u3000\u3000其中：小麦\t5\n\u3000\u3000\u3000\u3000\u3000\u3000玉米\t3\n"
        "\u3000\u3000\u3000豆类\t1\n", [None, 1, 2, 2, 1],
    ),
    "a name not quite below, and another way of parting": (
        "人口\t9\n  其中：城镇\t4\n      乡村\t5\n  其中：男性\t5\n      女性\t4\n户数\t3\n", [None, 1, 1, 1, 1, None],
    ),
    "a sign for a mark": ("油料\t9\n #花生\t5\n  芝麻\t3\n棉花\t2\n", [None, 1, 1, None]),
}  # fmt: skip


@pytest.mark.parametrize("case", BESIDE_MARKS)
def test_names_beside_a_marked_one_are_no_parts_of_it(case: str) -> None:
    rows, expected = BESIDE_MARKS[case]
    cells = process(source_of(HEAD + "表1 产量（单位：吨）\n名称\t数量\n" + rows))["table_cells"].to_pylist()
    assert [row["part_of_row"] for row in cells if row["column"] == 1][1:] == expected


COMPARED = (
    "名称\t产量（万吨）\t比上年增长（%）\t较上年±%\t比2021年增减（万吨）\t上年产量（万吨）\n粮食\t9.5\t-3.2\t1.1\t-0.3\t9.8\n"
    "油料\t3.5\t4.2\t1.2\t0.1\t3.4\n"
)


def test_the_year_that_a_column_compares_with_is_not_its_own() -> None:
    found = process(source_of("某市2023年国民经济和社会发展统计公报\n\n" + COMPARED))["quantities"].to_pylist()
    assert [(row["transformation"], row["time_period"]) for row in found if row["row"] == 1] == [
        ("level", "2023"), ("growth", "2023"), ("growth", "2023"), ("change", "2023"), ("level", "2022"),
    ]  # fmt: skip


def test_heads_below_an_empty_line_begin_another_table() -> None:
    text = HEAD + "名称\t产量（万吨）\n粮食\t9.5\n油料\t3.5\n\n指标\t人数（人）\n城镇\t50\n乡村\t60\n"
    found = process(source_of(text))
    assert [row["n_rows"] for row in found["tables"].to_pylist()] == [3, 3]
    values = [(row["low"], row["unit"]) for row in found["quantities"].to_pylist() if row["table_id"]]
    assert values == [(95000, "吨"), (35000, "吨"), (50, "人"), (60, "人")]


@pytest.mark.parametrize("row", ["棉花\t持平", "名称\t产量（万吨）"], ids=["a word for a number", "the head again"])
def test_rows_below_an_empty_line_that_go_on(row: str) -> None:
    text = HEAD + f"名称\t产量（万吨）\n粮食\t9.5\n油料\t3.5\n\n{row}\n\n麻类\t50\n茶叶\t60\n"
    found = process(source_of(text))
    assert len(found["tables"]) == 1


SUMS: dict[str, tuple[str, list[str]]] = {
    "parts of a code are counted with it": (
        "编码\t名称\t合计\n208\t保障\t7\n20805\t养老\t7\n2080501\t离退休\t7\n210\t卫生\t2\n\t合计\t9\n", [],
    ),
    "codes over columns": ("类\t款\t名称\t金额\n201\t\t服务\t5\n201\t06\t财政\t5\n208\t\t保障\t2\n合计\t\t\t8\n", ["8, rows add up to 7"]),
    "a total behind a first one": (
        "项目\t决算数\n拨款\t9\n其他\t1\n本年收入合计\t10\n年初结余\t2\n总计\t12\n", [],
    ),
    "rows marked as parts": ("项目\t金额\n税收\t9\n其中：增值税\t4\n非税\t2\n合计\t11\n", []),
    "numbered rows that divide the one above them": (
        "项目\t决算数\n拨款\t9\n本年收入合计\t9\n年初结余\t5\n一、预算\t3\n二、基金\t2\n总计\t14\n", [],
    ),
    "numbered rows that do not make the one above them": (
        "项目\t决算数\n拨款\t9\n本年收入合计\t9\n年初结余\t5\n一、预算\t3\n二、基金\t1\n总计\t14\n", ["14, rows add up to 27"],
    ),
    "a total behind a first one that is wrong": (
        "项目\t决算数\n拨款\t9\n其他\t1\n本年收入合计\t10\n年初结余\t2\n总计\t13\n", ["13, rows add up to 22"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", SUMS)
def test_totals(case: str) -> None:
    rows, expected = SUMS[case]
    problems = process(source_of(HEAD + "决算表\n\n单位：万元\n\n" + rows))["problems"].to_pylist()
    found = [p["message"].partition("total ")[2] for p in problems if p["category"] == "table_sum_mismatch"]
    assert found == expected


def test_the_number_of_a_table_does_not_run_into_a_year() -> None:
    text = HEAD + "表1 2023年末人口\n指标\t人数（人）\n城镇\t5\n乡村\t6\n"
    assert [row["caption"] for row in process(source_of(text))["tables"].to_pylist()] == ["表1 2023年末人口"]
