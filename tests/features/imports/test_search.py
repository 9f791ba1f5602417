"""The desk's search of the register: counted truly, page by page, by a part of name or code."""

from typing import Any

import pytest

from tests.features.imports.conftest import ADMINISTRATOR, Desk
from tests.features.imports.sheets import code_of, enterprise_row, workbook


def found(desk: Desk, **asked: str) -> dict[str, Any]:
    path = "/api/v1/enterprises?" + "&".join(f"{name}={value}" for name, value in asked.items())
    reply = desk.get(ADMINISTRATOR, path)
    assert reply.status_code == 200, reply.text
    return dict(reply.json())


def test_a_long_register_is_counted_and_read_to_its_end(desk: Desk) -> None:
    desk.apply("enterprises", workbook([enterprise_row(number) for number in range(120)]))
    pages = [found(desk, q="试验", start=str(start)) for start in (0, 50, 100, 150)]
    assert [page["total"] for page in pages] == [120] * 4
    assert [len(page["rows"]) for page in pages] == [50, 50, 20, 0]
    assert {row["code"] for page in pages for row in page["rows"]} == {
        code_of(number) for number in range(120)
    }
    assert desk.get(ADMINISTRATOR, "/api/v1/enterprises?start=-1").status_code == 400


def test_a_part_of_the_code_is_found_wherever_it_stands(desk: Desk) -> None:
    desk.apply("enterprises", workbook([enterprise_row(7)]))
    code = code_of(7)
    for part in (code, code[-4:], code[8:14], code[8:14].lower(), f" {code[5:12]} "):
        assert code in {row["code"] for row in found(desk, q=part)["rows"]}, part
    assert found(desk, q=code[10:13])["total"] == 0


@pytest.mark.parametrize("words", ["%25", "_", "%5C"])
def test_signs_of_the_query_language_are_only_signs(desk: Desk, words: str) -> None:
    assert found(desk, q=words) == {"rows": [], "total": 0}
