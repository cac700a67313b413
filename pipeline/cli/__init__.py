"""The command ``gongbao``: thin, each subcommand in a module of its own."""

from __future__ import annotations

import sys

import typer

from pipeline.cli.audit import audit
from pipeline.cli.compact import compact
from pipeline.cli.compare import compare
from pipeline.cli.coverage import coverage
from pipeline.cli.evaluate import evaluate
from pipeline.cli.explain import explain
from pipeline.cli.export import export
from pipeline.cli.fetch import fetch
from pipeline.cli.gold import gold_app
from pipeline.cli.inspect import inspect
from pipeline.cli.report import report
from pipeline.cli.rules import rules_app
from pipeline.cli.run import run
from pipeline.cli.schema import schema
from pipeline.cli.serve import serve
from pipeline.cli.status import status
from pipeline.cli.try_ import try_
from pipeline.cli.verify import verify

app = typer.Typer(
    name="gongbao",
    help="Turns Chinese government gazettes (公报) into structured Parquet datasets.",
    epilog="Start with:  gongbao run raw/   then:  gongbao status",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
)
for command in (
    run,
    fetch,
    serve,
    inspect,
    schema,
    status,
    verify,
    evaluate,
    explain,
    compare,
    coverage,
    audit,
    export,
    compact,
    report,
):
    app.command()(command)
app.command("try")(try_)
app.add_typer(rules_app, name="rules")
app.add_typer(gold_app, name="gold")


def main() -> None:
    """Entry point of the console command."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    app()


if __name__ == "__main__":
    main()
