"""`anxun serve --lan`, as a phone of the network meets it."""

import os
import re
import signal
import socket
import ssl
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import segno
import zxingcpp
from PIL import Image

from backend.lan.terminal import qr_text
from tests.browser.conftest import ROOT, free_port


@dataclass(frozen=True)
class Lan:
    folder: Path
    plain: int
    https: int
    log: Path

    @property
    def terminal(self) -> str:
        return self.log.read_text(encoding="utf-8")

    def get(self, path: str) -> tuple[bytes, str]:
        with urllib.request.urlopen(f"http://127.0.0.1:{self.plain}{path}", timeout=5) as reply:
            return reply.read(), str(reply.headers["Content-Type"])


@pytest.fixture(scope="module")
def lan(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lan]:
    folder = tmp_path_factory.mktemp("lan")
    made = Lan(folder, free_port(), free_port(), folder / "terminal.txt")
    environment = {
        **os.environ,
        "ANXUN_DATA_DIR": str(folder / "data"),
        "ANXUN_PORT": str(made.plain),
        "ANXUN_HTTPS_PORT": str(made.https),
    }
    command = [sys.executable, "-m", "backend.cli", "serve", "--lan"]
    with made.log.open("wb") as log:
        running = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log)
    try:
        wait_for(made, running)
        yield made
    finally:
        running.send_signal(signal.SIGTERM)
        running.wait(timeout=20)


def wait_for(made: Lan, running: "subprocess.Popen[bytes]") -> None:
    for _ in range(300):
        try:
            made.get("/")
            socket.create_connection(("127.0.0.1", made.https), timeout=5).close()
            return
        except OSError:
            assert running.poll() is None
            signal.sigtimedwait([], 0.1)
    raise AssertionError("nobody answers")


def trusting(certificate: bytes) -> ssl.SSLContext:
    """A client that trusts this authority and nobody else, strictly."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.verify_flags |= ssl.VERIFY_X509_STRICT
    context.load_verify_locations(cadata=certificate.decode("ascii"))
    return context


def test_who_trusts_only_this_authority_reaches_the_app_over_https(lan: Lan) -> None:
    certificate, kind = lan.get("/anxun-ca.crt")
    assert kind == "application/x-x509-ca-cert"
    for host in ("127.0.0.1", "localhost"):
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(
                f"https://{host}:{lan.https}/api/v1/me", context=trusting(certificate), timeout=5
            )
        assert refused.value.code == 401
        assert refused.value.headers["Anxun-Timeline"]


def test_who_does_not_trust_it_is_not_connected(lan: Lan) -> None:
    with pytest.raises(urllib.error.URLError, match="CERTIFICATE_VERIFY_FAILED"):
        urllib.request.urlopen(f"https://127.0.0.1:{lan.https}/", timeout=5)


@pytest.mark.parametrize(
    "path", ["/api/v1/me", "/sw.js", "/index.html", "/../lan/ca.key", "/v/abc"]
)
def test_the_plain_side_has_nothing_but_the_page(lan: Lan, path: str) -> None:
    with pytest.raises(urllib.error.HTTPError) as refused:
        lan.get(path)
    assert refused.value.code == 404


def test_the_page_says_what_the_terminal_says(lan: Lan) -> None:
    page = lan.get("/")[0].decode("utf-8")
    (fingerprint,) = re.findall(r"(?:[0-9A-F]{2}:){31}[0-9A-F]{2}", lan.terminal)
    assert fingerprint in page
    (app,) = set(re.findall(r'href="(https://[^"]+)"', page))
    assert app.endswith(f":{lan.https}")
    assert f"信任后扫码打开安巡：{app}" in lan.terminal
    for phone in ("安卓", "鸿蒙", "iOS"):
        assert phone in page


def test_the_set_up_link_leads_to_the_app(lan: Lan) -> None:
    (app,) = re.findall(r"信任后扫码打开安巡：(\S+)", lan.terminal)
    (link,) = re.findall(r"(\S+)/#/setup/", lan.terminal)
    assert link == app


def test_the_drawn_code_is_read_back() -> None:
    address = "https://192.168.1.20:8443"
    lines = [line[len("\x1b[30;107m") : -len("\x1b[0m")] for line in qr_text(address).splitlines()]
    halves = {" ": (0, 0), "▀": (1, 0), "▄": (0, 1), "█": (1, 1)}
    dark = [[halves[mark][half] for mark in line] for line in lines for half in (0, 1)]
    assert len(dark[0]) == segno.make(address, error="m", micro=False).symbol_size(border=3)[0]
    picture = Image.new("L", (len(dark[0]), len(dark)))
    picture.putdata([0 if module else 255 for row in dark for module in row])
    (read,) = zxingcpp.read_barcodes(picture.resize((len(dark[0]) * 8, len(dark) * 8), 0))
    assert read.text == address
