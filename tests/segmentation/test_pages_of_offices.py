"""Pages on which one office after another prints its acts, as the gazette of Macau does."""

from __future__ import annotations

from pipeline.process import process
from tests.segmentation.support import source_of

PAGE = """第 7 期

批示摘錄數份

二零二四年二月十四日,星期三

某某特別行政區

漁 務 署

批 示 摘 錄

透過簽署人二零二四年二月一日批示:

何建文—根據第3/2011號法律的規定,續期一年。

聲 明

茲聲明,蘇偉強在本署擔任司機的合同失效。

———

二零二四年二月五日於漁務署

署長 衛國明


運 輸 司 司 長 辦 公 室

表 揚

孫國華服務多年,特予表揚。

二零二四年二月六日

運輸司司長 何明

———

二零二四年二月八日於運輸司司長辦公室

辦公室主任 李文
"""


def test_each_act_is_a_document_of_the_office_over_it() -> None:
    found = process(source_of(PAGE))["documents"].to_pylist()
    assert [(d["title"], d["issuers"], str(d["signed_date"])) for d in found] == [
        ("批示摘錄", ["漁務署"], "2024-02-05"),
        ("聲明", ["漁務署"], "2024-02-05"),
        ("表揚", ["運輸司司長辦公室"], "2024-02-06"),
    ]


def test_the_closing_line_dates_and_the_official_below_signs() -> None:
    clauses = process(source_of(PAGE))["clauses"].to_pylist()
    kinds = {clause["text"]: clause["clause_type"] for clause in clauses}
    assert kinds["二零二四年二月五日於漁務署"] == kinds["二零二四年二月八日於運輸司司長辦公室"] == "date"
    assert kinds["署長 衛國明"] == kinds["辦公室主任 李文"] == "signature"


def test_a_date_with_the_day_of_the_week_dates_a_notice() -> None:
    text = "某某政府委任渔业咨询委员会成员\n\n某某政府今日宣布委任三名新成员。\n\n2024年3月8日(星期五)\n"
    (document,) = process(source_of(text))["documents"].to_pylist()
    assert str(document["signed_date"]) == "2024-03-08"


def test_kinds_of_acts_head_nothing_where_no_line_says_where_an_act_was_signed() -> None:
    plain = PAGE.replace("於漁務署", "").replace("於運輸司司長辦公室", "")
    titles = [d["title"] for d in process(source_of(plain))["documents"].to_pylist()]
    assert "聲明" not in titles
