"""What a run makes, leaves alone, removes and heals, over the life of a raw folder."""

from __future__ import annotations

import datetime as dt
import os
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from pipeline import readers
from pipeline.readers import ReaderError
from pipeline.runs import runner
from pipeline.runs.outcomes import Failure, Made, Outcome
from pipeline.runs.plan import Task
from pipeline.runs.runner import Options, Result
from pipeline.store.ledger import Ledger
from pipeline.store.store import Store
from schemas.datasets import DATASETS
from schemas.ids import issue_id


class Killed(BaseException):
    """The process is gone."""


def engine(tasks: Sequence[Task], store: Store, _count: int, done: Callable[[Outcome], None]) -> None:
    """Reads for real and stores a stand-in for the datasets, without Prefect."""
    for task in tasks:
        try:
            source = readers.read(task.seen.input.path, task.seen.input.root)
        except ReaderError as error:
            done(Outcome(task, 0.0, failure=Failure(error.cause, error.reason)))
            continue
        issue = issue_id(source.source_sha256)
        store.write(issue, 2023, {name: source.source_path.encode() for name in DATASETS}, source.text)
        done(Outcome(task, 0.0, made=Made(issue, source.source_sha256, 2023, None, {"targets": 1}, {}, {})))


class Folders:
    """A raw folder and what is made of it."""

    def __init__(self, folder: Path) -> None:
        self.raw, self.out = folder / "raw", folder / "out"
        self.raw.mkdir()

    def put(self, name: str, text: str) -> Path:
        path = self.raw / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def run(self, force: bool = False, prune: bool = False, quick: bool = False) -> Result:
        return runner.run([self.raw], self.out, Options(1, force, prune, yes=True, quick=quick), engine=engine)

    def texts(self) -> dict[str, str]:
        """Committed texts by the source path that their issue carries."""
        store = Store(self.out)
        assert store.committed() == store.complete()
        paths = {
            issue: (self.out / "issues" / "year=2023" / f"{issue}.parquet").read_text() for issue in store.committed()
        }
        return {
            path: (self.out / "texts" / f"{issue}.txt").read_text(encoding="utf-8") for issue, path in paths.items()
        }


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    return Folders(tmp_path)


def test_what_is_up_to_date_is_left_alone(folders: Folders) -> None:
    folders.put("a.txt", "甲")
    assert folders.run().made == 1
    assert folders.run().made == 0
    assert folders.run(force=True).made == 1


def test_a_touched_file_with_the_same_bytes_is_left_alone(folders: Folders) -> None:
    path = folders.put("a.txt", "甲")
    folders.run()
    os.utime(path, (1_700_000_000, 1_700_000_000))
    assert folders.run().made == 0


def test_a_replaced_file_leaves_no_stale_rows(folders: Folders) -> None:
    folders.put("a.txt", "甲")
    folders.run()
    folders.put("a.txt", "甲乙")
    result = folders.run()
    assert (result.made, len(result.removed)) == (1, 1)
    assert folders.texts() == {"a.txt": "甲乙"}


def test_a_removed_file_stays_until_pruned(folders: Folders) -> None:
    folders.put("a.txt", "甲")
    folders.put("b.txt", "乙").unlink()
    path = folders.put("b.txt", "乙")
    folders.run()
    path.unlink()
    assert folders.run().missing == ["b.txt"]
    assert folders.texts() == {"a.txt": "甲", "b.txt": "乙"}
    assert len(folders.run(prune=True).removed) == 1
    assert folders.texts() == {"a.txt": "甲"}
    assert folders.run().missing == []


def test_pruning_keeps_to_the_paths_that_were_given(folders: Folders) -> None:
    folders.put("a.txt", "甲")
    other = folders.put("sub/b.txt", "乙")
    folders.run()
    (folders.raw / "a.txt").unlink()
    runner.run([other.parent], folders.out, Options(prune=True, yes=True), engine=engine)
    assert folders.texts() == {"a.txt": "甲", "sub/b.txt": "乙"}


def test_a_failed_input_has_a_record_and_no_data_and_heals(folders: Folders) -> None:
    folders.put("a.txt", "甲")
    folders.run()
    folders.put("a.txt", "")
    result = folders.run()
    assert [(record.cause, record.reason) for record in result.quarantined] == [("empty", "the file is empty")]
    assert folders.texts() == {}
    again = folders.run()
    assert (again.made, len(again.quarantined)) == (0, 1)
    folders.put("a.txt", "甲乙丙")
    assert folders.run().quarantined == []
    assert folders.texts() == {"a.txt": "甲乙丙"}


def test_the_same_bytes_at_two_paths_are_one_issue(folders: Folders) -> None:
    folders.put("b.txt", "甲")
    folders.put("a.txt", "甲")
    result = folders.run()
    assert (result.made, len(result.records)) == (1, 2)
    assert folders.texts() == {"a.txt": "甲"}
    assert folders.run().made == 0
    folders.put("a.txt", "乙")
    folders.run()
    folders.run()
    assert folders.texts() == {"a.txt": "乙", "b.txt": "甲"}


