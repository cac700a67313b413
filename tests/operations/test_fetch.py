"""Fetching from a real server that misbehaves, and from folders."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import re
from collections.abc import Iterator
from email.utils import format_datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipeline.cli import app
from pipeline.fetching import landing
from pipeline.fetching.fetch import Fetched, fetch
from pipeline.fetching.landing import FetchLocked
from pipeline.fetching.naming import name_of, year_of
from pipeline.fetching.sources import FolderSource, Sources, SourcesError, WebSource, load
from pipeline.fetching.web import Web
from pipeline.readers.discovery import discover
from tests.operations import misbehaving as server
from tests.operations.misbehaving import Page, Site

TEXT = "青河县人民政府公报\n2024年第1期\n".encode()
OTHER = "青河县人民政府公报\n2024年第1期（更正）\n".encode()
NAME = "/gb/2024/01.txt"


@pytest.fixture
def site() -> Iterator[Site]:
    with server.serve() as served:
        yield served


class Fetcher:
    """Fetches from one site into one folder, without waiting; the pauses asked for are kept."""

    def __init__(self, site: Site, raw: Path) -> None:
        self.site, self.raw = site, raw
        self.slept: list[float] = []

    def __call__(self, **options: object) -> list[Fetched]:
        values: dict[str, object] = {
            "gazette": "qinghe", "index": f"{self.site.url}/index.html", "links": re.compile(r"/gb/"),
            "delay": 0.0, "most_bytes": 1_000_000, "recheck_days": 0.0, "retries": 1,
        }  # fmt: skip
        source = WebSource(**{**values, **options})  # type: ignore[arg-type]
        return fetch(Sources((source,), "gongbao tests"), self.raw, web=Web("gongbao tests", sleep=self.slept.append))

    def files(self) -> dict[str, bytes]:
        """What a run would take for inputs."""
        return {item.source_path: Path(item.path).read_bytes() for item in discover([self.raw])}

    def no_parts(self) -> bool:
        return not [path for path in self.raw.rglob("*") if path.name.endswith(".part")]


@pytest.fixture
def fetcher(site: Site, tmp_path: Path) -> Fetcher:
    return Fetcher(site, tmp_path / "raw")


def _ends(done: list[Fetched]) -> list[str]:
    return [item.end for item in done]


def test_a_new_issue_lands_with_its_record(fetcher: Fetcher, site: Site) -> None:
    site.list(NAME)
    site.pages[NAME] = server.tagged(TEXT, '"1"')
    assert _ends(fetcher()) == ["new"]
    assert fetcher.files() == {"qinghe/2024/01.txt": TEXT}
    events = map(json.loads, (fetcher.raw / ".fetched" / "qinghe.jsonl").read_text(encoding="utf-8").splitlines())
    record = next(event for event in events if "sha256" in event)
    assert record["url"] == site.url + NAME
    assert record["sha256"] == hashlib.sha256(TEXT).hexdigest()
    assert record["fetched"].endswith("+00:00")


@pytest.mark.parametrize(
    ("page", "header"),
    [
        (server.tagged(TEXT, '"1"'), "if-none-match"),
        (server.dated(TEXT, "Tue, 02 Jan 2024 00:00:00 GMT"), "if-modified-since"),
    ],
    ids=["etag", "last-modified"],
)
def test_what_is_there_is_asked_for_on_condition(fetcher: Fetcher, site: Site, page: Page, header: str) -> None:
    site.list(NAME)
    site.pages[NAME] = page
    fetcher()
    assert _ends(fetcher()) == ["unchanged"]
    first, second = [headers for path, headers in site.asked if path == NAME]
    assert header not in first and header in second
    assert fetcher.files() == {"qinghe/2024/01.txt": TEXT}


def test_what_was_asked_for_lately_is_not_asked_for_again(fetcher: Fetcher, site: Site) -> None:
    site.list(NAME)
    site.pages[NAME] = server.plain(TEXT)
    fetcher(recheck_days=7.0)
    assert _ends(fetcher(recheck_days=7.0)) == ["unchanged"]
    assert site.count(NAME) == 1
    (fetcher.raw / "qinghe/2024/01.txt").unlink()
    assert _ends(fetcher(recheck_days=7.0)) == ["new"]


def test_a_changed_file_is_kept_beside_the_old(fetcher: Fetcher, site: Site) -> None:
    site.list(NAME)
    site.pages[NAME] = server.in_turn(*map(server.plain, (TEXT, OTHER, OTHER, TEXT)))
    assert [_ends(fetcher()) for _ in range(4)] == [["new"], ["revised"], ["unchanged"], ["revised"]]
    assert fetcher.files() == {
        "qinghe/2024/01.txt": TEXT, "qinghe/2024/01.r2.txt": OTHER, "qinghe/2024/01.r3.txt": TEXT,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("pages", "ends"),
    [
        ([server.status(404)], "status 404"),
        ([server.status(500), server.plain(TEXT)], None),
        ([server.status(503, Retry_After="7"), server.plain(TEXT)], None),
        ([server.status(500)], "status 500 (2 tries)"),
        ([server.silent(), server.plain(TEXT)], None),
        ([server.silent()], "ReadTimeout"),
        ([server.cut(TEXT, 5), server.plain(TEXT)], None),
        ([server.cut(TEXT, 5)], "peer closed connection"),
        ([server.cut_chunk(TEXT)], "peer closed connection"),
        ([server.dripping(0.02)], "took longer than"),
        ([server.endless()], "over the limit of 1000000 bytes"),
        ([server.plain(b"x" * 1_000_001)], "1000001 bytes, over the limit"),
        ([server.redirect(NAME)], "more than 5 redirects"),
        ([server.redirect("/gb/moved.txt")], None),
        ([server.redirect("http://localhost:1/gb/01.txt")], "the host localhost"),
        ([server.redirect("file:///etc/hostname")], "leads to file"),
        ([server.plain(b"<video>", "video/mp4")], "a file of type video/mp4"),
        ([server.plain(b"")], "the file is empty"),
    ],
    ids=[
        "not there", "error once", "busy once", "error always", "slow once", "slow always", "cut once", "cut always",
        "last chunk missing", "dripping", "endless", "too large", "redirect loop", "redirect", "redirect to another host",
        "redirect to a file", "type", "empty",
    ],
)  # fmt: skip
def test_a_server_that_misbehaves(
    fetcher: Fetcher, site: Site, pages: list[Page], ends: str | None, request: pytest.FixtureRequest
) -> None:
    """No more haste than the case asks for: on a busy machine a good page takes its time, too."""
    name = request.node.callspec.id
    haste = {"timeout": 2.0} if name.startswith("slow") else {"most_seconds": 1.0} if name == "dripping" else {}
    site.list("/gb/2024/02.txt", NAME)
    site.pages["/gb/2024/02.txt"] = server.plain(OTHER)
    site.pages["/gb/moved.txt"] = server.plain(TEXT)
    site.pages[NAME] = server.in_turn(*pages)
    other, item = fetcher(**haste)
    assert other.end == "new", "the others go on"
    if ends is None:
        assert (item.end, fetcher.files()["qinghe/2024/01.txt"]) == ("new", TEXT)
    else:
        assert item.end == "failed" and ends in (item.reason or "")
        assert set(fetcher.files()) == {"qinghe/2024/02.txt"}
    assert fetcher.no_parts()


def test_a_busy_server_is_given_the_time_it_asks_for(fetcher: Fetcher, site: Site) -> None:
    site.list(NAME)
    site.pages[NAME] = server.in_turn(server.status(503, Retry_After="7"), server.status(500), server.plain(TEXT))
    assert _ends(fetcher(retries=2)) == ["new"]
    assert [round(pause) for pause in fetcher.slept] == [7, 2]


def test_an_error_page_does_not_land_as_a_pdf(fetcher: Fetcher, site: Site) -> None:
    site.list("/gb/2024/01.pdf", "/gb/2024/02.pdf")
    site.pages["/gb/2024/01.pdf"] = server.plain("<html>页面不存在</html>".encode(), "text/html")
    site.pages["/gb/2024/02.pdf"] = server.plain(b"%PDF-1.7\n", "application/pdf")
    wrong, right = fetcher()
    assert (wrong.end, right.end) == ("failed", "new")
    assert "no PDF file" in (wrong.reason or "")


def test_robots_are_respected(fetcher: Fetcher, site: Site) -> None:
    site.list(NAME, "/gb/private/02.txt")
    site.pages |= {NAME: server.plain(TEXT), "/gb/private/02.txt": server.plain(OTHER)}
    site.pages["/robots.txt"] = server.plain(b"User-agent: *\nDisallow: /gb/private/\nCrawl-delay: 3\n")
    right, wrong = fetcher()
    assert (right.end, wrong.reason) == ("new", "robots.txt forbids it")
    assert site.count("/gb/private/02.txt") == 0
    assert [round(pause) for pause in fetcher.slept] == [3], "the pause that robots.txt asks for"


@pytest.mark.parametrize(
    ("code", "reason"), [(403, "robots.txt forbids it"), (500, "robots.txt: status 500 (2 tries)")]
)
def test_rules_that_are_kept_from_us_forbid_all(fetcher: Fetcher, site: Site, code: int, reason: str) -> None:
    site.list(NAME)
    site.pages["/robots.txt"] = server.status(code)
    assert [item.reason for item in fetcher()] == [reason]
    assert site.count("/index.html") == 0


def test_rules_without_end_are_read_as_far_as_anybody_needs(fetcher: Fetcher, site: Site) -> None:
    site.list(NAME)
    site.pages |= {NAME: server.plain(TEXT), "/robots.txt": server.endless()}
    assert _ends(fetcher()) == ["new"]


def test_a_host_that_keeps_failing_is_left_in_peace(fetcher: Fetcher, site: Site) -> None:
    names = [f"/gb/2024/{number:02}.txt" for number in range(9)]
    site.list(*names)
    site.pages |= {name: server.status(503) for name in names}
    site.pages[names[1]] = server.status(404)
    done = fetcher(retries=0)
    assert [item.reason for item in done[:3]] == ["status 503", "status 404", "status 503"]
    assert sum("in a row" in (item.reason or "") for item in done) == 2
    assert site.count(names[-1]) == 0


@pytest.mark.parametrize(("value", "least"), [("7", 7), ("soon", 1), ("Wed, 21 Oct 2015 07:28:00 GMT", 1)])
def test_the_time_to_wait_comes_as_number_or_date(fetcher: Fetcher, site: Site, value: str, least: int) -> None:
    site.list(NAME)
    site.pages[NAME] = server.in_turn(server.status(503, Retry_After=value), server.plain(TEXT))
    assert _ends(fetcher()) == ["new"]
    assert [round(pause) for pause in fetcher.slept] == [least]


def test_a_date_ahead_is_waited_for(fetcher: Fetcher, site: Site) -> None:
    ahead = format_datetime(dt.datetime.now(dt.UTC) + dt.timedelta(seconds=60), usegmt=True)
    site.list(NAME)
    site.pages[NAME] = server.in_turn(server.status(503, Retry_After=ahead), server.plain(TEXT))
    fetcher()
    assert 30 < fetcher.slept[0] <= 60


def test_a_file_on_its_way_is_left_for_the_next_fetch(tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    (inbox / "2024-1.txt").write_bytes(TEXT[:9])
    sources = Sources((FolderSource("qinghe", inbox, re.compile(""), settle=60.0),))
    assert _ends(fetch(sources, tmp_path / "raw")) == []
    (inbox / "2024-1.txt").write_bytes(TEXT)
    os.utime(inbox / "2024-1.txt", (1_700_000_000, 1_700_000_000))
    assert _ends(fetch(sources, tmp_path / "raw")) == ["new"]


def test_further_pages_of_a_listing_are_followed(fetcher: Fetcher, site: Site) -> None:
    site.pages["/index.html"] = server.plain(b'<a href="list_2.html">2</a><a href="index.html">1</a>', "text/html")
    site.pages["/list_2.html"] = server.plain(b'<a href="list_2.html">2</a><a href="gb/2024/01.txt">1</a>', "text/html")
    site.pages[NAME] = server.plain(TEXT)
    assert _ends(fetcher(pages=re.compile(r"list_\d+"))) == ["new"]
    assert site.count("/list_2.html") == 1


def test_a_listing_in_gbk_gives_years(fetcher: Fetcher, site: Site) -> None:
    page = '<a href="/gb/a.txt?id=3">青河县人民政府公报2022年第4期</a>'.encode("gbk")
    site.pages["/index.html"] = server.plain(page, "text/html; charset=gb2312")
    site.pages["/gb/a.txt?id=3"] = server.plain(TEXT)
    fetcher()
    assert list(fetcher.files()) == ["qinghe/2022/a_id_3.txt"]


def test_two_addresses_of_one_name_do_not_meet(fetcher: Fetcher, site: Site) -> None:
    site.list("/gb/2024/a/01.txt", "/gb/2024/b/01.txt")
    site.pages |= {"/gb/2024/a/01.txt": server.plain(TEXT), "/gb/2024/b/01.txt": server.plain(OTHER)}
    assert _ends(fetcher()) == ["new", "new"]
    assert sorted(fetcher.files().values()) == sorted([TEXT, OTHER])
    assert _ends(fetcher()) == ["unchanged", "unchanged"]


def test_a_fetch_killed_before_its_record_is_mended(fetcher: Fetcher, site: Site) -> None:
    site.list(NAME)
    site.pages[NAME] = server.plain(TEXT)
    fetcher()
    (fetcher.raw / ".fetched" / "qinghe.jsonl").write_bytes(b'{"url": "http://127')
    assert _ends(fetcher()) == ["new"]
    assert fetcher.files() == {"qinghe/2024/01.txt": TEXT}
    assert _ends(fetcher()) == ["unchanged"]


def test_a_folder_that_is_full_stops_the_fetch_and_leaves_no_part(
    fetcher: Fetcher, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.list(NAME)
    site.pages[NAME] = server.plain(TEXT)

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(landing.os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        fetcher()
    assert fetcher.files() == {} and fetcher.no_parts()


def test_two_fetches_at_once_are_told_apart(fetcher: Fetcher, site: Site) -> None:
    site.list(NAME)
    with landing.lock(fetcher.raw), pytest.raises(FetchLocked, match="another fetch"):
        fetcher()


def test_issues_come_from_folders_too(tmp_path: Path) -> None:
    inbox, raw = tmp_path / "inbox", tmp_path / "raw"
    (inbox / "2023").mkdir(parents=True)
    (inbox / "2023" / "gazette-3.txt").write_bytes(TEXT)
    (inbox / "2023" / "minutes.txt").write_bytes(OTHER)
    sources = Sources((FolderSource("qinghe", inbox, re.compile(r"gazette")),))
    assert _ends(fetch(sources, raw)) == ["new"]
    assert _ends(fetch(sources, raw)) == ["unchanged"]
    (inbox / "2023" / "gazette-3.txt").write_bytes(OTHER)
    assert _ends(fetch(sources, raw)) == ["revised"]
    assert [item.source_path for item in discover([raw])] == [
        "qinghe/2023/gazette-3.r2.txt",
        "qinghe/2023/gazette-3.txt",
    ]


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://a.cn/x/2024%E5%B9%B4%E7%AC%AC1%E6%9C%9F.PDF", ("2024年第1期", ".pdf")),
        ("https://a.cn/show.aspx?id=12&p=../../etc", ("show_id_12_p_.._.._etc", ".aspx")),
        ("https://a.cn/", ("index", ".html")),
        ("https://a.cn/..%2F..%2Fpasswd", ("passwd", ".html")),
        ("https://a.cn/.hidden.txt", ("hidden", ".txt")),
    ],
)
def test_names_are_safe(url: str, name: tuple[str, str]) -> None:
    assert name_of(url) == name


@pytest.mark.parametrize(
    ("url", "text", "named", "year"),
    [
        ("https://a.cn/zfgb/202403/t20240315_1.html", "第3期", None, "2024"),
        ("https://a.cn/zfgb/t20240115_1.html", "2023年第12期", None, "2023"),
        ("https://a.cn/zfgb/1.html", "第12期", None, "undated"),
        ("https://a.cn/zfgb/2019/1.html", "2020年", "2018", "2018"),
    ],
)
def test_years(url: str, text: str, named: str | None, year: str) -> None:
    assert year_of(url, text, named) == year


WRONG = {
    "gazzette": '[[source]]\ngazzette = "a"\nfolder = "b"\n',
    "unknown key": '[[source]]\ngazette = "a"\nfolder = "b"\nevery = 3\n',
    "either folder or index": '[[source]]\ngazette = "a"\n',
    "must be a folder name": '[[source]]\ngazette = "../a"\nfolder = "b"\n',
    "no web address": '[[source]]\ngazette = "a"\nindex = "ftp://a.cn"\nlinks = "x"\n',
    "links is missing": '[[source]]\ngazette = "a"\nindex = "http://a.cn/"\n',
    "no regular expression": '[[source]]\ngazette = "a"\nindex = "http://a.cn/"\nlinks = "("\n',
    "must be a number": '[[source]]\ngazette = "a"\nindex = "http://a.cn/"\nlinks = "x"\ndelay = -1\n',
    "names no": "",
    "unknown key 'sources'": "[sources]\n",
}


@pytest.mark.parametrize("reason", WRONG)
def test_loading_is_strict(tmp_path: Path, reason: str) -> None:
    (tmp_path / "sources.toml").write_text(WRONG[reason], encoding="utf-8")
    with pytest.raises(SourcesError, match=reason if reason != "gazzette" else "gazette"):
        load(tmp_path / "sources.toml")


def test_the_example_loads() -> None:
    example = Path(__file__).resolve().parents[2] / "sources.example.toml"
    assert {type(source) for source in load(example).sources} == {WebSource, FolderSource}


def test_the_command_tells_what_failed(site: Site, tmp_path: Path) -> None:
    site.list(NAME, "/gb/2024/02.txt")
    site.pages[NAME] = server.plain(TEXT)
    (tmp_path / "sources.toml").write_text(
        f'[[source]]\ngazette = "qinghe"\nindex = "{site.url}/index.html"\nlinks = "/gb/"\ndelay = 0\n',
        encoding="utf-8",
    )
    result = CliRunner().invoke(
        app, ["fetch", "--sources", str(tmp_path / "sources.toml"), "--raw", str(tmp_path / "raw")]
    )
    assert result.exit_code == 3, result.output
    assert f"failed: {site.url}/gb/2024/02.txt: status 404" in result.output
    assert "new  qinghe/2024/01.txt" in result.output
