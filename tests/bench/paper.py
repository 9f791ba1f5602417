"""How long a paper takes: the server's way and the phone's, the first one and the next.

One order with a rare character in it, the same facts everywhere, the same bytes demanded. Cold is a
process, or a page, that has never printed; warm is the one after.
"""

import hashlib
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright

from printing.render import load_faces, render
from tests.browser.conftest import ROOT, Server, launch_options
from tests.printing.paper_samples import BUILDERS, text_of

KIND = "rectification_order"
FACES = ROOT / ".cache" / "faces"
PRINT = """async ([worker, kind, facts]) => {
  const engine = new Worker(worker, { type: 'module' })
  const printed = (id) => new Promise((done, failed) => {
    engine.onmessage = ({ data }) => {
      if (data.error) failed(new Error(data.error.reason))
      if (data.pdf) done(data.sha256)
    }
    engine.postMessage({ id, op: 'render', kind, facts })
  })
  const took = []
  const hashes = []
  for (const id of [1, 2]) {
    const began = performance.now()
    hashes.push(await printed(id))
    took.push((performance.now() - began) / 1000)
  }
  engine.terminate()
  return { took, hashes }
}"""


def facts() -> str:
    return text_of(BUILDERS[KIND]())


def server_side(text: str) -> dict[str, float | str]:
    """A process a paper, as the server checks them; then again where the faces are loaded."""
    module = [sys.executable, "-m", "backend.features.documents.papers", KIND, str(FACES)]
    began = time.perf_counter()
    made = subprocess.run(module, input=text.encode(), cwd=ROOT, capture_output=True, check=True)
    cold = time.perf_counter() - began
    faces = load_faces(FACES)
    render(KIND, text, faces)
    began = time.perf_counter()
    pdf = render(KIND, text, faces)
    warm = time.perf_counter() - began
    assert pdf == made.stdout
    return {"cold": cold, "warm": warm, "sha256": hashlib.sha256(pdf).hexdigest()}


def phone_side(server: Server, text: str) -> dict[str, float | str]:
    """In Chromium, by the worker and the engine as they are served."""
    (worker,) = (ROOT / "pwa" / "dist" / "assets").glob("print.worker-*.js")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**launch_options())
        found = _printed(browser.new_page(), server, f"/assets/{worker.name}", text)
        browser.close()
    cold, warm = found["took"]
    assert len(set(found["hashes"])) == 1
    return {"cold": cold, "warm": warm, "sha256": found["hashes"][0]}


def _printed(page: Page, server: Server, worker: str, text: str) -> dict[str, Any]:
    page.goto(server.url)
    answer: dict[str, Any] = page.evaluate(PRINT, [worker, KIND, text])
    return answer


def measure(folder: Path) -> dict[str, dict[str, float | str]]:
    """Both sides on the same facts.

    Raises:
        SystemExit: the phone's bytes are not the server's.
    """
    text = facts()
    server = Server(folder)
    server.run("demo")
    server.start()
    try:
        found = {"cpython": server_side(text), "chromium": phone_side(server, text)}
    finally:
        server.kill()
    if found["cpython"]["sha256"] != found["chromium"]["sha256"]:
        raise SystemExit("the phone's paper is not the server's")
    return found
