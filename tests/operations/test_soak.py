"""Killed in fetch, run, compact and export, again and again; and a week of issues that arrive in bursts from faulty sites."""

from __future__ import annotations

import datetime as dt
import gc
import multiprocessing
import os
import random
import re
import shutil
import signal
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

import pipeline
from pipeline.fetching.fetch import Fetched, fetch
from pipeline.fetching.sources import Sources, WebSource
from pipeline.fetching.web import Web
from pipeline.readers.discovery import discover
from pipeline.runs import runner
from pipeline.store import integrity, packing
from pipeline.store.store import Store
from tests.operations import misbehaving as server
from tests.operations.made import engine, text_of, tree
from tests.operations.misbehaving import Page, Site

PLACES = ("青河县", "白石市", "云岭区", "临泽县", "东湖市", "南坪县", "西山县", "北川市")
KILLS, SHORT_KILLS = 200, 4
WORKS = ("fetch", "run", "compact", "export")


def _source(site: Site, gazette: str = "qinghe") -> WebSource:
    return WebSource(gazette, f"{site.url}/index.html", re.compile("/gb/"), delay=0.0, retries=1, recheck_days=0.0)


def _fetch(site: Site, raw: Path) -> list[Fetched]:
    return fetch(Sources((_source(site),)), raw, web=Web("gongbao tests", sleep=lambda _: None))


def _work(name: str, url: str, ground: Path) -> None:
    """One of the works, in a process and a group of its own that may be killed at any moment."""
    os.setpgrp()
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    raw, out = ground / "raw", ground / "out"
    if name == "fetch":
        _fetch(Site(url), raw)
    elif name == "run":
        runner.run([raw], out, runner.Options(prune=True, yes=True), engine=engine())
    elif name == "compact":
        from pipeline.store.ledger import lock

        with lock(out):
            packing.pack(Store(out))
    else:
        pipeline.export(out, ground / "csv", "csv")
    os._exit(0)  # what other tests of the process that it was forked from want done at an exit is not for this one


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    """Eight issues, of which some change at each visit."""
    with server.serve() as served:
        names = [f"/gb/2024/{number}.txt" for number in range(1, 9)]
        served.list(*names)
        for number, name in enumerate(names, start=1):
            served.pages[name] = server.plain(text_of(PLACES[number - 1], number).encode())
        yield served


@pytest.fixture(scope="module")
def clean(site: Site, tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, str], list[str]]:
    """What comes of it without a kill: the packed folder, and the raw files."""
    ground = tmp_path_factory.mktemp("clean")
    _fetch(site, ground / "raw")
    runner.run([ground / "raw"], ground / "out", engine=engine())
    packing.pack(Store(ground / "out"))
    return tree(ground / "out"), [item.source_path for item in discover([ground / "raw"])]


@pytest.fixture(scope="module")
def seconds(site: Site, tmp_path_factory: pytest.TempPathFactory) -> dict[str, float]:
    """How long each work takes, alone."""
    ground = tmp_path_factory.mktemp("timed")
    found = {}
    for name in WORKS:
        started = time.monotonic()
        process = multiprocessing.get_context("fork").Process(target=_work, args=(name, site.url, ground))
        process.start()
        process.join(120)
        assert process.exitcode == 0, name
        found[name] = time.monotonic() - started
    return found


def _kill(pid: int, how: str) -> None:
    if how == "group":
        os.killpg(pid, signal.SIGTERM)
    else:
        os.kill(pid, signal.SIGKILL if how == "kill" else signal.SIGTERM)


def _struck(work: str, how: str, after: float, site: Site, ground: Path) -> float | None:
    """Start the work and kill it while it is at it; the seconds that it took where it was done before."""
    started = time.monotonic()
    process = multiprocessing.get_context("fork").Process(target=_work, args=(work, site.url, ground))
    process.start()
    process.join(after)
    if process.is_alive() and process.pid:
        try:
            _kill(process.pid, how)
        except ProcessLookupError:  # it has no group of its own yet
            process.kill()
    process.join(60)
    assert process.exitcode in (0, -signal.SIGKILL, -signal.SIGTERM), f"{work} ended by itself: {process.exitcode}"
    return time.monotonic() - started if process.exitcode == 0 else None


def _kills(count: int, seed: int, site: Site, seconds: dict[str, float], ground: Path) -> int:
    """Kill *count* works on one ground, one after the other, each while it is at it; how many were."""
    chance = random.Random(seed)
    hits = 0
    for number in range(5 * count):
        if hits == count:
            break
        work = WORKS[number % len(WORKS)]
        if work in ("compact", "export") and not (ground / "out" / "issues").exists():
            work = "run"
        if work == "export" and not list((ground / "out" / "issues").rglob("*.parquet")):
            work = "run"
        if work == "fetch" and chance.random() < 0.5:
            shutil.rmtree(ground / "raw", ignore_errors=True)
        if work == "run":
            (ground / "raw").mkdir(parents=True, exist_ok=True)
            if chance.random() < 0.5:
                shutil.rmtree(ground / "out", ignore_errors=True)
        how = chance.choice(("kill", "term", "group"))
        took = _struck(work, how, chance.uniform(0, seconds[work]), site, ground)
        hits += took is None
        if took is not None:  # the machine is quicker than when it was timed
            seconds[work] = 0.9 * took
    return hits


