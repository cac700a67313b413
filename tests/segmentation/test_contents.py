"""Contents pages in the forms that gazettes print them in: the same two documents behind each."""

from __future__ import annotations

import pytest

from pipeline.segmentation import segment
from tests.segmentation.support import assert_sound, noticed, source_of

MASTHEAD = "松原洲市人民政府公报\n2024年第2期\n"
BODY = """
松原洲市人民政府
关于加强防汛工作的通知

松政发〔2024〕3号

各县人民政府：

请做好防汛工作，确保安全度汛。

松原洲市人民政府
2024年5月1日

松原洲市人民政府办公室
关于印发松原洲市消防规划的通知

松政办发〔2024〕8号

各县人民政府：

现印发给你们，请认真执行。

松原洲市人民政府办公室
2024年5月3日

松原洲市消防规划

一、目标。到2025年建成消防站12座。
"""
CONTENTS = {
    "dots": "目录\n市政府文件\n1.松原洲市人民政府关于加强防汛工作的通知（松政发〔2024〕3号）……………………1\n市政府办公室文件\n2.松原洲市人民政府办公室关于印发松原洲市消防规划的通知（松政办发〔2024〕8号）………………4\n",
    "numbered sections": "目  录\n一、市政府文件\n松原洲市人民政府关于加强防汛工作的通知 1\n二、市政府办公室文件\n松原洲市人民政府办公室关于印发松原洲市消防规划的通知 4\n",
    "spaces": "目 次\n【市政府文件】\n松原洲市人民政府关于加强防汛工作的通知  （1）\n【市政府办公室文件】\n松原洲市人民政府办公室关于印发松原洲市消防规划的\n通知  （4）\n",
    "slash": "目录\n· 市政府文件 ·\n松原洲市人民政府关于加强防汛工作的通知/1\n· 市政府办公室文件 ·\n松原洲市人民政府办公室关于印发松原洲市消防规划的通知/4\n",
    "page first": "目录\n市政府文件\n1　松原洲市人民政府关于加强防汛工作的通知\n市政府办公室文件\n4　松原洲市人民政府办公室关于印发松原洲市消防规划的通知\n",
    "page own line": "目录\n市政府文件\n松原洲市人民政府关于加强防汛工作的通知\n1\n市政府办公室文件\n松原洲市人民政府办公室关于印发松原洲市消防规划的通知\n4\n",
    "no pages": "目录\n市政府文件\n松原洲市人民政府关于加强防汛工作的通知\n市政府办公室文件\n松原洲市人民政府办公室关于印发松原洲市消防规划的通知\n",
    "brackets num no paren": "目录\n市政府文件\n松原洲市人民政府关于加强防汛工作的通知 松政发〔2024〕3号 (1)\n市政府办公室文件\n松原洲市人民政府办公室关于印发松原洲市消防规划的通知 松政办发〔2024〕8号 (4)\n",
    "leaders by middle dots": "目　录\n☆市政府文件☆\n松原洲市人民政府关于加强防汛工作的通知··················（1）\n☆市政府办公室文件☆\n松原洲市人民政府办公室关于印发松原洲市消防规划的通知··················（4）\n",
    "piped": "目　录\n市政府文件\n松原洲市人民政府关于加强防汛工作的通知\t1\n市政府办公室文件\n松原洲市人民政府办公室关于印发松原洲市消防规划的通知\t4\n",
}  # fmt: skip
UNPAGED = ("no pages",)


@pytest.mark.parametrize("form", CONTENTS)
def test_contents_page(form: str) -> None:
    issue = segment(source_of(MASTHEAD + CONTENTS[form] + BODY))
    assert_sound(issue)
    pages = (None, None) if form in UNPAGED else (1, 4)
    assert [(entry.section, entry.title, entry.page) for entry in issue.contents] == [
        ("市政府文件", "松原洲市人民政府关于加强防汛工作的通知", pages[0]),
        ("市政府办公室文件", "松原洲市人民政府办公室关于印发松原洲市消防规划的通知", pages[1]),
    ]
    assert [(d.doc_number, d.section, d.toc_page) for d in issue.documents] == [
        ("松政发〔2024〕3号", "市政府文件", pages[0]),
        ("松政办发〔2024〕8号", "市政府办公室文件", pages[1]),
    ]
    assert not noticed(issue)


TITLES = ("关于岭县2024年植树造林方案的意见", "关于任免干部职务的通知", "关于任免干部职务的通知")


def test_bare_titles_listed_and_printed_again_are_no_running_heads() -> None:
    """No pages, no sections, one title twice: the titles of the body stand right behind the last entry."""
    heads = [f"岭县人民政府{title}" for title in TITLES]
    text = "岭县人民政府公报\n2024年第1期\n\n目录\n" + "\n".join(heads) + "\n"
    for number, head in enumerate(heads, 1):
        text += f"\n{head}\n岭政发〔2024〕{number}号\n\n各乡镇人民政府：\n现将有关事项通知如下。\n\n岭县人民政府\n2024年5月{number}日\n"
    issue = segment(source_of(text))
    assert_sound(issue)
    assert [document.title for document in issue.documents] == list(TITLES)
    assert [document.doc_number for document in issue.documents] == [f"岭政发〔2024〕{n}号" for n in (1, 2, 3)]
    assert len(issue.contents) == len(TITLES) and not noticed(issue)
