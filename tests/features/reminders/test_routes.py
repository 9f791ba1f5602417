"""Over HTTP: each sees his own messages, and of the clocks what his post reaches."""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any

import pytest
from litestar import Litestar
from litestar.datastructures import State
from litestar.di import Provide
from litestar.testing import AsyncTestClient

from backend.core.problems import Problem, answer_problem
from backend.core.sessions import SessionMiddleware, begin_session
from backend.features.deadlines import public
from backend.features.deadlines.routes import ROUTES
from backend.features.deadlines.service.pushing import Message, Sent
from backend.features.deadlines.tables import inbox as inbox_tables
from backend.features.deadlines.tables.inbox import MAX_SUBSCRIPTIONS, Subscription
from tests.features.reminders.browser import Browser, from64, point, to64
from tests.features.reminders.office import DAY_MS, NOON_18_SEP, Office, fact


async def resolve(host: str) -> Sequence[str]:
    return ["8.8.8.8"] if host == "push.example" else ["10.0.0.1"]


@dataclass
class Caller:
    client: AsyncTestClient[Any]
    token: str

    async def ask(self, method: str, path: str, body: Any = None) -> Any:
        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        return await self.client.request(method, f"/api/v1{path}", json=body, headers=headers)

    async def get(self, path: str) -> Any:
        reply = await self.ask("GET", path)
        assert reply.status_code == 200, reply.text
        return reply.json()


@pytest.fixture
async def login(office: Office) -> AsyncIterator[Callable[[str], Awaitable[Caller]]]:
    guard = public.EndpointGuard(frozenset(), resolve)
    app = Litestar(
        route_handlers=list(ROUTES),
        dependencies={
            "dossiers": Provide(lambda: office.dossiers, sync_to_thread=False),
            "push_guard": Provide(lambda: guard, sync_to_thread=False),
        },
        middleware=[SessionMiddleware(office.database, office.clock)],
        exception_handlers={Problem: answer_problem},
        state=State({"ids": office.dossiers.ids}),
        openapi_config=None,
    )
    async with AsyncTestClient(app) as client:

        async def caller(officer: str) -> Caller:
            if not officer:
                return Caller(client, "")
            async with office.database.write() as connection:
                token = await begin_session(
                    connection, officer, office.dossiers.ids, office.clock.ms
                )
            return Caller(client, token)

        yield caller


Login = Callable[[str], Awaitable[Caller]]


class Silent:
    async def send(self, to: Subscription, message: Message) -> Sent:
        return Sent(201)


async def ring(office: Office) -> None:
    dossiers = office.dossiers
    await public.run_due(dossiers.database, Silent(), dossiers.clock, dossiers.ids)


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/push/key"),
        ("POST", "/push/subscriptions"),
        ("DELETE", "/push/subscriptions"),
        ("GET", "/inbox"),
        ("POST", "/inbox/x/acknowledge"),
        ("GET", "/clocks"),
    ],
)
async def test_nothing_without_a_session(login: Login, method: str, path: str) -> None:
    reply = await (await login("")).ask(method, path, None if method == "GET" else {})
    assert (reply.status_code, reply.json()["code"]) == (401, "session")


async def test_the_push_key_is_the_raw_point(office: Office, login: Login) -> None:
    key = (await (await login("zhang")).get("/push/key"))["key"]
    assert from64(key) == point(office.dossiers.keys.vapid.private.public_key())


async def test_my_message_is_mine_and_another_s_does_not_exist(
    office: Office, login: Login
) -> None:
    await office.tell(await office.open(), fact("start", "D03", NOON_18_SEP, "zhang"))
    await ring(office)
    zhang, li = await login("zhang"), await login("li")
    (line,) = await zhang.get("/inbox")
    assert line["body"] == "万通汽修：9月22日到期，打开查看"
    assert line["channels"] == ["inbox"]
    assert await li.get("/inbox") == []
    refused = await li.ask("POST", f"/inbox/{line['id']}/acknowledge")
    unknown = await li.ask("POST", "/inbox/0000/acknowledge")
    assert [refused.status_code, refused.json()["code"]] == [404, "notification"]
    assert refused.json()["title"] == unknown.json()["title"]
    assert "acknowledged" not in (await zhang.get("/inbox"))[0]


async def test_the_first_acknowledgement_counts(office: Office, login: Login) -> None:
    await office.tell(await office.open(), fact("start", "D03", NOON_18_SEP, "zhang"))
    await ring(office)
    zhang = await login("zhang")
    (line,) = await zhang.get("/inbox")
    for _ in range(2):
        office.clock.ms += 1
        reply = await zhang.ask("POST", f"/inbox/{line['id']}/acknowledge")
        assert reply.status_code == 204
    assert (await zhang.get("/inbox"))[0]["acknowledged"] == NOON_18_SEP + 1


