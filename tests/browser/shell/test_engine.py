"""The print engine's cache: fetched file by file, checked, resumed, never half a version."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.shell.conftest import Site

FETCH = """() => new Promise((done) => {
  const news = []
  navigator.serviceWorker.addEventListener('message', function hear({ data }) {
    news.push(data)
    if (data.state === 'fetching') return
    navigator.serviceWorker.removeEventListener('message', hear)
    done(news)
  })
  navigator.serviceWorker.controller.postMessage('FETCH_ENGINE')
})"""
TEXT = "(path) => fetch(`/engine/${path}`).then((answer) => answer.text(), () => null)"

FIRST = {"app.zip": b"one" * 50, "faces/body.ttf": b"two" * 100, "pyodide/a.wasm": b"three" * 80}
SECOND = {**FIRST, "app.zip": b"another"}


def put_engine(site: Site, version: str, files: dict[str, bytes]) -> None:
    listed = []
    for path, content in files.items():
        target = site.folder / "engine" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
        sha256 = hashlib.sha256(content).hexdigest()
        listed.append({"path": path, "size": len(content), "sha256": sha256})
    engine = json.dumps({"version": version, "files": listed})
    (site.folder / "engine/engine.json").write_text(engine, encoding="utf-8")


def fetch(page: Page) -> tuple[str, list[dict[str, Any]]]:
    *progress, last = page.evaluate(FETCH)
    return last["state"], progress


def asked_files(site: Site) -> list[str]:
    return [path.removeprefix("/engine/") for path in site.asked if path.startswith("/engine/")]


def test_fetched_it_is_there_without_a_server(page: Page, site: Site) -> None:
    put_engine(site, "1", FIRST)
    state, progress = fetch(page)
    assert state == "ready"
    total = sum(map(len, FIRST.values()))
    assert [news["done"] for news in progress] == [150, 450, total]
    assert {news["total"] for news in progress} == {total}
    site.stop()
    for path, content in FIRST.items():
        assert page.evaluate(TEXT, path) == content.decode()


@pytest.mark.parametrize("fault", [None, b"altered"], ids=["missing", "altered"])
def test_cut_short_it_goes_on_where_it_stopped(page: Page, site: Site, fault: bytes | None) -> None:
    put_engine(site, "1", FIRST)
    site.broken = {"/engine/faces/body.ttf": fault}
    assert fetch(page)[0] == "failed"
    site.broken = {}
    site.asked.clear()
    assert fetch(page)[0] == "ready"
    assert asked_files(site) == ["engine.json", "faces/body.ttf", "pyodide/a.wasm"]


def test_a_new_version_asks_only_for_what_changed(page: Page, site: Site) -> None:
    put_engine(site, "1", FIRST)
    fetch(page)
    put_engine(site, "2", SECOND)
    site.asked.clear()
    assert fetch(page)[0] == "ready"
    assert asked_files(site) == ["engine.json", "app.zip"]
    site.stop()
    assert page.evaluate(TEXT, "app.zip") == "another"


def test_until_the_new_version_is_whole_the_old_one_serves(page: Page, site: Site) -> None:
    put_engine(site, "1", FIRST)
    fetch(page)
    put_engine(site, "2", {**SECOND, "faces/body.ttf": b"newer"})
    site.broken = {"/engine/faces/body.ttf": None}
    assert fetch(page)[0] == "failed"
    assert page.evaluate(TEXT, "app.zip") == FIRST["app.zip"].decode()
    assert json.loads(page.evaluate(TEXT, "engine.json"))["version"] == "1"


def test_the_shell_does_not_wait_for_it(page: Page, site: Site) -> None:
    assert not asked_files(site)
    assert fetch(page)[0] == "failed"
    site.stop()
    assert page.evaluate("() => fetch('/index.html').then((answer) => answer.ok)") is True
