"""Small issues of made-up places, and a run over them that may be killed at any step."""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Callable, Sequence
from functools import lru_cache, partial
from multiprocessing.sharedctypes import Synchronized
from pathlib import Path
from typing import Final

from pipeline.runs import runner, steps
from pipeline.runs.outcomes import Outcome
from pipeline.runs.plan import Task
from pipeline.store.store import Store
from schemas.records import SourceText

PLACES = ("青河县", "白石市", "云岭区", "临泽县", "东湖市", "南坪县")


def text_of(place: str, number: int, change: str = "") -> str:
    """An issue with a masthead, one document, targets with owners and a signature."""
    return (
        f"{place}人民政府公报\n2024年第{number}期\n\n"
        f"{place}人民政府办公室\n关于印发《{place}粮食生产实施方案》的通知\n{place[:2]}政办发〔2024〕{number}号\n\n"
        f"各乡镇人民政府，县直有关单位：\n现将《{place}粮食生产实施方案》印发给你们，请认真组织实施。\n\n"
        f"{place}人民政府办公室\n2024年3月{number}日\n\n{place}粮食生产实施方案\n"
        f"一、目标任务\n（一）稳定面积。到2025年，粮食播种面积达到{10 + number}万亩以上。（牵头单位：农业农村局；责任单位：财政局、水利局）\n"
        f"（二）提高产量。力争粮食总产量增长{number}.5%。{change}\n二、保障措施\n安排资金{number}00万元。\n"
    )


def write_raw(raw: Path, changed: bool = False) -> None:
    """The issues as first published; *changed*: two replaced, one gone, one new, one empty, one a copy."""
    raw.mkdir(parents=True, exist_ok=True)
    for number, place in enumerate(PLACES, start=1):
        (raw / f"{number}.txt").write_text(text_of(place, number), encoding="utf-8")
    if changed:
        for number in (2, 5):
            (raw / f"{number}.txt").write_text(text_of(PLACES[number - 1], number, "建设示范片8个。"), encoding="utf-8")
        (raw / "6.txt").unlink()
        (raw / "7.txt").write_text(text_of("西山县", 7), encoding="utf-8")
        (raw / "8.txt").write_text("", encoding="utf-8")
        (raw / "9.txt").write_bytes((raw / "1.txt").read_bytes())


@lru_cache(maxsize=64)
def _process(source: SourceText) -> steps.Rows:
    """What a text comes to does not change: these tests are about what becomes of it."""
    return steps.process(source)


STRIKES: Final = 5
"""So often a run is struck until it is struck in the middle: on a busy machine it may be over before we are awake."""


def engine() -> runner.Engine:
    """The line without an orchestrator; a text that comes again is not extracted again."""

    def run(tasks: Sequence[Task], store: Store, _count: int, done: Callable[[Outcome], None]) -> None:
        for item in tasks:
            done(
                steps.make(
                    item,
                    lambda item: steps.read(item, store.folder),
                    _process,
                    lambda source, rows, item=item: steps.write(source, rows, store, item.stands),
                )
            )

    return run


def victim(raw: str, out: str, options: runner.Options, steps: Synchronized[int]) -> None:
    """A run in a process of its own, to be killed; counts the steps of its store in *steps*."""

    def step(_name: str) -> None:
        steps.value += 1

    runner.Store = partial(Store, step=step)  # type: ignore[misc]
    runner.run([Path(raw)], Path(out), options, engine=engine())
    os._exit(0)  # what other tests of the process that it was forked from want done at an exit is not for this one


def tree(out: Path) -> dict[str, str]:
    """Digests of every Parquet file and text."""
    return {
        path.relative_to(out).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(out.rglob("*"))
        if path.is_file() and not path.relative_to(out).parts[0].startswith("_")
    }


def on_a_small_disk(raw: Path, changed: Path, out: Path, kilobytes: Sequence[int]) -> None:
    """On disks of these sizes, one made for each: fill it, see that all is whole, give it room, finish. Prints trees.

    To be run in a mount namespace of its own.
    """
    import json
    import subprocess

    for size in kilobytes:
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}k", "tmpfs", str(out)], check=True)
        ends: list[object] = []
        for folder, options in ((raw, runner.Options()), (changed, runner.Options(force=True, prune=True, yes=True))):
            try:
                runner.run([folder], out, options, engine=engine())
                ends.append("done")
            except (steps.StoreError, OSError) as error:
                ends.append(str(error))
            assert Store(out).committed() == Store(out).complete()
        subprocess.run(["mount", "-o", "remount,size=64m", str(out)], check=True)
        runner.run([changed], out, runner.Options(prune=True, yes=True), engine=engine())
        print(json.dumps([ends, tree(out)]))
        subprocess.run(["umount", str(out)], check=True)


if __name__ == "__main__":
    on_a_small_disk(*map(Path, sys.argv[1:4]), list(map(int, sys.argv[4:])))  # type: ignore[arg-type]
