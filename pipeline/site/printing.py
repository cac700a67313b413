"""Text of sources as HTML: escaped, character for character, inside its marks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup, escape

from pipeline.auditing.plain import show
from pipeline.site.marks import Mark, Run, layers_of


def printed(text: str) -> Markup:
    """*text* escaped so that a browser's text has the same characters at the same places.

    A carriage return needs a reference, as parsers turn a bare one into a line break; NUL cannot stand in HTML
    and is shown by the replacement character.
    """
    return Markup(str(escape(text)).replace("\r", "&#13;").replace("\x00", "\ufffd"))


def shown(value: Any) -> str:
    """A value as a table shows it, the same way as the command line does."""
    return show(value)


@dataclass(frozen=True, slots=True)
class MarkPrinter:
    """Prints the runs of one page: one element a layer, the outermost with the numbers of all marks."""

    text: str
    marks: Sequence[Mark]

    def __call__(self, run: Run) -> Markup:
        """The run as HTML."""
        words = printed(self.text[run.start : run.end])
        if not run.marks:
            return words
        layers = layers_of(run, self.marks)
        numbers = " ".join(map(str, run.marks))
        opening = "".join(
            f'<span class="m {layer}"' + (f' data-m="{numbers}"' if not depth else "") + ">"
            for depth, layer in enumerate(layers)
        )
        return Markup(opening) + words + Markup("</span>" * len(layers))
