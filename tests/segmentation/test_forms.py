"""Printed forms, markers, titles and addressees: tables of text and what it is."""

from __future__ import annotations

import random

import pytest

from extractors.rules.registry import Rule
from pipeline.segmentation.documents.titles import split_head, split_issuers, split_recipients, subject_of
from pipeline.segmentation.lines.form import Form, form_of
from pipeline.segmentation.lines.markers import Progress, inline_items, read_marker
from pipeline.segmentation.lines.once import once
from pipeline.segmentation.lines.rules import family, pattern

NUMBERS = [
    ("湘政发〔2023〕1号", ("湘政发〔2023〕1号", "湘政发", 2023, 1)),
    ("某政办发〔2024〕 12 号", ("某政办发〔2024〕12号", "某政办发", 2024, 12)),
    ("某府规[2022]3号", ("某府规[2022]3号", "某府规", 2022, 3)),
    ("某政发〔2024〕5号　　签发人：李某某", ("某政发〔2024〕5号", "某政发", 2024, 5)),
    ("某省人民政府令第312号", ("某省人民政府令第312号", "某省人民政府令", None, 312)),
    ("按照某政发〔2024〕5号文件要求", None),
    ("某政发〔2024〕5号文件精神", None),
    ("第5号", None),
    ("某人社发〔2023〕46号　某财社〔2023〕118号", ("某人社发〔2023〕46号", "某人社发", 2023, 46)),
    ("〔2024〕8号", ("〔2024〕8号", None, 2024, 8)),
    ("（某政人〔2023〕11号　2023年9月4日）", ("某政人〔2023〕11号", "某政人", 2023, 11)),
    ("某省人民政府令第五十二號", ("某省人民政府令第五十二號", "某省人民政府令", None, 52)),
    ("某某局公告2024年第3号", ("某某局公告2024年第3号", "某某局公告", 2024, 3)),
    ("某县人民政府关于某事的通知（某政发〔2024〕5号）", None),
]


@pytest.mark.parametrize(("text", "expected"), NUMBERS)
def test_document_number(text: str, expected: tuple[object, ...] | None) -> None:
    number = Form(text).doc_number
    assert (number and (number.text, number.code, number.year, number.serial)) == expected


MARKERS = [
    # text, numbers reached, after a cut sentence, marker
    ("一、总体要求", {}, False, ("han", 1, "一、")),
    ("（三）保障措施", {"han_paren": 2}, False, ("han_paren", 3, "（三）")),
    ("(三) 保障措施", {}, False, ("han_paren", 3, "(三)")),
    ("3. 完善机制", {"dot": 2}, False, ("dot", 3, "3.")),
    ("3．完善机制", {"dot": 2}, False, ("dot", 3, "3．")),
    ("3、完善机制", {"dot": 2}, False, ("dot", 3, "3、")),
    ("19.12月10日前建成", {"dot": 18}, False, ("dot", 19, "19.")),
    ("6.3月底前", {"dot": 5}, False, ("dot", 6, "6.")),
    ("（1）推动升规", {}, False, ("paren", 1, "（1）")),
    ("①公开招录", {}, False, ("circled", 1, "①")),
    ("⑴公开招录", {}, False, ("paren", 1, "⑴")),
    ("第一章　总则", {}, False, ("chapter", 1, "第一章")),
    ("第十二条　本办法", {"article": 11}, False, ("article", 12, "第十二条")),
    ("1.1 建设内容", {"dot": 1}, False, ("decimal", 1, "1.1")),
    ("一是强化领导", {}, False, ("first_is", 1, "一是")),
    ("5.5万亩高标准农田", {"dot": 4}, False, None),
    ("1.2万人次以下", {}, True, None),
    ("80.2%。", {}, True, None),
    ("2023.1月完成", {}, False, None),
    ("2024年全县所有学校", {}, True, None),
    ("第二十条的规定处理", {"article": 2}, True, None),
    ("第五条第一款规定", {"article": 4}, False, None),
    ("（一）项规定的", {}, True, None),
    ("一、二、三等奖", {}, True, None),
    ("12. 家以上企业", {"dot": 3}, True, None),
    ("三是加强督查", {}, False, None),
    ("一 、 总体要求", {}, False, ("han", 1, "一 、")),
    ("一.总体要求", {}, False, ("han", 1, "一.")),
    ("二 重点工作", {"han": 1}, False, ("han", 2, "二")),
    ("三 亚市", {}, False, None),
    ("〔四）高标准农田建设", {"han_paren": 3}, False, ("han_paren", 4, "〔四）")),
    ("（一 ）病险水库", {}, False, ("han_paren", 1, "（一 ）")),
    ("㈡ 实施分类治理", {"han_paren": 1}, False, ("han_paren", 2, "㈡")),
    ("二）加固堤防", {"han_paren": 1}, False, ("han_paren", 2, "二）")),
    ("二）加固堤防", {}, False, None),
    ("l.有责任主体的矿山", {}, False, ("dot", 1, "l.")),
    ("第二條 本辦法適用於", {"article": 1}, False, ("article", 2, "第二條")),
    ("第一，坚持就近入学", {}, False, ("ordinal", 1, "第一，")),
    ("第一、二产业", {}, False, None),
    ("二要突出重点", {"first_is": 1}, False, ("first_is", 2, "二要")),
]


