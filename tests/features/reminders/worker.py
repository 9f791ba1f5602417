"""A worker process for the kill test: rings one officer after another until nothing is due.

Arguments: database URL, VAPID key file folder, the time it takes to be (UTC ms).
"""

import asyncio
import sys
from pathlib import Path
from typing import Any

from backend.core.clock import FixedClock
from backend.core.database import Database
from backend.core.ids import SystemIds
from backend.core.signing import KeyPair, ServerKeys
from backend.features.deadlines import public


async def work(url: str, keys: str, now: int) -> None:
    database, clock = Database(url), FixedClock(now)
    guard = public.EndpointGuard(frozenset({"127.0.0.1"}), public.resolve_host)
    vapid = ServerKeys.at(Path(keys)).vapid
    async with push_to(vapid, clock, guard) as sender:
        while await public.run_due(database, sender, clock, SystemIds(), limit=1):
            pass
    await database.close()


def push_to(vapid: KeyPair, clock: FixedClock, guard: public.EndpointGuard) -> Any:
    return public.push_sender(vapid, clock, "https://anxun.example", guard)


if __name__ == "__main__":
    asyncio.run(work(sys.argv[1], sys.argv[2], int(sys.argv[3])))