def test_a_moved_file_carries_its_new_path(folders: Folders) -> None:
    folders.put("a.txt", "甲")
    folders.run()
    (folders.raw / "a.txt").rename(folders.raw / "z.txt")
    folders.run(prune=True)
    assert folders.texts() == {"z.txt": "甲"}


def test_missing_data_is_made_anew(folders: Folders) -> None:
    folders.put("a.txt", "甲")
    folders.run()
    next((folders.out / "targets" / "year=2023").iterdir()).unlink()
    assert folders.run().made == 1
    assert folders.texts() == {"a.txt": "甲"}


def test_an_unreadable_link_is_not_tried_again(folders: Folders) -> None:
    (folders.raw / "link.txt").symlink_to("nowhere")
    (folders.raw / "circle").symlink_to(folders.raw)
    assert [record.cause for record in folders.run().quarantined] == ["missing"]
    tried: list[object] = []
    runner.run([folders.raw], folders.out, engine=lambda tasks, *_rest: tried.extend(tasks))
    assert tried == []


def test_notes_and_hidden_files_are_no_inputs(folders: Folders) -> None:
    for name in ("README.md", ".hidden", "a.txt~", "a.json", "b.txt.part", ".git/config"):
        folders.put(name, "甲")
    assert folders.run().records == []


@pytest.mark.parametrize("at", range(0, 56, 5))
def test_a_kill_at_any_step_is_mended_by_the_next_run(folders: Folders, at: int) -> None:
    """Replacing one issue and adding another, stopped at a step of the store; then run again."""
    folders.put("a.txt", "甲")
    folders.run()
    folders.put("a.txt", "甲乙")
    folders.put("b.txt", "丙")
    count = iter(range(10_000))

    def step(_name: str) -> None:
        if next(count) == at:
            raise Killed

    def killed(tasks: Sequence[Task], store: Store, workers: int, done: Callable[[Outcome], None]) -> None:
        engine(tasks, Store(store.folder, step), workers, done)

    with pytest.raises(Killed):
        runner.run([folders.raw], folders.out, engine=killed)
    folders.run()
    assert folders.texts() == {"a.txt": "甲乙", "b.txt": "丙"}
    assert not list((folders.out / "_tmp").iterdir())


def test_a_kill_before_the_old_rows_go_is_mended(folders: Folders) -> None:
    folders.put("a.txt", "甲")
    folders.run()
    folders.put("a.txt", "甲乙")

    def killed(tasks: Sequence[Task], store: Store, workers: int, done: Callable[[Outcome], None]) -> None:
        engine(tasks, store, workers, done)
        raise Killed

    with pytest.raises(Killed):
        runner.run([folders.raw], folders.out, engine=killed)
    assert len(Store(folders.out).committed()) == 2
    folders.run()
    assert folders.texts() == {"a.txt": "甲乙"}


def test_changed_rules_make_everything_stale(folders: Folders, monkeypatch: pytest.MonkeyPatch) -> None:
    folders.put("a.txt", "甲")
    folders.put("b.txt", "")
    folders.run()
    monkeypatch.setattr(runner, "code_version", lambda: "another")
    tried: list[str] = []

    def noting(tasks: Sequence[Task], *rest: object) -> None:
        tried.extend(f"{task.seen.input.source_path} {task.why}" for task in tasks)

    runner.run([folders.raw], folders.out, engine=noting)
    assert tried == ["a.txt code changed", "b.txt code changed"]


def test_two_runs_do_not_share_a_folder(folders: Folders) -> None:
    folders.put("a.txt", "甲")

    def nested(*_arguments: object) -> None:
        folders.run()

    with pytest.raises(runner.Locked, match="another run"):
        runner.run([folders.raw], folders.out, engine=nested)
    assert Ledger(folders.out).inputs == {}


def test_since_leaves_older_files_alone_and_does_not_miss_them(folders: Folders) -> None:
    folders.put("a.txt", "甲")
    tomorrow = dt.datetime.now() + dt.timedelta(days=1)
    yesterday = dt.datetime.now() - dt.timedelta(days=1)

    def since(day: dt.datetime) -> Result:
        return runner.run([folders.raw], folders.out, Options(1, since=day, prune=True, yes=True), engine=engine)

    time.sleep(2.1)  # a file that has just changed is always looked at
    assert since(tomorrow).made == 0
    assert since(yesterday).made == 1
    assert since(tomorrow).removed == []
    assert folders.texts() == {"a.txt": "甲"}


def test_a_prune_killed_before_its_record_is_mended(folders: Folders, monkeypatch: pytest.MonkeyPatch) -> None:
    folders.put("a.txt", "甲")
    folders.run()
    (folders.raw / "a.txt").unlink()

    def killed(_ledger: Ledger, _path: str) -> None:
        raise Killed

    with monkeypatch.context() as patched, pytest.raises(Killed):
        patched.setattr(Ledger, "forget", killed)
        folders.run(prune=True)
    folders.run(prune=True)
    assert folders.texts() == {} and Ledger(folders.out).inputs == {}
