"""Words of the language in code: ``python -m checks.words_in_code`` counts Han characters in string literals.

Knowledge of the language is data (rules and lexicons); what code may hold is structure and punctuation. Docstrings, of
attributes too, are no literals.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent
PACKAGES: Final = ("extractors", "pipeline")
MOST: Final = 2200
"""The most Han characters that the literals of :data:`PACKAGES` may hold together."""

_HAN: Final = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")


def han_in_literals(source: str) -> int:
    """How many Han characters the string literals of Python *source* hold, docstrings aside."""
    tree = ast.parse(source)
    literals = [node for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    docstrings = {id(node) for node in _docstrings(tree)}
    return sum(len(_HAN.findall(str(node.value))) for node in literals if id(node) not in docstrings)


def by_module(root: Path, packages: Sequence[str]) -> dict[str, int]:
    """The count of every module under *packages* (folders below *root*) that has any, the largest first."""
    modules = [path for package in packages for path in sorted((root / package).rglob("*.py"))]
    found = {path.relative_to(root).as_posix(): han_in_literals(path.read_text(encoding="utf-8")) for path in modules}
    return dict(sorted(((path, count) for path, count in found.items() if count), key=lambda item: -item[1]))


def _docstrings(tree: ast.AST) -> Iterator[ast.expr]:
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        for statement in body if isinstance(body, list) else ():
            if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant):
                yield statement.value


def main() -> int:
    """The command: 1 where there are more than :data:`MOST`."""
    counts = by_module(ROOT, PACKAGES)
    print("\n".join(f"{count:5} {path}" for path, count in counts.items()))
    total = sum(counts.values())
    print(f"{total} Han characters in literals, at most {MOST}")
    return int(total > MOST)


if __name__ == "__main__":
    sys.exit(main())
