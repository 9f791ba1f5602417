"""执法证 of a bureau's people: added, renewed, suspended, restored, and whose end is near (S3-1.1)."""

from dataclasses import dataclass

from backend.core.database import Connection
from backend.core.problems import Problem
from backend.features.identity.model import Certificate
from backend.features.identity.rules.certificates import certificate_fault, warning_step
from backend.features.identity.service.people import Actor, person_of, reason_of
from backend.features.identity.service.posts import bureau_pack, sectors_of
from backend.features.identity.tables import people as p
from backend.features.identity.tables.auditing import write_audit

GENERAL = "综合"
"""Scope of a certificate that covers every sector."""


async def certify(connection: Connection, actor: Actor, officer: str, held: Certificate) -> None:
    """A new certificate, or one he has with new dates (换证); a suspension does not end by it.

    Raises:
        Problem: 404 `officer`; 422 `certificate` or `scope`; 409 `number_taken`.
    """
    account = await person_of(connection, actor.bureau, officer)
    fault = certificate_fault(held)
    if fault:
        raise Problem(422, "certificate", f"{fault}。没有登记，请改好再登记。")
    known = {GENERAL, *sectors_of(await bureau_pack(connection, actor.bureau))}
    if not set(held.scope) <= known:
        raise Problem(422, "scope", "执法范围里有本地区没有的行业。没有登记，请重新选。")
    other = await p.holder_of(connection, actor.bureau, held.number)
    if other not in (None, officer):
        raise Problem(409, "number_taken", "这个证号登记在另一人名下。没有登记，请核对证号。")
    before = next((c for c in account.subject.certificates if c.number == held.number), None)
    kept = Certificate(
        held.number, held.scope, held.issued, held.until, bool(before and before.suspended)
    )
    await p.keep_certificate(connection, officer, kept)
    act = "renew_certificate" if before else "add_certificate"
    dates = f"{held.issued} {held.until}"
    detail = f"{before.issued} {before.until} > {dates}" if before else dates
    await write_audit(connection, actor.now, actor.officer, act, officer, detail)


@dataclass(frozen=True, slots=True)
class Suspension:
    """One certificate suspended or restored, and why."""

    number: str
    suspended: bool
    words: str


async def suspend(connection: Connection, actor: Actor, officer: str, wanted: Suspension) -> None:
    """From the next contact on, no phone counts him as an officer by it; or does again.

    Raises:
        Problem: 404 `officer` or `certificate`; 422 `words`.
    """
    account = await person_of(connection, actor.bureau, officer)
    held = next((c for c in account.subject.certificates if c.number == wanted.number), None)
    if held is None:
        raise Problem(404, "certificate", "没有这份证件，什么也没有改动。")
    reason = reason_of(wanted.words)
    kept = Certificate(held.number, held.scope, held.issued, held.until, wanted.suspended)
    await p.keep_certificate(connection, officer, kept)
    act = "suspend_certificate" if wanted.suspended else "restore_certificate"
    await write_audit(connection, actor.now, actor.officer, act, officer, reason)


@dataclass(frozen=True, slots=True)
class Expiring:
    """Whose last certificate ends: `step` is the warning that is due, in days; 0: it is over."""

    officer: str
    name: str
    until: str
    step: int


async def expiring(connection: Connection, bureau: str, day: str) -> list[Expiring]:
    """Serving officers whose certificates end within the pack's days, or have ended."""
    pack = await bureau_pack(connection, bureau)
    steps = pack.setting("certificate.warn_days", list[int])
    found = []
    for each in await p.people_of(connection, bureau):
        held = each.subject.certificates
        step = warning_step(held, day, steps) if each.subject.active else -1
        if step >= 0:
            until = max(c.until for c in held if not c.suspended)
            found.append(Expiring(each.subject.officer, each.name, until, step))
    return sorted(found, key=lambda each: (each.until, each.officer))
