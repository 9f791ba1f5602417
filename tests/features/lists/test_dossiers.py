"""Dossiers, search and stale citations where a section alone fills the list."""

from typing import Any

from tests.features.conftest import ON_BOTH
from tests.features.dossiers.server import Server
from tests.features.inspections.test_finding import bring_in, visit_with_finding
from tests.features.lists.crowd import inspections, listed, put

MOST = 200
MOST_FOUND = 20
MOST_STALE = 500


def names(rows: list[dict[str, Any]]) -> list[str]:
    return [each["dossier"] for each in rows]


@ON_BOTH
def test_another_section_s_dossiers_push_none_of_mine_out(server: Server) -> None:
    officer = server.phone("lijie")
    mine = visit_with_finding(officer)
    theirs = inspections(server, MOST + 1, "gmk")
    for login in ("lijie", "gulnar"):
        assert names(listed(server.phone(login), "/api/v1/dossiers")) == [mine], login
    assert names(listed(server.phone("chenjing"), "/api/v1/dossiers")) == theirs[:0:-1]


@ON_BOTH
def test_what_is_open_or_disputed_stays_where_the_list_is_cut(server: Server) -> None:
    mine = visit_with_finding(server.phone("lijie"))
    (disputed,) = inspections(server, 1, "gmk", state="closed_no_issue", conflicts=1, changed=1)
    inspections(server, MOST, "whk", state="closed")
    shown = names(listed(server.phone("xujianming"), "/api/v1/dossiers"))
    assert len(shown) == MOST
    assert shown[-2:] == [mine, disputed]


@ON_BOTH
def test_a_search_finds_mine_among_more_of_other_sections_than_it_shows(server: Server) -> None:
    officer = server.phone("lijie")
    mine = visit_with_finding(officer)
    theirs = inspections(server, MOST_FOUND + 1, "gmk", unit="昌吉启明精细化工有限公司")
    numbers = [{"dossier": mine, "text": "责改〔2026〕1号"}]
    numbers += [
        {"dossier": name, "text": f"责改〔2026〕{n}号"} for n, name in enumerate(theirs, 200)
    ]
    put(
        server,
        "number_given",
        [{"bureau": "changji", "record": f"{each['dossier']}.1", **each} for each in numbers],
    )
    for words in ("启明精细", "责改〔2026〕"):
        assert names(listed(officer, f"/api/v1/search?q={words}")) == [mine], words


@ON_BOTH
def test_issued_papers_push_no_finding_out_that_can_still_be_cited_anew(server: Server) -> None:
    legal, officer = server.phone("ayinuer"), server.phone("lijie")
    version = bring_in(legal, 2010)
    mine = visit_with_finding(officer, f"{version}#2")
    bring_in(legal, 2020)
    row = {"version": version, "citation": f"{version}#2", "problem": "报警器关闭", "finding": "f"}
    put(
        server,
        "cited_clause",
        [
            {"dossier": name, "issued": True, **row}
            for name in inspections(server, MOST_STALE, "gmk")
        ],
    )
    assert names(listed(officer, "/api/v1/stale-citations")["findings"]) == [mine]
    shown = listed(legal, "/api/v1/stale-citations")["findings"]
    assert len(shown) == MOST_STALE
    assert (shown[0]["dossier"], shown[0]["issued"]) == (mine, False)
