"""Who sits before a screen: officers with a phone in the hand, the office at its desks."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, Page, Playwright

from tests.browser.conftest import FAKE_DEVICES, PRINT, Server, launch_options
from tests.browser.lab.fakes import qr_frame, write_still
from tests.browser.looks import DESK, PHONE
from tests.browser.office import ENTERPRISE, ask


@dataclass
class Seats:
    """One browser whose camera sees the code at the gate; a profile of its own for each person."""

    browser: Browser
    url: str
    errors: list[str] = field(default_factory=list)

    def phone(self) -> Page:
        return self._sit(PHONE, touch=True)

    def desk(self) -> Page:
        return self._sit(DESK, touch=False)

    def _sit(self, size: tuple[int, int], touch: bool) -> Page:
        context = self.browser.new_context(
            viewport={"width": size[0], "height": size[1]},
            has_touch=touch,
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            color_scheme="light",
            reduced_motion="reduce",
            permissions=["camera", "microphone", "geolocation"],
            geolocation={"latitude": 43.969, "longitude": 87.234, "accuracy": 9},
        )
        context.add_init_script(PRINT)
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        return page


@contextmanager
def seats(playwright: Playwright, server: Server, folder: Path) -> Iterator[Seats]:
    code = ask(server, "lijie", "GET", f"/api/v1/enterprises/{ENTERPRISE}/code")["text"]
    camera = write_still(folder / "gate.y4m", qr_frame(code))
    seen = f"--use-file-for-fake-video-capture={camera}"
    browser = playwright.chromium.launch(**launch_options(*FAKE_DEVICES, seen))
    yield Seats(browser, server.url)
    browser.close()
