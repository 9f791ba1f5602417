"""Two officers with a phone each, and a server that comes and goes with the network."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.conftest import PhoneBrowser, Server
from tests.browser.lab.fakes import qr_frame, write_still, write_sweep
from tests.browser.office import ENTERPRISE, ask
from tests.browser.push_endpoint import PushEndpoint
from tests.browser.visit import cold_start
from tests.features.reminders.browser import Browser

KEYS = """
const importKey = crypto.subtle.importKey.bind(crypto.subtle)
window.keysSeen = []
crypto.subtle.importKey = (format, key, ...rest) => {
  if (format === 'raw' || format === 'pkcs8') {
    const bytes = ArrayBuffer.isView(key) ? key : new Uint8Array(key)
    window.keysSeen.push([...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join(''))
  }
  return importKey(format, key, ...rest)
}
"""
"""Each raw key as it passes into the browser's own keeping; none may be found in its files."""


@dataclass
class Story:
    """Where the two officers stand."""

    server: Server
    one: PhoneBrowser
    two: PhoneBrowser
    endpoint: PushEndpoint
    dossier: str = ""
    a: Page = field(init=False)
    b: Page = field(init=False)
    killed: float = 0.0
    order: bytes = b""
    keys: set[str] = field(default_factory=set)
    reached: Browser = field(default_factory=Browser)

    def network(self, there: bool) -> None:
        """Server and network come and go together."""
        if there:
            self.server.start()
        else:
            self.server.kill()
        self.one.reach(there)
        self.two.reach(there)

    def start_first(self) -> None:
        self.a = self.one.start()
        assert self.one.context
        self.one.context.add_init_script(KEYS)
        self.one.reach(False)
        cold_start(self.a, self.server)

    def start_second(self) -> None:
        self.b = self.two.start()
        self.two.reach(False)
        cold_start(self.b, self.server)

    def cockpit(self, page: Page) -> None:
        page.goto(f"{self.server.url}/#/f/v/{self.dossier}")
        expect(page.get_by_role("heading", name="问题 1 个")).to_be_visible()

    def note_keys(self) -> None:
        self.keys |= set(self.a.evaluate("window.keysSeen"))


def two_phones(
    server: Server, phones: Callable[..., PhoneBrowser], folder: Path
) -> tuple[PhoneBrowser, PhoneBrowser]:
    """The first one's camera sees the code at the gate, its microphone hears a rising tone."""
    code = ask(server, "lijie", "GET", f"/api/v1/enterprises/{ENTERPRISE}/code")["text"]
    camera = write_still(folder / "gate.y4m", qr_frame(code))
    tone = write_sweep(folder / "tone.wav", 200)
    senses = (
        f"--use-file-for-fake-video-capture={camera}",
        f"--use-file-for-fake-audio-capture={tone}%noloop",
    )
    return phones("one", *senses), phones("two")
