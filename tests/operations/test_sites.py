"""Fetching from sites as counties and cities build them: lists, following pages, landing pages, attachments, archives."""

from __future__ import annotations

import io
import json
import re
import socket
import threading
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from typer.testing import CliRunner

import pipeline
from pipeline.cli import app
from pipeline.fetching import hosts
from pipeline.fetching.fetch import Fetched, fetch
from pipeline.fetching.landing import Landing
from pipeline.fetching.sources import FolderSource, Sources, WebSource
from pipeline.fetching.web import Web
from pipeline.readers.discovery import discover
from pipeline.runs import runner
from tests.operations import misbehaving as server
from tests.operations.made import engine, text_of
from tests.operations.misbehaving import Site

PDF = b"%PDF-1.7\n%%EOF\n"
DOC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 word"


@pytest.fixture
def site() -> Iterator[Site]:
    with server.serve() as served:
        yield served


def page(text: str) -> server.Page:
    return server.plain(f"<html><body>{text}</body></html>".encode(), "text/html; charset=utf-8")


def source(site: Site, **options: object) -> WebSource:
    values: dict[str, object] = {
        "gazette": "qinghe", "index": f"{site.url}/index.html", "delay": 0.0, "retries": 0,
        "recheck_days": 0.0,
    }  # fmt: skip
    return WebSource(**{**values, **options})  # type: ignore[arg-type]


def run(raw: Path, *sources: WebSource) -> list[Fetched]:
    return fetch(Sources(sources), raw, web=Web("gongbao tests", sleep=lambda _: None))


def files(raw: Path) -> list[str]:
    return [item.source_path for item in discover([raw])]


def listed(raw: Path, name: str) -> tuple[str | None, str | None]:
    told = json.loads((raw / f"{name}.listing.json").read_text(encoding="utf-8"))
    return told.get("title"), told.get("date")


def test_shape_1_a_list_with_next_page_and_landing_pages_with_attachments(site: Site, tmp_path: Path) -> None:
    site.pages |= {
        "/index.html": page(
            '<a href="/">首页</a><ul class="list"><li><span>2024-03-15</span><a href="/c/1.html" title="青河县人民政府公报2024年第1期">'
            '青河县人民政府…</a></li></ul><a href="/list2.html"> 下一页 </a>'
        ),
        "/list2.html": page('<ul class="list"><li><a href="/c/2.html">关于粮食生产的通知</a> [2023年12月5日]</li></ul><a>下一页</a>'),
        "/c/1.html": page('<a href="/">首页</a>附件：<a href="/f/a.pdf">公报.pdf</a>'),
        "/c/2.html": page('<a href="../f/b.doc">粮食生产实施方案.doc</a><a href="../f/c.pdf">附表</a>'),
        "/f/a.pdf": server.plain(PDF + b"a", "application/pdf"),
        "/f/b.doc": server.plain(DOC, "application/msword"),
        "/f/c.pdf": server.plain(PDF + b"c", "application/pdf"),
    }  # fmt: skip
    one = source(site, entries="ul.list li", next="下一页", landing="attachments")
    assert [item.end for item in run(tmp_path, one)] == ["new"] * 3
    assert files(tmp_path) == ["qinghe/2023/b.doc", "qinghe/2023/c.pdf", "qinghe/2024/a.pdf"]
    assert listed(tmp_path, "qinghe/2024/a.pdf") == ("青河县人民政府公报2024年第1期", "2024-03-15")
    assert listed(tmp_path, "qinghe/2023/b.doc") == ("粮食生产实施方案", "2023-12-05")
    assert listed(tmp_path, "qinghe/2023/c.pdf") == (None, "2023-12-05")
    assert [item.end for item in run(tmp_path, one)] == ["unchanged"] * 3


