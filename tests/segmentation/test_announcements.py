"""Orders and announcements in one issue: none swallows the next, and no printed number vanishes in silence."""

from __future__ import annotations

import hashlib

import pytest

from pipeline.segmentation import segment
from schemas.records import Issue, SourceText
from tests.segmentation.support import source_of

ORDER = (
    "岐南省人民政府令\n\n第318号\n\n《岐南省城镇绿化办法》已经省人民政府常务会议通过，现予公布，自2024年5月1日起施行。\n\n"
    "省长　陆　远\n2024年3月12日\n\n岐南省城镇绿化办法\n\n第一条　为了加强城镇绿化管理，制定本办法。\n\n"
    "第二条　城镇绿地率不得低于百分之三十五。\n\n"
)
UNTITLED = (
    "岐南省农业农村厅公告\n\n2024年第11号\n\n根据《种子法》规定，现将审定通过的玉米品种予以公告。\n\n"
    "岐南省农业农村厅\n2024年4月2日\n"
)
TITLED = (
    "澄阳市税务局公告\n\n2024年第3号\n\n关于调整办税时间的公告\n\n自2024年5月6日起，办税服务厅延长办公一小时。\n\n"
    "澄阳市税务局\n2024年4月28日\n"
)
NOTICE = "砚浦区人民政府\n关于清淤工作的通知\n\n砚政发〔2024〕7号\n\n各街道：\n\n现就有关事项通知如下。\n\n砚浦区人民政府\n2024年4月1日\n"


def taken_apart(text: str) -> Issue:
    return segment(SourceText(text, "issue.txt", hashlib.sha256(text.encode()).hexdigest()))


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        (ORDER + UNTITLED, ["岐南省人民政府令第318号", "岐南省农业农村厅公告2024年第11号"]),
        (UNTITLED + "\n" + ORDER, ["岐南省农业农村厅公告2024年第11号", "岐南省人民政府令第318号"]),
        (ORDER + TITLED, ["岐南省人民政府令第318号", "澄阳市税务局公告2024年第3号"]),
        (NOTICE + "\n" + UNTITLED, ["砚政发〔2024〕7号", "岐南省农业农村厅公告2024年第11号"]),
    ],
)
def test_each_number_is_a_document(text: str, numbers: list[str]) -> None:
    issue = taken_apart(text)
    assert [document.doc_number for document in issue.documents] == numbers
    assert [document.signed_date is not None for document in issue.documents] == [True] * len(numbers)
    assert not [problem for problem in issue.problems if problem.category == "number_without_document"]


@pytest.mark.parametrize(("line", "lost"), [("砚政函〔2024〕9号", 1), ("依据砚政函〔2024〕9号文件办理。", 0)])
def test_a_number_that_begins_nothing_is_a_problem(line: str, lost: int) -> None:
    issue = taken_apart(NOTICE.replace("现就有关", f"工作由各街道负责。\n\n{line}\n\n其余照旧，现就有关"))
    found = [problem for problem in issue.problems if problem.category == "number_without_document"]
    assert len(found) == lost
    assert len(issue.documents) == 1


def test_a_worded_number_of_a_traditional_gazette() -> None:
    text = "某務部令\n\n中華民國108年4月8日\n\n某內移字第1080961444號\n\n訂定「某機構管理辦法」。\n\n部　　長　陳某仁\n"
    (document,) = segment(source_of(text)).documents
    assert (document.doc_number, str(document.signed_date)) == ("某內移字第1080961444號", "2019-04-08")
