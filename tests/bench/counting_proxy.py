"""A TCP proxy on loopback that counts bytes both ways."""

import asyncio


class CountingProxy:
    """Forwards connections to `target`; `taken()` answers the bytes since it was last asked."""

    def __init__(self, target: int) -> None:
        self.target = target
        self.port = 0
        self._bytes = 0

    async def start(self) -> None:
        server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.port = server.sockets[0].getsockname()[1]

    def taken(self) -> int:
        taken, self._bytes = self._bytes, 0
        return taken

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        onward, back = await asyncio.open_connection("127.0.0.1", self.target)
        await asyncio.gather(self._pump(reader, back), self._pump(onward, writer))

    async def _pump(self, source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
        try:
            while data := await source.read(65_536):
                self._bytes += len(data)
                sink.write(data)
                await sink.drain()
        except ConnectionError:
            pass
        finally:
            sink.close()
