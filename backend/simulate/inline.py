"""SQLite on the event loop's own thread.

A server must not stand still while a statement runs, so there the driver keeps a thread for each
connection. The simulator asks one thing at a time: the way to a thread and back, four times a
statement, was most of what a history cost.
"""

import sqlite3
from collections.abc import Callable, Generator
from functools import partial
from pathlib import Path
from typing import Any

import aiosqlite

_CHUNK = 64


class _AtOnce:
    """Stands where the driver's queue to its thread stood, and does the work itself."""

    def put_nowait(self, asked: tuple[Any, Callable[[], Any]]) -> None:
        future, work = asked
        try:
            result = work()
        except BaseException as error:
            if future is None:
                raise
            future.set_exception(error)
        else:
            if future is not None:
                future.set_result(result)


class InlineConnection(aiosqlite.Connection):
    """The driver's connection without its thread."""

    def __init__(self, file: Path) -> None:
        super().__init__(partial(sqlite3.connect, file), _CHUNK)
        self._tx: Any = _AtOnce()

    def __await__(self) -> Generator[Any, None, aiosqlite.Connection]:
        return self._connect().__await__()


async def connect(file: Path) -> aiosqlite.Connection:
    """Open a database file."""
    return await InlineConnection(file)
