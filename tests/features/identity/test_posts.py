"""Posts one person may hold, certificates over time, codes and passwords: rules as tables."""

import pytest

from backend.core.packs import load_pack
from backend.features.identity.model import Certificate
from backend.features.identity.rules import certificate_state, held_on
from backend.features.identity.rules.certificates import certificate_fault, warning_step
from backend.features.identity.rules.chain import Entry, broken_at, link
from backend.features.identity.rules.clients import client_words
from backend.features.identity.rules.people import phone_fault
from backend.features.identity.rules.posts import (
    login_fault,
    post_fault,
    spoken_code,
)
from backend.features.identity.service.first_start import bureau_packs
from backend.features.identity.service.posts import own_password_fault, post_rules

DAY = "2026-11-23"
RULES = post_rules(load_pack("changji"), DAY)
STEPS = load_pack("changji").setting("certificate.warn_days", list[int])


@pytest.mark.parametrize(
    ("roles", "kind", "words"),
    [
        ({"R1"}, "supervision", ""),
        ({"R1", "R2"}, "basics", ""),
        ({"R3", "R4"}, "detachment", ""),
        ({"R14"}, "administration", ""),
        (set(), "supervision", "岗位没有选"),
        ({"R99"}, "supervision", "岗位没有选"),
        ({"R1"}, "detachment", "“执法支队”没有“执法人员”"),
        ({"R2"}, "detachment", "“执法支队”没有“科长”"),
        ({"R3"}, "supervision", "“监管业务科室”没有“支队执法人员”"),
        ({"R7"}, "legal", "“法规科”没有“局领导”"),
        ({"R14", "R9"}, "administration", "管理员不接触案件内容"),
        ({"R1", "R9"}, "supervision", "专家只提意见"),
        ({"R3", "R13"}, "detachment", "行政处罚法第四十二条"),
    ],
)
def test_S0_2_a_section_has_its_posts_and_one_person_no_two_that_exclude_each_other(
    roles: set[str], kind: str, words: str
) -> None:
    fault = post_fault(RULES, roles, kind)
    assert words in fault
    assert bool(fault) == bool(words)


@pytest.mark.parametrize("other", ["R1", "R2", "R3", "R4", "R5", "R6", "R7", "R9", "R13"])
def test_an_administrator_holds_no_other_post_wherever_the_pack_puts_them(other: str) -> None:
    everywhere = {
        name: type(post)(post.id, post.title, ["any"], post.source, post.in_force)
        for name, post in RULES.posts.items()
    }
    rules = type(RULES)(RULES.kinds, everywhere, RULES.separations)
    assert "行政处罚法第五十条" in post_fault(rules, {"R14", other}, "any")


@pytest.mark.parametrize(
    ("one", "other", "article"),
    [
        ("R1", "R3", "第二条"),
        ("R2", "R4", "第二条"),
        ("R3", "R5", "第五十八条"),
        ("R1", "R7", "第五十七条"),
        ("R5", "R7", "第五十八条"),
        ("R6", "R2", "第十二条"),
    ],
)
def test_who_checks_does_not_investigate_review_or_decide(
    one: str, other: str, article: str
) -> None:
    (found,) = [
        each
        for each in RULES.separations
        if {one, other} & set(each.roles)
        and {one, other} & set(each.against)
        and ({one} <= set(each.roles)) != ({other} <= set(each.roles))
    ]
    assert article in found.source


def held(issued: str, until: str, number: str = "1", suspended: bool = False) -> Certificate:
    return Certificate(number, ["综合"], issued, until, suspended)


OLD = held("2021-12-01", "2026-11-30")
NEW = held("2026-12-01", "2031-11-30", "2")


@pytest.mark.parametrize(
    ("certificates", "day", "number", "state"),
    [
        ([OLD, NEW], DAY, "1", "valid"),
        ([NEW, OLD], "2026-11-30", "1", "valid"),
        ([OLD, NEW], "2026-12-01", "2", "valid"),
        ([OLD], "2026-12-01", "1", "expired"),
        ([NEW], DAY, "2", "not_yet"),
        ([held("2021-01-01", "2030-01-01", suspended=True), OLD], DAY, "1", "valid"),
        ([held("2021-01-01", "2030-01-01", suspended=True)], DAY, "1", "suspended"),
    ],
)
def test_S3_1_1_of_several_certificates_the_one_valid_that_day_counts(
    certificates: list[Certificate], day: str, number: str, state: str
) -> None:
    found = held_on(certificates, day)
    assert found
    assert (found.number, certificate_state(found, day)) == (number, state)
    assert held_on([], day) is None


