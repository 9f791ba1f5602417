"""`/api/v1/admin/enrolments` and `/audit`: phones, and who did what."""

from typing import Annotated, Any

from litestar import Controller, Request, Response, get, post
from litestar.params import QueryParameter

from backend.core.bodies import read_body
from backend.core.days import day_of
from backend.core.dossiers.devices import Enrolment
from backend.core.dossiers.service import Dossiers
from backend.features.identity.routes.administering import Desk, administering
from backend.features.identity.routes.views import AuditEntry, AuditView, EnrolmentView, Words
from backend.features.identity.rules.audit_words import detail_words, subject_words
from backend.features.identity.rules.chain import Entry
from backend.features.identity.service import auditing, phones
from backend.features.identity.service.auditing import AuditFilter
from backend.features.identity.tables import people as p
from sync.server.clock import MAX_INTEGER


class OversightRoutes(Controller):
    """Phones and audit of the administrator's bureau."""

    path = "/api/v1/admin"

    @get("/enrolments", act="see_accounts")
    async def enrolments(
        self, request: Request[Any, Any, Any], dossiers: Dossiers
    ) -> list[EnrolmentView]:
        """Every enrolment, ended ones too, the newest first."""
        async with administering(request, dossiers, "enrolments", "see_accounts") as desk:
            return await _enrolments(desk)

    @post("/enrolments/{device:str}/revoke", status_code=200, reads=Words, act="manage_accounts")
    async def revoke(
        self, request: Request[Any, Any, Any], dossiers: Dossiers, device: str
    ) -> list[EnrolmentView]:
        """停用, with the reason."""
        asked = await read_body(request, Words, 4_096)
        async with administering(request, dossiers, device) as desk:
            await phones.revoke(desk.connection, desk.actor, device, asked.words)
            return await _enrolments(desk)

    @get("/audit", act="see_accounts")
    async def audit(
        self,
        request: Request[Any, Any, Any],
        dossiers: Dossiers,
        actor: str = "",
        act: str = "",
        day: str = "",
        before: Annotated[int, QueryParameter(ge=0, le=MAX_INTEGER)] = 0,
    ) -> AuditView:
        """A page, the newest first, and whether the whole chain follows."""
        wanted = AuditFilter(actor, act, day, before)
        async with administering(request, dossiers, "audit", "see_accounts") as desk:
            rows = await auditing.read_audit(desk.connection, desk.actor.bureau, wanted)
            verified = await auditing.verify_chain(desk.connection)
            names = await auditing.names_of(desk.connection, desk.actor.bureau, _today(desk))
        return AuditView(
            rows=[_entry(each, names) for each in rows],
            entries=verified.entries,
            broken_at=verified.broken_at,
            more=len(rows) == auditing.PAGE,
        )

    @get("/audit.csv", media_type="text/csv", act="see_accounts")
    async def export(
        self,
        request: Request[Any, Any, Any],
        dossiers: Dossiers,
        actor: str = "",
        act: str = "",
        day: str = "",
    ) -> Response[bytes]:
        """The same as a table; the export itself is audited."""
        wanted = AuditFilter(actor, act, day)
        async with administering(request, dossiers, "audit", "see_accounts") as desk:
            sheet = await auditing.export_audit(
                desk.connection, desk.actor.bureau, wanted, _today(desk)
            )
            await auditing.note_export(desk.connection, desk.actor)
        headers = {"Content-Disposition": 'attachment; filename="anxun-audit.csv"'}
        return Response(sheet, media_type="text/csv; charset=utf-8", headers=headers)


async def _enrolments(desk: Desk) -> list[EnrolmentView]:
    names = await _names(desk)
    found = await phones.phones_of(desk.connection, desk.actor.bureau)
    return [_enrolment(each, names) for each in found]


def _today(desk: Desk) -> str:
    return day_of(desk.actor.now)


async def _names(desk: Desk) -> dict[str, str]:
    found = await p.people_of(desk.connection, desk.actor.bureau)
    return {each.subject.officer: each.name for each in found}


def _enrolment(held: Enrolment, names: dict[str, str]) -> EnrolmentView:
    return EnrolmentView(
        device=held.device,
        officer=held.officer,
        officer_name=names[held.officer],
        name=held.name,
        enrolled=held.enrolled,
        revoked=held.revoked,
        revoked_words=held.revoked_words,
        last_contact=held.last_contact,
        skew=held.skew,
        unsent=held.unsent,
    )


def _entry(entry: Entry, names: dict[str, str]) -> AuditEntry:
    return AuditEntry(
        n=entry.n,
        at=entry.at,
        actor=entry.actor,
        actor_name=names.get(entry.actor, ""),
        act=entry.act,
        subject=entry.subject,
        subject_name=subject_words(entry, names),
        detail=entry.detail,
        words=detail_words(entry, names),
    )
