"""Tables printed as lines whose cells blanks part: found where every row has as many cells as the head, else left as text."""

from __future__ import annotations

from pipeline.segmentation import segment
from schemas.records import Issue
from tests.segmentation.support import assert_sound, source_of

NOTICE = "青柳县人民政府关于下达任务的通知\n\n青政发〔2024〕3号\n\n各乡镇人民政府：\n\n现将任务下达给你们。\n\n青柳县人民政府\n\n2024年3月5日\n\n附件\n\n青柳县任务清单\n\n"
HEAD = "序号 任务 牵头单位 完成时间"
ROWS = ["1 修缮东渠 县水利局 2024年5月31日", "2 迁建西村小学，添置课桌 县教育局 6月底", "3 招募护林员 县林业局 年底前"]


def _read(*lines: str) -> Issue:
    issue = segment(source_of(NOTICE + "\n".join(lines) + "\n"))
    assert_sound(issue)
    return issue


def _rows(issue: Issue) -> list[list[str]]:
    (table,) = issue.documents[0].tables
    return [[cell.reading.text for cell in cells] for _, cells in sorted(table.rows().items())]


def test_rows_that_count_up_under_a_head_of_as_many_words_are_a_table() -> None:
    assert _rows(_read(HEAD, *ROWS)) == [HEAD.split(), *(row.split() for row in ROWS)]


def test_the_table_ends_where_a_row_is_not_of_its_form() -> None:
    assert len(_rows(_read(HEAD, *ROWS, "4 其他"))) == len(ROWS) + 1


def test_lines_whose_cells_do_not_fit_the_head_stay_text() -> None:
    issue = _read(HEAD, "1 修缮东渠 县水利局", "2 迁建西村小学 县教育局")
    assert not issue.documents[0].tables


def test_tabs_make_the_tables_that_they_always_make() -> None:
    assert _rows(_read(*(line.replace(" ", "\t") for line in (HEAD, *ROWS))))[0] == HEAD.split()
