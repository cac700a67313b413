"""Lines → paragraphs, the headings of numbered ones, and attachments that a document lists or prints."""

from __future__ import annotations

import pytest

from pipeline.segmentation import segment
from pipeline.segmentation.clauses.paragraphs import Joiner, Paragraph, wrap_width
from pipeline.segmentation.lines.lines import printed, split_lines
from schemas.records import Issue
from tests.segmentation.support import source_of

JOINED = [
    # (lines, printed width, whether paragraphs stand in, paragraphs)
    ("甲项工作要抓紧推进，\n确保完成。\n乙项工作照常。", None, False, ["甲项工作要抓紧推进，确保完成。", "乙项工作照常。"]),
    ("甲项工作（含改造、\n扩建）按期完成。\n乙项。", None, False, ["甲项工作（含改造、扩建）按期完成。", "乙项。"]),
    ("甲项工作“重点\n攻坚”按期完成。\n乙项。", None, False, ["甲项工作“重点攻坚”按期完成。", "乙项。"]),
    (
        "全县要全面落实粮食安全责任制和耕地保护制度并确保\n完成任务。\n其余照常。", None, False,
        ["全县要全面落实粮食安全责任制和耕地保护制度并确保完成任务。", "其余照常。"],
    ),
    ("全县要全面落实粮食安全责任\n完成任务。", None, False, ["全县要全面落实粮食安全责任", "完成任务。"]),
    # An unended numbered line goes on where its elder siblings were prose, and is a heading where they were.
    (
        "1.抓好春耕，确保面积。\n2.抓好秋收\n确保产量。\n3.抓好冬种", None, False,
        ["1.抓好春耕，确保面积。", "2.抓好秋收", "确保产量。", "3.抓好冬种"],
    ),
    (
        "1.抓好春耕。要确保面积\n稳定。\n2.抓好秋收，要求确保\n产量稳定。", None, False,
        ["1.抓好春耕。要确保面积稳定。", "2.抓好秋收，要求确保产量稳定。"],
    ),
    ("1.抓好春耕。\n2.抓好秋收，要求确保\n产量稳定。", None, False, ["1.抓好春耕。", "2.抓好秋收，要求确保产量稳定。"]),
    (
        "1.抓好春耕\n2.抓好秋收，要求确保\n产量稳定。", None, False,
        ["1.抓好春耕", "2.抓好秋收，要求确保", "产量稳定。"],
    ),
    ("1.抓好春耕\n2.抓好秋收\n各地要重视。", None, False, ["1.抓好春耕", "2.抓好秋收", "各地要重视。"]),
    # A note of owners belongs to the clause before it.
    (
        "1.抓好春耕，确保面积。（县农业农村局负责）\n2.抓好秋收，确保产量。\n（县农业农村局负责）\n各地要重视。", None, False,
        ["1.抓好春耕，确保面积。（县农业农村局负责）", "2.抓好秋收，确保产量。（县农业农村局负责）", "各地要重视。"],
    ),
    (
        "1.抓好春耕，确保面积。（县农业农村局负责）\n2.抓好秋收，确保产量。\n各乡镇配合。（县农业农村局负责）", None, False,
        ["1.抓好春耕，确保面积。（县农业农村局负责）", "2.抓好秋收，确保产量。各乡镇配合。（县农业农村局负责）"],
    ),
    ("1.抓好春耕，确保面积。\n2.抓好秋收。\n各乡镇配合。（县农业农村局负责）", None, False,
     ["1.抓好春耕，确保面积。", "2.抓好秋收。", "各乡镇配合。（县农业农村局负责）"]),
    ("1.抓好春耕、\n秋收\n2.抓好冬种", None, False, ["1.抓好春耕、秋收", "2.抓好冬种"]),
    ("1.抓好春耕（含\n秋收）\n2.抓好冬种", None, False, ["1.抓好春耕（含秋收）", "2.抓好冬种"]),
    ("1.抓好春耕，确保面积！（县农业农村局\n负责）\n2.抓好秋收。", None, False, ["1.抓好春耕，确保面积！（县农业农村局负责）", "2.抓好秋收。"]),
    ("抓好春耕，确保面积。（含改造）\n各地要重视。", None, False, ["抓好春耕，确保面积。（含改造）", "各地要重视。"]),
    ("抓好春耕，确保面积（含改造）\n和扩建。\n各地要重视。", None, False, ["抓好春耕，确保面积（含改造）和扩建。", "各地要重视。"]),
    ("新增床位200张\n新增学位300个\n改造道路5公里", None, False, ["新增床位200张", "新增学位300个", "改造道路5公里"]),
    ("新增床位200张，\n新增学位300个", None, False, ["新增床位200张，新增学位300个"]),
    ("会议由买买提·\n艾力主持。", None, False, ["会议由买买提·艾力主持。"]),
    ("组　长：王立本\n副组长：赵素琴", None, False, ["组　长：王立本", "副组长：赵素琴"]),
    # Lines of one width are broken by hand; a short rest ends the sentence.
    (
        "各乡镇要落实责任，把粮食生产任务分解到村组并加强\n管理；\n严格考核。", 24, False,
        ["各乡镇要落实责任，把粮食生产任务分解到村组并加强管理；", "严格考核。"],
    ),
    (
        "各乡镇要落实责任，把粮食生产任务分解到村组\n和农户，确保完成任务。\n严格考核。", 21, False,
        ["各乡镇要落实责任，把粮食生产任务分解到村组和农户，确保完成任务。", "严格考核。"],
    ),
    (
        "　　各乡镇要落实责任，把粮食生产任务分解到村组。\n和农户，确保完成全年的播种面积任务。\n　　严格考核。", 21, True,
        ["各乡镇要落实责任，把粮食生产任务分解到村组。和农户，确保完成全年的播种面积任务。", "严格考核。"],
    ),
    # Where paragraphs stand in, what does not stand in goes on.
    (
        "　　各乡镇要落实责任\n还要确保完成全年的播种面积任务。\n　　严格考核。", None, True,
        ["各乡镇要落实责任还要确保完成全年的播种面积任务。", "严格考核。"],
    ),
    (
        "　　各乡镇要落实责任，把粮食生产任务分解到村组，确保落实。\n还要确保完成任务。\n　　严格考核。", None, True,
        ["各乡镇要落实责任，把粮食生产任务分解到村组，确保落实。还要确保完成任务。", "严格考核。"],
    ),
    ("　　严格考核。\n各乡镇要落实责任。", None, True, ["严格考核。", "各乡镇要落实责任。"]),
]  # fmt: skip

