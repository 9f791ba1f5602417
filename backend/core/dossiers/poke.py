"""Poke: telling open streams that a dossier has moved, so that phones pull at once.

Workers of other processes are noticed by polling `dossier.seq`; this process wakes its own streams.
A poke carries no data but `{dossier: seq}`.
"""

import asyncio
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

import msgspec
from litestar.response.sse import ServerSentEventMessage

_HEARTBEAT_S = 15


@dataclass(slots=True, eq=False)
class Listening:
    """One open stream: the dossiers it follows and what has moved since it last looked."""

    dossiers: frozenset[str]
    moved: dict[str, int] = field(default_factory=dict)
    event: asyncio.Event = field(default_factory=asyncio.Event)


@dataclass(slots=True)
class Poke:
    """All open streams of this process. `stop` ends them at shutdown."""

    streams: set[Listening] = field(default_factory=set)
    stopped: bool = False

    def wake(self, seq: Mapping[str, int]) -> None:
        """Tell every stream that follows one of the dossiers."""
        for stream in self.streams:
            mine = {name: at for name, at in seq.items() if name in stream.dossiers}
            if mine:
                stream.moved |= mine
                stream.event.set()

    @contextmanager
    def listen(self, dossiers: frozenset[str]) -> Iterator[Listening]:
        """Follow some dossiers; leaving is synchronous, so a cancelled stream leaves no trace."""
        stream = Listening(dossiers)
        self.streams.add(stream)
        try:
            yield stream
        finally:
            self.streams.discard(stream)

    def followed(self) -> set[str]:
        """Every dossier somebody follows."""
        return {name for stream in self.streams for name in stream.dossiers}

    def stop(self) -> None:
        """End every stream."""
        self.stopped = True
        for stream in self.streams:
            stream.event.set()


async def hints(poke: Poke, names: frozenset[str]) -> AsyncIterator[ServerSentEventMessage]:
    """Woken in this process at once; moves of other processes are seen by the poll loop."""
    yield ServerSentEventMessage(data="{}", retry=3000)
    with poke.listen(names) as stream:
        while not poke.stopped:
            try:
                await asyncio.wait_for(stream.event.wait(), _HEARTBEAT_S)
            except TimeoutError:
                yield ServerSentEventMessage(comment="")
                continue
            stream.event.clear()
            moved, stream.moved = stream.moved, {}
            if moved:
                yield ServerSentEventMessage(data=msgspec.json.encode(moved).decode("ascii"))
