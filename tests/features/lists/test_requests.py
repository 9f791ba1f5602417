"""What enterprises ask, more than the list holds: of other sections, and feedback before extensions."""

from typing import Any

from tests.features.conftest import ON_BOTH
from tests.features.dossiers.server import Server
from tests.features.inspections.test_finding import visit_with_finding
from tests.features.lists.crowd import LATER, dossiers, listed, put

MOST = 200


def ask(server: Server, names: list[str], kind: str, at: int) -> None:
    """One request in each dossier, a millisecond after the one before."""
    row = {"order": "o", "kind": kind, "until": "", "done": None}
    rows = [
        {"record": f"{name}.{kind}", "dossier": name, "at": at + n, **row}
        for n, name in enumerate(names)
    ]
    put(server, "enterprise_request", rows)


def shown(server: Server, login: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = listed(server.phone(login), "/api/v1/requests")
    assert [each["at"] for each in found] == sorted(each["at"] for each in found)
    return found


@ON_BOTH
def test_another_section_s_requests_push_none_out_that_i_am_to_answer(server: Server) -> None:
    mine = visit_with_finding(server.phone("lijie"))
    ask(server, dossiers(server, MOST, "gmk"), "extension", 1)
    ask(server, [mine], "extension", LATER)
    for login, may in (("lijie", False), ("gulnar", True)):
        (found,) = shown(server, login)
        assert (found["dossier"], found["may_answer"]) == (mine, may), login
    found = shown(server, "xujianming")
    assert (len(found), found[-1]["dossier"]) == (MOST, mine)


@ON_BOTH
def test_an_extension_waits_in_front_of_any_feedback_where_the_list_is_cut(server: Server) -> None:
    officer = server.phone("lijie")
    mine = [visit_with_finding(officer) for _ in range(2)]
    for name, at in zip(mine, (1, LATER), strict=True):
        ask(server, [name], "extension", at)
    ask(server, dossiers(server, MOST, "whk"), "feedback", 400)
    found = shown(server, "gulnar")
    assert len(found) == MOST
    assert [each["dossier"] for each in found if each["kind"] == "extension"] == mine
