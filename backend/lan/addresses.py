"""By which addresses and names the phones of this network reach this machine."""

import socket
from dataclasses import dataclass
from ipaddress import IPv4Address

_OUTWARD = ("10.255.255.254", "172.31.255.254", "192.168.255.254", "192.0.2.254")
"""One address in each kind of local network; the way there tells the own address."""


@dataclass(frozen=True, slots=True)
class Reached:
    """`addresses` begin with the one phones are told; each name and address stands once."""

    addresses: tuple[str, ...]
    names: tuple[str, ...]


def find() -> Reached:
    """As it is at this moment: a lease of the router's may bring another address."""
    host = socket.gethostname().lower().split(".")[0]
    found = dict.fromkeys(filter(_is_local, (*map(_own_towards, _OUTWARD), *_resolved(host))))
    return Reached((*found, "127.0.0.1"), (host, f"{host}.local", "localhost"))


def _own_towards(there: str) -> str:
    """Nothing is sent: a datagram socket only asks for the way."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect((there, 9))
        except OSError:
            return ""
        return str(probe.getsockname()[0])


def _resolved(host: str) -> list[str]:
    try:
        found = socket.getaddrinfo(host, None, socket.AF_INET, socket.SOCK_STREAM)
    except OSError:
        return []
    return [str(where[0]) for *_, where in found]


def _is_local(address: str) -> bool:
    """A public address is nothing for a certificate of one's own."""
    return bool(address) and (ip := IPv4Address(address)).is_private and not ip.is_loopback
