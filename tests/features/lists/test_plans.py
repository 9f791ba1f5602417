"""Plans of one state, more than the list holds: old ones and other sections' hide no new one."""

from typing import Any

from backend.core.database import metadata
from tests.features.conftest import ON_BOTH
from tests.features.disclosure.visit import day
from tests.features.dossiers.server import Server
from tests.features.lists.crowd import listed, put
from tests.features.plans.test_approval import answer, approved, submit

MOST = 200
THEIRS = {"section": "gmk", "created_by": "wangyi"}


def crowd(server: Server, plan: str, **over: Any) -> None:
    """As many plans as the list holds, like this one but older."""
    table = metadata.tables["plan"]
    ((row,),) = server.run(table.select().where(table.c.id == plan))
    one = dict(zip((column.name for column in table.c), row, strict=True))
    rows = [{**one, "id": f"{n:020d}", "created": n, **over} for n in range(MOST)]
    put(server, "plan", rows)


def shown(server: Server, login: str, state: str) -> dict[str, list[str]]:
    """By id, what the reader may do."""
    found = listed(server.phone(login), f"/api/v1/plans?plan_state={state}")
    assert [each["created"] for each in found] == sorted(each["created"] for each in found)
    return {each["id"]: each["may"] for each in found}


@ON_BOTH
def test_a_new_approved_plan_shows_to_its_maker_though_old_ones_fill_the_list(
    server: Server,
) -> None:
    approved(server.phone)
    (plan,) = shown(server, "lijie", "approved")
    crowd(server, plan)
    found = shown(server, "lijie", "approved")
    assert (len(found), found[plan]) == (MOST, [])


@ON_BOTH
def test_another_section_s_plans_push_none_out_that_i_am_to_review(server: Server) -> None:
    plan = submit(server.phone("lijie")).json()["id"]
    crowd(server, plan, **THEIRS)
    assert shown(server, "gulnar", "pending_review") == {plan: ["review"]}
    assert shown(server, "lijie", "pending_review") == {plan: []}
    assert len(shown(server, "chenjing", "pending_review")) == MOST


@ON_BOTH
def test_nor_that_i_am_to_approve_for_a_leader_on_leave(server: Server) -> None:
    plan = submit(server.phone("lijie")).json()["id"]
    assert answer(server.phone("gulnar"), plan, "review").status_code == 200
    crowd(server, plan, **THEIRS)
    span = {"since": day(0), "until": day(1), "words": "开会"}
    given = {"taker": "gulnar", "act": "approve_plan", **span}
    reply = server.phone("xujianming").post("/api/v1/delegations", given)
    assert reply.status_code == 201, reply.text
    assert shown(server, "gulnar", "pending_approval") == {plan: ["approve"]}
    leader = shown(server, "xujianming", "pending_approval")
    assert (len(leader), leader[plan]) == (MOST, ["approve"])
