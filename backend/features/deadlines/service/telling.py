"""消息: an officer's inbox, and the browsers he wants to be reached by."""

from typing import Literal

from msgspec import Struct
from sqlalchemy.ext.asyncio import AsyncConnection

from backend.core.dossiers.devices import find_device
from backend.core.limits import spend
from backend.core.problems import Problem
from backend.features.deadlines.service.endpoints import EndpointGuard, ForbiddenEndpoint
from backend.features.deadlines.service.pushing import is_browser_key
from backend.features.deadlines.tables import inbox
from backend.features.deadlines.tables.clocks import clocks_named
from backend.features.deadlines.tables.inbox import Notification, Subscription

MAX_LINES = 200
_SUBSCRIPTIONS_AN_HOUR = 30
_HOUR_MS = 3_600_000


class InboxLine(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One message. Instants UTC ms; `channels` it went by; `escalated_to` roles told of silence."""

    id: str
    title: str
    body: str
    url: str
    created: int
    channels: list[Literal["inbox", "push"]]
    dossier: str = ""
    clock: str = ""
    acknowledged: int | None = None
    escalated_to: list[str] = []


async def read_inbox(connection: AsyncConnection, officer: str) -> list[InboxLine]:
    """The newest in front."""
    lines = await inbox.inbox_of(connection, officer, MAX_LINES)
    pushed = await inbox.pushed(connection, [line.id for line in lines])
    clocks = await clocks_named(connection, {line.clock for line in lines})
    abouts = {name: clock.about for name, clock in clocks.items()}
    return [_line(line, abouts.get(line.clock, ""), line.id in pushed) for line in lines]


def _line(told: Notification, about: str, pushed: bool) -> InboxLine:
    """Behind the login it is said whom the message is about."""
    return InboxLine(
        id=told.id,
        title=told.title,
        body=f"{about}：{told.body}" if about else told.body,
        url=told.url,
        created=told.created,
        channels=["inbox", "push"] if pushed else ["inbox"],
        dossier=told.dossier,
        clock=told.clock,
        acknowledged=told.acknowledged,
        escalated_to=[role for role in told.escalated_to.split(",") if role],
    )


async def acknowledge(connection: AsyncConnection, officer: str, told: str, now: int) -> None:
    """知道了.

    Raises:
        Problem: 404 `notification`; another officer's looks like none.
    """
    if not await inbox.mark_acknowledged(connection, officer, told, now):
        raise Problem(404, "notification", "没有这条消息。")


async def check_subscription(guard: EndpointGuard, wanted: Subscription) -> None:
    """Before any transaction: the guard asks the network for the host's addresses.

    Raises:
        Problem: 400 `push_keys`, 400 `push_endpoint`.
    """
    if not is_browser_key(wanted.p256dh, wanted.auth):
        raise Problem(400, "push_keys", "浏览器给的通知密钥不对，通知没有打开。请再试一次。")
    try:
        await guard.check(wanted.endpoint)
    except ForbiddenEndpoint as error:
        title = "浏览器给的通知地址不能用，通知没有打开。到期提醒仍会在消息里。"
        raise Problem(400, "push_endpoint", title) from error


async def subscribe(connection: AsyncConnection, wanted: Subscription, now: int) -> None:
    """Keep a checked subscription of the officer's own enrolment.

    Raises:
        Problem: 403 `enrolment`.
    """
    device = await find_device(connection, wanted.device)
    if device is None or device.officer != wanted.officer or device.revoked:
        raise Problem(403, "enrolment", "这台手机没有登记或已停用，通知没有打开。请找管理员。")
    await inbox.keep_subscription(connection, wanted, now)


async def spend_subscription(connection: AsyncConnection, officer: str, now: int) -> None:
    """Each costs a look-up of a name that a stranger chose.

    Raises:
        Problem: 429 `rate`.
    """
    await spend(connection, f"subscribe/{officer}", _SUBSCRIPTIONS_AN_HOUR, _HOUR_MS, now)


unsubscribe = inbox.drop_subscription
