"""The site in a real browser: what a reader sees, does and takes away."""

from __future__ import annotations

import json
import re
import time
import zipfile
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from pipeline.auditing.folders import open_folder
from pipeline.evaluation import load_gold
from pipeline.evaluation.run import evaluate
from tests.site.made import HOSTILE

SIZES = [(400, 800), (1600, 1000)]
FIRST_VIEW = 2.0
"""Seconds in which the longest document of the real issue can be read and used."""


class Reader:
    """A tab, and everything that its console said."""

    def __init__(self, page: Any, site: Path) -> None:
        self.page, self.site = page, site
        self.complaints: list[str] = []
        page.on("console", lambda message: self._heard(message.type, message.text))
        page.on("pageerror", lambda error: self._heard("error", str(error)))

    def _heard(self, kind: str, text: str) -> None:
        if kind in ("error", "warning"):
            self.complaints.append(text)

    def open(self, path: str) -> None:
        """Open a page of the site from its file."""
        name, sign, rest = path.partition("#")
        self.page.goto((self.site / name).as_uri() + sign + rest)

    def press(self, keys: str) -> None:
        """Press keys one after another."""
        for key in keys:
            self.page.keyboard.press(key)

    def row(self) -> dict[str, str]:
        """The columns that the panel shows of the chosen mark."""
        lines = self.page.locator("#panel > table.row tr").evaluate_all(
            "lines => lines.map(line => [line.cells[0].textContent, line.cells[1].textContent])"
        )
        return dict(lines)


@pytest.fixture
def reader(browser: Any, small_site: Path) -> Iterator[Reader]:
    context = browser.new_context(viewport={"width": 1600, "height": 1000}, accept_downloads=True)
    tab = Reader(context.new_page(), small_site)
    yield tab
    assert tab.complaints == []
    context.close()


def _document(folder: Path, source: str) -> tuple[str, str]:
    """Issue and page of the only document of a source."""
    opened = open_folder(folder)
    issue_id = next(key for key, row in opened.issues.items() if row["source_path"].endswith(source))
    return issue_id, f"issues/{issue_id}/d{opened.rows('documents', issue_id)[0]['char_start']}.html"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("width", "height"), SIZES)
def test_every_kind_of_page_fits_and_keeps_quiet(
    browser: Any, small_site: Path, width: int, height: int, scheme: str
) -> None:
    context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme)
    tab = Reader(context.new_page(), small_site)
    documents = [path.relative_to(small_site).as_posix() for path in sorted((small_site / "issues").rglob("*.html"))]
    pages = ("index", "rules", "problems", "charts", "search", "review", "rules/quantity.number")
    for path in (*(f"{name}.html" for name in pages), *documents):
        tab.open(path)
        assert tab.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, path
        assert tab.page.evaluate("globalThis.injected") is None, path
    assert tab.complaints == []
    context.close()


@pytest.mark.parametrize(("width", "scheme"), [(1600, "dark"), (400, "light")])
def test_pages_break_no_rule_of_accessibility(
    browser: Any, small_site: Path, small_folder: Path, width: int, scheme: str
) -> None:
    """By axe-core, on the pages with the most different elements; a document with a row chosen and its panel open."""
    axe = pytest.importorskip("axe_playwright_python", reason="axe-playwright-python is not installed")
    checker = next(Path(axe.__file__).parent.rglob("axe*.js")).read_text(encoding="utf-8")
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    tab = Reader(context.new_page(), small_site)
    issue_id, document = _document(small_folder, "hostile.txt")
    first = open_folder(small_folder).rows("quantities", issue_id)[0]["quantity_id"]
    for path in (
        "index.html",
        "charts.html",
        "search.html",
        "review.html",
        "rules/quantity.number.html",
        f"{document}#{first}",
    ):
        tab.open(path)
        tab.page.evaluate(checker)
        found = tab.page.evaluate(
            "axe.run().then(all => all.violations.map(one => [one.id, ...one.nodes.map(node => node.html)]))"
        )
        assert found == [], path
    context.close()


