"""授权: a leader lets a section head approve in his stead for some days (domain.md 6.2).

What the head does under it stays the leader's act: whoever uses it records the giver beside himself.
A delegation counts by its days and by its giver's post on the day it is used; nothing is switched on
or off by a timer, so a late worker changes nobody's power.
"""

from dataclasses import dataclass

from backend.core.clock import Clock
from backend.core.database import Connection
from backend.core.days import day_of
from backend.core.dossiers.ports import DossierFacts
from backend.core.ids import Ids
from backend.core.packs import Pack
from backend.core.problems import Problem
from backend.features.identity import rules
from backend.features.identity import tables as t
from backend.features.identity.rules import Delegation, DelegationFault, Subject
from backend.features.identity.service.posts import bureau_pack
from backend.features.identity.tables.auditing import write_audit

_FAULTS: dict[DelegationFault, str] = {
    "act": "这项权限不能委托，没有委托。",
    "dates": "日期不对，没有委托。请重新选日期。",
    "past": "首日已经过去，没有委托。请从今天或以后开始。",
    "reversed": "末日早于首日，没有委托。请重新选日期。",
    "overlong": "一次最多委托 {longest} 天，没有委托。请缩短日期。",
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a leader asks for: to whom, which act, from day to day, why."""

    taker: str
    act: str
    since: str
    until: str
    words: str


async def give(
    connection: Connection, officer: str, wanted: Wanted, ids: Ids, clock: Clock
) -> Delegation:
    """A new delegation.

    Raises:
        Problem: 403 `forbidden` or `delegation_off`; 422 `act`, `dates`, `past`, `reversed`,
            `overlong`, `taker` or `not_head`; 409 `overlap`.
    """
    leader = await _leader(connection, officer)
    now = clock.now()
    pack = await bureau_pack(connection, leader.bureau)
    _check_span(pack, wanted, day_of(now))
    taker = await _taker(connection, leader, wanted.taker)
    await _check_free(connection, taker, wanted)
    given = Delegation(
        id=ids.hex(20),
        giver=officer,
        taker=wanted.taker,
        act=wanted.act,
        since=wanted.since,
        until=wanted.until,
        words=wanted.words.strip(),
        given=now,
    )
    await t.insert_delegation(connection, given)
    span = f"{given.act} {given.since} {given.until} {given.taker}"
    await write_audit(connection, now, officer, "delegate", given.id, span)
    return given


async def _leader(connection: Connection, officer: str) -> Subject:
    account = await t.find_account(connection, id=officer)
    if account is None or not _may_delegate(account.subject):
        raise Problem(403, "forbidden", "只有局领导可以委托审批，什么也没有改动。")
    return account.subject


def _may_delegate(subject: Subject) -> bool:
    facts = DossierFacts("", "inspection", subject.bureau, subject.section)
    return rules.may(subject, "delegate", facts) == "yes"


def _check_span(pack: Pack, wanted: Wanted, today: str) -> None:
    if not pack.setting("plan.delegation_allowed", bool):
        raise Problem(403, "delegation_off", "本局不允许委托审批，什么也没有改动。")
    longest = pack.setting("plan.delegation_days", int)
    fault = rules.delegation_fault(wanted.act, wanted.since, wanted.until, today, longest)
    if fault:
        raise Problem(422, fault, _FAULTS[fault].format(longest=longest))


async def _taker(connection: Connection, leader: Subject, taker: str) -> Subject:
    """Another bureau's people are as unknown here as nobody's: their existence is not told."""
    account = await t.find_account(connection, id=taker)
    if account is None or account.subject.bureau != leader.bureau or taker == leader.officer:
        raise Problem(422, "taker", "本局没有这名可委托的人员，没有委托。请重新选人。")
    if not rules.is_section_head(account.subject):
        raise Problem(422, "not_head", "只能委托本局在岗的科长，没有委托。请重新选人。")
    return account.subject


async def _check_free(connection: Connection, taker: Subject, wanted: Wanted) -> None:
    """One whose giver has left his post counts for nothing, and must not bar his successor's."""
    await t.hold_officer(connection, taker.officer)
    standing = [
        each
        for each in await t.delegations_to(connection, taker.officer)
        if (giver := await t.find_account(connection, id=each.giver))
        and _may_delegate(giver.subject)
    ]
    if rules.overlapping(standing, wanted.act, wanted.since, wanted.until):
        title = "这几天里已经委托过这名负责人，没有委托。请改日期，或者先撤回原来的。"
        raise Problem(409, "overlap", title)


async def withdraw(connection: Connection, officer: str, name: str, clock: Clock) -> Delegation:
    """From this moment it counts no more; asked twice, the first time stands.

    Raises:
        Problem: 404 `delegation`, the same for an unknown one and for another's; 409
            `delegation_over`, for one that ran its whole time was not taken back.
    """
    found = await t.find_delegation(connection, name)
    if found is None or found.giver != officer:
        raise Problem(404, "delegation", "没有这份委托，什么也没有改动。")
    now = clock.now()
    state = rules.delegation_state(found, day_of(now))
    if state == "over":
        raise Problem(409, "delegation_over", "这份委托已经到期，不用撤回，没有改动。")
    if state != "withdrawn":
        await t.mark_withdrawn(connection, name, now, officer)
        await write_audit(connection, now, officer, "withdraw_delegation", name)
    return await t.find_delegation(connection, name) or found


async def giver_for(
    connection: Connection, taker: Subject, act: str, dossier: DossierFacts, day: str
) -> str | None:
    """Whose authority a head borrows for the act on a day; None for nobody's."""
    if not rules.may_stand_in(taker, dossier):
        return None
    for each in rules.running(await t.delegations_to(connection, taker.officer), act, day):
        giver = await t.find_account(connection, id=each.giver)
        if giver and rules.may(giver.subject, act, dossier) == "yes":
            return each.giver
    return None


async def names_in(connection: Connection, delegations: list[Delegation]) -> dict[str, str]:
    """The names of givers and takers by officer id."""
    people = {each.giver for each in delegations} | {each.taker for each in delegations}
    found = await t.accounts(connection, t.officer.c.id.in_(people))
    return {each.subject.officer: each.name for each in found}
