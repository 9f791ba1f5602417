"""L1 首次发现 (S4-1): a local policy, so only the phones of its jurisdiction offer it."""

import json
from collections.abc import Callable
from datetime import date

from backend.core.packs import load_pack
from tests.features.dossiers.phone import Phone

L1 = "leniency.L1"


def test_s4_1_is_named_with_its_source_and_its_four_exceptions() -> None:
    rule = load_pack("changji").settings[L1]
    assert "包容审慎监管" in rule.source
    assert rule.in_force == date(2020, 7, 30)
    assert len(rule.value["except"]) == 4
    assert rule.value["result"].endswith("不予行政处罚")


def test_no_other_jurisdiction_has_it() -> None:
    assert not any(L1 in load_pack(name).settings for name in ("national", "urumqi", "chenzhou"))


def test_phones_of_the_bureau_carry_it(phone: Callable[[str], Phone]) -> None:
    held = phone("lijie")
    page = held.client.get("/api/v1/sync/snapshot/ref.packs.changji", headers=held.headers())
    rows = [json.loads(line) for line in page.text.splitlines()[1:-1]]
    values = [row["fields"]["record"]["heads"][0]["value"] for row in rows]
    (found,) = [each for each in values if each["id"] == L1]
    assert json.loads(found["json"])["title"] == "首次发现"
    assert found["in_force"] == "2020-07-30"