def test_shape_2_numbered_pages_and_articles(site: Site, tmp_path: Path) -> None:
    for number, name in enumerate(("index.html", "index_1.html", "index_2.html")):
        site.pages[f"/{name}"] = page(
            f'<li><a href="/art/{number}.html">通知{number}</a><i>2024-01-0{number + 1}</i></li>'
        )
        site.pages[f"/art/{number}.html"] = page(
            f"<h1>关于第{number}件事的通知</h1>" + "<p>各乡镇人民政府，请遵照执行。</p>" * 30
        )
    one = source(site, links=re.compile(r"/art/"), numbered=f"{site.url}/index_{{n}}.html", first=1, landing="article")
    assert [item.end for item in run(tmp_path, one)] == ["new"] * 3
    assert site.count("/index_3.html") == 1, "the first number that is not there ends the list"
    assert listed(tmp_path, "qinghe/2024/2.html") == ("通知2", "2024-01-03")


def test_shape_3_an_answer_in_json(site: Site, tmp_path: Path) -> None:
    def answer(*items: object) -> server.Page:
        return server.plain(json.dumps({"data": {"rows": items}}).encode(), "application/json")

    site.pages |= {
        "/api?page=1": answer({"link": "/f/1.pdf", "name": "公报第一期", "day": 1704038400000}),
        "/api?page=2": answer({"link": "/f/2.pdf", "name": "公报第二期", "day": "2024-02-01 10:00"}),
        "/api?page=3": answer(),
        "/f/1.pdf": server.plain(PDF), "/f/2.pdf": server.plain(PDF + b"2"),
    }  # fmt: skip
    one = source(
        site, index=f"{site.url}/api?page=1", items="data.rows", url="link", title="name", date="day",
        numbered=f"{site.url}/api?page={{n}}",
    )  # fmt: skip
    assert [item.end for item in run(tmp_path, one)] == ["new", "new"]
    assert listed(tmp_path, "qinghe/2024/1.pdf") == ("公报第一期", "2024-01-01")
    site.pages["/api?page=1"] = server.plain(b"<html>", "text/html")
    assert ("failed", "the listing is no JSON") in [(item.end, item.reason) for item in run(tmp_path, one)]


def test_shape_4_a_download_servlet_that_names_its_files(site: Site, tmp_path: Path) -> None:
    names = {
        1: 'attachment; filename="../../青河公报.pdf"',
        2: f"attachment; filename*=UTF-8''{quote('公报2.pdf')}",
        3: "",
    }
    site.pages["/index.html"] = page("".join(f'<a href="/down.jsp?id={n}">第{n}期</a>' for n in names))
    for number, name in names.items():
        raw = name.encode("gbk").decode("latin-1")
        site.pages[f"/down.jsp?id={number}"] = server.plain(PDF + bytes([number]), Content_Disposition=raw)
    assert [item.end for item in run(tmp_path, source(site, links=re.compile("down.jsp")))] == ["new"] * 3
    assert files(tmp_path) == [
        "qinghe/undated/down_id_3.jsp",
        "qinghe/undated/公报2.pdf",
        "qinghe/undated/青河公报.pdf",
    ]


class _OldName(zipfile.ZipInfo):
    """A name as Windows writes it, in the code page of the system."""

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:
        return self.filename.encode("gb18030"), self.flag_bits


