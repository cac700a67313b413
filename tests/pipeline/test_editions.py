"""Which issues the loader counts: one an edition, the newest of its revisions, and it says what it left out."""

from __future__ import annotations

import warnings
from pathlib import Path

import pytest

import pipeline
from pipeline.analysis import loading
from pipeline.analysis.loading import LeftOutWarning
from pipeline.store.ledger import InputRecord, Ledger
from tests.auditing.folders import made

NOTICE = """某川县人民政府办公室
关于印发《2024年林果产业行动方案》的通知

某川政办发〔2024〕{serial}号

各乡镇人民政府：

一、主要目标

全年新植核桃{area}万亩。

某川县人民政府办公室
2024年3月5日
"""
GAZETTE = "某川县人民政府公报\n{which}\n\n" + NOTICE


def _notice(area: str, serial: int = 6, more: str = "") -> str:
    return NOTICE.format(area=area, serial=serial) + more


class Making:
    """A processed folder, filled file by file, each known to the ledger."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def add(self, text: str, name: str = "a.txt") -> str:
        """Commit *text* as the source *name*; returns the issue's id."""
        before = {path.stem for path in self.folder.glob("issues/*/*.parquet")}
        made(self.folder, text, name)
        (issue,) = {path.stem for path in self.folder.glob("issues/*/*.parquet")} - before
        Ledger(self.folder).record(
            InputRecord(f"/raw/{name}", name, 1, 1, issue, "done", "c", "r", 0.1, issue_id=issue)
        )
        return issue

    def loaded(self) -> list[float]:
        """The areas that the loader counts."""
        frame = pipeline.load("targets", self.folder, quiet=True)
        return sorted(value / 10000 for value in frame["low"].tolist())


@pytest.fixture
def making(tmp_path: Path) -> Making:
    loading._told.clear()
    return Making(tmp_path / "out")


@pytest.mark.parametrize(
    ("texts", "names"),
    [
        ([_notice("3.2"), _notice("3.5")], ["b.txt", "a.txt"]),
        ([_notice("3.2", more="\n\n\n\n（本页面为旧版）\n"), _notice("3.5")], ["b.txt", "a.txt"]),
        ([_notice("3.2"), _notice("3.5")], ["page.txt", "page.r2.txt"]),
        ([_notice("3.5"), _notice("3.2")], ["page.r2.txt", "page.txt"]),
        ([_notice("3.5"), _notice("3.2"), _notice("3.3")], ["page.r10.txt", "page.txt", "page.r9.txt"]),
        ([_notice("3.2", 6), _notice("3.5", 7)], ["page.txt", "page.r2.txt"]),
    ],
    ids=["seen later", "shorter", "revision", "seen in another order", "tenth", "its number corrected"],
)
def test_of_revisions_the_newest_stands(making: Making, texts: list[str], names: list[str]) -> None:
    for text, name in zip(texts, names, strict=True):
        making.add(text, name)
    assert making.loaded() == [3.5]
    assert set(pipeline.left_out(making.folder)["reason"]) == {"a newer revision counts"}


def test_of_forms_the_preferred_one_stands_whatever_its_age(making: Making) -> None:
    page = "<html><body>" + "".join(f"<p>{line}</p>" for line in _notice("3.5").split("\n")) + "</body></html>"
    making.add(page, "a.html")
    making.add(_notice("3.2"), "a.txt")
    assert making.loaded() == [3.5]
    (row,) = pipeline.left_out(making.folder).to_dict("records")
    assert row["source_path"] == "a.txt" and row["reason"].startswith("another form of mouchuan-xian")


def test_different_editions_all_stand(making: Making) -> None:
    for number, which in enumerate(("2024年第1期", "2024年增刊第1期", "2024年第3—4期", "2024年第5—6期", "2024年")):
        making.add(GAZETTE.format(which=which, area=f"{number + 1}", serial=number), f"{number}.txt")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert len(pipeline.load("issues", making.folder)) == 5
    assert making.loaded() == [1, 2, 3, 4, 5]


def test_two_folders_with_files_of_one_name_are_not_revisions(making: Making) -> None:
    making.add(_notice("3.2", 6), "east/page.txt")
    making.add(_notice("3.5", 7), "west/page.r2.txt")
    assert making.loaded() == [3.2, 3.5]


def test_what_is_left_out_is_said_once(making: Making) -> None:
    making.add(_notice("3.2"), "b.txt")
    making.add(_notice("3.5"), "a.txt")
    with pytest.warns(LeftOutWarning, match="left out 1 of 2 issues") as told:
        pipeline.load("targets", making.folder)
        pipeline.load("issues", making.folder)
    assert len(told) == 1 and told[0].filename == __file__
    making.add(_notice("3.6"), "c.txt")
    with pytest.warns(LeftOutWarning, match="2 of 3"):
        pipeline.load("targets", making.folder)


@pytest.mark.parametrize("arguments", [{"quiet": True}, {"editions": "all"}])
def test_who_does_not_want_to_hear_it_does_not(making: Making, arguments: dict[str, str]) -> None:
    making.add(_notice("3.2"), "b.txt")
    making.add(_notice("3.5"), "a.txt")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        frame = pipeline.load("issues", making.folder, **arguments)  # type: ignore[arg-type]
    assert len(frame) == (2 if "editions" in arguments else 1)
