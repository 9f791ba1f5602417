"""A real Chromium with fake devices, a built bench page and a server for it."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright

from tests.browser.conftest import FAKE_DEVICES, launch_options
from tests.browser.lab.lab_server import LabServer

ROOT = Path(__file__).parents[3]
KEY = "00112233445566778899aabbccddeeff" * 2
OTHER_KEY = "ff" * 32

Profile = Callable[..., BrowserContext]


def open_bench(context: BrowserContext, server: LabServer) -> Page:
    """The bench page, ready, in a context of whatever kind."""
    page = context.pages[0] if context.pages else context.new_page()
    page.set_default_timeout(15_000)
    page.goto(server.url)
    page.wait_for_function("() => window.lab !== undefined")
    return page


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("lab") / "site"
    vite = ROOT / "pwa/node_modules/.bin/vite"
    config = ROOT / "tests/browser/lab/vite.config.mjs"
    build = [str(vite), "build", "--config", str(config), "--outDir", str(out)]
    subprocess.run(build, cwd=ROOT / "pwa", check=True, timeout=60)
    return out


@pytest.fixture
def server(site: Path) -> Iterator[LabServer]:
    lab = LabServer(site)
    lab.start()
    yield lab
    lab.stop()


@pytest.fixture(scope="module")
def browser(playwright: Playwright) -> Iterator[Browser]:
    running = playwright.chromium.launch(**launch_options(*FAKE_DEVICES))
    yield running
    running.close()


@pytest.fixture(scope="module")
def context(browser: Browser) -> Iterator[BrowserContext]:
    """One tab for a file of tests: each test comes from another origin, so nothing is shared."""
    fresh = browser.new_context(locale="zh-CN", permissions=["camera", "microphone"])
    yield fresh
    fresh.close()


@pytest.fixture
def page(context: BrowserContext, server: LabServer) -> Page:
    return open_bench(context, server)


@pytest.fixture
def profile(playwright: Playwright, tmp_path: Path) -> Iterator[Profile]:
    """Opens a browser on one profile, again and again: what a phone is after a restart."""
    opened: list[BrowserContext] = []

    def open_profile(*flags: str) -> BrowserContext:
        fresh = playwright.chromium.launch_persistent_context(
            tmp_path / "profile",
            permissions=["camera", "microphone"],
            **launch_options(*FAKE_DEVICES, *flags),
        )
        opened.append(fresh)
        return fresh

    yield open_profile
    opened[-1].close()
