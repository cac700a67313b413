"""Work grows with the length of a line, whatever it holds: four times the text takes four times the steps.

Steps are instructions of the interpreter, so that neither load nor machine changes what is counted.
"""

from __future__ import annotations

import sys
from types import FrameType
from typing import Any

import pytest

from extractors.extract import extract
from pipeline.segmentation import segment
from schemas.records import Issue, SourceText

HEAD = "某县人民政府办公室关于印发《重点工作方案》的通知\n某政办发〔2024〕3号\n各乡镇人民政府：\n"
LINES = {
    "prose": "到2025年，粮食播种面积稳定在118万亩左右，由县农业农村局牵头（责任单位：县财政局；配合单位：各乡镇人民政府）。",
    "table row": "1\t粮食播种面积\t万亩\t118\t县农业农村局\t王建国\t",
    "no punctuation": "加快推进重点项目建设完成投资120亿元同比增长8%以上由县发展和改革局牵头负责落实到位",
    "brackets": "（建设（密度（36%）",
}
SHORT = {"prose": 400, "table row": 1000, "no punctuation": 1000, "brackets": 400}
MOST = 4.4


def issue_of(unit: str, length: int) -> Issue:
    return segment(SourceText(f"{HEAD}{(unit * length)[:length]}\n", "t.txt", "0" * 64))


def steps(issue: Issue) -> int:
    """The instructions that the extractors take over *issue*."""
    count = 0

    def trace(frame: FrameType, event: str, argument: Any) -> Any:
        nonlocal count
        frame.f_trace_opcodes = True
        count += event == "opcode"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        extract(issue)
    finally:
        sys.settrace(before)
    return count


@pytest.mark.parametrize("name", LINES)
def test_steps_grow_with_the_length_of_a_line(name: str) -> None:
    short, long = (issue_of(LINES[name], times * SHORT[name]) for times in (1, 4))
    extract(long)  # loads the dictionary and every rule that is asked
    assert steps(long) <= MOST * steps(short)