@pytest.mark.parametrize(("text", "reached", "after_break", "expected"), MARKERS)
def test_marker(text: str, reached: dict[str, int], after_break: bool, expected: tuple[str, int, str] | None) -> None:
    marker = read_marker(text, Progress(last=dict(reached)), after_break=after_break)
    assert (marker and (marker.kind, marker.number, marker.text)) == expected


INLINE = [
    ("解决问题：①拆迁；②移交；③补差。", ["①", "②", "③"]),
    ("见①的规定。", []),
    ("一是摸清底数；二是分批整治。", ["一是", "二是"]),
    ("整治。1.做强产业。达到60家。2.培育企业。", ["1.", "2."]),
    ("增长1.2%；2.3亿元。", []),
    ("甲：（1）乙；（2）丙；", ["（1）", "（2）"]),
]


@pytest.mark.parametrize(("text", "expected"), INLINE)
def test_inline_items(text: str, expected: list[str]) -> None:
    assert [marker.text for _, marker in inline_items(text)] == expected


@pytest.mark.parametrize("rule", family("inline"), ids=lambda rule: rule.id)
def test_where_an_item_may_begin_is_seen_before_its_rule_is_asked(rule: Rule) -> None:
    """Every place at which one of the families matches is among those at which they are tried at all."""
    rng = random.Random(rule.id)
    texts = ["".join(rng.choices("一二十第①②⑴（(1)）2.．、是要，：:；。; \u3000丙路项", k=9)) for _ in range(2000)]
    texts += [before + example.text for example in rule.examples for before in ("", "；", "，甲：")]
    matched = 0
    for text in texts:
        seen = {one.end() - (one[0] in "①②⑴⑵") for one in pattern("inline_begins").finditer(text)} | {0}
        places = {match.start() for match in rule.finditer(text)}
        assert places <= seen, text
        matched += len(places)
    assert matched >= len(rule.examples)


ISSUERS = [
    ("中共某某县委 某某县人民政府", ("中共某某县委", "某某县人民政府")),
    ("中共某某县委某某县人民政府", ("中共某某县委", "某某县人民政府")),
    ("中共某某县委办公室\n某某县人民政府办公室", ("中共某某县委办公室", "某某县人民政府办公室")),
    ("某某市发展和改革委员会某某市财政局", ("某某市发展和改革委员会", "某某市财政局")),
]


@pytest.mark.parametrize(("text", "expected"), ISSUERS)
def test_issuers(text: str, expected: tuple[str, ...]) -> None:
    assert split_issuers(text) == expected


def test_title_without_its_issuer() -> None:
    assert split_head([], ["某某县人民政府", "关于印发《某某方案》的", "通　知"]) == (
        ("某某县人民政府",),
        "关于印发《某某方案》的通知",
    )
    assert subject_of("关于印发《关于推进某项工作的意见（试行）》的通知") == "关于推进某项工作的意见（试行）"
    assert subject_of("关于印发某某市城市更新计划的通知") == "某某市城市更新计划"
    assert subject_of("关于某某等同志任职的通知") is None


RECIPIENTS = [
    ("各乡镇党委、乡镇人民政府，县直各单位：", ("各乡镇党委", "乡镇人民政府", "县直各单位")),
    ("各市、县（区）人民政府，省直各部门：", ("各市、县（区）人民政府", "省直各部门")),
    ("各县（市、区）人民政府，市政府各部门、各直属机构：", ("各县（市、区）人民政府", "市政府各部门", "各直属机构")),
    ("各位代表：", ("各位代表",)),
]


@pytest.mark.parametrize(("text", "expected"), RECIPIENTS)
def test_recipients(text: str, expected: tuple[str, ...]) -> None:
    assert split_recipients(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2023年3月9日", "2023-03-09"),
        ("二〇二三年十二月三十一日", "2023-12-31"),
        ("2023年2月30日", None),
        ("中華民國105年4月8日", "2016-04-08"),
        ("中華民國一百零五年四月八日", "2016-04-08"),
        ("2023年3月", None),
    ],
)
def test_date(text: str, expected: str | None) -> None:
    date = Form(text).date
    assert (str(date) if date else None) == expected


LONG_TEXTS = [
    opening + ("全面推进各项工作，完成投资3.5亿元；" * 12) + ending
    for opening in ("", "附件2：", "抄送：", "某某市人民政府关于", "〔2024〕12号", "首页 > ", "（一）", "2024年3月1日")
    for ending in ("", "通知", "某某市财政局2024年3月1日", "（此件公开发布）", "第12号", "（盖章）")
]


@pytest.mark.parametrize("text", LONG_TEXTS)
def test_what_a_long_text_is_known_not_to_be_is_what_its_features_say(text: str) -> None:
    known, looked_at = form_of(text), Form(text)
    names = [name for name, one in vars(Form).items() if isinstance(one, once)]
    ready = set(names) & set(known.__dict__)
    assert {"button", "section", "may_be_title"} <= ready
    assert {name: getattr(known, name) for name in ready} == {name: getattr(looked_at, name) for name in ready}


@pytest.mark.parametrize(
    "text", ["首页 > 政务公开 > 通知公告", "【字体：大 中 小】", "加快建设县域医疗中心", "打印本页 关闭窗口"]
)
def test_the_gate_of_a_large_family_lets_through_what_one_of_its_rules_matches(text: str) -> None:
    matched = [one.id for one in family("furniture.chrome") if one.pattern.fullmatch(text)]
    found = Form(text).chrome
    assert (found.rule_id if found else None) == (matched[0] if matched else None)
