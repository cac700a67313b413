"""One notice under heads and over signatures in the arrangements that are printed: the same columns from each."""

from __future__ import annotations

import pytest

from pipeline.segmentation import segment
from tests.segmentation.support import assert_sound, noticed, source_of

ISSUER, TITLE, NUMBER = "松原洲县人民政府", "关于加强防汛工作的通知", "松政发〔2024〕3号"
BODY = "\n\n各镇人民政府：\n\n现将有关事项通知如下。\n\n一、抓好落实。\n\n"
SIGNED = "松原洲县人民政府\n2024年3月5日\n"
USUAL = f"{ISSUER}\n{TITLE}\n\n{NUMBER}{BODY}"
FORMS = {
    "issuer, title, number": f"{USUAL}{SIGNED}",
    "one line": f"{ISSUER}{TITLE}\n{NUMBER}{BODY}{SIGNED}",
    "number first": f"{NUMBER}\n\n{ISSUER}\n{TITLE}{BODY}{SIGNED}",
    "letterhead": f"{ISSUER}文件\n\n{NUMBER}\n\n{ISSUER}\n{TITLE}{BODY}{SIGNED}",
    "signer beside the number": f"{ISSUER}文件\n{NUMBER}　　　　签发人：李　明\n{ISSUER}{TITLE}{BODY}{SIGNED}",
    "title over three lines": f"{ISSUER}\n关于加强\n防汛工作\n的通知\n\n{NUMBER}{BODY}{SIGNED}",
    "blank lines in the title": f"{ISSUER}\n\n关于加强防汛工作的\n\n通知\n\n{NUMBER}{BODY}{SIGNED}",
    "spaced title": f"{ISSUER}\n关 于 加 强 防 汛 工 作 的 通 知\n\n{NUMBER}{BODY}{SIGNED}",
    "number behind the title": f"{ISSUER}{TITLE}（{NUMBER}）{BODY}{SIGNED}",
    "number in brackets below": f"{ISSUER}{TITLE}\n（{NUMBER}）{BODY}{SIGNED}",
    "date under the title": f"{ISSUER}\n{TITLE}\n（2024年3月5日）\n{NUMBER}{BODY}",
    "number at the end": f"{ISSUER}{TITLE}{BODY}{SIGNED}\n（{NUMBER}）\n",
    "urgency": f"特急\n{ISSUER}\n{TITLE}\n\n{NUMBER}{BODY}{SIGNED}",
    "fields of a web page": f"索引号：001　文号：{NUMBER}　发布日期：2024-03-06\n{ISSUER}{TITLE}{BODY}{SIGNED}",
    "signature and date on one line": f"{USUAL}松原洲县人民政府　2024年3月5日\n",
    "signature and date glued": f"{USUAL}松原洲县人民政府2024年3月5日\n",
    "letters apart": f"{USUAL}松 原 洲 县 人 民 政 府\n2024 年 3 月 5 日\n",
    "date with points": f"{USUAL}松原洲县人民政府\n2024.3.5\n",
    "date with zeros": f"{USUAL}松原洲县人民政府\n2024年03月05日\n",
    "date in Chinese with a letter": f"{USUAL}松原洲县人民政府\n二O二四年三月五日\n",
    "date in Chinese with a digit": f"{USUAL}松原洲县人民政府\n二0二四年三月五日\n",
    "date in Chinese with a ring": f"{USUAL}松原洲县人民政府\n二○二四年三月五日\n",
    "seal": f"{USUAL}松原洲县人民政府（印章）\n2024年3月5日\n",
    "signs of bold type": f"**{ISSUER}**\n**{TITLE}**\n\n{NUMBER}{BODY}{SIGNED}",
    "signs of a heading": f"# {ISSUER}{TITLE}\n\n{NUMBER}{BODY}{SIGNED}",
    "centred": f"　　　　{ISSUER}\n　　{TITLE}\n　　　{NUMBER}{BODY}{SIGNED}",
    "slogans of the gazette above": f"服务社会　公开政务\n\n{USUAL}{SIGNED}",
    "关于 on the issuer's line": f"{ISSUER}关于\n加强防汛工作的通知\n\n{NUMBER}{BODY}{SIGNED}",
}


@pytest.mark.parametrize("form", FORMS)
def test_columns_of_one_notice(form: str) -> None:
    issue = segment(source_of(FORMS[form]))
    assert_sound(issue)
    (document,) = issue.documents
    assert (document.title, document.doc_number, document.issuers) == (TITLE, NUMBER, (ISSUER,))
    assert (document.recipients, str(document.signed_date)) == (("各镇人民政府",), "2024-03-05")
    assert [clause.marker for clause in document.clauses if clause.marker] == ["一、"]
    assert not [problem for problem in noticed(issue) if problem.category != "missing_doc_number"]


def test_report_to_a_congress_ends_its_title_where_it_says_when_it_was_given() -> None:
    title = "关于松原洲县2023年预算执行情况与2024年预算草案的报告"
    text = (
        f"{title}\n\n——2024年1月16日在松原洲县第八届人民代表大会第三次会议上\n\n松原洲县财政局局长　白　桦\n\n"
        "各位代表：\n\n受县人民政府委托，现将预算草案提请大会审议。\n\n一、2023年预算执行情况\n\n财政总收入12亿元。\n"
    )
    (document,) = segment(source_of(text)).documents
    assert (document.title, document.issuers) == (title, ("松原洲县财政局",))
    assert (str(document.signed_date), document.plan_year) == ("2024-01-16", 2024)
