"""The site answered from the folder itself, on this machine alone: pages are made as they are asked for."""

from __future__ import annotations

import mimetypes
from collections.abc import Sequence
from threading import Lock
from typing import Final

from starlette.applications import Starlette
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from pipeline.auditing.folders import Folder
from pipeline.evaluation import GoldSet
from pipeline.site.build import Site
from pipeline.site.why import why_row

HOST: Final = "127.0.0.1"
_HEADERS: Final = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer"}


def application(folder: Folder, gold: Sequence[GoldSet] = ()) -> Starlette:
    """The site over *folder* as an ASGI application; a name other than this machine's own is refused."""
    site = Site(folder, gold, why="server")
    one_at_a_time = Lock()  # the store of open issues and the extractors' caches are not made for threads

    def answer(request: Request) -> Response:
        path = request.path_params["path"] or "index.html"
        with one_at_a_time:
            if path.startswith("why/"):
                script = why_row(folder, path.removeprefix("why/").removesuffix(".js"))
                data = None if script is None else script.encode("utf-8")
            else:
                data = site.file(path)
        if data is None:
            return PlainTextResponse("there is no such page", 404, headers=_HEADERS)
        kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
        return Response(data, media_type=kind, headers=_HEADERS)

    own = [HOST, "localhost", "testserver"]
    routes = [Route("/{path:path}", answer, methods=["GET", "HEAD"])]
    app = Starlette(routes=routes)
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=own)
    return app


def serve_site(folder: Folder, gold: Sequence[GoldSet], port: int) -> None:
    """Answer until Ctrl-C, at :data:`HOST` alone."""
    import uvicorn

    print(f"http://{HOST}:{port}/ shows {folder.path} (stop with Ctrl-C)", flush=True)
    uvicorn.run(application(folder, gold), host=HOST, port=port, log_level="warning")
