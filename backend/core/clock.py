"""The only door to "now" (style.md 11)."""

import time
from dataclasses import dataclass
from typing import Protocol


class Clock(Protocol):
    """Wall time."""

    def now(self) -> int:
        """UTC milliseconds."""


class SystemClock:
    """The machine's clock."""

    def now(self) -> int:
        """UTC milliseconds."""
        return time.time_ns() // 1_000_000


@dataclass
class FixedClock:
    """A clock somebody sets: tests and the simulator."""

    ms: int

    def now(self) -> int:
        """UTC milliseconds, as last set."""
        return self.ms