def _settle(site: Site, ground: Path) -> None:
    """What an operator would do: the same again, once."""
    _fetch(site, ground / "raw")
    runner.run([ground / "raw"], ground / "out", runner.Options(prune=True, yes=True), engine=engine())
    packing.pack(Store(ground / "out"))


@pytest.mark.parametrize(
    ("count", "seed"),
    [(SHORT_KILLS, 1)] + [pytest.param(20, seed, marks=pytest.mark.soak) for seed in range(2, 2 + KILLS // 20)],
)
def test_kills_leave_no_difference(
    site: Site,
    clean: tuple[dict[str, str], list[str]],
    seconds: dict[str, float],
    tmp_path: Path,
    count: int,
    seed: int,
) -> None:
    hits = _kills(count, seed, site, seconds, tmp_path)
    assert hits == count, "the kills must strike"
    _settle(site, tmp_path)
    assert (tree(tmp_path / "out"), [item.source_path for item in discover([tmp_path / "raw"])]) == clean
    assert integrity.look(Store(tmp_path / "out"), everything=True).damage == ()
    pipeline.export(tmp_path / "out", tmp_path / "csv", "csv")
    assert not [path for path in tmp_path.rglob("*.part") if "_tmp" not in path.parts]


def _faulty(page: Page, chance: random.Random, data: bytes) -> Page:
    """A page that fails now and then, in one of several ways."""

    def answer(handler: server.Handler) -> None:
        fate = chance.random()
        if fate < 0.05:
            server.status(500)(handler)
        elif fate < 0.08:
            server.cut(data, len(data) // 2)(handler)
        elif fate < 0.10:
            server.plain("<html>系统维护中</html>".encode(), "text/html", 503)(handler)
        else:
            page(handler)

    return answer


def _memory() -> int:
    """Resident bytes of this process."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def _publish(site: Site, number: int, first: int, count: int, faults: bool, chance: random.Random) -> None:
    """Let *count* more issues appear."""
    for index in range(first, first + count):
        data = text_of(
            f"{PLACES[number % 8][:2]}{'甲乙丙丁戊己庚辛'[index % 8]}县",
            1 + index % 27,
            f"建设示范片{number}{index:04}个。",
        ).encode()
        page = server.tagged(data, f'"{number}-{index}"')
        site.pages[f"/gb/2024/{number}-{index}.txt"] = _faulty(page, chance, data) if faults else page
    names = [name for name in site.pages if name.startswith("/gb/")]
    site.list(*names)


def _week(sites: int, issues: int, ticks: int, tmp_path: Path) -> tuple[list[int], Counter[str]]:
    """*issues* in all arrive over a week at *sites* sites in bursts; memory after each tick, and how addresses ended."""
    chance = random.Random(7)
    raw, out = tmp_path / "raw", tmp_path / "out"
    memory: list[int] = []
    ends: Counter[str] = Counter()
    start = dt.datetime.now(dt.UTC)
    with ExitStack() as stack:
        served = [stack.enter_context(server.serve()) for _ in range(sites)]
        told = [0] * sites
        sources = Sources(tuple(_source(site, f"gazette-{number}") for number, site in enumerate(served)))

        def tick(hours: float) -> None:
            def now() -> dt.datetime:
                return start + dt.timedelta(hours=hours)

            done = fetch(sources, raw, web=Web("gongbao tests", sleep=lambda _: None), now=now)
            ends.update(item.end for item in done)
            runner.run([raw], out, runner.Options(pack=True), engine=engine())
            gc.collect()
            memory.append(_memory())

        for number in range(ticks):
            left = issues - sum(told)
            burst = left if number == ticks - 1 else min(left, int(2 * issues / ticks * chance.random()))
            for index in range(burst):
                site = (index * index + number) % sites if chance.random() < 0.5 else index % sites
                _publish(served[site], site, told[site], 1, True, chance)
                told[site] += 1
            tick(168 * number / ticks)
        for site in served:  # the sites have recovered
            for name in [name for name in site.pages if name.startswith("/gb/")]:
                number_, index_ = map(int, re.findall(r"\d+", name)[1:])
                _publish(site, number_, index_, 1, False, chance)
        tick(168)
    return memory, ends


def _check_week(tmp_path: Path, issues: int) -> None:
    texts = Counter(Path(item.path).read_bytes() for item in discover([tmp_path / "raw"]))
    assert len(texts) == issues and set(texts.values()) == {1}, "nothing lost, nothing twice"
    assert len(Store(tmp_path / "out").committed()) == issues
    assert integrity.look(Store(tmp_path / "out"), everything=True).damage == ()
    assert runner.run([tmp_path / "raw"], tmp_path / "out", engine=engine()).made == 0


def test_a_day_of_two_faulty_sites(tmp_path: Path) -> None:
    _week(sites=2, issues=8, ticks=2, tmp_path=tmp_path)
    _check_week(tmp_path, 8)


@pytest.mark.soak
def test_a_week_of_twenty_faulty_sites(tmp_path: Path) -> None:
    memory, ends = _week(sites=20, issues=2000, ticks=14, tmp_path=tmp_path)
    print("memory in MB after each fetch and run:", [round(size / 1e6) for size in memory], dict(ends))
    _check_week(tmp_path, 2000)
    assert ends["failed"] > 50, "the sites must have failed"
    assert memory[-1] <= 1.1 * memory[len(memory) // 2], "memory is flat within 10 %"
