"""The page for readers: every promise stands in it, its evidence beside it, and nothing of a gazette runs."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import quote

import pytest
from typer.testing import CliRunner

import pipeline
from pipeline.analysis.digest import digest
from pipeline.cli import app
from tests.analysis.made import write_folder
from tests.auditing.folders import made
from tests.site.made import HOSTILE

RUNNER = CliRunner()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_folder(tmp_path_factory.mktemp("digest") / "processed")


def test_every_dated_promise_and_owner_is_on_the_page(folder: Path) -> None:
    page = digest(folder)
    due = pipeline.calendar(folder)
    assert all(f'<span lang="zh-Hans">{what}</span>' in page for what in due["what"])
    assert "县工业和信息化局" in page and "2023-06" in page and "≥ 18 家" in page
    assert f"{(due['kind'] == 'target').sum()} targets" in page
    promised = len(pipeline.load("targets", folder)) + len(pipeline.load("milestones", folder))
    assert page.count("<details>") == len(due) + promised  # the sentence stands under every line


def test_promises_stand_in_the_part_of_their_paper(tmp_path: Path) -> None:
    text = (
        "青泽县2024年工作要点\n\n一、主要任务\n（一）壮大产业\n1.新增规上工业企业12家。\n2.6月底前建成标准厂房。\n"
        "（二）改善民生\n1.改造危房86户。\n"
    )
    page = digest(made(tmp_path / "processed", text))
    parts = re.findall(r'<summary><span lang="zh-Hans">([^<]+)</span> <span class="soft">(\d+)</span>', page)
    assert parts == [("主要任务 · 壮大产业", "2"), ("主要任务 · 改善民生", "1")]


def test_papers_of_one_title_are_told_apart_and_stand_by_date(tmp_path: Path) -> None:
    text = (
        "青泽县人民政府工作报告\n——2024年1月8日在青泽县第十八届人民代表大会第三次会议上\n\n一、2024年工作安排\n"
        "今年新建冷库12座。\n"
    )
    folder = made(tmp_path / "processed", text.replace("2024", "2025"), "later.txt", 2025)
    made(folder, text, "earlier.txt", 2024)
    made(folder, "到2026年，力争新建冷库9座。\n", "untitled.txt", 2024)
    heads = re.findall(r'<h3 lang="zh-Hans">([^<]+)(?: <span class="soft">([^<]*)</span>)?</h3>', digest(folder))
    assert [note[:4] for title, note in heads if title.endswith("工作报告")] == ["2024", "2025"]
    assert heads[-1][0].endswith("untitled.txt")


def test_papers_of_one_issue_stand_in_the_order_of_its_text(tmp_path: Path) -> None:
    paper = (
        "青泽县人民政府办公室\n关于印发《{2}建设方案》的通知\n\n青泽政办发〔2024〕{0}号\n\n各乡镇人民政府，县直各单位：\n\n"
        "一、主要目标\n\n（一）全年新建{2}{0}座。\n\n青泽县人民政府办公室\n2024年{1}月5日\n\n"
    )
    things = ("冷库", "水厂", "桥梁", "粮仓", "校舍", "泵站", "温室", "车站", "公园", "书屋", "码头", "驿站")
    text = "".join(paper.format(number, 13 - number, thing) for number, thing in enumerate(things, 1))
    titles = re.findall(
        r'<h3 lang="zh-Hans">青泽县 关于印发《(..)建设方案》的通知 ', digest(made(tmp_path / "processed", text))
    )
    assert titles == list(things)


def test_the_lines_of_owners_point_to_lines_of_the_page(folder: Path) -> None:
    page = digest(folder)
    pointed = set(re.findall(r'<a href="#([^"]+)">evidence</a>', page))
    assert pointed == set(pipeline.owners(folder)["row_id"]) and pointed <= set(re.findall(r'<tr id="([^"]+)">', page))


def test_every_line_links_to_the_audit_site(folder: Path) -> None:
    page = digest(folder, site="audit")
    links = re.findall(r'<a href="(audit/issues/[^"]+)">evidence</a>', page)
    assert all("%2F" in link for link in links) and "<details>" not in page
    lines = re.findall(r"<tr[^>]*>(?!<th)(?:(?!</tr>).)*</tr>", page.partition('<h2 id="issues">')[0], re.DOTALL)
    assert lines and all("evidence</a>" in line for line in lines)


def test_conflicts_and_outcomes_link_to_both_their_rows(tmp_path: Path) -> None:
    text = (
        "青泽县人民政府工作报告\n——2024年1月8日在青泽县第十八届人民代表大会第三次会议上\n\n一、2023年工作回顾\n"
        "2023年，粮食产量达到21.5万吨。\n\n二、2024年工作安排\n今年粮食产量稳定在22万吨以上。新建冷库12座。\n抓好物流业。全年新建冷库15座。\n"
    )
    folder = made(tmp_path / "processed", text)
    made(folder, text.replace("2024", "2025").replace("2023", "2024"), "2025.txt", 2025)
    clash, outcome = pipeline.conflicts(folder), pipeline.panel(folder).query("status == 'met'")
    page = digest(folder, site="audit")
    assert len(clash) and len(outcome)
    for row_id in [*outcome["target_id"], *outcome["outcome_id"]]:
        assert f'#{quote(row_id, safe="")}">evidence</a>' in page.partition('<h2 id="outcomes">')[2]
    row = outcome.iloc[0]
    assert (
        f">≥ {row['target_low']:,.0f} {row['unit']}<" in page and f">{row['outcome_low']:,.0f} {row['unit']}<" in page
    )
    section = page.partition('<h2 id="conflicts">')[2].partition("<h2")[0]
    assert section.count("evidence</a>") == 2 * len(clash)


def test_a_hostile_gazette_stays_text(tmp_path: Path) -> None:
    page = digest(made(tmp_path / "processed", HOSTILE))
    assert "<script" not in page and "<img" not in page


def test_the_command(folder: Path, tmp_path: Path) -> None:
    done = RUNNER.invoke(app, ["report", str(tmp_path / "out.html"), "--processed", str(folder)])
    assert done.exit_code == 0 and (tmp_path / "out.html").read_text(encoding="utf-8").startswith("<!doctype html>")
    empty = RUNNER.invoke(app, ["report", str(tmp_path / "out.html"), "--processed", str(tmp_path)])
    assert empty.exit_code == 2 and "holds no committed issues" in empty.output
