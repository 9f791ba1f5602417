"""What a bureau's pack must say for papers and phones to work."""

import string

import pytest

from backend.core.packs import load_pack
from backend.features.law.model import Citation, Law
from backend.features.law.rules import clause_words, parse_citation

BUREAUS = ("changji", "urumqi")


@pytest.mark.parametrize("bureau", BUREAUS)
@pytest.mark.parametrize("key", ["name", "short_name", "region", "government", "court"])
def test_bureau_names_itself_and_who_reviews_it(bureau: str, key: str) -> None:
    assert load_pack(bureau).setting(f"bureau.{key}", str).strip()


@pytest.mark.parametrize("bureau", BUREAUS)
def test_reconsideration_goes_to_the_government_of_the_same_level(bureau: str) -> None:
    pack = load_pack(bureau)
    government = pack.setting("bureau.government", str)
    assert government.endswith("人民政府")
    assert pack.setting("bureau.name", str) == government.removesuffix("人民政府") + "应急管理局"


def test_number_is_printed_as_the_form_prints_it() -> None:
    pack = load_pack("changji")
    pattern = pack.setting("documents.number_pattern", str)
    region = pack.setting("bureau.region", str)
    text = pattern.format(region=region, code="应急责改", year=2026, serial=37)
    assert text == "（昌）应急责改〔2026〕37号"


def test_s3_a12_five_forbids_hold_eight_must_nots() -> None:
    rules = load_pack("changji").setting("integrity.rules", list[dict[str, str | list[str]]])
    assert len(rules) == 5
    assert all(str(rule["forbid"]).startswith("严禁") for rule in rules)
    must_not = [text for rule in rules for text in rule["must_not"]]
    assert len(must_not) == 8
    assert all(text.startswith("不得") for text in must_not)


def test_rights_are_told_with_bureau_and_complaint_telephone() -> None:
    pack = load_pack("changji")
    told = pack.setting("rights.told", str)
    names = {name for _, name, _, _ in string.Formatter().parse(told) if name}
    assert names == {"bureau", "complaint_phone"}
    assert all(word in told for word in ("出示执法证件", "回避", "陈述、申辩", "投诉"))


def test_rights_rest_on_clauses_of_the_index() -> None:
    pack = load_pack("changji")
    laws = {(law.id, law.in_force) for law in pack.rows("law", Law)}
    for text in pack.setting("rights.basis", list[str]):
        citation = parse_citation(text)
        assert isinstance(citation, Citation)
        assert (citation.law, citation.since) in laws, clause_words(citation.clause)


def test_no_law_has_two_names_or_two_versions_of_one_day() -> None:
    laws = load_pack("changji").rows("law", Law)
    assert len({(law.id, law.in_force) for law in laws}) == len(laws)
    assert len({law.title for law in laws}) == len({law.id for law in laws})
