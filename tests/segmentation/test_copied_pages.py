"""Texts copied from web pages and accounts: what the page prints around them, heads that are cut off, many who sign."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from pipeline.segmentation import segment
from tests.segmentation.support import assert_sound, source_of

BODY = "为落实省政府部署,我市研究制定了以下措施,现通知如下。\n\n一、支持租房。对新就业职工给予补贴。\n\n二、本通知自印发之日起施行。\n\n"
MANY = [f"青柳市{name}局" for name in ("财政", "教育", "民政", "司法", "水利", "统计", "交通运输")]


def _only(text: str) -> Any:
    issue = segment(source_of(text))
    assert_sound(issue)
    (document,) = issue.documents
    return document


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        (f"各有关单位:\n\n{BODY}" + "\n".join(MANY) + "\n2024年3月5日\n", {"issuers": tuple(MANY), "signed_date": dt.date(2024, 3, 5)}),
        (f"各有关单位:\n\n{BODY}青柳市水利局 青 柳 市 财 政 局\n2024年3月5日\n", {"issuers": ("青柳市水利局", "青柳市财政局")}),
        (f"各有关单位:\n\n{BODY}青柳市财政局青柳住房公积金管理中心\n2024年3月5日\n", {"issuers": ("青柳市财政局", "青柳住房公积金管理中心")}),
        (f"各有关单位:\n\n{BODY}青柳市教育局国家税务总局青柳市税务局\n2024年3月5日\n", {"issuers": ("青柳市教育局", "国家税务总局青柳市税务局")}),
        (f"{BODY}青柳市人民政府办公室\n2024年3月5日印发\n", {"issuers": ("青柳市人民政府办公室",), "signed_date": dt.date(2024, 3, 5)}),
        (f"{BODY}青柳市水利局\n青柳市财政局\n", {"issuers": ("青柳市水利局", "青柳市财政局"), "signed_date": None}),
        (
            f"市政府关于加强防汛工作的通知\n各有关单位:\n{BODY}青柳市人民政府\n2024年3月5日\n",
            {"title": "关于加强防汛工作的通知", "issuers": ("青柳市人民政府",)},
        ),
        (
            f"青柳市水利局等部门关于加强防汛工作的通知\n各有关单位:\n{BODY}青柳市水利局\n青柳市财政局\n2024年3月5日\n",
            {"title": "关于加强防汛工作的通知", "issuers": ("青柳市水利局", "青柳市财政局")},
        ),
        (
            f"省政府办公厅印发《关于促进消费的若干措施》\n\n{BODY}",
            {"title": "省政府办公厅印发《关于促进消费的若干措施》", "issuers": ()},
        ),
        (
            f"关于调整补贴标准的通知\n青柳公积金2023-05-0816:57发表于青省\n\n各有关单位:\n{BODY}",
            {"title": "关于调整补贴标准的通知", "recipients": ("各有关单位",)},
        ),
        (
            f"有关负责人就防汛工作答问\n2022-12-1907:11来源:新华社【字体:大中小】打印\n新华社北京12月8日电题:防汛述评\n新华社记者\n\n{BODY}",
            {"title": "有关负责人就防汛工作答问"},
        ),
        (
            f"好消息!租房有补贴!\n2023-02-0808:41来源:某某网\n关于印发青柳市促进租房\n\n若干措施的通知\n\n各有关单位:\n\n{BODY}",
            {"title": "关于印发青柳市促进租房若干措施的通知", "recipients": ("各有关单位",)},
        ),
        (
            f"关于加强防汛工作的通报\n信息分类:其他 | 责任部门:区政府办 | 文件编号:青府办字〔2024〕14号 |\n生成日期:2024-11-02 | 公开方式:主动公开 |\n各有关单位:\n{BODY}",
            {"title": "关于加强防汛工作的通报", "doc_number": "青府办字〔2024〕14号", "signed_date": dt.date(2024, 11, 2)},
        ),
        (
            f"青柳区水库管理办法(试行)\n索引号 | 6207/2023-09 | 发文字号 | 青政发〔2024〕5号 |\n关键词 | 发布机构 | 水利局 | |\n{BODY}",
            {"title": "青柳区水库管理办法(试行)", "doc_type": "办法", "doc_number": "青政发〔2024〕5号"},
        ),
        (
            f"返回顶部\n青柳县人民政府工作规则\n• 发文机构:\n\n县政府网站\n• 发文字号:\n\n青政发〔2024〕7号\n• 内容概述:\n\n青柳县人民政府工作规则\n\n{BODY}",
            {"title": "青柳县人民政府工作规则", "doc_number": "青政发〔2024〕7号", "recipients": ()},
        ),
        (
            f"发文机关青柳省人民政府办公厅\n发文日期1996年07月07日\n时效性现行有效\n发文字号青政办发〔1996〕5号\n各有关单位:\n{BODY}",
            {"title": None, "doc_number": "青政办发〔1996〕5号", "issuers": ("青柳省人民政府办公厅",), "recipients": ("各有关单位",)},
        ),
        (
            "青柳区公示公告\n青柳区人民政府门户网站  www.example.gov.cn      发布时间:2021-01-28\n\n2020年,全区开展了创建活动,现将名单公示如下:\n\n为表彰先进,区委、区政府作出决定。现将名单公示如下,请监督。\n\n区三星级单位(1个):\n\n区民政局\n",
            {"title": "青柳区公示公告", "doc_type": "公告", "recipients": ()},
        ),
        (
            f"政务服务丨青柳市人民政府关于加强防汛工作的意见\n- 发布日期:2021-07-19\n- 浏览次数:\n青柳市人民政府\n关于加强防汛工作的意见\n青政字〔2021〕30号\n各有关单位:\n{BODY}",
            {"title": "关于加强防汛工作的意见", "issuers": ("青柳市人民政府",), "doc_number": "青政字〔2021〕30号"},
        ),
        (
            f"青柳市人民政府关于加强防汛工作的通知\n\n作者:法律网 时间:2024-07-05 22:45:45   浏览:893   来源:法律网\n下载地址: 点击此处下载\n\n青柳市人民政府关于加强防汛工作的通知\n\n青柳市人民政府\n\n\n青柳市人民政府关于加强防汛工作的通知\n\n\n各有关单位:\n{BODY}",
            {"title": "关于加强防汛工作的通知", "issuers": ("青柳市人民政府",), "recipients": ("各有关单位",)},
        ),
        (
            "青柳省河道管理规定\n\n青柳省人民政府\n\n\n青柳省河道管理规定\n\n政府令〔2010〕第15号\n\n\n《青柳省河道管理规定》已经省政府常务会议通过,现予公布。\n\n\n二○一○年十二月二十五日\n\n\n青柳省河道管理规定\n\n第一条 为了管理河道,制定本规定。\n第二条 本省河道适用本规定。\n",
            {"title": "青柳省河道管理规定", "issuers": ("青柳省人民政府",)},
        ),
        (
            "青柳省人民政府令\n第82号\n\n《青柳省渡口管理办法》已经省人民政府常务会议通过,现予发布施行。\n\n省长 林建国\n1997年7月23日\n\n第一条 为了管理渡口,制定本办法。\n第二条 渡口由县人民政府管理。\n",
            {"title": "青柳省渡口管理办法", "doc_number": "青柳省人民政府令第82号", "doc_type": "令"},
        ),
        (f"各区、县人民政府,市政府各部门: 《防汛工作意见》已经市政府同意,现印发给你们,请认真贯彻执行。\n{BODY}", {"title": None, "recipients": ("各区、县人民政府", "市政府各部门")}),
        (
            "来源:州人大\n更新日期:2024-01-12\n\n青柳州人民代表大会\n\n常务委员会议事规则\n\n2017年8月22日青柳州第十二届人民代表大会\n\n常务委员会第六次会议修订\n\n第一条 为了规范议事,制定本规则。\n第二条 本规则自公布之日起施行。\n",
            {"title": "青柳州人民代表大会常务委员会议事规则", "doc_type": "规则"},
        ),
        (
            "青柳縣政府關於成立防汛領導小組的通知\n青政發〔2013〕30號\n各有關單位:\n現將有關事項通知如下,請認真執行。\n青柳縣政府\n2013年4月29日\n",
            {"title": "關於成立防汛領導小組的通知", "issuers": ("青柳縣政府",)},
        ),
        (
            f"[ 索引号 ] | 1150/2024-00117 | [ 发文字号 ] | 青政发〔2024〕9号 |\n[ 发布机构 ] | 青柳县水利局 | [ 有效性 ] | |\n[ 成文日期 ] | 2024-12-06 | [ 发布日期 ] | 2024-12-07 |\n青柳县突发事件应急预案\n{BODY}",
            {"title": "青柳县突发事件应急预案", "doc_number": "青政发〔2024〕9号", "signed_date": dt.date(2024, 12, 6), "issuers": ("青柳县水利局",)},
        ),
        (
            f"  1. [索引号]11S0/2018-0034\n  2. [发文机关] 青柳县人民政府\n  3. [成文日期] 2018-06-29\n【现行有效】青柳县突发事件应急预案\n  • 来源:青柳县人民政府\n\n{BODY}",
            {"title": "青柳县突发事件应急预案", "signed_date": dt.date(2018, 6, 29), "issuers": ("青柳县人民政府",)},
        ),
        (
            f"- 索 引 号:4311/2016-00065 分 类:\n-\n发文机关:\n发文日期: 2016-04-26 12:51 - 名称:\n青柳镇突发事件应急预案 - 文号:\n青柳镇突发事件应急预案\n{BODY}",
            {"title": "青柳镇突发事件应急预案", "signed_date": dt.date(2016, 4, 26)},
        ),
        (
            "青柳镇突发事件应急预案\n\n青柳镇突发事件应急预案\n1总则\n1.1制定目的\n规范应对突发事件行为,减少突发事件造成的损害。\n",
            {"title": "青柳镇突发事件应急预案", "doc_type": "预案"},
        ),
        (
            "青柳县人大常委会主任会议纪要\n第3期\n时间:2021年5月6日上午\n地点:常委会会议室\n主持:赵全忠\n出席:李继显 苏小红\n会议研究了以下事项:\n一、会议同意审查意见,由县财政局负责上报。\n",
            {"title": "青柳县人大常委会主任会议纪要", "doc_type": "纪要", "recipients": ()},
        ),
        (f"补贴标准提高\n时间:2025年06月27日来源:青柳日报\n\n{BODY}", {"title": "补贴标准提高"}),
        (f"“一、调整补贴标准\n\n每月三百元,按季发放。\n\n“二、调整条件\n\n{BODY}", {"title": None}),
        (f"一、调整标准\n\n本通知施行之日前已办理的项目,各单位按以下办法申报价格:\n\n每平方米三百元。\n\n{BODY}", {"recipients": ()}),
        (f"近日印发《租房办法》(以下简称《办法》)该办法从颁布起施行\n\n{BODY}", {"title": None}),
        (f"关于清理规范工作的指导意见\n青柳市水利局关于清理规范性文件\n工作的指导意见\n青水发〔2024〕3号\n各有关单位:\n{BODY}", {"doc_number": "青水发〔2024〕3号"}),
    ],
    ids=lambda value: value[:20] if isinstance(value, str) else "",
)  # fmt: skip
def test_columns(text: str, columns: dict[str, Any]) -> None:
    document = _only(text)
    assert {name: getattr(document, name) for name in columns} == columns


@pytest.mark.parametrize(
    ("printed", "recipients"),
    [
        ("各委、办、局,各区人民政府:", ("各委、办、局", "各区人民政府")),
        ("各区政府(管委会),市直有关部门:", ("各区政府(管委会)", "市直有关部门")),
        ("东区、西区人民政府,青柳新区,市直有关部门:", ("东区、西区人民政府", "青柳新区", "市直有关部门")),
        ("全市住房公积金缴存人:", ("全市住房公积金缴存人",)),
        ("教育部：", ("教育部",)),
    ],
)
def test_recipients(printed: str, recipients: tuple[str, ...]) -> None:
    assert _only(f"关于加强防汛工作的通知\n{printed}\n{BODY}").recipients == recipients


@pytest.mark.parametrize("between", ["", "全文如下\n\n"])
def test_a_notice_without_title_brings_its_act(between: str) -> None:
    document = _only(
        "各有关单位:\n\n《青柳市租房补贴办法》已经市政府同意,现印发给你们,请认真执行。\n\n青柳市水利局\n2024年3月5日\n\n"
        f"{between}青柳市租房补贴办法\n\n第一条 为落实部署,制定本办法。\n\n\u200d(一)本办法所称补贴。\n\n第二条 本办法自印发之日起施行。\n"
    )
    assert (document.title, document.subject_title, document.issuers) == (None, "青柳市租房补贴办法", ("青柳市水利局",))
    assert [clause.marker for clause in document.clauses if clause.marker] == ["第一条", "(一)", "第二条"]


def test_an_act_behind_one_that_is_in_force_is_a_document_of_its_own() -> None:
    act = "一、支持租房。对新就业职工给予补贴,每月三百元。\n\n二、加强监管。各部门分工负责,定期检查。\n\n"
    issue = segment(
        source_of(
            f"为鼓励租房,结合实际,提出如下意见。\n\n{act}本意见自印发之日起施行,有效期为5年。\n\n"
            f"关于稳定市场的若干措施\n\n(征求意见稿)\n\n为稳定市场,制定本措施。\n\n{act}"
        )
    )
    assert [document.title for document in issue.documents] == [None, "关于稳定市场的若干措施(征求意见稿)"]


@pytest.mark.parametrize(
    ("text", "doubtful"),
    [
        (
            "支持改善住房条件\n\n对购房人给予补贴。\n\n放宽贷款条件\n\n最高额度提高到八十万元。\n\n优化服务\n\n全程网办。\n",
            True,
        ),
        (
            "青柳市租房补贴办法\n\n对购房人给予补贴。\n\n放宽贷款条件\n\n最高额度提高到八十万元。\n\n优化服务\n\n全程网办。\n",
            False,
        ),
    ],
)
def test_a_title_like_the_headings_below_is_doubtful(text: str, doubtful: bool) -> None:
    categories = {problem.category for problem in segment(source_of(text)).problems}
    assert ("doubtful_title" in categories) is doubtful
    assert "missing_title" not in categories


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("长沙市促进租房若干措施\n\n为稳定市场,制定本措施。\n", "长沙市"),
        ("广西推动租房工作措施\n\n为稳定市场,制定本措施。\n", "广西壮族自治区"),
        ("长沙市某镇山体险情调查的通报\n\n现将情况通报如下,请认真阅读。\n", None),
        (f"关于调整补贴的通知\n\n各有关单位:\n{BODY}郑州住房公积金管理中心\n2024年3月5日\n", "郑州市"),
    ],
)
def test_places(text: str, place: str | None) -> None:
    document = _only(text)
    assert (document.area and document.area.name) == place


LAW = "第一千零四十条 为规范管理,制定本规定。\n\n第一千零四十一条 本规定自公布之日起施行。\n"
ADOPTED = "2022年9月19日 青柳市人民代表大会常务委员会第五次会议通过\n\n"


@pytest.mark.parametrize(
    "head",
    [
        f"# 青柳市水利局关于水域管理的规定\n\n{ADOPTED}<!-- END -->\n\n青柳市水利局\n\n关于水域管理的规定\n\n青水规〔2022〕20号\n\n",
        "青柳市水利局关于水域管理的规定\n\n青柳市水利局关于\n\n水域管理的规定\n\n",
        "关于水域管理的规定\n\n青柳市水利局关于水域管理的规定\n\n",
        "青柳市水利局关于水域管理的规定\n\n青柳市水利局\n\n青柳市水利局关于水域管理的规定\n\n",
    ],
)
def test_a_title_printed_twice_heads_one_document(head: str) -> None:
    document = _only(head + LAW)
    assert (document.title, document.issuers) == ("关于水域管理的规定", ("青柳市水利局",))
    assert [clause.number for clause in document.clauses if clause.marker] == [1040, 1041]


def test_a_number_may_stand_behind_the_day_under_a_title() -> None:
    document = _only(f"关于授予李丽荣誉称号的决定\n（2006年11月20日）某宣[2006]462号\n{BODY}")
    assert (document.title, document.doc_number) == ("关于授予李丽荣誉称号的决定", "某宣[2006]462号")
    assert document.signed_date == dt.date(2006, 11, 20)


def test_fields_of_minutes_are_no_part_of_their_title() -> None:
    document = _only(
        "青柳市议会第3次会议议事录\n时 间：2022年11月30日上午9时\n地 点：本院会议室\n出席委员：林国、王海\n一、宣读议事录。\n"
    )
    assert document.title == "青柳市议会第3次会议议事录"


def test_two_texts_of_a_page_whose_titles_stand_again_are_two_documents() -> None:
    issue = segment(
        source_of(
            "青柳市渡口管理条例\n\n青柳市人民代表大会\n\n\n青柳市渡口管理条例\n\n\n1999年10月18日青柳市人民代表大会常务委员会第一次会议通过\n\n"
            "第一条 为了管理渡口,制定本条例。\n第二条 本条例自公布之日起施行。\n\n"
            "关于开展渡口检查工作的通知\n\n青柳市水利局\n\n\n关于开展渡口检查工作的通知\n\n\n各有关单位:\n为加强管理,决定开展检查。\n"
        )
    )
    assert_sound(issue)
    assert [(one.title, one.issuers, one.recipients) for one in issue.documents] == [
        ("青柳市渡口管理条例", ("青柳市人民代表大会",), ()),
        ("关于开展渡口检查工作的通知", ("青柳市水利局",), ("各有关单位",)),
    ]


def test_a_label_with_a_colon_before_its_number_opens_an_attachment() -> None:
    document = _only(
        "青柳县人大常委会公告\n第一号\n《关于修改渡口条例的决定》已经会议通过,现予公布。\n附件:1、关于修改渡口条例的决定;\n2、渡口条例。\n"
        "青柳县人大常委会\n2017年4月18日\n附件:1\n青柳县人大常委会\n关于修改渡口条例的决定\n会议决定对《渡口条例》作如下修改:\n一、第一条删去。\n"
    )
    assert document.title == "青柳县人大常委会公告第一号"
