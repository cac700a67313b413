"""The pages without a browser: their text is the source's, their marks are the rows, nothing gets out."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import httpx
import pytest

from extractors.rules.registry import registry
from pipeline.auditing.audit import Audit
from pipeline.auditing.explain import explain_row
from pipeline.auditing.explanation import to_data
from pipeline.auditing.folders import Folder, open_folder
from pipeline.auditing.issues import issue_of_folder
from pipeline.auditing.knockout import without
from pipeline.auditing.registry import decisions_in
from pipeline.evaluation import load_gold
from pipeline.site import build_site, why
from pipeline.site.build import SMALL, Site
from pipeline.site.copies import in_order
from pipeline.site.data import assign, json_for_script
from pipeline.site.matches import MOST
from pipeline.site.packed import unpacked
from pipeline.site.printing import printed
from pipeline.site.serving import application
from schemas.datasets import marked
from tests.auditing.folders import NOTICE, made
from tests.conftest import ROOT, Gongbao, Processed
from tests.site.made import HOSTILE

AT_LEAST = "comparator.after.at_least"

LARGEST_PAGE = 300_000
VOID = {"meta", "link", "input", "br", "img", "wbr"}


class PageReader(HTMLParser):
    """Collects the text of the blocks that tile the source, and the numbers of the marks over it."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[tuple[str, dict[str, str | None]]] = []
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.blocks: dict[int, str] = {}
        self.marked: dict[int, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes.update(name for name, _ in attrs)
        if tag not in VOID:
            self.open.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        start = next((int(a["data-start"] or 0) for _, a in self.open if "data-start" in a), None)
        if start is not None:
            self.blocks[start] = self.blocks.get(start, "") + data
            for _, attributes in self.open:
                for number in (attributes.get("data-m") or "").split():
                    self.marked[int(number)] = self.marked.get(int(number), "") + data


def _read(path: Path) -> PageReader:
    reader = PageReader()
    # the parser of the standard library keeps a carriage return that is written as a reference
    reader.feed(path.read_bytes().decode("utf-8"))
    reader.close()
    return reader


def _data(path: Path) -> dict[str, Any]:
    text = path.read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text[text.index("= ") + 2 : text.rindex(";")])
    return found


def _pages(site: Path, issue_id: str) -> Iterator[tuple[PageReader, dict[str, Any]]]:
    for path in sorted((site / "issues" / issue_id).glob("*.html")):
        if path.stem != "index":
            yield _read(path), _data(path.with_suffix(".js"))


@pytest.fixture(params=["small", "real"])
def built(request: pytest.FixtureRequest) -> tuple[Path, Folder]:
    if request.param == "small":
        return request.getfixturevalue("small_site"), open_folder(request.getfixturevalue("small_folder"))
    return request.getfixturevalue("real_site"), open_folder(request.getfixturevalue("processed").folder)


def test_the_pages_of_an_issue_tile_its_text(built: tuple[Path, Folder]) -> None:
    site, folder = built
    for issue_id in folder.issues:
        text = folder.text(issue_id) or ""
        blocks: dict[int, str] = {}
        for page, _ in _pages(site, issue_id):
            assert not blocks.keys() & page.blocks.keys()
            blocks |= page.blocks
        at = 0
        for start in sorted(blocks):
            assert (start, blocks[start]) == (at, text[at : at + len(blocks[start])])
            at += len(blocks[start])
        assert at == len(text)


def test_every_row_is_marked_once_with_its_own_characters(built: tuple[Path, Folder]) -> None:
    site, folder = built
    for issue_id in folder.issues:
        rows = {dataset: folder.rows(dataset, issue_id) for dataset in (one.name for one in marked())}
        seen = dict.fromkeys(rows, 0)
        for page, data in _pages(site, issue_id):
            for number, (dataset, place, *_) in enumerate(data["marks"]):
                if dataset in seen:
                    row = _decoded(data, dataset, place)
                    assert page.marked[number] == _printed(folder.text(issue_id) or "", row)
                    seen[dataset] += 1
        assert seen == {dataset: len(found) for dataset, found in rows.items()}


