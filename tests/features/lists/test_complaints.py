"""Complaints and evaluations, more than the lists hold: closed ones and those one is barred from."""

from typing import Any

from backend.core.database import metadata
from tests.features.conftest import ON_BOTH
from tests.features.disclosure.test_complaints import complained, evaluated
from tests.features.disclosure.visit import Browser, planned_visit
from tests.features.dossiers.server import Server
from tests.features.lists.crowd import LATER, dossiers, listed, put

MOST = {"complaint": 500, "evaluation": 200}
LEGAL = "ayinuer"


def crowd(server: Server, kind: str, **over: Any) -> list[str]:
    """As many as the list holds, like the only one of its kind, each in a dossier of its own."""
    register, states = metadata.tables[kind], metadata.tables["record_state"]
    row = one_of(server, register.select())
    state = one_of(server, states.select().where(states.c.entity == kind))
    names = dossiers(server, MOST[kind], "", kind)
    own = {"query_sha256"} & row.keys()
    put(server, kind, [{**row, **over, "dossier": n, **dict.fromkeys(own, n)} for n in names])
    put(server, "record_state", [{**state, "dossier": name} for name in names])
    return names


def one_of(server: Server, query: Any) -> dict[str, Any]:
    ((row,),) = server.run(query)
    return dict(zip(query.selected_columns.keys(), row, strict=True))


def bar(server: Server, names: list[str]) -> None:
    """The legal officer took part in those visits."""
    grant = {"officer": LEGAL, "since": 1, "revoked": 1}
    put(server, "dossier_grant", [{"dossier": name, **grant} for name in names])


def shown(server: Server, kind: str) -> list[str]:
    return [each["dossier"] for each in listed(server.phone(LEGAL), f"/api/v1/{kind}s")]


@ON_BOTH
def test_no_open_complaint_is_cut_off_by_closed_ones(server: Server) -> None:
    complained(Browser(server.client), planned_visit(server.phone))
    (mine,) = shown(server, "complaint")
    crowd(server, "complaint", state="closed")
    table = metadata.tables["complaint"]
    for received in (1, LATER):
        closed = table.update().where(table.c.state == "closed")
        server.run(closed.values(received=received))
        found = shown(server, "complaint")
        assert (len(found), mine in found) == (MOST["complaint"], True)


@ON_BOTH
def test_nor_by_older_ones(server: Server) -> None:
    complained(Browser(server.client), planned_visit(server.phone))
    (mine,) = shown(server, "complaint")
    crowd(server, "complaint", received=1)
    found = shown(server, "complaint")
    assert (len(found), found[-1]) == (MOST["complaint"], mine)


@ON_BOTH
def test_what_one_is_barred_from_takes_no_place(server: Server) -> None:
    visit, browser = planned_visit(server.phone), Browser(server.client)
    complained(browser, visit)
    assert evaluated(browser, visit).status_code == 201
    for kind, time in (("complaint", "received"), ("evaluation", "at")):
        mine = shown(server, kind)
        assert len(mine) == 1
        bar(server, crowd(server, kind, **{time: LATER}))
        assert shown(server, kind) == mine
