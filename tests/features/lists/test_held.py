"""What waits to be received, more than the list holds: of other sections, and of one's own."""

import json
from typing import Any

from tests.features.conftest import ON_BOTH
from tests.features.dossiers.phone import Phone
from tests.features.dossiers.server import Server
from tests.features.inspections.test_finding import visit_with_finding
from tests.features.lists.crowd import LATER, dossiers, listed, put

MOST = 1000


def hold(author: Phone, name: str) -> dict[str, Any]:
    """An officer of another section writes into a dossier; answers the item."""
    author.author(name, "arrival", author.new_record(), {"officer": author.officer, "at": 1})
    (refused,) = author.push().json()["other"]
    assert refused["reason"] == "no_authority"
    return {"device": author.device, "epoch": 1, "n": refused["n"]}


def crowd(server: Server, names: list[str], received: int) -> None:
    """One item in each dossier."""
    row = {"device": "d" * 12, "epoch": 1, "hash": "", "signature": "", "state": "quarantined"}
    row |= {"reason": "no_authority", "author": "maxiaodong", "courier": "", "received": received}
    row["body"] = json.dumps({"entity": "arrival", "fields": {}})
    rows = [
        {**row, "n": n, "dossier": name, "record": f"{name}.a"} for n, name in enumerate(names, 1)
    ]
    for start in range(0, len(rows), 500):
        put(server, "quarantine", rows[start : start + 500])


def shown(server: Server, login: str) -> list[dict[str, Any]]:
    found = listed(server.phone(login), "/api/v1/quarantine")
    return [{key: each[key] for key in ("device", "epoch", "n")} for each in found]


def decide(server: Server, login: str, item: dict[str, Any]) -> int:
    body = {**item, "answer": "discard", "words": "不归本科"}
    return int(server.phone(login).post("/api/v1/quarantine", body).status_code)


@ON_BOTH
def test_another_section_s_items_push_none_out_that_i_am_to_decide(server: Server) -> None:
    mine = visit_with_finding(server.phone("lijie"))
    crowd(server, dossiers(server, MOST, "gmk"), 1)
    item = hold(server.phone("wangyi"), mine)
    assert shown(server, "gulnar") == [item]
    assert decide(server, "chenjing", item) == 404
    assert decide(server, "gulnar", item) == 204
    assert decide(server, "gulnar", item) == 404
    assert shown(server, "gulnar") == []


def test_of_my_own_the_last_are_shown_and_every_one_can_be_decided(server: Server) -> None:
    mine = visit_with_finding(server.phone("lijie"))
    items = [hold(server.phone("wangyi"), mine) for _ in range(2)]
    crowd(server, dossiers(server, MOST - 1, "whk"), LATER)
    found = shown(server, "gulnar")
    assert (len(found), found[0]) == (MOST, items[1])
    assert decide(server, "gulnar", items[0]) == 204
