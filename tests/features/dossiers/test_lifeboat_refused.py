"""A lifeboat that is broken, forged, foreign or too big changes nothing and is told so (LB1–LB4)."""

import gzip
import logging
from collections.abc import Callable

import pytest

from backend.core.dossiers import lifeboat
from backend.core.signing import KeyPair
from backend.settings import Settings
from tests.features.dossiers.lifeboats import (
    FORMAT,
    Line,
    Packer,
    add_visit,
    counts,
    hand_in,
    text_of,
)
from tests.features.dossiers.phone import new_key
from tests.features.dossiers.test_lifeboat import revoke
from tests.features.dossiers.test_push import Enrol, problem


def cut_line(packed: Packer) -> list[Line]:
    return packed.lines()[:-1]


def line_lost(packed: Packer) -> list[Line]:
    boat = packed.lines()
    return boat[:-2] + boat[-1:]


def all_work_lost(packed: Packer) -> list[Line]:
    return packed.lines()[:3]


def line_twice(packed: Packer) -> list[Line]:
    boat = packed.lines()
    return [*boat, boat[-1]]


def letter_changed(packed: Packer) -> list[Line]:
    *boat, last = packed.lines()
    sealed = last["sealed"]
    letter = "A" if sealed[30] != "A" else "B"
    return [*boat, last | {"sealed": sealed[:30] + letter + sealed[31:]}]


def numbers_swapped(packed: Packer) -> list[Line]:
    *boat, second, third = packed.lines()
    return [*boat, second | {"n": third["n"]}, third | {"n": second["n"]}]


def no_base64(packed: Packer) -> list[Line]:
    *boat, last = packed.lines()
    return [*boat, last | {"sealed": "报警器"}]


def another_number_inside(packed: Packer) -> list[Line]:
    boat = packed.lines()[:-1]
    return [*boat, packed.sealed(packed.own()[1], at=3)]


def body_missing(packed: Packer) -> list[Line]:
    boat = packed.lines()[:-1]
    return [*boat, packed.sealed(packed.own()[2] | {"body": None})]


def without_key(packed: Packer) -> list[Line]:
    head, _, *rest = packed.lines()
    return [head, *rest]


def key_of_another_name(packed: Packer) -> list[Line]:
    head, _, *rest = packed.lines()
    return [head, packed.key("own", f"key/{packed.phone.device}/evidence/x"), *rest]


def key_broken(packed: Packer) -> list[Line]:
    head, key, *rest = packed.lines()
    return [head, key | {"enc": key["sealed"]}, *rest]


def end_moved(packed: Packer) -> list[Line]:
    head, *rest = packed.lines()
    return [head | {"runs": [head["runs"][0] | {"hash": "0" * 64}]}, *rest]


def work_of_no_run(packed: Packer) -> list[Line]:
    head, *rest = packed.lines()
    return [head | {"runs": []}, *rest]


DAMAGE = [
    cut_line,
    line_lost,
    all_work_lost,
    line_twice,
    letter_changed,
    numbers_swapped,
    no_base64,
    another_number_inside,
    body_missing,
    without_key,
    key_of_another_name,
    key_broken,
    end_moved,
    work_of_no_run,
]


@pytest.mark.parametrize("damage", DAMAGE)
def test_lb3_damage_changes_nothing(
    phone: Enrol, packed: Packer, damage: Callable[[Packer], list[Line]]
) -> None:
    courier = phone("nurlan")
    problem(hand_in(courier, damage(packed)), 422, "damaged")
    assert counts(hand_in(courier, packed.lines())) == [(3, 0, 0, 0)]


MALFORMED = [
    b"",
    b"\n",
    b"{",
    b"[]",
    b"\xff\xfe",
    b"[" * 100_000,
    "不是救生包".encode(),
    b'{"lifeboat": "anxun/lifeboat/2", "device": "abcdefabcdef", "runs": []}',
    b'{"lifeboat": "anxun/lifeboat/1", "device": "../../etc/pwd", "runs": []}',
    b'{"device": "abcdefabcdef", "epoch": 1, "n": 1, "sealed": ""}',
    b'{"device": "abcdefabcdef", "epoch": 2147483648, "n": 1, "sealed": ""}',
    b'{"device": "abcdefabcdef", "epoch": 1, "n": 9007199254740993, "sealed": ""}',
]


@pytest.mark.parametrize("raw", MALFORMED)
def test_lb3_what_is_no_lifeboat(phone: Enrol, raw: bytes) -> None:
    problem(hand_in(phone("nurlan"), raw), 400, "malformed")


