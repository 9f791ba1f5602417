"""企业导入: tried, applied as tried, again without effect, taken back; R14 only (domain.md 6.2)."""

import io
import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from typing import Any

import openpyxl
import pytest

from backend.settings import Settings
from tests.features.conftest import ON_BOTH
from tests.features.imports.conftest import ADMINISTRATOR, LEGAL, Desk
from tests.features.imports.sheets import HEAD, code_of, enterprise_row, workbook

KNOWN = "91652301MA0001181J"
Faults = Callable[..., list[str]]


@pytest.fixture
def database(settings: Settings) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(settings.data_dir / "anxun.sqlite", isolation_level=None)) as held:
        yield held


def register(desk: Desk, words: str = "试验") -> dict[str, dict[str, Any]]:
    found = desk.get(ADMINISTRATOR, f"/api/v1/enterprises?q={words}").json()["rows"]
    return {row["code"]: row for row in found}


def spoilt_code(number: int) -> str:
    code = code_of(number)
    return code[:-1] + ("0" if code[-1] != "0" else "1")


@ON_BOTH
def test_a_file_is_tried_applied_and_then_has_nothing_to_say(desk: Desk) -> None:
    raw = workbook([enterprise_row(number) for number in range(3)])
    tried = desk.check("enterprises", raw)
    assert [tried[state] for state in ("new", "changed", "unchanged", "refused")] == [3, 0, 0, 0]
    assert tried["extra"] == ["F 列 等级"]
    assert register(desk) == {}
    run = desk.apply("enterprises", raw)
    assert (run["created"], run["changed"], run["file_name"]) == (3, 0, "台账.xlsx")
    held = register(desk)[code_of(1)]
    assert (held["section"], held["sector"]) == ("gmk", "industry_trade")
    again = desk.check("enterprises", raw)
    assert [again[state] for state in ("new", "changed", "unchanged", "refused")] == [0, 0, 3, 0]
    reply = desk.send(ADMINISTRATOR, "enterprises/apply", raw, token=again["token"])
    assert (reply.status_code, reply.json()["code"]) == (422, "nothing")


def test_a_trial_notes_what_papers_will_ask_for_and_refuses_nothing(desk: Desk) -> None:
    head = (*HEAD, "法人")
    whole = [*enterprise_row(1), "周启明"]
    bare = [[*enterprise_row(number, address=None), None] for number in range(2, 9)]
    tried = desk.check("enterprises", workbook([whole, *bare], head))
    assert (tried["new"], tried["refused"]) == (8, 0)
    assert [note.partition("：")[0] for note in tried["notes"]] == [
        "第 3、4、5、6、7 等 7 行没有地址",
        "第 3、4、5、6、7 等 7 行没有法定代表人",
    ]
    assert desk.check("enterprises", workbook([whole], head))["notes"] == []


def test_a_phone_carries_what_was_imported_and_its_summary(
    desk: Desk, database: sqlite3.Connection
) -> None:
    desk.apply("enterprises", workbook([enterprise_row(1)]))
    query = "SELECT entity, fields FROM record_state WHERE dossier = 'ref.enterprises.changji'"
    rows = [
        (entity, json.loads(fields)["record"]["heads"][-1]["value"])
        for entity, fields in database.execute(query)
    ]
    (held,) = [row for entity, row in rows if entity == "enterprise" and row["code"] == code_of(1)]
    summaries = {row["id"]: row for entity, row in rows if entity == "enterprise_summary"}
    assert summaries[held["id"]]["year"] > 0


