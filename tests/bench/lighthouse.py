"""Lighthouse's mobile scores of the screens people meet first, and of those behind the PIN.

Lighthouse opens each as its rules say (a mid-range phone, slow 4G, both simulated); behind the lock
it types the PIN as an officer does. With BENCH_LIGHTHOUSE=DIR the full reports are kept there.
"""

import json
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Playwright, expect, sync_playwright

from tests.browser.conftest import PIN, ROOT, PhoneBrowser, Server, free_port
from tests.browser.office import ENTERPRISE, approved_inspection
from tests.browser.test_open_page import served
from tests.browser.visit import enter, ready_to_go, today
from tests.features.disclosure.visit import Visit

BENCH = ROOT / "tests" / "bench"
CATEGORIES = ("performance", "accessibility", "best-practices")


@dataclass(frozen=True)
class Screen:
    """One screen: where, the heading that says it stands, and whether the PIN lies before it."""

    name: str
    path: str
    heading: str
    kept: bool = True
    """Opened with what an earlier visit left in the browser."""
    locked: bool = False


def screens(dossier: str, token: str, code: str) -> tuple[list[Screen], list[Screen]]:
    """Those of a stranger's browser, and those of an officer's phone."""
    strange = [
        Screen("login", "/", "登录", kept=False),
        Screen("enterprise_page", f"/o/{token}", "今天谁来检查", kept=False),
        Screen("verification", f"/v/{code}", "这份文书是真的", kept=False),
    ]
    own = [
        Screen("lock", "/#/f", "已锁定"),
        Screen("today", "/#/f", "先办这些", locked=True),
        Screen("enterprise", f"/#/f/e/{ENTERPRISE}", "今年检查次数", locked=True),
        Screen("visit", f"/#/f/v/{dossier}", "检查表", locked=True),
        Screen("data", "/#/f/sync", "离线授权", locked=True),
    ]
    return strange, own


def look(playwright: Playwright, server: Server, folder: Path, seen: list[Screen]) -> list[Any]:
    """Lighthouse in the browser of this profile."""
    port = free_port()
    flags = (f"--remote-debugging-port={port}",)
    phone = PhoneBrowser(playwright, folder, server.url, flags)
    phone.start()
    asked = "".join(json.dumps(_asked(server, each), ensure_ascii=False) + "\n" for each in seen)
    command = ["node", "lighthouse.mjs", str(port), os.environ.get("BENCH_LIGHTHOUSE", "")]
    try:
        done = subprocess.run(
            command, cwd=BENCH, input=asked.encode(), check=True, stdout=subprocess.PIPE
        )
    finally:
        phone.close()
    return [json.loads(line) for line in done.stdout.splitlines()]


def _asked(server: Server, screen: Screen) -> dict[str, Any]:
    return {
        "name": screen.name,
        "url": server.url + screen.path,
        "kept": screen.kept,
        "pin": PIN if screen.locked else "",
        "heading": screen.heading,
    }


def prepared(playwright: Playwright, server: Server, folder: Path) -> Visit:
    """A phone with everything on it, and an order in the enterprise's hands."""
    approved_inspection(server, today())
    phone = PhoneBrowser(playwright, folder, server.url)
    page = phone.start()
    enter(page, server, "lijie")
    ready_to_go(page)
    visit = served(server)
    expect(page.get_by_text("整改复查")).to_be_visible(timeout=60_000)
    phone.close()
    return visit


def measure(folder: Path) -> list[Any]:
    """One row a screen, as `lighthouse.mjs` says it."""
    server = Server(folder / "server")
    server.run("demo")
    server.start()
    try:
        with sync_playwright() as playwright:
            visit = prepared(playwright, server, folder / "lijie")
            strange, own = screens(visit.dossier, visit.token, visit.code)
            return [
                *look(playwright, server, folder / "stranger", strange),
                *look(playwright, server, folder / "lijie", own),
            ]
    finally:
        server.kill()


def figures(folder: Path) -> list[tuple[str, float, str]]:
    """Scores out of 100, as `make bench` prints them."""
    return [
        (f"lighthouse.{row['name']}.{category.replace('-', '_')}", row["scores"][category], "")
        for row in measure(folder)
        for category in CATEGORIES
    ]


if __name__ == "__main__":
    import tempfile

    with tempfile.TemporaryDirectory() as made:
        for each in measure(Path(made)):
            print(json.dumps(each, ensure_ascii=False))