ENDS = [
    # a paragraph, whether a bracket or mark in it is open, whether it can end here
    ("确保完成。", False, True), ("确保完成，", False, False), ("抓好春耕，确保面积；", False, True),
    ("确保完成（含改造", True, False), ("确保完成（含改造）", False, True), ("抓好春耕，确保面积（含改造）", False, False),
    ("抓好春耕，确保面积。（县农业农村局负责）", False, True), ("（一", True, False),
    ("《办法", True, False), ("《办法》", False, True), ("《办法。", True, True), ("“好", True, False), ("“好！", True, True),
    ("他说“好。”", False, True), ("组长：王立本", False, True), ("抓好春耕，扩大面积：王立本", False, False), ("完成.", False, True),
    ("抓好春耕", False, True), ("各乡镇要落实责任把粮食生产任务分解到村组并加强各项管理工作", False, True),
    ("各乡镇要落实责任把粮食生产任务分解到各个村组并加强各项管理工作", False, False),
]  # fmt: skip

WIDTHS = [
    # lengths of unended lines that follow each other, and the width at which the text is broken
    ([20] * 7, 20), ([20] * 6, None), ([15] * 8, 15), ([14] * 9, None), ([60] * 9, 60), ([61] * 9, None),
    ([20, 21, 22, 19, 18, 20, 21, 20], 21), ([20] * 7 + [40], 20), ([20] * 4 + [35] * 4, None), ([20] * 8 + [26] * 9, None),
    ([25] * 5 + [18] * 3 + [40] * 2, None),
]  # fmt: skip

