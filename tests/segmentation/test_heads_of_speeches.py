"""Who gives a speech is no part of its title; acts of Macau; what a page states of an act; letters without a title."""

from __future__ import annotations

from typing import Any

import pytest

from pipeline.process import process
from tests.segmentation.support import source_of

SPEECHES = (
    (
        "在全县防汛工作会议上的讲话\n县委书记　李青山\n（2024年3月5日）\n同志们：\n今天的会议很重要。\n",
        "李青山",
        "县委书记",
    ),
    ("在2024年全市教育大会上的讲话\n市长 王慧\n2024年9月10日\n同志们：\n教师节到了。\n", "王慧", "市长"),
    ("在臨溪市防汛動員會上的講話\n市長　陳立新\n2023年5月6日\n同志們：\n現在講三點意見。\n", "陳立新", "市長"),
)
TITLED = (
    ("陈冬同志在全市教育工作会议上的讲话\n（2024年9月10日）\n同志们：\n教师节到了。\n", "陈冬"),
    ("副市长陈立新在青泽市防汛动员会上的讲话\n2023年5月6日\n同志们：\n讲三点意见。\n", "陈立新"),
    ("在全市教育工作会议上的讲话\n2023年5月6日\n同志们：\n讲三点意见。\n", None),
    ("县委在全县干部大会上的讲话\n2023年5月6日\n同志们：\n讲三点意见。\n", None),
)
FIELDS = ("title", "issuers", "doc_number", "signed_date", "doc_type")
ACTS: tuple[tuple[str, dict[str, Any]], ...] = (
    (
        "行政長官辦公室\n法規:\n第31/2022號行政命令\n公報編號:\n12/2022\n刊登日期:\n2022.3.18\n\n"
        "第31/2022號行政命令\n\n行政長官行使職權，發佈本行政命令。\n\n二零二二年三月十六日\n\n命令公佈。\n\n行政長官 何厚銘\n",
        {"title": "第31/2022號行政命令", "issuers": ["行政長官"], "doc_number": "第31/2022號行政命令", "signed_date": "2022-03-16", "doc_type": "令"},
    ),
    (
        "青岚省科學技術獎勵辦法\n\n(2025年2月18日青岚省人民政府令第324號公布 自2025年5月1日起施行)\n\n第一章 總則\n第一條 為了獎勵科學技術，制定本辦法。\n第二條 設立青岚省科學技術獎。\n",
        {"title": "青岚省科學技術獎勵辦法", "issuers": ["青岚省人民政府"], "doc_number": "青岚省人民政府令第324號", "signed_date": "2025-02-18", "doc_type": "办法"},
    ),
    (
        "青岚省人民代表大会常务委员会关于修改《青岚省防震条例》的决定 附：修正本\n（1999年12月10日青岚省第九届人民代表大会常务委员会第十二次会议通过）\n一、第三条第二款修改为：“中止”。\n二、第四条删去。\n",
        {"title": "关于修改《青岚省防震条例》的决定", "issuers": ["青岚省人民代表大会常务委员会"], "doc_number": None, "doc_type": "决定"},
    ),
    (
        "云川州人民政府：\n你州呈报的《关于乡镇区划调整的请示》（州政〔2015〕87号）收悉，现批复如下：\n1、同意调整方案。\n2、同意合并设立青溪镇。\n青岚省民政厅\n2015年11月30日\n",
        {"title": None, "issuers": ["青岚省民政厅"], "doc_number": None, "signed_date": "2015-11-30", "doc_type": "批复"},
    ),
    (
        "各乡镇中心学校、各中学：\n为加强教师队伍建设，结合全县实际，通知如下。\n一、加强编制管理\n二、严禁吃空饷\n青溪县教育局\n2022年3月7日\n",
        {"title": None, "issuers": ["青溪县教育局"], "doc_type": "通知"},
    ),
    (
        "镇巴溪县人民政府工作规则\n第一章 总则\n一、根据宪法，制定本规则。\n二、县政府依法行政。\n",
        {"title": "镇巴溪县人民政府工作规则", "issuers": ["镇巴溪县人民政府"], "doc_type": "规则"},
    ),
    (
        "市政府关于表彰见义勇为先进的决定\n来源:青溪市人民政府网站    日期:2023-11-21 09:02:08    浏览次数:\n"
        "索引号 014046317/2023-04570 生成日期 2023-11-21 公开日期 2023-11-21\n文件编号 青政发〔2023〕158号 公开时限 长期公开\n"
        "为弘扬社会正气，市政府决定予以表彰。\n",
        {"title": "关于表彰见义勇为先进的决定", "issuers": ["市政府"], "doc_number": "青政发〔2023〕158号", "doc_type": "决定"},
    ),
    (
        "臨江縣政府公告\n發文日期：中華民國105年4月8日\n發文字號：府農字第1050012345號\n主旨：公告本縣防洪管制區。\n依據：水利法第八十二條。\n"
        "公告事項：\n一、管制範圍如附圖。\n二、自公告日起實施。\n縣長　陳立新\n",
        {"title": "臨江縣政府公告", "issuers": ["臨江縣政府"], "doc_number": "府農字第1050012345號", "signed_date": "2016-04-08", "doc_type": "公告"},
    ),
)  # fmt: skip


@pytest.mark.parametrize("case", range(len(SPEECHES)))
def test_the_speaker_below_a_title(case: int) -> None:
    text, name, office = SPEECHES[case]
    (document,) = process(source_of(text))["documents"].to_pylist()
    (official,) = process(source_of(text))["officials"].to_pylist()
    assert document["title"] == text.splitlines()[0] and document["doc_type"] == "讲话"
    assert (document["speaker"], official["text"]) == (name, name)
    assert (official["name"], official["position"]) == (name, office)


@pytest.mark.parametrize("case", range(len(TITLED)))
def test_the_speaker_in_a_title(case: int) -> None:
    text, name = TITLED[case]
    (document,) = process(source_of(text))["documents"].to_pylist()
    assert document["title"] == text.splitlines()[0]
    assert document["speaker"] == name


@pytest.mark.parametrize("case", range(len(ACTS)))
def test_acts_and_letters(case: int) -> None:
    text, expected = ACTS[case]
    (document,) = process(source_of(text))["documents"].to_pylist()
    found = {name: document[name] for name in FIELDS}
    found["signed_date"] = str(found["signed_date"]) if found["signed_date"] else None
    assert {name: found[name] for name in expected} == expected


def test_the_official_who_signs_below_the_date() -> None:
    text = ACTS[0][0]
    clauses = process(source_of(text))["clauses"].to_pylist()
    assert [clause["text"] for clause in clauses if clause["clause_type"] == "signature"] == ["行政長官 何厚銘"]
