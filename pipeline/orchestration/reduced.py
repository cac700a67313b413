"""Prefect's server with the routes that a run calls: flows, the runs of flows and tasks, their events and logs.

Making the routes of the others is a fifth of a server's start. Prefect imports the module of a group of routes when its
application asks for the group's router; an empty one stands in for it here.
"""

from __future__ import annotations

from types import SimpleNamespace
from typing import Final

_UNUSED: Final = (
    "artifacts", "automations", "block_capabilities", "block_documents", "block_schemas", "block_types", "collections",
    "concurrency_limits", "concurrency_limits_v2", "deployments", "flow_run_states", "saved_searches", "task_run_states",
    "task_workers", "templates", "variables", "work_queues", "workers",
)  # fmt: skip
_UNUSED_OF_BROWSERS: Final = ("flow_runs", "flows", "schemas", "task_runs")


def leave_out_unused_routes() -> None:
    """Let the application that Prefect's server makes in this process from now on be without the routes that no run calls."""
    from fastapi import APIRouter
    from prefect.server import api

    def empty() -> SimpleNamespace:
        return SimpleNamespace(router=APIRouter())

    for name in _UNUSED:
        setattr(api, name, empty())
    browsers = SimpleNamespace(**{name: empty() for name in _UNUSED_OF_BROWSERS})
    vars(api)["ui"] = browsers
