"""What a phone that has never seen the app loads until it can log in, and until the tasks stand.

The service worker is kept out, so that each file comes once and over the wire; what it fetches
ahead in the background is counted apart, from the built site.
"""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, expect

from tests.browser.conftest import ROOT, Server
from tests.browser.office import approved_inspection
from tests.browser.visit import enter, today

UNIT = "昌吉启明精细化工有限公司"
DIST = ROOT / "pwa" / "dist"


@dataclass
class Loaded:
    """Bytes as they came over the wire, headers included."""

    login: int = 0
    """Until one can log in."""
    tasks: int = 0
    """Until the list of tasks stands, the login's included; without the registers' content."""
    content: int = 0
    """What `/api` sent on the way: the officer's own dossiers and registers."""
    addresses: dict[str, str] = field(default_factory=dict)

    def came(self, event: dict[str, Any]) -> None:
        size = int(event["encodedDataLength"])
        if "/api/" in self.addresses.get(event["requestId"], ""):
            self.content += size
        else:
            self.tasks += size


def first_load(browser: Browser, server: Server, login: str) -> Loaded:
    """A fresh phone goes from the address to the tasks."""
    approved_inspection(server, today(), (login, "lijie"))
    context = browser.new_context(service_workers="block", viewport={"width": 390, "height": 844})
    page = context.new_page()
    loaded = Loaded()
    watch = context.new_cdp_session(page)
    watch.send("Network.enable")
    watch.on(
        "Network.requestWillBeSent",
        lambda event: loaded.addresses.update({event["requestId"]: event["request"]["url"]}),
    )
    watch.on("Network.loadingFinished", loaded.came)
    page.goto(server.url)
    expect(page.get_by_role("button", name="登录", exact=True)).to_be_enabled()
    page.wait_for_load_state("networkidle")
    loaded.login = loaded.tasks
    enter(page, server, login)
    expect(page.get_by_text(UNIT).first).to_be_visible(timeout=60_000)
    context.close()
    return loaded


def precache_bytes() -> int:
    """What the service worker fetches ahead once the page stands: the shell, packed."""
    shell = [path for path in DIST.rglob("*") if path.is_file() and not _apart(path)]
    return sum(_packed(path).stat().st_size for path in shell)


def _apart(path: Path) -> bool:
    inside = path.relative_to(DIST)
    return inside.parts[0] == "engine" or path.suffix in (".gz", ".map") or path.name == "sw.js"


def _packed(path: Path) -> Path:
    beside = path.with_name(path.name + ".gz")
    return beside if beside.exists() else path