@pytest.mark.parametrize(
    ("over", "words"),
    [
        ({"code": spoilt_code(1)}, "第 2 行 A 列 统一社会信用代码：第 18 位校验不对"),
        ({"code": "9165"}, "第 2 行 A 列 统一社会信用代码：应为 18 位，现在是 4 位"),
        ({"code": None}, "第 2 行 A 列 统一社会信用代码：没有填"),
        ({"name": " "}, "第 2 行 B 列 企业名称：没有填"),
        ({"name": "#N/A"}, "第 2 行 B 列 企业名称：是错误值 #N/A，请改成实际内容"),
        ({"name": "昌吉启明精细化工有限公司"}, f"登记册里已有（{KNOWN}），请核对"),
        ({"section": "矿山科"}, "没有这个监管科室“矿山科”，可填：危化科、基础科、工贸科"),
        ({"section": "执法支队"}, "没有这个监管科室“执法支队”"),
        ({"sector": "煤矿"}, "没有这个行业“煤矿”，可填：危险化学品、烟花爆竹、金属冶炼、工贸"),
        ({"address": "长" * 2001}, "太长，最多 2000 字"),
    ],
)
def test_a_bad_cell_is_named_with_its_place(
    faults: Faults, over: dict[str, Any], words: str
) -> None:
    (found,) = faults("enterprises", workbook([enterprise_row(1, **over)]))
    assert words in found


def test_twins_in_a_file_are_both_refused(desk: Desk) -> None:
    rows = [enterprise_row(1), enterprise_row(2), enterprise_row(1, "另一个名字")]
    tried = desk.check("enterprises", workbook(rows))
    assert (tried["new"], tried["refused"]) == (1, 2)
    assert tried["rows"][0]["faults"] == [
        "第 2 行 A 列 统一社会信用代码：和第 4 行重复，请只留一行"
    ]


def test_a_row_written_twice_comes_in_once_and_the_second_is_named(desk: Desk) -> None:
    rows = [enterprise_row(1), enterprise_row(2), enterprise_row(1)]
    tried = desk.check("enterprises", workbook(rows))
    assert (tried["new"], tried["unchanged"], tried["refused"]) == (2, 1, 0)
    assert "第 4 行（同第 2 行）和前面的行完全一样，只导入前面的一行。" in tried["notes"]
    assert desk.apply("enterprises", workbook(rows))["created"] == 2
    assert set(register(desk)) == {code_of(1), code_of(2)}


def test_a_row_that_differs_from_two_alike_is_refused_with_the_first(desk: Desk) -> None:
    rows = [enterprise_row(1), enterprise_row(1), enterprise_row(1, "另一个名字")]
    tried = desk.check("enterprises", workbook(rows))
    assert (tried["new"], tried["refused"]) == (0, 2)
    assert [row["faults"][0].partition("：")[2] for row in tried["rows"]] == [
        "和第 4 行重复，请只留一行",
        "和第 2 行重复，请只留一行",
    ]


@pytest.mark.parametrize("mark", ["、", "，", ",", "；", "/", " / "])
def test_an_enterprise_of_several_sectors_has_its_main_one_first(desk: Desk, mark: str) -> None:
    desk.apply("enterprises", workbook([enterprise_row(1, sector=f"危险化学品{mark}工贸")]))
    held = register(desk)[code_of(1)]
    assert (held["sector"], held["more_sectors"]) == ("hazardous_chemicals", ["industry_trade"])
    assert held["high_risk"] is True
    (row,) = desk.check("enterprises", workbook([enterprise_row(1)]))["rows"]
    assert row["changes"] == [{"title": "行业", "before": "危险化学品、工贸", "after": "工贸"}]


GRADED = (
    *HEAD[:5],
    "标准化等级",
    "等级起始日",
    "等级截止日",
    "许可证名称",
    "许可证编号",
    "许可证有效期至",
)


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (["二级", "2026.3.5", "2025.3.5", None, None, None], "H 列 等级截止日：早于起始日"),
        (["二级", None, "2029.3.5", None, None, None], "G 列 等级起始日：等级和起止日期要一起填"),
        (["甲级", "2026.3.5", "2029.3.5", None, None, None], "F 列 标准化等级：“甲级”不认识"),
        ([None, None, None, "安全生产许可证", "1", None], "K 列 许可有效期至：许可种类"),
        ([None, None, None, "安全生产许可证", "1", "后年"], "“后年”不是日期"),
    ],
)
def test_spans_and_what_belongs_together(faults: Faults, more: list[Any], words: str) -> None:
    (found,) = faults("enterprises", workbook([[*enterprise_row(1)[:5], *more]], GRADED))
    assert words in found


