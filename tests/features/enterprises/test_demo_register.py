"""The demo bureau holds together on any day it is loaded."""

from datetime import date, timedelta

import pytest

from backend.core.packs import load_pack
from backend.demo.register import DemoRegister, load_demo
from backend.features.enterprises.rules import check_credit_code
from backend.features.plans.rules import CapScheme, ItemRow, YearVisit, count_visits

DAYS = [date(2026, 1, 1), date(2026, 9, 18), date(2027, 12, 31), date(2028, 2, 29)]


@pytest.fixture(params=DAYS, ids=str)
def today(request: pytest.FixtureRequest) -> date:
    day = request.param
    assert isinstance(day, date)
    return day


@pytest.fixture
def register(today: date) -> DemoRegister:
    return load_demo(today)


def test_the_same_day_gives_the_same_register(today: date, register: DemoRegister) -> None:
    assert load_demo(today) == register


def test_there_are_enough_people_and_enterprises(register: DemoRegister) -> None:
    assert len(register.people) >= 14
    assert len(register.enterprises) >= 52


def test_s3_1_1_two_certificates_are_there_to_be_refused(
    today: date, register: DemoRegister
) -> None:
    people = {person.login: person for person in register.people}
    expired = people["sunpeng"].certificate
    narrow = people["zhaolei"].certificate
    assert expired is not None
    assert expired.until < today.isoformat()
    assert narrow is not None
    assert "hazardous_chemicals" not in narrow.scope
    others = [p.certificate for p in register.people if p.certificate and p.login != "sunpeng"]
    assert all(one.issued <= today.isoformat() <= one.until for one in others)


def test_s3_4_2d_expert_and_assistant_hold_no_certificate(register: DemoRegister) -> None:
    helpers = [person for person in register.people if {"R9", "R13"} & set(person.roles)]
    assert len(helpers) == 2
    assert all(person.certificate is None for person in helpers)


def test_every_role_of_a_case_has_somebody(register: DemoRegister) -> None:
    roles = {role for person in register.people for role in person.roles}
    assert {"R1", "R2", "R3", "R4", "R5", "R6", "R7", "R14"} <= roles


def test_logins_and_numbers_are_unique(register: DemoRegister) -> None:
    logins = [person.login for person in register.people]
    numbers = [person.certificate.number for person in register.people if person.certificate]
    codes = [enterprise.code for enterprise in register.enterprises]
    names = [enterprise.short_name for enterprise in register.enterprises]
    for values in (logins, numbers, codes, names):
        assert len(values) == len(set(values))
    assert all(login.isascii() and login.islower() and login.isalpha() for login in logins)


def test_every_credit_code_is_valid_and_of_the_district(register: DemoRegister) -> None:
    for enterprise in register.enterprises:
        assert check_credit_code(enterprise.code).fault is None, enterprise.name
        assert enterprise.code[2:6] == "6523"
        assert enterprise.address.startswith(enterprise.district)


def test_every_place_lies_in_the_prefecture(register: DemoRegister) -> None:
    for enterprise in register.enterprises:
        assert 43_000_000_0 < enterprise.place.lat < 45_600_000_0, enterprise.name
        assert 85_000_000_0 < enterprise.place.lon < 91_600_000_0, enterprise.name


def test_sections_supervise_the_sectors_of_their_enterprises(register: DemoRegister) -> None:
    sectors = {section.id: section.sectors for section in register.sections}
    assert all(person.section in sectors for person in register.people)
    assert all(one.sector in sectors[one.section] for one in register.enterprises)


def test_visits_lie_in_the_year_that_has_passed(today: date, register: DemoRegister) -> None:
    first = today.replace(month=1, day=1).isoformat()
    assert all(first <= visit.day <= today.isoformat() for visit in register.visits)


def test_s3_4_2d_two_certified_officers_made_every_visit(register: DemoRegister) -> None:
    people = {person.login: person for person in register.people}
    sectors = {enterprise.code: enterprise.sector for enterprise in register.enterprises}
    for visit in register.visits:
        assert len(set(visit.officers)) >= 2
        for login in visit.officers:
            certificate = people[login].certificate
            assert certificate is not None, login
            assert sectors[visit.enterprise] in certificate.scope, login


def test_findings_come_from_the_list_and_some_are_open_and_late(
    today: date, register: DemoRegister
) -> None:
    items = {row.id: row for row in load_pack("changji").rows("item", ItemRow)}
    findings = [finding for visit in register.visits for finding in visit.findings]
    for finding in findings:
        assert set(finding.basis) <= set(items[finding.item].basis), finding.problem
        assert finding.cause
        assert finding.measure
        assert finding.cause != finding.problem
    due = [date.fromisoformat(finding.due) for finding in findings if finding.due]
    assert any(day < today for day in due)
    assert any(day > today for day in due)
    assert len(due) < len(findings)
    assert max(due) < today + timedelta(days=60)


def test_s3_3_1_a_first_grade_works_has_used_up_its_visits(
    today: date, register: DemoRegister
) -> None:
    (scheme,) = load_pack("urumqi").rows("cap", CapScheme)
    code = next(one.code for one in register.enterprises if one.short_name == "天池氯碱")
    visits = [
        YearVisit(f"{number}", visit.day, visit.kind, visit.exempt)
        for number, visit in enumerate(register.visits)
        if visit.enterprise == code
    ]
    count = count_visits(scheme, visits, today.year)
    assert (count.counted, count.not_counted) == (2, 1)
