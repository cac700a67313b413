"""Importing this loads what the first issue would otherwise wait for: the fork server of the workers does it once.

Workers are copies of that server, so that they start warm and share its memory (dictionary, rules, libraries).
"""

from __future__ import annotations

import contextlib
import gc

import pypinyin  # noqa: F401 (the first issue with a masthead asks for it)

from pipeline.orchestration.imports import collected_later
from pipeline.orchestration.workers import warm_up

with collected_later():  # touching the shared objects would copy their pages
    with contextlib.suppress(Exception):  # what is wrong shows, with its reason, in the first issue
        warm_up()
    gc.collect()