def test_the_page_of_a_rule_prints_on_few_sheets_and_shows_cards_on_a_phone(browser: Any, real_site: Path) -> None:
    longest = max((real_site / "rules").glob("*.js"), key=lambda path: path.stat().st_size).with_suffix(".html")
    context = browser.new_context(viewport={"width": 400, "height": 800})
    tab = Reader(context.new_page(), real_site)
    tab.open(longest.relative_to(real_site).as_posix())
    tab.page.wait_for_selector("#rows tbody tr")
    cells = tab.page.locator("#rows tbody tr").first.locator("td")
    boxes = [cells.nth(place).bounding_box() for place in range(cells.count())]
    assert all(above["y"] < below["y"] for above, below in pairwise(boxes)), "a value stands below the one before it"
    assert all(cells.nth(place).get_attribute("data-label") for place in range(cells.count()))
    sheets = len(re.findall(rb"/Type\s*/Page[^s]", tab.page.pdf(format="A4")))
    assert 1 <= sheets <= 3
    context.close()


def test_marks_are_those_of_the_data(reader: Reader, small_folder: Path) -> None:
    folder = open_folder(small_folder)
    issue_id, path = _document(small_folder, "hostile.txt")
    reader.open(path)
    for row in folder.rows("quantities", issue_id):
        reader.open(f"{path}#{row['quantity_id']}")
        shown = reader.row()
        assert reader.page.locator(f".b .m.{row['kind']}.chosen").all_text_contents() == [row["text"]]
        assert shown.keys() == row.keys() - {"issue_id", "sentence"}
        assert (shown["indicator"], shown["rule_id"]) == (row["indicator"], row["rule_id"])
        assert float(shown["low"]) == row["low"]


def test_a_mark_is_clicked_for_its_row_rule_and_neighbours(reader: Reader, small_folder: Path) -> None:
    _, path = _document(small_folder, "hostile.txt")
    reader.open(path)
    reader.page.locator(".b .m.target", has_text="3000亩").click()
    assert reader.row()["text"] == "3000亩"
    assert reader.page.locator("#panel details", has_text="targets").locator("th", has_text="target_year").count() == 1
    reader.page.locator(".near", has_text="2.5万亩").click()
    assert reader.row()["text"] == "2.5万亩"
    assert reader.page.locator("#panel td a", has_text="/d/").first.get_attribute("href") == path.rpartition("/")[2]
    rule = reader.row()["rule_id"]
    reader.page.locator("#panel td a", has_text=rule).first.click()
    reader.page.wait_for_selector(".matches")
    assert reader.page.locator("h1").inner_text() == rule
    reader.page.locator(".matches tr:has(mark:text-is('2.5万亩')) a").first.click()
    reader.page.wait_for_selector("html[data-ready]", state="attached")
    assert reader.row()["text"] == "2.5万亩"


def test_the_legend_toggles_a_layer_and_remembers(reader: Reader, small_folder: Path) -> None:
    _, path = _document(small_folder, "hostile.txt")
    reader.open(path)
    mark = reader.page.locator(".b .m.agency").first
    line = "element => getComputedStyle(element).textDecorationLine"
    assert mark.evaluate(line) == "underline"
    reader.page.locator("#legend input[value=agency]").uncheck()
    assert mark.evaluate(line) == "none"
    reader.press("n" * 40)
    assert "duty" not in reader.row()
    reader.page.reload()
    assert reader.page.locator(".b .m.agency").first.evaluate(line) == "none"
    reader.page.locator("#legend input[value=agency]").check()
    assert reader.page.locator(".b .m.agency").first.evaluate(line) == "underline"


def test_keys_walk_through_the_marks(reader: Reader, small_folder: Path) -> None:
    _, path = _document(small_folder, "notice.txt")
    reader.open(path)
    for layer in ("citation", "structure", "agency", "person"):
        reader.page.locator(f"#legend input[value={layer}]").uncheck()
    reader.page.locator("h1").click()
    walked = []
    for _ in range(3):
        reader.press("n")
        walked.append(reader.row()["text"])
    reader.press("p")
    assert walked == ["3.2万亩", "5000亩", "7至8千户"]
    assert reader.row()["text"] == "5000亩"
    reader.press("cn")  # in a form, letters are letters
    assert reader.row()["text"] == "5000亩"
    reader.page.keyboard.press("Escape")
    reader.page.keyboard.press("Escape")
    assert reader.row() == {}


