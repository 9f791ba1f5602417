"""Enrolments as the administrator sees them, and how one ends."""

from backend.core.database import Connection
from backend.core.dossiers.devices import Enrolment, enrolments_of, find_device, revoke_device
from backend.core.problems import Problem
from backend.core.sessions import end_sessions_of
from backend.features.identity.service.people import Actor, reason_of
from backend.features.identity.tables import find_account
from backend.features.identity.tables import people as p
from backend.features.identity.tables.auditing import write_audit


async def phones_of(connection: Connection, bureau: str) -> list[Enrolment]:
    """Every enrolment of the bureau's people, ended ones too."""
    people = await p.people_of(connection, bureau)
    return await enrolments_of(connection, [each.subject.officer for each in people])


async def revoke(connection: Connection, actor: Actor, device: str, words: str) -> None:
    """停用一台手机: sessions of its officer end; another phone of his opens a new one by its PIN.

    What it has not sent stays sealed on it: records come in by the lifeboat (architecture.md 3), the
    files of evidence it had recorded after its officer has given his password on it.

    Raises:
        Problem: 404 `enrolment`; 422 `words`; 409 `revoked`.
    """
    found = await find_device(connection, device)
    holder = await find_account(connection, id=found.officer) if found else None
    if holder is None or holder.subject.bureau != actor.bureau:
        raise Problem(404, "enrolment", "没有这台手机的登记，什么也没有改动。")
    reason = reason_of(words)
    if not await revoke_device(connection, device, actor.now, reason):
        raise Problem(409, "revoked", "这台手机已经停用，没有改动。")
    await end_sessions_of(connection, holder.subject.officer, actor.now)
    await write_audit(connection, actor.now, actor.officer, "revoke_enrolment", device, reason)
