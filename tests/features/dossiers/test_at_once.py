"""Pushes that arrive at the same moment, on both databases: the log stays one line (LG1, LG2, SN8)."""

import json
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from tests.features.dossiers.phone import Phone
from tests.features.dossiers.server import Server, twin
from tests.features.dossiers.test_push import problem, rows

COURIERS = 4


def at_once(calls: Sequence[Callable[[], Any]]) -> list[Any]:
    """The answers of requests that are all under way together."""
    with ThreadPoolExecutor(len(calls)) as threads:
        return [each.result() for each in [threads.submit(call) for call in calls]]


def carried_by(couriers: Sequence[Phone], run: dict[str, Any]) -> list[Any]:
    return at_once([lambda each=each: each.push(run) for each in couriers])


def couriers_of(running: Server) -> list[Phone]:
    return [running.phone(("nurlan", "wangyi")[n % 2]) for n in range(COURIERS)]


def test_lg2_one_run_brought_by_couriers_at_once_is_accepted_once(running: Server) -> None:
    lijie, couriers = running.phone("lijie"), couriers_of(running)
    dossier = lijie.open_dossier()
    lijie.author(dossier, "finding", lijie.new_record(), {"problem": "x"})
    lijie.author(dossier, "finding", lijie.new_record(), {"problem": "x"}, kind="system")
    sent, before = list(lijie.waiting), running.holdings()
    replies = [each.json() for each in carried_by(couriers, lijie.run())]
    assert [each["acked_n"] for each in replies] == [3] * COURIERS
    told = sorted(sorted({item["status"] for item in each["other"]}) for each in replies)
    assert told == [["duplicate"]] * (COURIERS - 1) + [["quarantined"]]
    assert [row["body"] for row in rows(lijie, dossier)] == sent[:2]
    after = running.holdings()
    assert after.changesets == before.changesets + 2
    assert len(after.held) == len(before.held) + 1


def test_sn4_a_fork_brought_by_couriers_at_once_changes_nothing(running: Server) -> None:
    lijie, couriers = running.phone("lijie"), couriers_of(running)
    clone = twin(lijie)
    lijie.open_dossier()
    lijie.push()
    clone.open_dossier()
    before = running.holdings()
    epochs = [problem(each, 409, "fork")["epoch"] for each in carried_by(couriers, clone.run())]
    assert sorted(epochs) == list(range(2, COURIERS + 2))
    assert running.holdings() == before


def test_sn4_of_two_histories_under_one_number_one_is_taken(running: Server) -> None:
    lijie, nurlan = running.phone("lijie"), running.phone("nurlan")
    clone = twin(lijie)
    for each in (lijie, clone):
        each.open_dossier()
    before = running.holdings()
    runs = [each.run() for each in (lijie, clone)]
    replies = at_once([lambda: lijie.push(runs[0]), lambda: nurlan.push(runs[1])])
    assert sorted(each.status_code for each in replies) == [200, 409]
    after = running.holdings()
    (chain,) = [each for each in after.chains if each not in before.chains]
    taken = next(run for run, each in zip(runs, replies, strict=True) if each.status_code == 200)
    assert chain == (lijie.device, 1, 1, taken["last_hash"])


def test_lg1_phones_that_write_into_one_dossier_at_once_leave_no_gap(running: Server) -> None:
    phones = [running.phone("lijie") for _ in range(COURIERS)]
    dossier = phones[0].open_dossier()
    phones[0].push()
    for each in phones:
        for _ in range(5):
            each.author(dossier, "finding", each.new_record(), {"problem": each.device})
    replies = at_once([each.push for each in phones])
    assert [each.json()["other"] for each in replies] == [[]] * COURIERS
    kept = rows(phones[0], dossier)
    assert [row["seq"] for row in kept] == list(range(1, 5 * COURIERS + 2))
    authors = [json.loads(row["body"])["id"].partition(".")[0] for row in kept[1:]]
    assert authors == [device for n in range(COURIERS) for device in [authors[5 * n]] * 5]
