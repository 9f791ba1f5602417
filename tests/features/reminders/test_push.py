"""From a clock to the lock screen: encrypted for one browser, signed by this server, tried again."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import pytest
import sqlalchemy as sa
from cryptography.hazmat.primitives.asymmetric import ec

from backend.features.deadlines import public
from backend.features.deadlines.service.pushing import (
    MAX_PAYLOAD,
    Message,
    Payload,
    Sent,
    encrypt,
    push_sender,
)
from backend.features.deadlines.tables import inbox
from backend.features.deadlines.tables.reminders import reminder
from tests.features.reminders.browser import Browser, PushService, from64, point, push_service
from tests.features.reminders.office import DAY_MS, HOUR_MS, NOON_18_SEP, Office, fact

LOCAL = frozenset({"127.0.0.1"})


@dataclass
class Line:
    """The office, a push service, and the sender between them."""

    office: Office
    service: PushService
    sender: public.PushSender

    async def subscribe(self, officer: str, path: str) -> Browser:
        browser = Browser()
        wanted = browser.subscription(officer, self.service.origin + path)
        async with self.office.database.write() as connection:
            await inbox.keep_subscription(connection, wanted, self.office.clock.ms)
        return browser

    async def run(self) -> int:
        dossiers = self.office.dossiers
        return await public.run_due(
            dossiers.database, self.sender, dossiers.clock, dossiers.ids, 50
        )

    @property
    def paths(self) -> list[str]:
        return [message.path for message in self.service.received]


@asynccontextmanager
async def line_of(office: Office) -> AsyncIterator[Line]:
    guard = public.EndpointGuard(LOCAL, public.resolve_host)
    vapid = office.dossiers.keys.vapid
    async with (
        push_service() as service,
        push_sender(vapid, office.clock, "https://anxun.example", guard) as sender,
    ):
        yield Line(office, service, sender)


@pytest.fixture
async def line(office: Office) -> AsyncIterator[Line]:
    async with line_of(office) as line:
        yield line


async def test_D03_rings_on_the_phone_and_stands_in_the_inbox(each_office: Office) -> None:
    async with line_of(each_office) as line:
        browser = await line.subscribe("zhang", "/a")
        dossier = await each_office.open()
        await each_office.tell(dossier, fact("start", "D03", NOON_18_SEP, "zhang"))
        assert await line.run() == 1
        assert await line.run() == 0
    (message,) = line.service.received
    (clock,) = await each_office.clocks(dossier)
    payload = json.loads(browser.decrypt(message.body))
    assert payload == {
        "title": clock.rule.title,
        "body": "9月22日到期，打开查看",
        "tag": message.headers["topic"],
        "url": f"/#/f/v/{dossier}",
        "clock": clock.id,
    }
    assert len(payload["tag"]) == 32
    async with each_office.database.read() as connection:
        (told,) = await inbox.inbox_of(connection, "zhang", 9)
        assert await inbox.pushed(connection, [told.id]) == {told.id}
    assert (told.title, told.body) == (payload["title"], payload["body"])


async def test_the_request_says_who_sends_and_how_long_it_is_worth(line: Line) -> None:
    await line.subscribe("zhang", "/a")
    dossier = await line.office.open()
    await line.office.tell(dossier, fact("start", "D03", NOON_18_SEP, "zhang"))
    await line.run()
    (message,) = line.service.received
    claims, key = message.vapid()
    assert key == point(line.office.dossiers.keys.vapid.private.public_key())
    assert claims == {
        "aud": line.service.origin,
        "exp": NOON_18_SEP // 1000 + 12 * 3600,
        "sub": "https://anxun.example",
    }
    (clock,) = await line.office.clocks(dossier)
    left = (clock.dates.due_ms_rolled - NOON_18_SEP) // 1000
    assert message.headers["ttl"] == str(left)
    assert message.headers["content-encoding"] == "aes128gcm"
    assert message.headers["urgency"] == "normal"
    line.office.clock.ms = clock.dates.due_ms_rolled - 15 * HOUR_MS
    await line.run()
    assert line.service.received[-1].headers["urgency"] == "high"


async def test_every_message_has_its_own_claims_and_keys(line: Line) -> None:
    await line.subscribe("zhang", "/a")
    async with push_service() as elsewhere:
        other = Browser().subscription("zhang", f"{elsewhere.origin}/b")
        async with line.office.database.write() as connection:
            await inbox.keep_subscription(connection, other, 0)
        await line.office.tell(await line.office.open(), fact("start", "D03", NOON_18_SEP, "zhang"))
        await line.run()
        origins = [each.received[0].vapid()[0]["aud"] for each in (line.service, elsewhere)]
        assert origins == [line.service.origin, elsewhere.origin]
        salts = {each.received[0].body[:16] for each in (line.service, elsewhere)}
        assert len(salts) == 2


@pytest.mark.parametrize("status", [404, 410])
async def test_a_browser_that_has_gone_is_forgotten(line: Line, status: int) -> None:
    await line.subscribe("zhang", "/gone")
    await line.subscribe("zhang", "/here")
    line.service.answers["/gone"] = (status, {})
    dossier = await line.office.open()
    await line.office.tell(dossier, fact("start", "D03", NOON_18_SEP, "zhang"))
    await line.run()
    line.office.clock.ms += 3 * DAY_MS
    await line.run()
    assert sorted(line.paths) == ["/gone", "/here", "/here"]


async def test_a_push_service_that_is_down_is_asked_again_for_that_browser_only(
    line: Line,
) -> None:
    await line.subscribe("zhang", "/down")
    await line.subscribe("zhang", "/here")
    line.service.answers["/down"] = (503, {})
    await line.office.tell(await line.office.open(), fact("start", "D03", NOON_18_SEP, "zhang"))
    await line.run()
    await line.run()
    assert sorted(line.paths) == ["/down", "/here"]
    line.service.answers.clear()
    line.office.clock.ms += 30_000
    await line.run()
    line.office.clock.ms += HOUR_MS
    await line.run()
    assert sorted(line.paths) == ["/down", "/down", "/here"]
    topics = {message.headers["topic"] for message in line.service.received}
    assert len(topics) == 1
    outcomes = await line.office.rows(sa.select(inbox.delivery.c.status).order_by("at", "status"))
    assert outcomes == [(201,), (503,), (201,)]


async def test_retry_after_is_obeyed(line: Line) -> None:
    await line.subscribe("zhang", "/busy")
    line.service.answers["/busy"] = (429, {"Retry-After": "600"})
    await line.office.tell(await line.office.open(), fact("start", "D03", NOON_18_SEP, "zhang"))
    await line.run()
    line.office.clock.ms += 599_999
    assert await line.run() == 0
    line.office.clock.ms += 1
    assert await line.run() == 1


async def test_a_service_down_for_good_is_given_up_and_the_inbox_keeps_the_line(
    line: Line,
) -> None:
    await line.subscribe("zhang", "/down")
    line.service.answers["/down"] = (500, {})
    await line.office.tell(await line.office.open(), fact("start", "D03", NOON_18_SEP, "zhang"))
    for _ in range(12):
        await line.run()
        line.office.clock.ms += HOUR_MS
    assert len(line.paths) == 8
    async with line.office.database.read() as connection:
        assert len(await inbox.inbox_of(connection, "zhang", 9)) == 1


@pytest.mark.parametrize("status", [302, 400, 403, 413])
async def test_a_refusal_is_not_repeated_and_a_redirect_not_followed(
    line: Line, status: int
) -> None:
    await line.subscribe("zhang", "/no")
    line.service.answers["/no"] = (status, {"Location": f"{line.service.origin}/inside"})
    await line.office.tell(await line.office.open(), fact("start", "D03", NOON_18_SEP, "zhang"))
    await line.run()
    line.office.clock.ms += HOUR_MS
    await line.run()
    assert line.paths == ["/no"]


async def test_an_unreachable_service_counts_as_down(line: Line) -> None:
    nowhere = Browser().subscription("zhang", "http://127.0.0.1:9/x")
    async with line.office.database.write() as connection:
        await inbox.keep_subscription(connection, nowhere, 0)
    await line.office.tell(await line.office.open(), fact("start", "D03", NOON_18_SEP, "zhang"))
    await line.run()
    outcomes = await line.office.rows(sa.select(inbox.delivery.c.status, inbox.delivery.c.outcome))
    assert outcomes == [(0, "retry")]


async def test_an_endpoint_that_has_turned_inward_is_not_called(line: Line) -> None:
    await line.subscribe("zhang", "/a")
    guard = public.EndpointGuard(frozenset(), public.resolve_host)
    async with push_sender(line.sender.vapid, line.office.clock, "x", guard) as strict:
        target = Browser().subscription("zhang", f"{line.service.origin}/a")
        assert await strict.send(target, message("短")) == Sent(403)
    assert line.paths == []


async def test_a_worker_whose_lease_was_taken_sends_nothing_more(line: Line) -> None:
    """Three browsers; after the first message another worker has taken the reminder."""
    for path in ("/1", "/2", "/3"):
        await line.subscribe("zhang", path)
    await line.office.tell(await line.office.open(), fact("start", "D03", NOON_18_SEP, "zhang"))
    sender = line.sender

    class Slow:
        async def send(self, to: inbox.Subscription, message: Message) -> Sent:
            sent = await sender.send(to, message)
            async with line.office.database.write() as connection:
                await connection.execute(reminder.update().values(lease="another"))
            return sent

    dossiers = line.office.dossiers
    await public.run_due(dossiers.database, Slow(), dossiers.clock, dossiers.ids)
    assert line.paths == ["/1"]
    states = await line.office.rows(
        sa.select(reminder.c.state).where(reminder.c.lease == "another")
    )
    assert ("leased",) in states
    line.office.clock.ms += 60_000
    await line.run()
    assert line.paths == ["/1", "/2", "/3"]


async def test_a_lease_about_to_end_is_not_used(line: Line) -> None:
    """A message begun 51 seconds after the claim could outlast the minute's lease."""
    for path in ("/1", "/2"):
        await line.subscribe("zhang", path)
    await line.office.tell(await line.office.open(), fact("start", "D03", NOON_18_SEP, "zhang"))

    def pass_time(_: object) -> None:
        line.office.clock.ms += 51_000

    line.service.on_message = pass_time
    await line.run()
    assert line.paths == ["/1"]


