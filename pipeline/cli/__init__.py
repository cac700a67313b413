"""The command ``gongbao``: thin, each subcommand in a module of its own, imported when it is called."""

from __future__ import annotations

import atexit
import os
import sys
from importlib import import_module
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup

from pipeline.cli.commands import COMMANDS, named, plainly


class _Commands(TyperGroup):
    """The subcommands by name: a help page needs a line of each, a call the module of one."""

    def __init__(self, **attributes: Any) -> None:
        super().__init__(
            **attributes | {"commands": {name: TyperCommand(name, help=COMMANDS[name]) for name in COMMANDS}}
        )

    def get_params(self, ctx: Any) -> list[Any]:
        """The options of the group, the one for help among them."""
        return plainly(super().get_params(ctx))

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The subcommand that the first of *args* names, and what is left for it."""
        name, _, rest = super().resolve_command(ctx, args)
        return name, named(args[0]), rest

    def invoke(self, ctx: Any) -> Any:
        """Call a subcommand; what a place cannot tell (its ledger is damaged, say) is said in one line."""
        try:
            return super().invoke(ctx)
        except typer.TyperException as error:
            usage: Any = error
            usage.show()  # in plain words: Rich, which Typer would draw a box with, loads a tenth of a second
            raise typer.Exit(error.exit_code) from error
        except OSError as error:
            if not isinstance(error, import_module("pipeline.storage").StorageError):
                raise
            import_module("pipeline.cli.output").fail(str(error.strerror or error))


app = typer.Typer(
    name="gongbao",
    cls=_Commands,
    help="Turns Chinese government gazettes (公报) into structured Parquet datasets.",
    epilog="Start with:  gongbao run raw/   then:  gongbao status",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
)


def _show_version(wanted: bool) -> None:
    if wanted:
        versions = import_module("pipeline.versions")
        typer.echo(f"gongbao {versions.release()} (code {versions.code_version()}, rules {versions.rules_version()})")
        raise typer.Exit


@app.callback()
def _gongbao(
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    """Makes a group of the application, whose commands :class:`_Commands` finds."""


class _Ending:
    """Ends the process when all that waits for its end is done, and does not take apart what was loaded, which the system frees."""

    def __init__(self) -> None:
        self._status: int | None = None
        atexit.register(self._end)  # the first to be registered is the last to be called

    def knows(self, status: object) -> None:
        """The command has ended with *status*; what is no number is left to Python, which prints it."""
        self._status = 0 if status is None else status if isinstance(status, int) else None

    def _end(self) -> None:
        if self._status is not None:
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(self._status)


def main() -> None:
    """Entry point of the console command; the process ends with it."""
    ending = _Ending()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        app()
    except SystemExit as end:
        ending.knows(end.code)
        raise


if __name__ == "__main__":
    main()