async def test_clocks_reach_as_far_as_the_post(office: Office, login: Login) -> None:
    carried = await office.open()
    other = await office.open(section="s2", enterprise="丰裕面粉")
    for dossier, rule in ((carried, "D03"), (other, "D10")):
        await office.tell(dossier, fact("start", rule, NOON_18_SEP, "zhang"))

    async def seen(officer: str, query: str = "") -> list[str]:
        found = await (await login(officer)).get(f"/clocks{query}")
        assert found["more"] is False
        return [clock["rule"] for clock in found["clocks"]]

    assert await seen("sun") == await seen("qian") == ["D03", "D10"]
    assert await seen("wang") == ["D03"]
    assert await seen("zhao") == ["D10"]
    assert await seen("zhang") == ["D03", "D10"]
    assert await seen("li") == []
    assert await seen("sun", "?section=s2") == ["D10"]
    assert await seen("wang", "?section=s2") == []
    assert await seen("sun", "?rule=D03") == ["D03"]
    assert await seen("sun", "?officer=zhang") == ["D03", "D10"]
    assert await seen("sun", "?officer=li") == []
    assert await seen("sun", f"?until={NOON_18_SEP + 5 * DAY_MS}") == ["D03"]
    await office.tell(carried, fact("stop", "D03", NOON_18_SEP))
    assert await seen("sun") == ["D10"]
    assert await seen("sun", "?state=stopped") == ["D03"]
    assert await seen("sun", "?state=") == ["D03", "D10"]


async def test_a_clock_row_says_what_the_board_shows(office: Office, login: Login) -> None:
    await office.tell(await office.open(), fact("start", "D03", NOON_18_SEP, "zhang"))
    (row,) = (await (await login("sun")).get("/clocks"))["clocks"]
    assert row["left"] == "还剩 3 个工作日"
    assert (row["due_strict"], row["about"], row["state"]) == ("2026-09-22", "万通汽修", "running")


async def test_an_administrator_sees_no_clocks(login: Login) -> None:
    reply = await (await login("admin")).ask("GET", "/clocks")
    assert (reply.status_code, reply.json()["code"]) == (403, "forbidden")


def wish(device: str, browser: Browser, endpoint: str = "https://push.example/a") -> dict[str, str]:
    return {
        "endpoint": endpoint,
        "p256dh": browser.p256dh,
        "auth": to64(browser.auth),
        "device": device,
    }


async def endpoints(office: Office, officer: str) -> list[str]:
    async with office.database.read() as connection:
        found = await inbox_tables.subscriptions_left(connection, officer, "")
    return [each.endpoint for each in found]


async def test_a_subscription_is_kept_renewed_and_ended(office: Office, login: Login) -> None:
    zhang, device, browser = await login("zhang"), await office.enrol("zhang"), Browser()
    for _ in range(2):
        reply = await zhang.ask("POST", "/push/subscriptions", wish(device, browser))
        assert reply.status_code == 204, reply.text
    assert await endpoints(office, "zhang") == ["https://push.example/a"]
    await (await login("li")).ask(
        "DELETE", "/push/subscriptions", {"endpoint": "https://push.example/a"}
    )
    assert await endpoints(office, "zhang") == ["https://push.example/a"]
    ended = await zhang.ask("DELETE", "/push/subscriptions", {"endpoint": "https://push.example/a"})
    assert ended.status_code == 204
    assert await endpoints(office, "zhang") == []


async def test_only_the_newest_subscriptions_of_an_officer_are_kept(
    office: Office, login: Login
) -> None:
    zhang, device, browser = await login("zhang"), await office.enrol("zhang"), Browser()
    for n in range(MAX_SUBSCRIPTIONS + 2):
        office.clock.ms += 1
        await zhang.ask(
            "POST", "/push/subscriptions", wish(device, browser, f"https://push.example/{n:02d}")
        )
    kept = await endpoints(office, "zhang")
    assert kept == [f"https://push.example/{n:02d}" for n in range(2, MAX_SUBSCRIPTIONS + 2)]


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"endpoint": "https://inside.example/a"}, 400, "push_endpoint"),
        ({"endpoint": "http://push.example/a"}, 400, "push_endpoint"),
        ({"p256dh": to64(b"\x04" + b"\x01" * 64)}, 400, "push_keys"),
        ({"p256dh": "%%"}, 400, "push_keys"),
        ({"auth": to64(b"short")}, 400, "push_keys"),
        ({"device": "dnobody"}, 403, "enrolment"),
        ({"more": "x"}, 400, "malformed"),
    ],
)
async def test_a_bad_subscription_is_refused_and_nothing_kept(
    office: Office, login: Login, change: dict[str, str], status: int, code: str
) -> None:
    zhang, device = await login("zhang"), await office.enrol("zhang")
    asked = wish(device, Browser()) | change
    reply = await zhang.ask("POST", "/push/subscriptions", asked)
    assert (reply.status_code, reply.json()["code"]) == (status, code)
    assert await endpoints(office, "zhang") == []


async def test_another_officer_s_enrolment_is_refused(office: Office, login: Login) -> None:
    device = await office.enrol("li")
    asked = wish(device, Browser())
    reply = await (await login("zhang")).ask("POST", "/push/subscriptions", asked)
    assert (reply.status_code, reply.json()["code"]) == (403, "enrolment")


async def test_guessing_hosts_is_slowed_down(office: Office, login: Login) -> None:
    zhang = await login("zhang")
    asked = wish("d", Browser(), "https://inside.example/a")
    codes = [(await zhang.ask("POST", "/push/subscriptions", asked)).status_code for _ in range(31)]
    assert codes == [400] * 30 + [429]
