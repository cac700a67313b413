"""Waiting until Prefect's server has recorded how the last task runs ended, before it ends itself.

States of task runs, unlike those of flow runs, reach the server as events: in the background, one after the other.
"""

from __future__ import annotations

import time
from collections.abc import Collection
from typing import Final
from uuid import UUID

from prefect.client.orchestration import get_client
from prefect.client.schemas.filters import TaskRunFilter, TaskRunFilterId

_SECONDS: Final = 5.0
"""So long is a record waited for: the data stand in the store and the ledger, whatever becomes of it."""
_PAUSE: Final = 0.02


def wait_until_recorded(last: Collection[UUID]) -> bool:
    """Within a flow, wait until the server knows how the *last* of its task runs ended; whether it does.

    What ended before them it knows then, too.
    """
    runs = TaskRunFilter(id=TaskRunFilterId(any_=[*last]))
    until = time.monotonic() + _SECONDS
    with get_client(sync_client=True) as client:
        while time.monotonic() < until:
            found = client.read_task_runs(task_run_filter=runs)
            if sum(run.state is not None and run.state.is_final() for run in found) == len(last):
                return True
            time.sleep(_PAUSE)
    return False
