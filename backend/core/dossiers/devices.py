"""Enrolments as the log knows them: a device, its officer and key; and the server's timeline."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from backend.core.database import Connection, insert_if_absent
from backend.core.dossiers import tables as t
from backend.core.signing import KeyPair
from sync.server.chain import FIRST_PREV, signed_text
from sync.server.wire import Beacon, Hello


@dataclass(frozen=True, slots=True)
class Device:
    """One enrolment: one officer in one browser profile."""

    device: str
    officer: str
    public_key: str
    name: str
    revoked: bool


async def enrol(connection: Connection, device: Device, now: int) -> None:
    """Register a device with its first epoch."""
    await connection.execute(
        t.device.insert().values(
            device=device.device,
            officer=device.officer,
            public_key=device.public_key,
            name=device.name,
            enrolled=now,
        )
    )
    await connection.execute(
        t.device_epoch.insert().values(device=device.device, epoch=1, n=0, hash=FIRST_PREV)
    )


async def find_device(connection: Connection, device: str) -> Device | None:
    """One enrolment, revoked ones included: their unsent work still comes in."""
    query = sa.select(t.device).where(t.device.c.device == device)
    row = (await connection.execute(query)).first()
    if row is None:
        return None
    return Device(row.device, row.officer, row.public_key, row.name, row.revoked is not None)


async def devices_of(connection: Connection, officers: Collection[str]) -> dict[str, list[str]]:
    """By officer: every enrolment, ended ones too, in the order they were made."""
    query = (
        sa.select(t.device.c.officer, t.device.c.device)
        .where(t.device.c.officer.in_(officers))
        .order_by(t.device.c.enrolled, t.device.c.device)
    )
    found: dict[str, list[str]] = {}
    for row in await connection.execute(query):
        found.setdefault(row.officer, []).append(row.device)
    return found


@dataclass(frozen=True, slots=True)
class Enrolment:
    """An enrolment as an administrator sees it. `unsent`: as last told; None where it never was."""

    device: str
    officer: str
    name: str
    enrolled: int
    revoked: int | None
    revoked_words: str
    last_contact: int | None
    skew: int
    unsent: int | None


async def enrolments_of(connection: Connection, officers: Collection[str]) -> list[Enrolment]:
    """Every enrolment of these officers, the newest first."""
    had = sa.and_(
        t.device_epoch.c.device == t.device.c.device,
        t.device_epoch.c.epoch == t.device.c.said_epoch,
    )
    query = (
        sa.select(t.device, t.device_epoch.c.n)
        .outerjoin(t.device_epoch, had)
        .where(t.device.c.officer.in_(officers))
        .order_by(t.device.c.enrolled.desc(), t.device.c.device)
    )
    return [_enrolment(row) for row in await connection.execute(query)]


def _enrolment(row: Any) -> Enrolment:
    told = row.said_n is not None and row.n is not None
    return Enrolment(
        device=row.device,
        officer=row.officer,
        name=row.name,
        enrolled=row.enrolled,
        revoked=row.revoked,
        revoked_words=row.revoked_words,
        last_contact=row.last_contact,
        skew=row.skew,
        unsent=max(0, row.said_n - row.n) if told else None,
    )


async def revoke_device(connection: Connection, device: str, now: int, words: str = "") -> bool:
    """End an enrolment; answers whether it was active."""
    result = await connection.execute(
        t.device.update()
        .where(t.device.c.device == device, t.device.c.revoked.is_(None))
        .values(revoked=now, revoked_words=words)
    )
    return result.rowcount == 1


async def touch(connection: Connection, hello: Hello, device: str, now: int) -> None:
    """Remember the last contact, how far the phone's clock is off (ms; positive: ahead), and how
    far its chain goes."""
    await connection.execute(
        t.device.update()
        .where(t.device.c.device == device)
        .values(last_contact=now, skew=hello.now - now, said_epoch=hello.epoch, said_n=hello.n)
    )


async def read_timeline(connection: Connection) -> str:
    """SN11."""
    return str(await connection.scalar(sa.select(t.server.c.timeline)))


async def begin_timeline(connection: Connection, timeline: str) -> None:
    """The first start of a server; later starts change nothing."""
    await connection.execute(
        insert_if_absent(t.server, connection.dialect.name), {"id": 1, "timeline": timeline}
    )


async def change_timeline(connection: Connection, timeline: str) -> None:
    """What a restore does: phones then offer again what the restored server lacks."""
    await connection.execute(t.server.update().values(timeline=timeline))


async def note_backed_up(connection: Connection, until: int) -> None:
    """Everything received up to `until` (UTC ms) lies in a backup; never moves back."""
    await connection.execute(
        t.server.update().where(t.server.c.backed_up < until).values(backed_up=until)
    )


async def read_backed_up(connection: Connection) -> int:
    """Until when (UTC ms) what was received lies in a backup; 0 where none was ever made."""
    return int(await connection.scalar(sa.select(t.server.c.backed_up)) or 0)


async def backed_up_number(connection: Connection, device: str, epoch: int) -> int:
    """The last number of an epoch that lies in a backup, quarantined ones included (SN9)."""
    until = sa.select(t.server.c.backed_up).scalar_subquery()
    found = [
        await connection.scalar(
            sa.select(rows.c.n)
            .where(rows.c.device == device, rows.c.epoch == epoch, rows.c.received <= until)
            .order_by(rows.c.n.desc())
            .limit(1)
        )
        for rows in (t.changeset, t.quarantine)
    ]
    return max(n or 0 for n in found)


def beacon(key: KeyPair, timeline: str, device: str, now: int) -> Beacon:
    """The server's time, signed for one device (SPEC signed texts)."""
    return Beacon(
        key=key.id,
        now=now,
        signature=key.sign(signed_text("beacon", key.id, timeline, device, now)),
    )