@pytest.mark.parametrize(
    ("until", "step"),
    [
        ("2027-01-23", -1),
        ("2027-01-22", 60),
        ("2026-12-24", 60),
        ("2026-12-23", 30),
        ("2026-11-30", 7),
        ("2026-11-23", 7),
        ("2026-11-22", 0),
    ],
)
def test_warned_at_60_30_and_7_days_and_once_it_is_over(until: str, step: int) -> None:
    assert warning_step([held("2021-12-01", until)], DAY, STEPS) == step
    assert warning_step([held("2021-12-01", until), NEW], DAY, STEPS) == -1


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (OLD, ""),
        (held("2026-12-01", "2026-11-30"), "到期日早于发证日"),
        (held("2026-13-01", "2027-01-01"), "日期不对"),
        (held("20261201", "2027-01-01"), "日期不对"),
        (held("2026-01-01", "2027-01-01", " "), "证号"),
        (Certificate("1", [], "2026-01-01", "2027-01-01"), "执法范围"),
    ],
)
def test_what_no_certificate_can_be(given: Certificate, words: str) -> None:
    assert words in certificate_fault(given)
    assert bool(certificate_fault(given)) == bool(words)


@pytest.mark.parametrize(
    "phone", ["", "13900000001", "0994-2345678", "09942345678", "010-12345678", "0991-2345678-801"]
)
def test_a_telephone(phone: str) -> None:
    assert phone_fault(phone) == ""


@pytest.mark.parametrize(
    "phone",
    ["111", "12345", "12900000001", "1390000000", "139000000012", "2345678", "0994-234567", "手机"],
)
def test_no_telephone(phone: str) -> None:
    assert "11 位手机号" in phone_fault(phone)


@pytest.mark.parametrize("login", ["lijie", "li.jie-2", "a1"])
def test_a_login(login: str) -> None:
    assert login_fault(login) == ""


@pytest.mark.parametrize("login", ["", "a", "李", "Li", ".li", "li jie", "l" * 33])
def test_no_login(login: str) -> None:
    assert login_fault(login)


@pytest.mark.parametrize(
    ("password", "words"),
    [
        ("梧桐树下三点半开会吧", ""),
        ("short", "至少 10 位"),
        ("my-lijie-2026", "账号"),
        ("aaaaaaaaaaaa", "重复"),
        ("阜康阜康阜康阜康阜康", "重复"),
        ("20262026202", "重复"),
        ("1234567890", "一串连着的"),
        ("67890123456789", "一串连着的"),
        ("0987654321", "一串连着的"),
        ("QwertyUIOP", "一串连着的"),
        ("asdfghjkl", "至少 10 位"),
        ("Password2026!", "太常见"),
        ("1q2w3e4r5t", "太常见"),
        ("woaini1314520", "太常见"),
        ("5201314zhang5201314", "太常见"),
        ("Tulpe-9-Regen", ""),
        ("qwerty-Regen-9", ""),
        ("x" * 64 + "yz" * 40, "太长"),
    ],
)
def test_a_password_is_long_not_the_login_and_not_guessed_at_once(
    password: str, words: str
) -> None:
    fault = own_password_fault(load_pack("changji"), password, "lijie", DAY)
    assert words in fault
    assert bool(fault) == bool(words)


def test_a_code_is_known_however_it_is_typed() -> None:
    assert spoken_code(" ABCD-efgh jkmn") == "abcdefghjkmn"


def test_a_chain_is_broken_where_a_row_was_changed_or_taken_out() -> None:
    rows: list[Entry] = []
    for n in range(1, 5):
        entry = Entry(n, n, "a", "act", "s", "", "")
        hashed = link(rows[-1].hash if rows else "", entry)
        rows.append(Entry(n, n, "a", "act", "s", "", hashed))
    changed = Entry(2, 2, "b", "act", "s", "", rows[1].hash)
    assert broken_at(None, rows) == 0
    assert broken_at(rows[1], rows[2:]) == 0
    assert broken_at(None, [rows[0], changed, *rows[2:]]) == 2
    assert broken_at(None, [rows[0], *rows[2:]]) == 3
    assert broken_at(rows[2], rows[1:]) == 2


def test_a_bureau_chooses_among_packs_that_know_its_name() -> None:
    assert {"changji", "urumqi"} <= set(bureau_packs())
    assert "national" not in bureau_packs()


def test_a_session_is_known_by_its_kind_of_machine() -> None:
    assert client_words("Mozilla/5.0 (Linux; Android 14; Pixel 7)") == "安卓手机"
    assert client_words("") == "其他设备"
