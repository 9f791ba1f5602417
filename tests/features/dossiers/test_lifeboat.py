"""A lifeboat over HTTP: what is in it goes through the acceptance of a push (LB4–LB6)."""

import gzip
import sqlite3

from backend.core.signing import KeyPair
from backend.settings import Settings
from tests.features.dossiers.lifeboats import Packer, add_visit, counts, hand_in, text_of
from tests.features.dossiers.phone import Phone
from tests.features.dossiers.test_push import Enrol, problem, rows


def revoke(settings: Settings, phone: Phone) -> None:
    with sqlite3.connect(settings.data_dir / "anxun.sqlite") as database:
        database.execute("UPDATE device SET revoked = 1 WHERE device = ?", [phone.device])


def test_lb4_a_colleague_brings_in_what_a_dead_phone_had_not_sent(
    phone: Enrol, packed: Packer
) -> None:
    courier = phone("nurlan")
    reply = hand_in(courier, packed.lines())
    assert reply.json()["runs"] == [
        {
            "device": packed.phone.device,
            "epoch": 1,
            "accepted": 3,
            "duplicate": 0,
            "quarantined": 0,
            "refused": 0,
        }
    ]
    assert reply.json()["timeline"] == packed.phone.timeline
    kept = rows(packed.phone, packed.dossier)
    assert [row["body"] for row in kept] == packed.phone.waiting
    assert {row["courier"] for row in kept} == {courier.device}


def test_lb5_a_second_import_and_the_phones_own_push_are_all_duplicates(
    phone: Enrol, packed: Packer
) -> None:
    courier, boat = phone("nurlan"), packed.lines()
    assert counts(hand_in(courier, boat)) == [(3, 0, 0, 0)]
    assert counts(hand_in(courier, boat)) == [(0, 3, 0, 0)]
    pushed = packed.phone.push().json()
    assert [item["status"] for item in pushed["other"]] == ["duplicate"] * 3


def test_lb4_what_a_push_would_hold_is_held(phone: Enrol, packed: Packer) -> None:
    lijie = packed.phone
    dossier = lijie.open_dossier()
    lijie.author(dossier, "receipt", lijie.new_record(), {"sha256": "0"})
    lijie.author(dossier, "finding", lijie.new_record(), {"problem": "x"}, kind="system")
    assert counts(hand_in(phone("nurlan"), packed.lines())) == [(4, 0, 2, 0)]
    reasons = [(each["n"], each["reason"]) for each in lijie.pull({}).json()["receipts"]]
    assert reasons == [(5, "authority"), (6, "authority")]


def test_lb4_the_work_of_a_revoked_enrolment_is_held_not_lost(
    phone: Enrol, packed: Packer, settings: Settings
) -> None:
    revoke(settings, packed.phone)
    assert counts(hand_in(phone("nurlan"), packed.lines())) == [(0, 0, 3, 0)]


def test_lb4_settled_changesets_between_unsent_ones_are_not_in_the_file(
    phone: Enrol, packed: Packer
) -> None:
    """A phone keeps open what is in quarantine (1), drops what it got back (2), adds what is new."""
    lijie = packed.phone
    own, dossier = packed.own(), packed.dossier
    lijie.push()
    lijie.author(dossier, "finding", lijie.new_record(), {"problem": "新的"})
    packed.acked = 3
    boat = packed.lines([own[0], own[2], *packed.own()])
    assert counts(hand_in(phone("nurlan"), boat)) == [(1, 2, 0, 0)]
    boat = packed.lines([own[0], *packed.own()])
    assert counts(hand_in(phone("nurlan"), boat)) == [(0, 2, 0, 0)]


def test_lb4_more_than_one_push_holds(phone: Enrol, packed: Packer) -> None:
    lijie = packed.phone
    dossier = lijie.open_dossier()
    for _ in range(520):
        lijie.author(dossier, "finding", lijie.new_record(), {"problem": "x"})
    for _ in range(6):
        lijie.author(dossier, "finding", lijie.new_record(), {"problem": "长" * 70_000})
    packed_gzip = gzip.compress(text_of(packed.lines()))
    reply = hand_in(phone("nurlan"), packed_gzip, **{"Content-Encoding": "gzip"})
    assert counts(reply) == [(530, 0, 0, 0)]


def test_lb4_a_file_from_before_a_restore_is_taken_where_its_chain_goes_on(
    phone: Enrol, packed: Packer
) -> None:
    packed.phone.timeline = "0" * 16
    assert counts(hand_in(phone("nurlan"), packed.lines())) == [(3, 0, 0, 0)]


def test_lb6_a_fork_of_one_officer_does_not_hinder_the_other_on_the_phone(
    phone: Enrol, packed: Packer, server: KeyPair
) -> None:
    lijie, other, courier = packed.phone, phone("nurlan"), phone("wangyi")
    clone = Phone(lijie.client, "lijie", lijie.token, lijie.key, lijie.device, lijie.timeline)
    clone.time += 60_000
    clone.open_dossier()
    clone.push()
    add_visit(other)
    reply = hand_in(courier, packed.lines() + Packer(other, server).lines())
    assert counts(reply) == [(0, 0, 0, 3), (3, 0, 0, 0)]
    assert reply.json()["runs"][0]["code"] == "fork"
    assert "续写" in reply.json()["runs"][0]["title"]
    problem(hand_in(courier, packed.lines()), 409, "fork")


def test_lb6_what_the_server_lost_before_is_a_gap(phone: Enrol, packed: Packer) -> None:
    packed.acked = 2
    problem(hand_in(phone("nurlan"), packed.lines(packed.own()[2:])), 409, "gap")
    boat = packed.lines([packed.own()[0], packed.own()[2]])
    reply = hand_in(phone("nurlan"), boat)
    assert counts(reply) == [(1, 0, 0, 1)]
    assert reply.json()["runs"][0]["code"] == "gap"
    assert counts(hand_in(phone("nurlan"), packed.lines())) == [(2, 1, 0, 0)]


def test_lb6_a_phone_nobody_enrolled_here(phone: Enrol, packed: Packer) -> None:
    packed.phone.device = "zzzzzzzzzzzz"
    problem(hand_in(phone("nurlan"), packed.lines()), 403, "enrolment")