def test_an_empty_cell_and_an_absent_column_leave_what_the_register_holds(desk: Desk) -> None:
    before = register(desk, KNOWN)[KNOWN]
    head = ("统一社会信用代码", "企业名称", "联系电话", "地址")
    raw = workbook([[KNOWN, before["name"], "0994-7654321", None]], head)
    (row,) = desk.check("enterprises", raw)["rows"]
    assert row["changes"] == [
        {"title": "联系电话", "before": before["phone"], "after": "0994-7654321"}
    ]
    desk.apply("enterprises", raw)
    assert register(desk, KNOWN)[KNOWN] == {**before, "phone": "0994-7654321"}


def test_good_rows_beside_bad_ones_are_written_only_when_asked(desk: Desk) -> None:
    raw = workbook([enterprise_row(1), enterprise_row(2, code="1")])
    token = desk.check("enterprises", raw)["token"]
    reply = desk.send(ADMINISTRATOR, "enterprises/apply", raw, token=token)
    assert (reply.status_code, reply.json()["code"]) == (422, "refused_rows")
    assert register(desk) == {}
    assert desk.apply("enterprises", raw, partial="true")["refused"] == 1
    assert set(register(desk)) == {code_of(1)}


def test_refused_rows_are_kept_to_be_mended_and_brought_in(desk: Desk) -> None:
    bad = enterprise_row(2, code="1")
    run = desk.apply("enterprises", workbook([enterprise_row(1), bad]), partial="true")["id"]
    path = f"/api/v1/imports/runs/{run}/refused"
    (kept,) = desk.get(ADMINISTRATOR, path).json()
    assert (kept["number"], kept["name"]) == (3, bad[1])
    sheet = desk.get(ADMINISTRATOR, f"{path}/sheet")
    page = openpyxl.load_workbook(io.BytesIO(sheet.content)).active
    assert page is not None
    head, row = [[cell.value for cell in line] for line in page.iter_rows()]
    assert head == [*HEAD, "原因"]
    assert row == [*bad, kept["faults"][0]]
    page.cell(2, 1).value = code_of(2)
    mended = io.BytesIO()
    page.parent.save(mended)
    tried = desk.check("enterprises", mended.getvalue())
    assert (tried["new"], tried["refused"], tried["extra"][-1]) == (1, 0, "H 列 原因")
    for refused in (path, f"{path}/sheet"):
        assert desk.get("lijie", refused).status_code == 403
    whole = desk.apply("enterprises", workbook([enterprise_row(3)]))["id"]
    assert desk.get(ADMINISTRATOR, f"/api/v1/imports/runs/{whole}/refused").json() == []
    reply = desk.get(ADMINISTRATOR, f"/api/v1/imports/runs/{whole}/refused/sheet")
    assert reply.status_code == 404


def test_another_file_or_another_register_asks_for_a_new_trial(desk: Desk) -> None:
    raw, other = workbook([enterprise_row(1)]), workbook([enterprise_row(2)])
    token = desk.check("enterprises", raw)["token"]
    reply = desk.send(ADMINISTRATOR, "enterprises/apply", other, token=token)
    assert (reply.status_code, reply.json()["code"]) == (409, "moved")
    desk.apply("enterprises", other)
    reply = desk.send(ADMINISTRATOR, "enterprises/apply", raw, token=token)
    assert (reply.status_code, reply.json()["code"]) == (409, "moved")
    assert set(register(desk)) == {code_of(2)}


@ON_BOTH
def test_undone_new_rows_are_withdrawn_and_changed_ones_stand_as_before(desk: Desk) -> None:
    before = register(desk, KNOWN)[KNOWN]
    changed = enterprise_row(1, before["name"], code=KNOWN)
    run = desk.apply("enterprises", workbook([enterprise_row(1), changed]))
    assert register(desk, KNOWN)[KNOWN]["section"] == "gmk"
    assert desk.undo(run["id"]).json() == {"undone": True, "restored": 2, "changed_since": []}
    assert register(desk) == {}
    assert register(desk, KNOWN)[KNOWN] == before
    assert desk.undo(run["id"]).status_code == 409
    history = desk.get(ADMINISTRATOR, "/api/v1/imports").json()
    assert [(each["id"], each["undone_at"] is not None) for each in history] == [(run["id"], True)]
    back = desk.check("enterprises", workbook([enterprise_row(1)]))
    assert back["rows"][0]["changes"] == [
        {"title": "状态", "before": "已撤回或停用", "after": "有效"}
    ]