def _decoded(data: dict[str, Any], dataset: str, place: int) -> dict[str, Any]:
    """A row as the scripts read it: text is a number in the list of strings."""
    values = zip(data["rows"][dataset][place], data["coded"][dataset], strict=True)
    plain = [data["strings"][value] if coded and value is not None else value for value, coded in values]
    return dict(zip(data["columns"][dataset], plain, strict=True))


def _printed(text: str, row: dict[str, Any]) -> str:
    return "".join(text[piece["start"] : piece["end"]] for piece in row.get("fragments") or ()) or str(row["text"])


def test_every_rule_has_a_page_and_every_decision_a_row(built: tuple[Path, Folder]) -> None:
    site, folder = built
    decided = {rule_id: 0 for rule_id in registry()}
    for (_, _, rule_id), count in decisions_in(folder).items():
        decided[rule_id] = decided.get(rule_id, 0) + count
    for rule_id in registry():
        page = (site / "rules" / f"{rule_id}.html").read_text("utf-8")
        script = site / "rules" / f"{rule_id}.js"
        rows = unpacked(script.read_text("utf-8"))["rows"] if script.exists() else []
        assert len(page) < LARGEST_PAGE
        assert bool(rows) is bool(decided[rule_id])
        assert len(rows) == decided[rule_id] or len({row[1] for row in rows}) == len(rows) <= MOST
        assert ("all of them:" in page) is (decided[rule_id] > MOST)


def test_links_lead_to_files_of_the_site(small_site: Path) -> None:
    for path in small_site.rglob("*.html"):
        for target in re.findall(r'(?:href|src|action)="([^"#?]+)[^"]*"', path.read_text("utf-8")):
            assert not target.startswith(("http:", "https:", "//", "/"))
            assert (path.parent / target).resolve().is_file(), f"{path}: {target}"


def test_markup_in_a_source_is_shown_as_text(small_site: Path) -> None:
    printed_texts: list[str] = []
    for path in small_site.rglob("*.html"):
        page = _read(path)
        assert not page.tags & {"img", "iframe", "object", "embed"}
        assert not any(name.startswith("on") or name == "style" for name in page.attributes)
        assert "<script>" not in path.read_text("utf-8")
        printed_texts += page.blocks.values()
    assert sum("<script>globalThis.injected" in text for text in printed_texts) >= 3
    for path in (*(small_site / "data").glob("*.js"), *(small_site / "issues").rglob("*.js")):
        assert "<" not in path.read_text("utf-8")


def test_pages_forbid_all_but_their_own_files(small_site: Path) -> None:
    for path in small_site.rglob("*.html"):
        text = path.read_text("utf-8")
        assert "default-src 'none'" in text and "unsafe" not in text
        for script in re.findall(r"<script([^>]*)>", text):
            assert "src=" in script or 'type="application/json"' in script


def test_scripts_make_no_markup_from_strings() -> None:
    for path in (ROOT / "pipeline" / "site" / "static").glob("*.js"):
        assert not re.search(
            r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|fetch\(", path.read_text("utf-8")
        )


@pytest.mark.parametrize(
    "text", ["</script><script>x()</script>", "<!--<script>", "a\u2028b\u2029", "&lt;", '"\\', "𠮷\r\n\x00"]
)
def test_data_in_scripts_survives_and_does_not_end_them(text: str) -> None:
    made = json_for_script({"text": text})
    assert not set("<>&\u2028\u2029") & set(made)
    assert json.loads(made) == {"text": text}
    assert assign("x", [1]) == "globalThis.x = [1];\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [("<b>", "&lt;b&gt;"), ("a&b", "a&amp;b"), ("一\r\n二", "一&#13;\n二"), ("\x00", "\ufffd"), ("\"'", "&#34;&#39;")],
)
def test_printed(text: str, expected: str) -> None:
    assert printed(text) == expected


