"""The print worker in a real browser, with the real engine behind a plain file server."""

import shutil
import subprocess
import threading
from functools import partial
from hashlib import sha256
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest
from conftest import ROOT
from paper_samples import order, text_of
from playwright.sync_api import sync_playwright

from printing.render import render

KIND = "rectification_order"
PAGE = """<!doctype html><meta charset="utf-8"><script type="module">
const worker = new Worker('/print.worker.js', { type: 'module' })
const replies = []
worker.onmessage = ({ data }) => {
  replies.push(data.pdf ? { ...data, pdf: Array.from(data.pdf) } : data)
}
window.ask = async (message, settled) => {
  replies.length = 0
  worker.postMessage(message)
  while (!replies.some((reply) => reply.error || reply.pdf || (reply.stage === settled && reply.done))) {
    await new Promise((next) => worker.addEventListener('message', next, { once: true }))
  }
  return [...replies]
}
</script>"""


class Site(SimpleHTTPRequestHandler):
    """Serves a folder, notes what was asked for, and can spoil one file."""

    asked: list[str] = []
    spoilt: str | None = None

    def do_GET(self):
        type(self).asked.append(self.path)
        if self.path == type(self).spoilt:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"spoilt")
        else:
            super().do_GET()

    def log_message(self, *_):
        """Silence."""


@pytest.fixture(scope="module")
def site(engine, tmp_path_factory):
    folder = tmp_path_factory.mktemp("site")
    (folder / "index.html").write_text(PAGE)
    (folder / "engine").symlink_to(engine)
    esbuild = ROOT / "pwa" / "node_modules" / ".bin" / "esbuild"
    worker = ROOT / "pwa" / "src" / "workers" / "print.worker.ts"
    command = [str(esbuild), str(worker), "--bundle", "--format=esm", f"--outdir={folder}"]
    subprocess.run([*command, "--log-level=warning"], check=True, timeout=60)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Site, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()


@pytest.fixture(scope="module")
def browser():
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        yield chromium
        chromium.close()


@pytest.fixture
def ask(browser, site):
    """Send the worker of a fresh page one message; its replies up to the last."""
    Site.asked, Site.spoilt = [], None
    page = browser.new_page()
    page.goto(site)
    page.wait_for_function("window.ask !== undefined")
    yield lambda **message: page.evaluate("message => ask(message, 'layout')", message)
    page.close()


def common_order():
    facts = order()
    facts["officers"][0]["name"] = "李明"
    return facts


def test_a_phone_prints_the_servers_bytes_or_says_why_not(ask, faces):
    ticks = ask(id=1, op="start")
    stages = [(tick["stage"], tick["done"]) for tick in ticks]
    assert stages == [
        (stage, done)
        for stage in ("engine", "fonts", "document", "layout")
        for done in (False, True)
    ]
    for number, facts in enumerate((common_order(), order()), 2):
        (reply,) = ask(id=number, op="render", kind=KIND, facts=text_of(facts))
        expected = render(KIND, text_of(facts), faces)
        assert bytes(reply["pdf"]) == expected
        assert (reply["id"], reply["sha256"]) == (number, sha256(expected).hexdigest())
        assert ("/engine/faces/rare.ttf" in Site.asked) == (number == 3)
    (lacking,) = ask(id=4, op="render", kind=KIND, facts=text_of(order(officers=[])))
    assert (lacking["error"]["code"], lacking["error"]["field"]) == ("facts", "officers")
    (strange,) = ask(id=5, op="render", kind=KIND, facts=text_of(order(addressee="某\ue123公司")))
    assert (strange["error"]["code"], strange["error"]["character"]) == ("missing_glyph", "\ue123")


def test_a_damaged_engine_prints_nothing_and_can_be_started_again(ask):
    wasm = "pyodide/pyodide.asm.wasm"
    Site.spoilt = f"/engine/{wasm}"
    assert ask(id=1, op="start")[-1]["error"] == {"code": "engine_damaged", "reason": wasm}
    Site.spoilt = None
    assert ask(id=2, op="start")[-1] == {"id": 2, "stage": "layout", "done": True}


def test_an_engine_that_was_never_fetched_is_missing(ask, browser):
    browser.contexts[0].set_offline(True)
    try:
        assert ask(id=1, op="start")[-1]["error"]["code"] == "engine_missing"
    finally:
        browser.contexts[0].set_offline(False)