def test_a_withdrawn_enterprise_gets_no_code_and_no_poster(desk: Desk) -> None:
    run = desk.apply("enterprises", workbook([enterprise_row(1)]))
    held = register(desk)[code_of(1)]["id"]
    assert desk.get(ADMINISTRATOR, f"/api/v1/enterprises/{held}/code").status_code == 200
    desk.undo(run["id"])
    for path in ("code", "poster"):
        reply = desk.get("wangyi", f"/api/v1/enterprises/{held}/{path}")
        assert (reply.status_code, reply.json()["code"]) == (404, "enterprise")


def test_rows_changed_since_stop_an_undo_unless_the_rest_is_accepted(desk: Desk) -> None:
    run = desk.apply("enterprises", workbook([enterprise_row(1), enterprise_row(2)]))
    desk.apply("enterprises", workbook([enterprise_row(2, address="搬了")]))
    refused = desk.undo(run["id"]).json()
    assert refused == {"undone": False, "restored": 0, "changed_since": [enterprise_row(2)[1]]}
    assert set(register(desk)) == {code_of(1), code_of(2)}
    assert desk.undo(run["id"], rest=True).json()["restored"] == 1
    assert set(register(desk)) == {code_of(2)}


@pytest.mark.parametrize("login", ["lijie", "gulnar", LEGAL, "xujianming"])
def test_only_the_administrator_may(desk: Desk, database: sqlite3.Connection, login: str) -> None:
    run = desk.apply("enterprises", workbook([enterprise_row(2)]))
    raw = workbook([enterprise_row(1)])
    for reply in (
        desk.send(login, "enterprises/check", raw),
        desk.send(login, "enterprises/apply", raw, token="0"),
        desk.undo(run["id"], login),
        desk.get(login, "/api/v1/imports/enterprises/template"),
    ):
        assert (reply.status_code, reply.json()["code"]) == (403, "forbidden")
    assert desk.get(login, "/api/v1/imports").json() == []
    query = "SELECT count(*) FROM audit WHERE actor = ? AND act = 'refused'"
    assert database.execute(query, (login,)).fetchone() == (4,)


def test_another_bureau_can_neither_see_nor_undo_it(
    desk: Desk, database: sqlite3.Connection
) -> None:
    run = desk.apply("enterprises", workbook([enterprise_row(1)]))
    database.execute("UPDATE import_run SET bureau = 'urumqi'")
    assert desk.get(ADMINISTRATOR, "/api/v1/imports").json() == []
    assert desk.undo(run["id"]).status_code == 404


def test_applying_and_undoing_are_audited(desk: Desk, database: sqlite3.Connection) -> None:
    run = desk.apply("enterprises", workbook([enterprise_row(1)]))
    desk.undo(run["id"])
    query = "SELECT actor, act, subject FROM audit WHERE act LIKE '%import%' ORDER BY n"
    assert database.execute(query).fetchall() == [
        (ADMINISTRATOR, "import_enterprises", run["id"]),
        (ADMINISTRATOR, "undo_import_enterprises", run["id"]),
    ]


@pytest.mark.parametrize(
    ("path", "code"),
    [("enterprises/check", 413), ("horses/check", 400), ("enterprises/apply", 400)],
)
def test_what_the_door_refuses(desk: Desk, path: str, code: int) -> None:
    raw = b"PK" + b"0" * (16 * 1024 * 1024)
    assert desk.send(ADMINISTRATOR, path, raw).status_code == code
    assert desk.client.post("/api/v1/imports/enterprises/check", content=b"").status_code == 401