def test_two_builds_are_alike(small_folder: Path) -> None:
    folder = open_folder(small_folder)
    assert list(build_site(folder)) == list(build_site(folder, processes=2))


def test_parts_come_in_their_order_from_copies_that_share_what_is_held() -> None:
    held = {number: number * number for number in range(20)}
    for processes in (1, 3):
        assert list(in_order(held.__getitem__, list(held), processes)) == list(held.values())
    with pytest.raises(KeyError, match="21"):
        list(in_order(held.__getitem__, [1, 21, 3], 2))


def test_labels_give_verdicts_misses_and_precision(small_folder: Path, tmp_path: Path) -> None:
    source = HOSTILE.replace("\n", "\r\n")
    start = source.index("2.5万亩")
    missed = source.index("某湖县人民政府", 10)
    label = {
        "t": "q", "start": start, "end": start + 5, "text": "2.5万亩", "low": 25000, "high": 25000, "unit": "亩",
        "cmp": "=", "kind": "target", "indicator": "新植茶树", "deadline": "2024", "stretch": False,
    }  # fmt: skip
    other = {**label, "start": source.index("3000亩"), "end": source.index("3000亩") + 5, "text": "3000亩", "low": 3000, "high": 3000,
             "cmp": ">=", "indicator": "粮食"}  # fmt: skip
    office = {
        "t": "a",
        "start": missed,
        "end": missed + 7,
        "text": "某湖县人民政府",
        "agency": "某湖县人民政府",
        "duty": "lead",
    }
    gold = tmp_path / "gold"
    gold.mkdir()
    (gold / "H.txt").write_bytes(source.encode())
    (gold / "H.jsonl").write_text("".join(json.dumps(item) + "\n" for item in (label, other, office)), encoding="utf-8")
    files = dict(build_site(open_folder(small_folder), [load_gold(gold)]))
    scripts = [data.decode() for name, data in files.items() if name.startswith("issues/") and name.endswith(".js")]
    marks = [mark for script in scripts for mark in json.loads(script[script.index("= ") + 2 : -2])["marks"]]
    verdicts = [mark[5] for mark in marks]
    says = [mark[6] for mark in marks if mark[5] == "differs"]
    assert all(mark[6] is None for mark in marks if mark[5] != "differs") and says == [{"indicator": "粮食"}]
    assert {"agrees", "extra", "missed"} <= set(verdicts)
    assert verdicts.count("missed") == 1
    page = files["rules/quantity.number.html"].decode()
    assert "precision on the labels" in page and re.search(r"quantities.rule_id</td>.*>2</td><td", page)


def test_the_command_writes_a_site_and_keeps_to_its_own_files(
    gongbao: Gongbao, small_folder: Path, tmp_path: Path
) -> None:
    out = tmp_path / "audit"
    first = gongbao("audit", "--no-why", "--processed", small_folder, "--out", out)
    assert first.returncode == 0, first.stderr
    assert (out / "index.html").is_file()
    manifest = out / ".gongbao-audit"
    manifest.write_text(manifest.read_text("utf-8") + "issues/old.html\n", "utf-8")
    (out / "issues" / "old.html").write_text("old", "utf-8")
    assert gongbao("audit", "--no-why", "--processed", small_folder, "--out", out).returncode == 0
    assert not (out / "issues" / "old.html").exists()
    other = tmp_path / "other"
    other.mkdir()
    (other / "mine.txt").write_text("mine", "utf-8")
    refused = gongbao("audit", "--processed", small_folder, "--out", other)
    assert (refused.returncode, len(list(other.iterdir()))) == (2, 1)
    assert gongbao("audit", "--processed", other, "--out", tmp_path / "none").returncode == 2


def test_the_real_issue_has_a_page_a_document(real_site: Path, processed: Processed) -> None:
    folder = open_folder(processed.folder)
    for issue_id in folder.issues:
        names = {path.stem for path in (real_site / "issues" / issue_id).glob("*.html")}
        assert names == {"index", "front", *(f"d{row['char_start']}" for row in folder.rows("documents", issue_id))}


