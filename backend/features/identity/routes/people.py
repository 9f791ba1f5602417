"""`/api/v1/admin`: accounts, sections, certificates, codes. Nothing of any case."""

import json
from typing import Any

from litestar import Controller, Request, get, post

from backend.core.bodies import read_body
from backend.core.days import day_of
from backend.core.dossiers.service import Dossiers
from backend.core.problems import Problem
from backend.features.identity.model import Certificate
from backend.features.identity.routes.administering import Desk, administering
from backend.features.identity.routes.views import (
    ApprovalBody,
    CertificateBody,
    CodesBody,
    CodeView,
    PeopleView,
    PersonBody,
    PersonView,
    SectionBody,
    SectionView,
    StateBody,
    SuspensionBody,
    Titled,
)
from backend.features.identity.rules.bureau import BureauWords, trimmed
from backend.features.identity.rules.people import plain_login, version_of
from backend.features.identity.service import Passwords, certifying, codes, people, sections
from backend.features.identity.service.bureau import Furnish, change_words, words_of
from backend.features.identity.service.codes import GivenCode
from backend.features.identity.service.people import WantedPerson
from backend.features.identity.service.posts import bureau_pack, post_rules, sectors_of
from backend.features.identity.service.sections import WantedSection
from backend.features.identity.tables import Account
from backend.features.identity.tables import people as p

_CAP = 16_384
_CODES_AT_ONCE = 100


class PeopleRoutes(Controller):
    """The administrator's desk (S3-1.1); the legal section reads (domain.md 6.2)."""

    path = "/api/v1/admin"

    @get("/people", act="see_accounts")
    async def read(self, request: Request[Any, Any, Any], dossiers: Dossiers) -> PeopleView:
        """Accounts, sections, and what may be chosen for them."""
        async with administering(request, dossiers, "people", "see_accounts") as desk:
            return await _people(desk)

    @post("/people", status_code=201, reads=PersonBody, act="manage_accounts")
    async def add(self, request: Request[Any, Any, Any], dossiers: Dossiers) -> PersonView:
        """A new account; nobody can log in to it before a code is given."""
        asked = await read_body(request, PersonBody, _CAP)
        async with administering(request, dossiers, "add_account") as desk:
            officer = await people.add_person(dossiers, desk.connection, desk.actor, _wanted(asked))
            return await _told(desk, officer)

    @post("/people/{officer:str}", status_code=200, reads=PersonBody, act="manage_accounts")
    async def change(
        self, request: Request[Any, Any, Any], dossiers: Dossiers, officer: str
    ) -> PersonView:
        """Name, telephone, section, posts; 409 where they are no longer as this save knew them."""
        asked = await read_body(request, PersonBody, _CAP)
        async with administering(request, dossiers, officer) as desk:
            await people.change_person(
                desk.connection, desk.actor, officer, _wanted(asked), asked.version
            )
            return await _told(desk, officer)

    @post("/people/{officer:str}/state", status_code=200, reads=StateBody, act="manage_accounts")
    async def switch(
        self, request: Request[Any, Any, Any], dossiers: Dossiers, officer: str
    ) -> PersonView:
        """停用 or 恢复."""
        asked = await read_body(request, StateBody, _CAP)
        act = people.reopen_person if asked.active else people.close_person
        async with administering(request, dossiers, officer) as desk:
            await act(desk.connection, desk.actor, officer, asked.words)
            return await _told(desk, officer)

    @post(
        "/people/{officer:str}/certificates",
        status_code=200,
        reads=CertificateBody,
        act="manage_accounts",
    )
    async def certify(
        self, request: Request[Any, Any, Any], dossiers: Dossiers, officer: str
    ) -> PersonView:
        """A certificate is added, or renewed."""
        asked = await read_body(request, CertificateBody, _CAP)
        held = Certificate(asked.number.strip(), asked.scope, asked.issued, asked.until)
        async with administering(request, dossiers, officer) as desk:
            await certifying.certify(desk.connection, desk.actor, officer, held)
            return await _told(desk, officer)

    @post(
        "/people/{officer:str}/suspension",
        status_code=200,
        reads=SuspensionBody,
        act="manage_accounts",
    )
    async def suspend(
        self, request: Request[Any, Any, Any], dossiers: Dossiers, officer: str
    ) -> PersonView:
        """A certificate is suspended, or restored."""
        asked = await read_body(request, SuspensionBody, _CAP)
        wanted = certifying.Suspension(asked.number, asked.suspended, asked.words)
        async with administering(request, dossiers, officer) as desk:
            await certifying.suspend(desk.connection, desk.actor, officer, wanted)
            return await _told(desk, officer)

    @post("/codes", status_code=201, reads=CodesBody, act="manage_accounts")
    async def give_codes(
        self, request: Request[Any, Any, Any], dossiers: Dossiers, passwords: Passwords
    ) -> list[CodeView]:
        """One-time codes, shown this once: for one officer, or as a list to be printed."""
        asked = await read_body(request, CodesBody, _CAP)
        officers = list(dict.fromkeys(asked.officers))
        async with administering(request, dossiers, "codes"):
            if not 1 <= len(officers) <= _CODES_AT_ONCE:
                title = f"一次给 1 到 {_CODES_AT_ONCE} 人的口令。没有给，请重新选人。"
                raise Problem(422, "officers", title)
        made = await codes.make_codes(passwords, dossiers.ids, len(officers))
        async with administering(request, dossiers, "codes") as desk:
            given = await codes.give_codes(desk.connection, desk.actor, officers, made)
            return [_code(each) for each in given]

    @post("/people/{officer:str}/enrolment-code", status_code=201, act="manage_accounts")
    async def approve_enrolment(
        self, request: Request[Any, Any, Any], dossiers: Dossiers, officer: str
    ) -> CodeView:
        """登记码: this officer may enrol one phone."""
        async with administering(request, dossiers, officer) as desk:
            return _code(
                await codes.give_enrolment_code(desk.connection, desk.actor, officer, dossiers.ids)
            )

    @post("/sections", status_code=201, reads=SectionBody, act="manage_accounts")
    async def add_section(self, request: Request[Any, Any, Any], dossiers: Dossiers) -> PeopleView:
        """A new section."""
        asked = await read_body(request, SectionBody, _CAP)
        wanted = WantedSection(asked.name, asked.kind, asked.sectors)
        async with administering(request, dossiers, "add_section") as desk:
            await sections.make_section(desk.connection, desk.actor, wanted, dossiers.ids)
            return await _people(desk)

    @post("/sections/{section:str}", status_code=200, reads=SectionBody, act="manage_accounts")
    async def change_section(
        self, request: Request[Any, Any, Any], dossiers: Dossiers, section: str
    ) -> PeopleView:
        """Name, kind, sectors."""
        asked = await read_body(request, SectionBody, _CAP)
        wanted = WantedSection(asked.name, asked.kind, asked.sectors)
        async with administering(request, dossiers, section) as desk:
            await sections.change_section(desk.connection, desk.actor, section, wanted)
            await desk.tell_phones()
            return await _people(desk)

    @post("/bureau", status_code=200, reads=BureauWords, act="manage_accounts")
    async def change_bureau(
        self, request: Request[Any, Any, Any], dossiers: Dossiers, furnish: Furnish
    ) -> PeopleView:
        """The words papers bear of the bureau; its phones hear them at their next contact."""
        asked = trimmed(await read_body(request, BureauWords, _CAP))
        async with administering(request, dossiers, "bureau") as desk:
            await change_words(desk.connection, desk.actor, asked)
            await furnish(dossiers, desk.connection, desk.actor.bureau)
            return await _people(desk)

    @post("/approval", status_code=200, reads=ApprovalBody, act="manage_accounts")
    async def set_approval(self, request: Request[Any, Any, Any], dossiers: Dossiers) -> PeopleView:
        """Whether enrolling a phone needs a code."""
        asked = await read_body(request, ApprovalBody, _CAP)
        async with administering(request, dossiers, "enrolment_approval") as desk:
            await sections.set_approval(desk.connection, desk.actor, asked.needed)
            return await _people(desk)