def test_tables_are_tables_with_the_same_marks(reader: Reader, small_folder: Path) -> None:
    folder = open_folder(small_folder)
    issue_id, path = _document(small_folder, "hostile.txt")
    reader.open(path)
    cells = folder.rows("table_cells", issue_id)
    shown = reader.page.locator(".grid :is(td, th)").evaluate_all("cells => cells.map(cell => cell.textContent)")
    assert shown == [cell["text"] for cell in cells]
    in_cells = [row["text"] for row in folder.rows("quantities", issue_id) if row["table_id"]]
    assert in_cells and reader.page.locator(".grid .m:is(.target, .fact, .standard)").all_inner_texts() == in_cells
    reader.page.locator(".grid .m", has_text="1200").click()
    assert reader.row()["text"] == "1200"


def test_search_finds_through_blanks_and_leads_to_the_place(reader: Reader, small_folder: Path) -> None:
    _, path = _document(small_folder, "hostile.txt")
    reader.open("index.html")
    reader.page.locator("#find").fill("新植 茶树２.５万")
    reader.page.keyboard.press("Enter")
    reader.page.wait_for_selector("#results li")
    reader.page.locator("#find").fill("改造老茶园")
    reader.page.keyboard.press("Enter")
    reader.page.wait_for_selector("#results mark:text('改造老茶园')")
    assert reader.page.locator("#summary").inner_text().startswith("1 place ")
    reader.page.locator("#results a").click()
    reader.page.wait_for_selector("html[data-ready]", state="attached")
    assert path in reader.page.url
    # characters are counted as the data counts them, though one before takes two units of a script's text
    found = reader.page.evaluate("[...CSS.highlights.get('place')].map(String)")
    assert found == ["改造老茶园"]


def test_rows_of_a_rule_sort(reader: Reader) -> None:
    reader.open("rules/quantity.number.html")
    low = "rows => rows.map(row => Number(row.querySelector('[data-label=low]').textContent))"
    rows = reader.page.locator(".matches tbody tr")
    reader.page.locator("th button", has_text="low").click()
    upward = rows.evaluate_all(low)
    assert upward == sorted(upward) and len(set(upward)) > 3
    reader.page.locator("th button", has_text="low").click()
    assert rows.evaluate_all(low) == upward[::-1]


def test_themes_follow_the_system_until_chosen(reader: Reader) -> None:
    reader.page.emulate_media(color_scheme="dark")
    reader.open("index.html")
    ground = "getComputedStyle(document.body).backgroundColor"
    dark = reader.page.evaluate(ground)
    reader.page.locator("#theme").click()
    light = reader.page.evaluate(ground)
    assert light != dark
    reader.open("rules.html")
    assert reader.page.evaluate(ground) == light


def test_charts_show_the_numbers(reader: Reader, small_folder: Path) -> None:
    reader.open("charts.html")
    reader.page.wait_for_selector("html[data-ready]", state="attached")
    folder = open_folder(small_folder)
    counts = sorted((len(folder.rows("targets", issue_id)) for issue_id in folder.issues), reverse=True)
    shown = reader.page.locator("#documents-table tr").evaluate_all(
        "rows => rows.map(row => Number(row.cells[1].textContent))"
    )
    assert shown == counts
    painted = "canvas => new Set(canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data).size > 2"
    for name in ("documents", "indicators", "rules"):
        assert reader.page.locator(f"#{name}").evaluate(painted)


