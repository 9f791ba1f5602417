"""Serves the built bench page under the content security policy of the product."""

from __future__ import annotations

import asyncio
import itertools
import threading
from collections.abc import Awaitable, Callable
from pathlib import Path

from aiohttp import web

from tests.browser.lab.tus_peer import TusPeer

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self' 'wasm-unsafe-eval'",
        "style-src 'self'",
        "worker-src 'self'",
        "connect-src 'self'",
        "img-src 'self' blob:",
        "media-src 'self' blob:",
        "frame-src blob:",
        "manifest-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
    )
)

SERVICE_WORKER = "addEventListener('activate', (event) => event.waitUntil(clients.claim()))"

# A name of its own for each server: a port may come back, and with it the files of another test.
_NUMBERS = itertools.count()

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class LabServer:
    """Runs in a thread of its own; `tus` is the upload peer, shared with the test."""

    def __init__(self, site: Path) -> None:
        self.tus = TusPeer()
        self.url = ""
        self._site = site
        self._loop = asyncio.new_event_loop()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._serve, daemon=True)

    def start(self) -> None:
        self._thread.start()
        self._ready.wait(10)

    def stop(self) -> None:
        asyncio.run_coroutine_threadsafe(self._close(), self._loop).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)

    def _serve(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_until_complete(self._listen())
        self._ready.set()
        self._loop.run_forever()
        self._loop.close()

    async def _listen(self) -> None:
        app = web.Application(middlewares=[_with_policy])
        app.add_routes(self.tus.routes())
        app.add_routes([web.get("/sw.js", _service_worker), web.get("/", self._index)])
        app.router.add_static("/", self._site)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.url = f"http://t{next(_NUMBERS)}.localhost:{self._runner.addresses[0][1]}"

    async def _close(self) -> None:
        await self._runner.cleanup()

    async def _index(self, request: web.Request) -> web.StreamResponse:
        return web.FileResponse(self._site / "index.html")


async def _service_worker(request: web.Request) -> web.StreamResponse:
    return web.Response(text=SERVICE_WORKER, content_type="text/javascript")


@web.middleware
async def _with_policy(request: web.Request, handler: Handler) -> web.StreamResponse:
    response = await handler(request)
    response.headers["Content-Security-Policy"] = POLICY
    return response
