"""Rolls of people whose columns tabs part: rows without a head, read through segmentation and extraction."""

from __future__ import annotations

import pytest

from extractors.officials import extract_officials
from pipeline.segmentation import segment
from schemas.ids import IdMaker
from tests.segmentation.support import source_of

People = list[tuple[str | None, str | None, str | None]]
HEAD = "青泽县人民政府办公室关于公布名单的通知\n青政办发〔2024〕3号\n各乡镇人民政府：\n现将名单公布如下：\n"
FOOT = "青泽县人民政府办公室\n2024年3月5日\n"
ROLLS: list[tuple[str, People]] = [
    ("总指挥\t林建国\t副县长\n副总指挥\t王海燕\t县水利局局长\n\t陈　锋\t县政府办副主任\n成员\t刘洋\t县民政局副局长\n", [
        ("林建国", "总指挥", "副县长"), ("王海燕", "副总指挥", "县水利局局长"),
        ("陈锋", "副总指挥", "县政府办副主任"), ("刘洋", "成员", "县民政局副局长"),
    ]),
    ("组长：\t回玉良\t县长\n成员：\t陈锋\t县教育局\n", [("回玉良", "组长", "县长"), ("陈锋", "成员", None)]),
    ("先进个人名单（20名）\n王海燕\t县教育局\n陈　锋\t县财政局\n刘　洋\t云栖镇人民政府\n", [
        ("王海燕", "先进个人", None), ("陈锋", "先进个人", None), ("刘洋", "先进个人", None),
    ]),
    ("组长\t副组长\t成员\n林建国\t王海燕\t陈锋\n赵晓东\t何欢\t刘洋\n", [
        ("林建国", "组长", None), ("王海燕", "副组长", None), ("陈锋", "成员", None),
        ("赵晓东", "组长", None), ("何欢", "副组长", None), ("刘洋", "成员", None),
    ]),
    ("先进集体名单\n县教育局\t一等\n县财政局\t二等\n县民政局\t三等\n", []),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "expected"), ROLLS)
def test_people_of_rows(rows: str, expected: People) -> None:
    issue = segment(source_of(HEAD + rows + FOOT))
    people = extract_officials(issue, IdMaker(issue.issue_id))
    assert [(row.name, row.role, row.position) for row in people if row.name] == expected
