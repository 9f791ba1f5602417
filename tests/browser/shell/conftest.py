"""A small app with the real service worker, on a server that can fail in every way."""

from __future__ import annotations

import os
import shutil
import subprocess
import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

ROOT = Path(__file__).parents[3]


class Site:
    """Serves a folder on a fixed port; `broken` paths answer 404 or other bytes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.broken: dict[str, bytes | None] = {}
        self.asked: list[str] = []
        self._server = ThreadingHTTPServer(("localhost", 0), self._handler())
        self.url = f"http://localhost:{self._server.server_port}/"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def _handler(site) -> type[SimpleHTTPRequestHandler]:  # noqa: N805
        class Handler(SimpleHTTPRequestHandler):
            def __init__(self, *args: object) -> None:
                super().__init__(*args, directory=str(site.folder))

            def do_GET(self) -> None:
                path = self.path.split("?")[0]
                site.asked.append(path)
                if path not in site.broken:
                    return super().do_GET()
                content = site.broken[path]
                self.send_response(404 if content is None else 200)
                self.end_headers()
                self.wfile.write(content or b"")
                return None

            def send_header(self, keyword: str, value: str) -> None:
                """Without a date of its own: two versions may come within one second."""
                if keyword != "Last-Modified":
                    super().send_header(keyword, value)

            def log_message(self, *_: object) -> None:
                """Silent."""

        return Handler


def build(out: Path, version: str) -> Path:
    vite = ROOT / "pwa/node_modules/.bin/vite"
    config = Path(__file__).with_name("vite.config.ts")
    command = [vite, "build", "--config", config, "--outDir", out, "--logLevel", "error"]
    env = {**os.environ, "SHELL_VERSION": version}
    subprocess.run(command, cwd=ROOT / "pwa", env=env, check=True, timeout=120)
    return out


@pytest.fixture(scope="session")
def builds(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("shell")
    return {version: build(folder / version, version) for version in ("1", "2")}


@pytest.fixture
def site(builds: dict[str, Path], tmp_path: Path) -> Iterator[Site]:
    running = Site(shutil.copytree(builds["1"], tmp_path / "site"))
    yield running
    running.stop()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    fresh = browser.new_context(permissions=["notifications"])
    yield fresh
    fresh.close()


@pytest.fixture
def page(context: BrowserContext, site: Site) -> Page:
    """The app, opened, with its worker installed and in charge."""
    page = context.new_page()
    page.set_default_timeout(10_000)
    page.goto(site.url)
    page.evaluate(
        """() => navigator.serviceWorker.ready.then(() => navigator.serviceWorker.controller
             || new Promise((done) => navigator.serviceWorker.addEventListener(
                  'controllerchange', done, { once: true }))).then(() => true)"""
    )
    return page
