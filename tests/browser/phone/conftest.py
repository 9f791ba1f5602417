"""One phone in a running visit, shared by what is tried on it: log in, scan in and record once."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import CDPSession, Page, Playwright, ViewportSize, expect

from tests.browser.conftest import FAKE_DEVICES, PhoneBrowser, Server
from tests.browser.lab.fakes import qr_frame, write_still
from tests.browser.office import ENTERPRISE, approved_inspection, ask
from tests.browser.screens.routes import go_to
from tests.browser.visit import at_the_door, dock, enter, ready_to_go, scan_in, today

PORTRAIT: ViewportSize = {"width": 390, "height": 780}
_RECORDER = "[role=timer]"


@dataclass
class Visiting:
    """The officer's phone after the arrival; `finding` is the first problem, still empty."""

    server: Server
    phone: PhoneBrowser
    page: Page
    dossier: str
    finding: str = ""

    @property
    def cdp(self) -> CDPSession:
        assert self.phone.context
        return self.phone.context.new_cdp_session(self.page)

    def go(self, path: str = "") -> None:
        """To a screen of the visit by its address."""
        go_to(self.page, self.server.url, f"/f/v/{self.dossier}{path}")

    def path(self) -> str:
        return str(self.page.evaluate("location.hash.slice(1).split('?')[0]"))

    def records(self) -> bool:
        """The recording runs on: its time moves."""
        timer = self.page.locator(_RECORDER)
        now = timer.inner_text()
        expect(timer).not_to_have_text(now)
        return True


@pytest.fixture(scope="package")
def visiting(
    playwright: Playwright, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Visiting]:
    folder = tmp_path_factory.mktemp("phone")
    server = Server(folder / "server")
    server.run("demo")
    server.start()
    dossier = approved_inspection(server, today())
    code = ask(server, "lijie", "GET", f"/api/v1/enterprises/{ENTERPRISE}/code")["text"]
    film = write_still(folder / "code.y4m", qr_frame(code))
    flags = (*FAKE_DEVICES, f"--use-file-for-fake-video-capture={film}")
    phone = PhoneBrowser(playwright, folder / "lijie", server.url, flags)
    page = phone.start()
    enter(page, server, "lijie")
    ready_to_go(page)
    scan_in(page)
    at_the_door(page)
    visit = Visiting(server, phone, page, dossier)
    dock(page, "记问题")
    expect(page.get_by_label("存在的问题")).to_be_visible()
    visit.finding = visit.path()
    page.go_back()
    yield visit
    phone.close()
    server.kill()


@pytest.fixture(autouse=True)
def upright(visiting: Visiting) -> None:
    """Each test begins in the cockpit, the phone upright."""
    visiting.page.set_viewport_size(PORTRAIT)
    visiting.go()
