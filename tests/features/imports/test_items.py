"""清单导入 (S3-2.1): a version with its day, every item with its three elements; R5 only."""

from collections.abc import Callable
from typing import Any

import pytest

from backend.features.imports.service.registers import TABLES
from tests.features.imports.conftest import ADMINISTRATOR, Desk
from tests.features.imports.sheets import workbook

TABLE = TABLES["items"]
HEAD = [column.title for column in TABLE.columns]
VERSION = {"version": "2026.4", "published": "2026-11-01"}
Faults = Callable[..., list[str]]


@pytest.fixture
def legal(desk: Desk) -> str:
    """法规科 of the demo bureau."""
    return "ayinuer"


def item(name: str = "WH-90", **over: Any) -> list[Any]:
    values = {column.field: column.example for column in TABLE.columns}
    return list({**values, "id": name, **over}.values())


def test_a_version_is_published_and_again_has_nothing_to_say(desk: Desk, legal: str) -> None:
    raw = workbook([item(), item("WH-01", title="改过的事项")], HEAD)
    tried = desk.check("items", raw, legal, **VERSION)
    assert (tried["new"], tried["changed"], tried["refused"]) == (1, 1, 0)
    assert any("保持原样" in note for note in tried["notes"])
    run = desk.apply("items", raw, legal, **VERSION)
    assert run["list_version"] == "2026.4"
    assert desk.check("items", raw, legal, **VERSION)["unchanged"] == 2
    later = desk.check("items", raw, legal, version="2027.1", published="2026-11-20")
    assert later["changed"] == 2
    assert desk.undo(run["id"], legal).json()["restored"] == 2
    assert desk.check("items", raw, legal, **VERSION)["changed"] == 2


@pytest.mark.parametrize(
    ("over", "words"),
    [
        ({"basis": "《不存在的法》第三条"}, "条款不认识或现在不能引用：《不存在的法》第三条"),
        ({"basis": None}, "检查依据：没有填"),
        ({"measures": None}, "整改措施建议：没有填"),
        ({"causes": "____处探头未投用。"}, "产生原因：三要素之一"),
        ({"sector": "煤矿"}, "没有这个行业“煤矿”"),
        ({"id": "危化1"}, "只用字母、数字和 -"),
    ],
)
def test_s4_11_an_item_without_its_elements_is_refused(
    faults: Faults, legal: str, over: dict[str, Any], words: str
) -> None:
    values = {"id": "WH-90", **over}
    raw = workbook([item(values.pop("id"), **values)], HEAD)
    (found,) = faults("items", raw, legal, **VERSION)
    assert words in found


@pytest.mark.parametrize("asked", [{}, {"version": "1"}, {"version": "1", "published": "soon"}])
def test_a_list_has_a_version_and_a_day(desk: Desk, legal: str, asked: dict[str, str]) -> None:
    reply = desk.send(legal, "items/check", workbook([item()], HEAD), **asked)
    assert (reply.status_code, reply.json()["code"]) == (422, "version")


def test_the_administrator_may_not_publish_a_list(desk: Desk) -> None:
    reply = desk.send(ADMINISTRATOR, "items/check", workbook([item()], HEAD), **VERSION)
    assert reply.status_code == 403
