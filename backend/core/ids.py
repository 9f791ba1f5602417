"""The only door to chance: ids and tokens."""

import random
import secrets
from typing import Protocol

_ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789"


class Ids(Protocol):
    """Where ids come from."""

    def hex(self, digits: int) -> str:
        """Random lower-case hex of so many digits."""

    def device(self) -> str:
        """A device id of an enrolment: 12 of `[a-z0-9]`, without look-alikes."""

    def token(self) -> str:
        """256 bits, base64url."""


class SystemIds:
    """The operating system's generator."""

    def hex(self, digits: int) -> str:
        """Random lower-case hex of so many digits."""
        return secrets.token_hex((digits + 1) // 2)[:digits]

    def device(self) -> str:
        """A device id; never begins with `s`, which is the server's (LG6)."""
        rest = "".join(secrets.choice(_ALPHABET) for _ in range(11))
        return secrets.choice(_ALPHABET.replace("s", "")) + rest

    def token(self) -> str:
        """256 bits, base64url."""
        return secrets.token_urlsafe(32)


class SeededIds:
    """Repeatable ids for the simulator; never for a real server."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)

    def hex(self, digits: int) -> str:
        """Lower-case hex of so many digits."""
        return f"{self._random.getrandbits(4 * digits):0{digits}x}"

    def device(self) -> str:
        """A device id."""
        return "d" + "".join(self._random.choice(_ALPHABET) for _ in range(11))

    def token(self) -> str:
        """64 hex digits."""
        return self.hex(64)
