"""What a text lacks, repeats or contradicts is recorded, and what is in order is not."""

from __future__ import annotations

import pytest

from pipeline.segmentation import segment
from tests.segmentation.support import noticed, source_of

HEAD = "湖山县人民政府\n关于做好防汛工作的通知\n\n湖政发〔2024〕3号\n\n各乡镇人民政府：\n\n"
SIGNED = "\n\n湖山县人民政府\n2024年3月1日\n"
CONTENTS = "湖山县人民政府公报\n2024年第1期\n\n目　录\n\n湖山县人民政府关于做好防汛工作的通知（湖政发〔2024〕3号）……1\n"
MISSED = "湖山县人民政府关于做好抗旱工作的通知（湖政发〔2024〕4号）……5\n"
TABLE = "序号\t乡镇\t任务\n1\t东镇\t5\n2\t西镇\t6\n{third}\t南镇\t7\n合计\t\t{total}"
NOTICE = HEAD + "一、巡查堤防。\n\n二、备足物资。" + SIGNED


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (NOTICE, []),
        (HEAD + "一、巡查堤防。\n\n三、备足物资。" + SIGNED, ["numbering_gap"]),
        (HEAD + "一、巡查堤防。\n\n一、备足物资。" + SIGNED, ["numbering_repeat"]),
        (CONTENTS + "\n" + NOTICE, []),
        (CONTENTS + MISSED + "\n" + NOTICE, ["contents_entry_without_document"]),
        (CONTENTS + "\n" + NOTICE + "\n" + NOTICE.replace("3号", "9号").replace("防汛", "防火"), ["document_without_contents_entry"]),
        (HEAD + "附件：1.甲表\n2.乙表" + SIGNED + "\n附件1\n\n甲表\n\n内容。\n\n附件2\n\n乙表\n\n内容。\n", []),
        (HEAD + "附件：1.甲表\n2.乙表" + SIGNED + "\n附件1\n\n甲表\n\n内容。\n", ["missing_attachment"]),
        (HEAD + "附件：甲表" + SIGNED + "\n附件1\n\n甲表\n\n内容。\n\n附件2\n\n乙表\n\n内容。\n", ["unlisted_attachment"]),
        (HEAD + TABLE.format(third=3, total=18) + SIGNED, []),
        (HEAD + TABLE.format(third=3, total=19) + SIGNED, ["table_sum_mismatch"]),
        (HEAD + TABLE.format(third=5, total=18) + SIGNED, ["serial_gap"]),
        (NOTICE.replace("湖政发〔2024〕3号\n\n", ""), ["missing_doc_number"]),
        (HEAD + "一、巡查堤防。\n\n二、备足物资。\n", ["missing_date"]),
    ],
)  # fmt: skip
def test_problems(text: str, expected: list[str]) -> None:
    assert [problem.category for problem in noticed(segment(source_of(text)))] == expected
