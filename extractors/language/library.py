"""spaCy without its command line, whose libraries (downloads, projects, web requests) are a quarter of its import.

``import spacy`` loads :mod:`spacy.cli` for one function, ``spacy.info``. Where spaCy has not been imported before, a
stand-in takes that place while it is: afterwards ``import spacy.cli`` finds the real one, and ``spacy.info`` calls it.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from types import ModuleType
from typing import Any, Final

_COMMAND_LINE: Final = ("spacy.cli", "spacy.cli.info")


@contextmanager
def _without_command_line() -> Iterator[None]:
    if "spacy" in sys.modules:
        yield
        return
    package, module = map(ModuleType, _COMMAND_LINE)
    module.info = _info  # type: ignore[attr-defined]
    sys.modules.update(zip(_COMMAND_LINE, (package, module), strict=True))
    try:
        yield
    finally:
        for name in _COMMAND_LINE:
            del sys.modules[name]


def _info(*arguments: Any, **options: Any) -> Any:
    return import_module("spacy.cli.info").info(*arguments, **options)


with _without_command_line():
    import spacy

from spacy.lang.zh import Chinese  # noqa: E402
from spacy.language import Language  # noqa: E402
from spacy.matcher import Matcher  # noqa: E402
from spacy.tokens import Doc  # noqa: E402
from spacy.vocab import Vocab  # noqa: E402

__all__ = ["Chinese", "Doc", "Language", "Matcher", "Vocab", "spacy"]
