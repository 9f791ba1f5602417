"""The phone's own figures: how soon the lock screen stands, how soon the tasks, how much is loaded.

A Pixel 7 slowed four times, no network, the browser killed before; on it a bureau's registers at
full size. The slow-down reaches the page's main thread only, so the CPU seconds of the browser's
whole process tree stand beside each time: what a worker does is not free on a cheap phone.
"""

import statistics
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import CDPSession, Page, Playwright, expect, sync_playwright

from tests.bench import registers
from tests.browser.conftest import PhoneBrowser, Server, launch_options
from tests.browser.first_load import UNIT, Loaded, first_load, precache_bytes
from tests.browser.visit import enter, ready_to_go, unlock

SLOWED = 4
ROUNDS = 5
WATCH = """() => {
  const seen = (name, there) => {
    const look = () => {
      if (!there()) return requestAnimationFrame(look)
      requestAnimationFrame(() => { window[name] = performance.now() })
    }
    requestAnimationFrame(look)
  }
  const title = () => document.querySelector('h1')?.textContent ?? ''
  seen('lockAt', () => title().includes('已锁定') && document.querySelector('button'))
  seen('tasksAt', () => title().includes('今日') && document.body.innerText.includes('%s'))
  addEventListener('click', () => { window.pressedAt = performance.now() }, true)
}"""


@dataclass(frozen=True)
class Opening:
    """One cold start: milliseconds, and CPU seconds of the whole browser."""

    lock_ms: float
    lock_cpu: float
    tasks_ms: float
    tasks_cpu: float


def cold_opening(phone: PhoneBrowser, url: str) -> Opening:
    """From a killed browser to the list of tasks."""
    page = phone.start()
    phone.reach(network=False)
    assert phone.context
    assert phone.context.browser
    browser = phone.context.browser.new_browser_cdp_session()
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWED})
    page.add_init_script(f"({WATCH % UNIT})()")
    started = cpu_seconds(browser)
    page.goto(url, wait_until="commit")
    lock_ms = moment(page, "lockAt")
    locked = cpu_seconds(browser)
    unlock(page)
    tasks_ms = moment(page, "tasksAt") - moment(page, "pressedAt")
    opened = cpu_seconds(browser)
    phone.kill()
    return Opening(lock_ms, locked - started, tasks_ms, opened - locked)


def moment(page: Page, name: str) -> float:
    return float(page.wait_for_function(f"() => window.{name}", polling=50).json_value())


def cpu_seconds(browser: CDPSession) -> float:
    processes: list[dict[str, Any]] = browser.send("SystemInfo.getProcessInfo")["processInfo"]
    return sum(float(process["cpuTime"]) for process in processes)


def prepared(playwright: Playwright, server: Server, folder: Path) -> PhoneBrowser:
    """A phone that holds the task, every register, the shell and the engine."""
    phone = PhoneBrowser(playwright, folder, server.url)
    page = phone.start()
    enter(page, server, "lijie")
    ready_to_go(page)
    last = list(registers.rows(registers.COUNT))[-1]
    page.get_by_role("link", name="企业", exact=True).click()
    page.get_by_role("searchbox", name="找企业").fill(last.code)
    expect(page.get_by_text(last.name)).to_be_visible(timeout=300_000)
    phone.kill()
    return phone


def measure(folder: Path) -> tuple[list[Opening], Loaded]:
    """Every opening, and the first load."""
    server = Server(folder / "server")
    server.run("demo")
    registers.fill(server)
    server.start()
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(**launch_options())
            loaded = first_load(browser, server, "nurlan")
            browser.close()
            phone = prepared(playwright, server, folder / "lijie")
            server.kill()
            openings = [cold_opening(phone, server.url) for _ in range(ROUNDS)]
    finally:
        server.kill()
    return openings, loaded


def figures(folder: Path) -> list[tuple[str, float, str]]:
    """Medians, as `make bench` prints them."""
    openings, loaded = measure(folder)
    middle = {
        name: statistics.median(getattr(each, name) for each in openings)
        for name in ("lock_ms", "lock_cpu", "tasks_ms", "tasks_cpu")
    }
    return [
        ("pwa.lock_screen_4x_ms", middle["lock_ms"], "ms"),
        ("pwa.lock_screen_4x.cpu_seconds", middle["lock_cpu"], "s"),
        ("pwa.unlock_to_tasks_4x_ms", middle["tasks_ms"], "ms"),
        ("pwa.unlock_to_tasks_4x.cpu_seconds", middle["tasks_cpu"], "s"),
        ("pwa.first_load_kb", loaded.tasks / 1024, "KB"),
        ("pwa.first_load.login_kb", loaded.login / 1024, "KB"),
        ("pwa.first_load.content_kb", loaded.content / 1024, "KB"),
        ("pwa.precache_kb", precache_bytes() / 1024, "KB"),
    ]
