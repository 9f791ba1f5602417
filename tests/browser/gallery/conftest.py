"""The gallery of interface parts, built once and shown in a real Chromium."""

from __future__ import annotations

import subprocess
import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

ROOT = Path(__file__).parents[3]
CSP = (
    "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' blob: data:; frame-src blob:; object-src 'none'; base-uri 'none'"
)

Open = Callable[..., Page]


class Gallery(SimpleHTTPRequestHandler):
    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", CSP)
        super().end_headers()

    def log_message(self, *_: object) -> None:
        """Silent: pytest shows what matters."""


@pytest.fixture(scope="session")
def gallery(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    out = tmp_path_factory.mktemp("gallery") / "site"
    vite = ROOT / "pwa/node_modules/.bin/vite"
    build = [vite, "build", "--config", "gallery/vite.config.ts", "--logLevel", "warn"]
    subprocess.run([*build, "--outDir", out], cwd=ROOT / "pwa", check=True, timeout=120)
    server = ThreadingHTTPServer(("localhost", 0), partial(Gallery, directory=str(out)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://localhost:{server.server_port}/"
    server.shutdown()


@pytest.fixture
def show(browser: Browser, gallery: str) -> Iterator[Open]:
    """Opens a page of the gallery; what a page logs as an error fails the test."""
    contexts, errors = [], []

    def open_page(name: str, size: tuple[int, int] = (390, 844)) -> Page:
        context = browser.new_context(
            viewport={"width": size[0], "height": size[1]},
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            reduced_motion="reduce",
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("console", lambda said: said.type == "error" and errors.append(said.text))
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(f"{gallery}#{name}")
        page.wait_for_function("() => document.querySelector('h1') !== null")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert errors == []