def test_lb3_a_file_cut_in_a_line_or_with_an_enrolment_twice(phone: Enrol, packed: Packer) -> None:
    courier, boat = phone("nurlan"), packed.lines()
    problem(hand_in(courier, text_of(boat)[:-40]), 400, "malformed")
    problem(hand_in(courier, [*boat, boat[0]]), 400, "malformed")
    head = boat[0] | {"runs": boat[0]["runs"] * 2}
    problem(hand_in(courier, [head, *boat[1:]]), 400, "malformed")
    assert counts(hand_in(courier, boat)) == [(3, 0, 0, 0)]


def test_lb3_a_forged_run_changes_nothing_of_anybody(
    phone: Enrol, packed: Packer, server: KeyPair
) -> None:
    """Anyone can wrap to the server's public key; only the author can sign."""
    courier, victim = phone("wangyi"), phone("nurlan")
    add_visit(victim)
    forger = Packer(victim, server)
    own, victim.key = forger.own(), new_key()
    problem(hand_in(courier, packed.lines() + forger.lines()), 422, "signature")
    changed = [own[0] | {"body": own[0]["body"].replace("投诉", "转办")}, *own[1:]]
    problem(hand_in(courier, packed.lines() + forger.lines(changed)), 422, "signature")
    replayed = [*own[:2], own[2] | {"signature": own[0]["signature"]}]
    problem(hand_in(courier, packed.lines() + forger.lines(replayed)), 422, "signature")
    assert counts(hand_in(courier, packed.lines() + forger.lines(own))) == [(3, 0, 0, 0)] * 2


def test_lb3_one_wrapped_to_another_server(phone: Enrol, packed: Packer) -> None:
    packed.server = new_key()
    problem(hand_in(phone("nurlan"), packed.lines()), 422, "server_key")


def test_lb1_too_large_plain_gzipped_or_by_enrolments(
    phone: Enrol, packed: Packer, monkeypatch: pytest.MonkeyPatch
) -> None:
    courier = phone("nurlan")
    zipped = {"Content-Encoding": "gzip"}
    bomb = gzip.compress(b"0" * (lifeboat.MAX_LIFEBOAT_BYTES + 1))
    body = problem(hand_in(courier, bomb, **zipped), 413, "too_large")
    assert "救生包" in body["title"]
    problem(hand_in(courier, b"0" * (lifeboat.MAX_LIFEBOAT_BYTES + 1)), 413, "too_large")
    problem(hand_in(courier, b"junk", **zipped), 400, "malformed")
    heads = [
        {"lifeboat": FORMAT, "device": f"abcdefabc{n:03d}", "timeline": "", "runs": []}
        for n in range(lifeboat.MAX_ENROLMENTS + 1)
    ]
    problem(hand_in(courier, heads), 413, "too_large")
    assert counts(hand_in(courier, heads[1:])) == []


def test_lb4_who_may_bring_one(phone: Enrol, packed: Packer, settings: Settings) -> None:
    courier, boat = phone("nurlan"), text_of(packed.lines())
    kind = {"Content-Type": "application/x-ndjson"}
    path = "/api/v1/sync/lifeboat"
    problem(courier.client.post(path, content=boat, headers=kind), 401, "session")
    foreign = {"Anxun-Enrolment": packed.phone.device}
    problem(hand_in(courier, boat, **foreign), 403, "enrolment")
    problem(hand_in(courier, boat, **{"Content-Type": "application/json"}), 415, "content_type")
    problem(hand_in(courier, boat, Origin="https://elsewhere.example"), 403, "foreign_origin")
    revoke(settings, courier)
    problem(hand_in(courier, boat), 403, "enrolment")


def test_lb1_a_courier_brings_ten_a_minute(phone: Enrol) -> None:
    courier = phone("nurlan")
    codes = {hand_in(courier, b"{").status_code for _ in range(10)}
    # A window may end between two of them; it cannot end twice.
    later = [hand_in(courier, b"{").status_code for _ in range(11)]
    assert (codes, later[-1]) == ({400}, 429)


def test_logs_tell_of_a_refusal_and_nothing_of_the_file(
    phone: Enrol, packed: Packer, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    courier = phone("nurlan")
    packed.acked = 2
    hand_in(courier, [*packed.lines(), packed.lines()[0]])
    hand_in(courier, packed.lines([packed.own()[0], packed.own()[2]]))
    told = caplog.text
    refusals = [vars(each) for each in caplog.records if each.name == "anxun.problems"]
    assert ("malformed", "POST", "/api/v1/sync/lifeboat") in [
        (each.get("code"), each.get("method"), each.get("route")) for each in refusals
    ]
    assert "refused gap in a lifeboat" in told
    secret = (packed.phone.device, packed.dossier, "报警器", "投诉举报", "lijie", "nurlan")
    assert [each for each in secret if each in told] == []