async def test_a_clock_that_stops_rings_no_more(line: Line) -> None:
    await line.subscribe("zhang", "/a")
    dossier = await line.office.open()
    await line.office.tell(dossier, fact("start", "D03", NOON_18_SEP, "zhang"))
    await line.office.tell(dossier, fact("stop", "D03", NOON_18_SEP))
    line.office.clock.ms += 9 * DAY_MS
    assert await line.run() == 0
    assert line.paths == []


def message(body: str) -> Message:
    return Message(Payload("整改复查", body, "t", "/#/f/inbox", ""), 0, urgent=False)


def test_a_payload_fits_one_record_or_is_not_sent() -> None:
    browser = Browser()
    target = browser.subscription("zhang", "https://push.example/x")
    room = MAX_PAYLOAD - len(browser.decrypt(encrypt(target, message(""))))
    assert len(browser.decrypt(encrypt(target, message("x" * room)))) == MAX_PAYLOAD
    with pytest.raises(ValueError, match="too long"):
        encrypt(target, message("x" * (room + 1)))


def test_RFC8291_the_judge_reads_the_example_of_the_standard() -> None:
    """Section 5."""
    secret = int.from_bytes(from64("q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94"))
    browser = Browser(
        ec.derive_private_key(secret, ec.SECP256R1()), from64("BTBZMqHH6r4Tts7J_aSIgg")
    )
    body = (
        "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLoc"
        "InmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLV"
        "WGNWQexSgSxsj_Qulcy4a-fN"
    )
    assert browser.decrypt(from64(body)) == b"When I grow up, I want to be a watermelon"
