"""The rules of the readers (``*.toml`` here): what web pages print around an article. Lexicons stand beside this folder."""

from __future__ import annotations

import re
from typing import Final

from extractors.rules.registry import registry

PACKAGE: Final = "pipeline.readers"


def pattern(rule_id: str) -> re.Pattern[str]:
    """The pattern of the readers' rule with this id; ``KeyError`` where there is none."""
    return registry(PACKAGE)[rule_id].pattern
