"""A real server in a process of its own, real Chromium, phones whose profiles survive a kill."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, sync_playwright

ROOT = Path(__file__).parents[2]
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
FAKE_DEVICES = ("--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream")
PRINT = "window.print = () => { top.printed = (top.printed ?? 0) + 1 }"
"""There is no printer here: the system's dialog is counted instead of opened."""

PASSWORD = "anxun-demo"
PIN = "20261123"


def launch_options(*flags: str) -> dict[str, Any]:
    names = ("chromium", "chromium-browser", "google-chrome")
    path = os.environ.get("CHROME_PATH") or next(filter(None, map(shutil.which, names)), None)
    return {"executable_path": path, "headless": True, "args": [*FLAGS, *flags]}


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    running = playwright.chromium.launch(**launch_options())
    yield running
    running.close()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Server:
    """`anxun serve` on a folder; it can be killed and started again on the same port."""

    folder: Path
    port: int = field(default_factory=free_port)
    environment: dict[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None
    tokens: dict[str, str] = field(default_factory=dict)

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    def _environment(self) -> dict[str, str]:
        own = {
            "ANXUN_DATA_DIR": str(self.folder),
            "ANXUN_PORT": str(self.port),
            "ANXUN_PUBLIC_URL": self.url,
            **self.environment,
        }
        return {**os.environ, **own}

    def run(self, *arguments: str) -> str:
        command = [sys.executable, "-m", "backend.cli", *arguments]
        done = subprocess.run(
            command, cwd=ROOT, env=self._environment(), check=True, capture_output=True, timeout=120
        )
        return done.stdout.decode("utf-8")

    def start(self, said: int | IO[bytes] | None = None) -> "Server":
        """Serves when this returns. `said` is where its words go (a file, `subprocess.PIPE`)."""
        command = [sys.executable, "-u", "-m", "backend.cli", "serve"]
        self.process = subprocess.Popen(command, cwd=ROOT, env=self._environment(), stdout=said)
        for _ in range(600):
            try:
                urllib.request.urlopen(f"{self.url}/api/v1/me", timeout=1)
            except urllib.error.HTTPError:
                return self
            except OSError:
                if self.process.poll() is not None:
                    raise RuntimeError("the server ended") from None
                signal.sigtimedwait([], 0.1)
        raise RuntimeError("the server did not start")

    def kill(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.kill()
            self.process.wait()

    def login(self, login: str) -> str:
        """A bearer token, for what a test looks up beside the screens; one a story."""
        if login in self.tokens:
            return self.tokens[login]
        body = f'{{"login":"{login}","password":"{PASSWORD}"}}'.encode()
        request = urllib.request.Request(
            f"{self.url}/api/v1/session", body, {"Content-Type": "application/json"}
        )
        with urllib.request.urlopen(request, timeout=10) as reply:
            self.tokens[login] = str(json.load(reply)["token"])
        return self.tokens[login]


@pytest.fixture
def server_environment() -> dict[str, str]:
    """Settings of the server; a story overrides it."""
    return {}


@pytest.fixture
def server(tmp_path: Path, server_environment: dict[str, str]) -> Iterator[Server]:
    running = Server(tmp_path / "server", environment=server_environment)
    running.run("demo")
    running.start()
    yield running
    running.kill()


@pytest.fixture
def enterprise(browser: Browser) -> Iterator[Page]:
    """A phone that is not ours: no script, as in a locked-down or old web view."""
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, java_script_enabled=False, locale="zh-CN"
    )
    page = context.new_page()
    page.set_default_timeout(15_000)
    yield page
    context.close()


@dataclass
class PhoneBrowser:
    """One phone: a browser on a profile folder that can be killed and started again."""

    playwright: Playwright
    folder: Path
    url: str
    flags: tuple[str, ...] = FAKE_DEVICES
    context: BrowserContext | None = None

    def start(self) -> Page:
        device = self.playwright.devices["Pixel 7"]
        self.context = self.playwright.chromium.launch_persistent_context(
            self.folder,
            **{key: value for key, value in device.items() if key != "default_browser_type"},
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            permissions=["camera", "microphone", "notifications", "geolocation"],
            geolocation={"latitude": 43.969, "longitude": 87.234, "accuracy": 9},
            **launch_options(*self.flags),
        )
        self.context.add_init_script(PRINT)
        page = self.context.pages[0] if self.context.pages else self.context.new_page()
        page.set_default_timeout(20_000)
        return page

    def kill(self) -> None:
        """SIGKILL the whole browser, as when the battery falls out."""
        assert self.context
        assert self.context.browser
        session = self.context.browser.new_browser_cdp_session()
        processes = session.send("SystemInfo.getProcessInfo")["processInfo"]
        os.kill(next(p["id"] for p in processes if p["type"] == "browser"), signal.SIGKILL)
        try:
            self.context.close()
        except Exception:
            self.context = None

    def reach(self, network: bool) -> None:
        """Whether this phone has a network."""
        assert self.context
        self.context.set_offline(not network)

    def close(self) -> None:
        if self.context:
            self.context.close()
            self.context = None


@pytest.fixture
def phones(
    playwright: Playwright, server: Server, tmp_path: Path
) -> Iterator[Callable[..., PhoneBrowser]]:
    made: list[PhoneBrowser] = []

    def make(name: str, *flags: str) -> PhoneBrowser:
        phone = PhoneBrowser(playwright, tmp_path / name, server.url, (*FAKE_DEVICES, *flags))
        made.append(phone)
        return phone

    yield make
    for phone in made:
        phone.close()