def _wanted(asked: PersonBody) -> WantedPerson:
    return WantedPerson(
        plain_login(asked.login), asked.name, asked.phone, asked.section, frozenset(asked.roles)
    )


async def _told(desk: Desk, officer: str) -> PersonView:
    await desk.tell_phones()
    held = await people.person_of(desk.connection, desk.actor.bureau, officer)
    return _person(held, await _warnings(desk))


async def _warnings(desk: Desk) -> dict[str, int]:
    day = day_of(desk.actor.now)
    found = await certifying.expiring(desk.connection, desk.actor.bureau, day)
    return {each.officer: each.step for each in found}


async def _people(desk: Desk) -> PeopleView:
    connection, bureau = desk.connection, desk.actor.bureau
    own = await p.bureau_row(connection, bureau)
    found = await p.people_of(connection, bureau)
    warnings = await _warnings(desk)
    pack = await bureau_pack(connection, bureau)
    rules = post_rules(pack, day_of(desk.actor.now))
    me = next(each.subject for each in found if each.subject.officer == desk.actor.officer)
    inside = [each.subject.section for each in found if each.subject.active]
    return PeopleView(
        bureau=await words_of(connection, bureau),
        enrolment_needs_approval=own.enrolment_needs_approval,
        may_manage="R14" in me.roles,
        people=[_person(each, warnings) for each in found],
        sections=[
            SectionView(row.id, row.name, row.kind, json.loads(row.sectors), inside.count(row.id))
            for row in await p.sections_of(connection, bureau)
        ],
        posts=[Titled(each.id, each.title, each.kinds) for each in rules.posts.values()],
        section_kinds=[Titled(each.id, each.title) for each in rules.kinds.values()],
        sectors=[Titled(*each) for each in sectors_of(pack).items()],
    )


def _person(held: Account, warnings: dict[str, int]) -> PersonView:
    subject = held.subject
    waiting = "code" if held.code_until is not None else "own"
    return PersonView(
        id=subject.officer,
        login=held.login,
        name=held.name,
        phone=held.phone,
        section=subject.section,
        section_name=held.section_name,
        roles=sorted(subject.roles),
        active=subject.active,
        login_state=waiting if held.password else "none",
        certificates=list(subject.certificates),
        warning=warnings.get(subject.officer, -1),
        version=version_of(people.row_of(held)),
    )


def _code(given: GivenCode) -> CodeView:
    return CodeView(
        given.officer, given.login, given.name, given.section_name, given.code, given.until
    )
