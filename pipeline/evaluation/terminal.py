"""An evaluation as tables on a terminal, or as plain unwrapped text where the output is piped."""

from __future__ import annotations

from typing import Final

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from pipeline.evaluation.report import interval_of, show_interval, show_mapping, show_value
from pipeline.evaluation.run import Evaluation, SetEvaluation

_PIPED_WIDTH: Final = 400


def print_evaluation(evaluation: Evaluation, console: Console, misses: int = 0, rules: bool = False) -> None:
    """Print each set's figures and kinds, its *rules* if asked for, and up to *misses* findings of each sort."""
    for part in evaluation.sets:
        console.print(f"[bold]{escape(part.name)}[/bold]: {escape(', '.join(part.texts))}")
        console.print(_figures(part))
        console.print(_kinds(part))
        if rules:
            console.print(_rules(part))
        _print_findings(part, console, misses)


def console_for(piped: bool) -> Console:
    """A console that neither wraps nor colours where the output is *piped*."""
    return Console(width=_PIPED_WIDTH, no_color=True, soft_wrap=True) if piped else Console()


def _figures(part: SetEvaluation) -> Table:
    table = _table("figure", "value", "95 % interval", "p", "r", "gold", "pred")
    for name, value in part.figures.items():
        interval = interval_of(part, name)
        shown = f"{interval[0]:.3f}–{interval[1]:.3f}" if interval and value is not None else ""
        if isinstance(value, dict):
            rest = [show_value(value[key]) for key in ("p", "r", "gold", "pred")]
            table.add_row(name, show_value(value["f1"]), shown, *rest)
        else:
            table.add_row(name, show_value(value), shown)
    return table


def _kinds(part: SetEvaluation) -> Table:
    table = _table("kind", "f1", "p", "r", "gold", "pred")
    for kind in part.kinds:
        numbers = (kind.f1, kind.p, kind.r, kind.gold, kind.predicted)
        table.add_row(kind.kind, *(show_value(number) for number in numbers))
    return table


def _rules(part: SetEvaluation) -> Table:
    table = _table("rule", "dataset", "column", "decided", "right", "wrong", "precision", "95 % interval")
    for one in part.decisions:
        shown = (show_value(one.decided), *one.judgement)
        table.add_row(escape(one.rule_id), one.dataset, one.column, *shown, show_interval(one.interval))
    return table


def _table(first: str, *others: str) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column(first, no_wrap=True)
    for name in others:
        table.add_column(name, justify="left" if name in ("dataset", "column") else "right", no_wrap=True)
    return table


def _print_findings(part: SetEvaluation, console: Console, misses: int) -> None:
    shown: dict[tuple[str, str], int] = {}
    for finding in part.findings:
        key = finding.dataset, finding.category
        shown[key] = shown.get(key, 0) + 1
        if shown[key] > misses:
            continue
        context = "".join((finding.before[-14:], "[", finding.text, "]", finding.after[:10])).replace("\n", "⏎")
        said = " → ".join(filter(None, (show_mapping(finding.expected), show_mapping(finding.found))))
        line = f"{finding.category:9} {finding.dataset} {finding.text_name}:{finding.start} {context} {said}"
        console.print(escape(f"{line} {finding.rule_id or ''}".rstrip()), highlight=False)
