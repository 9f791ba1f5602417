"""Https for the app, plain http for the page of trust, in one process until stopped."""

import asyncio
import logging
import sys
from dataclasses import dataclass, replace
from typing import Any

import uvicorn

from backend.core.clock import Clock
from backend.lan import addresses
from backend.lan.addresses import Reached
from backend.lan.authority import Files, Pair, authority, renew
from backend.lan.terminal import steps
from backend.lan.trust import trust_app
from backend.settings import Settings

_LOOK_AGAIN_S = 60
_EVERYWHERE = "0.0.0.0"
"""Phones shall reach it."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Lan:
    """This machine in its network, with certificates that fit."""

    files: Files
    issuer: Pair
    reached: Reached
    port: int

    @property
    def urls(self) -> tuple[str, ...]:
        """The app's addresses, the one phones are told first."""
        hosts = self.reached.addresses[:-1] or self.reached.addresses
        return tuple(f"https://{host}:{self.port}" for host in hosts)

    def settled(self, settings: Settings) -> Settings:
        """Whatever names the app names it by its first address here, or by the one it was given."""
        if settings.public_url.startswith("https://"):
            return settings
        return replace(settings, public_url=self.urls[0])


def prepare(settings: Settings, clock: Clock) -> Lan:
    """Authority and certificate for the addresses of now."""
    files, reached, now = Files(settings.data_dir / "lan"), addresses.find(), clock.now()
    issuer = authority(files, reached, now)
    renew(files, issuer, reached, now)
    return Lan(files, issuer, reached, settings.https_port)


def serve(lan: Lan, plain_port: int, clock: Clock, app: Any, **how: Any) -> None:
    """The app, and on `plain_port` the page of trust; `how` goes to uvicorn."""
    asyncio.run(_run(lan, plain_port, clock, app, how))


async def _run(lan: Lan, plain_port: int, clock: Clock, app: Any, how: dict[str, Any]) -> None:
    files = lan.files
    https = uvicorn.Config(
        app,
        host=_EVERYWHERE,
        port=lan.port,
        ssl_certfile=files.certificate,
        ssl_keyfile=files.key,
        **how,
    )
    https.load()
    page = trust_app(lan.issuer.pem, lan.issuer.fingerprint, lan.urls[0])
    plain = uvicorn.Config(page, host=_EVERYWHERE, port=plain_port, lifespan="off", **how)
    trust_url = f"http://{lan.reached.addresses[0]}:{plain_port}"
    sys.stdout.write(steps(trust_url, lan.urls[0], lan.urls[1:], lan.issuer.fingerprint))
    sys.stdout.flush()
    looking = asyncio.create_task(_keep_fresh(lan, clock, https))
    await asyncio.gather(uvicorn.Server(https).serve(), uvicorn.Server(plain).serve())
    looking.cancel()


async def _keep_fresh(lan: Lan, clock: Clock, https: uvicorn.Config) -> None:
    """The router may give another address, and a trial may outlast the certificate."""
    while True:
        await asyncio.sleep(_LOOK_AGAIN_S)
        if not await asyncio.to_thread(renewed, lan, clock) or https.ssl is None:
            continue
        https.ssl.load_cert_chain(lan.files.certificate, lan.files.key)
        _log.warning("certificate made anew for the addresses of now")


def renewed(lan: Lan, clock: Clock) -> bool:
    """Whether the certificate had to be made anew under the authority phones trust already."""
    return renew(lan.files, lan.issuer, addresses.find(), clock.now())
