"""A large issue is read part by part: what its documents settle for one another is the same as where it is read whole."""

from __future__ import annotations

import io
from functools import cache

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from extractors.extract import extract, extract_in_parts
from extractors.targets.repeats import Relations
from pipeline.process import process
from pipeline.runs import steps
from pipeline.segmentation import segment
from schemas.batches import Keys, SchemaError, to_batch
from schemas.datasets import DATASETS
from schemas.packed import Packed
from schemas.records import PART, Box, Furniture, SourceText
from schemas.tabulate import rows_in

_PLAIN = "统筹推进各项工作，切实加强组织领导，健全完善工作机制，积极稳妥有序开展，认真总结好的经验做法，不断提高服务群众的能力和水平。"
_DOCUMENTS = 6


def _document(number: int) -> str:
    """A notice with a plan; its filling says nothing."""
    filling = f"{_PLAIN}\n" * (PART // 5 // len(_PLAIN))
    people = "组　长：罗青山（县委副书记）\n副组长：孟小舟、罗青山" if number % 2 else "联系人：孟小舟，罗青山"
    return (
        f"青河县人民政府办公室\n关于印发《青河县桑园改造实施方案{number}》的通知\n青政办发〔2031〕{number}号\n\n"
        "各乡镇人民政府，县直有关单位：\n现将方案印发给你们，请遵照青政办发〔2031〕1号文件认真组织实施。\n\n"
        f"青河县人民政府办公室\n2031年3月{number}日\n\n青河县桑园改造实施方案{number}\n{filling}\n"
        f"一、目标任务\n到2032年，桑园面积达到{7 + number % 2}万亩以上。全县蚕茧产量增长{number}.5%，新建蚕台{number}坨。\n"
        "（牵头单位：县农业农村局；责任单位：县财政局、县水利局）\n2031年6月底前，完成桑园普查。\n"
        f"二、保障措施\n{people}\n"
    )


@cache
def _source() -> SourceText:
    text = "青河县人民政府公报\n2031年第3期\n\n" + "\n".join(_document(number) for number in range(1, _DOCUMENTS + 1))
    beside = Furniture("青河县人民政府公报", Box(1, 10.0, 10.0, 90.0, 20.0))
    return SourceText(text, "large.txt", "5" * 64, furniture=(beside,))


@cache
def _whole() -> dict[str, list[dict[str, object]]]:
    issue = segment(_source())
    extraction = extract(issue)
    return {name: to_batch(name, rows_in(name, issue, extraction)).to_pylist() for name in DATASETS}


def test_it_has_the_rows_that_it_has_when_read_whole() -> None:
    found = process(_source())
    assert len(_source().text) > PART
    for name, rows in _whole().items():
        assert found[name].to_pylist() == rows, name


def test_what_is_compared_stands_in_several_parts() -> None:
    parts = list(extract_in_parts(segment(_source(), pack=True), Relations()))
    assert len(parts) > 1 and [part.is_last for part in parts] == [False] * (len(parts) - 1) + [True]
    assert (
        {len(part.found.officials) > 0 for part in parts} == {len(part.found.citations) > 0 for part in parts} == {True}
    )
    assert any(row["conflict_id"] for row in _whole()["targets"]) and any(row["same_as"] for row in _whole()["targets"])
    assert {row["category"] for row in _whole()["problems"]} >= {"unknown_unit"}


def test_its_documents_are_packed_and_come_out_as_they_were() -> None:
    issue, whole = segment(_source(), pack=True), segment(_source())
    assert isinstance(issue.documents, Packed) and isinstance(whole.documents, tuple)
    assert len(issue.documents) == len(whole.documents) and issue.segments == whole.segments
    assert not any(head.clauses for head in issue.heads) and issue.problems == whole.problems
    for one, other in zip(issue.documents, whole.documents, strict=True):
        assert [clause.reading.text for clause in one.clauses] == [clause.reading.text for clause in other.clauses]
        assert [list(clause.reading.offsets) for clause in one.clauses[:9]] == [
            list(clause.reading.offsets) for clause in other.clauses[:9]
        ]


def test_its_files_have_a_row_group_for_each_part_and_what_is_told_of_them_agrees() -> None:
    rows = steps.process(_source())
    for name, expected in _whole().items():
        file = pq.ParquetFile(io.BytesIO(rows.files[name]))
        assert file.read().num_rows == rows.made.rows[name] == len(expected)
        assert file.num_row_groups == 1 or all(
            file.metadata.row_group(group).num_rows for group in range(file.num_row_groups)
        )
    assert pq.ParquetFile(io.BytesIO(rows.files["clauses"])).num_row_groups > 1
    assert sum(rows.made.kinds.values()) == len(_whole()["quantities"])
    assert rows.made.problems["unknown_unit"] == _DOCUMENTS


def test_a_key_that_two_parts_have_is_an_error() -> None:
    keys = Keys()
    batch = pa.RecordBatch.from_pylist([{"issue_id": "a", "quantity_id": "a/q/1-2"}])
    keys.note("quantities", batch)
    keys.check()
    keys.note("segments", pa.RecordBatch.from_pylist([{"issue_id": "a"}]))
    keys.note("segments", pa.RecordBatch.from_pylist([{"issue_id": "a"}]))
    keys.check()
    keys.note("quantities", batch)
    with pytest.raises(SchemaError, match="quantities"):
        keys.check()
