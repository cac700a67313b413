"""The command line through typer's runner: usage, help, schema, status."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipeline.cli import app
from pipeline.cli.commands import COMMANDS, named
from pipeline.store.ledger import lock
from pipeline.versions import code_version, release, rules_version
from schemas.datasets import DATASETS

RUNNER = CliRunner()

WRONG_USAGE = {
    "no path": ["run"],
    "a path that does not exist": ["run", "no/such/folder"],
    "no workers": ["run", "raw", "--workers", "0"],
    "unknown option": ["run", "raw", "--fast"],
    "unknown command": ["extract"],
    "a file to inspect that does not exist": ["inspect", "no/such/file"],
    "an unknown dataset": ["schema", "people"],
    "a folder that does not exist": ["status", "no/such/folder"],
}
TAUGHT = {
    "run": ("Exit status", "--workers", "--prune", "--force", "gongbao run raw/", "quarantined"),
    "inspect": ("gongbao inspect raw/", "problems"),
    "schema": ("gongbao schema targets",),
    "status": ("stale", "gongbao status"),
}


@pytest.mark.parametrize("name", WRONG_USAGE)
def test_wrong_usage_exits_with_2(name: str) -> None:
    result = RUNNER.invoke(app, WRONG_USAGE[name])
    assert result.exit_code == 2
    assert result.output.strip()
    assert "Traceback" not in result.output


def test_the_version_names_release_code_and_rules() -> None:
    result = RUNNER.invoke(app, ["--version"])
    assert result.exit_code == 0
    assert result.output == f"gongbao {release()} (code {code_version()}, rules {rules_version()})\n"


def test_a_missing_path_is_named() -> None:
    assert "no/such/folder" in RUNNER.invoke(app, ["run", "no/such/folder"], env={"COLUMNS": "200"}).output


@pytest.mark.parametrize("command", TAUGHT)
def test_help_teaches(command: str) -> None:
    result = RUNNER.invoke(app, [command, "--help"], env={"COLUMNS": "160", "TERM": "dumb"})
    assert result.exit_code == 0
    for words in TAUGHT[command]:
        assert words in result.output


def test_schema_lists_every_dataset_and_every_column() -> None:
    listed = RUNNER.invoke(app, ["schema"]).output
    assert [line.split()[0] for line in listed.splitlines()] == list(DATASETS)
    for name, dataset in DATASETS.items():
        lines = RUNNER.invoke(app, ["schema", name]).output.splitlines()[3:]
        assert [line.split()[0] for line in lines] == list(dataset.columns)


def test_a_held_folder_is_said_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    with lock(tmp_path / "out"):
        result = RUNNER.invoke(app, ["run", str(tmp_path / "raw"), "--out", str(tmp_path / "out")])
    assert result.exit_code == 1
    assert "another run" in result.output


def test_an_unreachable_prefect_server_is_said_in_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "a.txt").write_text("青河县人民政府公报\n", encoding="utf-8")
    monkeypatch.setenv("PREFECT_API_URL", "http://127.0.0.1:9/api")
    result = RUNNER.invoke(app, ["run", str(tmp_path / "raw"), "--out", str(tmp_path / "out")])
    assert result.exit_code == 1
    assert "no Prefect server answers at PREFECT_API_URL=http://127.0.0.1:9/api" in result.output


def test_an_empty_folder_is_well(tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    result = RUNNER.invoke(app, ["run", str(tmp_path / "raw"), "--out", str(tmp_path / "out")])
    assert result.exit_code == 0
    assert "nothing to do" in result.output


def test_a_run_that_only_quarantines_does_not_say_that_all_is_up_to_date(tmp_path: Path) -> None:
    (tmp_path / "bad.txt").write_bytes(b"\x00\x01")
    result = RUNNER.invoke(app, ["run", str(tmp_path / "bad.txt"), "--out", str(tmp_path / "out")])
    assert result.exit_code == 3
    assert "nothing made: but for what is quarantined, everything is up to date" in result.output
    assert "nothing to do" not in result.output


@pytest.mark.parametrize("name", COMMANDS)
def test_a_line_of_the_help_page_is_the_first_of_the_command_s_help(name: str) -> None:
    """The page imports no subcommand, so its lines stand in a table."""
    assert named(name).help.split("\n")[0] == COMMANDS[name]


def test_help_and_wrong_usage_import_little() -> None:
    asked = "import sys\nfrom pipeline.cli import main\ntry:\n    main()\nfinally:\n    print(*sys.modules, file=sys.stderr)"
    for arguments in (["--help"], ["run"], ["nothing"]):
        told = subprocess.run([sys.executable, "-c", asked, *arguments], capture_output=True, text=True, check=False)
        loaded = set(told.stderr.split())
        assert "pipeline.cli" in loaded
        assert not loaded & {"pandas", "pyarrow", "spacy", "prefect", "pypinyin", "jieba", "schemas.records"}
        assert arguments == ["--help"] or "rich" not in loaded


def test_a_command_is_told_plain_values_without_pydantic(tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    asked = "import sys\nfrom pipeline.cli import main\ntry:\n    main()\nfinally:\n    print(*sys.modules, file=sys.stderr)"
    arguments = ["run", str(tmp_path / "raw"), "--out", str(tmp_path / "out"), "--runner", "processes", "--quiet"]
    told = subprocess.run([sys.executable, "-c", asked, *arguments], capture_output=True, text=True, check=True)
    loaded = set(told.stderr.split())
    assert "pipeline.runs.runner" in loaded
    assert not loaded & {"pydantic", "multiprocessing", "prefect", "pyarrow", "rich"}


ENDS = {
    "all is well": ("", ["schema"], 0),
    "wrong usage": ("", ["run"], 2),
    "what waits for the end is done": (
        "app = cli.app\ncli.app = lambda: (atexit.register(lambda: print('the last word', flush=True)), app())",
        ["schema"],
        0,
    ),
    "threads end": ("threading.Timer(0.2, lambda: print('the last word')).start()", ["schema"], 0),
    "a fault is no end of ours": ("cli.app = lambda: 1 / 0", ["schema"], 1),
}


@pytest.mark.parametrize("name", ENDS)
def test_the_command_ends_with_its_status_and_all_that_it_has_to_say(name: str) -> None:
    begun, arguments, status = ENDS[name]
    code = f"import atexit, threading\nimport pipeline.cli as cli\n{begun}\ncli.main()"
    done = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=False)
    assert done.returncode == status
    assert ("the last word" in done.stdout) == ("the last word" in begun)
    assert ("ZeroDivisionError" in done.stderr) == (status == 1)
    if status == 0:
        assert {line.split()[0] for line in done.stdout.splitlines()} >= {*DATASETS}


def test_output_that_cannot_be_written_is_no_success() -> None:
    with open("/dev/full", "w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "pipeline", "schema"], stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert done.returncode != 0


REFUSED = {
    "no number": (["--workers", "two"], "valid integer"),
    "too few": (["--workers", "0"], "greater than or equal to 1"),
    "no date": (["--since", "2026-13-01"], "valid datetime"),
    "not among those to choose from": (["--runner", "threads"], "'threads' is not one of 'processes', 'dask'"),
    "a folder where a file is meant": (["--metrics", "."], "is a directory"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_values_that_are_not_plain_are_told_by_typer(name: str, tmp_path: Path) -> None:
    options, said = REFUSED[name]
    result = RUNNER.invoke(app, ["run", str(tmp_path), *options], env={"COLUMNS": "200"})
    assert result.exit_code == 2
    assert said in result.output


def test_values_that_typer_tells_arrive(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("青河县人民政府公报\n", encoding="utf-8")
    asked = [
        "run",
        str(tmp_path / "a.txt"),
        str(tmp_path),
        "--out",
        str(tmp_path / "out"),
        "--dry-run",
        "--workers",
        "3",
    ]
    told = RUNNER.invoke(app, [*asked, "--since", "2020-01-31", "--metrics", str(tmp_path / "m.prom")])
    assert told.output.splitlines()[-1] == "to make 1, to replace 0, to remove 0; 0 need nothing"


def test_wrong_usage_is_said_in_plain_words() -> None:
    told = RUNNER.invoke(app, ["run", "--nonsense"])
    assert told.output.splitlines()[-1] == "Error: No such option: --nonsense"
