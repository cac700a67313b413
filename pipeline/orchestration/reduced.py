"""Prefect's server with what a run calls: flows, the runs of flows and tasks, their states and logs.

Making all routes, and what checks their requests, is half of a server's start. Prefect imports the module of a group of
routes when its application asks for the group's router; an empty one stands in for it here. Of the groups that a run calls,
only the routes are made that it calls; and what checks a kind of data is built when the first of that kind comes.
"""

from __future__ import annotations

import sys
from types import ModuleType, SimpleNamespace
from typing import Any, Final

_UNUSED: Final = (
    "artifacts", "automations", "block_capabilities", "block_documents", "block_schemas", "block_types", "collections",
    "concurrency_limits", "concurrency_limits_v2", "deployments", "flow_run_states", "saved_searches", "task_run_states",
    "task_workers", "templates", "variables", "work_queues", "workers",
)  # fmt: skip
_UNUSED_OF_BROWSERS: Final = ("flow_runs", "flows", "schemas", "task_runs")
_ONE: Final = ("/", "/{id:uuid}", "/{id:uuid}/set_state")
USED: Final = {"/flows": _ONE, "/flow_runs": _ONE, "/task_runs": (*_ONE, "/filter"), "/logs": ("/",), "/events": ()}
"""The routes of a run, by the prefix of their group; groups that are not named have few, and keep them."""


def read_settings() -> None:
    """Let Prefect, where it is loaded, read its settings from the environment as it is now."""
    from prefect.context import refresh_global_settings_context

    refresh_global_settings_context()


def reduce_server() -> None:
    """Let the application that Prefect's server makes in this process from now on have the routes that a run calls, and no others.

    To be called before anything of the server is imported.
    """
    from pydantic import BaseModel

    BaseModel.model_config["defer_build"] = True
    from fastapi import APIRouter
    from prefect.server import api
    from prefect.server.utilities import server as utilities
    from prefect.settings import Settings

    class Router(utilities.PrefectRouter):
        """Makes the routes that are used."""

        def add_api_route(self, path: str, *arguments: Any, **options: Any) -> None:
            """Make the route at *path*, unless it is one of those left out."""
            if path in USED.get(self.prefix, (path,)):
                super().add_api_route(path, *arguments, **options)

    def empty() -> SimpleNamespace:
        return SimpleNamespace(router=APIRouter())

    instead: list[tuple[Any, str, Any]] = [(api, name, empty()) for name in _UNUSED]
    instead.append((utilities, "PrefectRouter", Router))
    # Prefect tells applications apart by a digest of all settings, which takes as long as ten routes; here there is one.
    instead.append((Settings, "hash_key", lambda _settings: ""))
    for owner, name, stand_in in instead:
        setattr(owner, name, stand_in)
    # What encrypts the values of blocks, of which a run has none: a library of 7 MB.
    sys.modules.setdefault("cryptography.fernet", ModuleType("cryptography.fernet")).__dict__.setdefault("Fernet", None)
    browsers = SimpleNamespace(**{name: empty() for name in _UNUSED_OF_BROWSERS})
    vars(api)["ui"] = browsers