def _zip(names: dict[str, bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in names.items():
            info = _OldName(name)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, content)
    return data.getvalue()


def test_shape_5_archives_of_a_year(site: Site, tmp_path: Path) -> None:
    site.pages |= {
        "/index.html": page('<li><a href="/f/2023.zip">2023年公报合集</a></li><li><a href="/f/bomb.zip">2022年</a></li>'),
        "/f/2023.zip": server.tagged(_zip({"../第1期公报全文.pdf": PDF + b"1", "a/第2期公报全文.pdf": PDF + b"2", "run.exe": b"MZ"}), '"1"'),
        "/f/bomb.zip": server.plain(_zip({"big.txt": b"0" * 5_000_000}), "application/zip"),
    }  # fmt: skip
    one = source(site, links=re.compile(r"/f/"))
    done = run(tmp_path, one)
    assert [item.end for item in done] == ["new", "new", "failed"] and "packed to less" in (done[2].reason or "")
    assert files(tmp_path) == ["qinghe/2023/第1期公报全文.pdf", "qinghe/2023/第2期公报全文.pdf"]
    assert [item.end for item in run(tmp_path, one)] == ["unchanged", "failed"], "the archive is asked for on condition"


def test_an_entry_may_be_an_article_or_have_attachments(site: Site, tmp_path: Path) -> None:
    site.list("/c/1.html", "/c/2.html", "/c/3.pdf")
    site.pages |= {
        "/c/1.html": page('<a href="/f/1.pdf">全文</a>'), "/f/1.pdf": server.plain(PDF),
        "/c/2.html": page("<p>某县人民政府关于做好防汛工作的通知。</p>" * 20), "/c/3.pdf": server.plain(PDF + b"3"),
    }  # fmt: skip
    assert [item.end for item in run(tmp_path, source(site, links=re.compile("/c/"), landing="either"))] == ["new"] * 3
    assert [name.rpartition("/")[2] for name in files(tmp_path)] == ["1.pdf", "2.html", "3.pdf"]
    none = run(tmp_path / "b", source(site, links=re.compile("2.html"), landing="attachments"))
    assert [item.reason for item in none] == ["the page has no attachment"]


def test_a_page_that_says_the_same_is_no_revision(site: Site, tmp_path: Path) -> None:
    text = "<p>各乡镇人民政府：现将方案印发给你们，请认真组织实施。</p>" * 20
    shown = [
        page(
            f'<script>var d={n}</script><div id="count">浏览次数：{n}</div><div class="article"><h1>通知</h1>{body}</div>'
        )
        for n, body in ((1, text), (20, text), (30, text + "<p>更正：第三条删去。</p>"))
    ]
    site.list("/c/1.html")
    site.pages["/c/1.html"] = server.in_turn(*shown)
    one = source(site, links=re.compile("/c/"))
    assert [[item.end for item in run(tmp_path, one)] for _ in range(3)] == [["new"], ["unchanged"], ["revised"]]


def test_a_listing_that_names_far_less_is_doubtful(site: Site, tmp_path: Path) -> None:
    names = [f"/gb/2024/{number}.pdf" for number in range(8)]
    one = source(site, links=re.compile("/gb/"))
    site.pages |= {name: server.plain(PDF + name.encode()) for name in names}
    for some, told in (
        (names, []),
        (names[:5], []),
        (names[:2], ["names 2 entries, 6 before"]),
        ([], ["names 0 entries"]),
    ):
        site.list(*some)
        done = [item for item in run(tmp_path, one) if item.end == "doubtful"]
        assert [word in (item.reason or "") for item, word in zip(done, told, strict=True)] == [True] * len(told)
    assert [item.end for item in run(tmp_path / "other", source(site, links=re.compile("x")))] == ["doubtful"]


def test_a_list_that_goes_on_is_told(site: Site, tmp_path: Path) -> None:
    for number in range(1, 4):
        site.pages[f"/list_{number}.html"] = page(
            f'<a href="/list_{number + 1}.html">下一页</a><a href="/gb/{number}.pdf">x</a>'
        )
        site.pages[f"/gb/{number}.pdf"] = server.plain(PDF)
    one = source(site, index=f"{site.url}/list_1.html", links=re.compile("/gb/"), next="下一页", most_pages=2)
    done = run(tmp_path, one)
    assert [item.end for item in done] == ["cut", "new", "new"] and "most_pages = 2" in (done[0].reason or "")


def test_trying_a_source_writes_nothing(site: Site, tmp_path: Path) -> None:
    site.pages |= {
        "/index.html": page('<li>2024-05-06 <a href="/c/1.html">第5期</a></li>'),
        "/c/1.html": page('<a href="/f/1.pdf">全文</a>'),
    }
    config = tmp_path / "sources.toml"
    config.write_text(
        f'[[source]]\ngazette = "qinghe"\nindex = "{site.url}/index.html"\nlinks = "/c/"\nlanding = "attachments"\ndelay = 0\n',
        encoding="utf-8",
    )
    said = CliRunner().invoke(
        app, ["fetch", "--sources", str(config), "--raw", str(tmp_path / "raw"), "--try", "qinghe"]
    )
    assert said.exit_code == 0 and f"entry  2024-05-06  {site.url}/c/1.html  第5期" in said.output
    assert f"attachment  {site.url}/f/1.pdf" in said.output
    assert not (tmp_path / "raw").exists() and site.count("/f/1.pdf") == 0
    assert CliRunner().invoke(app, ["fetch", "--sources", str(config), "--try", "other"]).exit_code == 2


def test_hosts_are_asked_side_by_side_and_each_one_at_a_time(tmp_path: Path) -> None:
    at_once: dict[str, int] = {}
    most: dict[str, int] = {}
    lock = threading.Lock()
    met = threading.Event()
    """Both hosts are being asked: whoever is asked first waits for the other, however busy the machine is."""

    def slow(name: str) -> server.Page:
        def answer(handler: server.Handler) -> None:
            with lock:
                at_once[name] = at_once.get(name, 0) + 1
                most[name] = max(most.get(name, 0), at_once[name])
                most["all"] = max(most.get("all", 0), sum(at_once.values()))
                if len([host for host, count in at_once.items() if count]) == 2:
                    met.set()
            met.wait(server.LONGEST)
            time.sleep(0.05)  # a second request of the same host would come now
            with lock:
                at_once[name] -= 1
            server.plain(PDF)(handler)

        return answer

    with server.serve() as one, server.serve() as two:
        for site in (one, two):
            site.list("/gb/1.pdf", "/gb/2.pdf", "/gb/3.pdf")
            site.pages |= {f"/gb/{n}.pdf": slow(site.url) for n in (1, 2, 3)}
        sources = [source(site, gazette=f"g{n}", links=re.compile("/gb/")) for n, site in enumerate((one, one, two))]
        assert [item.end for item in run(tmp_path, *sources)] == ["new"] * 9
    assert most == {one.url: 1, two.url: 1, "all": 2}


def test_the_journal_does_not_grow_without_end(site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.fetching.landing._COMPACT_FROM", 8)
    site.list("/gb/1.pdf", "/gb/2.pdf")
    site.pages |= {f"/gb/{n}.pdf": server.tagged(PDF + bytes([n]), f'"{n}"') for n in (1, 2)}
    for _ in range(8):
        assert len(run(tmp_path, source(site, links=re.compile("/gb/")))) == 2
    journal = tmp_path / ".fetched" / "qinghe.jsonl"
    assert len(journal.read_text().splitlines()) < 26
    with journal.open("a") as file:
        file.write('{"url": 1}\n{"page": 3}\n[]\n')
    assert len(Landing(tmp_path, "qinghe").known) == 2


@pytest.mark.parametrize(
    ("url", "hosts_listed", "refused"),
    [
        ("http://gov.example/a", (), None), ("https://gov.example/a", (), None), ("http://gov.example:8080/a", (), "does not list"),
        ("http://gov.example:8080/a", ("gov.example:8080",), None), ("http://inside.example/a", ("inside.example",), "private address"),
        ("http://169.254.169.254/latest", (), "does not list"), ("http://10.0.0.5/a", ("10.0.0.5",), None),
        ("http://mapped.example/", ("mapped.example",), "private address"), ("ftp://gov.example/a", (), "leads to ftp"),
        ("http://user:word@gov.example/a", (), "user's name"), ("http://[::1", (), "no web address"),
    ],
)  # fmt: skip
def test_where_a_source_may_lead(
    url: str, hosts_listed: tuple[str, ...], refused: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = {"gov.example": "93.184.216.34", "inside.example": "192.168.1.9", "mapped.example": "::ffff:127.0.0.1"}
    monkeypatch.setattr(
        socket, "getaddrinfo", lambda host, port, **_: [(socket.AF_INET, 0, 0, "", (known[host], port))]
    )
    one = WebSource("g", "http://gov.example/index.html", re.compile(""), hosts=hosts_listed)
    if refused is None:
        hosts.check(url, one)
        return
    with pytest.raises(hosts.Refused, match=refused):
        hosts.check(url, one)


def test_a_name_that_leads_inside_is_not_asked(site: Site, tmp_path: Path) -> None:
    index = site.url.replace("127.0.0.1", "localhost") + "/index.html"
    site.list("/gb/1.pdf")
    site.pages["/gb/1.pdf"] = server.plain(PDF)
    done = run(tmp_path, source(site, index=index, links=re.compile("/gb/")))
    assert "private address" in (done[0].reason or "") and site.asked == []
    assert [item.end for item in run(tmp_path, source(site, index=index, links=re.compile("/gb/"), private=True))] == [
        "new"
    ]


def test_rules_that_lie_on_another_host_are_none(site: Site, tmp_path: Path) -> None:
    with server.serve() as other:
        other.pages["/robots.txt"] = server.plain(b"User-agent: *\nDisallow: /\n")
        site.pages["/robots.txt"] = server.redirect(f"{other.url}/robots.txt")
        site.list("/gb/1.pdf")
        site.pages["/gb/1.pdf"] = server.plain(PDF)
        assert [item.end for item in run(tmp_path, source(site, links=re.compile("/gb/")))] == ["new"]
        assert other.asked == []


def test_what_a_listing_says_comes_to_the_data(site: Site, tmp_path: Path) -> None:
    raw, out = tmp_path / "raw", tmp_path / "out"
    site.pages["/index.html"] = page('<li>2024-05-06 <a href="/gb/1.txt">青河县粮食生产实施方案的通知</a></li>')
    site.pages["/gb/1.txt"] = server.plain("各乡镇人民政府：\n到年底，粮食播种面积达到10万亩以上。\n".encode())
    run(raw, source(site, links=re.compile("/gb/")))
    runner.run([raw], out, engine=engine())
    issue = pipeline.load("issues", out, quiet=True).iloc[0]
    assert (str(issue["publication_date"])[:10], issue["publication_year"]) == ("2024-05-06", 2024)
    assert runner.run([raw], out, engine=engine()).made == 0
    site.pages["/index.html"] = page('<li>2023-05-06 <a href="/gb/1.txt">青河县粮食生产实施方案的通知</a></li>')
    run(raw, source(site, links=re.compile("/gb/")))
    assert [why for _, why in runner.preview([raw], out).made] == ["listing changed"]
    assert runner.run([raw], out, engine=engine()).made == 1
    assert list(pipeline.load("issues", out, quiet=True)["publication_year"]) == [2023]


def test_without_a_listing_the_text_alone_speaks(tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "1.txt").write_text(text_of("青河县", 1), encoding="utf-8")
    runner.run([tmp_path / "raw"], tmp_path / "plain", engine=engine())
    (tmp_path / "raw" / "1.txt.listing.json").write_text("no json", encoding="utf-8")
    runner.run([tmp_path / "raw"], tmp_path / "out", engine=engine())
    assert [p.read_bytes() for p in sorted((tmp_path / "out").rglob("year=*/*"))] == [
        p.read_bytes() for p in sorted((tmp_path / "plain").rglob("year=*/*"))
    ]


def test_a_name_that_is_resolved_anew_to_a_private_address_is_refused(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The check by name sees another address than the connection does."""
    monkeypatch.setattr(hosts, "check", lambda _url, _source: None)
    site.list("/gb/1.pdf")
    index = site.url.replace("127.0.0.1", "localhost") + "/index.html"
    done = run(tmp_path, source(site, index=index, links=re.compile("/gb/")))
    assert [item.end for item in done] == ["failed"] and "private address" in (done[0].reason or "")


def test_a_folder_is_read_as_far_as_its_stamps_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.fetching.fetch._FRESH_SECONDS", 0.0)
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    for name in ("1.txt", "2.txt"):
        (inbox / name).write_text(name)
    sources = Sources((FolderSource("qinghe", inbox, re.compile("")),))
    fetch(sources, tmp_path / "raw")
    before = (tmp_path / "raw" / ".fetched" / "qinghe.jsonl").read_bytes()
    (inbox / "2.txt").write_text("other")
    read: list[str] = []
    whole = Path.read_bytes

    def counted(path: Path) -> bytes:
        read.append(path.as_posix())
        return whole(path)

    monkeypatch.setattr(Path, "read_bytes", counted)
    assert [item.end for item in fetch(sources, tmp_path / "raw")] == ["unchanged", "revised"]
    assert [path for path in read if path.startswith(inbox.as_posix())] == [(inbox / "2.txt").as_posix()]
    assert (
        len((tmp_path / "raw" / ".fetched" / "qinghe.jsonl").read_bytes().splitlines()) == len(before.splitlines()) + 1
    )


@pytest.mark.parametrize("said", ["下一页>", "<span>下一页</span> &gt;", "[ 下一页 ]", "下一页»"])
def test_the_link_to_the_next_page_may_have_arrows(site: Site, tmp_path: Path, said: str) -> None:
    site.pages |= {
        "/index.html": page(f'<li><a href="/1.pdf">公报一</a></li><a href="/more.html">{said}</a><a href="/no.html">&gt;</a>'),
        "/more.html": page('<li><a href="/2.pdf">公报二</a></li>'),
        "/1.pdf": server.plain(PDF + b"1", "application/pdf"),
        "/2.pdf": server.plain(PDF + b"2", "application/pdf"),
    }  # fmt: skip
    run(tmp_path, source(site, links=re.compile("pdf$"), next="下一页"))
    assert [name.rpartition("/")[2] for name in files(tmp_path)] == ["1.pdf", "2.pdf"]
    assert site.count("/no.html") == 0


def test_a_fragment_that_is_said_to_be_a_page_is_one(site: Site, tmp_path: Path) -> None:
    site.pages |= {
        "/index.html": page('<a href="/c/1.html">公报</a><a href="/c/2.html">第二期公报</a>'),
        "/c/1.html": server.plain('附件：<a href="/a.pdf">全文</a>'.encode(), "text/html; charset=utf-8"),
        "/c/2.html": server.plain(PDF + b"2", "text/html"),
        "/a.pdf": server.plain(PDF + b"1", "application/pdf"),
    }  # fmt: skip
    ends = run(tmp_path, source(site, links=re.compile("/c/"), landing="either"))
    assert [item.url.rpartition("/")[2] for item in ends] == ["a.pdf", "2.html"]


@pytest.mark.parametrize(
    ("data", "suffix"), [(PDF, ".pdf"), (DOC, ".doc"), (b"\xff\xd8\xff\xe0 picture", ".jpg"), (b"<html>a", ".html")]
)
def test_a_file_without_a_name_has_that_of_its_format(site: Site, tmp_path: Path, data: bytes, suffix: str) -> None:
    site.pages |= {
        "/index.html": page('<a href="/down?id=7">2024年第1期</a>'),
        "/down?id=7": server.plain(data, "application/octet-stream"),
    }
    run(tmp_path, source(site, links=re.compile("down")))
    assert [path.name for path in (tmp_path / "qinghe" / "2024").iterdir() if path.suffix != ".json"] == [
        f"down_id_7{suffix}"
    ]


def test_titles_of_an_interface_are_without_marks(site: Site, tmp_path: Path) -> None:
    items = [{"url": "/1.pdf", "title": "关于<em>公报</em>&nbsp;的通知", "date": "2024-03-01"}]
    site.pages |= {
        "/index.html": server.plain(json.dumps({"rows": items}).encode(), "application/json"),
        "/1.pdf": server.plain(PDF, "application/pdf"),
    }
    run(tmp_path, source(site, items="rows"))
    assert listed(tmp_path, "qinghe/2024/1.pdf") == ("关于公报 的通知", "2024-03-01")


def test_attachments_without_a_year_have_that_of_their_entry(site: Site, tmp_path: Path) -> None:
    site.pages |= {
        "/index.html": page('<a href="/c/1.html">青河县人民政府公报2023年第2期</a>'),
        "/c/1.html": page('<a href="/a.pdf">全文</a><a href="/b.pdf">附件</a>'),
        "/a.pdf": server.plain(PDF + b"1", "application/pdf"),
        "/b.pdf": server.plain(PDF + b"2", "application/pdf"),
    }
    run(tmp_path, source(site, links=re.compile("/c/"), landing="attachments"))
    assert files(tmp_path) == ["qinghe/2023/a.pdf", "qinghe/2023/b.pdf"]
