"""Push endpoints are user input: the guard against being sent to addresses inside (SSRF).

A host's addresses are judged where they are used: the client connects to exactly those that the
guard has just passed, so a name that resolves inward a second later gains nothing.
"""

import asyncio
import socket
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from ipaddress import IPv6Address, IPv6Network, ip_address
from urllib.parse import urlsplit

from aiohttp.abc import AbstractResolver, ResolveResult

MAX_LENGTH = 1024
HTTPS_PORT = 443
_NAT64 = IPv6Network("64:ff9b::/96")

Resolve = Callable[[str], Awaitable[Sequence[str]]]
"""The addresses of a host name; OSError if there are none."""


class ForbiddenEndpoint(Exception):
    """No https endpoint of a public host. The message is for the log, without the path."""


@dataclass(frozen=True, slots=True)
class EndpointGuard:
    """Which endpoints may be called. Hosts in `allow` (ANXUN_PUSH_ALLOW) are exempt from all of it."""

    allow: frozenset[str]
    resolve: Resolve

    async def check(self, endpoint: str) -> None:
        """ForbiddenEndpoint unless the form is right and every address of the host is public."""
        await self.addresses(self.host_of(endpoint))

    def host_of(self, endpoint: str) -> str:
        """The host of an endpoint of right form; ForbiddenEndpoint otherwise. An address is judged
        here already, for no client asks a resolver for it."""
        try:
            parts = urlsplit(endpoint)
            host, port = parts.hostname or "", parts.port
        except ValueError as error:
            raise ForbiddenEndpoint("not a URL") from error
        if host in self.allow and parts.scheme in ("https", "http"):
            return host
        plain = endpoint.isascii() and endpoint.isprintable() and " " not in endpoint
        if not plain or len(endpoint) > MAX_LENGTH or "\\" in endpoint:
            raise ForbiddenEndpoint("not a URL")
        if parts.scheme != "https" or not host or "@" in parts.netloc:
            raise ForbiddenEndpoint("not https")
        if port not in (None, HTTPS_PORT):
            raise ForbiddenEndpoint("not the https port")
        if _is_address(host) and not is_public(host):
            raise ForbiddenEndpoint("an address inside")
        return host

    async def addresses(self, host: str) -> Sequence[str]:
        """Where the host may be called; ForbiddenEndpoint if one of its addresses is inside."""
        try:
            found = [host] if _is_address(host) else await self.resolve(host)
        except (OSError, UnicodeError) as error:
            raise ForbiddenEndpoint("no such host") from error
        if host not in self.allow and not (found and all(map(is_public, found))):
            raise ForbiddenEndpoint("a host inside")
        return found


class GuardedResolver(AbstractResolver):
    """Gives the HTTP client only addresses that the guard has passed."""

    def __init__(self, guard: EndpointGuard) -> None:
        self.guard = guard

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        """OSError, as the client expects it of a resolver."""
        try:
            found = await self.guard.addresses(host)
        except ForbiddenEndpoint as error:
            raise OSError(str(error)) from error
        return [
            ResolveResult(
                hostname=host,
                host=address,
                port=port,
                family=socket.AF_INET6 if ":" in address else socket.AF_INET,
                proto=socket.IPPROTO_TCP,
                flags=socket.AI_NUMERICHOST,
            )
            for address in found
        ]

    async def close(self) -> None:
        """Nothing is held."""


async def resolve_host(host: str) -> Sequence[str]:
    """The system's answer."""
    found = await asyncio.get_running_loop().getaddrinfo(host, None, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


def is_public(text: str) -> bool:
    """Neither inside, nor a group, nor an IPv4 address in an IPv6 coat."""
    address = ip_address(text)
    if isinstance(address, IPv6Address) and (
        address.ipv4_mapped or address.sixtofour or address.teredo or address in _NAT64
    ):
        return False
    return address.is_global and not address.is_multicast


def _is_address(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True
