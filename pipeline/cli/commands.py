"""The subcommands of ``gongbao``: the line of each on the help page, and how the module of one is found.

A module is imported when its command is called: the line here is the first of its help, which tests hold against it.
"""

from __future__ import annotations

from importlib import import_module
from keyword import iskeyword
from typing import Any, Final, Literal, get_args, get_origin

import typer
from typer.core import TyperCommand
from typer.main import get_command

COMMANDS: Final = {
    "run": "Process issues into Parquet datasets; what is up to date is left alone.",
    "fetch": "Fetch new and changed issues into raw/<gazette>/<year>/, from the folders and web listings of sources.toml.",
    "serve": "Register and serve a Prefect deployment that fetches new issues, processes them and reports, until stopped.",
    "inspect": "Show what the reader and the segmenter see in one file: masthead, contents, documents, tables, problems.",
    "schema": "Show the datasets, or the columns of one with type, unit, allowed values and meaning.",
    "status": "Show what is in a processed folder, what failed and why, and what is stale.",
    "verify": "Check every byte of a processed folder against the lengths and digests noted when it was written.",
    "evaluate": "Judge the rows by labelled gazettes: precision, recall, F1 and their 95 % intervals.",
    "explain": "Say why rows are as they are: sentence, the rule that fired, what competed, and how each column was decided.",
    "compare": "Show the rows gained, lost and changed between two processed folders, by dataset, rule and document.",
    "coverage": "Say of every number that an issue prints what it is, and list those that nothing explains.",
    "audit": "Build pages that show every row in the text it was made from; open OUT/index.html, no server is needed.",
    "export": "Write the datasets as a workbook, CSV files, a database, a data package or a calendar.",
    "compact": "Bring the files of each year and dataset into part-*.parquet, their rows sorted by issue_id.",
    "report": "Write a page that says what was promised, by whom, by when, what conflicts and what was reached.",
    "try": "Try a change of rules: run every example of every rule, make all texts at hand, compare with before, judge.",
    "rules": "The table of decisions: for every rule of every column how often it decided, was right, was wrong.",
    "gold": "Label sets: check, add to, compare, exchange.",
}


def named(name: str) -> Any:
    """The subcommand *name*, from the module that bears its name."""
    module = import_module(f"pipeline.cli.{name}_" if iskeyword(name) else f"pipeline.cli.{name}")
    application = getattr(module, "app", None)
    if application is None:
        application = typer.Typer(add_completion=False, rich_markup_mode="rich", pretty_exceptions_enable=False)
        application.command(name, cls=_Plain)(getattr(module, module.__name__.rpartition(".")[2]))
    return get_command(application)


class _Plain(TyperCommand):
    def get_params(self, ctx: Any) -> list[Any]:
        return plainly(super().get_params(ctx))


def plainly(parameters: list[Any]) -> list[Any]:
    """The *parameters*, for whose plain values Typer needs no pydantic, which takes longer to load than nothing to do takes."""
    for parameter in parameters:
        vars(parameter)["_runtime_param"] = _Plainly()
    return parameters


class _Plainly:
    """What Typer asks for the value of a parameter; whatever is not of its type already goes to Typer's own."""

    def coerce(self, value: Any, param: Any, ctx: Any) -> Any:
        """The value of the parameter, as its type has it; raises Typer's usage errors."""
        type_of, asked = param.type_descriptor.annotation, param.type_descriptor.parameter_info
        several = param.multiple or param.nargs == -1
        if asked.parser is None:
            if several and type_of == list[str] and value and all(isinstance(one, str) for one in value):
                return list(value)
            if not several and (value is None or _is_one(value, type_of)):
                return value
        vars(param)["_runtime_param"] = None  # so Typer makes its own
        return param.get_runtime_param().coerce(value, param=param, ctx=ctx)


def _is_one(value: Any, type_of: Any) -> bool:
    if type_of is str:
        return isinstance(value, str)
    return get_origin(type_of) is Literal and value in get_args(type_of)
