"""S3-2.1a: the item list and the caps as the packs hold them."""

import re
from datetime import date

import msgspec
import pytest

from backend.core.packs import load_pack
from backend.features.law.model import Citation, Law
from backend.features.law.rules import parse_citation, standing
from backend.features.plans.rules import (
    CapScheme,
    ItemRow,
    cap_for,
    item_faults,
    judge_cap,
)

PACK = load_pack("changji")
LAWS = PACK.rows("law", Law)
ITEMS = PACK.rows("item", ItemRow)


def known(citation: str) -> bool:
    read = parse_citation(citation)
    in_force = date.fromisoformat(PACK.setting("item_list.published", str))
    return isinstance(read, Citation) and standing(LAWS, read, in_force) == "in_force"


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.id)
def test_s3_2_1a_item_may_enter_the_list(item: ItemRow) -> None:
    assert item_faults(item, known) == ()


def test_s3_2_1a_there_are_items_for_both_sectors() -> None:
    sectors = [item.sector for item in ITEMS]
    assert sectors.count("hazardous_chemicals") >= 12
    assert sectors.count("industry_trade") >= 12
    assert len({item.id for item in ITEMS}) == len(ITEMS)


def test_items_are_written_as_questions_an_officer_can_answer() -> None:
    for item in ITEMS:
        assert "是否" in item.content, item.id
        assert item.content.endswith("。"), item.id
        phrases = (*item.problems, *item.causes, *item.measures)
        assert all(phrase.endswith("。") for phrase in phrases), item.id
        assert not any(re.search("隐患项|缺陷", phrase) for phrase in phrases), item.id


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"basis": ()}, "basis"),
        ({"basis": ("aqscf#36",)}, "basis"),
        ({"basis": ("aqscf@2014-12-01#36",)}, "basis"),
        ({"basis": ("hgyhbz@2017-11-13#13",)}, "basis"),
        ({"liability": ("nothing",)}, "liability"),
        ({"problems": ()}, "problems"),
        ({"causes": (ITEMS[0].problems[0],)}, "causes"),
        ({"measures": (" ",)}, "measures"),
        ({"method": ""}, "method"),
    ],
)
def test_s4_11_item_that_could_not_be_issued_is_named(
    change: dict[str, object], fault: str
) -> None:
    assert item_faults(msgspec.structs.replace(ITEMS[0], **change), known) == (fault,)


def test_s3_3_1_urumqi_has_a_number_for_every_class_and_grade() -> None:
    (scheme,) = load_pack("urumqi").rows("cap", CapScheme)
    high = [cap_for(scheme, True, grade) for grade in ("1", "2", "3", "none")]
    low = [cap_for(scheme, False, grade) for grade in ("1", "2", "3", "none")]
    assert (high, low) == ([2, 4, 8, 12], [1, 1, 3, 5])
    assert {reason.code for reason in scheme.exempt_reasons} == {
        "complaint",
        "assigned",
        "monitoring",
        "enterprise_request",
        "other",
    }


def test_s3_3_1_changji_has_set_no_number() -> None:
    (scheme,) = PACK.rows("cap", CapScheme)
    assert judge_cap(scheme, True, "1", 30).words == "本地没有规定次数"
