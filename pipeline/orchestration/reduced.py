"""Prefect with what a run calls: of its server flows, the runs of flows and tasks, their states and logs.

Making all routes, and what checks their requests, is half of a server's start. Prefect imports the module of a group of
routes when its application asks for the group's router; an empty one stands in for it here. Of the groups that a run calls,
only the routes are made that it calls; and what checks a kind of data is built when the first of that kind comes.
"""

from __future__ import annotations

import logging
from types import SimpleNamespace
from typing import Any, Final

from pipeline.orchestration.idle import leave_out, work_behind_nothing
from pipeline.orchestration.later import load_later

_UNUSED: Final = (
    "artifacts", "automations", "block_capabilities", "block_documents", "block_schemas", "block_types", "collections",
    "concurrency_limits", "concurrency_limits_v2", "deployments", "flow_run_states", "saved_searches", "task_run_states",
    "task_workers", "templates", "variables", "work_queues", "workers",
)  # fmt: skip
_UNUSED_OF_BROWSERS: Final = ("flow_runs", "flows", "schemas", "task_runs")
USED: Final = {
    "/flows": ("POST /", "GET /{id:uuid}"),
    "/flow_runs": ("POST /", "GET /{id:uuid}", "PATCH /{id:uuid}", "POST /{id:uuid}/set_state"),
    "/task_runs": ("GET /{id:uuid}", "POST /filter"),
    "/logs": ("POST /",),
    "/events": (),
    "/work_pools": (),
    "/admin": ("GET /version", "GET /storage"),
}
"""The routes of a run, by the prefix of their group; groups that are not named have few, and keep them."""
_SENDING: Final = ("prefect.blocks.notifications", "prefect.blocks.system", "prefect.blocks.webhook")
"""Prefect's blocks that send messages elsewhere; one makes what checks certificates, four times, when it is loaded."""


def load_client() -> None:
    """Load of Prefect, in the process of a command whose run has a server of its own, what both of them call, and no more.

    To be called before anything of Prefect is imported.
    """
    load_later(*_SENDING)
    _say_nothing()


def _say_nothing() -> None:
    """Have Prefect say nothing but what fails within it, without its configuration, for which it writes out all of its settings."""
    from prefect.logging import configuration

    vars(configuration)["setup_logging"] = lambda *_arguments, **_options: {}
    logging.getLogger("prefect").setLevel(logging.CRITICAL)
    logging.getLogger("prefect._internal").setLevel(logging.ERROR)


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
    _say_nothing()
    work_behind_nothing()
    # Encrypts the values of blocks, of which a run has none: a library of 7 MB.
    leave_out("cryptography.fernet", "Fernet")
    leave_out("prefect.blocks.webhook", "Webhook")
    leave_out("prefect.blocks.system", "Secret")
    from fastapi import APIRouter
    from prefect.server import api
    from prefect.server.utilities import server as utilities
    from prefect.settings import Settings

    class Router(utilities.PrefectRouter):
        """Makes the routes that are used."""

        def add_api_route(self, path: str, *arguments: Any, **options: Any) -> None:
            """Make the route at *path*, unless it is one of those left out."""
            used, methods = USED.get(self.prefix), options.get("methods") or ()
            if used is None or any(f"{method} {path}" in used for method in methods):
                super().add_api_route(path, *arguments, **options)

    def empty() -> SimpleNamespace:
        return SimpleNamespace(router=APIRouter())

    instead: list[tuple[Any, str, Any]] = [(api, name, empty()) for name in _UNUSED]
    instead.append((utilities, "PrefectRouter", Router))
    # Prefect tells applications apart by a digest of all settings, which takes as long as ten routes; here there is one.
    instead.append((Settings, "hash_key", lambda _settings: ""))
    for owner, name, stand_in in instead:
        setattr(owner, name, stand_in)
    browsers = SimpleNamespace(**{name: empty() for name in _UNUSED_OF_BROWSERS})
    vars(api)["ui"] = browsers