def test_corrected_labels_come_back_to_evaluate(reader: Reader, small_folder: Path, tmp_path: Path) -> None:
    issue_id, path = _document(small_folder, "hostile.txt")
    rows = {row["text"]: row for row in open_folder(small_folder).rows("quantities", issue_id)}
    reader.open(f"{path}#{rows['3000亩']['quantity_id']}")
    reader.page.locator(".b .chosen", has_text="3000亩").first.wait_for()
    reader.press("c")
    reader.page.locator("form.correct [name=kind]").select_option("fact")
    reader.page.locator("form.correct [name=metric]").fill("加工厂数量")
    reader.page.locator("form.correct [name=low]").fill("2999.5")
    reader.page.locator("form.correct [name=deadline]").fill("2025-06")
    reader.page.locator("form.correct button[type=submit]").click()
    reader.open(f"{path}#{rows['2.5万亩']['quantity_id']}")
    reader.page.locator(".b .chosen", has_text="2.5万亩").first.wait_for()
    reader.press("a")
    reader.open(f"{path}#{rows['4个']['quantity_id']}")
    reader.page.locator(".b .chosen", has_text="4个").first.wait_for()
    reader.press("r")
    for agency in ("县农业农村局", "县财政局"):
        reader.page.locator(".b .m.agency", has_text=agency).click()
        reader.page.locator(".b .chosen", has_text=agency).first.wait_for()
        reader.press("a")
    assert reader.page.locator(".b .corrected").count() == 1
    reader.page.reload()
    assert [reader.page.locator(f".b .{sign}").count() for sign in ("accepted", "rejected", "corrected")] == [3, 1, 1]
    reader.open("review.html")
    with reader.page.expect_download() as waiting:
        reader.page.locator("button", has_text="Download labels").click()
    gold = tmp_path / "gold"
    with zipfile.ZipFile(waiting.value.path()) as packed:
        packed.extractall(gold)

    labels = [json.loads(line) for line in next(gold.glob("*.jsonl")).read_text("utf-8").splitlines()]
    assert [label["text"] for label in labels] == ["2.5万亩", "3000亩", "县农业农村局", "县财政局"]
    loaded = load_gold(gold)
    assert loaded.texts[0].text == HOSTILE.replace("\n", "\r\n")
    found = evaluate([loaded], small_folder).sets[0]
    assert {(item.dataset, item.category, item.text) for item in found.findings} == {
        ("quantities", "different", "3000亩"),
        ("quantities", "extra", "4个"),
    }
    different = next(item for item in found.findings if item.category == "different")
    assert different.expected == {"low": 2999.5, "kind": "fact", "metric": "加工厂数量", "deadline": "2025-06"}
    figure = found.figures["quantity_span"]
    assert isinstance(figure, dict) and (figure["gold"], figure["pred"]) == (2, 3)


def test_selected_text_becomes_a_label_of_a_missing_row(reader: Reader, small_folder: Path) -> None:
    issue_id, path = _document(small_folder, "hostile.txt")
    reader.open(path)
    reader.page.wait_for_selector("html[data-ready]", state="attached")
    reader.page.evaluate(
        """() => {
        const walker = document.createTreeWalker(document.getElementById("text"), NodeFilter.SHOW_TEXT);
        let node = walker.nextNode();
        while (node && !node.data.includes("建成加工厂")) node = walker.nextNode();
        const at = node.data.indexOf("加工厂");
        getSelection().setBaseAndExtent(node, at, node, at + 3);
        document.getElementById("text").dispatchEvent(new MouseEvent("mouseup", { bubbles: true }));
    }"""
    )
    for name, value in (("low", "4"), ("high", "4"), ("unit", "个"), ("indicator", "建成加工厂")):
        reader.page.locator(f"form.correct [name={name}]").fill(value)
    reader.page.locator("form.correct button[type=submit]").click()
    assert reader.page.locator("#panel li", has_text="+ 加工厂").count() == 1
    stored = json.loads(reader.page.evaluate(f"localStorage.getItem('gongbao-review:{issue_id}')"))
    (entry,) = stored.values()
    start = HOSTILE.replace("\n", "\r\n").index("加工厂4个")
    assert (entry["verdict"], entry["label"]["start"], entry["label"]["end"]) == ("added", start, start + 3)


