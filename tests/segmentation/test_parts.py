"""The parts of a report with role and time, the genre of a document, and who speaks."""

from __future__ import annotations

import hashlib

import pytest

from pipeline.segmentation import segment
from schemas.records import Document, SourceText

HEAD = "政府工作报告\n——2024年1月20日在青泽市第七届人民代表大会第三次会议上\n代市长　陈 冬\n各位代表：\n现在，我代表市人民政府，向大会报告工作，请予审议。\n"


def _document(text: str) -> Document:
    source = SourceText(text, "issue.txt", hashlib.sha256(text.encode()).hexdigest())
    return segment(source).documents[0]


def _parts(text: str) -> dict[str, tuple[str | None, str | None]]:
    return {
        clause.reading.text[-6:]: (clause.section_role, clause.section_period) for clause in _document(text).clauses
    }


BODY = HEAD + (
    "一、2023年工作回顾\n过去一年，全市经济稳中有进。\n（一）聚力落实重大战略任务。新增企业30家。\n我们也清醒认识到，财政收支矛盾突出。\n"
    "二、2024年工作安排\n今年经济社会发展的主要预期目标是：地区生产总值增长6%。\n（一）扩大有效投资。实施项目120个。\n三、奋力开创新局面\n建设法治政府。\n"
)
EXPECTED = [
    ("稳中有进。", ("review", "2023")),
    ("企业30家。", ("review", "2023")),
    ("矛盾突出。", ("situation", "2023")),
    ("值增长6%。", ("plan", "2024")),
    ("目120个。", ("plan", "2024")),
    ("法治政府。", ("plan", "2024")),
]


@pytest.mark.parametrize(("words", "part"), EXPECTED)
def test_parts(words: str, part: tuple[str, str]) -> None:
    found = {end: said for end, said in _parts(BODY).items() if end.endswith(words)}
    assert list(found.values()) == [part]


def test_the_speaker_is_no_addressee() -> None:
    document = _document(BODY)
    assert (document.speaker, document.recipients, document.report_year) == ("陈冬", ("各位代表",), 2023)
    assert document.issuers == ("青泽市人民政府",)


TITLES = [
    ("关于印发青泽县2024年工作要点的通知", "plan"),
    ("关于表扬先进集体的通报", "commendation"),
    ("关于印发青泽县生活垃圾管理办法的通知", "rules"),
    ("关于印发促进民营经济发展若干政策措施的通知", "grants"),
    ("关于同意设立青泽经济开发区的批复", "reply"),
    ("关于做好冬春供暖工作的通知", "plan"),
]


@pytest.mark.parametrize(("title", "genre"), TITLES)
def test_genres(title: str, genre: str) -> None:
    text = f"青泽县人民政府办公室\n{title}\n\n各乡镇人民政府：\n现将有关事项通知如下。\n\n青泽县人民政府办公室\n2024年1月5日\n"
    assert _document(text).genre == genre
