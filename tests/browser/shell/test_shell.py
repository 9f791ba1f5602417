"""The app without a network, and how one version follows another."""

from __future__ import annotations

import gzip
import json
import re
import shutil
from pathlib import Path

from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.pushes import push, tap
from tests.browser.shell.conftest import Site

FETCHED = "(url) => fetch(url).then((answer) => answer.ok, () => false)"
# The outcome of one look for a new version: what the new worker came to.
UPDATED = """() => navigator.serviceWorker.ready.then((registration) => new Promise((done) => {
  registration.addEventListener('updatefound', () => {
    const worker = registration.installing
    worker.addEventListener('statechange', () => done(worker.state))
  })
  registration.update().catch(() => done('refused'))
}))"""


def deploy(site: Site, build: Path) -> None:
    shutil.rmtree(site.folder)
    shutil.copytree(build, site.folder)


def test_with_the_server_gone_the_app_opens_at_any_place(page: Page, site: Site) -> None:
    site.stop()
    for place in ("", "e#AX1.k.p.s", "#/f/due"):
        page.goto("about:blank")
        page.goto(site.url + place)
        expect(page.locator("#version")).to_have_text("1")


def test_data_and_public_pages_never_come_from_a_cache(page: Page, site: Site) -> None:
    for place in ("api/v1/me", "uploads", "v/abc", "o/abc"):
        page.evaluate(FETCHED, f"/{place}")
    assert {"/api/v1/me", "/uploads", "/v/abc", "/o/abc"} <= set(site.asked)
    site.stop()
    assert page.evaluate(FETCHED, "/index.html") is True
    assert page.evaluate(FETCHED, "/api/v1/me") is False


def test_a_missing_or_altered_file_fails_the_whole_new_version(
    page: Page, site: Site, builds: dict[str, Path]
) -> None:
    deploy(site, builds["2"])
    for content in (None, b"<p id=version>altered</p>"):
        site.broken = {"/index.html": content}
        assert page.evaluate(UPDATED) == "redundant"
    site.stop()
    page.reload()
    expect(page.locator("#version")).to_have_text("1")


def test_a_new_version_waits_until_it_is_told(
    page: Page, site: Site, builds: dict[str, Path]
) -> None:
    deploy(site, builds["2"])
    site.asked.clear()
    assert page.evaluate(UPDATED) == "installed"
    assert not any(path.startswith("/assets/") for path in site.asked)
    page.reload()
    expect(page.locator("#version")).to_have_text("1")
    page.evaluate(
        """() => new Promise((done) => {
             navigator.serviceWorker.addEventListener('controllerchange', () => done(true))
             navigator.serviceWorker.ready.then(({ waiting }) => waiting.postMessage('SKIP_WAITING'))
           })"""
    )
    site.stop()
    page.reload()
    expect(page.locator("#version")).to_have_text("2")
    assert page.evaluate("() => caches.keys().then((names) => names.length)") == 1


def test_the_worker_is_one_classic_file_that_names_every_file_of_the_shell(
    builds: dict[str, Path],
) -> None:
    worker = (builds["1"] / "sw.js").read_text(encoding="utf-8")
    assert not re.search(r"^\s*(import|export)\b", worker, re.M)
    files = {path.relative_to(builds["1"]).as_posix() for path in builds["1"].rglob("*.*")}
    shell = {name for name in files if name != "sw.js" and not name.endswith(".gz")}
    assert set(re.findall(r"/((?:assets/)?[\w.-]+\.\w+)[\"'`]", worker)) >= shell


def test_what_is_compressed_is_the_same_file(builds: dict[str, Path]) -> None:
    packed = list(builds["1"].rglob("*.gz"))
    assert packed
    for path in packed:
        assert gzip.decompress(path.read_bytes()) == path.with_suffix("").read_bytes()


def test_a_push_is_shown_and_leads_there_without_a_reload(
    page: Page, context: BrowserContext, site: Site
) -> None:
    page.evaluate("() => { window.recording = true }")
    expect(page.locator("#version")).to_be_visible()
    notice = {"title": "明天到期", "body": "移交支队", "tag": "clock-1"}
    origin = site.url.rstrip("/")
    assert push(context, page, origin, json.dumps({**notice, "url": "/#/f/due"})) == [notice]
    tap(context, origin)
    page.wait_for_function("() => location.hash === '#/f/due'")
    assert page.evaluate("() => window.recording") is True