def test_a_random_queue_walks_by_keys_and_says_how_right_it_is(reader: Reader) -> None:
    orders = []
    for _ in range(2):
        reader.open("review.html")
        reader.page.locator("[name=order]").select_option("random")
        reader.page.locator("[name=count]").fill("3")
        reader.page.locator("[name=seed]").fill("7")
        reader.page.locator("#queue button").click()
        reader.page.wait_for_selector("html[data-ready]", state="attached")
        orders.append(reader.page.evaluate("localStorage.getItem('gongbao-queue')"))
    assert orders[0] == orders[1]
    items = json.loads(orders[0])["items"]
    for key, (issue, _, place) in zip("ara", items, strict=True):
        reader.page.wait_for_function(
            "id => decodeURIComponent(location.hash) === '#' + id && document.documentElement.dataset.ready",
            arg=issue + place,
        )
        assert "random, seed 7" in reader.page.locator("#panel footer").inner_text()
        reader.press(key)
    reader.page.wait_for_url("**/review.html#done")
    assert "The queue is done." in reader.page.locator("#queue-said").inner_text()
    said = reader.page.locator("#issues").inner_text()
    assert said.count("right ") >= 1 and "(" in said


def test_keys_are_told_and_marks_are_reached_by_tab(reader: Reader, small_folder: Path) -> None:
    _, path = _document(small_folder, "notice.txt")
    reader.open(path)
    reader.page.wait_for_selector("html[data-ready]", state="attached")
    reader.press("?")
    assert "in conflict" in reader.page.locator("dialog.keys").inner_text()
    reader.page.keyboard.press("Escape")
    reader.page.locator("dialog.keys").wait_for(state="detached")
    reader.page.locator("#legend input").last.focus()
    reader.page.keyboard.press("Tab")
    reader.page.keyboard.press("Enter")
    assert reader.row() != {}
    reader.page.keyboard.press("Escape")
    reader.press("j")
    first = reader.row()
    reader.press("d")
    assert first and reader.row()
    reader.open("review.html")
    reader.press("?")
    reader.page.locator("dialog.keys", has_text="previous row of the queue").wait_for()


def test_the_panel_says_why_and_what_changed_since_a_verdict(reader: Reader, small_folder: Path) -> None:
    issue_id, path = _document(small_folder, "notice.txt")
    row = next(row for row in open_folder(small_folder).rows("quantities", issue_id) if row["text"] == "5000亩")
    reader.open(f"{path}#{row['quantity_id']}")
    reader.page.locator(".b .chosen").first.wait_for()
    reader.page.locator("#panel summary", has_text="Why?").click()
    reader.page.wait_for_selector("#panel .why li")
    assert f"fired: {row['rule_id']}" in reader.page.locator("#panel .why").inner_text()
    reader.press("a")
    key = f"gongbao-review:{issue_id}"
    stored = json.loads(reader.page.evaluate(f"localStorage.getItem('{key}')"))
    stored[row["quantity_id"]]["seen"]["kind"] = "fact"
    stored[f"{issue_id}/q/1-2"] = stored[row["quantity_id"]]
    reader.page.evaluate("([key, value]) => localStorage.setItem(key, value)", [key, json.dumps(stored)])
    reader.page.reload()
    reader.page.locator("#panel .older", has_text="kind fact → target").wait_for()
    assert "1 of them about rows that the rules no longer make" in reader.page.locator("#panel footer").inner_text()


def test_undone_verdicts_are_gone(reader: Reader, small_folder: Path) -> None:
    _, path = _document(small_folder, "notice.txt")
    reader.open(path)
    reader.page.locator(".b .m.target", has_text="5000亩").click()
    reader.press("ar")
    assert reader.page.locator(".b .rejected").count() == 1
    reader.press("u")
    assert reader.page.locator(".b .rejected, .b .accepted").count() == 0
    reader.open("review.html")
    assert reader.page.locator("button", has_text="Download").count() == 0


def test_the_longest_document_of_the_real_issue_is_there_in_time(browser: Any, real_site: Path) -> None:
    longest = max((real_site / "issues").rglob("d*.html"), key=lambda path: path.stat().st_size)
    context = browser.new_context(viewport={"width": 1600, "height": 1000})
    tab = Reader(context.new_page(), real_site)

    def seconds() -> float:
        begun = time.perf_counter()
        tab.open(longest.relative_to(real_site).as_posix())
        tab.page.wait_for_selector("html[data-ready]", state="attached")
        tab.press("n")
        return time.perf_counter() - begun

    assert any(seconds() < FIRST_VIEW for _ in range(6))  # the machine does other work, too: once in six times
    assert tab.row()["text"]
    assert tab.complaints == []
    context.close()
