"""What deadlines tell to whoever keeps the server: reminders that went out, failed, or wait."""

from sqlalchemy.ext.asyncio import AsyncConnection

from backend.core.metrics import Reading
from backend.features.deadlines.tables import inbox, reminders


async def readings(connection: AsyncConnection, now: int) -> list[Reading]:
    """sent, gone, retry, refused as push services answered; and what is due but not told."""
    found = await inbox.outcomes(connection)
    attempts = [
        Reading("anxun_push_attempts", found.get(outcome, 0), {"outcome": outcome})
        for outcome in ("sent", "gone", "retry", "refused")
    ]
    return [*attempts, Reading("anxun_reminders_late", await reminders.waiting(connection, now))]
