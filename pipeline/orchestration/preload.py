"""Importing this loads what the first issue would otherwise wait for: the fork server of the workers does it once.

Workers are copies of that server, so that they start warm and share its memory (dictionary, rules, libraries).
"""

from __future__ import annotations

import contextlib
import gc

from pipeline.orchestration.workers import warm_up

with contextlib.suppress(Exception):  # what is wrong shows, with its reason, in the first issue
    warm_up()
gc.collect()
gc.freeze()  # the collector leaves the shared objects alone: touching them would copy their pages