def _ask(folder: Path, *paths: str, host: str = "127.0.0.1") -> list[httpx.Response]:
    """What a served site answers."""

    async def answers() -> list[httpx.Response]:
        transport = httpx.ASGITransport(app=application(open_folder(folder)))
        async with httpx.AsyncClient(transport=transport, base_url=f"http://{host}") as client:
            return [await client.get(f"/{path}") for path in paths]

    return asyncio.run(answers())


def test_a_served_site_is_the_same_site(small_folder: Path, small_site: Path) -> None:
    names = [path.relative_to(small_site).as_posix() for path in small_site.rglob("*.html")]
    for name, served in zip(names, _ask(small_folder, *names), strict=True):
        assert served.status_code == 200 and served.headers["content-type"].startswith("text/html")
        static = (small_site / name).read_bytes().decode("utf-8")
        assert served.text.replace(' data-why="server"', "") == static.replace(' data-why="files"', "")
    first, named = _ask(small_folder, "", "index.html")
    assert first.text == named.text
    missing = (
        "nothing.html",
        "issues/0/d1.html",
        "rules/none.html",
        "%2e%2e/pyproject.toml",
        "data/x.js",
        "why/0/q/1-2.js",
    )
    assert [answer.status_code for answer in _ask(small_folder, *missing)] == [404] * len(missing)
    assert _ask(small_folder, "", host="example.org")[0].status_code == 400


def test_explanations_are_the_same_on_the_command_line_in_files_and_served(small_folder: Path) -> None:
    folder = open_folder(small_folder)
    issue_id = next(iter(folder.issues))
    audit = Audit.of(issue_of_folder(folder, issue_id))
    dataset, row = "quantities", audit.rows["quantities"][0]
    told = to_data(explain_row(audit, dataset, row))["parts"]
    site, row_id = Site(folder, why="files"), row["quantity_id"]
    name = next(page.name for page in site.view(issue_id).pages if page.holds(row["char_start"]))
    files = (site.file(f"issues/{issue_id}/{name}.why.js") or b"").decode()
    served = _ask(small_folder, f"why/{row_id}.js")[0].text
    for script in (files, served):
        held = unpacked(script)
        found = [[held["strings"][number] for number in part] for part in held["rows"][row_id]]
        said = [part for part in told if part["title"] != "row" and part["lines"]]
        assert found == [
            [part["title"], *(words for line in part["lines"] for words in (line["label"], line["text"]))]
            for part in said
        ]


def test_a_folder_of_many_issues_is_listed_in_a_table(tmp_path: Path) -> None:
    folder = tmp_path / "processed"
    text = NOTICE.splitlines(keepends=True)
    for number in range(SMALL + 1):
        made(folder, "".join(text).replace("3.2万亩", f"{number + 1}万亩"), f"{number}.txt")
    page = (Site(open_folder(folder)).file("index.html") or b"").decode()
    assert page.count("<tr>") == SMALL + 2 and "filtered" in page
    assert page.count('<td class="number">5</td>') >= SMALL, "quantities are counted"


def test_a_row_that_other_rules_made_says_so_in_the_site_as_well(small_folder: Path) -> None:
    """What the folder's row says and the present rules do not stands at the end of its explanation."""
    folder = open_folder(small_folder)
    row = next(
        row for issue in folder.issues for row in folder.rows("quantities", issue) if row["comparator_rule"] == AT_LEAST
    )
    with without(AT_LEAST):
        why._AUDITS.clear()
        other = unpacked(why.why_row(folder, row["quantity_id"]) or "")
    why._AUDITS.clear()
    now = unpacked(why.why_row(folder, row["quantity_id"]) or "")
    assert [text for text in other["strings"] if text.startswith(">= there, ")]
    assert not [text for text in now["strings"] if " there, " in text]