HEADINGS = [
    ("1.抓好春耕", "抓好春耕"),
    ("1.抓好春耕。", None),
    ("1.播种面积达到20万亩。", None),
    ("①有住所。", None),
    ("①有住所", "有住所"),
    ("1.抓好春耕。确保面积。", "抓好春耕"),
    ("1.抓好春耕。（县农业农村局负责）", None),
    ("1.抓好春耕，确保面积稳定。各地要重视。", "抓好春耕，确保面积稳定"),
    ("1.抓好春耕，确保面积稳定，促进增收。各地要重视。", None),
    ("1.播种20万亩，收获18万亩。各地要重视。", None),
    ("（一）总体要求：坚持统筹推进。", "总体要求"),
    ("（一）主要目标是：粮食增产。", None),
    ("一、抓好春耕（县农业农村局牵头）", "抓好春耕"),
    ("第三条【适用范围】本办法适用于本县。", "适用范围"),
    ("第三条　本办法适用于本县。", None),
    ("第二章　管　理", "管理"),
    ("1.抓好春耕；", None),
    ("（1）抓好春耕！确保面积。", None),
    ("1.抓好春耕！", None),
    ("2.县级及县级以下的各有关部门都要把这一项工作放在首位并落到实处。", None),
]


@pytest.mark.parametrize(("text", "width", "indents", "expected"), JOINED, ids=range(len(JOINED)))
def test_lines_become_paragraphs(text: str, width: int | None, indents: bool, expected: list[str]) -> None:
    joiner = Joiner(width, indents)
    for line in printed(split_lines(text)):
        joiner.add(line)
    joiner.flush()
    assert ["".join(line.text for line in paragraph.lines) for paragraph in joiner.done] == expected


@pytest.mark.parametrize(("text", "is_open", "is_complete"), ENDS)
def test_where_a_paragraph_can_end(text: str, is_open: bool, is_complete: bool) -> None:
    paragraph = Paragraph([])
    for line in printed(split_lines(text)):
        paragraph.append(line)
    assert (paragraph.is_open, paragraph.is_complete, paragraph.length) == (is_open, is_complete, len(text))


@pytest.mark.parametrize(("lengths", "width"), WIDTHS, ids=range(len(WIDTHS)))
def test_the_width_at_which_text_is_broken(lengths: list[int], width: int | None) -> None:
    text = "\n".join("一" * (length - 1) + "到" for length in lengths)
    assert wrap_width(list(printed(split_lines(text)))) == width
    blank_between, ended = text.replace("\n", "\n\n"), text.replace("到", "。")
    assert [wrap_width(list(printed(split_lines(other)))) for other in (blank_between, ended)] == [None, None]


@pytest.mark.parametrize(("text", "heading"), HEADINGS)
def test_headings(text: str, heading: str | None) -> None:
    (document,) = segment(source_of(f"某县办法\n\n{text}\n")).documents
    (clause,) = (clause for clause in document.clauses if clause.marker)
    assert clause.heading == heading


NOTICE = (
    "某县通知\n\n各乡镇：\n\n现印发。\n\n附件：{}\n\n某县人民政府\n2024年1月2日\n\n附件1\n\n任务表\n\n一、抓好春耕。\n"
)


def about_attachments(issue: Issue) -> list[tuple[str, str, str]]:
    """Category, message and place of what *issue* has to say of attachments."""
    text = issue.source.text
    return [
        (problem.category, problem.message, text[slice(*problem.span)])
        for problem in issue.problems
        if problem.category.endswith("_attachment") and problem.span is not None
    ]


def test_an_attachment_that_is_listed_and_not_printed() -> None:
    issue = segment(source_of(NOTICE.format("1.任务表\n　　　2.名单")))
    assert about_attachments(issue) == [("missing_attachment", "listed, not printed: 名单", "2.名单")]
    assert [p.severity for p in issue.problems if p.category == "missing_attachment"] == ["info"]


def test_an_attachment_that_is_printed_and_not_listed() -> None:
    issue = segment(source_of(NOTICE.format("任务表") + "\n附件2\n\n名单\n\n二、王立本。\n"))
    assert about_attachments(issue) == [("unlisted_attachment", "printed, not listed: attachment 2", "附件2")]
    assert about_attachments(segment(source_of(NOTICE.format("任务表")))) == []
